// Runs one call of the current settings, watched by the wire panel.

import type { CallOptions, Client, Player } from "msdk-friends";

import { makeClient } from "./client.ts";
import type { SandboxConfig } from "./config.ts";
import type { Settings } from "./settings.ts";
import type { Wire } from "./wire.ts";

export type Call<T> = (client: Client, player: Player, options: CallOptions) => Promise<T>;

export interface Answer<T> {
  result: T;
  /** What the package warned about on the way. */
  warnings: string[];
}

export class Caller {
  constructor(
    readonly config: SandboxConfig,
    readonly settings: () => Settings,
    readonly wire: Wire,
  ) {}

  /** A client for each call: that is how the hooks' events can be told apart when two calls run at once. */
  async run<T>(call: Call<T>, options: CallOptions = {}): Promise<Answer<T>> {
    const settings = this.settings();
    const warnings: string[] = [];
    const client = await makeClient(this.config, settings, this.wire.watchCall(warnings));
    const result = await call(client, { openid: settings.openid, token: settings.token }, options);
    return { result, warnings };
  }
}
