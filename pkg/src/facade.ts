// What the entries share, published as one file, so that they are a few lines each and know of one another's core.

export * from "./api.ts";
export { expect, object } from "./arguments.ts";
export { isBaseUrl } from "./base-url.ts";
export { create } from "./client.ts";
export { imports, prepare, query, sign as signCanonical } from "./core.ts";
export { argumentError, typeName } from "./errors.ts";
export { loadOnce } from "./loading.ts";
export { isWholeNumber } from "./options.ts";
export { answerOf, readBody } from "./transport.ts";
export { load } from "./web/init.ts";
export { MAX_TIMEOUT_MS, within } from "./within.ts";
