// The script of `./mini`, which is CommonJS and a classic script with the global `MsdkFriends`.

/** For dist/wasm2js.cjs beside it, so that the core is published once. No part of the API. */
export { instantiate as __wasm2js } from "../../wasm/wasm2js.js";
export * from "./mini.ts";
