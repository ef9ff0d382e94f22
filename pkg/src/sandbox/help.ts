import { BLIND_FAULTS, CONTENT_FAULTS, DELIVERY_FAULTS, type FaultName } from "./faults.ts";
import { DEFAULT_KEY } from "./options.ts";

const MEANINGS: Record<FaultName, string> = {
  "http-500": "status 500, a short text",
  "http-429-retry-after": "status 429, Retry-After: 1",
  reset: "the connection is reset, no answer",
  "stall-headers": "no answer (given up after 60 s)",
  "not-json": "status 200, announced as JSON, is none",
  "html-error-page": "status 200, an HTML page",
  "stall-body": "half of the answer, then silence (60 s)",
  "slow-drip": "the right answer, in small pieces over 1.5 s",
  truncated: "half of the announced length, then closed",
  huge: "the right answer with 17 MiB of padding",
  "wrong-case-keys": "Ret, Msg, Lists, ...",
  "is-lost": "is_lost 1 and half of the list",
  "no-lists": "no lists, no result, no seq",
  "invalid-utf8": "broken bytes and half a surrogate pair in msg and the first name",
};

function rows(names: readonly FaultName[]): string {
  return names.map((name) => `    ${name.padEnd(22)}${MEANINGS[name]}`).join("\n");
}

export const HELP = `msdk-sandbox: a fake MSDK friend backend that checks what it is sent

Usage
  msdk-sandbox [options]
  msdk-sandbox --port 8800 --friends 500
  msdk-sandbox --fault http-500,http-500,none

It serves the five endpoints of the friend relationship page, verifies every signature, and says in msg what
is wrong with a call. The first line it prints is: listening on http://127.0.0.1:PORT

Options
  --port N           the port; 0, the default, takes any free one
  --host ADDRESS     the address to listen on (default 127.0.0.1: this machine only)
  --key KEY          the signing key; also MSDK_SANDBOX_KEY (default ${DEFAULT_KEY})
                     Fake keys only. Never give it the key of a real game.
  --game ID          the gameid it serves, or any (default 12)
  --friends N|FILE   N generated friends on every channel, or a JSON file with the rows of lists
                     (default: the samples of the documentation)
  --fault LIST       what to do wrong, see below (default none)
  --latency MS       wait this long before each answer (default 0)
  --ts-window S      how far ts may be from the clock, in seconds; 0 lets any pass (default 600)
  -h, --help         this text

Faults
  A comma-separated list is used up one per request, and its last one stays: http-500,http-500,none fails
  twice and then works. The header x-sandbox-fault: NAME (or none) decides for one request, using up nothing.

  Whatever the request:
${rows(BLIND_FAULTS)}

  To a request that is right, a bad delivery:
${rows(DELIVERY_FAULTS)}

  To a request that is right, an odd answer:
${rows(CONTENT_FAULTS)}

Exit codes
  0 ended by SIGINT or SIGTERM    1 cannot listen    2 wrong options
`;
