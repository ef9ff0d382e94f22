// The proxy with every guard it has by default; only how much may be at once and how often is beyond what is sent.

import { startProxy } from "msdk-friends/proxy/node";

import authorize from "./authorize.mjs";
import { PAGE } from "./cells.mjs";

const BEYOND = { calls: 2 ** 31, windowMs: 60_000 };

const proxy = await startProxy({
  upstream: process.argv[2],
  gameId: "12",
  keys: { 0: "bench-fake-key" },
  allowedOrigins: [PAGE],
  authorize,
  limits: { player: BEYOND, address: BEYOND },
  maxUpstream: 1024,
});
console.log(`listening on ${proxy.url}`);
