// The console: built by Vite when something changed, then served as the static files that a team would deploy.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, preview } from "vite";

import { dist, installed, root, www } from "../paths.mjs";
import { filesUnder, fingerprint, unlessUnchanged } from "../stamp.mjs";
import { sandboxProxy } from "./proxy.mjs";

/** Builds www/dist; does nothing when neither its sources nor the package changed. */
export async function buildConsole() {
  const sources = filesUnder(www, (name) => name !== "dist" && name !== "node_modules");
  const inputs = fingerprint({
    files: [
      ...sources,
      ...filesUnder(dist),
      join(root, "tsconfig.base.json"),
      installed("vite", "package.json"),
    ],
  });
  const outputs = () =>
    existsSync(join(www, "dist")) ? filesUnder(join(www, "dist")) : [join(www, "dist", "index.html")];
  await unlessUnchanged("console", { inputs, outputs }, () => build({ root: www, logLevel: "warn" }));
}

/**
 * Serves it on a free loopback port, with the proxy of `sandbox` under /msdk on the same address. `/config.json` tells the
 * page what it may know: where the sandbox is and which channel comes first, not the key.
 */
export async function startConsole(sandbox) {
  await buildConsole();
  const config = JSON.stringify({ sandbox: { url: sandbox.url, channel: sandbox.channel } });
  let proxy;
  const beside = (request, response, next) => {
    const [path] = request.url.split("?");
    if (path.startsWith("/msdk/")) return proxy.listener(request, response);
    if (path !== "/config.json") return next();
    response.setHeader("content-type", "application/json");
    response.setHeader("cache-control", "no-store");
    response.end(config);
  };
  const server = await preview({
    root: www,
    logLevel: "warn",
    // Which origins may call is the proxy's to say: Vite would answer the pages of every port of this machine.
    preview: { host: "127.0.0.1", port: 0, strictPort: true, open: false, cors: false },
    plugins: [
      {
        name: "beside-the-console",
        configurePreviewServer: ({ middlewares }) => void middlewares.use(beside),
      },
    ],
  });
  const { port } = server.httpServer.address();
  const origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  // Not before: its allowed origins hold the port. Nobody knows the address yet.
  proxy = await sandboxProxy(sandbox, origins);
  return {
    url: `${origins[0]}/`,
    async close() {
      await server.close();
      await proxy.close();
    },
  };
}
