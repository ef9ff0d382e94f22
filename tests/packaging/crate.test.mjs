// The crate as cargo would publish it: what is in it, that it builds from that alone, and that cargo has nothing to say.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { it } from "node:test";
import { promisify } from "node:util";

import { root } from "./tarball.mjs";

const LIMIT_MS = 300_000;
const cargo = (...args) => promisify(execFile)("cargo", args, { cwd: root, timeout: LIMIT_MS });
// Offline: it was all fetched to build this.
const packed = ["package", "--package", "msdk-friends", "--locked", "--offline", "--allow-dirty"];

it("the crate holds its sources, its tests and what tells about them, and nothing of node_modules", async () => {
  const { stdout } = await cargo(...packed, "--list");
  const places = new Set(
    stdout
      .trim()
      .split("\n")
      .map((path) => path.replace(/(?<=\/)[^/]+$/, "*")),
  );
  assert.deepEqual([...places].sort(), [
    ...[".cargo_vcs_info.json", "CHANGELOG.md", "Cargo.lock", "Cargo.toml", "Cargo.toml.orig"],
    ...["LICENSE-APACHE", "LICENSE-MIT", "README.md", "docs/*", "examples/*", "include/*"],
    ...["src/*", "src/capi/*", "src/endpoints/*", "src/json/*", "src/web/*"],
    ...["tests/*", "tests/support/*", "tests/vectors/*"],
  ]);
});

it("the crate builds from what is packed, without a warning", async () => {
  const { stderr } = await cargo(...packed);
  assert.match(stderr, /Packaged \d+ files/);
  assert.doesNotMatch(stderr, /warning/);
});
