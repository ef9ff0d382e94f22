// A mini-game host's request API as the tests script it.
import { createClient, keySigner, type MiniHost } from "msdk-friends/mini";

/** What ./mini passes to `X.request`, and its task. */
export interface MiniSent {
  readonly url: string;
  readonly data: string;
  readonly header: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly responseType: string;
  readonly dataType: string;
  readonly timeout: number;
  success(answer: object): void;
  fail(failure: object): void;
  aborts: number;
}

/** A host that hands every request to `take`; what was sent is kept. */
export function scriptedHost(
  take: (sent: MiniSent, number: number) => void,
): MiniHost & { sent: MiniSent[] } {
  const sent: MiniSent[] = [];
  return {
    sent,
    request(options: Omit<MiniSent, "aborts">) {
      const request: MiniSent = Object.assign({}, options, { aborts: 0 });
      sent.push(request);
      setTimeout(() => take(request, sent.length), 1);
      return {
        abort() {
          request.aborts++;
          setTimeout(() => request.fail({ errMsg: "request:fail abort" }), 1);
        },
      };
    },
  };
}

export const bytes = (value: unknown): ArrayBuffer =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)).buffer as ArrayBuffer;

export const GOOD = { ret: 0, msg: "", lists: [{ openid: "9007199254740993111", user_name: "头😀" }] };

export const miniClient = (options: object = {}) =>
  createClient({
    baseUrl: "https://backend.example",
    gameId: "12",
    channel: 1,
    wasmPath: false,
    maxRetries: 0,
    signer: keySigner("fake-key", { dangerouslyAllowBrowser: true }),
    ...options,
  });
