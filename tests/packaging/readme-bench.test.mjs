// What the README says of speed, memory and goals is what the committed run of `npm run bench` measured.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { charts } from "../../tools/bench/charts.mjs";
import { goalsAsMarkdown } from "../../tools/bench/markdown.mjs";
import { root } from "../../tools/paths.mjs";
import { sectionIn } from "../../tools/sections.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const results = JSON.parse(read("bench/results.json"));

describe("the committed run of npm run bench", () => {
  it("gives the table of goals in the README", () => {
    assert.equal(sectionIn(read("README.md"), "bench"), goalsAsMarkdown(results));
  });

  it("gives the charts", async () => {
    for (const [name, svg] of Object.entries(await charts(results))) {
      assert.equal(read(`bench/charts/${name}.svg`), svg, `bench/charts/${name}.svg`);
    }
  });

  it("says nothing about whose machine it was", () => {
    assert.doesNotMatch(JSON.stringify(results), /\/(?:home|root|Users|tmp|work)\b|localhost|127\.0\.0\.1/);
  });
});
