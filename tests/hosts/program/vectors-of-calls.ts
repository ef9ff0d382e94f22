// The known answers of calls, through a client whose requests this host answers from memory.

import { METHODS } from "../../twin/methods.ts";
import {
  type ErrorCase,
  errorCases,
  PLATFORMS,
  type RequestCase,
  type ResponseCase,
  requestCases,
  responseCases,
  type StatusCase,
  statusCases,
} from "./cases.ts";
import type { Failures } from "./failures.ts";
import type { Answer, Package, SentRequest, Surroundings } from "./surroundings.ts";

const player = { openid: "9007199254740993111", token: "hosts-token" };
const receiver = { fopenid: "9007199254740993222" };
const emptyAnswer = { ret: 0, sopenid: "s" };

type Endpoint = keyof typeof METHODS;

/** An input that passes on the channel. */
const goodInputs: Record<Endpoint, (channel: number) => object> = {
  friend_list: () => player,
  get_sopenid: () => player,
  recall_friends_list: (channel) => ({
    ...player,
    ...(channel === PLATFORMS.qq ? { count: 20 } : { taskId: 0 }),
  }),
  share: () => ({ ...player, ...receiver, gameTag: "MSG_INVITE" }),
  ark_share: () => ({ ...player, ...receiver, extra: { app: "a b" } }),
};

interface VectorsOfCalls {
  file: string;
  cases: readonly unknown[];
  check(one: unknown, what: string): Promise<void>;
}

export function vectorsOfCalls(
  msdk: Package,
  surroundings: Surroundings,
  failures: Failures,
): VectorsOfCalls[] {
  async function clientOf(channel: number, answer: string, status = 200) {
    const sent: SentRequest[] = [];
    const options = surroundings.answering((request): Answer => {
      sent.push(request);
      return { status, headers: { "content-type": "application/json" }, body: answer };
    });
    const client = await msdk.createClient({
      baseUrl: "https://answered.example",
      gameId: "12",
      channel,
      signer: msdk.keySigner("hosts-fake-key", { dangerouslyAllowBrowser: true }),
      maxRetries: 0,
      ...options,
    });
    const call = (endpoint: Endpoint, input: unknown): Promise<unknown> =>
      (client[METHODS[endpoint]] as (input: unknown) => Promise<unknown>)(input);
    return { call, sent };
  }

  /** What the call's error says in these of its fields; a text where there is no error. */
  async function failed(call: Promise<unknown>, fields: readonly string[]) {
    try {
      return `no error, but ${JSON.stringify(await call)}`;
    } catch (error) {
      if (!msdk.isMsdkError(error)) throw error;
      return fields.map((name) => (error as unknown as Record<string, unknown>)[name] ?? null);
    }
  }

  async function request(one: RequestCase, what: string) {
    const { call, sent } = await clientOf(PLATFORMS[one.channel], JSON.stringify(emptyAnswer));
    const called = call(one.endpoint, one.input);
    if (one.body) {
      await called;
      const bodies = sent.map(({ method, body }) => [method, JSON.parse(body)]);
      failures.equal(what, bodies, [["POST", one.body]]);
      return;
    }
    const expected = [one.error, one.field, one.endpoint, 0];
    failures.equal(what, await failed(called, ["kind", "field", "endpoint", "attempts"]), expected);
    failures.equal(`${what}, sent`, sent, []);
  }

  async function response({ endpoint, channel: name, response, expected }: ResponseCase, what: string) {
    const channel = PLATFORMS[name];
    const answer = JSON.stringify(response);
    const { call, sent } = await clientOf(channel, answer);
    failures.equal(what, await call(endpoint, goodInputs[endpoint](channel)), expected);
    failures.equal(`${what}, requests`, sent.length, 1);
    if (endpoint !== "friend_list") return;
    failures.equal(`${what}, parsed`, msdk.parseFriendList(answer, { channel }), expected);
  }

  async function error({ channel, ret, msg, kind, retryable, platformCode }: ErrorCase, what: string) {
    // A ret that is not 0 wins over the status.
    for (const status of [200, 503]) {
      const { call } = await clientOf(PLATFORMS[channel], JSON.stringify({ ret, msg, seq: "s-1" }), status);
      const fields = ["kind", "retryable", "ret", "msg", "platformCode", "seq", "status"];
      const expected = [kind, retryable, ret, msg, platformCode ?? null, "s-1", status];
      failures.equal(what, await failed(call("friend_list", player), fields), expected);
    }
  }

  async function httpStatus({ status, kind, retryable }: StatusCase, what: string) {
    for (const body of ["", "<html>", '{"ret":0}', "{"]) {
      const { call } = await clientOf(PLATFORMS.wechat, body, status);
      const fields = ["kind", "retryable", "status", "ret"];
      failures.equal(what, await failed(call("friend_list", player), fields), [
        kind,
        retryable,
        status,
        null,
      ]);
    }
  }

  const subject = <Case>(file: string, cases: Case[], check: (one: Case, what: string) => Promise<void>) =>
    ({ file, cases, check }) as VectorsOfCalls;
  return [
    subject("requests", requestCases, request),
    subject("responses", responseCases, response),
    subject("errors", errorCases, error),
    subject("statuses", statusCases, httpStatus),
  ];
}
