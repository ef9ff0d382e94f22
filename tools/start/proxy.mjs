// The signing proxy that stands beside the console's files, as a game's own server would have it: the key is here, and in
// no page.

import { createHmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { dist } from "../paths.mjs";

const entry = (name) => import(pathToFileURL(join(dist, "proxy", name)).href);

/** The proxy of one sandbox for the pages of `allowedOrigins`: its listener for Node's http server, and its end. */
export async function sandboxProxy({ url, gameId, key }, allowedOrigins) {
  const [{ createProxy }, { nodeListener, pooledTransport }] = await Promise.all([
    entry("index.js"),
    entry("node.js"),
  ]);
  const transport = pooledTransport();
  const handler = await createProxy({
    upstream: url,
    gameId,
    keys: { 0: key },
    allowedOrigins,
    authorize: believePages(),
    forwardHeaders: ["x-sandbox-fault"],
    // One developer is every player here, and may click.
    limits: { player: false },
    logger: { error: console.error },
    transport,
  });
  return {
    listener: nodeListener(handler),
    async close() {
      await handler.close(0);
      transport.close();
    },
  };
}

/**
 * An `authorize` that lets the page say who the player is. Only a demo may: a real one believes its own session cookie, and
 * finds under it the openid and the token that it stored at the login. The tokens of this one are made up, since a sandbox
 * takes any, and no page gets to see them either.
 */
function believePages() {
  const secret = randomBytes(32);
  return ({ headers }) => {
    const openid = decodeURIComponent(headers.get("x-console-openid") ?? "");
    if (openid === "") return null;
    return { openid, token: createHmac("sha256", secret).update(openid).digest("hex") };
  };
}
