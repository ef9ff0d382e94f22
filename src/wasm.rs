//! The npm binary's bindings: the only file of the core that names wasm_bindgen.
//!
//! Requests come in as the JSON text of the caller's object, small results go out as typed values, and the friend
//! list goes out as spans (`spans.rs`). What a function throws is an [`Error`] as a plain object;
//! `pkg/src/core.ts` makes an MsdkError of it.

use alloc::string::String;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::avatar::{self, Size};
use crate::channel::Channel;
use crate::endpoint::Endpoint;
use crate::endpoints::friend_list::{self, Remark, Rules};
use crate::envelope::Reply;
use crate::error::Error;
use crate::input::Input;
use crate::limits::SHARE_LIMITS;
use crate::query::{self, Fixed, Query, Sender};
use crate::retry::{self, Failure};
use crate::secret::SigKey;
use crate::spans::Spans;
use crate::{ark, endpoints, gender, sign};

#[wasm_bindgen(raw_module = "../src/friends.ts")]
unsafe extern "C" {
    /// Makes the friends of the spans. The slices are views of the wasm's memory: they end with the call.
    #[wasm_bindgen(js_name = friendsFromSpans)]
    fn friends_from_spans(table: &[u32], ascii: &[u8], wide: &[u16]) -> JsValue;
}

/// The one place where a typed value leaves the wasm.
fn to_js(value: &impl Serialize) -> JsValue {
    const PLAIN_OBJECTS: serde_wasm_bindgen::Serializer = serde_wasm_bindgen::Serializer::new();
    // The types are our own and hold nothing that cannot be a JavaScript value.
    value.serialize(&PLAIN_OBJECTS).unwrap_or(JsValue::UNDEFINED)
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        to_js(&error)
    }
}

/// A channel from a JavaScript number, in which it may be anything.
fn channel(id: f64) -> Result<Channel, Error> {
    let known = (id >= 1.0 && id <= f64::from(u32::MAX) && f64::from(id as u32) == id).then_some(id as u32);
    known
        .and_then(Channel::new)
        .ok_or_else(|| Error::request("channel", "a channel's id, a positive whole number", "another"))
}

fn sender(proxied: bool) -> Sender {
    if proxied { Sender::Proxied } else { Sender::Signer }
}

fn endpoint(name: &str) -> Result<&'static Endpoint, Error> {
    endpoints::by_name(name).ok_or_else(|| Error::request("endpoint", "the name of an endpoint", "another"))
}

#[wasm_bindgen(js_name = canonicalQuery)]
pub fn canonical_query(query: &str) -> Result<String, Error> {
    let mut sorted = Query::new();
    for parameter in Input::new("query", query.as_bytes())?.query_values() {
        let (name, value) = parameter?;
        sorted.insert(&name, &value)?;
    }
    Ok(sorted.canonical())
}

#[wasm_bindgen(js_name = canonicalText)]
pub fn canonical_text(path: &str, canonical_query: &str, body: &str) -> Result<String, Error> {
    sign::canonical_text(path, canonical_query, body)
}

#[wasm_bindgen]
pub fn sign(path: &str, canonical_query: &str, body: &str, key: &str) -> Result<String, Error> {
    let key =
        SigKey::new(key).ok_or_else(|| Error::request("key", "the game's signing key, a non-empty string", "none"))?;
    sign::signature(path, canonical_query, body, &key)
}

#[wasm_bindgen(js_name = queryBase)]
pub fn query_base(options: &str, proxied: bool) -> Result<String, Error> {
    let sender = sender(proxied);
    let options = Input::new("options", options.as_bytes()).map_err(Error::into_config)?;
    Fixed::read(&options, sender)?.base(sender)
}

#[wasm_bindgen(js_name = stampQuery)]
pub fn stamp_query(base: &str, seq: &str, ts: Option<String>) -> Result<String, Error> {
    query::stamped(base, seq, ts.as_deref())
}

