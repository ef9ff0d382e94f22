// A Redis that ends when it is told to.
import { type Child, startChild } from "./child.ts";
import { redis } from "./given.ts";

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
  let server = await started();
  return {
    url: redis.url,
    async kill() {
      await server.end("SIGKILL");
    },
    async restart() {
      server = await started();
    },
    hang: () => void server.process.kill("SIGSTOP"),
    resume: () => void server.process.kill("SIGCONT"),
  };
}

async function started(): Promise<Child> {
  const server = startChild(redis.command, redis.args);
  await server.line(redis.ready);
  return server;
}
