// What the twin throws, and how it classifies (domain.md, "Return codes").

export interface TwinErrorFields {
  field?: string;
  ret?: number;
  msg?: string;
  platformCode?: number;
  seq?: string;
  status?: number;
  jsonPath?: string;
}

export class TwinError extends Error {
  readonly retryable: boolean;

  constructor(
    readonly kind: string,
    readonly fields: TwinErrorFields = {},
    retryable = false,
  ) {
    super(`${kind} ${JSON.stringify(fields)}`);
    this.retryable = retryable;
  }
}

export const requestError = (field: string) => new TwinError("request", { field });

export const malformed = (jsonPath?: string) =>
  new TwinError("malformed_response", jsonPath === undefined ? {} : { jsonPath });

type Table = Record<string, readonly number[]>;

const BACKEND: Table = {
  signature: [1008, 11096],
  request: [1000, 1001, 1002, 1004, 1005, 1006, 1007, 1009, 1010, 1012, 1270, 13000, 13001, 13002],
  config: [1103, 1104, 1105, 1112, 1113],
  auth: [11002, 11003, 1122, 11026],
  permission: [10000, 11015],
  rate_limit: [11006],
  server: [101, 102, 103, 104, 1100, 1101, 1206, 1300, 1301, 1302, 1400, 1402, 10004],
};

const QQ: Table = {
  rate_limit: [-6, 99999, 30],
  permission: [-3, -9, -4, -10, -11, 100030, 32, 33],
  signature: [-5],
  auth: [-21, -22, -23, -24, -73, 100013, 100014, 100015, 100016],
  request: [-1, -25, 27, 103, 100004],
};

const WECHAT: Table = {
  server: [-1],
  auth: [40001, 40002, 40014, 40029, 40030, 40032, 41001, 42001, 42003, 42004],
  permission: [48001, 43005],
  rate_limit: [45009, 45011],
};

const AMBIGUOUS = [1200, 1303, 1003];
const WORDS: readonly [RegExp, string][] = [
  [/timeout|time out/i, "server"],
  [/permission/i, "permission"],
  [/param|lack|empty/i, "request"],
];

const look = (table: Table, code: number) => Object.keys(table).find((kind) => table[kind]?.includes(code));

function classify(ret: number, msg: string): { kind: string; platformCode?: number } {
  if (ret === -10000 || ret === -20000) {
    const code = /^\s*(-?\d+)\s*(?:,|$)/.exec(msg)?.[1];
    if (code === undefined) return { kind: "platform" };
    const platformCode = Number(code);
    return { kind: look(ret === -10000 ? QQ : WECHAT, platformCode) ?? "platform", platformCode };
  }
  if (AMBIGUOUS.includes(ret)) return { kind: WORDS.find(([word]) => word.test(msg))?.[1] ?? "unknown" };
  return { kind: look(BACKEND, ret) ?? "unknown" };
}

/** A `ret` that is not 0. */
export function errorOfRet(ret: number, msg: string, seq: string | undefined): TwinError {
  const { kind, ...code } = classify(ret, msg);
  return new TwinError(kind, { ret, msg, ...code, ...(seq !== undefined && { seq }) }, kind === "server");
}

/** An HTTP status outside 200 to 299. */
export function errorOfStatus(status: number): TwinError {
  if (status === 401) return new TwinError("auth", { status });
  if (status === 403) return new TwinError("permission", { status });
  if (status === 408) return new TwinError("timeout", { status }, true);
  if (status === 429) return new TwinError("rate_limit", { status }, true);
  if (status >= 500 && status < 600) return new TwinError("server", { status }, true);
  return new TwinError("unknown", { status });
}
