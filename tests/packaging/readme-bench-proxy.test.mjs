// What is said of the proxy's speed, and what a million players need, is what the committed run of npm run bench:proxy measured.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { sections } from "../../tools/bench-proxy/report.mjs";
import { root } from "../../tools/paths.mjs";
import { sectionIn } from "../../tools/sections.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const results = JSON.parse(read("bench/proxy-results.json"));

describe("the committed run of npm run bench:proxy", () => {
  for (const { file, name, contentOf } of sections) {
    it(`gives the section ${name} of ${file}`, () => {
      assert.equal(sectionIn(read(file), name), contentOf(results));
    });
  }

  it("is a whole one", () => {
    assert.ok(results.rounds >= 5 && results.memory.seconds >= 300);
  });

  it("says nothing about whose machine it was", () => {
    assert.doesNotMatch(JSON.stringify(results), /\/(?:home|root|Users|tmp|work)\b|localhost|127\.0\.0\.1/);
  });
});
