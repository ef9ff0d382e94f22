import type { Attack, AttackClass, Guard } from "../support/attack.ts";
import { QUERY } from "../support/call.ts";

const notFound = { status: 404, error: "not_found" };
const GOOD = "/msdk/v2/friend/friend_list";
const ARRIVAL = `const target = req.url ?? "";`;

/** What a URL parser would tidy up in silence exists only over the socket. */
const overSocket = (name: string, path: string): Attack => ({
  name,
  call: { target: `${path}?${QUERY}` },
  answer: notFound,
  doors: ["socket"],
});
const overBoth = (name: string, path: string): Attack => ({ name, call: { path }, answer: notFound });

const lenient = (name: string, change: string, cases: readonly string[]): Guard => ({
  name: `a path is compared as it arrived: ${name}`,
  edits: [
    ["node/listener.ts", ARRIVAL, `const target = (req.url ?? "")${change};`],
    ["incoming.ts", "path: pathname,", `path: pathname${change},`],
  ],
  cases,
});

export const pathTricks: AttackClass = {
  name: "path tricks",
  attacks: [
    overBoth("two slashes", "/msdk//v2/friend/friend_list"),
    overBoth("two slashes in front", "//msdk/v2/friend/friend_list"),
    overBoth("a slash behind", `${GOOD}/`),
    overBoth("a parameter of the path", `${GOOD};admin=1`),
    overBoth("an empty parameter of the path", "/msdk;/v2/friend/friend_list"),
    overBoth("an encoded slash", "/msdk/v2/friend%2ffriend_list"),
    overBoth("an encoded letter", "/msdk/v2/friend/%66riend_list"),
    overBoth("an encoded zero byte", `${GOOD}%00`),
    overBoth("capitals", "/msdk/v2/Friend/Friend_List"),
    overBoth("the base path in capitals", "/MSDK/v2/friend/friend_list"),
    overSocket("%2e%2e", "/msdk/v2/profile/%2e%2e/friend/friend_list"),
    overSocket("..", "/msdk/v2/profile/../friend/friend_list"),
    overSocket("a dot", "/msdk/./v2/friend/friend_list"),
    overSocket("backslashes", "/msdk\\v2\\friend\\friend_list"),
    overSocket("an absolute URL of another host", `http://evil.example${GOOD}`),
    overSocket("an absolute URL of the proxy's own host", `http://proxy.example${GOOD}`),
  ],
  guards: [
    lenient("slashes", String.raw`.replace(/\/\/+/g, "/")`, ["two slashes", "two slashes in front"]),
    lenient("the last slash", String.raw`.replace(/\/(?=\?|$)/, "")`, ["a slash behind"]),
    lenient("parameters", `.replace(/;[^/?]*/g, "")`, [
      "a parameter of the path",
      "an empty parameter of the path",
    ]),
    lenient("escapes", String.raw`.replace(/%../g, decodeURIComponent).replace("\0", "")`, [
      "an encoded slash",
      "an encoded letter",
      "an encoded zero byte",
    ]),
    lenient("letters", ".toLowerCase()", ["capitals", "the base path in capitals"]),
    {
      name: "a path is compared as it arrived: URLs",
      edits: [
        [
          "node/listener.ts",
          ARRIVAL,
          `const whole = new URL(req.url ?? "", "http://proxy.example"); const target = whole.pathname + whole.search;`,
        ],
      ],
      cases: [
        "%2e%2e",
        "..",
        "a dot",
        "backslashes",
        "an absolute URL of another host",
        "an absolute URL of the proxy's own host",
      ],
    },
  ],
};

export const unknownEndpoint: AttackClass = {
  name: "unknown endpoint",
  attacks: [
    overBoth("an endpoint of another service", "/msdk/v2/auth/verify_login"),
    overBoth("a directory of endpoints", "/msdk/v2/friend/"),
    overBoth("the base path alone", "/msdk"),
    overBoth("an endpoint without the base path", "/v2/friend/friend_list"),
    overBoth("the base path twice", `/msdk${GOOD}`),
    overBoth("what every object inherits", "/msdk/constructor"),
    overBoth("more behind an endpoint", `${GOOD}/auth`),
    {
      name: "the operations' metrics at the public port",
      call: { method: "GET", target: "/metrics" },
      answer: notFound,
      doors: ["socket"],
    },
  ],
  guards: [
    {
      name: "only the five paths",
      edits: [
        ["forward.ts", "served.get(path)?.path", "path"],
        [
          "forward.ts",
          "served.get(incoming.path) as EndpointInfo",
          `{ ...endpoints()[0], path: incoming.path.replace(route.basePath, "") || "/" } as EndpointInfo`,
        ],
      ],
      cases: [
        "an endpoint of another service",
        "a directory of endpoints",
        "the base path alone",
        "an endpoint without the base path",
        "the base path twice",
        "what every object inherits",
        "more behind an endpoint",
      ],
    },
    {
      name: "the public port has no metrics",
      edits: [["node/start.ts", `req.url === "/readyz"`, `req.url === "/readyz" || req.url === "/metrics"`]],
      cases: ["the operations' metrics at the public port"],
    },
  ],
};
