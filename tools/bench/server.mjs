// The programs on loopback, as a plain static server gives them. A first segment of digits is passed over: who asks for
// `/17/ours.js` gets what no cache can have.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { onLoopback } from "../loopback.mjs";
import { pagePrograms } from "./bundles.mjs";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

const headers = {
  "cache-control": "no-store",
  // Pages that share nothing with others get finer clocks.
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

export async function servePrograms() {
  const server = createServer(async (request, response) => {
    const [, name] = /^\/(?:\d+\/)?((?:miniprogram\/)?[\w-]+\.[a-z]+)$/.exec(request.url ?? "") ?? [];
    const type = types[extname(name ?? "")];
    const body = type && (name.endsWith(".html") ? page(name) : await file(name));
    if (!body) return response.writeHead(404, headers).end();
    response.writeHead(200, { ...headers, "content-type": type }).end(body);
  });
  return onLoopback(server);
}

const file = (name) => readFile(join(pagePrograms, name)).catch(() => undefined);

const page = (name) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${name}</title>
<link rel="icon" href="data:,"><script type="module" src="${name.replace(/html$/, "js")}"></script></head></html>`;
