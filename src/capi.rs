//! The C interface: one function an operation, over pointers and lengths. `include/msdk_friends.h` is its other side. The same functions make a wasm without imports and a native static library.
//!
//! Whatever is passed is checked before it is used, and what a call needs is there before it begins: so nothing that a
//! caller does wrong, and no lack of memory, ends in a trap.

use crate::answer::Reply;
use crate::avatar::{self, Size};
use crate::endpoint::{Prepared, Remark, Rules};
use crate::input::Input;
use crate::query::{self, Query};
use crate::retry::{self, Failure};
use crate::secret::SigKey;
use crate::{Error, ark, endpoints, gender, limits, sign};

#[cfg(target_arch = "wasm32")]
mod arena;
mod arguments;
#[cfg(target_arch = "wasm32")]
mod blocks;
mod call;
pub(crate) mod list;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod room;

#[cfg(target_arch = "wasm32")]
use arena as memory;
use arguments::{bytes, channel, endpoint, sender, text};
use call::{Answer, MsdkResult, Status, respond};
#[cfg(not(target_arch = "wasm32"))]
use native as memory;

/// Changes when a caller's code has to.
const ABI_VERSION: u32 = 1;

#[unsafe(no_mangle)]
extern "C" fn msdk_abi_version() -> u32 {
    ABI_VERSION
}

