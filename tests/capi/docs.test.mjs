// The example of docs/c-abi.md is compiled as it stands there, and does what it says; its table is the header's.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

import { root } from "../../tools/paths.mjs";
import { c99, compile, include, library, run, sanitized, scratchDirectory } from "./support/compile.mjs";

const page = readFileSync(join(root, "docs", "c-abi.md"), "utf8");

it("the example runs, frees everything and lists the friend", () => {
  const [, example] = /```c\n([\s\S]*?)```/.exec(page);
  const directory = scratchDirectory();
  const source = join(directory, "example.c");
  writeFileSync(source, example);
  const program = compile(join(directory, "example"), [...c99, ...sanitized, source, ...library()]);

  const [post, body, friends] = run(program, []).trimEnd().split("\n");
  assert.match(post, /^POST \/v2\/friend\/friend_list\?channelid=1&.*&ts=1700000000&.*sig=[0-9a-f]{32}$/);
  assert.deepEqual(JSON.parse(body), { openid: "4724195171999796436", token: "a-login-token" });
  assert.equal(JSON.parse(friends).friends[0].displayName, "Lin");
});

it("the table of statuses is the header's", () => {
  const header = readFileSync(join(include, "msdk_friends.h"), "utf8");
  const defined = [...header.matchAll(/^#define (MSDK_\w+) \(?(-?\d+)\)?$/gm)].filter(
    ([, name]) => name !== "MSDK_ABI_VERSION",
  );
  const written = [...page.matchAll(/^\| `(MSDK_\w+)` \| (-?\d+) \|/gm)];
  const pairs = (matches) => matches.map(([, name, value]) => [name, value]);
  assert.deepEqual(pairs(written), pairs(defined));
});

it("the page names the sizes that the README names", () => {
  const sizes = /is ([\d.]+) KB \(([\d.]+) KB after gzip, ([\d.]+) KB after brotli/;
  const [, ...written] = sizes.exec(page) ?? [];
  const [, ...named] = sizes.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
  assert.deepEqual(written, named);
});
