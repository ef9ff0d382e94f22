// What every entry for hosts with fetch exports besides `init` and `createClient`.

export * from "../api.ts";
export type { Init, WasmModule, WasmSource } from "./init.ts";
