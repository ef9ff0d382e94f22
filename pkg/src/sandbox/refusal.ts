/**
 * The `ret` of each refusal. The vendor names 1000 to 1010 in the tables of sibling products; those have no code
 * for a foreign gameid, so it gets the general configuration error.
 */
export const Ret = {
  InvalidHttp: 1000,
  InvalidPath: 1001,
  QueryLacksParameter: 1003,
  BodyEmpty: 1004,
  BodyNotJson: 1005,
  BodyLacksParameter: 1006,
  InvalidParameter: 1007,
  InvalidSig: 1008,
  BodyInvalidParameter: 1009,
  InvalidRequestFormat: 1010,
  ForeignGame: 1104,
  InvalidChannel: 13000,
  InvalidSource: 13001,
  InvalidTs: 13002,
} as const;

/** A request that the sandbox refuses: answered with HTTP 200, `ret`, and the message as `msg`. */
export class Refusal extends Error {
  readonly ret: number;

  constructor(ret: (typeof Ret)[keyof typeof Ret], msg: string) {
    super(msg);
    this.name = "Refusal";
    this.ret = ret;
  }
}

/** A value of the query or of a header as a `msg` may show it. Never used on what the body holds. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
