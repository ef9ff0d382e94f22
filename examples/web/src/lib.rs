//! Draws the player's friends into a page.
#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

use msdk_friends::avatar::{self, Size};
use msdk_friends::endpoints::friend_list::{Friend, Request};
use msdk_friends::query::FixedParameters;
use msdk_friends::web::{CallOptions, Client, Error, Options, Signer};
use msdk_friends::{Channel, ErrorKind, Player, SigKey};
use wasm_bindgen::prelude::*;
use web_sys::Element;

const CHANNEL: Channel = Channel::QQ;
const AVATAR_PIXELS: u32 = 40;

/// Draws the friends into `list`, or says what went wrong. `key` is a sandbox's: without one, a proxy at `base_url` signs.
#[wasm_bindgen(js_name = drawFriends)]
pub async fn draw_friends(
    list: Element,
    base_url: String,
    openid: String,
    token: String,
    key: Option<String>,
) -> Result<(), JsValue> {
    let signer = match key.and_then(SigKey::new) {
        Some(key) => Signer::key_dangerously_allow_browser(key),
        None => Signer::proxied(),
    };
    match friends(base_url, signer, Player { openid, token }).await {
        Ok(friends) => friends.iter().try_for_each(|friend| draw(&list, friend)),
        Err(error) if error.kind == ErrorKind::Auth => say(&list, "Please log in again."),
        Err(error) => say(&list, &format!("No friends today: {error}")),
    }
}

async fn friends(base_url: String, signer: Signer, player: Player) -> Result<Vec<Friend>, Error> {
    let client = Client::new(Options::new(base_url, FixedParameters::new("12", CHANNEL), signer))?;
    let request = Request { player, sub_channel: None };
    Ok(client.friend_list(&request, CallOptions::default()).await?.friends)
}

fn draw(list: &Element, friend: &Friend) -> Result<(), JsValue> {
    let device_pixel_ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    let size = Size::Fit { css_pixels: AVATAR_PIXELS.into(), device_pixel_ratio };
    let item = append(list, "li")?;
    // A friend without a picture is a friend all the same.
    if let Ok(Some(url)) = avatar::url(CHANNEL, &friend.picture_url, size) {
        let picture = append(&item, "img")?;
        picture.set_attribute("src", &url)?;
        picture.set_attribute("alt", "")?;
        picture.set_attribute("width", &AVATAR_PIXELS.to_string())?;
    }
    append(&item, "span")?.set_text_content(Some(&friend.display_name));
    Ok(())
}

fn say(list: &Element, text: &str) -> Result<(), JsValue> {
    append(list, "li")?.set_text_content(Some(text));
    Ok(())
}

fn append(parent: &Element, name: &str) -> Result<Element, JsValue> {
    let document = parent.owner_document().ok_or("the element is in no document")?;
    let child = document.create_element(name)?;
    parent.append_child(&child)?;
    Ok(child)
}
