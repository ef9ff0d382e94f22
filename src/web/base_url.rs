//! Where calls may be sent.

use js_sys::RegExp;

use crate::error::Error;
use crate::query::Sender;
use crate::web::surroundings::has_origin;

// As in pkg/src/base-url.ts, which says why; tests/web holds the two to each other.
const HTTPS_OR_LOOPBACK: &str = r"^(https:\/\/([\w.-]+|\[[\da-f:.]+\])|http:\/\/(([\w.-]+\.)?localhost|127(\.\d{1,3}){3}|\[::1\]))(:[0-6]?\d{1,4})?(\/[^?#\\\s]*)?$";
const PATH: &str = r"^\/(?!\/)[^?#\\\s]*$";
const PLATFORM: &str = r"^https:\/\/(\w+\.)?(itop\.qq|itopsdk)\.com\.?([:/]|$)";

/// # Errors
/// `request`: another address; the platform's own, which takes signed calls only, where a proxy signs.
pub(super) fn check(base_url: &str, sender: Sender) -> Result<(), Error> {
    let is_allowed = matches(HTTPS_OR_LOOPBACK, base_url) || (has_origin() && matches(PATH, base_url));
    if is_allowed && !(sender == Sender::Proxied && matches(PLATFORM, base_url)) {
        return Ok(());
    }
    let allowed = "an https URL (of your proxy with Signer::proxied()), http on loopback, or in a page a path such as \
                   \"/msdk\"";
    Err(Error::request("base_url", allowed, "another"))
}

fn matches(pattern: &str, text: &str) -> bool {
    RegExp::new(pattern, "i").test(text)
}
