// The signing proxy and the sign endpoint in the runtimes that may serve them, asked by a page's client over HTTP.

import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { endChild, start } from "../../tools/processes.mjs";
import { installNeeds } from "../../tools/setup/needs.mjs";
import { facts, runAgainst, served } from "./proxy/program.mjs";
import { bunServer, denoServer, edgeWorker, nodeServer } from "./proxy/servers.mjs";
import { neededProgram, neededVersion } from "./support/needed.mjs";
import { serveWorker } from "./support/workerd.mjs";

const service = new URL("./proxy/service.mjs", import.meta.url);

/** Starts the program with `command`; gives where it listens, and its end. */
async function serveProgram({ app, sandbox }, id, { command, form, server }) {
  const directory = join(app, id);
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `server.${form}`);
  writeFileSync(path, server(JSON.stringify(service.href), JSON.stringify(sandbox)));
  const [name, ...args] = command;
  const child = start(name, [...args, path], { cwd: app, stdio: ["ignore", "pipe", "inherit"] });
  return { url: await firstLine(child), end: () => endChild(child, "SIGKILL") };
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => reject(new Error(`the server ended with ${signal ?? code}`)));
    createInterface(child.stdout).once("line", resolve);
  });
}

const host = (id, { name, loads, notRun = "", prepare, serve, version }) => ({
  id: `proxy-${id}`,
  group: "The signing proxy",
  name,
  loads,
  notRun,
  budgetMs: 60_000,
  expected: { what: "the page's program", facts, served },
  prepare,
  async run(bench) {
    const { url, end } = await serve(bench);
    try {
      const report = await runAgainst(url, createRequire(join(bench.app, "package.json")), bench.sandbox);
      return { version: version(bench), report };
    } finally {
      end();
    }
  },
});

const runtime = (id, { name, scope, file, args, server, loads }) =>
  host(id, {
    name,
    loads,
    prepare: () => installNeeds(id),
    serve: (bench) =>
      serveProgram(bench, `proxy-${id}`, {
        command: [neededProgram(bench.prepared, scope, file), ...args],
        form: "mjs",
        server,
      }),
    version: ({ prepared }) => neededVersion(prepared, id),
  });

export default [
  host("node", {
    name: "Node",
    loads: '`require("msdk-friends/proxy")`, in `http.createServer` through `nodeListener`',
    serve: (bench) =>
      serveProgram(bench, "proxy-node", { command: [process.execPath], form: "cjs", server: nodeServer }),
    version: () => process.versions.node,
  }),
  runtime("deno", {
    name: "Deno",
    loads: "`msdk-friends/proxy`, its handler in `Deno.serve`",
    scope: "@deno",
    file: "deno",
    args: ["run", "--no-remote", "--allow-net=127.0.0.1", "--allow-read"],
    server: denoServer,
  }),
  runtime("bun", {
    name: "Bun",
    loads: "`msdk-friends/proxy`, its handler in `Bun.serve`",
    scope: "@oven",
    file: "bin/bun",
    args: ["run", "--no-install"],
    server: bunServer,
  }),
  host("workerd", {
    name: "workerd",
    loads: "`msdk-friends/proxy`, its handler as a worker's `fetch`; the wasm as a module through `init`",
    notRun: "Cloudflare's own network",
    prepare: () => installNeeds("workerd"),
    serve: ({ app, prepared, sandbox }) =>
      serveWorker(app, {
        id: "proxy-workerd",
        program: neededProgram(prepared, "@cloudflare", "bin/workerd"),
        source: edgeWorker(JSON.stringify(fileURLToPath(service)), JSON.stringify(sandbox)),
      }),
    version: ({ prepared }) => neededVersion(prepared, "workerd"),
  }),
];
