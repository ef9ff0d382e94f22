// A client with the option under test: what it sends, or its refusal.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { type Client, type ClientOptions, createClient, type SignedOptions } from "msdk-friends";
import { BACKEND, clientFor, failureOf, optionsFor, player } from "./client-calls.ts";
import { good, scriptedFetch } from "./client-servers.ts";

export const NOW = 1_900_000_000_999;

/** The one request of a call. */
export async function requestOf(
  options: Partial<SignedOptions> = {},
  call: (client: Client) => Promise<unknown> = (client) => client.friendList(player),
) {
  const { fetch, requests } = scriptedFetch(good);
  await call(await clientFor(BACKEND, { fetch, now: () => NOW, ...options }));
  assert.equal(requests.length, 1);
  return requests[0] as (typeof requests)[number];
}

export const refusalOf = (options: unknown) => failureOf(createClient(options as SignedOptions));

export async function assertRefused(
  options: Partial<Record<keyof ClientOptions, unknown>>,
  field: string,
): Promise<void> {
  const error = await refusalOf({ ...optionsFor(BACKEND), ...options });
  const { kind, attempts, retryable, maybeSent } = error;
  assert.deepEqual(
    { field: error.field, kind, attempts, retryable, maybeSent },
    { field, kind: "config", attempts: 0, retryable: false, maybeSent: false },
  );
  assert.ok(error.message.includes(field), error.message);
  assert.equal(error.endpoint, undefined);
}

/** A value in a test's name. */
export const shown = (value: unknown) => inspect(value, { breakLength: Number.POSITIVE_INFINITY });
