import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answerRequest, type RequestRecord, sharedBy } from "./exchange.ts";
import { type SandboxOptions, settingsFrom } from "./options.ts";

export interface Sandbox {
  /** Such as "http://127.0.0.1:40123", no slash at the end. */
  readonly url: string;
  /** What was received, oldest first, preflights included; the last 1000. */
  readonly requests: readonly RequestRecord[];
  /** Cuts every connection, clears every timer, frees the port. May be called again. */
  close(): Promise<void>;
}

/** Above what clients keep idle connections for, so that none is cut as it is used again. */
const KEEP_ALIVE_MS = 60_000;

/** Starts a sandbox. Rejects with a RangeError for a bad option, and where the port cannot be had. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = settingsFrom(options);
  const shared = sharedBy(settings);
  const server = createServer((req, res) => void answerRequest(req, res, shared));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listening(server, settings.port, settings.host);
  let closed: Promise<void> | undefined;
  return {
    url: urlOf(server),
    requests: shared.requests,
    close() {
      closed ??= closeAtOnce(server);
      return closed;
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function closeAtOnce(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** An address that a client can call: "any" is none. */
function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (address === "0.0.0.0") return `http://127.0.0.1:${port}`;
  if (address === "::") return `http://[::1]:${port}`;
  return family === "IPv6" ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}
