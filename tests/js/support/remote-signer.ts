// Sign endpoints that the tests of remoteSigner script.
import type { SignInput } from "msdk-friends";
import { answerJson, good, type ReceivedRequest, type Step, scriptedFetch } from "./client-servers.ts";
import { KEY, OPENID, sigOf, TOKEN } from "./sandbox-client.ts";

export const SIGN = "https://game.example/sign";
export const SIG = "abcdef0123456789abcdef0123456789";
export const markers = { token: TOKEN, openid: OPENID, key: KEY, sig: SIG };
export const refused = { kind: "signature", retryable: false, maybeSent: false, attempts: 1 };

export const sigFor = ({ path, canonicalQuery, body }: SignInput) =>
  sigOf(path, canonicalQuery.split("&"), body);
export const signs = ({ res, body }: ReceivedRequest) => answerJson(res, { sig: sigFor(JSON.parse(body)) });
export const ends =
  (statusCode: number, text = "", headers: Record<string, string> = {}) =>
  ({ res }: ReceivedRequest) =>
    void res.writeHead(statusCode, headers).end(text);

/** A fetch that is both: the sign endpoint answers by `sign`, the backend by `backend`, one after the other. */
export function twoServers(sign: Step, ...backend: Step[]) {
  const atSign = scriptedFetch(sign);
  const atBackend = scriptedFetch(...(backend.length ? backend : [good]));
  const fetch = ((url: string, init: RequestInit) =>
    (url === SIGN ? atSign : atBackend).fetch(url, init)) as typeof globalThis.fetch;
  return { fetch, signed: atSign.requests, sent: atBackend.requests };
}
export const signsFor: Step = ({ body }) => Response.json({ sig: sigFor(JSON.parse(body)) });
