// The processes of a run. Each says where it is in its first line, takes orders and answers them, and is ended by its number.

import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { BARE, COMMAND, PAGE, PROXY } from "../../bench/proxy/cells.mjs";
import { within } from "../engines/deadline.mjs";
import { Failure } from "../failure.mjs";
import { dist } from "../paths.mjs";
import { endChild, start } from "../processes.mjs";

const START_MS = 15_000;
const program = (name) => fileURLToPath(new URL(`../../bench/proxy/${name}.mjs`, import.meta.url));

async function started(args, env) {
  const child = start(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const ended = once(child, "close");
  // Its log goes nowhere, but it is read: a pipe that nobody empties stops whoever writes.
  const lines = createInterface(child.stdout);
  const line = once(lines, "line").then(([text]) => text);
  const first = await within(START_MS, args.at(-1), Promise.race([line, ended.then(() => undefined)]));
  if (first === undefined) throw new Failure(`${args.join(" ")} did not start; its message stands above.`);
  lines.close();
  child.stdout.resume();
  return {
    url: /^listening on (\S+)$/.exec(first)?.[1],
    tell: (order) => child.send(order),
    async ask(order, withinMs) {
      const answered = once(child, "message").then(([answer]) => answer);
      child.send(order);
      const answer = await within(withinMs, args.at(-1), answered);
      if (answer.failure) throw new Failure(answer.failure);
      return answer;
    },
    async end() {
      endChild(child, "SIGKILL");
      await ended;
    },
  };
}

export const startBackend = () => started([program("backend")]);
export const startLoad = () => started([program("load")]);

const probed = (file, args, env) =>
  started(["--expose-gc", "--import", program("probe"), file, ...args], env);

/** Each answers an order with `{ rssBytes, heapBytes }`; `collect` collects garbage in between. */
const contenders = {
  [BARE]: (backend) => probed(program("bare"), [backend]),
  [PROXY]: (backend) => probed(program("proxy"), [backend]),
  [COMMAND]: (backend, redisUrl) =>
    probed(`${dist}/proxy/bin.js`, [], {
      MSDK_PROXY_UPSTREAM: backend,
      MSDK_PROXY_GAME_ID: "12",
      MSDK_PROXY_KEY: "bench-fake-key",
      MSDK_PROXY_ALLOWED_ORIGINS: PAGE,
      MSDK_PROXY_AUTHORIZE_MODULE: program("authorize"),
      MSDK_PROXY_PORT: "0",
      MSDK_PROXY_PLAYER_CALLS_PER_MINUTE: String(2 ** 31),
      MSDK_PROXY_ADDRESS_CALLS_PER_MINUTE: String(2 ** 31),
      MSDK_PROXY_MAX_UPSTREAM: "1024",
      MSDK_PROXY_REDIS_URL: redisUrl,
    }),
};

export const startContender = (name, backend, redisUrl) => contenders[name](backend, redisUrl);
