// What the entries share, published as one file, so that they are a few lines each and know of one another's core.

export * from "./api.ts";
export { create } from "./client.ts";
export { imports } from "./core.ts";
export { loadOnce } from "./loading.ts";
export { load } from "./web/init.ts";
