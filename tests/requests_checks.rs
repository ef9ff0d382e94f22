//! What a caller passes: what is refused, by which name and in which words.

#[path = "support/requests.rs"]
mod requests;

use msdk_friends::endpoints::{ark_share, recall_friends_list, share};
use msdk_friends::query::Sender;
use msdk_friends::{Channel, Error, ErrorKind, Player, Receiver};
use requests::*;
use serde_json::{Value, json};

/// The error names the field first, says what is allowed and can be acted on.
#[track_caller]
fn assert_refused<T: std::fmt::Debug>(result: Result<T, Error>, field: &str) -> Error {
    let error = result.expect_err(field);
    assert_eq!((error.kind, error.retryable), (ErrorKind::Request, false), "{error}");
    assert_eq!(error.field.as_deref(), Some(field), "{error}");
    assert!(error.message.starts_with(&format!("{field}: ")), "{error}");
    assert!(error.allowed.as_ref().is_some_and(|allowed| error.message.contains(allowed.as_str())), "{error:?}");
    error
}

fn player() -> Player {
    Player { openid: "1".into(), token: "t".into() }
}

const QQ_ENDPOINTS: [&str; 5] = ["friend_list", "recall_friends_list", "get_sopenid", "share", "ark_share"];

/// An input with all that any endpoint on QQ wants.
fn whole() -> serde_json::Map<String, Value> {
    let Value::Object(input) = json!({
        "openid": "1", "token": "t", "count": 1, "fopenid": "2", "gameTag": "MSG_INVITE", "extra": "{}",
    }) else {
        unreachable!()
    };
    input
}

#[test]
fn every_endpoint_takes_a_whole_input() {
    for endpoint in QQ_ENDPOINTS {
        prepare(endpoint, Channel::QQ, &Value::Object(whole()).to_string()).expect(endpoint);
    }
}

#[test]
fn openid_and_token_must_be_texts_that_are_not_empty() {
    for endpoint in QQ_ENDPOINTS {
        for field in ["openid", "token"] {
            for odd in [json!(""), json!(null), json!(1), json!(true), json!([]), json!({ "a": 1 })] {
                let mut input = whole();
                input.insert(field.into(), odd);
                assert_refused(prepare(endpoint, Channel::QQ, &Value::Object(input).to_string()), field);
            }
            let mut input = whole();
            input.remove(field);
            assert_refused(prepare(endpoint, Channel::QQ, &Value::Object(input).to_string()), field);
        }
    }
}

#[test]
fn the_channels_that_an_endpoint_serves() {
    for endpoint in QQ_ENDPOINTS {
        for (name, channel) in Channel::KNOWN {
            let mut input = whole();
            if *channel == Channel::WECHAT {
                input.remove("count");
                input.insert("taskId".into(), json!(0));
            }
            let served = match endpoint {
                "friend_list" => true,
                "share" | "ark_share" => *name == "QQ",
                _ => *name == "QQ" || *name == "WeChat",
            };
            let result = prepare(endpoint, *channel, &Value::Object(input).to_string());
            assert_eq!(result.is_ok(), served, "{endpoint} {name}");
            if !served {
                let error = assert_refused(result, "channel");
                let allowed = error.allowed.as_ref().unwrap();
                assert_eq!(allowed.contains("WeChat"), !endpoint.contains("share"), "{allowed}");
            }
        }
    }
}

