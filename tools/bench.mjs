// npm run bench: the package beside its peers, in Node and three browsers. Writes bench/results.json, the charts and the
// table in the README.
//
// npm run bench -- --only node,chromium   these engines alone
// npm run bench -- --quick                few rounds, for trying out
// Neither touches what is committed: their results go to target/msdk-build/bench/.
//
// npm run bench -- --render               charts and table once more, from the committed results

import "./setup/node.mjs";

import { exitOnFailure } from "./failure.mjs";
import { endChildrenAtExit } from "./processes.mjs";
import { setUp } from "./setup.mjs";

endChildrenAtExit();

await exitOnFailure(async () => {
  await setUp();
  const { benchOptions } = await import("./bench/options.mjs");
  const options = benchOptions(process.argv.slice(2));
  const { render, report } = await import("./bench/report.mjs");
  if (options.render) return render();
  const { build } = await import("./build/steps.mjs");
  await build();

  const { runBench } = await import("./bench/run.mjs");
  await report(await runBench(options), options);
});
