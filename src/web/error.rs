//! The error of a call: the core's, and what only a client knows.

use std::fmt;
use std::ops::Deref;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::error::{Details, ErrorKind};
use crate::web::redact::redact;

/// An error of the client; the fields of [`Details`], such as `kind`, `ret` and `retryable`, are its own too. It is safe
/// to log: the call's token, openids, sig and key are masked in it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Error {
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub(super) details: crate::Error,
    /// Absent where no call was made.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub endpoint: Option<&'static str>,
    /// The HTTP status, when an answer came; 0 where the browser hides a redirect.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub status: Option<u16>,
    /// How many attempts were begun; 0 when nothing was tried.
    pub attempts: u32,
    /// Whether the backend may have carried the call out: a request was handed to fetch, and no refusal came back.
    pub maybe_sent: bool,
    /// What fetch or your signer said.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub cause: Option<String>,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        crate::Error::new(kind, message.into()).into()
    }

    /// The same error, of which the same call may be free later.
    pub(super) fn retryable(mut self) -> Self {
        self.details.0.retryable = true;
        self
    }

    /// The same error about the byte at which the reading of an answer ended.
    pub(super) fn with_offset(mut self, offset: usize) -> Self {
        self.details = self.details.with_offset(offset);
        self
    }

    /// The same error with its texts masked: all that may echo what was sent.
    pub(super) fn masked(mut self, secrets: &[String]) -> Self {
        let Details { message, msg, seq, field, json_path, .. } = &mut *self.details.0;
        let optional = [msg, seq, field, json_path, &mut self.cause].map(Option::as_mut);
        for text in optional.into_iter().flatten().chain([message]) {
            *text = redacted_start(text, secrets);
        }
        self
    }
}

/// The part of a text that an error keeps, in bytes: whatever is longer is no explanation, and masking takes many times its
/// length of memory.
const MAX_KEPT: usize = 64 << 10;

/// What a character of a secret may be spelled with, in bytes.
const MAX_SPELLING: usize = 12;

/// The end of what is cut off, behind what is kept, may be the first half of a secret: it is masked, but not shown.
fn redacted_start(text: &str, secrets: &[String]) -> String {
    let behind = MAX_SPELLING * secrets.iter().map(String::len).max().unwrap_or(0);
    let masked = redact(start(text, MAX_KEPT + behind), secrets);
    let kept = if text.len() > MAX_KEPT { masked.len().saturating_sub(behind) } else { masked.len() };
    start(&masked, kept).into()
}

/// As many whole characters as so many bytes hold.
fn start(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// What a JavaScript error says.
pub(super) fn message_of(thrown: &JsValue) -> Option<String> {
    let text = |name: &str| Reflect::get(thrown, &name.into()).ok()?.as_string();
    match (text("name"), text("message")) {
        (Some(name), Some(message)) => Some(format!("{name}: {message}")),
        _ => thrown.as_string(),
    }
}

impl From<crate::Error> for Error {
    fn from(details: crate::Error) -> Self {
        Error { details, endpoint: None, status: None, attempts: 0, maybe_sent: false, cause: None }
    }
}

impl Deref for Error {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.details
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.details.fmt(f)
    }
}

impl std::error::Error for Error {}
