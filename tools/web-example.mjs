// npm run example: the example for Rust programs in pages, with a sandbox behind it, until Ctrl-C.

import "./setup/node.mjs";

import { exitOnFailure } from "./failure.mjs";
import { endChildrenAtExit } from "./processes.mjs";
import { setUp } from "./setup.mjs";

endChildrenAtExit();

await exitOnFailure(async () => {
  await setUp();
  const { build } = await import("./build/steps.mjs");
  await build();
  const { makeProgram } = await import("./build/programs.mjs");
  const { serveFiles } = await import("./web/server.mjs");
  const { startSandbox } = await import("msdk-friends/sandbox");

  const server = await serveFiles({ example: await makeProgram("example") });
  const sandbox = await startSandbox({ friends: 50 });
  console.log(`\n${server.url}/example/?sandbox=${encodeURIComponent(sandbox.url)}\n\nCtrl-C ends it.`);
});
