// The package against the reference twin on random requests: their signature, their ARK template, their body.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { canonicalRequest, init, isMsdkError, packArkExtra, sign } from "msdk-friends";
import { type CapturedClient, callEndpoint, capturedClient } from "../twin/captured.ts";
import * as twin from "../twin/index.ts";
import type { Chance } from "./support/chance.ts";
import { CHARACTERS } from "./support/random-json.ts";
import { compared, outcomeOf, same } from "./support/twin-compare.ts";

before(() => init());

// --- signing ---

const UNRESERVED = "ABCXYZabcxyz019-._~";

function queryText(chance: Chance, least: number): string {
  const text = Array.from({ length: least + chance.below(8) }, () => chance.pick([...UNRESERVED])).join("");
  return chance.one(60) ? text + chance.pick([" ", "%20", "+", "头", "&", "=", "\0", "/", "\ud800"]) : text;
}

function query(chance: Chance): Record<string, string | number> {
  const pairs = chance.times(12, (): [string, string | number] => {
    const name = chance.one(250) ? "sig" : queryText(chance, 1);
    if (chance.one(5)) return [name, chance.pick([0, 7, -3, 1.5, 1700000000, 2 ** 53, 1e21, 1e-7])];
    return [name, queryText(chance, 0)];
  });
  return Object.fromEntries(pairs);
}

/** Any text of up to 300 UTF-8 bytes, of all planes and sometimes with half a surrogate pair. */
function anyText(chance: Chance, bytes: number): string {
  let text = "";
  let left = bytes;
  while (left > 0) {
    const width = 1 + chance.below(Math.min(4, left));
    const [from, to] = [
      [0, 0x7f],
      [0x80, 0x7ff],
      [0x800, 0xffff],
      [0x10000, 0x10ffff],
    ][width - 1] as [number, number];
    text += String.fromCodePoint(from + chance.below(to - from + 1));
    left -= width;
  }
  return text;
}

describe("signing", () => {
  interface Case {
    path: string;
    query: Record<string, string | number>;
    body: string;
    key: string;
  }

  compared<Case>("canonicalRequest and sign", {
    count: 3000,
    make: (chance) => ({
      path: chance.pick(["/v2/friend/friend_list", "/", "/v2/头/x", "/a b%20c;d"]),
      query: query(chance),
      body: anyText(chance, chance.below(301)),
      key: anyText(chance, 1 + chance.below(40)),
    }),
    compare: ({ path, query, body, key }) => {
      const canonical = outcomeOf(() => canonicalRequest({ path, query, body }));
      const ofTwin = outcomeOf(() => {
        const canonicalQuery = twin.canonicalQuery(query);
        return { canonicalQuery, text: twin.canonicalText(path, canonicalQuery, body.toWellFormed()) };
      });
      const several =
        Object.keys(query).filter((name) => !/^[\w.~-]+$/.test(name) || name === "sig").length > 0;
      if (several || "kind" in ofTwin) {
        // Which of several wrong parameters is named is nobody's promise.
        assert.equal("kind" in canonical && canonical.kind, "request");
        assert.deepEqual(
          outcomeOf(() => sign({ path, query, body, key })),
          canonical,
        );
        return canonical;
      }
      same(canonical, ofTwin);
      const sig = outcomeOf(() => sign({ path, query, body, key }));
      return same(
        sig,
        outcomeOf(() => twin.sign(path, twin.canonicalQuery(query), body, key)),
      );
    },
  });

  test("every length of a body up to three md5 blocks", () => {
    for (let length = 0; length <= 200; length++) {
      for (const key of ["k", "0123456789abcdef"]) {
        const body = "x".repeat(length);
        const [path, query] = ["/p", { a: "1" }];
        assert.equal(sign({ path, query, body, key }), twin.sign(path, "a=1", body, key), String(length));
      }
    }
  });
});

// --- ARK templates ---

describe("ARK templates", () => {
  const filler = (chance: Chance) =>
    chance
      .times(2, () =>
        chance.pick([
          " ",
          "\n",
          "\t",
          "\r\n",
          '// 注释 "{\n',
          "// CR,\r",
          "/* a */",
          "/**/",
          "/* 头 // \n */",
          "/***/",
        ]),
      )
      .join("");

  /** A string of a template; unlike an answer's it holds no raw bytes. */
  function text(chance: Chance): string {
    const more = ["//", "/*", "*/", "\\\\", '\\"', "%7B", "+", "!~*'()"];
    return `"${chance.times(8, () => (chance.one(3) ? chance.pick(more) : chance.pick(CHARACTERS))).join("")}"`;
  }

  function value(chance: Chance, depth: number): string {
    switch (chance.below(depth > 0 ? 6 : 4)) {
      case 0:
        return chance.pick(["null", "true", "false"]);
      case 1:
        return chance.pick(["0", "1.50", "-0", "1e+9", "12345678901234567890", "0.0"]);
      case 2:
      case 3:
        return text(chance);
      case 4:
        return `[${filler(chance)}${chance.times(3, () => value(chance, depth - 1) + filler(chance)).join(",")}]`;
      default:
        return object(chance, depth - 1);
    }
  }

  function object(chance: Chance, depth: number): string {
    const members = chance.times(4, () =>
      [
        filler(chance),
        text(chance),
        filler(chance),
        ":",
        filler(chance),
        value(chance, depth),
        filler(chance),
      ].join(""),
    );
    return `{${filler(chance)}${members.join(",")}}`;
  }

  compared<string>("packArkExtra of a text", {
    count: 4000,
    make: (chance) => {
      let template = `${chance.one(20) ? "\ufeff" : ""}${filler(chance)}${object(chance, 4)}${filler(chance)}`;
      if (chance.one(10)) {
        // One character more or less, mostly so that it is no template any more.
        const characters = [...template];
        const extra = chance.pick(["", "/", "*", "#", ",", "}", '"', "\\", "1", "\u00a0", "%"]);
        characters.splice(chance.below(characters.length), chance.below(2), extra);
        template = characters.join("");
      }
      return chance.one(60) ? encodeURIComponent(template) : template;
    },
    compare: (template) =>
      same(
        outcomeOf(() => packArkExtra(template)),
        outcomeOf(() => twin.packArkExtra(template)),
      ),
  });

  compared<unknown>("packArkExtra of an object", {
    count: 1500,
    make: (chance) => {
      const template = JSON.parse(
        value(chance, 5).replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g, (found) =>
          found.startsWith("/") ? " " : found,
        ),
      );
      return typeof template === "string" ? [template] : template;
    },
    compare: (template) =>
      same(
        outcomeOf(() => packArkExtra(template as object)),
        outcomeOf(() => twin.packArkExtra(template)),
      ),
  });
});

