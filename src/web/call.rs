//! One call with all its attempts and waits.

use std::cell::{Cell, RefCell};

use crate::answer::Reply;
use crate::endpoint::{Endpoint, Prepared, Rules};
use crate::error::ErrorKind;
use crate::retry::{self, Failure};
use crate::web::answer::Answer;
use crate::web::error::Error;
use crate::web::options::{CallOptions, Settings, milliseconds};
use crate::web::within::{Timer, aborted, timeout, within};

/// Reads an answer, and keeps what it says.
pub(super) type Read<'r> = dyn FnMut(&Reply<'_>, Rules) -> Result<(), crate::Error> + 'r;

/// A call, and what is known of it so far. Cells, since what has begun is dropped at the end of its time.
pub(super) struct Call<'a> {
    pub(super) settings: &'a Settings,
    pub(super) endpoint: Endpoint,
    pub(super) attempts: Cell<u32>,
    pub(super) maybe_sent: Cell<bool>,
    /// What errors must not show.
    pub(super) secrets: RefCell<Vec<String>>,
}

impl<'a> Call<'a> {
    pub(super) fn new(settings: &'a Settings, endpoint: Endpoint, mut secrets: Vec<String>) -> Self {
        secrets.extend(settings.signer.secret());
        let (attempts, maybe_sent) = (Cell::new(0), Cell::new(false));
        Call { settings, endpoint, attempts, maybe_sent, secrets: RefCell::new(secrets) }
    }

    /// Runs the call.
    pub(super) async fn run(
        &self,
        prepared: Result<Prepared, crate::Error>,
        options: CallOptions,
        read: &mut Read<'_>,
    ) -> Result<(), Error> {
        self.run_unmasked(prepared, options, read).await.map_err(|error| self.told(error))
    }

    /// For a read that kept nothing.
    pub(super) fn no_answer(&self) -> Error {
        self.told(Error::new(ErrorKind::Unknown, "the call failed"))
    }

    fn told(&self, error: Error) -> Error {
        Error {
            endpoint: Some(self.endpoint.name),
            attempts: self.attempts.get(),
            maybe_sent: self.maybe_sent.get(),
            ..error.masked(&self.secrets.borrow())
        }
    }

    async fn run_unmasked(
        &self,
        prepared: Result<Prepared, crate::Error>,
        options: CallOptions,
        read: &mut Read<'_>,
    ) -> Result<(), Error> {
        let CallOptions { seq, timeout: own_timeout, signal } = options;
        let attempt_ms = own_timeout.map_or(Ok(self.settings.timeout), |own| milliseconds("timeout", own))?;
        let prepared = prepared?;
        // Before the first attempt, so that a wrong seq sends nothing.
        self.settings.parameters.of_attempt(self.settings.signer.sender(), &seq, 0)?;

        let in_time = within(
            timeout("total_timeout", self.settings.total_timeout),
            self.repeat(&prepared, &seq, attempt_ms, read),
        );
        within(aborted(signal.as_ref()), in_time).await
    }

    /// Attempts until one succeeds or none may follow.
    async fn repeat(&self, prepared: &Prepared, seq: &str, attempt_ms: u32, read: &mut Read<'_>) -> Result<(), Error> {
        let ends_at = js_sys::Date::now() + f64::from(self.settings.total_timeout);
        loop {
            let before = self.maybe_sent.get();
            let answer = within(timeout("timeout", attempt_ms), self.attempt(seq, &prepared.body)).await;
            let retry_after_ms = answer.as_ref().ok().and_then(Answer::retry_after_ms);
            let failure = match answer.and_then(|answer| self.read(answer, prepared, read)) {
                Ok(()) => return Ok(()),
                Err(failure) => failure,
            };
            if is_refusal(&failure) {
                self.maybe_sent.set(before);
            }
            let delay_ms = retry::delay_ms(Failure {
                repeatable: self.endpoint.idempotent && failure.retryable,
                attempt: self.attempts.get(),
                max_retries: self.settings.max_retries,
                retry_after_ms,
                left_ms: ends_at - js_sys::Date::now(),
                random: js_sys::Math::random(),
            });
            match delay_ms {
                Some(delay_ms) => Timer::new(delay_ms).await,
                None => return Err(failure),
            }
        }
    }

    fn read(&self, answer: Answer, prepared: &Prepared, read: &mut Read<'_>) -> Result<(), Error> {
        let Answer { status, bytes, .. } = answer;
        let max = self.settings.max_response_bytes;
        let rules = Rules { channel: prepared.channel, remark: self.settings.remark };
        let outcome = match bytes {
            // An error's status says enough.
            None if status < 400 => {
                let message = format!("malformed response: larger than max_response_bytes ({max})");
                Err(Error::new(ErrorKind::MalformedResponse, message).with_offset(max))
            }
            bytes => read(&Reply { status, bytes: &bytes.unwrap_or_default() }, rules).map_err(Error::from),
        };
        outcome.map_err(|error| Error { status: Some(status), ..error })
    }
}

/// Whether the call was not carried out: the statuses from 400 on that mean nothing else say so too.
fn is_refusal(failure: &Error) -> bool {
    use ErrorKind::{Auth, Config, Permission, RateLimit, Request, Signature, Unknown};
    match failure.kind {
        Config | Request | Signature | Auth | Permission | RateLimit => true,
        Unknown => matches!(failure.status, Some(400..)),
        _ => false,
    }
}
