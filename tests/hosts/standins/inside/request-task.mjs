// What the vendors' requests have in common: one outcome, a time limit, a task that can be called off.

import { binaryOf, bytesOf, utf8 } from "./bytes.mjs";

const DEFAULT_TIMEOUT_MS = 60_000;

const MOST_REDIRECTS = 5;

/**
 * Starts a request, which follows redirects unless it `isManual`. Of `answered`, `refused`, `expired` and `aborted` one is
 * called, once, and never at once.
 */
export function startTask({ sent, isManual, timeoutMs, carry, timers, answered, refused, expired, aborted }) {
  let open = true;
  const end = (outcome, value) => {
    if (!open) return;
    open = false;
    timers.clearTimeout(limit);
    outcome(value);
  };
  let callOff;
  const go = (to, left) => {
    callOff = carry(to, (outcome) => {
      const url = !isManual && left > 0 && locationIn(outcome);
      if (url) go(Object.assign({}, sent, { url }), left - 1);
      else end(outcome.refused ? refused : answered, outcome);
    });
  };
  go(sent, MOST_REDIRECTS);
  const limit = timers.setTimeout(
    () => {
      callOff();
      end(expired);
    },
    timeoutMs === undefined ? DEFAULT_TIMEOUT_MS : timeoutMs,
  );
  return {
    abort() {
      if (!open) return;
      callOff();
      timers.setTimeout(() => end(aborted), 0);
    },
  };
}

function locationIn({ status, headers = [] }) {
  const [, url] = headers.find(([name]) => name.toLowerCase() === "location") || [];
  return status >= 300 && status < 400 && url;
}

/** A body as a host takes it: a text or an ArrayBuffer, and no view of one. */
export function bodyOf(data) {
  if (data === undefined || data === null) return "";
  if (typeof data === "string") return utf8.encode(data);
  if (Object.prototype.toString.call(data) === "[object ArrayBuffer]") return binaryOf(data);
  throw new TypeError("parameter error: data is neither a text nor an ArrayBuffer");
}

export function checkedUrl(url) {
  if (typeof url !== "string" || !/^https?:\/\/[^/]+\//.test(url)) throw new TypeError("invalid url");
  return url;
}

export function checkedHeaders(headers = {}) {
  for (const name of Object.keys(headers)) {
    if (typeof headers[name] !== "string") throw new TypeError(`parameter error: header ${name} is no text`);
    if (name.toLowerCase() === "referer") throw new TypeError("parameter error: referer may not be set");
  }
  return headers;
}

/** As no server sends them, since hosts do as they like: letters in turn, one value a name. */
export function oddHeaders(pairs) {
  const headers = {};
  for (const [name, value] of pairs) {
    const odd = name.replace(/./g, (letter, at) =>
      at % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase(),
    );
    headers[odd] = odd in headers ? `${headers[odd]},${value}` : value;
  }
  return headers;
}

/** What the caller asked the body to be: `text`, `arraybuffer`, or JSON where it is JSON. */
export function dataOf(body, type) {
  if (type === "arraybuffer") return bytesOf(body).buffer;
  const text = utf8.decode(body);
  if (type === "text") return text;
  try {
    return JSON.parse(text);
  } catch (_) {
    return text;
  }
}
