/* What a caller does wrong, natively: where it can be told, it is an error. The sanitizers see the rest. */
#include "msdk_friends.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int failures = 0;

#define CHECK(holds) \
  do { \
    if (!(holds)) { \
      fprintf(stderr, "line %d: %s\n", __LINE__, #holds); \
      failures++; \
    } \
  } while (0)

static msdk_status canonical(const char *text, size_t length, msdk_result *result) {
  return msdk_canonical_query(text, length, result);
}

static int is_empty(const msdk_result *result) {
  return result->text == NULL && result->length == 0 && result->number == 0;
}

static void wrong_pointers(void) {
  char place[2 * sizeof(msdk_result)];
  msdk_result result = {place, 1, 1};
  CHECK(canonical("{}", 2, NULL) == MSDK_BAD_POINTER);
  CHECK(canonical(NULL, 2, &result) == MSDK_BAD_POINTER && is_empty(&result));
  CHECK(canonical("{}", SIZE_MAX, &result) == MSDK_BAD_POINTER && is_empty(&result));
  CHECK(canonical("{}", SIZE_MAX / 2 + 1, &result) == MSDK_BAD_POINTER && is_empty(&result));
  CHECK(canonical(NULL, 0, &result) == MSDK_ERROR && result.text != NULL);
  CHECK(msdk_free(result.text) == MSDK_OK);
  CHECK(msdk_free(NULL) == MSDK_OK);
}

static void pointers_without_alignment(void) {
  char place[sizeof(msdk_result) + 1];
  msdk_result result;
  CHECK(msdk_version((msdk_result *)(void *)(place + 1)) == MSDK_OK);
  memcpy(&result, place + 1, sizeof result);
  CHECK(result.length > 0 && strlen(result.text) == result.length);
  CHECK(msdk_free(result.text) == MSDK_OK);
}

static void texts_that_are_none(void) {
  msdk_result result;
  CHECK(canonical("{\"a\":\"\xff\"}", 9, &result) == MSDK_BAD_TEXT && is_empty(&result));
  CHECK(canonical("{\"a\":\"\xc3", 7, &result) == MSDK_BAD_TEXT && is_empty(&result));
}

static void blocks(void) {
  size_t length;
  CHECK(msdk_alloc(SIZE_MAX) == NULL);
  CHECK(msdk_alloc(SIZE_MAX - 15) == NULL);
  CHECK(msdk_alloc(SIZE_MAX / 2) == NULL);
  for (length = 0; length < 100; length++) {
    char *block = msdk_alloc(length);
    CHECK(block != NULL && (uintptr_t)block % 16 == 0);
    if (block == NULL) return;
    memset(block, 'a', length);
    CHECK(msdk_free(block) == MSDK_OK);
  }
}

/* A leak is seen by the sanitizers. */
static void ten_thousand_rounds(void) {
  static const char answer[] = "{\"ret\":0,\"msg\":\"\",\"lists\":[{\"openid\":\"1\"}]}";
  int round;
  for (round = 0; round < 10000; round++) {
    msdk_result result;
    CHECK(msdk_read_answer("friend_list", 11, answer, sizeof answer - 1, 200, 1, 0, &result) == MSDK_OK);
    CHECK(msdk_free(result.text) == MSDK_OK);
    CHECK(canonical("{", 1, &result) == MSDK_ERROR);
    CHECK(msdk_free(result.text) == MSDK_OK);
  }
}

int main(void) {
  wrong_pointers();
  pointers_without_alignment();
  texts_that_are_none();
  blocks();
  ten_thousand_rounds();
  return failures != 0;
}
