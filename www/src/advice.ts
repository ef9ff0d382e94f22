// What to do about each kind of error, for somebody who is awake at 2 a.m.

import type { ErrorKind } from "msdk-friends";

export const advice: Record<ErrorKind, string> = {
  config: "The page, the proxy or the backend is set up wrongly. Nothing a player does can help.",
  request: "The call itself is wrong: correct the field that is named.",
  signature:
    "The proxy signs: check that its key belongs to this game and source, and that nothing behind it changes the request.",
  auth: "Nobody is logged in, or the login has run out. A game shows its login now.",
  permission:
    "Of the proxy (HTTP status 403), its text says why. Of the backend: apply in Feiying, SDK Access, Special Permission Application, then the channel's Relationship.",
  rate_limit: "Too many calls. Wait before the next one, and let the game ask less often.",
  server:
    "The backend is in trouble, or the proxy cannot get a whole answer of it. Reading calls were repeated already; try again in a moment.",
  platform: "The channel's platform refused. Its own code and text say why.",
  network: "No whole answer came. Check the connection, and whether the proxy is up.",
  timeout: "No answer in time. Try again; if it stays, look at the latency of the backend and the proxy.",
  aborted: "The call was ended here, not by the backend.",
  malformed_response:
    "The answer is not what the platform documents. Look for a gateway or its error page behind the proxy.",
  unknown: "Keep the return code and the seq, and ask the platform's support.",
};
