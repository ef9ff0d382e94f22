import { decode } from "#host/codec.ts";
import { expect } from "./arguments.ts";
import { isBaseUrl, orPath } from "./base-url.ts";
import { isMsdkError, MsdkError } from "./errors.ts";
import { isSig } from "./request.ts";
import type { Signer } from "./signers.ts";
import type { Attempt, IncomingAnswer } from "./transport.ts";

/** Many times what an answer with a sig needs. */
const MAX_BYTES = 64 * 2 ** 10;

/** Of what the endpoint says, in characters. */
const MAX_QUOTED = 200;

const ADVICE: Readonly<Record<number, string>> = {
  401: "log in again with your backend",
  403: "your backend does not sign for this login",
  404: "look at the url given to remoteSigner",
};

/**
 * Signs at a backend of yours: posts `{ path, canonicalQuery, body }` to `url` as JSON, with the client's `headers` and
 * `credentials`, and expects `{ sig }`. Redirects are not followed. A function in place of the URL is the signer's `sign`.
 * What goes wrong there is an error of the kind `signature` that says so.
 *
 * @throws `config` for a `url` that is neither https, nor http on loopback, nor in a page a path such as "/sign"
 */
export function remoteSigner(url: string | Signer["sign"]): Signer {
  if (typeof url === "function") return { sign: url };
  const allowed = `an https URL of your backend, http on loopback${orPath("/sign")}, or a function that returns the sig`;
  expect(url, isBaseUrl(url, true), "url", allowed, "config");
  return {
    async sign({ path, canonicalQuery, body }, attempt?: Partial<Attempt>) {
      if (typeof attempt?.post !== "function") {
        throw failure("sign() was not given the client's second argument as it was");
      }
      const input = JSON.stringify({ path, canonicalQuery, body });
      return sigOf(
        await attempt.post(url, input, MAX_BYTES).catch((cause: unknown) => {
          throw failure(reasonOf(cause), isMsdkError(cause) ? (cause.cause ?? cause) : cause);
        }),
      );
    },
  };
}

const failure = (reason: string, cause?: unknown): MsdkError =>
  new MsdkError({ kind: "signature", message: `the sign endpoint failed: ${reason}`, cause });

/** What a fetch says may quote anything, so that stays in the cause. */
function reasonOf(cause: unknown): string {
  if (!isMsdkError(cause)) return "no whole answer arrived";
  // A mini-game's host that refuses a domain takes it for the client's baseUrl.
  return cause.allowed ? `its url has to be ${cause.allowed}` : cause.message;
}

/** Quotes of the answer its `msg`, and nothing as a cause: a sig may stand anywhere in it. */
function sigOf({ status, bytes }: IncomingAnswer): string {
  let answer: { sig?: unknown; msg?: unknown } | null | undefined;
  try {
    answer = JSON.parse(decode(bytes));
  } catch {
    // Told below.
  }
  if (status < 200 || status > 299) {
    const advice = status < 400 ? "redirects are not followed" : "look at its log";
    throw failure(`status ${status}, ${saidBy(answer?.msg) ?? ADVICE[status] ?? advice}`);
  }
  if (!bytes) throw failure(`its answer is larger than ${MAX_BYTES} bytes`);
  if (answer === undefined) throw failure('its answer is not JSON, expected { "sig": … }');
  const sig = answer?.sig;
  if (isSig(sig)) return sig;
  throw failure(sig === undefined ? 'its answer has no "sig"' : 'its "sig" is not 32 hex digits');
}

const saidBy = (msg: unknown): string | undefined =>
  typeof msg === "string" && msg !== "" && !/[\da-f]{32}/i.test(msg) ? msg.slice(0, MAX_QUOTED) : undefined;
