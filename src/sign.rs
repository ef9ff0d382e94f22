//! The signature, each stage public: `sig = md5(path + "?" + canonical query + body + sigkey)` in lower-case hex.

use alloc::string::String;

use md5::{Digest, Md5};

use crate::error::Error;
use crate::secret::SigKey;
use crate::text::{LOWER_HEX, hex, join};

/// The text that is signed, all but the key.
///
/// # Errors
/// `request`: a path that does not begin with a slash, or that holds a query or a fragment.
pub fn canonical_text(path: &str, canonical_query: &str, body: &str) -> Result<String, Error> {
    check_path(path)?;
    Ok(join(&[path, "?", canonical_query, body]))
}

/// The signature of one request, 32 lower-case hex digits.
///
/// ```
/// use msdk_friends::{SigKey, sign};
/// let key = SigKey::new("itopsigkey123456").unwrap();
/// let query = "channelid=2&gameid=12&os=1&ts=1700000000";
/// let body = r#"{"token":"T0","openid":"10001"}"#;
/// let sig = sign::signature("/v2/profile/get_sopenid", query, body, &key).unwrap();
/// assert_eq!(sig, "8e5bcdac787ff00d445cd612066ad8fe");
/// ```
///
/// # Errors
/// As [`canonical_text`].
pub fn signature(path: &str, canonical_query: &str, body: &str, key: &SigKey) -> Result<String, Error> {
    check_path(path)?;
    let mut md5 = Md5::new();
    for part in [path.as_bytes(), b"?", canonical_query.as_bytes(), body.as_bytes(), key.as_bytes()] {
        md5.update(part);
    }
    Ok(to_hex(&md5.finalize()))
}

fn check_path(path: &str) -> Result<(), Error> {
    if path.starts_with('/') && !path.bytes().any(|byte| byte == b'?' || byte == b'#') {
        return Ok(());
    }
    Err(Error::request("path", "a path that begins with a slash, without a query or a fragment", "another"))
}

fn to_hex(digest: &[u8]) -> String {
    let mut text = String::with_capacity(2 * digest.len());
    for &byte in digest {
        text.extend(hex(byte, LOWER_HEX));
    }
    text
}
