// What the hooks and the logger of each call said, newest last. Neither ever holds a token, key, openid or sig.

import type { HookEvent, Logger } from "msdk-friends";

import type { Observers } from "./client.ts";

/** One attempt. */
export interface WireRow {
  readonly id: number;
  endpoint: string;
  attempt: number;
  state: "pending" | "answered" | "unanswered" | "refused";
  ms?: number;
  status?: number;
  ret?: number;
  bytes?: number;
  seq?: string;
  /** Why it failed. */
  kind?: string;
  /** The wait before the next attempt. */
  delayMs?: number;
}

export interface LogRow {
  level: "warn" | "error";
  text: string;
}

const KEPT = 60;

export class Wire {
  readonly rows: WireRow[] = [];
  readonly log: LogRow[] = [];
  #nextId = 1;
  #changed: () => void = () => {};

  onChange(changed: () => void): void {
    this.#changed = changed;
  }

  clear(): void {
    this.rows.length = 0;
    this.log.length = 0;
    this.#changed();
  }

  /** The observers of one call. What the package warns about is also put into `warnings`. */
  watchCall(warnings: string[]): Observers {
    let row: WireRow | undefined;
    const update = (change: (row: WireRow) => void) => {
      if (row) change(row);
      this.#changed();
    };
    const hooks = {
      onRequest: ({ endpoint, attempt }: HookEvent) => {
        row = { id: this.#nextId++, endpoint, attempt, state: "pending" };
        keep(this.rows, row);
        update(() => {});
      },
      onResponse: ({ ms, status, ret, bytes, seq }: HookEvent) => {
        update((row) => assign(row, { state: "answered", ms, status, ret, bytes, seq }));
      },
      onRetry: ({ kind, delayMs }: HookEvent) => {
        update((row) => assign(row, { kind, delayMs, ...unanswered(row) }));
      },
      onError: ({ endpoint, kind, attempt, ms }: HookEvent) => {
        if (attempt === 0) {
          row = { id: this.#nextId++, endpoint, attempt, state: "refused" };
          keep(this.rows, row);
        }
        update((row) =>
          assign(row, { kind, ...unanswered(row), ...(row.ms === undefined && attempt === 1 && { ms }) }),
        );
      },
    };
    return { hooks, logger: this.#logger(warnings) };
  }

  #logger(warnings: string[]): Logger {
    const silent = () => {};
    const write = (level: LogRow["level"]) => (text: string, details: object) => {
      // The logger repeats the hooks' events, which stand in the rows already.
      if ("attempt" in details) return;
      const plain = text.replace(/^msdk-friends: /, "");
      if (level === "warn") warnings.push(plain);
      keep(this.log, { level, text: plain });
      this.#changed();
    };
    return { debug: silent, info: silent, warn: write("warn"), error: write("error") };
  }
}

const unanswered = (row: WireRow) => (row.state === "pending" ? { state: "unanswered" as const } : {});

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > KEPT) list.shift();
}

/** Takes what is known and leaves the rest. */
function assign(row: WireRow, known: { [Name in keyof WireRow]?: WireRow[Name] | undefined }): void {
  Object.assign(row, Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)));
}
