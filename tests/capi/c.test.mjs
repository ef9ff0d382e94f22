// C programs over the C interface: natively, and in a small C runtime for wasm. Both get byte for byte what the wasm
// gave in wasmi, where tests/capi/src checks it.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";

import {
  built,
  c99,
  compile,
  include,
  library,
  run,
  sanitized,
  scratchDirectory,
  sources,
  strict,
  wasm,
} from "./support/compile.mjs";

const directory = scratchDirectory();
const source = (name) => join(sources, name);

let lines = "";
let count = 0;

before(() => {
  lines = run("cargo", ["run", "--quiet", "--locked", "--package", "msdk-capi-tests", "--bin", "lines"]);
  count = lines.trimEnd().split("\n").length;
});

function checkLines(program, args = []) {
  assert.equal(run(program, args, { input: lines }), `${count} calls, 0 wrong\n`);
}

describe("the header", () => {
  for (const standard of ["c++98", "c++17"]) {
    it(`is ${standard}`, () => {
      const header = join(include, "msdk_friends.h");
      run("c++", ["-x", "c++", `-std=${standard}`, ...strict, "-fsyntax-only", header]);
    });
  }
});

describe("the static library", () => {
  const build = (name, files, flags) =>
    compile(join(directory, name), [...c99, ...flags, ...files.map(source), ...library()]);

  it("answers every known call", () => {
    checkLines(build("native", ["native.c", "lines.c"], ["-O2"]));
  });

  it("answers every known call under the sanitizers, and leaks nothing", () => {
    checkLines(build("native-sanitized", ["native.c", "lines.c"], sanitized));
  });

  it("makes errors of what is misused, under the sanitizers", () => {
    run(build("misuse", ["misuse.c"], sanitized), []);
  });

  // Other systems do not hold a process to the limit that it sets.
  it("makes an error of little memory", { skip: process.platform !== "linux" }, () => {
    run(build("little-memory", ["little_memory.c"], []), []);
  });
});

describe("wasm3", () => {
  it("answers every known call", () => {
    const runtime = built("MSDK_WASM3");
    const files = readdirSync(runtime).filter((name) => name.endsWith(".c"));
    const objects = files.map((name) => {
      const object = join(directory, `${name}.o`);
      run("cc", ["-O1", "-w", "-c", join(runtime, name), "-o", object]);
      return object;
    });
    const own = ["wasm3.c", "lines.c"].map(source);
    // Its headers are not ours to keep free of warnings.
    const flags = [...c99, "-isystem", runtime, "-O1"];
    checkLines(compile(join(directory, "wasm3"), [...flags, ...own, ...objects, "-lm"]), [wasm()]);
  });
});
