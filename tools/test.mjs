// npm test: set-up, build, every stage, one summary. `node tools/test.mjs rust js` runs only those stages.

import "./setup/node.mjs";

import { exitOnFailure, Failure } from "./failure.mjs";
import { endChildrenAtExit } from "./processes.mjs";
import { setUpChromium } from "./setup/chromium.mjs";
import { setUp } from "./setup.mjs";
import { runStage, stages } from "./test/stages.mjs";
import { printSummary } from "./test/summary.mjs";

endChildrenAtExit();

await exitOnFailure(async () => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Failure(
      `no stage ${unknown.join(", ")}; there are ${stages.map(({ name }) => name).join(", ")}`,
    );
  }
  const chosen = names.length > 0 ? stages.filter(({ name }) => names.includes(name)) : stages;

  await setUp();
  // Before the long part: who must install something by hand learns it at once.
  const environment = chosen.some((stage) => stage.needsChromium)
    ? { CHROME_PATH: await setUpChromium() }
    : {};
  if (chosen.some((stage) => stage.needsBuild)) {
    const { build } = await import("./build/steps.mjs");
    await build();
  }

  const results = [];
  for (const stage of chosen) results.push(await runStage(stage, environment));
  process.exitCode = printSummary(results) ? 0 : 1;
});
