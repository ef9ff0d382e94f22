//! Sizes avatar URLs (seed, 1.3, note): QQ `/40` and `/100`, WeChat `/0` (the original), `/46` to `/132`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::channel::{Channel, Sizes};
use crate::error::Error;
use crate::text::{is_one_of, join, number, push_percent_encoded};

/// Which picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Size {
    /// Exactly this size of the channel, in pixels; 0 is WeChat's original.
    Exact(f64),
    /// The smallest that covers so many CSS pixels.
    Fit {
        /// The edge length in the page.
        css_pixels: f64,
        /// The screen's pixels for one CSS pixel.
        device_pixel_ratio: f64,
    },
}

/// The URL of the picture in the wanted size, or `None` where there is no picture.
///
/// Only URLs under qlogo.cn are changed: a size at the end is replaced or one is appended, http becomes https, query
/// and fragment stay. Sizing twice is sizing once.
///
/// ```
/// use msdk_friends::{Channel, avatar::{self, Size}};
/// let sized = avatar::url(Channel::QQ, "http://q.qlogo.cn/qqapp/1/A/", Size::Exact(100.0)).unwrap();
/// assert_eq!(sized.as_deref(), Some("https://q.qlogo.cn/qqapp/1/A/100"));
/// ```
///
/// # Errors
/// `request`: a size that the channel does not have, or pixels that are not above 0. URLs of other hosts are returned
/// as they are, and on a channel whose URLs take no size those of qlogo.cn too (but for https), whatever is asked for.
pub fn url(channel: Channel, picture_url: &str, size: Size) -> Result<Option<String>, Error> {
    let Some(picture) = Picture::parse(picture_url) else {
        return Ok((!picture_url.is_empty()).then(|| picture_url.into()));
    };
    let sizes = channel.sizes();
    if sizes.pixels.is_empty() {
        return Ok(Some(picture.with_path([picture.path, b"", b""])));
    }
    let index = match size {
        Size::Exact(pixels) => exact(sizes, pixels)?,
        Size::Fit { css_pixels, device_pixel_ratio } => fitting(sizes, css_pixels, device_pixel_ratio)?,
    };
    Ok(sizes.segments.get(index).map(|segment| picture.sized(sizes, segment)))
}

/// The smallest size of the channel that covers the pixels; above the largest, WeChat's original (0) or QQ's largest.
///
/// # Errors
/// `request`: pixels or a ratio that are not above 0, or a channel whose avatars take no size.
pub fn size(channel: Channel, css_pixels: f64, device_pixel_ratio: f64) -> Result<u16, Error> {
    let sizes = channel.sizes();
    let index = fitting(sizes, css_pixels, device_pixel_ratio)?;
    let none = || Error::request("channel", "WeChat or QQ", "a channel whose avatars take no size");
    sizes.pixels.get(index).copied().ok_or_else(none)
}

/// A `srcset` of all sizes but the original, ascending, with `w` descriptors; `None` where the URL takes no size.
#[must_use]
pub fn srcset(channel: Channel, picture_url: &str) -> Option<String> {
    let picture = Picture::parse(picture_url)?;
    let sizes = channel.sizes();
    let mut srcset = String::new();
    for segment in sizes.segments.iter().filter(|&&segment| segment != "0") {
        let comma = if srcset.is_empty() { "" } else { ", " };
        srcset = join(&[&srcset, comma, &without_separators(&picture.sized(sizes, segment)), " ", segment, "w"]);
    }
    (!srcset.is_empty()).then_some(srcset)
}

/// The URL with commas and blanks percent-encoded: they would end the candidate and let the rest of the URL name another
/// one.
fn without_separators(url: &str) -> String {
    let mut out = Vec::new();
    for &byte in url.as_bytes() {
        if is_one_of(byte, b" ,\t\n\x0C\r") {
            push_percent_encoded(&mut out, byte);
        } else {
            out.push(byte);
        }
    }
    // SAFETY: ASCII took the place of ASCII.
    unsafe { String::from_utf8_unchecked(out) }
}

