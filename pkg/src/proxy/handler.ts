// What createProxy returns.

import { answererOf } from "./answerer.ts";
import { check, isFunction } from "./checks.ts";
import type { Door } from "./door.ts";
import type { Incoming, Outgoing } from "./exchange.ts";
import { incomingOf } from "./incoming.ts";
import type { Keys } from "./keys.ts";
import type { Metrics } from "./metrics.ts";
import { operationsOf } from "./operations.ts";
import type { Guards } from "./options.ts";

/** What the host knows of a connection. */
export interface ConnectionInfo {
  /** The address at the other end. Without it there is no limit by address. */
  remoteAddress?: string | null | undefined;
}

/** Answers requests; it runs wherever there are Request and Response. */
export interface ProxyHandler {
  (request: Request, info?: ConnectionInfo): Promise<Response>;
  /**
   * `/healthz` (the process lives), `/readyz` (it takes calls) and `/metrics` (Prometheus), for a port that only your own
   * network reaches.
   */
  operations(request: Request): Response;
  /** Takes other keys, or asks for them again where they came from. Rejects with `config` and keeps the old ones. */
  reloadKeys(keys?: Keys): Promise<void>;
  /**
   * Refuses new calls with 503 from now on.
   *
   * @returns a promise of true when no call is under way, or of false after `graceMs`, 10,000 by default
   */
  close(graceMs?: number): Promise<boolean>;
}

/** Answers one call, which is under way until `deliver` is done with its answer. */
type Delivery = <T>(incoming: Incoming, deliver: (outgoing: Outgoing) => T | Promise<T>) => Promise<T>;

/** Known to every copy of this package: a server's adapter may come from another file than the handler. */
const DELIVERY = Symbol.for("msdk-friends.proxy.delivery");

/** The way into a handler for hosts that have no Request at hand. @throws `config`, where it is none */
export const deliveryIn = (handler: ProxyHandler): Delivery =>
  check(
    (handler as unknown as Record<symbol, Delivery> | undefined)?.[DELIVERY] as Delivery,
    isFunction,
    "handler",
    "what createProxy or createSignEndpoint resolves to",
  );

export function handlerOf(
  door: Door,
  guards: Guards,
  metrics: Metrics,
  loadCore: () => Promise<void>,
): ProxyHandler {
  let active = 0;
  let isEnding = false;
  let onIdle: () => void = () => {};

  const answerCall = answererOf(door, guards, metrics, loadCore, () => isEnding);
  const answer: Delivery = async (incoming, deliver) => {
    active++;
    try {
      return await deliver(await answerCall(incoming));
    } finally {
      active--;
      if (active === 0) onIdle();
    }
  };
  const handle = async (request: Request, info?: ConnectionInfo): Promise<Response> =>
    answer(incomingOf(request, info?.remoteAddress ?? undefined), responseOf);

  const handler: ProxyHandler = Object.assign(handle, {
    operations: operationsOf(metrics, { calls_active: () => active, ...door.gauges }, () => !isEnding),
    reloadKeys: (keys?: Keys) => guards.keys.reload(keys),
    close(graceMs = 10_000): Promise<boolean> {
      isEnding = true;
      if (active === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, graceMs, false);
        const tellOthers = onIdle;
        onIdle = () => {
          tellOthers();
          clearTimeout(timer);
          resolve(true);
        };
      });
    },
  });
  return Object.defineProperty(handler, DELIVERY, { value: answer });
}

const responseOf = ({ status, headers, body }: Outgoing): Response =>
  new Response(status === 204 ? null : (body as BodyInit), { status, headers });
