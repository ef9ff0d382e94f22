/* A process that may have little memory: a call that needs more is an error, and the next one works. */
#define _XOPEN_SOURCE 600

#include "msdk_friends.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { MEBIBYTE = 1 << 20 };

static msdk_status of_length(size_t length) {
  msdk_result result;
  char *text = malloc(length);
  msdk_status status;
  if (text == NULL) return MSDK_FAULT;
  memset(text, 'a', length);
  status = msdk_canonical_text("/", 1, "a=1", 3, text, length, &result);
  free(text);
  if (status != MSDK_OK) return result.text == NULL ? status : MSDK_FAULT;
  return msdk_free(result.text);
}

int main(void) {
  struct rlimit limit = {256 * (rlim_t)MEBIBYTE, 256 * (rlim_t)MEBIBYTE};
  int round;
  if (setrlimit(RLIMIT_AS, &limit) != 0) return 2;
  for (round = 0; round < 3; round++) {
    msdk_status small = of_length(1000), large = of_length(150 * MEBIBYTE);
    if (small != MSDK_OK || large != MSDK_OUT_OF_MEMORY) {
      fprintf(stderr, "small %d, large %d\n", (int)small, (int)large);
      return 1;
    }
  }
  return 0;
}
