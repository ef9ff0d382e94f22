//! A door to the Rust client for tests in a page: takes and gives the objects that the npm package takes and gives.
#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

mod calls;
mod options;
mod pure;
mod running;

use msdk_friends::web::{Client, Signer};
use msdk_friends::{SigKey, sign};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use calls::Call;
pub use running::Running;

/// Throws "unrepresentable" where Rust's types cannot hold the input.
#[wasm_bindgen]
pub async fn call(options: JsValue, endpoint: String, input: JsValue, call: JsValue) -> Result<JsValue, JsValue> {
    let call = Call::new(&endpoint, input, call)?;
    let client = client(options)?;
    call.make(&client).await.map_err(|error| thrown(&error))
}

/// A call whose future can be dropped.
#[wasm_bindgen]
pub fn start(options: JsValue, endpoint: String, input: JsValue) -> Result<Running, JsValue> {
    let call = Call::new(&endpoint, input, JsValue::UNDEFINED)?;
    let client = client(options)?;
    Ok(Running::start(async move { drop(call.make(&client).await) }))
}

/// Makes a client, throws its error.
#[wasm_bindgen(js_name = checkOptions)]
pub fn check_options(options: JsValue) -> Result<(), JsValue> {
    client(options).map(drop)
}

/// The signer for a key, refused in a page.
#[wasm_bindgen(js_name = keySigner)]
pub fn key_signer(key: String) -> Result<(), JsValue> {
    let key = SigKey::new(key).ok_or("an empty key")?;
    Signer::key(key).map(drop).map_err(|error| thrown(&error))
}

/// The signature as the core makes it.
#[wasm_bindgen]
pub fn sig(path: &str, canonical_query: &str, body: &str, key: String) -> Option<String> {
    sign::signature(path, canonical_query, body, &SigKey::new(key)?).ok()
}

/// An error with everything that it prints.
#[derive(Serialize)]
struct Thrown<'e> {
    #[serde(flatten)]
    error: &'e msdk_friends::web::Error,
    debug: String,
    display: String,
}

fn thrown(error: &msdk_friends::web::Error) -> JsValue {
    plain(&Thrown { error, debug: format!("{error:?}"), display: error.to_string() })
}

fn client(options: JsValue) -> Result<Client, JsValue> {
    Client::new(options::read(options)?).map_err(|error| thrown(&error))
}

/// As plain objects, where what is absent is absent.
fn plain(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).unwrap_or_else(|error| error.into())
}
