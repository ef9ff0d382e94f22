// What of others' words may be told: an openid, a token or a key may stand anywhere in the rest.

/** A name that a caller chose, where it looks like one. */
export const quotable = (name: string, otherwise: string): string =>
  /^[a-z_.]{1,32}$/i.test(name) ? name : otherwise;

/** The name of what was thrown, where it looks like one. */
export const nameOf = (error: unknown): string =>
  error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : typeof error;

/** What the system says, such as ECONNREFUSED: a word in capitals and nothing else. */
function codeOf(error: unknown): string | undefined {
  const inner = (error as { cause?: unknown } | undefined)?.cause ?? error;
  const code = (inner as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && /^[A-Z_]{1,40}$/.test(code) ? code : undefined;
}

/** {@link codeOf} behind a sentence: " (ECONNREFUSED)", or nothing. */
export function codeBehind(error: unknown): string {
  const code = codeOf(error);
  return code === undefined ? "" : ` (${code})`;
}

/** Known to every copy of this package: the command's errors come from another file than what tells of them. */
const OURS = Symbol.for("msdk-friends.proxy.ours");

/** An error whose message is written here and holds no secret. */
export class OwnError extends Error {
  readonly [OURS] = true;
}

export const isOwn = (error: unknown): error is OwnError => error instanceof Error && OURS in error;

/** For the log. The message of others' errors is not told: they may quote what they were given. */
export function loggable(error: unknown): { error: string; code?: string } {
  if (isOwn(error)) return { error: error.message };
  const code = codeOf(error);
  return { error: nameOf(error), ...(code !== undefined && { code }) };
}
