/**
 * The Rust target of the npm binary: WebAssembly 1.0 with mutable globals and nothing newer, which every host has. Set-up
 * adds it, the build compiles for it, clippy checks it.
 */
export const wasmTarget = "wasm32v1-none";
