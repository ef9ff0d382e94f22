// The process of one host: `node child.mjs ID APP`, APP being a project that the tarball is installed in. Tells its parent
// when what the host needs is there, and then what came of the run.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { allHosts } from "./all.mjs";
import { program } from "./bundles.mjs";

const [id, app] = process.argv.slice(2);
/** Fake, and of no other sandbox. */
const credentials = { key: "hosts-fake-key", gameId: "12" };

async function startSandbox() {
  const module = join(app, "node_modules", "msdk-friends", "dist", "sandbox", "index.js");
  const { startSandbox } = await import(pathToFileURL(module).href);
  return startSandbox({ ...credentials, friends: 500 });
}

/** What reached the sandbox, each kind of request once: a browser may repeat one whose connection broke. */
function servedBy({ requests }) {
  const served = requests
    .filter(({ method }) => method === "POST")
    .map(({ endpoint, fault, ret = "no ret" }) => `${endpoint}, ${fault}, ${ret}`);
  return [...new Set(served)];
}

async function run() {
  const host = (await allHosts()).find((one) => one.id === id);
  const prepared = await host.prepare?.();
  await new Promise((resolve) => process.send({ prepared: true }, resolve));
  const sandbox = await startSandbox();
  try {
    const bench = { app, program, prepared, sandbox: { baseUrl: sandbox.url, ...credentials } };
    return { ...(await host.run(bench)), served: servedBy(sandbox) };
  } finally {
    await sandbox.close();
  }
}

const outcome = await run().catch((error) => ({ failure: String(error?.stack ?? error) }));
process.send(outcome, () => process.exit());
