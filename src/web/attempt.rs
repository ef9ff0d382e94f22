//! One attempt of a call, stamped and signed anew.

use crate::error::ErrorKind;
use crate::web::answer::{Answer, post};
use crate::web::call::Call;
use crate::web::error::{Error, message_of};
use crate::web::signer::SignInput;

impl Call<'_> {
    pub(super) async fn attempt(&self, seq: &str, body: &str) -> Result<Answer, Error> {
        self.attempts.set(self.attempts.get() + 1);
        let url = self.signed_url(seq, body).await?;
        self.maybe_sent.set(true);
        post(self.settings, &url, body).await.map_err(|thrown| {
            let message = "no whole answer arrived: the server cannot be reached, or in a page CORS forbids it";
            Error { cause: message_of(&thrown), ..Error::new(ErrorKind::Network, message).retryable() }
        })
    }

    async fn signed_url(&self, seq: &str, body: &str) -> Result<String, Error> {
        let (settings, path) = (self.settings, self.endpoint.path);
        let ts = (js_sys::Date::now() / 1000.0).floor() as i64;
        let canonical_query = settings.parameters.of_attempt(settings.signer.sender(), seq, ts)?;
        let mut url = format!("{}{path}?{canonical_query}", settings.base_url);
        if let Some(sig) = settings.signer.sign(SignInput { path, canonical_query, body: body.into() }).await? {
            url.push_str("&sig=");
            url.push_str(&sig);
            self.secrets.borrow_mut().push(sig);
        }
        Ok(url)
    }
}
