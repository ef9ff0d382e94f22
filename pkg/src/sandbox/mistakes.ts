import { createHash } from "node:crypto";
import { canonicalQuery, joined, signedParameters } from "./query.ts";
import type { SignedRequest } from "./signature.ts";

/** The mistake that explains a wrong sig, in words, or `undefined`. */
export function mistakeIn(request: SignedRequest, key: string, sig: string): string | undefined {
  return MISTAKES.find(({ made }) => md5(made(request, key)) === sig)?.words;
}

interface Mistake {
  readonly words: string;
  /** What is hashed by someone who makes it. */
  made(request: SignedRequest, key: string): readonly (string | Buffer)[];
}

const MISTAKES: readonly Mistake[] = [
  {
    words: "the parameters were signed in the order sent; sort them by name",
    made: (r, key) => [head(r.path, joined(signedParameters(r.parameters))), r.body, key],
  },
  {
    words: "parameters with an empty value were left out; they are signed too, as name=",
    made: (r, key) => [
      head(r.path, canonicalQuery(r.parameters.filter(({ value }) => value !== ""))),
      r.body,
      key,
    ],
  },
  {
    words: "the values were signed percent-decoded; sign the bytes that are sent",
    made: (r, key) => [head(r.path, decoded(canonicalQuery(r.parameters))), r.body, key],
  },
  {
    words: "the ? between path and query was not signed",
    made: (r, key) => [r.path + canonicalQuery(r.parameters), r.body, key],
  },
  {
    words: "the body was not signed",
    made: (r, key) => [head(r.path, canonicalQuery(r.parameters)), key],
  },
  {
    words: "the key was not signed",
    made: (r) => [head(r.path, canonicalQuery(r.parameters)), r.body],
  },
  {
    words: "the key was signed before the body; that is the scheme of /v2/auth, not of these endpoints",
    made: (r, key) => [head(r.path, canonicalQuery(r.parameters)), key, r.body],
  },
  {
    words: "the key ends in a line break; trim what was read from the file",
    made: (r, key) => [head(r.path, canonicalQuery(r.parameters)), r.body, `${key}\n`],
  },
  {
    words: "the body was signed as one byte per character; sign its UTF-8 bytes",
    made: (r, key) => [
      head(r.path, canonicalQuery(r.parameters)),
      Buffer.from(r.body.toString("utf8"), "latin1"),
      key,
    ],
  },
  {
    words: "the body was written again after signing (blanks differ); sign the text that is sent",
    made: (r, key) => [head(r.path, canonicalQuery(r.parameters)), compact(r.body), key],
  },
];

function md5(parts: readonly (string | Buffer)[]): string {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function head(path: string, query: string): string {
  return `${path}?${query}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compact(body: Buffer): Buffer {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(body.toString("utf8"))));
  } catch {
    return body;
  }
}
