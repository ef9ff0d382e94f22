//! Whether a failed attempt is repeated, and after which wait. A pure function: the caller brings clock and chance.

/// The wait after the first failed attempt is chance times this, in milliseconds.
const FIRST_MS: f64 = 300.0;
/// No wait is longer, unless the backend asks for it.
const LONGEST_MS: f64 = 5000.0;

/// One failed attempt of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failure {
    /// Whether the endpoint may be called twice and the error may pass.
    pub repeatable: bool,
    /// Which attempt failed, from 1.
    pub attempt: u32,
    /// How many attempts may follow the first.
    pub max_retries: u32,
    /// What the backend's `Retry-After` asks for, in milliseconds.
    pub retry_after_ms: Option<f64>,
    /// How much of the call's total time is left, in milliseconds.
    pub left_ms: f64,
    /// Chance, from 0 to 1.
    pub random: f64,
}

/// The wait before the next attempt in milliseconds, or `None` when the call has failed. Exponential with full
/// jitter, so that clients that failed together do not come back together; `Retry-After` is honoured, and one beyond
/// the total time fails at once.
#[must_use]
pub fn delay_ms(failure: Failure) -> Option<f64> {
    if !failure.repeatable || failure.attempt > failure.max_retries {
        return None;
    }
    let doublings = failure.attempt.saturating_sub(1).min(16);
    let backoff = (FIRST_MS * f64::from(1u32 << doublings)).min(LONGEST_MS) * failure.random;
    // A date in the past is a wait of nothing.
    let delay = failure.retry_after_ms.unwrap_or(backoff).max(0.0);
    (delay < failure.left_ms).then_some(delay)
}
