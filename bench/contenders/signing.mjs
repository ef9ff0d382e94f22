// Four ways to sign one request: canonical query, then md5 of path, query, body and key.

import { createMD5 } from "hash-wasm";
import { md5 } from "js-md5";
import { sign } from "msdk-friends";
import SparkMD5 from "spark-md5";
import { canonicalQuery } from "./canonical.mjs";

const signedText = ({ path, query, body, key }) => `${path}?${canonicalQuery(query)}${body}${key}`;

/** hash-wasm makes its hasher asynchronously, once; after that it is used synchronously, which is its fastest. */
export async function requestSigners() {
  const hasher = await createMD5();
  return {
    "msdk-friends": sign,
    "js-md5": (request) => md5(signedText(request)),
    "spark-md5": (request) => SparkMD5.hash(signedText(request)),
    "hash-wasm": (request) => hasher.init().update(signedText(request)).digest("hex"),
  };
}
