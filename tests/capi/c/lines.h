/* The calls of tests/capi/src/bin/lines.rs, which says how a line is written. */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>
#include <stdint.h>

enum { MAX_ARGUMENTS = 8 };

struct argument {
  char kind; /* t, i, l or d */
  char *text;
  size_t length;
  int32_t integer;
  int64_t long_integer;
  double number;
};

struct call {
  const char *function;
  size_t count;
  struct argument arguments[MAX_ARGUMENTS];
};

struct outcome {
  int32_t status;
  char *text; /* from malloc; NULL where there is none */
  size_t length;
  double number;
};

/* Makes one call: natively or in a runtime. */
void make_call(const struct call *call, struct outcome *outcome);

/* Makes every call of the standard input, compares what it gives and prints how many there were. Gives how many failed,
 * one more where there was none. */
int check_lines(void);

/* Ends the program with a sentence. */
void fail(const char *sentence, const char *about);

#endif
