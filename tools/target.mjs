/** The Rust target of the npm binary: what set-up adds, the build compiles for and clippy checks. */
export const wasmTarget = "wasm32-unknown-unknown";
