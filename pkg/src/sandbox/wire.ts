// What goes over the wire, under the wire's own names.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json | undefined };

/** One element of `lists` as the seed's section 1.3 has it. Unknown fields are served as they are. */
export interface WireFriend {
  readonly openid?: string;
  readonly user_name?: string;
  readonly gender?: number;
  readonly picture_url?: string;
  readonly country?: string;
  /** The wire's spelling of province. */
  readonly provice?: string;
  readonly city?: string;
  readonly language?: string;
  readonly nick_name?: string;
  readonly friend_remark?: string;
  readonly [field: string]: Json | undefined;
}

/** A response body in the order in which its members are written. */
export type Answer = JsonObject;

export const WECHAT = 1;
export const QQ = 2;

/**
 * The answer as JSON text. Every third row of a list is written in JSON's other spelling, ASCII with \uXXXX
 * (surrogate pairs included) and \/, because backends use both and a reader must take both.
 */
export function writeAnswer(answer: Answer): string {
  const members: string[] = [];
  for (const [name, value] of Object.entries(answer)) {
    if (value === undefined) continue;
    members.push(
      `${JSON.stringify(name)}:${Array.isArray(value) ? writeRows(value) : JSON.stringify(value)}`,
    );
  }
  return `{${members.join(",")}}`;
}

function writeRows(rows: readonly Json[]): string {
  const texts = rows.map((row, index) =>
    index % 3 === 2 ? inAscii(JSON.stringify(row)) : JSON.stringify(row),
  );
  return `[${texts.join(",")}]`;
}

function inAscii(json: string): string {
  return json
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/\//g, "\\/");
}
