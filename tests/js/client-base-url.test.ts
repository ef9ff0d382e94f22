// Which baseUrl a client takes, where it sends to then, and which it refuses.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Channel, Environment, proxied } from "msdk-friends";
import { BACKEND, clientFor, player } from "./support/client-calls.ts";
import { assertRefused, refusalOf, requestOf, shown } from "./support/client-options.ts";
import { answerJson, withServer } from "./support/client-servers.ts";
import { KEY, PATHS, sigOf } from "./support/sandbox-client.ts";

describe("baseUrl", () => {
  const good: Record<string, string> = {
    "https://backend.example": "https://backend.example",
    "https://backend.example/": "https://backend.example",
    "https://backend.example///": "https://backend.example",
    "https://backend.example:8443/msdk": "https://backend.example:8443/msdk",
    "https://backend.example/a/b/": "https://backend.example/a/b",
    "http://localhost": "http://localhost",
    "http://localhost:8080/": "http://localhost:8080",
    "HTTP://LOCALHOST:1": "HTTP://LOCALHOST:1",
    "http://127.0.0.1:1": "http://127.0.0.1:1",
    "http://127.1.2.3": "http://127.1.2.3",
    "http://[::1]:8080": "http://[::1]:8080",
    "http://game.localhost:1": "http://game.localhost:1",
    "http://a.b.localhost": "http://a.b.localhost",
    [Environment.China]: Environment.China,
    [Environment.Test]: Environment.Test,
  };
  for (const [baseUrl, start] of Object.entries(good)) {
    it(`may be ${baseUrl}; the path that is signed stays the platform's`, async () => {
      const { url, body } = await requestOf({ baseUrl });
      assert.ok(url.startsWith(`${start}${PATHS.friend_list}?`), url);
      const [query, sig] = url.slice(url.indexOf("?") + 1).split("&sig=") as [string, string];
      assert.equal(sig, sigOf(PATHS.friend_list, query.split("&"), body, KEY));
    });
  }

  const bad = [
    undefined,
    null,
    "",
    1,
    {},
    new URL(BACKEND),
    " ",
    "backend.example",
    "//backend.example",
    "\\\\backend.example",
    "/\\backend.example",
    "ftp://backend.example",
    "ws://localhost",
    "file:///tmp",
    "javascript:alert(1)",
    "https://",
    "https:///v2",
    "https://backend.example?x=1",
    "https://backend.example/?x=1",
    "https://backend.example/a?",
    "https://backend.example#x",
    "https://backend.example/#",
    "https://user@backend.example",
    "https://user:password@backend.example",
    "http://backend.example",
    "http://192.168.0.1",
    "http://10.0.0.1",
    "http://0.0.0.0",
    "http://localhost.backend.example",
    "http://localhost@backend.example",
    "http://notlocalhost",
    "http://127.0.0.1.backend.example",
    "http://127.0.0.1:80@backend.example",
    "http://[::1].backend.example",
    "http://[::2]",
    "http://.localhost",
    "https://backend example",
    "https://backend.example\n/x",
    " https://backend.example",
    "https://backend.example ",
    // A page's own path means nothing here.
    "/",
    "/msdk",
    "msdk",
    "./msdk",
    "../msdk",
    // These are no URLs at all, so no request could ever leave.
    "https://backend.example:port",
    "https://backend.example:99999",
    "https://[::1",
    "https://a]b",
    "https://%zz.example",
  ];
  for (const baseUrl of bad) {
    it(`may not be ${shown(baseUrl)}`, () => assertRefused({ baseUrl }, "baseUrl"));
  }

  for (const [name, environment] of Object.entries(Environment)) {
    it(`may not be Environment.${name} with proxied()`, async () => {
      for (const baseUrl of [environment, `${environment}/`]) {
        const error = await refusalOf({ baseUrl, channel: Channel.QQ, signer: proxied() });
        assert.equal(error.kind, "config");
        assert.equal(error.field, "baseUrl");
        assert.match(error.message, /proxy/i);
      }
    });
  }

  it("reaches a real backend under a prefix, on each loopback address", async () => {
    for (const [host, name] of [
      ["127.0.0.1", "127.0.0.1"],
      ["127.0.0.1", "localhost"],
      ["::1", "[::1]"],
    ] as const) {
      await withServer(
        ({ res }) => answerJson(res, { ret: 0, msg: "" }),
        async ({ port, received }) => {
          await (await clientFor(`http://${name}:${port}/msdk/`)).friendList(player);
          const [path, query] = (received[0]?.target ?? "").split("?") as [string, string];
          assert.equal(path, `/msdk${PATHS.friend_list}`);
          const [unsigned, sig] = query.split("&sig=") as [string, string];
          assert.equal(sig, sigOf(PATHS.friend_list, unsigned.split("&"), received[0]?.body ?? "", KEY));
        },
        host,
      );
    }
  });
});
