import type { Attack, AttackClass } from "../support/attack.ts";
import { EVIL, PAGE } from "../support/call.ts";
import { ANY_ORIGIN } from "../support/edits.ts";

const refused = { status: 403, error: "origin" };
const NATIVE = { options: { allowMissingOrigin: true } };

const from = (name: string, origin: string | readonly string[] | undefined): Attack => ({
  name,
  call: { headers: { origin } },
  answer: refused,
});
/** A header is bytes; this is how those of a UTF-8 text are written into one. */
const utf8 = (text: string): string => Buffer.from(text).toString("latin1");

export const foreignOrigin: AttackClass = {
  name: "foreign Origin",
  attacks: [
    from("another origin", EVIL),
    from("an origin that begins like an allowed one", `${PAGE}.evil.example`),
    from("an origin that ends like an allowed one", "https://evilgame.example"),
    from("a subdomain of an allowed origin", "https://evil.game.example"),
    from("an allowed host over http", "http://game.example"),
    from("an allowed host at another port", `${PAGE}:8443`),
    from("an allowed host as the user name", `${PAGE}@evil.example`),
    from("an origin that is null", "null"),
    from("an allowed origin in capitals", "HTTPS://GAME.EXAMPLE"),
    from("an allowed origin with a slash", `${PAGE}/`),
    from("two origins in two headers, the allowed one first", [PAGE, EVIL]),
    from("two origins in two headers, the allowed one last", [EVIL, PAGE]),
    { ...from("another origin where a missing one is allowed", EVIL), world: NATIVE },
    { ...from("a null origin where a missing one is allowed", "null"), world: NATIVE },
  ],
  guards: [
    {
      name: "an origin is one of the allowed ones",
      edits: [ANY_ORIGIN],
      cases: [
        "another origin",
        "a subdomain of an allowed origin",
        "an allowed host at another port",
        "an allowed host as the user name",
        "an origin that is null",
        "two origins in two headers, the allowed one last",
        "another origin where a missing one is allowed",
        "a null origin where a missing one is allowed",
      ],
    },
    {
      name: "an origin is compared to its end",
      edits: [
        [
          "origin.ts",
          "!rules.allowedOrigins.includes(origin)) {",
          "!rules.allowedOrigins.some((one) => origin.startsWith(one))) {",
        ],
      ],
      cases: [
        "an origin that begins like an allowed one",
        "an allowed origin with a slash",
        "an allowed host at another port",
        "an allowed host as the user name",
        "two origins in two headers, the allowed one first",
      ],
    },
    {
      name: "an origin is compared from its beginning",
      edits: [
        [
          "origin.ts",
          "!rules.allowedOrigins.includes(origin)) {",
          `!rules.allowedOrigins.some((one) => origin.endsWith(one.replace("https://", "")))) {`,
        ],
      ],
      cases: [
        "an origin that ends like an allowed one",
        "a subdomain of an allowed origin",
        "an allowed host over http",
        "two origins in two headers, the allowed one last",
      ],
    },
    {
      name: "an origin is compared letter by letter",
      edits: [
        [
          "origin.ts",
          "!rules.allowedOrigins.includes(origin)) {",
          "!rules.allowedOrigins.includes(origin.toLowerCase())) {",
        ],
      ],
      cases: ["an allowed origin in capitals"],
    },
  ],
};

