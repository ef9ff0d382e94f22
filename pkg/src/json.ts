import { requestError } from "./errors.ts";

/** A caller's value as JSON, for the core to read. @throws `request`, naming `field`, where JSON cannot hold it. */
export function toJson(field: string, value: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    // A cycle or a BigInt. What JSON says of it quotes names of the value, which are of no help here.
  }
  if (json === undefined) throw requestError(field, "a value that JSON can hold", "another");
  return json;
}
