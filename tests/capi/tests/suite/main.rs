//! The C interface's wasm in wasmi: what it answers, and that nothing ends it. A trap anywhere fails (`Library::invoke`).

mod artifact;
#[path = "../../../support/chance.rs"]
mod chance;
mod dense;
mod memory;
mod pointers;
mod random;
mod room;
mod vectors;
