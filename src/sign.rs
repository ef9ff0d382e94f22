//! The signature, each stage public: `sig = md5(path + "?" + canonical query + body + sigkey)` in lower-case hex.

use alloc::string::String;
use alloc::vec::Vec;

use md5::block_api::compress;

use crate::error::Error;
use crate::secret::SigKey;
use crate::text::{hex_digit, join};

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
    let mut signed = Vec::new();
    for part in [path.as_bytes(), b"?", canonical_query.as_bytes(), body.as_bytes(), key.as_bytes()] {
        signed.extend_from_slice(part);
    }
    let mut sig = Vec::with_capacity(32);
    for byte in md5(signed).iter().flat_map(|word| word.to_le_bytes()) {
        sig.extend_from_slice(&[hex_digit(byte >> 4), hex_digit(byte)]);
    }
    // SAFETY: all of it is ASCII.
    Ok(unsafe { String::from_utf8_unchecked(sig) })
}

/// The digest in four words (RFC 1321, 3.1 to 3.3). The text is at hand as a whole, so that padding it takes three
/// lines; the buffered hasher of the crate would cost the wasm another kilobyte.
fn md5(mut text: Vec<u8>) -> [u32; 4] {
    let bits = 8 * text.len() as u64;
    text.push(0x80);
    text.resize((text.len() + 8).next_multiple_of(64) - 8, 0);
    text.extend(bits.to_le_bytes());
    let mut state = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];
    compress(&mut state, text.as_chunks().0);
    state
}

fn check_path(path: &str) -> Result<(), Error> {
    if path.starts_with('/') && !path.bytes().any(|byte| byte == b'?' || byte == b'#') {
        return Ok(());
    }
    Err(Error::request("path", "a path that begins with a slash, without a query or a fragment", "another"))
}
