//! Who signs.

use std::fmt::{self, Display};
use std::future::Future;
use std::pin::Pin;

use crate::error::ErrorKind;
use crate::query::Sender;
use crate::secret::SigKey;
use crate::sign;
use crate::web::error::Error;
use crate::web::surroundings::is_page_like;

/// What is signed: path, "?", query and body, then the key. The body holds the player's token.
#[non_exhaustive]
pub struct SignInput {
    /// The endpoint's path.
    pub path: &'static str,
    /// Every parameter but `sig`, sorted.
    pub canonical_query: String,
    /// The body, byte for byte.
    pub body: String,
}

/// Who signs a client's calls.
pub struct Signer(Way);

enum Way {
    Proxied,
    Key(SigKey),
    Function(Box<Function>),
}

/// An error is its text.
type Function = dyn Fn(SignInput) -> Pin<Box<dyn Future<Output = Result<String, String>>>>;

impl Signer {
    /// A proxy of yours at the client's `base_url`, which adds game, time and signature.
    pub fn proxied() -> Self {
        Signer(Way::Proxied)
    }

    /// A function of yours, such as one that asks your backend. It returns the sig, 32 hex digits, and runs inside the
    /// attempt's timeout, at whose end its future is dropped. An error is of the kind `signature`.
    pub fn function<F, E>(sign: impl Fn(SignInput) -> F + 'static) -> Self
    where
        F: Future<Output = Result<String, E>> + 'static,
        E: Display,
    {
        Signer(Way::Function(Box::new(move |input| {
            let sig = sign(input);
            Box::pin(async move { sig.await.map_err(|error| error.to_string()) })
        })))
    }

    /// The game's key, in this program: for servers and tools.
    ///
    /// # Errors
    /// `config` in a page and its workers, where everyone could read the key.
    pub fn key(key: SigKey) -> Result<Self, Error> {
        if is_page_like() {
            let allowed = "Signer::proxied() or Signer::function(…), since everyone could read the key (a local tool may \
                           use Signer::key_dangerously_allow_browser)";
            return Err(crate::Error::request("signer", allowed, "Signer::key in a page").into_config().into());
        }
        Ok(Signer::key_dangerously_allow_browser(key))
    }

    /// The game's key, also in a page. Only for tools of your own that nobody else loads.
    pub fn key_dangerously_allow_browser(key: SigKey) -> Self {
        Signer(Way::Key(key))
    }

    pub(super) fn sender(&self) -> Sender {
        match self.0 {
            Way::Proxied => Sender::Proxied,
            Way::Key(_) | Way::Function(_) => Sender::Signer,
        }
    }

    /// The key, to be masked in errors.
    pub(super) fn secret(&self) -> Option<String> {
        match &self.0 {
            Way::Key(key) => Some(String::from_utf8_lossy(key.as_bytes()).into()),
            Way::Proxied | Way::Function(_) => None,
        }
    }

    /// The signature; nothing where a proxy makes it.
    pub(super) async fn sign(&self, input: SignInput) -> Result<Option<String>, Error> {
        match &self.0 {
            Way::Proxied => Ok(None),
            Way::Key(key) => Ok(Some(sign::signature(input.path, &input.canonical_query, &input.body, key)?)),
            Way::Function(function) => match function(input).await {
                Ok(sig) if is_sig(&sig) => Ok(Some(sig.to_ascii_lowercase())),
                Ok(_) => Err(no_sig(None)),
                Err(cause) => Err(no_sig(Some(cause))),
            },
        }
    }
}

fn is_sig(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn no_sig(cause: Option<String>) -> Error {
    let message = "the signer did not return the sig of path, canonical query and body, 32 hex digits";
    Error { cause, ..Error::new(ErrorKind::Signature, message) }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Way::Proxied => "Signer::proxied()",
            Way::Key(_) => "Signer::key(…)",
            Way::Function(_) => "Signer::function(…)",
        })
    }
}
