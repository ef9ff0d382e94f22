import { randomInt } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { alteredBody, goodBody } from "./content.ts";
import { allowCrossOrigin, answerPreflight } from "./cors.ts";
import { type Reply, sendBadly, sendBlindFault, sendJson, sendText } from "./delivery.ts";
import { checkCall, ENDPOINTS, type Endpoint, type EndpointName, endpointAt } from "./endpoints.ts";
import {
  FAULT_HEADER,
  FaultSequence,
  type FaultStep,
  faultStep,
  isBlind,
  isContent,
  isDelivery,
} from "./faults.ts";
import { type FriendSource, friendSource } from "./friends.ts";
import type { Settings } from "./options.ts";
import { checkParameters } from "./parameters.ts";
import { type Parameter, parametersOf, parameterValue, splitTarget } from "./query.ts";
import { quoted, Refusal, Ret } from "./refusal.ts";
import { checkSignature } from "./signature.ts";
import type { Answer } from "./wire.ts";

/** A request as it was received, and what came of it. It holds credentials: for assertions, not for logs. */
export interface RequestRecord {
  /** Epoch milliseconds of its arrival. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Without the question mark, nothing decoded. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** "" until the body has arrived, and where it is beyond the limit. */
  body: string;
  /** Absent where method and path are not those of an endpoint. */
  endpoint?: EndpointName;
  /** The fault that was due; a request may be refused before it is met. */
  fault: FaultStep;
  /** The `ret` of the answer that was made; absent where none was. */
  ret?: number;
}

/** What all requests share. */
interface Shared {
  readonly settings: Settings;
  readonly requests: RequestRecord[];
  readonly faults: FaultSequence;
  readonly friendsOf: FriendSource;
}

export function sharedBy(settings: Settings): Shared {
  return {
    settings,
    requests: [],
    faults: new FaultSequence(settings.fault),
    friendsOf: friendSource(settings.friends),
  };
}

const KEPT_RECORDS = 1000;
const MAX_BODY_BYTES = 1024 * 1024;

interface Exchange extends Reply {
  readonly req: IncomingMessage;
  readonly record: RequestRecord;
  readonly parameters: readonly Parameter[];
  readonly shared: Shared;
}

/** Takes one request from arrival to answer. Never rejects. */
export async function answerRequest(
  req: IncomingMessage,
  res: ServerResponse,
  shared: Shared,
): Promise<void> {
  const connection = new AbortController();
  res.once("close", () => connection.abort());
  const exchange = begun(req, res, connection.signal, shared);
  try {
    allowCrossOrigin(req, res);
    if (req.method === "OPTIONS") answerPreflight(req, res);
    else await answer(exchange);
  } catch (error) {
    if (connection.signal.aborted || res.destroyed) return;
    if (error instanceof Refusal) refuse(exchange, error);
    else failed(res, error);
  }
}

function begun(req: IncomingMessage, res: ServerResponse, gone: AbortSignal, shared: Shared): Exchange {
  const { path, query } = splitTarget(req.url ?? "/");
  const { method = "", headers } = req;
  const record: RequestRecord = { at: Date.now(), method, path, query, headers, body: "", fault: "none" };
  shared.requests.push(record);
  if (shared.requests.length > KEPT_RECORDS) shared.requests.shift();
  return { req, res, gone, record, parameters: parametersOf(query), shared };
}

async function answer(exchange: Exchange): Promise<void> {
  const { req, gone, record, shared } = exchange;
  const endpoint = record.method === "POST" ? endpointAt(record.path) : undefined;
  const named = req.headers[FAULT_HEADER];
  if (endpoint) {
    record.endpoint = endpoint.name;
    // Taken at arrival, so that the sequence follows the order of the requests.
    if (named === undefined) record.fault = shared.faults.next();
  }
  const body = await bodyOf(req);
  record.body = body?.toString("utf8") ?? "";
  if (shared.settings.latencyMs > 0) await delay(shared.settings.latencyMs, undefined, { signal: gone });
  if (!endpoint) throw unknownEndpoint(record);
  if (named !== undefined) record.fault = headerFault(String(named));
  if (isBlind(record.fault)) return sendBlindFault(record.fault, exchange);
  await deliver(exchange, verifiedAnswer(exchange, endpoint, body));
}

