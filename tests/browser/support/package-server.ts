// The package's dist as a plain static server would give it, on a page with the policy that a careful site has.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface PackageServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface PackageServerOptions {
  /** The content type of the wasm; undefined sends none. */
  wasmType: string | undefined;
  /** What `script-src` allows besides the server's own scripts. */
  scripts?: string;
}

const dist = new URL("../../../pkg/dist/", import.meta.url);

/** Serves `/<entry>.html`: a page that loads `<entry>.js` into `window.msdk`. */
export async function servePackage({
  wasmType,
  scripts = "'wasm-unsafe-eval'",
}: PackageServerOptions): Promise<PackageServer> {
  const policy = `default-src 'none'; script-src 'self' ${scripts}; connect-src 'self' http://127.0.0.1:*; img-src data:`;
  const server = createServer(async (request, response) => {
    const name = (request.url ?? "/").slice(1);
    const send = (type: string | undefined, body: string | Buffer, status = 200) => {
      const headers = { "content-security-policy": policy, "x-content-type-options": "nosniff" };
      response
        .writeHead(status, type === undefined ? headers : { ...headers, "content-type": type })
        .end(body);
    };
    if (name.endsWith(".html"))
      return send("text/html; charset=utf-8", page(name.replace(/html$/, "start.js")));
    if (name.endsWith(".start.js")) return send("text/javascript", script(name.replace(/start\.js$/, "js")));
    if (!/^(miniprogram\/)?[\w.-]+$/.test(name)) return send("text/plain", "not here", 404);
    const body = await readFile(new URL(name, dist)).catch(() => undefined);
    if (!body) return send("text/plain", "not here", 404);
    send(name.endsWith(".wasm") ? wasmType : "text/javascript", body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const page = (start: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>package</title>
<link rel="icon" href="data:,"><script type="module" src="/${start}"></script></head></html>`;

const script = (entry: string) => `import * as msdk from "/${entry}";
window.msdk = msdk;
document.documentElement.dataset.loaded = "";`;
