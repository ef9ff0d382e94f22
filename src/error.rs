//! The one error of the crate: what kind it is, whether a retry can help, and where to look.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::json::Fault;
use crate::text::integer;

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
                "Check that the key is the one of this gameid and source, and that the body is sent byte for byte \
                 as it was signed."
            }
            ErrorKind::Auth => "The player has to log in again.",
            ErrorKind::Permission => {
                "Apply for the channel's relation permission in Feiying: SDK Access, Special Permission Application."
            }
            ErrorKind::RateLimit => "Call less often.",
            _ => "",
        }
    }
}

/// An error of the core. It never holds a token, a key, a signature or a player's openid of the request; `msg` is the
/// backend's own text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Error {
    /// What it is about.
    pub kind: ErrorKind,
    /// One or two sentences for a person.
    pub message: String,
    /// Whether the same call may work later. Endpoints that are not idempotent are never repeated whatever it says.
    pub retryable: bool,
    /// The backend's return code, when it is not 0.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "Option::is_none", serialize_with = "crate::double::optional")
    )]
    pub ret: Option<i64>,
    /// The backend's explanation of `ret`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub msg: Option<String>,
    /// The code of QQ or WeChat that the backend passed through in `msg`.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "Option::is_none", serialize_with = "crate::double::optional")
    )]
    pub platform_code: Option<i64>,
    /// The backend's number for this call, for its support.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub seq: Option<String>,
    /// The parameter that is wrong, by the caller's name for it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub field: Option<String>,
    /// What `field` may be.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub allowed: Option<String>,
    /// Where a document is broken, in UTF-8 bytes from its start.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "Option::is_none", serialize_with = "crate::double::offset")
    )]
    pub offset: Option<usize>,
    /// Which part of a document is broken, such as `lists[3].openid`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub json_path: Option<String>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error {
            kind,
            message: message.into(),
            retryable: false,
            ret: None,
            msg: None,
            platform_code: None,
            seq: None,
            field: None,
            allowed: None,
            offset: None,
            json_path: None,
        }
    }

    /// A wrong parameter of a call. `given` never quotes a secret.
    pub(crate) fn request(field: &str, allowed: &str, given: &str) -> Self {
        Error {
            field: Some(field.into()),
            allowed: Some(allowed.into()),
            ..Error::new(ErrorKind::Request, [field, ": expected ", allowed, ", got ", given].concat())
        }
    }

    /// The same error about a field of the object `parent`.
    pub(crate) fn inside(self, parent: &str) -> Self {
        Error {
            field: self.field.map(|field| [parent, ".", &field].concat()),
            message: [parent, ".", &self.message].concat(),
            ..self
        }
    }

    /// The same error about the client's set-up instead of a call's parameter.
    pub(crate) fn into_config(self) -> Self {
        Error { kind: ErrorKind::Config, ..self }
    }

    /// An answer that is not what the seed page describes.
    pub(crate) fn malformed(fault: Fault) -> Self {
        let mut message = String::from("malformed response");
        if !fault.path.is_empty() {
            message = message + " in " + &fault.path;
        }
        message = message + ": expected " + fault.problem + " at byte " + &integer(fault.offset as i64);
        Error {
            offset: Some(fault.offset),
            json_path: (!fault.path.is_empty()).then_some(fault.path),
            ..Error::new(ErrorKind::MalformedResponse, message)
        }
    }

    /// An HTTP status outside 200 to 299, or a redirect (0 where a browser hides which).
    pub(crate) fn from_status(status: u16) -> Self {
        let (kind, retryable) = match status {
            401 => (ErrorKind::Auth, false),
            403 => (ErrorKind::Permission, false),
            408 => (ErrorKind::Timeout, true),
            429 => (ErrorKind::RateLimit, true),
            500..=599 => (ErrorKind::Server, true),
            _ => (ErrorKind::Unknown, false),
        };
        let mut message = String::from("HTTP status ");
        message.push_str(&integer(status.into()));
        match status {
            0 | 300..=399 => message.push_str(": redirects are never followed. Check the base URL."),
            404 | 405 => message.push_str(". Check the base URL."),
            _ => push_sentence(&mut message, kind.advice()),
        }
        Error { retryable, ..Error::new(kind, message) }
    }

    /// A `ret` that is not 0, with the backend's `msg`.
    pub(crate) fn from_ret(ret: i64, msg: Cow<'_, str>, seq: Option<String>) -> Self {
        let (kind, platform_code) = crate::ret::classify(ret, &msg);
        let mut message = String::from("ret ") + &integer(ret);
        if !msg.is_empty() {
            message = message + ", " + &msg;
        }
        push_sentence(&mut message, kind.advice());
        Error {
            retryable: kind == ErrorKind::Server,
            ret: Some(ret),
            msg: Some(msg.into_owned()),
            platform_code,
            seq,
            ..Error::new(kind, message)
        }
    }
}

fn push_sentence(message: &mut String, sentence: &str) {
    if !sentence.is_empty() {
        message.push_str(". ");
        message.push_str(sentence);
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}
