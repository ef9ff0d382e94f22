import type { IncomingMessage, ServerResponse } from "node:http";
import { FAULT_HEADER } from "./faults.ts";

/** Lets pages of any origin call, with any request headers and with credentials: all that is here is fake. */
export function allowCrossOrigin(req: IncomingMessage, res: ServerResponse): void {
  const { origin } = req.headers;
  res.setHeader("access-control-allow-origin", origin ?? "*");
  if (origin !== undefined) {
    res.setHeader("access-control-allow-credentials", "true");
    res.setHeader("vary", "Origin");
  }
  res.setHeader("access-control-expose-headers", "Retry-After");
  res.setHeader("cache-control", "no-store");
}

/** Answers the OPTIONS request that a browser sends ahead. */
export function answerPreflight(req: IncomingMessage, res: ServerResponse): void {
  res.setHeader("access-control-allow-methods", "POST, OPTIONS");
  res.setHeader(
    "access-control-allow-headers",
    req.headers["access-control-request-headers"] ?? `content-type, ${FAULT_HEADER}`,
  );
  // Chromium asks this of servers on loopback that are called from pages that are not.
  if (req.headers["access-control-request-private-network"] === "true") {
    res.setHeader("access-control-allow-private-network", "true");
  }
  res.setHeader("access-control-max-age", "600");
  res.writeHead(204);
  res.end();
}
