// npm run test:hosts: the same small program and the same known answers in every host, a child process a host.
//
// npm run test:hosts -- chromium jsc      these hosts alone: by id, or by what their ids begin with ("chromium-csp")
// npm run test:hosts -- --write           writes the README's table from a whole run; without it, a whole run fails where
//                                         that table, versions aside, is not what the run gives
//
// The results go to target/msdk-build/hosts/results.json.

import "./setup/node.mjs";

import { exitOnFailure } from "./failure.mjs";
import { endChildrenAtExit } from "./processes.mjs";
import { setUp } from "./setup.mjs";

endChildrenAtExit();

await exitOnFailure(async () => {
  await setUp();
  const { build } = await import("./build/steps.mjs");
  const { chooseHosts } = await import("./hosts/choice.mjs");
  const choice = await chooseHosts(process.argv.slice(2));
  await build();

  const { runHosts } = await import("./hosts/run.mjs");
  const { report } = await import("./hosts/report.mjs");
  process.exitCode = report(await runHosts(choice.hosts), choice) ? 0 : 1;
});
