// What the log says of a call that the backend refused with 200: its `ret`, read from short answers alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { refusingRet } from "../../pkg/src/proxy/ret.ts";

const retOf = (text: string) => refusingRet(Buffer.from(text));

test("ret of a refusal, wherever it stands", () => {
  assert.equal(retOf('{"ret":1008,"msg":"invalid sig"}'), 1008);
  assert.equal(retOf('{"ret":0.1e1,"msg":""}'), 1);
  assert.equal(retOf(`{"msg":"${"x".repeat(40)}","ret":5}`), 5);
  assert.equal(retOf(' {"msg":"\\"ret\\":0","seq":"1","ret":-10000}\n'), -10000);
});

test("no ret where the call went well, or nothing can be told", () => {
  const texts = [
    ...[
      '{"ret":0}',
      '\n{ "ret" : 0 , "lists": []}',
      '{"ret":-0}',
      '{"ret":"1008"}',
      '{"ret":1.5}',
      '{"ret":null}',
      '{"Ret":1008}',
      "{}",
    ],
    ...["", "null", "[]", "5", '"ret"', "<html>", '{"ret":1008', '{"lists":[{"ret":1008}]}'],
  ];
  for (const text of texts) assert.equal(retOf(text), undefined, text);
});

test("a number that is no code, and may be an openid, is not told", () => {
  for (const ret of ["9007199254740991", "9007199254740993111", "2147483648", "1e300"]) {
    assert.equal(retOf(`{"ret":${ret}}`), undefined, ret);
  }
});

test("a long answer is a list, and is not parsed", () => {
  assert.equal(retOf(`{"ret":1008,"msg":"${"x".repeat(4000)}"}`), 1008);
  assert.equal(retOf(`{"ret":1008,"msg":"${"x".repeat(5000)}"}`), undefined);
});
