/**
 * The Rust target of the npm binary: WebAssembly 1.0 with mutable globals and nothing newer, which every host has. Set-up
 * adds it, the build compiles for it, clippy checks it.
 */
export const wasmTarget = "wasm32v1-none";

/** The Rust target of programs in pages, with a standard library: what the feature `web` is for. */
export const pageTarget = "wasm32-unknown-unknown";
