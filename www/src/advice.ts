// What to do about each kind of error, for somebody who is awake at 2 a.m.

import type { ErrorKind } from "msdk-friends";

export const advice: Record<ErrorKind, string> = {
  config: "The console or the backend is set up wrongly. Nothing a player does can help.",
  request: "The call itself is wrong: correct the field that is named.",
  signature:
    "Check that the key belongs to this game and source, and that nothing on the way changes the request.",
  auth: "The login state is no longer good: the player has to log in again.",
  permission:
    "Apply in Feiying: SDK Access, Special Permission Application, then the channel's Relationship.",
  rate_limit: "Too many calls. Wait before the next one, and let the game ask less often.",
  server: "The backend is in trouble. Reading calls were repeated already; try again in a moment.",
  platform: "The channel's platform refused. Its own code and text say why.",
  network: "No whole answer came. Check the address, the connection, and whether the backend is up.",
  timeout: "No answer in time. Try again; if it stays, look at the backend's latency.",
  aborted: "The call was ended here, not by the backend.",
  malformed_response:
    "The answer is not what the platform documents. Look for a proxy or an error page on the way.",
  unknown: "Keep the return code and the seq, and ask the platform's support.",
};
