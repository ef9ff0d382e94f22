//! Every known answer of tests/vectors as a call, or several, through the C interface.

use serde_json::{Value, json};

use crate::call;
use crate::call::Known;
use crate::vectors::{cases, channel_id, text, unknown_channels};

const ENDPOINTS: [&str; 5] = ["friend_list", "recall_friends_list", "get_sopenid", "share", "ark_share"];

const HTTP_OK: i32 = 200;

pub fn all() -> Vec<Known> {
    [signing, requests, responses, avatars, genders, errors, statuses, ark_extra, channels]
        .into_iter()
        .flat_map(|file| file())
        .collect()
}

fn signing() -> Vec<Known> {
    let calls = cases("signing").into_iter().flat_map(|case| {
        let [path, body, key, query] = ["path", "body", "sigKey", "canonicalQuery"].map(|name| text(&case, name));
        [
            call!("msdk_canonical_query", case["params"].to_string()).gives_text(query),
            call!("msdk_canonical_text", path, query, body).gives_text(format!("{path}?{query}{body}")),
            call!("msdk_sign", path, query, body, key).gives_text(text(&case, "sig")),
        ]
    });
    calls.collect()
}

fn requests() -> Vec<Known> {
    let calls = cases("requests").into_iter().map(|case| {
        let channel = channel_id(&case["channel"]);
        let call = call!("msdk_prepare", text(&case, "endpoint"), case["input"].to_string(), channel, false);
        match case.get("body") {
            Some(body) => {
                // The one input that names another channel.
                let answering = case["input"].get("subChannelId").map_or(channel, channel_id);
                call.gives_json(body.clone()).beside_number(answering)
            }
            None => call.is_refused(json!({ "kind": case["error"], "field": case["field"] })),
        }
    });
    calls.collect()
}

fn responses() -> Vec<Known> {
    let calls = cases("responses").into_iter().map(|case| {
        let (answer, channel) = (case["response"].to_string(), channel_id(&case["channel"]));
        call!("msdk_read_answer", text(&case, "endpoint"), answer, HTTP_OK, channel, false)
            .gives_json(case["expected"].clone())
    });
    calls.collect()
}

fn avatars() -> Vec<Known> {
    let exact = cases("avatar").into_iter().map(|case| {
        let size = case["size"].as_f64().unwrap();
        call!("msdk_avatar_url", text(&case, "pictureUrl"), channel_id(&case["channel"]), size)
            .gives_text_if_any(case["expected"].as_str().map(String::from))
    });
    let fitting = cases("avatar-fit").into_iter().map(|case| {
        let [css, ratio, size] = ["cssPixels", "devicePixelRatio", "expected"].map(|name| case[name].as_f64().unwrap());
        call!("msdk_avatar_size", channel_id(&case["channel"]), css, ratio).gives_number(size)
    });
    exact.chain(fitting).collect()
}

fn genders() -> Vec<Known> {
    let calls = cases("gender").into_iter().map(|case| {
        call!("msdk_mask_gender", channel_id(&case["channel"]), case["gender"].as_i64().unwrap())
            .gives_number(case["expected"].as_f64().unwrap())
    });
    calls.collect()
}

fn errors() -> Vec<Known> {
    let of_case = |case: Value| {
        let answer = json!({ "ret": case["ret"], "msg": case["msg"], "seq": "s" }).to_string();
        ENDPOINTS.map(|endpoint| {
            let channel = channel_id(&case["channel"]);
            call!("msdk_read_answer", endpoint, answer.as_str(), HTTP_OK, channel, false).is_refused(json!({
                "kind": case["kind"], "retryable": case["retryable"], "ret": case["ret"], "msg": case["msg"],
                "platformCode": case.get("platformCode"), "seq": "s",
            }))
        })
    };
    cases("errors").into_iter().flat_map(of_case).collect()
}

fn statuses() -> Vec<Known> {
    let bodies = ["", "<html>", r#"{"ret":0}"#, r#"{"ret":0,"lists":7}"#, "{", "[]"];
    let of_case = |case: Value| {
        let status = case["status"].as_i64().unwrap() as i32;
        let refusal = json!({ "kind": case["kind"], "retryable": case["retryable"], "ret": null });
        let of_endpoint = move |endpoint: &'static str| {
            let refusal = refusal.clone();
            let read = move |body: &str| call!("msdk_read_answer", endpoint, body, status, 1, false);
            bodies.map(|body| read(body).is_refused(refusal.clone()))
        };
        ENDPOINTS.into_iter().flat_map(of_endpoint)
    };
    cases("statuses").into_iter().flat_map(of_case).collect()
}

fn ark_extra() -> Vec<Known> {
    let calls = cases("ark-extra").into_iter();
    calls.map(|case| call!("msdk_pack_ark_extra", text(&case, "input")).gives_text(text(&case, "extra"))).collect()
}

fn channels() -> Vec<Known> {
    let listed = cases("channels").into_iter().flat_map(|case| {
        let sizes: Vec<i64> =
            case["avatarSizes"].as_array().unwrap().iter().map(|size| size.as_i64().unwrap()).collect();
        of_channel(channel_id(&case["id"]), &sizes, text(&case, "gender") == "shown")
    });
    listed.chain(unknown_channels().into_iter().flat_map(|id| of_channel(id, &[], false))).collect()
}

fn of_channel(id: u32, sizes: &[i64], shows_gender: bool) -> Vec<Known> {
    let url = "https://wx.qlogo.cn/a/b";
    let genders = [0, 1, 2, 3, -1].map(|arrives: i64| {
        let seen = if shows_gender && (1..=2).contains(&arrives) { arrives } else { 0 };
        call!("msdk_mask_gender", id, arrives).gives_number(seen as f64)
    });
    let sized =
        sizes.iter().map(|&size| call!("msdk_avatar_url", url, id, size as f64).gives_text(format!("{url}/{size}")));
    let widths: Vec<String> =
        sizes.iter().filter(|size| **size > 0).map(|size| format!("{url}/{size} {size}w")).collect();
    let srcset = (!widths.is_empty()).then(|| widths.join(", "));
    let mut calls: Vec<Known> = genders.into_iter().chain(sized).collect();
    calls.push(call!("msdk_avatar_srcset", url, id).gives_text_if_any(srcset));
    if sizes.is_empty() {
        calls.push(
            call!("msdk_avatar_size", id, 40.0, 1.0).is_refused(json!({ "kind": "request", "field": "channel" })),
        );
    }
    calls
}
