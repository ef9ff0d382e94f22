//! Sizes avatar URLs (seed, 1.3, note): QQ `/40` and `/100`, WeChat `/0` (the original), `/46` to `/132`.

use alloc::string::String;

use crate::channel::Channel;
use crate::error::Error;
use crate::text::{find, integer, join, number, push_integer};

/// Which picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    if picture_url.is_empty() {
        return Ok(None);
    }
    let Some(picture) = Picture::parse(picture_url) else {
        return Ok(Some(picture_url.into()));
    };
    if channel.avatar_sizes().is_empty() {
        return Ok(Some(picture.with_path(&[picture.path])));
    }
    let pixels = match size {
        Size::Exact(pixels) => exact(channel, pixels)?,
        Size::Fit { css_pixels, device_pixel_ratio } => self::size(channel, css_pixels, device_pixel_ratio)?,
    };
    Ok(Some(picture.sized(channel, pixels)))
}

/// The smallest size of the channel that covers the pixels; above the largest, WeChat's original (0) or QQ's largest.
///
/// # Errors
/// `request`: pixels or a ratio that are not above 0, or a channel whose avatars take no size.
pub fn size(channel: Channel, css_pixels: f64, device_pixel_ratio: f64) -> Result<u16, Error> {
    for (field, value) in [("cssPixels", css_pixels), ("devicePixelRatio", device_pixel_ratio)] {
        if value.is_nan() || value <= 0.0 {
            return Err(Error::request(field, "a number above 0", &number(value)));
        }
    }
    let sizes = channel.avatar_sizes();
    let (Some(&first), Some(&last)) = (sizes.first(), sizes.last()) else {
        return Err(Error::request("channel", "WeChat or QQ", "a channel whose avatars take no size"));
    };
    let pixels = css_pixels * device_pixel_ratio;
    let largest = if first == 0 { 0 } else { last };
    Ok(sizes.iter().copied().find(|&size| size > 0 && f64::from(size) >= pixels).unwrap_or(largest))
}

/// A `srcset` of all sizes but the original, ascending, with `w` descriptors; `None` where the URL takes no size.
pub fn srcset(channel: Channel, picture_url: &str) -> Option<String> {
    let picture = Picture::parse(picture_url)?;
    let mut srcset = String::new();
    for &size in channel.avatar_sizes().iter().filter(|&&size| size > 0) {
        if !srcset.is_empty() {
            srcset.push_str(", ");
        }
        for character in picture.sized(channel, size).chars() {
            // They would end the candidate and let the rest of the URL name another one.
            match character {
                ' ' => srcset.push_str("%20"),
                ',' => srcset.push_str("%2C"),
                '\t' => srcset.push_str("%09"),
                '\n' => srcset.push_str("%0A"),
                '\x0C' => srcset.push_str("%0C"),
                '\r' => srcset.push_str("%0D"),
                _ => srcset.push(character),
            }
        }
        srcset.push(' ');
        push_integer(&mut srcset, size.into());
        srcset.push('w');
    }
    (!srcset.is_empty()).then_some(srcset)
}

fn exact(channel: Channel, pixels: f64) -> Result<u16, Error> {
    let sizes = channel.avatar_sizes();
    if let Some(&size) = sizes.iter().find(|&&size| f64::from(size) == pixels) {
        return Ok(size);
    }
    let mut allowed = String::new();
    for &size in sizes {
        allowed.push_str(if allowed.is_empty() { "one of " } else { ", " });
        push_integer(&mut allowed, size.into());
    }
    Err(Error::request("size", &allowed, &number(pixels)))
}

/// The parts of a URL under qlogo.cn.
struct Picture<'a> {
    scheme: &'a str,
    host: &'a str,
    path: &'a str,
    /// Query and fragment.
    rest: &'a str,
}

impl<'a> Picture<'a> {
    /// `None` for a URL of another host.
    fn parse(url: &'a str) -> Option<Self> {
        let slashes = find(url.as_bytes(), b"//")?;
        let (scheme, after) = (url.get(..slashes)?, url.get(slashes + 2..)?);
        let (host, tail) = split_before(after, b"/\\?#");
        if !is_qlogo(host.as_bytes()) {
            return None;
        }
        let scheme = match scheme {
            "" => "",
            _ if scheme.eq_ignore_ascii_case("http:") || scheme.eq_ignore_ascii_case("https:") => "https:",
            _ => return None,
        };
        let (path, rest) = split_before(tail, b"?#");
        Some(Picture { scheme, host, path, rest })
    }

    fn sized(&self, channel: Channel, size: u16) -> String {
        self.with_path(&[self.path_without_size(channel), "/", &integer(size.into())])
    }

    /// The path without the size that it may end in, and without slashes at its end.
    fn path_without_size(&self, channel: Channel) -> &'a str {
        let path = without_slashes(self.path);
        let segment = path.bytes().rposition(|byte| byte == b'/').map_or(0, |slash| slash + 1);
        let (before, last) = split_at(path, segment);
        let is_size = |&size: &u16| last == integer(size.into());
        if channel.avatar_sizes().iter().any(is_size) { without_slashes(before) } else { path }
    }

    fn with_path(&self, path: &[&str]) -> String {
        join(&[self.scheme, "//", self.host, &join(path), self.rest])
    }
}

fn without_slashes(path: &str) -> &str {
    path.trim_end_matches('/')
}

fn split_before<'a>(text: &'a str, ends: &[u8]) -> (&'a str, &'a str) {
    split_at(text, text.bytes().position(|byte| ends.contains(&byte)).unwrap_or(text.len()))
}

/// `str::split_at` for a place between characters, without the panic for others: its message costs the wasm 3 KB.
fn split_at(text: &str, place: usize) -> (&str, &str) {
    (text.get(..place).unwrap_or(text), text.get(place..).unwrap_or_default())
}

/// Whether the host is qlogo.cn or under it. A port or a user name is part of no avatar's host.
fn is_qlogo(host: &[u8]) -> bool {
    const DOMAIN: &[u8] = b"qlogo.cn";
    let Some(start) = host.len().checked_sub(DOMAIN.len()) else { return false };
    let (sub, domain) = host.split_at(start);
    domain.eq_ignore_ascii_case(DOMAIN)
        && (sub.is_empty() || sub.ends_with(b".") && !sub.contains(&b'@') && !sub.contains(&b':'))
}
