// The console: built by Vite when something changed, then served as the static files that a team would deploy.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, preview } from "vite";

import { dist, installed, root, www } from "../paths.mjs";
import { filesUnder, fingerprint, unlessUnchanged } from "../stamp.mjs";

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
 * Serves it on a free loopback port. `/config.json` tells the page where its backend is: it says what `config()` gives at
 * the time.
 */
export async function startConsole(config) {
  await buildConsole();
  const tellConfig = (request, response, next) => {
    if (request.url.split("?")[0] !== "/config.json") return next();
    response.setHeader("content-type", "application/json");
    response.setHeader("cache-control", "no-store");
    response.end(JSON.stringify({ sandbox: config() }));
  };
  const server = await preview({
    root: www,
    logLevel: "warn",
    preview: { host: "127.0.0.1", port: 0, strictPort: true, open: false },
    plugins: [
      {
        name: "sandbox-config",
        configurePreviewServer: ({ middlewares }) => void middlewares.use(tellConfig),
      },
    ],
  });
  return { url: `http://127.0.0.1:${server.httpServer.address().port}/`, close: () => server.close() };
}
