//! The npm binary's bindings: the only file of the core that names wasm_bindgen.
//!
//! Strings and numbers cross, nothing else: a caller's object comes in as its JSON text, a small result goes out as
//! one, a list as spans (`spans.rs`). Typed values would cost the binary several kilobytes.
//! A function that fails calls `fail` with the error's JSON before it returns; `pkg/src/core.ts` throws it.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::avatar::{self, Size};
use crate::channel::Channel;
use crate::endpoint::{Endpoint, Remark, Rules};
use crate::endpoints;
use crate::envelope::Reply;
use crate::error::Error;
use crate::input::Input;
use crate::object::Object;
use crate::query::{self, FixedParameters, Query, Sender};
use crate::record::MAX_TEXTS;
use crate::retry::{self, Failure};
use crate::secret::SigKey;
use crate::spans::Spans;
use crate::text::{join, number};
use crate::{ark, gender, limits, sign};

#[cfg(target_os = "none")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[wasm_bindgen(raw_module = "../src/handover.ts")]
unsafe extern "C" {
    /// Takes the JSON of the error of the call that is running.
    fn fail(error: &str);

    /// Takes a list. The slices are views of the wasm's memory: they end with the call.
    #[wasm_bindgen(js_name = takeSpans)]
    fn take_spans(table: &[u32], ascii: &[u8], wide: &[u16]);
}

/// The value, or `instead` once the error is handed over.
fn or_fail<T>(result: Result<T, Error>, instead: T) -> T {
    result.unwrap_or_else(|error| {
        fail(&error.to_json());
        instead
    })
}

fn text_or_fail(result: Result<String, Error>) -> String {
    or_fail(result, String::new())
}

/// A channel from a JavaScript number, in which it may be anything.
fn channel(id: f64) -> Result<Channel, Error> {
    let whole = id as u32;
    let channel = if f64::from(whole) == id { Channel::new(whole) } else { None };
    channel.ok_or_else(|| Error::request("channel", "a channel's id, a positive whole number", &number(id)))
}

fn sender(proxied: bool) -> Sender {
    if proxied { Sender::Proxied } else { Sender::Signer }
}

fn endpoint(name: &str) -> Result<&'static Endpoint, Error> {
    endpoints::by_name(name).ok_or_else(|| Error::request("endpoint", "the name of an endpoint", "another"))
}

#[wasm_bindgen(js_name = canonicalQuery)]
pub fn canonical_query(query: &str) -> String {
    let sorted = || {
        let mut sorted = Query::new();
        for parameter in Input::new("query", query)?.query_values() {
            let (name, value) = parameter?;
            sorted.insert(&name, &value)?;
        }
        Ok(sorted.canonical().into())
    };
    text_or_fail(sorted())
}

#[wasm_bindgen(js_name = canonicalText)]
pub fn canonical_text(path: &str, canonical_query: &str, body: &str) -> String {
    text_or_fail(sign::canonical_text(path, canonical_query, body))
}

#[wasm_bindgen]
pub fn sign(path: &str, canonical_query: &str, body: &str, key: &str) -> String {
    text_or_fail(match SigKey::new(key) {
        Some(key) => sign::signature(path, canonical_query, body, &key),
        None => Err(Error::request("key", "the game's signing key, a non-empty string", "none")),
    })
}

#[wasm_bindgen(js_name = queryBase)]
pub fn query_base(options: &str, proxied: bool) -> String {
    text_or_fail(FixedParameters::read(options).and_then(|parameters| parameters.base(sender(proxied))))
}

/// `ts` in Unix seconds; below 0 there is none.
#[wasm_bindgen(js_name = stampQuery)]
pub fn stamp_query(base: &str, seq: &str, ts: f64) -> String {
    text_or_fail(query::stamped(base, seq, if ts < 0.0 { None } else { Some(ts as u64) }))
}

