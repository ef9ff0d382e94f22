//! The npm binary's bindings: the only file of the core that names wasm_bindgen.
//!
//! Only numbers cross. The host asks for room, writes its texts there end to end and passes where each one ends; a
//! caller's object is its JSON text. Texts go out as addresses that are good until the next call, a list in batches
//! (`spans.rs`). A function that fails hands over the error's JSON. `pkg/src/core.ts` is the other side.

use alloc::string::String;
use core::{slice, str};

use wasm_bindgen::prelude::*;

use crate::answer::Reply;
use crate::avatar::{self, Size};
use crate::channel::Channel;
use crate::endpoint::{Endpoint, Remark, Rules};
use crate::endpoints;
use crate::error::Error;
use crate::input::Input;
use crate::object::Object;
use crate::query::{self, Query, Sender};
use crate::retry::{self, Failure};
use crate::secret::SigKey;
use crate::spans::{Batch, Batches};
use crate::text::{number, whole};
use crate::{ark, gender, heap, limits, sign};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[wasm_bindgen(raw_module = "../src/handover.ts")]
unsafe extern "C" {
    /// Takes a text that the running function answers with, or its error.
    #[wasm_bindgen(js_name = takeText)]
    fn take_text(address: *const u8, length: usize, is_error: bool);

    #[wasm_bindgen(js_name = takeBatch)]
    fn take_batch(
        rows: *const u32,
        numbers: usize,
        ascii: *const u8,
        ascii_length: usize,
        wide: *const u8,
        wide_length: usize,
        continues: bool,
    );
}

fn hand_over(text: &str) {
    take_text(text.as_ptr(), text.len(), false);
}

/// What can be asked for; `pkg/src/core.ts` has the same numbers.
mod function {
    pub const CANONICAL_TEXT: u32 = 0;
    pub const SIGN: u32 = 1;
    pub const SIGN_PARAMETERS: u32 = 2;
    pub const QUERY: u32 = 3;
    pub const PREPARE: u32 = 4;
    pub const READ_ANSWER: u32 = 5;
    pub const AVATAR_URL: u32 = 6;
    pub const AVATAR_URL_TO_FIT: u32 = 7;
    pub const AVATAR_SIZE: u32 = 8;
    pub const AVATAR_SRCSET: u32 = 9;
    pub const MASK_GENDER: u32 = 10;
    pub const PACK_ARK_EXTRA: u32 = 11;
    pub const SHARE_LIMITS: u32 = 12;
    pub const ENDPOINTS: u32 = 13;
    pub const RETRY_DELAY: u32 = 14;
}

/// Makes room for arguments, in bytes. All that an earlier call handed over is gone.
#[wasm_bindgen]
pub fn room(length: usize) -> *mut u8 {
    // SAFETY: no call is running, and none keeps anything.
    unsafe { heap::restart(length) };
    heap::base()
}

/// Runs a function of the core. `a` to `d` are where its texts end. One export for all: what wasm_bindgen puts around each
/// costs 200 bytes.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments)]
pub fn run(function: u32, a: usize, b: usize, c: usize, d: usize, x: f64, y: f64, z: f64) -> f64 {
    let call = Call { ends: [a, b, c, d], numbers: [x, y, z] };
    match call.run(function) {
        Ok(number) => number,
        Err(error) => {
            let json = error.to_json();
            take_text(json.as_ptr(), json.len(), true);
            f64::NAN
        }
    }
}

/// The arguments of one call.
struct Call {
    ends: [usize; 4],
    numbers: [f64; 3],
}

impl Call {
    /// Hands over the texts that the function answers with; a number is returned.
    fn run(&self, function: u32) -> Result<f64, Error> {
        let [x, y, z] = self.numbers;
        match function {
            // A path, an object of parameters, a body.
            function::CANONICAL_TEXT => {
                let canonical = canonical(self.text(1))?;
                hand_over(&sign::canonical_text(self.text(0), &canonical, self.text(2))?);
            }
            // A path, a canonical query, a body, a key.
            function::SIGN => hand_over(&self.sign(self.text(1))?),
            // The same, with an object of parameters.
            function::SIGN_PARAMETERS => hand_over(&self.sign(&canonical(self.text(1))?)?),
            // A client's options, a `seq`; whether a proxy completes the request, the time in Unix seconds.
            function::QUERY => {
                let ts = whole(y).unwrap_or(0);
                hand_over(&query::of_attempt(self.text(0), sender(x), self.text(1), ts)?);
            }
            function::PREPARE => return self.prepare(),
            function::READ_ANSWER => hand_over(&self.read_answer()?),
            // A URL; a channel, pixels.
            function::AVATAR_URL => self.avatar_url(Size::Exact(y))?,
            // A URL; a channel, CSS pixels, a ratio.
            function::AVATAR_URL_TO_FIT => self.avatar_url(Size::Fit { css_pixels: y, device_pixel_ratio: z })?,
            // A channel, CSS pixels, a ratio.
            function::AVATAR_SIZE => return avatar::size(channel(x)?, y, z).map(f64::from),
            // A URL; a channel.
            function::AVATAR_SRCSET => {
                avatar::srcset(channel(x)?, self.text(0)).iter().for_each(|srcset| hand_over(srcset));
            }
            // A channel, a gender.
            function::MASK_GENDER => {
                return Ok(f64::from(gender::mask(channel(x)?, whole(y).unwrap_or(0)) as u8));
            }
            // `{"extra": …}`: an object or a text.
            function::PACK_ARK_EXTRA => {
                let template = Input::new("extra", self.text(0))?.text_or_object("extra", ark::ALLOWED)?;
                hand_over(&ark::pack(&template)?);
            }
            function::SHARE_LIMITS => hand_over(limits::SHARE_LIMITS_JSON),
            function::ENDPOINTS => endpoints::ALL.iter().for_each(|endpoint| hand_over(&endpoint.to_line())),
            function::RETRY_DELAY => return Ok(self.retry_delay()),
            _ => {}
        }
        Ok(0.0)
    }