// --- requests ---

describe("requests", () => {
  interface Case {
    endpoint: twin.EndpointName;
    channel: number;
    input: Record<string, unknown>;
  }

  const clients = new Map<number, CapturedClient>();

  before(async () => {
    for (const channel of [1, 2, 4]) clients.set(channel, await capturedClient({ channel }));
  });

  const WRONG = [null, "", 0, -1, 1.5, true, [], {}, "\ud83d", 1e300];
  const FIELDS = [
    "openid",
    "token",
    "fopenid",
    "sopenid",
    "taskId",
    "count",
    "subChannelId",
    "gameTag",
    "title",
    "desc",
    "link",
    "imageUrl",
    "channelInfo",
    "extra",
    "type",
    "unknown",
  ];

  function good(chance: Chance, field: string): unknown {
    if (["taskId", "type"].includes(field)) return chance.pick([0, 7, 20005, -0, 2 ** 53 - 1]);
    if (["count", "subChannelId"].includes(field)) return 1 + chance.below(20);
    if (field === "channelInfo") {
      return {
        act: chance.below(3),
        targetUrl: anyText(chance, 20).toWellFormed(),
        ...(chance.one(2) && { dst: 1001 }),
        unknown: 1,
      };
    }
    return anyText(chance, 1 + chance.below(30)).toWellFormed();
  }

  const NEEDS: Record<twin.EndpointName, readonly string[]> = {
    friend_list: [],
    recall_friends_list: [],
    get_sopenid: [],
    share: ["gameTag"],
    ark_share: ["extra"],
  };

  compared<Case>("the body that is sent, or the field that is refused", {
    count: 3000,
    make: (chance) => {
      const endpoint = chance.pick(Object.keys(twin.ENDPOINTS) as twin.EndpointName[]);
      const { channels } = twin.ENDPOINTS[endpoint];
      const channel =
        chance.one(10) || channels.length === 0 ? chance.pick([1, 2, 4]) : chance.pick(channels);
      const names = new Set([
        "openid",
        "token",
        ...NEEDS[endpoint],
        ...chance.times(3, () => chance.pick(FIELDS.slice(6))),
      ]);
      if (endpoint === "recall_friends_list") {
        names.delete(channel === 2 ? "taskId" : "count");
        names.add(channel === 2 ? "count" : "taskId");
      }
      if (endpoint.endsWith("share")) names.add(chance.pick(["fopenid", "sopenid"]));
      if (chance.one(12)) names.add(chance.pick(FIELDS));
      if (chance.one(12)) names.delete(chance.pick([...names]));
      const input = Object.fromEntries([...names].map((name) => [name, good(chance, name)]));
      if (endpoint === "ark_share" && "extra" in input)
        input.extra = chance.one(2) ? { a: input.extra } : `{"a":1} // ${chance.below(9)}`;
      if (chance.one(8)) input[chance.pick([...names])] = chance.pick(WRONG);
      if (chance.one(30))
        input.channelInfo = chance.pick([{ act: "1" }, { flag: null }, { targetUrl: 5 }, { src: 0.5 }]);
      return { endpoint, channel, input };
    },
    compare: async ({ endpoint, channel, input }) => {
      const { client, sent } = clients.get(channel) as CapturedClient;
      sent.length = 0;
      const prepared = twin.prepare(endpoint, channel, input);
      try {
        await callEndpoint(client, endpoint, input);
      } catch (error) {
        assert.ok(isMsdkError(error), String(error));
        assert.equal(error.kind, "request", error.message);
        assert.ok("faults" in prepared, `refused: ${error.message}`);
        assert.ok(
          prepared.faults.includes(error.field ?? ""),
          `${error.field} is none of ${prepared.faults}`,
        );
        assert.deepEqual(sent, []);
        return { kind: error.kind, fields: {} };
      }
      const [request] = sent;
      assert.ok(request && sent.length === 1);
      assert.deepStrictEqual({ body: JSON.parse(request.body) as unknown }, prepared);

      // And what was signed is what was sent.
      const { sig, ...params } = Object.fromEntries(request.url.searchParams);
      const canonical = twin.canonicalQuery(params);
      assert.equal(sig, twin.sign(request.url.pathname, canonical, request.body, "itopsigkey123456"));
      assert.equal(request.url.search, `?${canonical}&sig=${sig}`);
      return { value: request.body };
    },
  });
});
