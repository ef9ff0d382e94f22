import { type Parameter, parameterValue } from "./query.ts";
import { quoted, Refusal, Ret } from "./refusal.ts";

/** What the fixed parameters are checked against. */
interface ParameterRules {
  /** Any game passes where it is `undefined`. */
  readonly gameId: string | undefined;
  /** How far `ts` may be from the clock, in seconds; 0 lets any pass. */
  readonly tsWindowSeconds: number;
  readonly nowSeconds: number;
}

/** Checks the query of a request whose sig is right, and returns its channel. */
export function checkParameters(parameters: readonly Parameter[], rules: ParameterRules): number {
  checkShape(parameters);
  const channel = channelIn(required(parameters, "channelid"));
  checkGame(required(parameters, "gameid"), rules.gameId);
  checkOs(required(parameters, "os"));
  checkTs(required(parameters, "ts"), rules);
  checkSource(parameterValue(parameters, "source"));
  return channel;
}

function checkShape(parameters: readonly Parameter[]): void {
  const seen = new Set<string>();
  for (const { name, raw } of parameters) {
    if (name === "" || !raw.includes("=")) {
      throw new Refusal(Ret.InvalidParameter, "invalid parameter: every one is name=value, between single &");
    }
    if (seen.has(name))
      throw new Refusal(Ret.InvalidParameter, `invalid parameter: ${quoted(name)} is given twice`);
    seen.add(name);
  }
}

function required(parameters: readonly Parameter[], name: string): string {
  const value = parameterValue(parameters, name);
  if (!value) {
    const state = value === undefined ? "missing" : "empty";
    throw new Refusal(
      Ret.QueryLacksParameter,
      `lack param: ${name} is ${state} in the query; required are ${REQUIRED}`,
    );
  }
  return value;
}

const REQUIRED = "channelid, gameid, os, ts and sig";

function channelIn(channelid: string): number {
  // Ids that no table names yet pass: the platform adds channels.
  if (!/^[1-9]\d{0,8}$/.test(channelid)) {
    throw new Refusal(
      Ret.InvalidChannel,
      `invalid channelid: ${quoted(channelid)} is no positive whole number`,
    );
  }
  return Number(channelid);
}

function checkGame(gameid: string, expected: string | undefined): void {
  if (expected === undefined || gameid === expected) return;
  throw new Refusal(
    Ret.ForeignGame,
    `config error: gameid ${quoted(gameid)} is not served here, only ${quoted(expected)} is`,
  );
}

function checkOs(os: string): void {
  if (/^[1-5]$/.test(os)) return;
  const known = "1 Android, 2 iOS, 3 Web, 4 Linux (requests from a backend), 5 Windows";
  throw new Refusal(Ret.InvalidParameter, `invalid parameter: os ${quoted(os)} is none of ${known}`);
}

function checkTs(ts: string, { tsWindowSeconds, nowSeconds }: ParameterRules): void {
  if (!/^\d{1,15}$/.test(ts))
    throw new Refusal(Ret.InvalidTs, `invalid ts: ${quoted(ts)} is no Unix time in seconds`);
  const skew = Number(ts) - nowSeconds;
  if (tsWindowSeconds === 0 || Math.abs(skew) <= tsWindowSeconds) return;
  const hint =
    ts.length === 13 ? "it looks like milliseconds, seconds are wanted" : `the clock here says ${nowSeconds}`;
  const side = skew < 0 ? "behind" : "ahead";
  throw new Refusal(
    Ret.InvalidTs,
    `invalid ts: ${ts} is ${Math.abs(skew)} s ${side}, ${tsWindowSeconds} s are allowed; ${hint}`,
  );
}

function checkSource(source: string | undefined): void {
  if (source === undefined || /^\d{1,9}$/.test(source)) return;
  throw new Refusal(Ret.InvalidSource, `invalid source: ${quoted(source)} is no number; 0 is the usual one`);
}
