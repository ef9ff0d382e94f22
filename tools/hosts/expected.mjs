// What the program has to report, in every host alike.

import { isDeepStrictEqual } from "node:util";

const refused = { field: "", ret: 0, status: 0, retryable: false, maybeSent: true, requests: 1 };

const facts = {
  list: {
    count: 500,
    degraded: false,
    names: ["张伟 1", "李娜🎮 3", 'José "Pepe" Núñez 4', "👨‍👩‍👧 family 11"],
    openid: "12862933555778941760",
  },
  avatar: "https://wx.qlogo.cn/mmhead/GNbhysKora8lV3zKFNt3U1B_TwOiiBJM6f4tYLq9e7A/96",
  wrongInput: { ...refused, kind: "request", field: "openid", maybeSent: false, requests: 0 },
  wrongKey: { ...refused, kind: "signature", ret: 1008, status: 200, maybeSent: false },
  serverError: { ...refused, kind: "server", status: 500, retryable: true, requests: 2 },
  connectionReset: { ...refused, kind: "network", retryable: true },
  timeout: { ...refused, kind: "timeout", retryable: true },
  abort: { ...refused, kind: "aborted" },
};

/** How many cases each file of tests/vectors has; `channels` with the ids that are none. */
const vectors = {
  signing: 10,
  avatar: 9,
  "avatar-fit": 12,
  gender: 68,
  "ark-extra": 5,
  channels: 24,
  requests: 18,
  responses: 18,
  errors: 20,
  statuses: 36,
};

/** What has to have reached the sandbox: endpoint, fault, the `ret` that it answered. */
const served = [
  "friend_list, none, 0",
  "friend_list, none, 1008",
  "friend_list, http-500, no ret",
  "friend_list, reset, no ret",
  "friend_list, stall-headers, no ret",
  "friend_list, stall-body, 0",
];

/** Of the program with its vectors; a host with another program brings what that has to say. */
export const usual = { facts, vectors, served };

export const knownAnswers = Object.values(vectors).reduce((total, count) => total + count, 0);

/** What is not as it should be, as sentences. */
export function problemsOf({ report, served: reached, version }, { facts, vectors = {}, served } = usual) {
  const differing = (what, actual, expected) =>
    Object.keys({ ...expected, ...actual })
      .filter((name) => !isDeepStrictEqual(actual?.[name], expected[name]))
      .map(
        (name) => `${what} ${name}: ${JSON.stringify(actual?.[name])}, not ${JSON.stringify(expected[name])}`,
      );
  return [
    ...report.failures,
    ...differing("fact", report.facts, facts),
    ...differing("cases of", report.vectors, vectors),
    ...served.filter((one) => !reached.includes(one)).map((one) => `the sandbox never saw: ${one}`),
    ...reached
      .filter((one) => !served.includes(one))
      .map((one) => `the sandbox should not have seen: ${one}`),
    ...(version ? [] : ["the host did not say its version"]),
  ];
}
