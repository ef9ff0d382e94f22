// A backend, a proxy in front of it and both ways into it, for one case.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProxyHandler } from "msdk-friends/proxy";
import type { RunningProxy } from "msdk-friends/proxy/node";
import { startSandbox } from "msdk-friends/sandbox";
import type { DoorName, Seen, World } from "./attack.ts";
import { type Answer, answerOf, type Call, overSocket, PAGE, requestOf } from "./call.ts";
import { KEY, playerOf, SECRETS, SIGN_CLOCK } from "./players.ts";
import { OK_ANSWER, standIn } from "./stand-in.ts";

/** The proxy under attack: the published one, or one whose guard was taken out. */
export type Library = Pick<typeof import("msdk-friends/proxy"), "createProxy" | "createSignEndpoint"> &
  Pick<typeof import("msdk-friends/proxy/node"), "nodeListener" | "pooledTransport" | "startProxy">;

export interface Standing {
  send(call: Call): Promise<Answer[]>;
  readonly seen: () => readonly Seen[];
  readonly elsewhere: () => number;
  assertSilent(answers: readonly Answer[]): void;
  close(): Promise<void>;
}

interface Door {
  send(call: Call): Promise<Answer[]>;
  close(): Promise<unknown>;
}

interface Backend {
  readonly url: string;
  readonly seen: () => readonly Seen[];
  close(): Promise<void>;
}

export async function stand(world: World, door: DoorName, library: Library): Promise<Standing> {
  const logged: unknown[] = [];
  const keep = (...line: unknown[]) => void logged.push(line);
  const elsewhere = await standIn([OK_ANSWER]);
  const backend = await backendOf(world, elsewhere.url);
  const options = {
    gameId: "12",
    keys: { "0": KEY },
    allowedOrigins: [PAGE],
    authorize: playerOf,
    timeoutMs: 1500,
    logger: { debug: keep, info: keep, warn: keep, error: keep },
  };
  const { send, close } = await opened(world, door, library, { ...options, upstream: backend.url });
  return {
    send,
    seen: backend.seen,
    elsewhere: () => elsewhere.seen.length,
    assertSilent(answers) {
      const told = JSON.stringify([logged, answers.map(({ headers, text }) => [[...headers], text])]);
      for (const secret of SECRETS) assert.ok(!told.includes(secret), "an answer or the log holds a secret");
      assert.doesNotMatch(told, /evil/i);
    },
    async close() {
      await close();
      await backend.close();
      await elsewhere.close();
    },
  };
}

async function backendOf({ answers }: World, elsewhere: string): Promise<Backend> {
  if (!answers) {
    const { url, requests, close } = await startSandbox({ key: KEY, gameId: "12" });
    const seen = () => requests.map((one) => ({ ...one, target: `${one.path}?${one.query}` }));
    return { url, seen, close };
  }
  const { url, seen, close } = await standIn(answers.map((text) => text.replace("{elsewhere}", elsewhere)));
  return { url, seen: () => seen.map((head) => ({ target: head, headers: {}, body: "" })), close };
}

type Options = Parameters<Library["createProxy"]>[0];

function opened(world: World, door: DoorName, library: Library, usual: Options): Promise<Door> {
  const options = { ...usual, ...world.options };
  if (world.sign) {
    const handler = library.createSignEndpoint({ ...usual, now: () => SIGN_CLOCK * 1000, ...world.sign });
    return door === "socket" ? served(library, handler) : asHandler(handler);
  }
  return door === "socket" ? started(library.startProxy(options)) : asHandler(library.createProxy(options));
}

async function started(starting: Promise<RunningProxy>): Promise<Door> {
  const proxy = await starting;
  return { send: (call) => overSocket(Number(new URL(proxy.url).port), call), close: () => proxy.close() };
}

async function served(library: Library, making: Promise<ProxyHandler>): Promise<Door> {
  const server = createServer(library.nodeListener(await making));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    send: (call) => overSocket((server.address() as AddressInfo).port, call),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function asHandler(making: Promise<ProxyHandler>): Promise<Door> {
  const handler = await making;
  return {
    async send(call) {
      const { remoteAddress = "127.0.0.1" } = call;
      return [await answerOf(handler(requestOf(call), { remoteAddress }))];
    },
    close: () => handler.close(1000),
  };
}
