import { isMsdkError, requestError } from "./errors.ts";

/** A caller's value as JSON, for the core to read. @throws `request` or what `refuse` makes, where JSON cannot hold it */
export function toJson(field: string, value: unknown, refuse = requestError): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(value, (name, member: unknown) => {
      // JSON would make null of it, and null counts as absent.
      if (typeof member !== "number" || Number.isFinite(member)) return member;
      throw refuse(name || field, "a finite number", String(member));
    });
  } catch (error) {
    if (isMsdkError(error)) throw error;
    // A cycle, a BigInt or a getter that throws. What JSON says of it quotes the value.
  }
  if (json === undefined) throw refuse(field, "a value that JSON can hold", "another");
  return json;
}
