// UTF-8, by the host.

const encoder = /* @__PURE__ */ lazily(() => new TextEncoder());
// A byte order mark in front is part of a name here.
const decoder = /* @__PURE__ */ lazily(() => new TextDecoder("utf-8", { ignoreBOM: true }));

/** A host without one must be able to import this file, and an import has no effects. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export const encode = (text: string): Uint8Array => encoder().encode(text);

/** Writes the text, and gives its length in bytes. */
export function encodeInto(text: string, into: Uint8Array): number {
  // Older hosts encode only into bytes of their own.
  if (typeof encoder().encodeInto === "function") return encoder().encodeInto(text, into).written;
  const bytes = encode(text);
  into.set(bytes);
  return bytes.length;
}

export const decode = (bytes: Uint8Array | undefined): string => decoder().decode(bytes);
