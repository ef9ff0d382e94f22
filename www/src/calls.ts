// Runs one call of the current settings, watched by the wire panel.

import type { CallOptions, Client, Player } from "msdk-friends";

import { makeClient } from "./client.ts";
import type { Settings } from "./settings.ts";
import type { Wire } from "./wire.ts";

/** Who calls, as far as the page knows: the token is for the proxy to add. */
type Known = Partial<Player>;

export type Call<T> = (client: Client<Known>, player: Known, options: CallOptions) => Promise<T>;

export interface Answer<T> {
  result: T;
  /** What the package warned about on the way. */
  warnings: string[];
}

export class Caller {
  constructor(
    readonly settings: () => Settings,
    readonly wire: Wire,
  ) {}

  /** A client for each call: that is how the hooks' events can be told apart when two calls run at once. */
  async run<T>(call: Call<T>, options: CallOptions = {}): Promise<Answer<T>> {
    const settings = this.settings();
    const warnings: string[] = [];
    const client = await makeClient(settings, this.wire.watchCall(warnings));
    const { openid } = settings;
    const result = await call(client, openid ? { openid } : {}, options);
    return { result, warnings };
  }
}
