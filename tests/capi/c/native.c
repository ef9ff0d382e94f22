/* The known calls through the static library. */
#include "lines.h"
#include "msdk_friends.h"

#include <stdlib.h>
#include <string.h>

#define TEXT(at) call->arguments[at].text, call->arguments[at].length
#define INT(at) call->arguments[at].integer
#define ID(at) (uint32_t)call->arguments[at].integer
#define LONG(at) call->arguments[at].long_integer
#define DOUBLE(at) call->arguments[at].number

/* A function with its arguments in the order of the header. */
#define FUNCTION(name, ...) \
  static msdk_status call_##name(const struct call *call, msdk_result *result) { \
    (void)call; \
    return msdk_##name(__VA_ARGS__); \
  }

FUNCTION(version, result)
FUNCTION(query, TEXT(0), TEXT(1), INT(2), LONG(3), result)
FUNCTION(canonical_query, TEXT(0), result)
FUNCTION(canonical_text, TEXT(0), TEXT(1), TEXT(2), result)
FUNCTION(sign, TEXT(0), TEXT(1), TEXT(2), TEXT(3), result)
FUNCTION(prepare, TEXT(0), TEXT(1), ID(2), INT(3), result)
FUNCTION(warnings, TEXT(0), TEXT(1), ID(2), INT(3), result)
FUNCTION(read_answer, TEXT(0), TEXT(1), ID(2), ID(3), INT(4), result)
FUNCTION(avatar_url, TEXT(0), ID(1), DOUBLE(2), result)
FUNCTION(avatar_url_to_fit, TEXT(0), ID(1), DOUBLE(2), DOUBLE(3), result)
FUNCTION(avatar_size, ID(0), DOUBLE(1), DOUBLE(2), result)
FUNCTION(avatar_srcset, TEXT(0), ID(1), result)
FUNCTION(mask_gender, ID(0), LONG(1), result)
FUNCTION(pack_ark_extra, TEXT(0), result)
FUNCTION(share_limits, result)
FUNCTION(endpoints, result)
FUNCTION(retry_delay, ID(0), ID(1), INT(2), DOUBLE(3), DOUBLE(4), DOUBLE(5), result)

#define ENTRY(name) {"msdk_" #name, call_##name}

static const struct {
  const char *name;
  msdk_status (*make)(const struct call *, msdk_result *);
} functions[] = {
    ENTRY(version),     ENTRY(query),        ENTRY(canonical_query), ENTRY(canonical_text), ENTRY(sign),
    ENTRY(prepare),     ENTRY(warnings),     ENTRY(read_answer),     ENTRY(avatar_url),     ENTRY(avatar_url_to_fit),
    ENTRY(avatar_size), ENTRY(avatar_srcset), ENTRY(mask_gender),    ENTRY(pack_ark_extra), ENTRY(share_limits),
    ENTRY(endpoints),   ENTRY(retry_delay),
};

void make_call(const struct call *call, struct outcome *outcome) {
  /* Neither NULL nor 0: what is not written would be seen. */
  msdk_result result = {(char *)&result, 1, 1};
  size_t index = 0;
  while (strcmp(functions[index].name, call->function) != 0) {
    if (++index == sizeof functions / sizeof *functions) fail("no such function", call->function);
  }
  outcome->status = functions[index].make(call, &result);
  outcome->number = result.number;
  outcome->length = result.length;
  if (result.text == NULL) return;
  if (result.text[result.length] != 0) fail("no 0 behind a text", call->function);
  outcome->text = malloc(result.length + 1);
  if (outcome->text == NULL) fail("no memory for a text", call->function);
  memcpy(outcome->text, result.text, result.length);
  if (msdk_free(result.text) != MSDK_OK) fail("a text is not freed", call->function);
}

int main(void) {
  if (msdk_abi_version() != MSDK_ABI_VERSION) fail("another version than the header's", "");
  return check_lines() != 0;
}
