//! What the tests of the C interface share: an embedder of its wasm, and every known answer as a call through it.

pub mod beside;
mod call;
pub mod known;
mod library;
#[path = "../../support/vectors.rs"]
mod vectors;

pub use call::{Argument, Call, Known, Outcome};
pub use library::{Library, PAGE, RESULT, module};

/// What the functions return, as include/msdk_friends.h has it.
pub mod status {
    pub const OK: i32 = 0;
    pub const ERROR: i32 = -1;
    pub const BAD_POINTER: i32 = -2;
    pub const BAD_TEXT: i32 = -3;
    pub const OUT_OF_MEMORY: i32 = -4;
}
