#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *sentence, const char *about) {
  fprintf(stderr, "%s: %s\n", sentence, about);
  exit(1);
}

static int digit(char character) {
  const char *digits = "0123456789abcdef";
  const char *found = strchr(digits, character);
  if (character == 0 || found == NULL) fail("not a hexadecimal digit", &character);
  return (int)(found - digits);
}

/* A block of exactly the text's length, so that a sanitizer sees every byte too many that is read. */
static char *text_of(const char *digits, size_t *length) {
  size_t index;
  char *text;
  *length = strlen(digits) / 2;
  text = malloc(*length);
  if (text == NULL && *length > 0) fail("no memory for a text", digits);
  for (index = 0; index < *length; index++) {
    text[index] = (char)(digit(digits[2 * index]) * 16 + digit(digits[2 * index + 1]));
  }
  return text;
}

static void read_argument(const char *word, struct argument *argument) {
  argument->kind = word[0];
  switch (word[0]) {
    case 't': argument->text = text_of(word + 1, &argument->length); break;
    case 'i': argument->integer = (int32_t)strtol(word + 1, NULL, 10); break;
    case 'l': argument->long_integer = strtoll(word + 1, NULL, 10); break;
    case 'd': argument->number = strtod(word + 1, NULL); break;
    default: fail("no kind of argument", word);
  }
}

static const char *next_word(void) {
  const char *word = strtok(NULL, " \n");
  if (word == NULL) fail("a line ends early", "");
  return word;
}

static int is_as_expected(const struct outcome *outcome) {
  long status = strtol(next_word(), NULL, 10);
  double number = strtod(next_word(), NULL);
  const char *word = next_word();
  size_t length = 0;
  char *text = word[0] == 't' ? text_of(word + 1, &length) : NULL;
  int same = status == outcome->status && number == outcome->number && length == outcome->length &&
             (word[0] == 't') == (outcome->text != NULL) && (length == 0 || memcmp(text, outcome->text, length) == 0);
  free(text);
  return same;
}

static int check_line(char *line) {
  struct call call = {strtok(line, " \n"), 0, {{0, NULL, 0, 0, 0, 0}}};
  struct outcome outcome = {0, NULL, 0, 0};
  const char *word = next_word();
  int same;
  for (; word[0] != '='; word = next_word()) {
    if (call.count == MAX_ARGUMENTS) fail("too many arguments", call.function);
    read_argument(word, &call.arguments[call.count++]);
  }
  make_call(&call, &outcome);
  same = is_as_expected(&outcome);
  if (!same) {
    fprintf(stderr, "%s: status %ld, number %g, text %.*s\n", call.function, (long)outcome.status, outcome.number,
            (int)outcome.length, outcome.text == NULL ? "" : outcome.text);
  }
  free(outcome.text);
  while (call.count > 0) free(call.arguments[--call.count].text);
  return same;
}

int check_lines(void) {
  enum { LONGEST_LINE = 1 << 20 };
  char *line = malloc(LONGEST_LINE);
  int right = 0, wrong = 0;
  if (line == NULL) fail("no memory for a line", "");
  while (fgets(line, LONGEST_LINE, stdin) != NULL) {
    if (check_line(line)) right++;
    else wrong++;
  }
  free(line);
  printf("%d calls, %d wrong\n", right + wrong, wrong);
  return wrong + (right == 0);
}