#[wasm_bindgen]
pub fn prepare(name: &str, channel_id: f64, request: &str, proxied: bool) -> String {
    let prepared = || {
        let prepared = endpoint(name)?.prepare(request, channel(channel_id)?, sender(proxied))?;
        let mut object = Object::new();
        object.text("body", &prepared.body);
        object.integer("channel", prepared.channel.id().into());
        object.texts("warnings", &prepared.warnings);
        Ok(object.finish())
    };
    text_or_fail(prepared())
}

#[wasm_bindgen(js_name = readAnswer)]
pub fn read_answer(name: &str, status: u16, bytes: &[u8], channel_id: f64, use_remark: bool) -> String {
    let answer = || {
        let remark = if use_remark { Remark::Shown } else { Remark::Ignored };
        let rules = Rules { channel: channel(channel_id)?, remark };
        let mut spans = Spans::new(MAX_TEXTS, bytes.len());
        let mut object = Object::new();
        (endpoint(name)?.read)(&Reply { status, bytes }, rules, &mut spans, &mut object)?;
        take_spans(&spans.table, &spans.ascii, &spans.wide);
        Ok(object.finish())
    };
    text_or_fail(answer())
}

/// Exactly `pixels`, or with a ratio the smallest size that covers so many CSS pixels. "" is no picture.
#[wasm_bindgen(js_name = avatarUrl)]
pub fn avatar_url(channel_id: f64, picture_url: &str, pixels: f64, device_pixel_ratio: Option<f64>) -> String {
    let size = match device_pixel_ratio {
        None => Size::Exact(pixels),
        Some(device_pixel_ratio) => Size::Fit { css_pixels: pixels, device_pixel_ratio },
    };
    let url = channel(channel_id).and_then(|channel| avatar::url(channel, picture_url, size));
    or_fail(url, None).unwrap_or_default()
}

#[wasm_bindgen(js_name = avatarSize)]
pub fn avatar_size(channel_id: f64, css_pixels: f64, device_pixel_ratio: f64) -> u16 {
    or_fail(channel(channel_id).and_then(|channel| avatar::size(channel, css_pixels, device_pixel_ratio)), 0)
}

/// "" where the URL takes no size.
#[wasm_bindgen(js_name = avatarSrcset)]
pub fn avatar_srcset(channel_id: f64, picture_url: &str) -> String {
    or_fail(channel(channel_id).map(|channel| avatar::srcset(channel, picture_url)), None).unwrap_or_default()
}

#[wasm_bindgen(js_name = maskGender)]
pub fn mask_gender(channel_id: f64, gender: f64) -> u8 {
    let whole = if f64::from(gender as i32) == gender { gender as i64 } else { 0 };
    or_fail(channel(channel_id).map(|channel| gender::mask(channel, whole) as u8), 0)
}

/// `template` is `{"extra": …}`: an object or a text.
#[wasm_bindgen(js_name = packArkExtra)]
pub fn pack_ark_extra(template: &str) -> String {
    let packed = || ark::pack(&Input::new("extra", template)?.text_or_object("extra", ark::ALLOWED)?);
    text_or_fail(packed())
}

#[wasm_bindgen(js_name = shareLimits)]
pub fn share_limits() -> String {
    limits::SHARE_LIMITS.to_json()
}

#[wasm_bindgen]
pub fn endpoints() -> String {
    let mut list = String::new();
    for endpoint in endpoints::ALL {
        let separator = if list.is_empty() { "[" } else { "," };
        list = join(&[&list, separator, &endpoint.to_json()]);
    }
    list + "]"
}

/// NaN when the call has failed; a `retry_after_ms` that is NaN is none.
#[wasm_bindgen(js_name = retryDelay)]
pub fn retry_delay(
    repeatable: bool,
    attempt: u32,
    max_retries: u32,
    retry_after_ms: f64,
    left_ms: f64,
    random: f64,
) -> f64 {
    let retry_after_ms = if retry_after_ms.is_nan() { None } else { Some(retry_after_ms) };
    retry::delay_ms(Failure { repeatable, attempt, max_retries, retry_after_ms, left_ms, random }).unwrap_or(f64::NAN)
}
