import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, isWholeNumber, MAX_TIMEOUT_MS } from "../../facade.ts";
import { DEFAULT_TIMEOUT_MS } from "../defaults.ts";
import type { ProxyHandler } from "../handler.ts";
import { createProxy } from "../index.ts";
import { checkNames, type Names, PROXY } from "../names.ts";
import type { ProxyOptions } from "../options.ts";
import { nodeListener } from "./listener.ts";
import { listening } from "./listening.ts";
import { pooledTransport } from "./transport.ts";

export interface ServerOptions extends ProxyOptions {
  /** 0, the default, takes any free one. */
  port?: number | undefined;
  /** 127.0.0.1 by default: this machine only. */
  host?: string | undefined;
  /** Another port for `/healthz`, `/readyz` and `/metrics`; the first two are on the main port as well. */
  operationsPort?: number | undefined;
  /** How long calls under way may take when it ends; 10,000 by default. */
  graceMs?: number | undefined;
}

const NAMES = {
  ...PROXY,
  port: true,
  host: true,
  operationsPort: true,
  graceMs: true,
} satisfies Names<ServerOptions>;

export interface RunningProxy {
  /** Such as "http://127.0.0.1:8080", no slash at the end. */
  readonly url: string;
  readonly operationsUrl: string | undefined;
  readonly handler: ProxyHandler;
  /** Takes no new call, lets those under way end for `graceMs`, then closes. May be called again. */
  close(): Promise<void>;
}

/** Above what balancers keep idle connections for (often 60 s), so that none is cut as it is used again. */
const KEEP_ALIVE_MS = 65_000;
const MAX_PORT = 65_535;
const HEADERS_MS = 10_000;
/** How often connections are looked at that have sent half a head. */
const CHECK_MS = 1000;

/** A server with the proxy alone. Rejects with `config`, and where a port cannot be had. */
export async function startProxy(options: ServerOptions): Promise<RunningProxy> {
  checkNames(options, NAMES);
  const { port = 0, host = "127.0.0.1", operationsPort, graceMs = 10_000, ...more } = options;
  checkWhole("port", port, MAX_PORT);
  // Node takes nothing for all addresses of the machine.
  expect(host, typeof host === "string" && host !== "", "host", "the address to listen on", "config");
  if (operationsPort !== undefined) checkWhole("operationsPort", operationsPort, MAX_PORT);
  checkWhole("graceMs", graceMs, MAX_TIMEOUT_MS);
  const pool = pooledTransport();
  const handler = await createProxy({ ...more, transport: more.transport ?? pool });
  const servers = [await listening(mainServer(handler, options.timeoutMs), port, host, "port")];
  if (operationsPort !== undefined) {
    const operations = createServer((req, res) => answerOperations(handler, req.url ?? "/", res));
    servers.push(
      await listening(operations, operationsPort, host, "operationsPort").catch(async (error: unknown) => {
        await Promise.all(servers.map(closed));
        throw error;
      }),
    );
  }
  const [url = "", operationsUrl] = servers.map(urlOf);

  let closing: Promise<void> | undefined;
  const close = async () => {
    await handler.close(graceMs);
    await Promise.all(servers.map(closed));
    pool.close();
  };
  return {
    url,
    operationsUrl,
    handler,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

const checkWhole = (field: string, value: number, most: number): unknown =>
  expect(value, isWholeNumber(value, 0, most), field, `a whole number from 0 to ${most}`, "config");

function mainServer(handler: ProxyHandler, timeoutMs = DEFAULT_TIMEOUT_MS): Server {
  const answer = nodeListener(handler);
  const server = createServer({ connectionsCheckingInterval: CHECK_MS }, (req, res) => {
    const isProbe = req.method !== "POST" && (req.url === "/healthz" || req.url === "/readyz");
    if (isProbe) void answerOperations(handler, req.url ?? "/", res);
    else answer(req, res);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = Math.min(timeoutMs, HEADERS_MS);
  // Of a call its own deadline comes first; this is for a probe with a body that does not end.
  server.requestTimeout = 2 * HEADERS_MS;
  return server;
}

async function answerOperations(handler: ProxyHandler, path: string, res: ServerResponse): Promise<void> {
  const isPath = path.startsWith("/") && !path.startsWith("//");
  const response = handler.operations(new Request(`http://localhost${isPath ? path : "/"}`));
  res.writeHead(response.status, Object.fromEntries(response.headers));
  res.end(await response.text());
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return family === "IPv6" ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}
