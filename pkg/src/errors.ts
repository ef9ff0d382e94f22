import { type Redact, redacted } from "./redact.ts";

/** What an error is about, for a program to decide by. */
export type ErrorKind =
  | "config"
  | "request"
  | "signature"
  | "auth"
  | "permission"
  | "rate_limit"
  | "server"
  | "platform"
  | "network"
  | "timeout"
  | "aborted"
  | "malformed_response"
  | "unknown";

/** The five endpoints by the last part of their paths. */
export type EndpointName = "friend_list" | "recall_friends_list" | "get_sopenid" | "share" | "ark_share";

/** Everything that an {@link MsdkError} says, its message aside. */
export interface MsdkErrorFields {
  readonly kind: ErrorKind;
  /** Absent for the pure functions. */
  readonly endpoint?: EndpointName;
  /** The backend's return code, when it was not 0. */
  readonly ret?: number;
  /** The backend's explanation of `ret`. */
  readonly msg?: string;
  /** The code of QQ or WeChat that the backend passed through. */
  readonly platformCode?: number;
  /** The backend's number for the call, for its support. */
  readonly seq?: string;
  /** The HTTP status, when an answer came. */
  readonly status?: number;
  /** How many attempts were begun; 0 when nothing was tried. */
  readonly attempts: number;
  /** Whether the same call may work later. */
  readonly retryable: boolean;
  /** Whether the backend may have carried the call out: a request was handed to fetch, and no refusal came back. */
  readonly maybeSent: boolean;
  /** The parameter or option that is wrong. */
  readonly field?: string;
  /** What `field` may be. */
  readonly allowed?: string;
  /** Where the answer is broken, in UTF-8 bytes from its start. */
  readonly offset?: number;
  /** Which part of the answer is broken, such as `lists[3].openid`. */
  readonly jsonPath?: string;
}

/** What an error is made of; the rest has defaults. */
export type ErrorParts = Partial<MsdkErrorFields> & {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly cause?: unknown;
  readonly responseText?: string;
};

/** The same for every copy and version of this package, so that errors are known across them. */
const BRAND = Symbol.for("msdk-friends.MsdkError");

/**
 * The one error of this package, told apart by `kind`. Message, `msg` and `toJSON()` are safe to log: the call's
 * token, openids, sig and key are masked in them.
 */
export class MsdkError extends Error implements MsdkErrorFields {
  // On the prototype, so that the stack's first line says it too.
  override get name(): "MsdkError" {
    return "MsdkError";
  }
  declare readonly kind: ErrorKind;
  declare readonly endpoint?: EndpointName;
  declare readonly ret?: number;
  declare readonly msg?: string;
  declare readonly platformCode?: number;
  declare readonly seq?: string;
  declare readonly status?: number;
  declare readonly attempts: number;
  declare readonly retryable: boolean;
  declare readonly maybeSent: boolean;
  declare readonly field?: string;
  declare readonly allowed?: string;
  declare readonly offset?: number;
  declare readonly jsonPath?: string;
  /** What came back, its first 64 KiB, masked like the rest; not enumerable, since it may hold other people's data. */
  declare readonly responseText?: string;
  /** What led to this error, masked. */
  declare readonly cause?: unknown;

  /** Another error's fields serve as parts too: that makes a copy of it, masked. */
  constructor({ message, cause, responseText, ...fields }: ErrorParts, redact: Redact = (text) => text) {
    super(redact(message));
    const hide = (name: PropertyKey, value: unknown) => Object.defineProperty(this, name, { value });
    hide(BRAND, true);
    if (cause !== undefined) hide("cause", redacted(cause, redact));
    if (responseText !== undefined) hide("responseText", redact(responseText));
    Object.assign(this, { attempts: 0, retryable: false, maybeSent: false }, fields);
    // The fields that may echo what was sent.
    for (const name of ["msg", "seq", "field", "jsonPath"] as const) {
      const text = fields[name];
      if (text) Object.assign(this, { [name]: redact(text) });
    }
  }

  /** The fields as a plain object, safe to log. */
  toJSON(): MsdkErrorFields & { name: "MsdkError"; message: string } {
    return { name: this.name, message: this.message, ...(this as MsdkErrorFields) };
  }
}

/** Whether `error` is an {@link MsdkError}, also one of another copy of this package. */
export function isMsdkError(error: unknown): error is MsdkError {
  try {
    return (error as Record<symbol, unknown>)[BRAND] === true;
  } catch {
    // Nothing at all, or a revoked proxy.
    return false;
  }
}

/** A parameter or an option that is wrong. `given` never quotes a value that may be a secret. */
export function argumentError(
  kind: "config" | "request",
  field: string,
  allowed: string,
  given: string,
): MsdkError {
  return new MsdkError({ kind, message: `${field}: expected ${allowed}, got ${given}`, field, allowed });
}

/** A wrong parameter of a call. */
export const requestError = (field: string, allowed: string, given: string): MsdkError =>
  argumentError("request", field, allowed, given);

/** What a value is, without saying its content, unless it is none. */
export function typeName(value: unknown): string {
  if (value === "") return "an empty string";
  return value ? `a value of type ${typeof value}` : String(value);
}
