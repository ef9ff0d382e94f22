// npm run bench:proxy: the signing proxy beside a bare reverse proxy of Node's own parts. Writes bench/proxy-results.json,
// the tables in BENCHMARKS.md and the arithmetic in docs/scaling.md.
//
// npm run bench:proxy -- --quick    one short round, for trying out: what is committed stays, the results go to
//                                   target/msdk-build/bench/
// npm run bench:proxy -- --render   the tables once more, from the committed results

import "./setup/node.mjs";

import { exitOnFailure } from "./failure.mjs";
import { endChildrenAtExit } from "./processes.mjs";
import { setUp } from "./setup.mjs";

endChildrenAtExit();

await exitOnFailure(async () => {
  await setUp();
  const { benchProxyOptions } = await import("./bench-proxy/options.mjs");
  const options = benchProxyOptions(process.argv.slice(2));
  const { render, report } = await import("./bench-proxy/report.mjs");
  if (options.render) return render();
  const { build } = await import("./build/steps.mjs");
  await build();

  const { runProxyBench } = await import("./bench-proxy/run.mjs");
  report(await runProxyBench(options), options);
});