/** The good answer to a request that passes every check. The signature comes first, as it covers the rest. */
function verifiedAnswer(exchange: Exchange, endpoint: Endpoint, body: Buffer | undefined): Answer {
  const { parameters, shared, record } = exchange;
  checkContentType(exchange.req.headers["content-type"]);
  if (body === undefined) throw new Refusal(Ret.BodyNotJson, `http body is above ${MAX_BODY_BYTES} bytes`);
  checkSignature({ path: record.path, parameters, body }, shared.settings.key);
  const { gameId, tsWindowSeconds } = shared.settings;
  const channel = checkParameters(parameters, {
    gameId,
    tsWindowSeconds,
    nowSeconds: Math.floor(Date.now() / 1000),
  });
  const fields = checkCall(endpoint, channel, body);
  record.ret = 0;
  return { ...endpoint.answer({ channel, fields, friendsOf: shared.friendsOf }), seq: seqOf(parameters) };
}

async function deliver(exchange: Exchange, answer: Answer): Promise<void> {
  const { fault } = exchange.record;
  const body = isContent(fault) ? alteredBody(fault, answer) : goodBody(answer);
  if (isDelivery(fault)) await sendBadly(fault, exchange, body);
  else sendJson(exchange, body);
}

/** Fakes and the platform alike answer 200 and say in `ret` what is wrong. */
function refuse(exchange: Exchange, { ret, message }: Refusal): void {
  exchange.record.ret = ret;
  // A key that was pasted into the query by mistake would be echoed otherwise.
  const msg = message.replaceAll(exchange.shared.settings.key, "***");
  sendJson(exchange, goodBody({ ret, msg, seq: seqOf(exchange.parameters) }));
}

/** A mistake of the sandbox itself. Its message could quote the request. */
function failed(res: ServerResponse, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  if (res.headersSent) res.destroy();
  else sendText(res, 500, `msdk-sandbox failed with ${name}; please report it\n`);
}

/** The whole body, or `undefined` where it is above the limit: then it is read to its end and dropped. */
async function bodyOf(req: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

function unknownEndpoint({ method, path }: RequestRecord): Refusal {
  if (endpointAt(path))
    return new Refusal(Ret.InvalidHttp, `invalid http: ${path} takes POST, not ${quoted(method)}`);
  const paths = ENDPOINTS.map((endpoint) => endpoint.path).join(", ");
  return new Refusal(Ret.InvalidPath, `invalid cgi: no endpoint at ${quoted(path)}; there are ${paths}`);
}

function headerFault(name: string): FaultStep {
  try {
    return faultStep(name.trim());
  } catch (error) {
    throw new Refusal(
      Ret.InvalidRequestFormat,
      `invalid req format: ${FAULT_HEADER}: ${(error as Error).message}`,
    );
  }
}

function checkContentType(type: string | undefined): void {
  if (type !== undefined && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) return;
  const given = type === undefined ? "there is none" : `not ${quoted(type)}`;
  throw new Refusal(
    Ret.InvalidRequestFormat,
    `invalid req format: content-type must be application/json, ${given}`,
  );
}

/** The request's own where it has one, else one in the shape of the seed's samples. */
function seqOf(parameters: readonly Parameter[]): string {
  const digits = (width: number) => String(randomInt(10 ** width)).padStart(width, "0");
  const made = () => `${Math.floor(Date.now() / 1000)}-${digits(10)}-${digits(6)}-${digits(10)}`;
  return parameterValue(parameters, "seq") || made();
}
