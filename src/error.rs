//! The one error of the crate: what kind it is, whether a retry can help, and where to look.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::ops::Deref;

use crate::json::{Fault, path_to, push_key};
use crate::object::Object;
use crate::text::{integer, join};

/// What an error is about, for a program to decide by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client or the game is set up wrongly.
    Config,
    /// A parameter is wrong.
    Request,
    /// The signature was refused or could not be made.
    Signature,
    /// The player has to log in again.
    Auth,
    /// The game, the caller or the player lacks a permission.
    Permission,
    /// Too many calls, or a quota is used up.
    RateLimit,
    /// The backend failed; a later call may work.
    Server,
    /// QQ or WeChat refused with a code that no table names.
    Platform,
    /// The answer did not arrive.
    Network,
    /// The answer did not arrive in time.
    Timeout,
    /// The caller ended the call.
    Aborted,
    /// The answer is not what the seed page describes.
    MalformedResponse,
    /// Anything else.
    Unknown,
}

impl ErrorKind {
    /// The kind as it is spelled in the contract, such as `rate_limit`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Config => "config",
            ErrorKind::Request => "request",
            ErrorKind::Signature => "signature",
            ErrorKind::Auth => "auth",
            ErrorKind::Permission => "permission",
            ErrorKind::RateLimit => "rate_limit",
            ErrorKind::Server => "server",
            ErrorKind::Platform => "platform",
            ErrorKind::Network => "network",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Aborted => "aborted",
            ErrorKind::MalformedResponse => "malformed_response",
            ErrorKind::Unknown => "unknown",
        }
    }

    /// What the reader of an error can do about it; empty where the message says it all.
    const fn advice(self) -> &'static str {
        match self {
            ErrorKind::Signature => {
                ". Check that the key is the one of this gameid and source, and that the body is sent byte for byte \
                 as it was signed."
            }
            ErrorKind::Auth => ". The player has to log in again.",
            ErrorKind::Permission => {
                ". Where the game lacks a permission, apply in Feiying: SDK Access, Special Permission Application."
            }
            ErrorKind::RateLimit => ". Call less often.",
            _ => "",
        }
    }
}

/// An error of the core; its fields are those of [`Details`]. Boxed, so that a `Result` is one word: in the wasm that
/// halves the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(pub(crate) Box<Details>);

/// What an [`Error`] says. Of the request it quotes names and integers, never a text. `msg`, and the message that
/// repeats it, are the backend's own text: it may echo what it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Details {
    /// What it is about.
    pub kind: ErrorKind,
    /// One or two sentences for a person.
    pub message: String,
    /// Whether the same call may work later. Endpoints that are not idempotent are never repeated whatever it says.
    pub retryable: bool,
    /// The backend's return code, when it is not 0.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub ret: Option<i64>,
    /// The backend's explanation of `ret`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub msg: Option<String>,
    /// The code of QQ or WeChat that the backend passed through in `msg`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub platform_code: Option<i64>,
    /// The backend's number for this call, for its support.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub seq: Option<String>,
    /// The parameter that is wrong, by the name that it has in every language: `gameId`, `subChannelId`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub field: Option<String>,
    /// What `field` may be.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub allowed: Option<String>,
    /// Where a document is broken, in UTF-8 bytes from its start.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub offset: Option<usize>,
    /// Which part of a document is broken, such as `lists[3].openid`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub json_path: Option<String>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: String) -> Self {
        Error(Box::new(Details {
            kind,
            message,
            retryable: false,
            ret: None,
            msg: None,
            platform_code: None,
            seq: None,
            field: None,
            allowed: None,
            offset: None,
            json_path: None,
        }))
    }

    /// A wrong parameter of a call. `given` never quotes a secret.
    #[cold]
    pub(crate) fn request(field: &str, allowed: &str, given: &str) -> Self {
        let message = join(&[field, ": expected ", allowed, ", got ", given]);
        let mut error = Error::new(ErrorKind::Request, message);
        error.0.field = Some(field.into());
        error.0.allowed = Some(allowed.into());
        error
    }

    /// The same error about the client's set-up instead of a call's parameter.
    pub(crate) fn into_config(mut self) -> Self {
        self.0.kind = ErrorKind::Config;
        self
    }

    /// The same error, with the backend's number for the call.
    pub(crate) fn with_seq(mut self, seq: Option<String>) -> Self {
        self.0.seq = seq;
        self
    }

    /// The same error, with the place in the document, in UTF-8 bytes.
    pub(crate) fn with_offset(mut self, offset: usize) -> Self {
        self.0.offset = Some(offset);
        self
    }

    /// An answer that is not what the seed page describes.
    #[cold]
    pub(crate) fn malformed(fault: Fault, document: &[u8]) -> Self {
        let mut path = path_to(document, fault.offset);
        push_key(&mut path, fault.missing.as_bytes());
        let place = if path.is_empty() { "" } else { " in " };
        let offset = integer(fault.offset as i64);
        let message = join(&["malformed response", place, &path, ": expected ", fault.expected, " at byte ", &offset]);
        let mut error = Error::new(ErrorKind::MalformedResponse, message).with_offset(fault.offset);
        error.0.json_path = (!path.is_empty()).then_some(path);
        error
    }

    /// An HTTP status outside 200 to 299, or a redirect (0 where a browser hides which), with what the answer says in `msg`.
    #[cold]
    pub(crate) fn from_status(status: u16, msg: &str) -> Self {
        let (kind, retryable) = match status {
            401 => (ErrorKind::Auth, false),
            403 => (ErrorKind::Permission, false),
            408 => (ErrorKind::Timeout, true),
            429 => (ErrorKind::RateLimit, true),
            500..=599 => (ErrorKind::Server, true),
            _ => (ErrorKind::Unknown, false),
        };
        let advice = match status {
            0 | 300..=399 => ". Redirects are never followed: check the base URL.",
            404 | 405 => ". Check the base URL.",
            // A proxy or a gateway has said why.
            403 if !msg.is_empty() => "",
            _ => kind.advice(),
        };
        let mut error = Error::new(kind, refusal("HTTP status ", status.into(), msg, advice));
        error.0.retryable = retryable;
        error
    }

    /// A `ret` that is not 0, with the backend's `msg`.
    #[cold]
    pub(crate) fn from_ret(ret: i64, msg: String) -> Self {
        let (kind, platform_code) = crate::ret::classify(ret, &msg);
        let mut error = Error::new(kind, refusal("ret ", ret, &msg, kind.advice()));
        error.0.retryable = kind == ErrorKind::Server;
        error.0.ret = Some(ret);
        error.0.msg = Some(msg);
        error.0.platform_code = platform_code;
        error
    }

    /// The error as a JSON object, its fields spelled as in the contract; absent ones are absent.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut object = Object::new();
        object.text("kind", self.kind.as_str());
        object.text("message", &self.message);
        object.boolean("retryable", self.retryable);
        object.optional_integer("ret", self.ret);
        object.optional_integer("platformCode", self.platform_code);
        object.optional_integer("offset", self.offset.map(|offset| offset as i64));
        for (name, text) in [
            ("msg", &self.msg),
            ("seq", &self.seq),
            ("field", &self.field),
            ("allowed", &self.allowed),
            ("jsonPath", &self.json_path),
        ] {
            object.optional_text(name, text.as_deref());
        }
        object.finish()
    }
}

fn refusal(what: &str, code: i64, msg: &str, advice: &str) -> String {
    let comma = if msg.is_empty() { "" } else { ", " };
    join(&[what, &integer(code), comma, msg, advice])
}

impl Deref for Error {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}

#[cfg(feature = "serde")]
impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