export const missingOrigin: AttackClass = {
  name: "missing Origin",
  attacks: [
    from("no origin", undefined),
    from("an empty origin", ""),
    {
      name: "a Referer instead of an origin",
      call: { headers: { origin: undefined, referer: `${PAGE}/` } },
      answer: refused,
    },
    {
      name: "Sec-Fetch-Site instead of an origin",
      call: { headers: { origin: undefined, "sec-fetch-site": "same-origin" } },
      answer: refused,
    },
    {
      name: "a Host that is allowed instead of an origin",
      call: { headers: { origin: undefined, host: "game.example" } },
      answer: refused,
    },
    {
      name: "no origin from another site, where a missing one is allowed",
      world: NATIVE,
      call: { headers: { origin: undefined, "sec-fetch-site": "cross-site" } },
      answer: refused,
    },
    {
      name: "no origin and no player, where a missing origin is allowed",
      world: NATIVE,
      call: { headers: { origin: undefined, "sec-fetch-site": undefined, authorization: undefined } },
      answer: { status: 401, error: "unauthorized" },
    },
  ],
  guards: [
    {
      name: "there is an origin",
      edits: [["origin.ts", "origin === undefined && !rules.allowMissingOrigin", "false"]],
      cases: [
        "no origin",
        "a Referer instead of an origin",
        "Sec-Fetch-Site instead of an origin",
        "a Host that is allowed instead of an origin",
      ],
    },
    {
      name: "an empty origin is none of the allowed ones",
      edits: [
        ["origin.ts", "origin !== undefined && !rules.allowedOrigins", "origin && !rules.allowedOrigins"],
      ],
      cases: ["an empty origin"],
    },
    {
      name: "Sec-Fetch-Site counts without an origin too",
      edits: [
        ["origin.ts", "if (site !== undefined &&", "if (site !== undefined && origin !== undefined &&"],
      ],
      cases: ["no origin from another site, where a missing one is allowed"],
    },
    {
      name: "authorize is asked without an origin too",
      edits: [
        [
          "guard.ts",
          "if (!player) throw",
          `if (incoming.header("origin") === undefined) player ??= { openid: "1", token: "1" };\n  if (!player) throw`,
        ],
      ],
      cases: ["no origin and no player, where a missing origin is allowed"],
    },
  ],
};

export const lookAlikes: AttackClass = {
  name: "hosts that look alike",
  attacks: [
    from("full-width letters", utf8("https://ｇame.example")),
    from("an ideographic full stop", utf8("https://game。example")),
    from("a soft hyphen", utf8("https://ga\u00adme.example")),
    from("a letter that IDNA maps to another", utf8("https://gam\u212f.example")),
    from("a Cyrillic letter", utf8("https://g\u0430me.example")),
    from("a Cyrillic letter as browsers send it", "https://xn--gme-7cd.example"),
    from("a full stop behind the host", `${PAGE}.`),
  ],
  guards: [
    {
      name: "an origin is not parsed",
      edits: [
        [
          "origin.ts",
          "!rules.allowedOrigins.includes(origin)) {",
          "!rules.allowedOrigins.includes(new URL(new TextDecoder().decode(Uint8Array.from(origin, (byte) => byte.charCodeAt(0)))).origin)) {",
        ],
      ],
      cases: [
        "full-width letters",
        "an ideographic full stop",
        "a soft hyphen",
        "a letter that IDNA maps to another",
      ],
    },
    {
      name: "an origin that looks like an allowed one is another one",
      edits: [ANY_ORIGIN],
      cases: ["a Cyrillic letter", "a Cyrillic letter as browsers send it", "a full stop behind the host"],
    },
  ],
};

const fromSite = (site: string): Attack => ({
  name: `Sec-Fetch-Site: ${site}`,
  call: { headers: { "sec-fetch-site": site } },
  answer: refused,
});

export const fetchSite: AttackClass = {
  name: "Sec-Fetch-Site",
  attacks: [
    fromSite("cross-site"),
    fromSite("none"),
    fromSite("Same-Origin"),
    fromSite(""),
    fromSite("same-origin, cross-site"),
  ],
  guards: [
    {
      name: "Sec-Fetch-Site is one of the allowed ones",
      edits: [
        [
          "origin.ts",
          "site !== undefined && !(rules.allowedFetchSites as readonly string[]).includes(site)",
          "site === undefined && origin === undefined && !rules.allowMissingOrigin",
        ],
      ],
      cases: [
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: Same-Origin",
        "Sec-Fetch-Site: ",
        "Sec-Fetch-Site: same-origin, cross-site",
      ],
    },
  ],
};
