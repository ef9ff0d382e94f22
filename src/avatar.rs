//! Sizes avatar URLs (seed, 1.3, note): QQ `/40` and `/100`, WeChat `/0` (the original), `/46` to `/132`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::channel::Channel;
use crate::error::Error;
use crate::text::{integer, push_integer};

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
/// as they are, whatever the size.
pub fn url(channel: Channel, picture_url: &str, size: Size) -> Result<Option<String>, Error> {
    if picture_url.is_empty() {
        return Ok(None);
    }
    let Some(picture) = Picture::parse(picture_url) else {
        return Ok(Some(picture_url.into()));
    };
    let pixels = match size {
        _ if channel.avatar_sizes().pixels.is_empty() => {
            return Ok(Some(picture.with_path(picture.path)));
        }
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
            return Err(Error::request(field, "a number above 0", "another"));
        }
    }
    let sizes = channel.avatar_sizes();
    let pixels = css_pixels * device_pixel_ratio;
    match sizes.pixels.iter().find(|&&size| f64::from(size) >= pixels) {
        Some(&size) => Ok(size),
        None if sizes.original => Ok(0),
        None => sizes
            .pixels
            .last()
            .copied()
            .ok_or_else(|| Error::request("channel", "WeChat or QQ", "a channel whose avatars take no size")),
    }
}

/// A `srcset` of all sizes but the original, ascending, with `w` descriptors; `None` where the URL takes no size.
pub fn srcset(channel: Channel, picture_url: &str) -> Option<String> {
    let picture = Picture::parse(picture_url)?;
    let candidates: Vec<String> = channel
        .avatar_sizes()
        .pixels
        .iter()
        .map(|&size| {
            // A blank or a comma would end the candidate and let the rest of the URL name another one.
            let url = picture.sized(channel, size).replace(' ', "%20").replace(',', "%2C");
            [&url, " ", &integer(size.into()), "w"].concat()
        })
        .collect();
    (!candidates.is_empty()).then(|| candidates.join(", "))
}

fn exact(channel: Channel, pixels: f64) -> Result<u16, Error> {
    let allowed = all_sizes(channel);
    if let Some(&size) = allowed.iter().find(|&&size| f64::from(size) == pixels) {
        return Ok(size);
    }
    let names: Vec<String> = allowed.iter().map(|&size| integer(size.into())).collect();
    Err(Error::request("size", &["one of ", &names.join(", ")].concat(), "another"))
}

fn all_sizes(channel: Channel) -> Vec<u16> {
    let sizes = channel.avatar_sizes();
    sizes.original.then_some(0).into_iter().chain(sizes.pixels.iter().copied()).collect()
}

/// The parts of a URL under qlogo.cn.
struct Picture<'a> {
    /// Scheme and host.
    origin: [&'a str; 2],
    path: &'a str,
    /// Query and fragment.
    rest: &'a str,
}

impl<'a> Picture<'a> {
    /// `None` for a URL of another host.
    fn parse(url: &'a str) -> Option<Self> {
        let (scheme, after) = url.split_once("//")?;
        let end = after.find(['/', '\\', '?', '#']).unwrap_or(after.len());
        let (host, tail) = after.split_at(end);
        if !is_qlogo(host) {
            return None;
        }
        let scheme = match scheme {
            "https:" | "" => scheme,
            _ if scheme.eq_ignore_ascii_case("http:") || scheme.eq_ignore_ascii_case("https:") => "https:",
            _ => return None,
        };
        let (path, rest) = tail.split_at(tail.find(['?', '#']).unwrap_or(tail.len()));
        Some(Picture { origin: [scheme, host], path, rest })
    }

    fn sized(&self, channel: Channel, size: u16) -> String {
        let mut path = String::from(self.unsized_path(channel));
        path.push('/');
        push_integer(&mut path, size.into());
        self.with_path(&path)
    }

    /// The path without the size that it may end in, and without slashes at its end.
    fn unsized_path(&self, channel: Channel) -> &'a str {
        let path = self.path.trim_end_matches('/');
        match path.rsplit_once('/') {
            Some((before, last)) if is_size(channel, last) => before.trim_end_matches('/'),
            _ => path,
        }
    }

    fn with_path(&self, path: &str) -> String {
        [self.origin[0], "//", self.origin[1], path, self.rest].concat()
    }
}

fn is_size(channel: Channel, segment: &str) -> bool {
    all_sizes(channel).iter().any(|&size| segment == integer(size.into()))
}

/// Whether the host is qlogo.cn or under it. A port or a user name is part of no avatar's host.
fn is_qlogo(host: &str) -> bool {
    const DOMAIN: &str = "qlogo.cn";
    let Some(start) = host.len().checked_sub(DOMAIN.len()) else {
        return false;
    };
    let (sub, domain) = host.as_bytes().split_at(start);
    domain.eq_ignore_ascii_case(DOMAIN.as_bytes())
        && (sub.is_empty() || sub.ends_with(b".") && !sub.contains(&b'@') && !sub.contains(&b':'))
}
