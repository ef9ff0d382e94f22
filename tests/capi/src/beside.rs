//! What no file of tests/vectors holds, beside the Rust interface of the crate, whose own tests hold it.

use msdk_friends::avatar::{self, Size};
use msdk_friends::query::{self, Sender};
use msdk_friends::retry::{self, Failure};
use msdk_friends::{Channel, Error, endpoints, limits};
use serde_json::{Value, json};

use crate::call;
use crate::call::{Call, Known};

pub fn all() -> Vec<Known> {
    [constants, queries, warnings, avatars, delays, refusals].into_iter().flat_map(|group| group()).collect()
}

/// The same call in Rust.
fn same(call: Call, result: Result<String, Error>) -> Known {
    match result {
        Ok(text) => call.gives_text(text),
        Err(error) => call.is_refused(serde_json::to_value(&*error).unwrap()),
    }
}

fn constants() -> Vec<Known> {
    let endpoints: Vec<Value> = endpoints::ALL
        .iter()
        .map(|endpoint| {
            let channels: Vec<u32> = endpoint.channels.iter().map(|channel| channel.id()).collect();
            json!({
                "name": endpoint.name, "path": endpoint.path, "idempotent": endpoint.idempotent, "channels": channels,
                "seed": endpoint.seed, "secrets": secrets(endpoint.name),
            })
        })
        .collect();
    let manifest = include_str!("../../../Cargo.toml");
    let version = manifest.split("\nversion = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    vec![
        call!("msdk_version").gives_text(version),
        call!("msdk_endpoints").gives_json(json!({ "endpoints": endpoints })),
        call!("msdk_share_limits").gives_json(serde_json::to_value(limits::SHARE_LIMITS).unwrap()),
    ]
}

/// What errors never quote: the crate does not tell, so that it stands here once more.
fn secrets(endpoint: &str) -> &'static [&'static str] {
    match endpoint {
        "share" | "ark_share" => &["openid", "token", "fopenid", "sopenid"],
        _ => &["openid", "token"],
    }
}

fn queries() -> Vec<Known> {
    let options = [
        r#"{"gameId":"12","channel":1}"#,
        r#"{"gameId":"12","channel":2,"os":5,"source":"1","version":"2.0","conn":"3","extraQuery":{"z":"1","a":2}}"#,
        r#"{"channel":1}"#,
        r#"{"gameId":"1 2","channel":1}"#,
        "{",
    ];
    let all = options.into_iter().flat_map(|options| {
        [(Sender::Signer, 0), (Sender::Proxied, 1)].map(|(sender, proxied)| {
            let ts = 1_700_000_000i64;
            same(call!("msdk_query", options, "seq-1", proxied, ts), query::of_attempt(options, sender, "seq-1", ts))
        })
    });
    all.collect()
}

fn warnings() -> Vec<Known> {
    let request = r#"{"openid":"1234","token":"t","taskId":1}"#;
    let endpoint = endpoints::by_name("recall_friends_list").unwrap();
    let prepared = endpoint.prepare(request, Channel::WECHAT, Sender::Signer).unwrap();
    vec![
        call!("msdk_warnings", endpoint.name, request, 1, 0).gives_json(json!({ "warnings": prepared.warnings })),
        call!("msdk_prepare", endpoint.name, request, 1, 0).gives_text(prepared.body).beside_number(1),
    ]
}

fn avatars() -> Vec<Known> {
    let pictures = ["http://thirdwx.qlogo.cn/mmopen/a b/\u{e9}", "https://q.qlogo.cn/qqapp/1/A/", "", "no address"];
    let all = pictures.into_iter().flat_map(|picture| {
        [Channel::WECHAT, Channel::QQ, Channel::FACEBOOK].into_iter().flat_map(move |channel| {
            let size = Size::Fit { css_pixels: 40.0, device_pixel_ratio: 2.0 };
            let fitting = call!("msdk_avatar_url_to_fit", picture, channel.id(), 40.0, 2.0);
            let fitting = match avatar::url(channel, picture, size) {
                Ok(url) => fitting.gives_text_if_any(url),
                Err(error) => same(fitting, Err(error)),
            };
            let srcset = call!("msdk_avatar_srcset", picture, channel.id());
            [fitting, srcset.gives_text_if_any(avatar::srcset(channel, picture))]
        })
    });
    all.collect()
}

fn delays() -> Vec<Known> {
    let failures =
        [(1, true, -1.0), (3, true, -1.0), (1, false, -1.0), (2, true, 1500.0), (2, true, 90_000.0), (9, true, 0.0)];
    let call = |(attempt, repeatable, asked): (u32, bool, f64)| {
        let (max_retries, left_ms, random) = (4, 10_000.0, 0.5);
        let retry_after_ms = (asked >= 0.0).then_some(asked);
        let failure = Failure { repeatable, attempt, max_retries, retry_after_ms, left_ms, random };
        call!("msdk_retry_delay", attempt, max_retries, repeatable, asked, left_ms, random)
            .gives_number(retry::delay_ms(failure).unwrap_or(-1.0))
    };
    failures.into_iter().map(call).collect()
}

fn refusals() -> Vec<Known> {
    let refused = |field: &str| json!({ "kind": "request", "field": field, "retryable": false });
    vec![
        call!("msdk_prepare", "friends", "{}", 1, 0).is_refused(refused("endpoint")),
        call!("msdk_prepare", "friend_list", "{}", 0, 0).is_refused(refused("channel")),
        call!("msdk_read_answer", "friend_list", "{}", 200, 0, 0).is_refused(refused("channel")),
        call!("msdk_mask_gender", 0, 1i64).is_refused(refused("channel")),
        call!("msdk_sign", "/v2/friend/share", "a=1", "{}", "").is_refused(refused("key")),
        call!("msdk_avatar_url", "https://q.qlogo.cn/1", 2, 41.0).is_refused(json!({ "kind": "request" })),
        call!("msdk_pack_ark_extra", "{").is_refused(json!({ "kind": "request" })),
        // A status that no HTTP has, and an answer that is not UTF-8.
        call!("msdk_read_answer", "share", "{}", 65_736, 2, 0).is_refused(json!({ "kind": "unknown" })),
        call!("msdk_read_answer", "share", b"{\"ret\":0,\"seq\":\"\xFF\"}".to_vec(), 200, 2, 0)
            .gives_json(json!({ "seq": "\u{FFFD}" })),
    ]
}
