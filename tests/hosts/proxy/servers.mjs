// The service as a program of each runtime, written as its own manual has it. A program says where it listens.

const told = (port) => `console.log("http://127.0.0.1:" + ${port});`;

const head = (service) => `import { createProxy, createSignEndpoint } from "msdk-friends/proxy";
import { serviceOf } from ${service};
`;

export const denoServer = (service, sandbox) => `${head(service)}
const answer = await serviceOf({ createProxy, createSignEndpoint }, ${sandbox});
Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen({ port }) { ${told("port")} } },
  (request, { remoteAddr }) => answer(request, { remoteAddress: remoteAddr.hostname }),
);
`;

export const bunServer = (service, sandbox) => `${head(service)}
const answer = await serviceOf({ createProxy, createSignEndpoint }, ${sandbox});
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, server) => answer(request, { remoteAddress: server.requestIP(request)?.address }),
});
${told("server.port")}
`;

/** Through `nodeListener`, a handler each: the adapter knows handlers, not functions around them. */
export const nodeServer = (
  service,
  sandbox,
) => `const { createProxy, createSignEndpoint } = require("msdk-friends/proxy");
const { nodeListener } = require("msdk-friends/proxy/node");
const { createServer } = require("node:http");
import(${service}).then(async ({ optionsOf }) => {
  const { guards, route } = optionsOf(${sandbox});
  const proxy = await createProxy({ ...guards, ...route });
  const byProxy = nodeListener(proxy);
  const bySigner = nodeListener(await createSignEndpoint(guards));
  const server = createServer(async (req, res) => {
    if (req.url === "/sign") return bySigner(req, res);
    if (req.url.startsWith("/msdk")) return byProxy(req, res);
    const response = proxy.operations(new Request("http://127.0.0.1" + req.url));
    res.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  });
  server.listen(0, "127.0.0.1", () => { ${told("server.address().port")} });
});
`;

/** A worker may not compile bytes, and may ask for nothing before its first request. */
export const edgeWorker = (service, sandbox) => `${head(service)}
import { init } from "msdk-friends";
import module from "msdk-friends/msdk_friends.wasm";
let answering;
export default {
  async fetch(request) {
    answering ??= init(module).then(() => serviceOf({ createProxy, createSignEndpoint }, ${sandbox}));
    const answer = await answering;
    return answer(request, { remoteAddress: request.headers.get("cf-connecting-ip") ?? undefined });
  },
};
`;
