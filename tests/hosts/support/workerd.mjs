// A worker in workerd on loopback: bundled as the platform's own tool does it, with the wasm as a module of its own.

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";

import { endChild, start } from "../../../tools/processes.mjs";

const wasm = "msdk-friends/msdk_friends.wasm";

const worker = (webModule) => `import module from ${JSON.stringify(wasm)};
import * as msdk from "msdk-friends";
import { runOnWeb } from ${JSON.stringify(webModule)};

const smallest = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const compilesBytes = () => WebAssembly.compile(smallest).then(() => true, () => false);

export default {
  async fetch(request) {
    await msdk.init(module);
    const report = await runOnWeb(msdk, await request.json());
    if (await compilesBytes()) report.failures.push("bytes were compiled, as on no edge");
    return Response.json(report);
  },
};
`;

const config = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [
        (name = "worker.js", esModule = embed "worker.js"),
        (name = "${wasm}", wasm = embed "msdk_friends.wasm"),
      ],
      compatibilityDate = "2026-01-01",
      globalOutbound = "outside",
    )),
    (name = "outside", network = (allow = ["private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

async function writeWorker(app, { id, source }) {
  const directory = join(app, id);
  mkdirSync(directory, { recursive: true });
  await build({
    stdin: { contents: source, resolveDir: app, sourcefile: "worker.mjs" },
    outfile: join(directory, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: [wasm],
    logLevel: "warning",
  });
  const { resolve } = createRequire(join(app, "package.json"));
  copyFileSync(resolve(wasm), join(directory, "msdk_friends.wasm"));
  writeFileSync(join(directory, "config.capnp"), config);
  return directory;
}

/** Runs `source` as a worker of the project `app`; gives where it listens, and its end. */
export async function serveWorker(app, { id, program, source }) {
  const child = start(program, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: await writeWorker(app, { id, source }),
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  return { url: `http://127.0.0.1:${await listening(child)}`, end: () => endChild(child, "SIGKILL") };
}

/** Gives the program's report. */
export async function runInWorkerd({ app, program: { webModule }, sandbox }, program) {
  const { url, end } = await serveWorker(app, { id: "workerd", program, source: worker(webModule) });
  try {
    const response = await fetch(url, { method: "POST", body: JSON.stringify(sandbox) });
    const text = await response.text();
    if (!response.ok) throw new Error(`the worker answered ${response.status}: ${text}`);
    return JSON.parse(text);
  } finally {
    end();
  }
}

/** The port, which workerd tells on its control pipe. */
function listening(child) {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => reject(new Error(`workerd ended with ${signal ?? code}`)));
    createInterface(child.stdio[3]).on("line", (line) => {
      const { event, port } = JSON.parse(line);
      if (event === "listen") resolve(port);
    });
  });
}
