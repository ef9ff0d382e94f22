//! What a caller passes, checked.

use core::{slice, str};

use super::call::Status;
use super::memory;
use crate::channel::Channel;
use crate::endpoint::Endpoint;
use crate::endpoints;
use crate::error::Error;
use crate::query::Sender;
use crate::text::integer;

/// Bytes of the caller, good until the call ends. Where there are none, the pointer may be anything.
pub(super) fn bytes<'a>(start: *const u8, length: usize) -> Result<&'a [u8], Status> {
    if length == 0 {
        return Ok(&[]);
    }
    if !memory::holds(start, length) {
        return Err(Status::BadPointer);
    }
    // SAFETY: the bytes are there; the caller leaves them alone during the call.
    Ok(unsafe { slice::from_raw_parts(start, length) })
}

pub(super) fn text<'a>(start: *const u8, length: usize) -> Result<&'a str, Status> {
    str::from_utf8(bytes(start, length)?).map_err(|_| Status::BadText)
}

pub(super) fn channel(id: u32) -> Result<Channel, Error> {
    let refused = || Error::request("channel", "a channel's id, a positive whole number", &integer(id.into()));
    Channel::new(id).ok_or_else(refused)
}

pub(super) fn endpoint(name: &str) -> Result<&'static Endpoint, Error> {
    endpoints::by_name(name).ok_or_else(|| Error::request("endpoint", "the name of an endpoint", "another"))
}

pub(super) fn sender(proxied: i32) -> Sender {
    if proxied == 0 { Sender::Signer } else { Sender::Proxied }
}
