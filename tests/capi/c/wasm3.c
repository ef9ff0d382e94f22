/* The known calls through the wasm, in the wasm3 runtime. */
#include "lines.h"
#include "msdk_friends.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For how far the memory may grow, which wasm3.h has no function for. */
#include "m3_env.h"
#include "wasm3.h"

enum { STACK_BYTES = 64 * 1024, MAX_NUMBERS = 2 * MAX_ARGUMENTS + 1, RESULT_BYTES = 16 };

static IM3Runtime runtime;

static void check(M3Result error, const char *about) {
  if (error != m3Err_none) fail(error, about);
}

/* An argument as the wasm takes it. */
union number {
  uint32_t word;
  int64_t long_integer;
  double number;
};

struct numbers {
  size_t count;
  union number values[MAX_NUMBERS];
};

static union number *next(struct numbers *numbers) {
  return &numbers->values[numbers->count++];
}

/* A trap ends the program. */
static uint32_t invoke(const char *name, const struct numbers *numbers) {
  const void *pointers[MAX_NUMBERS];
  IM3Function function;
  uint32_t given;
  size_t index;
  for (index = 0; index < numbers->count; index++) pointers[index] = &numbers->values[index];
  check(m3_FindFunction(&function, runtime, name), name);
  check(m3_Call(function, (uint32_t)numbers->count, pointers), name);
  pointers[0] = &given;
  check(m3_GetResults(function, 1, pointers), name);
  return given;
}

static uint32_t invoke_with(const char *name, uint32_t word) {
  struct numbers numbers;
  numbers.count = 0;
  next(&numbers)->word = word;
  return invoke(name, &numbers);
}

/* The bytes at an address of the wasm. They move when its memory grows. */
static uint8_t *bytes_at(uint32_t address, size_t length) {
  uint32_t size;
  uint8_t *memory = m3_GetMemory(runtime, &size, 0);
  if (address > size || length > size - address) fail("an address outside the memory", "");
  return memory + address;
}

static uint32_t word_at(uint32_t address) {
  const uint8_t *bytes = bytes_at(address, 4);
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static uint32_t block_of(size_t length) {
  uint32_t block = invoke_with("msdk_alloc", (uint32_t)length);
  if (block == 0) fail("no memory in the wasm", "");
  return block;
}

static void release(uint32_t block) {
  if (invoke_with("msdk_free", block) != MSDK_OK) fail("a block is not freed", "");
}

static void read_result(uint32_t result, struct outcome *outcome) {
  uint32_t text = word_at(result);
  uint64_t bits = word_at(result + 8) | (uint64_t)word_at(result + 12) << 32;
  memcpy(&outcome->number, &bits, sizeof bits);
  outcome->length = word_at(result + 4);
  if (text == 0) return;
  if (*bytes_at(text + (uint32_t)outcome->length, 1) != 0) fail("no 0 behind a text", "");
  outcome->text = malloc(outcome->length + 1);
  if (outcome->text == NULL) fail("no memory for a text", "");
  memcpy(outcome->text, bytes_at(text, outcome->length), outcome->length);
  release(text);
}

/* Puts a text into a block of its own, which this gives. */
static uint32_t pass_text(const struct argument *argument, struct numbers *numbers) {
  uint32_t block = block_of(argument->length);
  if (argument->length > 0) memcpy(bytes_at(block, argument->length), argument->text, argument->length);
  next(numbers)->word = block;
  next(numbers)->word = (uint32_t)argument->length;
  return block;
}

void make_call(const struct call *call, struct outcome *outcome) {
  struct numbers numbers;
  uint32_t blocks[MAX_ARGUMENTS + 1];
  size_t index, count = 0;
  numbers.count = 0;
  for (index = 0; index < call->count; index++) {
    const struct argument *argument = &call->arguments[index];
    switch (argument->kind) {
      case 't': blocks[count++] = pass_text(argument, &numbers); break;
      case 'i': next(&numbers)->word = (uint32_t)argument->integer; break;
      case 'l': next(&numbers)->long_integer = argument->long_integer; break;
      default: next(&numbers)->number = argument->number;
    }
  }
  blocks[count] = block_of(RESULT_BYTES);
  next(&numbers)->word = blocks[count];
  outcome->status = (int32_t)invoke(call->function, &numbers);
  read_result(blocks[count++], outcome);
  while (count > 0) release(blocks[--count]);
}

/* With no more pages to be had: an error, and the library works on. */
static void check_little_memory(void) {
  uint32_t length = 8 << 20;
  runtime->memory.maxPages = 8;
  if (invoke_with("msdk_alloc", length) != 0) fail("memory beyond its limit", "");
  release(block_of(1000));
  if ((int32_t)invoke_with("msdk_version", 1) != MSDK_BAD_POINTER) fail("a wrong pointer was taken", "");
}

static uint8_t *read_file(const char *path, uint32_t *length) {
  enum { LARGEST = 1 << 20 };
  FILE *file = fopen(path, "rb");
  uint8_t *bytes = malloc(LARGEST);
  if (file == NULL || bytes == NULL) fail("not to be read", path);
  *length = (uint32_t)fread(bytes, 1, LARGEST, file);
  fclose(file);
  return bytes;
}

int main(int count, char **arguments) {
  IM3Environment environment = m3_NewEnvironment();
  IM3Module module;
  uint32_t length;
  uint8_t *wasm;
  int wrong;
  if (count != 2) fail("one argument is needed", "the path of the wasm");
  wasm = read_file(arguments[1], &length);
  runtime = m3_NewRuntime(environment, STACK_BYTES, NULL);
  check(m3_ParseModule(environment, &module, wasm, length), "the module");
  check(m3_LoadModule(runtime, module), "the module");
  check_little_memory();
  wrong = check_lines();
  check_little_memory();
  m3_FreeRuntime(runtime);
  m3_FreeEnvironment(environment);
  free(wasm);
  return wrong != 0;
}