#[unsafe(no_mangle)]
extern "C" fn msdk_alloc(length: usize) -> *mut u8 {
    memory::take(length)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_free(block: *mut u8) -> Status {
    // SAFETY: the caller's promise, where it is not checked.
    if block.is_null() || unsafe { memory::give_back(block) } { Status::Ok } else { Status::BadPointer }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_version(result: *mut MsdkResult) -> Status {
    respond(result, || call::run(room::FIXED, &|| Ok(Answer::text(env!("CARGO_PKG_VERSION").into()))))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_query(
    options: *const u8,
    options_length: usize,
    seq: *const u8,
    seq_length: usize,
    proxied: i32,
    ts: i64,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let (options, seq) = (text(options, options_length)?, text(seq, seq_length)?);
        let room = room::of_object(&[options, seq]);
        call::run(room, &|| query::of_attempt(options, sender(proxied), seq, ts).map(Answer::text))
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_canonical_query(
    parameters: *const u8,
    parameters_length: usize,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let parameters = text(parameters, parameters_length)?;
        call::run(room::of_object(&[parameters]), &|| {
            let mut sorted = Query::new();
            sorted.insert_all(&Input::new("query", parameters)?, &[])?;
            Ok(Answer::text(sorted.canonical()))
        })
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_canonical_text(
    path: *const u8,
    path_length: usize,
    query: *const u8,
    query_length: usize,
    body: *const u8,
    body_length: usize,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let (path, query, body) = (text(path, path_length)?, text(query, query_length)?, text(body, body_length)?);
        let room = room::of_copies(&[path, query, body]);
        call::run(room, &|| sign::canonical_text(path, query, body).map(Answer::text))
    })
}

#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments)]
unsafe extern "C" fn msdk_sign(
    path: *const u8,
    path_length: usize,
    query: *const u8,
    query_length: usize,
    body: *const u8,
    body_length: usize,
    key: *const u8,
    key_length: usize,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let (path, query) = (text(path, path_length)?, text(query, query_length)?);
        let (body, key) = (text(body, body_length)?, text(key, key_length)?);
        call::run(room::of_copies(&[path, query, body, key]), &|| match SigKey::new(key) {
            Some(key) => sign::signature(path, query, body, &key).map(Answer::text),
            None => Err(Error::request("key", "the game's signing key, a non-empty string", "none")),
        })
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_prepare(
    endpoint_name: *const u8,
    endpoint_length: usize,
    request: *const u8,
    request_length: usize,
    channel_id: u32,
    proxied: i32,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let (name, request) = (text(endpoint_name, endpoint_length)?, text(request, request_length)?);
        prepared(name, request, channel_id, proxied, |made| Answer {
            number: made.channel.id().into(),
            ..Answer::text(made.body)
        })
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_warnings(
    endpoint_name: *const u8,
    endpoint_length: usize,
    request: *const u8,
    request_length: usize,
    channel_id: u32,
    proxied: i32,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let (name, request) = (text(endpoint_name, endpoint_length)?, text(request, request_length)?);
        prepared(name, request, channel_id, proxied, |made| Answer::text(list::of_texts("warnings", &made.warnings)))
    })
}

fn prepared(
    name: &str,
    request: &str,
    channel_id: u32,
    proxied: i32,
    answer: fn(Prepared) -> Answer,
) -> Result<call::Outcome, Status> {
    call::run(room::of_object(&[name, request]), &|| {
        endpoint(name)?.prepare(request, channel(channel_id)?, sender(proxied)).map(answer)
    })
}

#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments)]
unsafe extern "C" fn msdk_read_answer(
    endpoint_name: *const u8,
    endpoint_length: usize,
    answer: *const u8,
    answer_length: usize,
    status: u32,
    channel_id: u32,
    use_remark: i32,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let (name, answer) = (text(endpoint_name, endpoint_length)?, bytes(answer, answer_length)?);
        call::run(room::of_answer(name, answer), &|| {
            let remark = if use_remark == 0 { Remark::Ignored } else { Remark::Shown };
            let rules = Rules { channel: channel(channel_id)?, remark };
            // No status is that large: it is another one than 200 to 299.
            let status = u16::try_from(status).unwrap_or(u16::MAX);
            list::read(endpoint(name)?, &Reply { status, bytes: answer }, rules)
        })
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_avatar_url(
    picture_url: *const u8,
    picture_url_length: usize,
    channel_id: u32,
    pixels: f64,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || sized_url(text(picture_url, picture_url_length)?, channel_id, Size::Exact(pixels)))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_avatar_url_to_fit(
    picture_url: *const u8,
    picture_url_length: usize,
    channel_id: u32,
    css_pixels: f64,
    device_pixel_ratio: f64,
    result: *mut MsdkResult,
) -> Status {
    let size = Size::Fit { css_pixels, device_pixel_ratio };
    respond(result, || sized_url(text(picture_url, picture_url_length)?, channel_id, size))
}

fn sized_url(url: &str, channel_id: u32, size: Size) -> Result<call::Outcome, Status> {
    call::run(room::of_copies(&[url]), &|| avatar::url(channel(channel_id)?, url, size).map(Answer::optional))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_avatar_size(
    channel_id: u32,
    css_pixels: f64,
    device_pixel_ratio: f64,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        call::run(room::FIXED, &|| {
            avatar::size(channel(channel_id)?, css_pixels, device_pixel_ratio).map(|size| Answer::number(size.into()))
        })
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_avatar_srcset(
    picture_url: *const u8,
    picture_url_length: usize,
    channel_id: u32,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let url = text(picture_url, picture_url_length)?;
        call::run(room::of_srcset(url), &|| Ok(Answer::optional(avatar::srcset(channel(channel_id)?, url))))
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_mask_gender(channel_id: u32, gender: i64, result: *mut MsdkResult) -> Status {
    respond(result, || {
        call::run(room::FIXED, &|| Ok(Answer::number((gender::mask(channel(channel_id)?, gender) as u8).into())))
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_pack_ark_extra(
    template: *const u8,
    template_length: usize,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let template = text(template, template_length)?;
        call::run(room::of_object(&[template]), &|| ark::pack(template).map(Answer::text))
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_share_limits(result: *mut MsdkResult) -> Status {
    respond(result, || call::run(room::FIXED, &|| Ok(Answer::text(limits::SHARE_LIMITS_JSON.into()))))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_endpoints(result: *mut MsdkResult) -> Status {
    respond(result, || call::run(room::ENDPOINTS, &|| Ok(Answer::text(list::of_endpoints(endpoints::ALL)))))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn msdk_retry_delay(
    attempt: u32,
    max_retries: u32,
    repeatable: i32,
    retry_after_ms: f64,
    left_ms: f64,
    random: f64,
    result: *mut MsdkResult,
) -> Status {
    respond(result, || {
        let retry_after_ms = (retry_after_ms >= 0.0).then_some(retry_after_ms);
        let failure = Failure { repeatable: repeatable != 0, attempt, max_retries, retry_after_ms, left_ms, random };
        call::run(room::FIXED, &|| Ok(Answer::number(retry::delay_ms(failure).unwrap_or(-1.0))))
    })
}
