//! A signing key that cannot be printed by accident.

use alloc::string::String;
use core::fmt;

/// A game's signing key (sigkey). `Debug` shows that there is one, never what it is; there is no `Display`.
///
/// ```
/// let key = msdk_friends::SigKey::new("not-a-real-key").unwrap();
/// assert_eq!(format!("{key:?}"), "SigKey(…)");
/// ```
pub struct SigKey(String);

impl SigKey {
    /// The key, or `None` when it is empty: an empty key signs nothing.
    pub fn new(key: impl Into<String>) -> Option<Self> {
        let key = key.into();
        (!key.is_empty()).then_some(SigKey(key))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for SigKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigKey(…)")
    }
}
