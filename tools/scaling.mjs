// npm run test:scaling: three msdk-proxy processes that share a real Redis, with each major version of its client. Redis is
// killed, started again and made to hang under them.

import "./setup/node.mjs";

import { exitOnFailure } from "./failure.mjs";
import { endChildrenAtExit } from "./processes.mjs";
import { redisCommand } from "./redis.mjs";
import { setUp } from "./setup.mjs";
import { nodeTests, runStage } from "./test/stages.mjs";
import { printSummary } from "./test/summary.mjs";

const LIMIT_MS = 120_000;

endChildrenAtExit();

await exitOnFailure(async () => {
  await setUp();
  const redis = await redisCommand();
  const { build } = await import("./build/steps.mjs");
  await build();
  const { installClients } = await import("./scaling/clients.mjs");
  const given = { redis, clients: await installClients() };

  const stage = { name: "scaling", limitMs: LIMIT_MS, run: nodeTests("scaling") };
  process.exitCode = printSummary([await runStage(stage, { SCALING: JSON.stringify(given) })]) ? 0 : 1;
});
