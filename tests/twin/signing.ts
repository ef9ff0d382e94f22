// sig = md5(path + "?" + canonical query + body + key), by node:crypto.

import { createHash } from "node:crypto";
import { requestError } from "./errors.ts";

const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;

/** Every parameter but `sig`, sorted by name, empty values kept. */
export function canonicalQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = [];
  // Names are ASCII, so the order of UTF-16 code units is the order of bytes.
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (value === undefined) continue;
    const text = typeof value === "number" ? String(value) : value;
    if (name === "" || name === "sig" || !UNRESERVED.test(name)) throw requestError(name);
    if (typeof text !== "string" || !UNRESERVED.test(text)) throw requestError(name);
    pairs.push(`${name}=${text}`);
  }
  return pairs.join("&");
}

export function canonicalText(path: string, canonical: string, body: string): string {
  return `${path}?${canonical}${body}`;
}

export function sign(path: string, canonical: string, body: string, key: string): string {
  return createHash("md5")
    .update(canonicalText(path, canonical, body) + key, "utf8")
    .digest("hex");
}
