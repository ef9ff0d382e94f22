//! The five calls, with the inputs that the npm package takes.

use std::time::Duration;

use js_sys::Reflect;
use msdk_friends::endpoints::{ark_share, friend_list, get_sopenid, recall_friends_list, share};
use msdk_friends::web::{AbortSignal, CallOptions, Client, Error};
use msdk_friends::{Channel, Player, Receiver};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::plain;

/// An absent openid, token or tag is an empty one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Input {
    #[serde(default)]
    openid: String,
    #[serde(default)]
    token: String,
    sub_channel_id: Option<u32>,
    task_id: Option<i64>,
    count: Option<i64>,
    fopenid: Option<String>,
    sopenid: Option<String>,
    #[serde(default)]
    game_tag: String,
    title: Option<String>,
    desc: Option<String>,
    link: Option<String>,
    image_url: Option<String>,
    channel_info: Option<ChannelInfo>,
    extra: Option<String>,
    #[serde(rename = "type")]
    kind: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ChannelInfo {
    act: Option<i64>,
    target_url: Option<String>,
    src: Option<i64>,
    dst: Option<i64>,
    flag: Option<i64>,
}

enum Request {
    FriendList(friend_list::Request),
    RecallFriendsList(recall_friends_list::Request),
    GetSopenid(get_sopenid::Request),
    Share(share::Request),
    ArkShare(ark_share::Request),
}

pub struct Call {
    request: Request,
    options: CallOptions,
}

const UNREPRESENTABLE: &str = "unrepresentable";

impl Call {
    pub fn new(endpoint: &str, input: JsValue, call: JsValue) -> Result<Self, JsValue> {
        Ok(Call { request: request(endpoint, input).ok_or(UNREPRESENTABLE)?, options: options(&call)? })
    }

    pub async fn make(self, client: &Client) -> Result<JsValue, Error> {
        let options = self.options;
        Ok(match self.request {
            Request::FriendList(request) => plain(&client.friend_list(&request, options).await?),
            Request::RecallFriendsList(request) => plain(&client.recall_friends_list(&request, options).await?),
            Request::GetSopenid(request) => plain(&client.get_sopenid(&request, options).await?),
            Request::Share(request) => plain(&client.share(&request, options).await?),
            Request::ArkShare(request) => plain(&client.ark_share(&request, options).await?),
        })
    }
}

fn request(endpoint: &str, input: JsValue) -> Option<Request> {
    let input: Input = serde_wasm_bindgen::from_value(input).ok()?;
    let player = Player { openid: input.openid, token: input.token };
    let receiver = match (input.fopenid, input.sopenid) {
        (Some(id), None) => Some(Receiver::Friend(id)),
        (None, Some(id)) => Some(Receiver::Unregistered(id)),
        _ => None,
    };
    Some(match endpoint {
        "friend_list" => {
            let sub_channel = input.sub_channel_id.and_then(Channel::new);
            Request::FriendList(friend_list::Request { player, sub_channel })
        }
        "recall_friends_list" => {
            let selection = match (input.task_id, input.count) {
                (Some(task), None) => recall_friends_list::Selection::Task(task),
                (None, Some(count)) => recall_friends_list::Selection::Count(count),
                _ => return None,
            };
            Request::RecallFriendsList(recall_friends_list::Request { player, selection })
        }
        "get_sopenid" => Request::GetSopenid(get_sopenid::Request { player }),
        "share" => Request::Share(share::Request {
            player,
            receiver: receiver?,
            game_tag: input.game_tag,
            title: input.title,
            desc: input.desc,
            link: input.link,
            image_url: input.image_url,
            channel_info: input.channel_info.map(|info| share::ChannelInfo {
                act: info.act,
                target_url: info.target_url,
                src: info.src,
                dst: info.dst,
                flag: info.flag,
            }),
            extra: input.extra,
            kind: input.kind,
        }),
        "ark_share" => Request::ArkShare(ark_share::Request { player, receiver: receiver?, extra: input.extra? }),
        _ => return None,
    })
}

fn options(call: &JsValue) -> Result<CallOptions, JsValue> {
    let mut options = CallOptions::default();
    if call.is_undefined() {
        return Ok(options);
    }
    let get = |name: &str| Reflect::get(call, &name.into());
    options.seq = get("seq")?.as_string().unwrap_or_default();
    options.timeout = get("timeoutMs")?.as_f64().map(|ms| Duration::from_millis(ms as u64));
    options.signal = get("signal")?.dyn_into::<AbortSignal>().ok();
    Ok(options)
}
