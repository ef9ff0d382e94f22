import { encode } from "#host/codec.ts";

/** The bytes of an answer, a string's as UTF-8; nothing of anything else. */
export function bytesOf(answer: unknown): Uint8Array | undefined {
  if (typeof answer === "string") return encode(withoutLoneSurrogates(answer));
  try {
    if (ArrayBuffer.isView(answer))
      return new Uint8Array(answer.buffer, answer.byteOffset, answer.byteLength);
    // Not instanceof: the buffer may come from another realm.
    if (Object.prototype.toString.call(answer) === "[object ArrayBuffer]")
      return new Uint8Array(answer as ArrayBuffer);
  } catch {
    // Its memory has been handed to somebody else.
  }
  return undefined;
}

/** Lone surrogates as JSON's escapes: encoding would make valid text of them, which an identifier may not become. */
function withoutLoneSurrogates(text: string): string {
  return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (found) =>
    found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16)}`,
  );
}
