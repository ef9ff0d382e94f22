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

/** What somebody may spell a secret with: `JSON.stringify` once or twice, ASCII only, a URL, a form, one in another. */
const spellings: Record<string, (text: string) => string> = {
  "as it is": (text) => text,
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  "ASCII JSON": (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "all escapes": (text) =>
    text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  URL: (text) => encodeURIComponent(text),
  "URL twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  form: (text) => new URLSearchParams({ a: text }).toString().slice(2),
  "JSON in a URL": (text) => encodeURIComponent(JSON.stringify(text).slice(1, -1)),
};

test("a secret is masked however it is spelled, and nothing beside it", () => {
  const secrets = [
    "61_nTO2IrYUm4KTM58tuZYZR8wZMbjyDJWndI",
    "abcdef\bghijklm",
    "abcdef\fghijklm",
    "abcdef\u3000ghijklm",
    "abc def ghi",
    "a+b/c==+d/e",
    "ab\\name\\nu0041",
    'quo"te\\"and\nline',
    "nbsp\u00a0sep\u2028mark\ufeffend",
    "头号玩家😀ok",
    "100%41%zz",
    "x".repeat(20_000),
  ];
  for (const secret of secrets) {
    for (const [name, spell] of Object.entries(spellings)) {
      const text = `<before>${spell(secret)}<after>`;
      const masked = redactor([secret])(text);
      assert.equal(masked, "<before>***<after>", `${name}: ${secret.slice(0, 40)}`);
    }
  }
});

test("no secret and no text takes more than time in proportion, or throws", () => {
  const hostile: [secret: string, text: string][] = [
    [`${Array(8).fill("+++").join(" ")}!`, "+".repeat(60_000)],
    [`${Array(10).fill("n").join("\\")}!`, "\\n".repeat(40_000)],
    [`${"a".repeat(1000)}b`, "a".repeat(200_000)],
    ["%25".repeat(2000), "%25".repeat(20_000)],
    ["\\u005c".repeat(500), "\\u005c".repeat(10_000)],
    ["\ud800", "\udc00\ud800%ff%f0%9f"],
    ["t".repeat(100_000), `{"ret":1,"seq":"${"t".repeat(100_000)}"}`],
  ];
  for (const [secret, text] of hostile) {
    const began = performance.now();
    redactor([secret])(text);
    assert.equal(performance.now() - began < 3000, true, `${secret.slice(0, 20)} took seconds`);
  }
});
