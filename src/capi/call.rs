//! One call: what it answers with, and how that reaches the caller.

use alloc::string::String;
use alloc::vec::Vec;
use core::ptr;

use super::memory;
use crate::error::Error;

/// What a function returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(super) enum Status {
    Ok = 0,
    /// The operation refused; the result's text is the error as JSON.
    Error = -1,
    /// A pointer and its length are not in memory that may be used so.
    BadPointer = -2,
    /// A text is not UTF-8.
    BadText = -3,
    OutOfMemory = -4,
    /// A panic, natively: a fault of this library.
    #[cfg(not(target_arch = "wasm32"))]
    Fault = -5,
}

/// What a caller gets.
#[repr(C)]
pub(super) struct MsdkResult {
    /// The caller's to free; null where there is none.
    text: *mut u8,
    length: usize,
    number: f64,
}

/// What an operation answers with.
pub(super) struct Answer {
    /// A text in two pieces, of which the first was made first: putting a long list into a longer text would take twice
    /// the memory.
    pub(super) text: Option<[Vec<u8>; 2]>,
    pub(super) number: f64,
}

impl Answer {
    pub(super) fn text(text: String) -> Self {
        Answer { text: Some([text.into_bytes(), Vec::new()]), number: 0.0 }
    }

    pub(super) fn optional(text: Option<String>) -> Self {
        text.map_or(Answer::number(0.0), Answer::text)
    }

    pub(super) fn number(number: f64) -> Self {
        Answer { text: None, number }
    }
}

/// What a call ended with.
pub(super) struct Outcome {
    pub(super) status: Status,
    pub(super) result: MsdkResult,
}

/// An operation of the core.
pub(super) type Operation<'a> = &'a dyn Fn() -> Result<Answer, Error>;

/// Runs an operation that takes at most `room` bytes of memory.
///
/// # Errors
/// `OutOfMemory` where there are not so many.
pub(super) fn run(room: usize, operation: Operation<'_>) -> Result<Outcome, Status> {
    memory::run(room, &|| match operation() {
        Ok(answer) => (Status::Ok, answer),
        Err(error) => (Status::Error, Answer::text(error.to_json())),
    })
}

/// Makes a call and writes what it gives, whatever that is.
pub(super) fn respond(result: *mut MsdkResult, call: impl FnOnce() -> Result<Outcome, Status>) -> Status {
    if !memory::holds(result.cast(), size_of::<MsdkResult>()) {
        return Status::BadPointer;
    }
    let nothing = |status| Outcome { status, result: MsdkResult { text: ptr::null_mut(), length: 0, number: 0.0 } };
    let outcome = call().unwrap_or_else(nothing);
    // SAFETY: it is the caller's memory, as was looked up; texts that were passed are no longer in use.
    unsafe { result.write_unaligned(outcome.result) };
    outcome.status
}

impl Outcome {
    /// Puts the text at `place` with a 0 behind it. There `length_of` it and one more byte are free, or used by the text
    /// itself, with nothing of it before `place`.
    ///
    /// # Safety
    /// As said.
    pub(super) unsafe fn put(status: Status, answer: &Answer, place: *mut u8) -> Self {
        let mut length = 0;
        for part in answer.text.iter().flatten() {
            // SAFETY: a piece only moves down, and what it may overwrite was moved before.
            unsafe { ptr::copy(part.as_ptr(), place.add(length), part.len()) };
            length += part.len();
        }
        let text = if answer.text.is_some() { place } else { ptr::null_mut() };
        if !text.is_null() {
            // SAFETY: as said.
            unsafe { text.add(length).write(0) };
        }
        Outcome { status, result: MsdkResult { text, length, number: answer.number } }
    }
}

/// The length of an answer's text.
pub(super) fn length_of(answer: &Answer) -> usize {
    answer.text.iter().flatten().map(Vec::len).sum()
}