/// Which of the sizes it is.
fn exact(sizes: &Sizes, pixels: f64) -> Result<usize, Error> {
    let index = sizes.pixels.iter().position(|&size| f64::from(size) == pixels);
    index.ok_or_else(|| Error::request("size", sizes.list, &number(pixels)))
}

/// Which of the sizes is the smallest that covers the pixels, or else the original or the largest.
fn fitting(sizes: &Sizes, css_pixels: f64, device_pixel_ratio: f64) -> Result<usize, Error> {
    check_positive("cssPixels", css_pixels)?;
    check_positive("devicePixelRatio", device_pixel_ratio)?;
    let pixels = css_pixels * device_pixel_ratio;
    let largest = if let [0, ..] = sizes.pixels { 0 } else { sizes.pixels.len().saturating_sub(1) };
    Ok(sizes.pixels.iter().position(|&size| size > 0 && f64::from(size) >= pixels).unwrap_or(largest))
}

fn check_positive(field: &str, value: f64) -> Result<(), Error> {
    if value > 0.0 { Ok(()) } else { Err(Error::request(field, "a number above 0", &number(value))) }
}

/// The parts of a URL under qlogo.cn, each in whole characters: they are cut at ASCII.
struct Picture<'a> {
    /// What stands before the host once http is https.
    scheme: &'static str,
    host: &'a [u8],
    path: &'a [u8],
    /// Query and fragment.
    rest: &'a [u8],
}

/// What a URL may begin with, and what becomes of it.
const SCHEMES: [(&str, &str); 3] = [("https://", "https://"), ("http://", "https://"), ("//", "//")];

impl<'a> Picture<'a> {
    /// `None` for a URL of another host.
    fn parse(url: &'a str) -> Option<Self> {
        let (scheme, after) = SCHEMES.iter().find_map(|&(given, written)| {
            let (start, after) = url.as_bytes().split_at_checked(given.len())?;
            start.eq_ignore_ascii_case(given.as_bytes()).then_some((written, after))
        })?;
        let (host, tail) = split_before(after, b"/\\?#");
        let (path, rest) = split_before(tail, b"?#");
        is_qlogo(host).then_some(Picture { scheme, host, path, rest })
    }

    fn sized(&self, sizes: &Sizes, segment: &str) -> String {
        self.with_path([self.path_without_size(sizes), b"/", segment.as_bytes()])
    }

    /// The path without the size that it may end in, and without slashes at its end.
    fn path_without_size(&self, sizes: &Sizes) -> &'a [u8] {
        let path = without_slashes(self.path);
        let sized = sizes.segments.iter().find_map(|size| path.strip_suffix(size.as_bytes())?.strip_suffix(b"/"));
        sized.map_or(path, without_slashes)
    }

    fn with_path(&self, path: [&[u8]; 3]) -> String {
        let mut url = Vec::from(self.scheme);
        let [first, second, third] = path;
        for part in [self.host, first, second, third, self.rest] {
            url.extend_from_slice(part);
        }
        // SAFETY: the parts are in whole characters.
        unsafe { String::from_utf8_unchecked(url) }
    }
}

fn without_slashes(path: &[u8]) -> &[u8] {
    let mut path = path;
    while let [before @ .., b'/'] = path {
        path = before;
    }
    path
}

fn split_before<'a>(text: &'a [u8], ends: &[u8]) -> (&'a [u8], &'a [u8]) {
    let end = text.iter().position(|&byte| is_one_of(byte, ends)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, b""))
}

/// Whether the host is qlogo.cn or under it. A port or a user name is part of no avatar's host.
fn is_qlogo(host: &[u8]) -> bool {
    const DOMAIN: &[u8] = b"qlogo.cn";
    let Some((sub, domain)) = host.len().checked_sub(DOMAIN.len()).and_then(|start| host.split_at_checked(start))
    else {
        return false;
    };
    domain.eq_ignore_ascii_case(DOMAIN)
        && (sub.is_empty() || sub.ends_with(b".") && !sub.iter().any(|&byte| is_one_of(byte, b"@:")))
}
