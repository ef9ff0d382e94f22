// A caller of the sandbox that signs by itself, and can be told to get things wrong.
import { createHash } from "node:crypto";
import { request } from "node:http";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../pkg/src/sandbox/index.ts";

export const KEY = "marker-key-7f3a";
export const OPENID = "9007199254740993111";
export const TOKEN = "marker-token-51c2";
export const FOPENID = "9007199254740993222";

export const PATHS = {
  friend_list: "/v2/friend/friend_list",
  recall_friends_list: "/v2/friend/recall_friends_list",
  get_sopenid: "/v2/profile/get_sopenid",
  share: "/v2/friend/share",
  ark_share: "/v2/friend/ark_share",
} as const;

export type EndpointName = keyof typeof PATHS;

export const ARK_EXTRA = encodeURIComponent('{"app":"com.example","desc":"游戏 分享"}');

/** A body that passes, for the channel. */
export function goodFields(endpoint: EndpointName, channel: number): Record<string, unknown> {
  const own = { openid: OPENID, token: TOKEN };
  if (endpoint === "recall_friends_list")
    return { ...own, ...(channel === 1 ? { task_id: 0 } : { count: 20 }) };
  if (endpoint === "share") return { ...own, fopenid: FOPENID, type: 20000, game_tag: "MSG_INVITE" };
  if (endpoint === "ark_share") return { ...own, fopenid: FOPENID, extra: ARK_EXTRA };
  return own;
}

export function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** The fixed parameters in an order that is not sorted. */
export function goodQuery(channel: number): Record<string, string> {
  return {
    version: "",
    ts: String(now()),
    channelid: String(channel),
    os: "4",
    gameid: "12",
    source: "0",
    conn: "",
    seq: "",
  };
}

/** The scheme of the vectors: md5(path + "?" + sorted parameters + body + key). */
export function sigOf(path: string, pairs: readonly string[], body: string | Buffer, key = KEY): string {
  const nameOf = (pair: string) => pair.split("=", 1)[0] ?? "";
  const sorted = [...pairs].sort((a, b) =>
    Buffer.compare(Buffer.from(nameOf(a), "latin1"), Buffer.from(nameOf(b), "latin1")),
  );
  return createHash("md5")
    .update(`${path}?${sorted.join("&")}`, "latin1")
    .update(body)
    .update(key)
    .digest("hex");
}

export interface Spec {
  readonly endpoint?: EndpointName;
  readonly channel?: number;
  readonly path?: string;
  readonly method?: string;
  /** Merged into the fixed parameters; `undefined` drops one. */
  readonly query?: Record<string, string | undefined>;
  /** Replaces the pairs altogether. */
  readonly pairs?: readonly string[];
  /** Changes the pairs after signing, the sig among them. */
  readonly tamper?: (pairs: string[]) => string[];
  /** Merged into the good body; `undefined` drops one. */
  readonly fields?: Record<string, unknown>;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly key?: string;
  readonly timeoutMs?: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly bytes: Buffer;
  readonly text: string;
}

/** The request line and body of a signed call. */
export function signedCall(spec: Spec): { target: string; body: string | Buffer } {
  const { endpoint = "friend_list", channel = 2 } = spec;
  const path = spec.path ?? PATHS[endpoint];
  const body = spec.body ?? JSON.stringify({ ...goodFields(endpoint, channel), ...spec.fields });
  const query = Object.entries({ ...goodQuery(channel), ...spec.query });
  const pairs =
    spec.pairs ?? query.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${value}`);
  const signed = [...pairs, `sig=${sigOf(path, pairs, body, spec.key)}`];
  return { target: `${path}?${(spec.tamper?.(signed) ?? signed).join("&")}`, body };
}

/** Sends a call over a connection of its own; rejects when the answer does not end as announced. */
export function send(sandbox: Pick<Sandbox, "url">, spec: Spec = {}): Promise<Reply> {
  const { target, body } = signedCall(spec);
  const { hostname, port } = new URL(sandbox.url);
  const headers = { "content-type": "application/json", ...spec.headers };
  const length = { "content-length": Buffer.byteLength(body) };
  const { method = "POST", timeoutMs = 5000 } = spec;
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      path: target,
      method,
      headers: { ...headers, ...length },
      agent: false,
    };
    const req = request(options, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("error", reject);
      res.on("close", () => clearTimeout(timer));
      res.on("end", () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: res.statusCode ?? 0, headers: res.headers, bytes, text: bytes.toString("utf8") });
      });
    });
    const timer = setTimeout(() => req.destroy(new Error("test timeout")), timeoutMs);
    req.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    req.end(body);
  });
}

export type AnswerBody = { ret: number; msg: string; seq?: string; [name: string]: unknown };

export async function call(sandbox: Pick<Sandbox, "url">, spec: Spec = {}): Promise<AnswerBody> {
  const reply = await send(sandbox, spec);
  if (reply.status !== 200) throw new Error(`status ${reply.status}`);
  return JSON.parse(reply.text) as AnswerBody;
}

/** Runs a test against a sandbox and closes it whatever happens. */
export async function withSandbox(
  options: SandboxOptions,
  run: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ key: KEY, gameId: "12", ...options });
  try {
    await run(sandbox);
  } finally {
    await sandbox.close();
  }
}
