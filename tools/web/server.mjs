// A static server on a free loopback port, for pages that load a program in wasm.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves each directory's files below its name: `/name/file`, or a directory deeper. */
export async function serveFiles(directories) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://127.0.0.1").pathname.replace(/\/$/, "/index.html");
    const [, name, file] = /^\/(\w+)\/((?:\w+\/)?[\w.-]+)$/.exec(path) ?? [];
    const directory = Object.hasOwn(directories, name ?? "") ? directories[name] : undefined;
    const body = directory && (await readFile(join(directory, file)).catch(() => undefined));
    if (!body) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