    fn bytes(&self, index: usize) -> &'static [u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        // SAFETY: the host wrote them into the room that it asked for.
        unsafe { slice::from_raw_parts(heap::base().add(start), self.ends[index] - start) }
    }

    fn text(&self, index: usize) -> &'static str {
        // SAFETY: the host's encoder writes whole characters.
        unsafe { str::from_utf8_unchecked(self.bytes(index)) }
    }

    fn sign(&self, query: &str) -> Result<String, Error> {
        match SigKey::new(self.text(3)) {
            Some(key) => sign::signature(self.text(0), query, self.text(2), &key),
            None => Err(Error::request("key", "the game's signing key, a non-empty string", "none")),
        }
    }

    /// Of an endpoint's name, a request; a channel and whether a proxy completes the request. Hands over the body and a
    /// text for each warning; returns the channel whose rules the answer follows.
    fn prepare(&self) -> Result<f64, Error> {
        let [channel_id, proxied, _] = self.numbers;
        let prepared = endpoint(self.text(0))?.prepare(self.text(1), channel(channel_id)?, sender(proxied))?;
        hand_over(&prepared.body);
        prepared.warnings.iter().for_each(|warning| hand_over(warning));
        Ok(prepared.channel.id().into())
    }

    /// Of an endpoint's name, an answer; a status, a channel and whether remarks are shown. Hands over the list in batches,
    /// and returns the rest as a JSON object.
    fn read_answer(&self) -> Result<String, Error> {
        let [status, channel_id, use_remark] = self.numbers;
        let remark = if use_remark == 1.0 { Remark::Shown } else { Remark::Ignored };
        let rules = Rules { channel: channel(channel_id)?, remark };
        let endpoint = endpoint(self.text(0))?;
        let mut batches = Batches::new(|batch: &Batch| {
            take_batch(
                batch.rows.as_ptr(),
                batch.rows.len(),
                batch.ascii.as_ptr(),
                batch.ascii.len(),
                batch.wide.as_ptr(),
                batch.wide.len(),
                batch.continues,
            );
        });
        let status = whole(status).unwrap_or(0) as u16;
        let answer = endpoint.read(&Reply { status, bytes: self.bytes(1) }, rules, &mut batches)?;
        batches.finish();
        let mut object = Object::new();
        answer.write(endpoint.answer, &mut object);
        Ok(object.finish())
    }

    fn avatar_url(&self, size: Size) -> Result<(), Error> {
        let url = avatar::url(channel(self.numbers[0])?, self.text(0), size)?;
        url.iter().for_each(|url| hand_over(url));
        Ok(())
    }

    /// Of an attempt, how many may follow the first, whether the call is repeatable (1 or 0); what `Retry-After` asks for
    /// (NaN is nothing) and what is left, in milliseconds, and chance. NaN when the call has failed.
    fn retry_delay(&self) -> f64 {
        let [attempt, max_retries, repeatable, _] = self.ends.map(|number| number as u32);
        let [retry_after_ms, left_ms, random] = self.numbers;
        let retry_after_ms = if retry_after_ms.is_nan() { None } else { Some(retry_after_ms) };
        let repeatable = repeatable == 1;
        let failure = Failure { repeatable, attempt, max_retries, retry_after_ms, left_ms, random };
        retry::delay_ms(failure).unwrap_or(f64::NAN)
    }
}

/// A channel from a JavaScript number, in which it may be anything.
fn channel(id: f64) -> Result<Channel, Error> {
    let channel = whole(id).and_then(|id| Channel::new(u32::try_from(id).ok()?));
    channel.ok_or_else(|| Error::request("channel", "a channel's id, a positive whole number", &number(id)))
}

fn sender(proxied: f64) -> Sender {
    if proxied == 1.0 { Sender::Proxied } else { Sender::Signer }
}

fn endpoint(name: &str) -> Result<&'static Endpoint, Error> {
    endpoints::by_name(name).ok_or_else(|| Error::request("endpoint", "the name of an endpoint", "another"))
}

/// The canonical query of an object of parameters.
fn canonical(query: &str) -> Result<String, Error> {
    let mut sorted = Query::new();
    sorted.insert_all(&Input::new("query", query)?, &[])?;
    Ok(sorted.canonical())
}
