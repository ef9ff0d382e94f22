// A mini-game host's request API as the tests script it.
import assert from "node:assert/strict";
import { createClient, isMsdkError, keySigner, type MiniHost, type MsdkError } from "msdk-friends/mini";

/** What ./mini passes to `X.request`, and its task. */
export interface MiniSent {
  readonly url: string;
  readonly data: string;
  readonly header: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly responseType: string;
  readonly dataType: string;
  readonly redirect: string;
  readonly timeout: number;
  success(answer: object): void;
  fail(failure: object): void;
  aborts: number;
}

const failsSoon = (sent: MiniSent) => void setTimeout(() => sent.fail({ errMsg: "request:fail abort" }), 1);

/** A host that hands every request to `take`, and to `onAbort` what is called off; what was sent is kept. */
export function scriptedHost(
  take: (sent: MiniSent, number: number) => void,
  onAbort: (sent: MiniSent) => void = failsSoon,
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
          onAbort(request);
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

export const player = { openid: "10001", token: "T0-secret" };

/** A request's good answer. */
export const good = (sent: MiniSent): void =>
  sent.success({ statusCode: 200, header: {}, data: bytes(GOOD) });

export async function failure(call: Promise<unknown>): Promise<MsdkError> {
  const error: unknown = await call.then(
    () => assert.fail("no error"),
    (thrown: unknown) => thrown,
  );
  assert.equal(isMsdkError(error), true, String(error));
  return error as MsdkError;
}