#[test]
fn a_channel_that_is_not_served_is_said_before_what_it_would_need() {
    for (endpoint, channel) in
        [("recall_friends_list", Channel::FACEBOOK), ("share", Channel::WECHAT), ("ark_share", Channel::WECHAT)]
    {
        assert_refused(prepare(endpoint, channel, r#"{"openid":"1","token":"t"}"#), "channel");
    }
}

#[test]
fn a_receiver_is_one_of_two() {
    for endpoint in ["share", "ark_share"] {
        let with = |receiver: &str| {
            let input = format!(r#"{{"openid":"1","token":"t","gameTag":"g","extra":"{{}}"{receiver}}}"#);
            prepare(endpoint, Channel::QQ, &input)
        };
        assert_eq!(body(&with(r#","fopenid":"2","sopenid":"""#).unwrap())["fopenid"], "2");
        assert_eq!(body(&with(r#","sopenid":"s""#).unwrap())["sopenid"], "s");
        assert_refused(with(""), "fopenid");
        assert_refused(with(r#","fopenid":"","sopenid":"""#), "fopenid");
        assert_refused(with(r#","fopenid":"1","sopenid":"2""#), "sopenid");
        assert_refused(with(r#","fopenid":14719294144616908484"#), "fopenid");
        assert_refused(with(r#","sopenid":{}"#), "sopenid");
    }
}

#[test]
fn an_empty_receiver_from_rust_is_refused_too() {
    for (receiver, field) in
        [(Receiver::Friend(String::new()), "fopenid"), (Receiver::Unregistered(String::new()), "sopenid")]
    {
        let request = share::Request::new(player(), receiver.clone(), "g");
        assert_refused(request.prepare(Channel::QQ, Sender::Signer), field);
        let request = ark_share::Request { player: player(), receiver, extra: "{}".into() };
        assert_refused(request.prepare(Channel::QQ, Sender::Signer), field);
    }
}

#[test]
fn recall_wants_what_its_channel_wants_and_never_both() {
    let recall = |channel, fields: &str| {
        prepare("recall_friends_list", channel, &format!(r#"{{"openid":"1","token":"t"{fields}}}"#))
    };
    for (channel, field, foreign) in [(Channel::WECHAT, "taskId", "count"), (Channel::QQ, "count", "taskId")] {
        let (own, other) = (format!(r#","{field}":3"#), format!(r#","{foreign}":3"#));
        assert!(recall(channel, &own).is_ok());
        assert_refused(recall(channel, ""), field);
        assert_refused(recall(channel, &other), field);
        assert_refused(recall(channel, &[own, other].concat()), foreign);
        for odd in ["1.5", "\"1\"", "null", "true", "9007199254740992", "1e1"] {
            assert_refused(recall(channel, &format!(r#","{field}":{odd}"#)), field);
        }
    }
    for count in [1, 20] {
        assert!(recall(Channel::QQ, &format!(r#","count":{count}"#)).is_ok());
    }
    for count in [0, 21, -1, -9_007_199_254_740_991i64] {
        let error = assert_refused(recall(Channel::QQ, &format!(r#","count":{count}"#)), "count");
        assert!(error.message.ends_with(&count.to_string()), "{error}");
    }
    let request =
        recall_friends_list::Request { player: player(), selection: recall_friends_list::Selection::Count(i64::MIN) };
    assert_refused(request.prepare(Channel::QQ, Sender::Signer), "count");
}

#[test]
fn a_sub_channel_is_a_positive_id_and_rules_the_answer() {
    let list = |id: &str| {
        prepare("friend_list", Channel::WECHAT, &format!(r#"{{"openid":"1","token":"t","subChannelId":{id}}}"#))
    };
    let prepared = list("2").unwrap();
    assert_eq!((prepared.channel, body(&prepared)["sub_channelid"].as_u64()), (Channel::QQ, Some(2)));
    assert_eq!(list("4294967295").unwrap().channel, Channel::new(u32::MAX).unwrap());
    for odd in ["0", "-1", "4294967296", "4294967298", "1.5", "\"2\"", "null"] {
        assert_refused(list(odd), "subChannelId");
    }
    let without = prepare("friend_list", Channel::WECHAT, r#"{"openid":"1","token":"t"}"#).unwrap();
    assert_eq!((without.channel, body(&without).get("sub_channelid")), (Channel::WECHAT, None));
}

#[test]
fn an_integer_beyond_2_to_53_is_refused() {
    for field in ["type", "channelInfo.act", "channelInfo.src", "channelInfo.dst", "channelInfo.flag"] {
        let with = |literal: &str| match field.split_once('.') {
            None => share(&format!(r#""{field}":{literal}"#)),
            Some((parent, field)) => share(&format!(r#""{parent}":{{"{field}":{literal}}}"#)),
        };
        for odd in ["9007199254740992", "-9007199254740992", "9223372036854775808", "1e9", "0.5", "\"1\"", "[]"] {
            assert_refused(with(odd), field);
        }
        for good in [9_007_199_254_740_991i64, -9_007_199_254_740_991, 0] {
            assert!(with(&good.to_string()).is_ok());
        }
    }
}

#[test]
fn the_smallest_integer_of_all_is_refused() {
    assert_refused(share(r#""type":-9223372036854775808"#), "type");
}

#[test]
fn a_texts_field_takes_a_text_or_nothing() {
    for field in ["title", "desc", "link", "imageUrl", "extra", "gameTag", "channelInfo.targetUrl"] {
        let with = |value: &str| match field.split_once('.') {
            None => share(&format!(r#""{field}":{value}"#)),
            Some((parent, field)) => share(&format!(r#""{parent}":{{"{field}":{value}}}"#)),
        };
        for odd in ["1", "true", "[]", "{}"] {
            assert_refused(with(odd), field);
        }
        if field != "gameTag" {
            assert!(with("null").is_ok() && with("\"\"").is_ok());
        }
    }
    for odd in ["1", "\"\"", "[]", "true"] {
        assert_refused(share(&format!(r#""channelInfo":{odd}"#)), "channelInfo");
    }
    assert_refused(share(r#""gameTag":"""#), "gameTag");
    assert_refused(share(r#""gameTag":null"#), "gameTag");
}

#[test]
fn an_ark_template_is_an_object_or_the_text_of_one() {
    let ark = |extra: &str| {
        prepare("ark_share", Channel::QQ, &format!(r#"{{"openid":"1","token":"t","fopenid":"2"{extra}}}"#))
    };
    for good in [r#"{"a": [1]}"#, r#""{\"a\": [1]} // b""#] {
        assert_eq!(body(&ark(&format!(r#","extra":{good}"#)).unwrap())["extra"], "%7B%22a%22%3A%5B1%5D%7D");
    }
    for odd in ["", r#","extra":null"#, r#","extra":"""#, r#","extra":[]"#, r#","extra":1"#, r#","extra":true"#] {
        let error = assert_refused(ark(odd), "extra");
        assert!(error.allowed.as_ref().unwrap().contains("object"), "{}", error.message);
    }
}

#[test]
fn a_lone_surrogate_is_refused_in_every_text() {
    for field in ["openid", "token", "fopenid", "gameTag", "title", "desc", "link", "imageUrl", "extra"] {
        for cut in [r"a\ud83d", r"\ude00", r"\ud83d\ud83d\ude00"] {
            assert_refused(share(&format!(r#""{field}":"{cut}""#)), field);
        }
    }
    assert_refused(share(r#""channelInfo":{"targetUrl":"\ud83d"}"#), "channelInfo.targetUrl");
    let with = r#"{"openid":"1","token":"t","fopenid":"2","extra":"\ud83d"}"#;
    assert_refused(prepare("ark_share", Channel::QQ, with), "extra");
}

#[test]
fn what_is_no_object_is_refused_by_the_name_of_the_argument() {
    for odd in ["", "null", "[]", "1", "{", "{}x", "{\"a\":undefined}"] {
        for endpoint in QQ_ENDPOINTS {
            assert_refused(prepare(endpoint, Channel::QQ, odd), "the argument");
        }
    }
}

// Behind a proxy.

#[test]
fn behind_a_proxy_the_player_may_be_left_out() {
    let list =
        |input: &str| prepare_as(Sender::Proxied, "friend_list", Channel::QQ, input).map(|prepared| prepared.body);
    assert_eq!(list("{}").unwrap(), "{}");
    assert_eq!(list(r#"{"openid":"","token":""}"#).unwrap(), "{}");
    assert_eq!(list(r#"{"token":"t"}"#).unwrap(), r#"{"token":"t"}"#);
    assert_eq!(list(r#"{"subChannelId":2}"#).unwrap(), r#"{"sub_channelid":2}"#);
    assert_refused(list(r#"{"openid":1}"#), "openid");
}

#[test]
fn behind_a_proxy_all_else_is_checked_as_ever() {
    let proxied = |endpoint, channel, input: &str| prepare_as(Sender::Proxied, endpoint, channel, input);
    assert_refused(proxied("share", Channel::QQ, r#"{"gameTag":"g"}"#), "fopenid");
    assert_refused(proxied("share", Channel::QQ, r#"{"fopenid":"1"}"#), "gameTag");
    assert_refused(proxied("share", Channel::WECHAT, r#"{"fopenid":"1","gameTag":"g"}"#), "channel");
    assert_refused(proxied("ark_share", Channel::QQ, r#"{"fopenid":"1"}"#), "extra");
    assert_refused(proxied("recall_friends_list", Channel::QQ, "{}"), "count");
    let body = proxied("share", Channel::QQ, r#"{"fopenid":"1","gameTag":"g"}"#).unwrap().body;
    assert_eq!(body, r#"{"type":20000,"fopenid":"1","game_tag":"g"}"#);
}
