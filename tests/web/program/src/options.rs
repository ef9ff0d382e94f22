//! A client's options as the npm package spells them.

use std::collections::BTreeMap;
use std::time::Duration;

use js_sys::{Function, Promise, Reflect};
use msdk_friends::query::{FixedParameters, Os};
use msdk_friends::web::{Options, RequestCredentials, SignInput, Signer};
use msdk_friends::{Channel, Remark, SigKey};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Given {
    base_url: String,
    #[serde(default)]
    game_id: String,
    channel: u32,
    os: Option<i64>,
    source: Option<String>,
    version: Option<String>,
    conn: Option<String>,
    #[serde(default)]
    extra_query: BTreeMap<String, String>,
    #[serde(default)]
    use_remark: bool,
    timeout_ms: Option<u64>,
    total_timeout_ms: Option<u64>,
    max_retries: Option<u32>,
    max_response_bytes: Option<usize>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    credentials: Option<String>,
    /// Signs with it; without one the function `sign` does, and without that a proxy.
    key: Option<String>,
    /// Read apart.
    #[serde(rename = "sign")]
    _sign: Option<serde::de::IgnoredAny>,
}

pub fn read(options: JsValue) -> Result<Options, JsValue> {
    let sign = Reflect::get(&options, &"sign".into())?;
    let given: Given = serde_wasm_bindgen::from_value(options)?;
    let signer = match (given.key.and_then(SigKey::new), sign.dyn_into::<Function>()) {
        (Some(key), _) => Signer::key_dangerously_allow_browser(key),
        (None, Ok(sign)) => Signer::function(move |input| ask(sign.clone(), input)),
        (None, Err(_)) => Signer::proxied(),
    };
    let channel = Channel::new(given.channel).ok_or("no channel")?;
    let mut parameters = FixedParameters::new(given.game_id, channel);
    parameters.os = given.os.and_then(Os::new).unwrap_or_default();
    parameters.source = given.source.unwrap_or(parameters.source);
    parameters.version = given.version.unwrap_or_default();
    parameters.conn = given.conn.unwrap_or_default();
    parameters.extra = given.extra_query.into_iter().collect();

    let mut options = Options::new(given.base_url, parameters, signer);
    options.remark = if given.use_remark { Remark::Shown } else { Remark::Ignored };
    options.timeout = given.timeout_ms.map_or(options.timeout, Duration::from_millis);
    options.total_timeout = given.total_timeout_ms.map_or(options.total_timeout, Duration::from_millis);
    options.max_retries = given.max_retries.unwrap_or(options.max_retries);
    options.max_response_bytes = given.max_response_bytes.unwrap_or(options.max_response_bytes);
    options.headers = given.headers.into_iter().collect();
    options.credentials = given.credentials.and_then(|name| RequestCredentials::from_js_value(&name.into()));
    Ok(options)
}

/// Asks a page's function; what it throws is its text.
async fn ask(sign: Function, input: SignInput) -> Result<String, String> {
    let message = |thrown: JsValue| Reflect::get(&thrown, &"message".into()).ok()?.as_string();
    let text = |thrown: JsValue| message(thrown).unwrap_or_default();
    let (path, query, body) = (input.path.into(), input.canonical_query.into(), input.body.into());
    let sig = sign.call3(&JsValue::UNDEFINED, &path, &query, &body).map_err(text)?;
    let sig = JsFuture::from(Promise::resolve(&sig)).await.map_err(text)?;
    Ok(sig.as_string().unwrap_or_default())
}
