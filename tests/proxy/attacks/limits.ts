import type { Attack, AttackClass, Edit, World } from "../support/attack.ts";
import type { Call } from "../support/call.ts";

const tooMany = { status: 429, error: "rate_limit" };
const TWO = { calls: 2, windowMs: 60_000 };
const DIRECT: World = { options: { limits: { address: TWO } } };
const BEHIND: World = { options: { limits: { address: TWO }, trustedProxies: ["127.0.0.0/8"] } };

const sending = (name: string, value: string): Call => ({ headers: { [name]: value } });

/** Three callers by what they say, two of whom are let through: so the proxy takes them for one. */
const asOne = (name: string, world: World, [first, second, third]: readonly [Call, Call, Call]): Attack => ({
  name,
  world,
  before: [first, second],
  call: third,
  answer: tooMany,
  control: null,
});
const forged = (
  name: string,
  world: World,
  header: string,
  values: readonly [string, string, string],
): Attack =>
  asOne(name, world, [sending(header, values[0]), sending(header, values[1]), sending(header, values[2])]);

export const forgedForwardedFor: AttackClass = {
  name: "forged forwarded-for",
  attacks: [
    forged("x-forwarded-for from no proxy", DIRECT, "x-forwarded-for", ["6.6.6.1", "6.6.6.2", "6.6.6.3"]),
    forged("x-forwarded-for that names a proxy", DIRECT, "x-forwarded-for", [
      "6.6.6.1, 127.0.0.1",
      "6.6.6.2, 127.0.0.1",
      "6.6.6.3, 127.0.0.1",
    ]),
    forged("x-real-ip", DIRECT, "x-real-ip", ["6.6.6.1", "6.6.6.2", "6.6.6.3"]),
    forged("forwarded", BEHIND, "forwarded", ["for=6.6.6.1", "for=6.6.6.2", "for=6.6.6.3"]),
    forged("addresses in front of the true one", BEHIND, "x-forwarded-for", [
      "6.6.6.1, 9.9.9.9",
      "6.6.6.2, 9.9.9.9",
      "6.6.6.3, 9.9.9.9",
    ]),
    forged("what is no address", BEHIND, "x-forwarded-for", ["one", "two", "three"]),
    forged("the true address and a port", BEHIND, "x-forwarded-for", ["9.9.9.9:1", "9.9.9.9:2", "9.9.9.9:3"]),
  ],
  guards: [
    {
      name: "only trusted proxies are believed",
      edits: [["address.ts", "hops.length > 0 && isIn(trusted, caller)", "hops.length > 0"]],
      cases: ["x-forwarded-for from no proxy", "x-forwarded-for that names a proxy"],
    },
    {
      name: "no other header is believed",
      edits: [
        [
          "guard.ts",
          "callerAddress(incoming.remoteAddress,",
          `callerAddress(incoming.header("x-real-ip") ?? incoming.header("forwarded")?.slice(4) ?? incoming.remoteAddress,`,
        ],
      ],
      cases: ["x-real-ip", "forwarded"],
    },
    {
      name: "hops are read from the last one",
      edits: [["address.ts", "hops.pop()", "hops.shift()"]],
      cases: ["addresses in front of the true one"],
    },
    {
      name: "what is no address is nobody's",
      edits: [
        ["address.ts", 'withoutPort(hops.pop() ?? "")', `(hops.pop() ?? "")`],
        ["address.ts", "if (!bitsOf(next)) break;", ""],
        ["address.ts", `if (!bits) return "unknown";`, "if (!bits) return address;"],
      ],
      cases: ["what is no address", "the true address and a port"],
    },
  ],
};

const PLAYER: World = { options: { limits: { player: TWO }, trustedProxies: ["127.0.0.0/8"] } };

const UNCOUNTED: Edit = [
  "guard.ts",
  `await guards.limiter.count("player", player.openid, guards.playerLimit);`,
  "",
];

export const limitEvasion: AttackClass = {
  name: "rate limit evasion",
  attacks: [
    forged("one subscriber's many IPv6 addresses", BEHIND, "x-forwarded-for", [
      "2001:db8::1",
      "2001:db8::ffff:1",
      "2001:0DB8:0:0:1::",
    ]),
    forged("one address in three spellings", BEHIND, "x-forwarded-for", [
      "9.9.9.9",
      "::ffff:9.9.9.9",
      "::ffff:909:909",
    ]),
    forged("one player from three addresses", PLAYER, "x-forwarded-for", ["6.6.6.1", "6.6.6.2", "6.6.6.3"]),
    asOne("one player at three endpoints", PLAYER, [
      { path: "/msdk/v2/friend/friend_list" },
      { path: "/msdk/v2/profile/get_sopenid" },
      { path: "/msdk/v2/friend/recall_friends_list", fields: { count: 20 } },
    ]),
    asOne("one address that tries credentials", DIRECT, [
      {},
      {},
      { headers: { authorization: "Bearer mallory" } },
    ]),
    asOne("a player whose calls could not be answered anyway", PLAYER, [{}, {}, { fields: { nonsense: 1 } }]),
    {
      name: "a store that fails, where that is to close the door",
      world: {
        options: {
          limits: { whenStoreFails: "closed", store: { hit: () => Promise.reject(new Error("evil")) } },
        },
      },
      call: {},
      answer: { status: 503, error: "unavailable" },
      control: null,
    },
  ],
  guards: [
    {
      name: "a subscriber's IPv6 addresses are one",
      edits: [["address.ts", "bits.slice(0, 64)", "bits"]],
      cases: ["one subscriber's many IPv6 addresses"],
    },
    {
      name: "addresses are compared by their bits",
      edits: [
        [
          "address.ts",
          "const bits = bitsOf(address);\n  if (!bits)",
          "const bits = undefined as string | undefined;\n  if (!bits) return address;\n  if (!bits)",
        ],
      ],
      cases: ["one address in three spellings"],
    },
    {
      name: "players are counted",
      edits: [UNCOUNTED],
      cases: ["one player from three addresses", "one player at three endpoints"],
    },
    {
      name: "players are counted before their calls are looked at",
      edits: [UNCOUNTED],
      cases: ["a player whose calls could not be answered anyway"],
      otherwise: "bad_request",
    },
    {
      name: "addresses are counted before anybody is asked who calls",
      edits: [
        [
          "guard.ts",
          "await countAddress(incoming, guards);",
          "if (guards.addressLimit === false) await countAddress(incoming, guards);",
        ],
      ],
      cases: ["one address that tries credentials"],
      otherwise: "unauthorized",
    },
    {
      name: "a store that fails closes the door",
      edits: [["limits.ts", `if (this.whenStoreFails === "open") return;`, "return;"]],
      cases: ["a store that fails, where that is to close the door"],
    },
  ],
};
