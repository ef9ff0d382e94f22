import type { Attack, AttackClass, Edit } from "../support/attack.ts";
import { PAGE } from "../support/call.ts";
import { ANY_FIELD, ANY_PARAMETER, ANY_TEXT_AS_JSON } from "../support/edits.ts";

const method = { status: 405, error: "method" };
const badRequest = { status: 400, error: "bad_request" };

const by = (name: string): Attack => ({
  name: `${name} instead of POST`,
  call: { method: name },
  answer: method,
});
const overridden = (header: string, value: string): Attack => ({
  name: `${header}: ${value}`,
  call: { headers: { [header]: value } },
  answer: badRequest,
});

const ANY_METHOD: Edit = ["origin.ts", `if (method !== "POST") throw`, `if (method === "") throw`];

export const methodOverride: AttackClass = {
  name: "method override",
  attacks: [
    by("GET"),
    by("HEAD"),
    by("PUT"),
    by("DELETE"),
    overridden("x-http-method-override", "DELETE"),
    overridden("X-HTTP-Method", "GET"),
    overridden("x-method-override", "POST"),
    { name: "_method in the query", call: { query: "channelid=2&_method=DELETE" }, answer: badRequest },
    { name: "_method in the body", call: { fields: { _method: "DELETE" } }, answer: badRequest },
  ],
  guards: [
    {
      name: "POST alone",
      edits: [ANY_METHOD],
      cases: ["PUT instead of POST", "DELETE instead of POST"],
    },
    {
      name: "POST alone, and a body is JSON",
      edits: [ANY_METHOD, ANY_TEXT_AS_JSON],
      cases: ["GET instead of POST", "HEAD instead of POST"],
    },
    {
      name: "no header overrides the method",
      edits: [
        ["origin.ts", "OVERRIDES.some((name) => header(name) !== undefined)", "OVERRIDES.length === 0"],
      ],
      cases: ["x-http-method-override: DELETE", "X-HTTP-Method: GET", "x-method-override: POST"],
    },
    {
      name: "no parameter that nobody allowed",
      edits: [ANY_PARAMETER],
      cases: ["_method in the query"],
    },
    {
      name: "no field that the endpoint lacks",
      edits: [ANY_FIELD],
      cases: ["_method in the body"],
    },
  ],
};

const origin = { status: 403, error: "origin" };
const preflight = (headers: Record<string, string | undefined>) => ({
  method: "OPTIONS",
  body: "",
  headers: {
    authorization: undefined,
    "content-type": undefined,
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
    ...headers,
  },
});

export const foreignPreflight: AttackClass = {
  name: "preflight of a foreign page",
  attacks: [
    {
      name: "a preflight of another origin",
      call: preflight({ origin: "https://evil.example" }),
      answer: origin,
    },
    { name: "a preflight of an origin that is null", call: preflight({ origin: "null" }), answer: origin },
    { name: "a preflight without an origin", call: preflight({ origin: undefined }), answer: origin },
    {
      name: "a preflight from another site",
      call: preflight({ origin: PAGE, "sec-fetch-site": "cross-site" }),
      answer: origin,
    },
  ],
  guards: [
    {
      name: "preflights are asked for their origin",
      edits: [
        [
          "answerer.ts",
          `checkOrigin(incoming, guards.origins);
    return Promise.resolve`,
          "return Promise.resolve",
        ],
      ],
      cases: [
        "a preflight of another origin",
        "a preflight of an origin that is null",
        "a preflight without an origin",
        "a preflight from another site",
      ],
    },
  ],
};
