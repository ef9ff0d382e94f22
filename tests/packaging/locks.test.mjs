import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { root } from "./tarball.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");

/** What a host or a test alone needs, installed on demand. */
const needs = ["tests/hosts/needs", "tests/scaling/clients"].flatMap((parent) =>
  readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
);

describe("what pins the tools", () => {
  for (const path of ["package-lock.json", ...needs.map((name) => `${name}/package-lock.json`)]) {
    it(`${path} carries no download address`, () => {
      const resolved = Object.values(JSON.parse(read(path)).packages).map((entry) => entry.resolved);
      assert.deepEqual(
        resolved.filter((address) => address?.includes(":")),
        [],
      );
    });
  }

  // npm writes a lock without what the registry at hand lacks, and every `npm ci` refuses that lock afterwards.
  it("package-lock.json holds every optional package that another one names", () => {
    const { packages } = JSON.parse(read("package-lock.json"));
    const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    const missing = named.filter(
      (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)),
    );
    assert.deepEqual(missing, []);
  });

  for (const path of ["package.json", "bench/package.json", ...needs.map((name) => `${name}/package.json`)]) {
    it(`${path} names exact versions`, () => {
      const { devDependencies, dependencies } = JSON.parse(read(path));
      assert.deepEqual(
        Object.entries(devDependencies ?? dependencies).filter(
          ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
        ),
        [],
      );
    });
  }

  it("Cargo.lock has one wasm-bindgen and takes everything from one place", () => {
    const lock = read("Cargo.lock");
    const sources = [...lock.matchAll(/^source = "(.*)"$/gm)].map(([, source]) => source);
    assert.equal(new Set(sources).size, 1);
    const versions = [
      ...lock.matchAll(/^name = "wasm-bindgen(?:-shared|-cli-support)?"\nversion = "(.*)"$/gm),
    ];
    assert.equal(versions.length, 3);
    assert.equal(new Set(versions.map(([, version]) => version)).size, 1);
  });
});
