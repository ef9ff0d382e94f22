// npm run test:guards: the attack suite the other way round. Each case holds against the proxy as it is, and fails against
// one whose guard was taken out: a copy in which the source differs by the edits that the guard's table names.
//
// npm run test:guards -- CRLF Origin    the guards alone whose class or name holds one of these
//
// What each case was found to do goes to target/msdk-build/guards/results.json.

import "./setup/node.mjs";

import { exitOnFailure, Failure } from "./failure.mjs";
import { endChildrenAtExit } from "./processes.mjs";
import { setUp } from "./setup.mjs";

endChildrenAtExit();

await exitOnFailure(async () => {
  await setUp();
  const { build } = await import("./build/steps.mjs");
  await build();

  // The tables are TypeScript.
  (await import("tsx/esm/api")).register();
  const { guardsIn, problemsOf } = await import("./guards/table.mjs");
  const problems = problemsOf();
  if (problems.length > 0) throw new Failure(`the tables of tests/proxy/attacks:\n${problems.join("\n")}`);

  const { tryGuards } = await import("./guards/run.mjs");
  const { report } = await import("./guards/report.mjs");
  const began = performance.now();
  const results = await tryGuards(guardsIn(process.argv.slice(2)));
  process.exitCode = report(results, (performance.now() - began) / 1000) ? 0 : 1;
});
