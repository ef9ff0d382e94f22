// A Redis of the tests' own, on a port of its own, that writes no file.

import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { type Child, startChild } from "./child.ts";
import { redisServer } from "./given.ts";

export interface Redis {
  readonly url: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again where it was, with nothing in it. */
  restart(): Promise<void>;
  /** It accepts connections and answers nobody, until `resume`. */
  hang(): void;
  resume(): void;
}

export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  let server = await started(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    async kill() {
      await server.end("SIGKILL");
    },
    async restart() {
      server = await started(port);
    },
    hang: () => void server.process.kill("SIGSTOP"),
    resume: () => void server.process.kill("SIGCONT"),
  };
}

async function started(port: number): Promise<Child> {
  const settings = { port, bind: "127.0.0.1", save: "", appendonly: "no" };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = startChild(redisServer, args);
  await server.line("Ready to accept connections");
  return server;
}

/** A port must be known beforehand: the proxies keep it while Redis is gone. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