#[wasm_bindgen]
pub fn prepare(name: &str, channel_id: f64, input: &str, proxied: bool) -> Result<JsValue, Error> {
    let input = Input::new("the argument", input.as_bytes())?;
    let prepared = (endpoint(name)?.prepare)(&input, channel(channel_id)?, sender(proxied))?;
    Ok(to_js(&prepared))
}

#[wasm_bindgen(js_name = readAnswer)]
pub fn read_answer(name: &str, status: u16, bytes: &[u8], channel_id: f64) -> Result<JsValue, Error> {
    let answer = (endpoint(name)?.read)(&Reply { status, bytes }, channel(channel_id)?)?;
    Ok(to_js(&answer))
}

#[derive(Serialize)]
struct ListHead {
    degraded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<String>,
}

#[wasm_bindgen(js_name = readFriendList)]
pub fn read_friend_list(status: u16, bytes: &[u8], channel_id: f64, use_remark: bool) -> Result<JsValue, Error> {
    let remark = if use_remark { Remark::Shown } else { Remark::Ignored };
    let rules = Rules { channel: channel(channel_id)?, remark };
    let mut spans = Spans::default();
    let (degraded, seq) = friend_list::read(&Reply { status, bytes }, rules, &mut spans)?;
    let list = to_js(&ListHead { degraded, seq });
    let friends = friends_from_spans(&spans.table, &spans.ascii, &spans.wide);
    let _ = js_sys::Reflect::set(&list, &JsValue::from_str("friends"), &friends);
    Ok(list)
}

#[wasm_bindgen(js_name = avatarUrl)]
pub fn avatar_url(channel_id: f64, picture_url: &str, size: f64) -> Result<Option<String>, Error> {
    avatar::url(channel(channel_id)?, picture_url, Size::Exact(size))
}

#[wasm_bindgen(js_name = avatarUrlToFit)]
pub fn avatar_url_to_fit(
    channel_id: f64,
    picture_url: &str,
    css_pixels: f64,
    device_pixel_ratio: f64,
) -> Result<Option<String>, Error> {
    avatar::url(channel(channel_id)?, picture_url, Size::Fit { css_pixels, device_pixel_ratio })
}

#[wasm_bindgen(js_name = avatarSize)]
pub fn avatar_size(channel_id: f64, css_pixels: f64, device_pixel_ratio: f64) -> Result<u16, Error> {
    avatar::size(channel(channel_id)?, css_pixels, device_pixel_ratio)
}

#[wasm_bindgen(js_name = avatarSrcset)]
pub fn avatar_srcset(channel_id: f64, picture_url: &str) -> Result<Option<String>, Error> {
    Ok(avatar::srcset(channel(channel_id)?, picture_url))
}

#[wasm_bindgen(js_name = maskGender)]
pub fn mask_gender(channel_id: f64, gender: f64) -> Result<u8, Error> {
    let whole = if f64::from(gender as i32) == gender { gender as i64 } else { 0 };
    Ok(gender::mask(channel(channel_id)?, whole) as u8)
}

/// `template` is `{"extra": …}`: an object or a text.
#[wasm_bindgen(js_name = packArkExtra)]
pub fn pack_ark_extra(template: &str) -> Result<String, Error> {
    let input = Input::new("extra", template.as_bytes())?;
    ark::pack(&input.text_or_object("extra")?.unwrap_or_default())
}

#[wasm_bindgen(js_name = shareLimits)]
pub fn share_limits() -> JsValue {
    to_js(&SHARE_LIMITS)
}

#[wasm_bindgen]
pub fn endpoints() -> JsValue {
    to_js(&endpoints::ALL)
}

/// NaN when the call has failed.
#[wasm_bindgen(js_name = retryDelay)]
pub fn retry_delay(
    repeatable: bool,
    attempt: u32,
    max_retries: u32,
    retry_after_ms: Option<f64>,
    left_ms: f64,
    random: f64,
) -> f64 {
    retry::delay_ms(Failure { repeatable, attempt, max_retries, retry_after_ms, left_ms, random }).unwrap_or(f64::NAN)
}
