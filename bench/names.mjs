// The names that tables and charts use, in their order.

export const ENGINES = { node: "Node", chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK" };

export const OURS = "msdk-friends";
export const PLAIN = "plain JavaScript";
export const STACK = "ky + zod + js-md5";

export const CONTENDERS = [OURS, PLAIN, "zod", "js-md5", "spark-md5", "hash-wasm", STACK];

/** "Chromium 156", "WebKitGTK 2.50": as much of the version as tells one release from the next. */
export function nameWithVersion({ name, version = "" }) {
  return `${name} ${/^(?:2\.\d+|\d+)?/.exec(version)[0]}`.trim();
}
