//! What a client and a call can be told, and the checks of it.

use std::time::Duration;

use web_sys::{AbortSignal, Headers, RequestCredentials};

use crate::endpoint::Remark;
use crate::error::Error;
use crate::json::MAX_BYTES;
use crate::query::FixedParameters;
use crate::web::base_url;
use crate::web::signer::Signer;

/// The longest wait that a timer takes, in milliseconds; one above it fires at once.
const MAX_TIMEOUT_MS: u32 = (1 << 31) - 1;
const MAX_RETRIES: u32 = 100;

/// The options of a [`Client`](crate::web::Client). [`Options::new`] takes what has no default; the rest is there to be
/// changed.
#[non_exhaustive]
pub struct Options {
    /// Where the calls go: an https URL, http on loopback, or in a page a path such as "/msdk". A path in it is never
    /// signed. Redirects are never followed.
    pub base_url: String,
    /// What every query holds. A proxy adds `os` and `gameid` itself.
    pub parameters: FixedParameters,
    /// Who signs.
    pub signer: Signer,
    /// Whether a friend's remark is shown as the name; [`Remark::Ignored`] by default.
    pub remark: Remark,
    /// For one attempt, its signer and its body included; 5 seconds by default.
    pub timeout: Duration,
    /// For a call with all its attempts and waits; 10 seconds by default.
    pub total_timeout: Duration,
    /// How many attempts may follow the first of a call that may be repeated; 2 by default, at most 100.
    pub max_retries: u32,
    /// More of an answer is not read; 16 MiB by default, at most 256 MiB.
    pub max_response_bytes: usize,
    /// Headers of your own, for every request. For others, such as after a new login, make another client.
    pub headers: Vec<(String, String)>,
    /// As fetch takes it, which by default sends cookies to the page's own origin.
    pub credentials: Option<RequestCredentials>,
}

impl Options {
    /// The defaults, for calls to `base_url`.
    pub fn new(base_url: impl Into<String>, parameters: FixedParameters, signer: Signer) -> Self {
        Options {
            base_url: base_url.into(),
            parameters,
            signer,
            remark: Remark::Ignored,
            timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(10),
            max_retries: 2,
            max_response_bytes: 16 << 20,
            headers: Vec::new(),
            credentials: None,
        }
    }
}

/// The options of one call, for which `CallOptions::default()` has nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// `seq`: your number for the call; characters of `A-Z a-z 0-9 - . _ ~`.
    pub seq: String,
    /// For one attempt, instead of the client's.
    pub timeout: Option<Duration>,
    /// Ends the call. Dropping the call's future does too, without a word.
    pub signal: Option<AbortSignal>,
}

/// A client's options, checked.
pub(super) struct Settings {
    /// Without a slash at its end.
    pub(super) base_url: String,
    pub(super) parameters: FixedParameters,
    pub(super) signer: Signer,
    pub(super) remark: Remark,
    /// In milliseconds, like the next.
    pub(super) timeout: u32,
    pub(super) total_timeout: u32,
    pub(super) max_retries: u32,
    pub(super) max_response_bytes: usize,
    pub(super) headers: Headers,
    pub(super) credentials: Option<RequestCredentials>,
}

impl Settings {
    /// # Errors
    /// `config`, naming the option.
    pub(super) fn new(options: Options) -> Result<Self, Error> {
        let Options { base_url, parameters, signer, max_retries, max_response_bytes, .. } = options;
        base_url::check(&base_url, signer.sender()).map_err(Error::into_config)?;
        parameters.of_attempt(signer.sender(), "", 0)?;
        if max_retries > MAX_RETRIES {
            return Err(wrong("max_retries", "at most 100", "more"));
        }
        if !(1..=MAX_BYTES).contains(&max_response_bytes) {
            return Err(wrong("max_response_bytes", "1 byte to 256 MiB", "another"));
        }
        Ok(Settings {
            base_url: base_url.trim_end_matches('/').into(),
            parameters,
            signer,
            remark: options.remark,
            timeout: milliseconds("timeout", options.timeout).map_err(Error::into_config)?,
            total_timeout: milliseconds("total_timeout", options.total_timeout).map_err(Error::into_config)?,
            max_retries,
            max_response_bytes,
            headers: headers(&options.headers)?,
            credentials: options.credentials,
        })
    }
}

fn wrong(option: &str, allowed: &str, given: &str) -> Error {
    Error::request(option, allowed, given).into_config()
}

/// # Errors
/// `request`: no milliseconds, or more than a timer takes.
pub(super) fn milliseconds(field: &str, duration: Duration) -> Result<u32, Error> {
    match u32::try_from(duration.as_millis()) {
        Ok(milliseconds @ 1..=MAX_TIMEOUT_MS) => Ok(milliseconds),
        _ => Err(Error::request(field, "1 to 2147483647 milliseconds", "another duration")),
    }
}

/// The caller's own headers, as the browser takes them, and the one that is always sent.
fn headers(own: &[(String, String)]) -> Result<Headers, Error> {
    let refused = |_| wrong("headers", "names and values that headers can carry", "others");
    let headers = Headers::new().map_err(refused)?;
    for (name, value) in own {
        headers.append(name, value).map_err(refused)?;
    }
    headers.set("content-type", "application/json").map_err(refused)?;
    Ok(headers)
}
