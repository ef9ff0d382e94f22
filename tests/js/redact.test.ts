// The mask itself; what a program gets to see of it is looked at in client-leaks.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { redactor } from "../../pkg/src/redact.ts";

test("a text that nearly holds a secret is masked in linear time", () => {
  const secrets = [
    "9007199254740993111",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "\\\\\\\\a\\\\\\\\b",
    "  a  b  c  d",
  ];
  const redact = redactor(secrets);
  const nearly = secrets.map((secret) => secret.slice(0, -1).repeat(2000)).join(" ") + "\\".repeat(200_000);
  const began = performance.now();
  redact(nearly);
  // A second way to match any place would take longer than the universe has.
  assert.equal(performance.now() - began < 1000, true, "the mask took a second");
});

test("a short secret is masked as a word only", () => {
  assert.equal(redactor(["1"])("ret 1008, openid 1, (1)"), "ret 1008, openid ***, (***)");
});

test("the longer of two secrets is masked first", () => {
  assert.equal(redactor(["secret", "secret-longer"])("a secret-longer"), "a ***");
});

test("secrets that are added later count", () => {
  const secrets: string[] = [];
  const redact = redactor(secrets);
  secrets.push("eb5fb25c408af3a4b63a48c8f0ee4b1d");
  assert.equal(redact("sig=EB5FB25C408AF3A4B63A48C8F0EE4B1D"), "sig=***");
});
