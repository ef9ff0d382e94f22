//! One request by fetch, and its answer as it came in.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, RequestRedirect, Response};

use crate::web::options::Settings;

#[wasm_bindgen]
unsafe extern "C" {
    // Not a method of Window, which workers have none of; looked up at each call, so that what patches it is honoured.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

/// One answer as it came in.
pub(super) struct Answer {
    pub(super) status: u16,
    retry_after: Option<String>,
    /// Absent where there are more than the client takes.
    pub(super) bytes: Option<Vec<u8>>,
}

/// Ends a request when it is dropped; one that is over does not mind.
struct EndOnDrop(AbortController);

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Posts one request. When the future is dropped, or no more of the answer is wanted, its connection is given up.
///
/// # Errors
/// What fetch threw: no whole answer came.
pub(super) async fn post(settings: &Settings, url: &str, body: &str) -> Result<Answer, JsValue> {
    let end = EndOnDrop(AbortController::new()?);
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_redirect(RequestRedirect::Manual);
    init.set_headers(&settings.headers);
    init.set_body(&body.into());
    init.set_signal(Some(&end.0.signal()));
    if let Some(credentials) = settings.credentials {
        init.set_credentials(credentials);
    }
    let response: Response = JsFuture::from(fetch(url, &init)?).await?.dyn_into()?;
    Ok(Answer {
        status: response.status(),
        retry_after: response.headers().get("retry-after")?,
        bytes: read_body(&response, settings.max_response_bytes).await?,
    })
}

/// The body; nothing where it is too large.
async fn read_body(response: &Response, max_bytes: usize) -> Result<Option<Vec<u8>>, JsValue> {
    let announced = response.headers().get("content-length")?.and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|announced| announced > max_bytes as u64) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else { return Ok(Some(bytes)) };
    let reader = ReadableStreamDefaultReader::new(&stream)?;
    loop {
        let chunk = Reflect::get(&JsFuture::from(reader.read()).await?, &"value".into())?;
        if chunk.is_undefined() {
            return Ok(Some(bytes));
        }
        let chunk: Uint8Array = chunk.dyn_into()?;
        let read = bytes.len();
        if read + chunk.length() as usize > max_bytes {
            return Ok(None);
        }
        bytes.resize(read + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[read..]);
    }
}

impl Answer {
    /// `Retry-After` in milliseconds, below 0 for a date that has passed; nothing where it says nothing.
    pub(super) fn retry_after_ms(&self) -> Option<f64> {
        let header = self.retry_after.as_deref()?;
        let seconds = header.trim();
        if !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit()) {
            // Digits without end are a time without end. Read as an integer, which is smaller in a wasm.
            return Some(seconds.parse::<u64>().map_or(f64::INFINITY, |seconds| seconds as f64 * 1000.0));
        }
        // A date on the wire ends so; what else `Date.parse` would take for one says nothing.
        let date = if header.ends_with("GMT") { js_sys::Date::parse(header) } else { f64::NAN };
        (!date.is_nan()).then(|| date - js_sys::Date::now())
    }
}
