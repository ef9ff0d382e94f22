// A plain static server on loopback, as any web host is one.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import { onLoopback } from "../../../tools/loopback.mjs";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Serves the directory, "/" being its index.html. `policy`: the Content-Security-Policy of every answer. */
export async function serveSite(directory, { policy } = {}) {
  const headers = {
    "x-content-type-options": "nosniff",
    ...(policy && { "content-security-policy": policy }),
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    // `normalize` leaves no ".." at the front of an absolute path.
    const path = join(directory, normalize(decodeURIComponent(pathname === "/" ? "/index.html" : pathname)));
    const body = await readFile(path).catch(() => undefined);
    if (!body) return response.writeHead(404, headers).end();
    response.writeHead(200, { ...headers, "content-type": types[extname(path)] ?? "text/plain" }).end(body);
  });
  return onLoopback(server);
}
