//! What needs no client: the core's pure functions, as a program in a page calls them.

use msdk_friends::avatar::{self, Size};
use msdk_friends::channel::GenderPolicy;
use msdk_friends::{Channel, ark, gender};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_name = avatarUrl)]
pub fn avatar_url(channel: u32, picture_url: &str, size: f64) -> Option<String> {
    avatar::url(Channel::new(channel)?, picture_url, Size::Exact(size)).ok()?
}

#[wasm_bindgen(js_name = avatarSize)]
pub fn avatar_size(channel: u32, css_pixels: f64, device_pixel_ratio: f64) -> Option<u16> {
    avatar::size(Channel::new(channel)?, css_pixels, device_pixel_ratio).ok()
}

#[wasm_bindgen(js_name = avatarSizes)]
pub fn avatar_sizes(channel: u32) -> Option<Vec<u16>> {
    Some(Channel::new(channel)?.avatar_sizes().to_vec())
}

#[wasm_bindgen(js_name = maskGender)]
pub fn mask_gender(channel: u32, gender: i32) -> Option<u8> {
    Some(gender::mask(Channel::new(channel)?, gender.into()) as u8)
}

#[wasm_bindgen(js_name = masksGender)]
pub fn masks_gender(channel: u32) -> Option<bool> {
    Some(Channel::new(channel)?.gender_policy() == GenderPolicy::Masked)
}

#[wasm_bindgen(js_name = packArkExtra)]
pub fn pack_ark_extra(template: &str) -> Option<String> {
    ark::pack(template).ok()
}
