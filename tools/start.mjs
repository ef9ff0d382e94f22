// npm start: set-up, build, the sandbox backend, and the console with its signing proxy, until Ctrl-C.
//
// npm start -- --friends 500 --fault http-500 …   goes to the sandbox; --channel N is the channel the console opens with.

import "./setup/node.mjs";

import { exitOnFailure } from "./failure.mjs";
import { endChildren } from "./processes.mjs";
import { setUp } from "./setup.mjs";

let ending = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    ending = true;
    endChildren("SIGKILL");
    process.exit(0);
  });
}

await exitOnFailure(async () => {
  await setUp();
  const { build } = await import("./build/steps.mjs");
  await build();

  const { startSandbox } = await import("./start/sandbox.mjs");
  const { startConsole } = await import("./start/console.mjs");
  const sandbox = await startSandbox(process.argv.slice(2));
  sandbox.ended.then((how) => {
    if (ending) return;
    console.error(`\nthe sandbox ended by itself (${how})`);
    process.exit(1);
  });
  const { url } = await startConsole(sandbox.config);

  console.log(`\nsandbox  ${sandbox.config.url}\nconsole  ${url}\n\nCtrl-C ends both.`);
});
