//! Every known answer of tests/vectors, through the public API.

#[path = "support/vectors.rs"]
mod vectors;

use msdk_friends::avatar::{self, Size};
use msdk_friends::endpoints::{self, ark_share, friend_list, get_sopenid, recall_friends_list, share};
use msdk_friends::query::{Query, Sender};
use msdk_friends::{Channel, Error, Remark, Reply, Rules, SigKey, ark, gender, sign};
use serde_json::{Map, Value, json};

use vectors::{cases, channel_id, text};

fn channel(value: &Value) -> Channel {
    Channel::new(channel_id(value)).unwrap()
}

#[test]
fn signing() {
    for case in cases("signing") {
        let mut query = Query::new();
        for (name, value) in case["params"].as_object().unwrap() {
            query.insert(name, value.as_str().unwrap()).unwrap();
        }
        let key = SigKey::new(text(&case, "sigKey")).unwrap();
        let (path, body) = (text(&case, "path"), text(&case, "body"));
        assert_eq!(query.canonical(), text(&case, "canonicalQuery"), "{case}");
        let signed = format!("{path}?{}{body}", query.canonical());
        assert_eq!(sign::canonical_text(path, &query.canonical(), body).unwrap(), signed);
        assert_eq!(sign::signature(path, &query.canonical(), body, &key).unwrap(), text(&case, "sig"), "{case}");
    }
}

#[test]
fn requests() {
    for case in cases("requests") {
        let endpoint = endpoints::by_name(text(&case, "endpoint")).unwrap();
        let json = case["input"].to_string();
        match (endpoint.prepare(&json, channel(&case["channel"]), Sender::Signer), case.get("body")) {
            (Ok(prepared), Some(body)) => {
                assert_eq!(&serde_json::from_str::<Value>(&prepared.body).unwrap(), body, "{case}");
            }
            (Err(error), None) => {
                assert_eq!(error.kind.as_str(), text(&case, "error"), "{case}");
                assert_eq!(error.field.as_deref(), case["field"].as_str(), "{case}");
                assert!(error.allowed.is_some(), "{case}");
            }
            (result, _) => panic!("{case}: {result:?}"),
        }
    }
}

#[test]
fn responses() {
    for case in cases("responses") {
        let bytes = case["response"].to_string();
        let answer = read(text(&case, "endpoint"), &Reply::ok(bytes.as_bytes()), channel(&case["channel"]));
        assert_eq!(answer.expect(&bytes), case["expected"], "{case}");
    }
}

/// What the caller of the package sees of an answer.
fn read(endpoint: &str, reply: &Reply<'_>, channel: Channel) -> Result<Value, Error> {
    let (value, seq) = match endpoint {
        "friend_list" => {
            let list = friend_list::Response::read(reply, Rules { channel, remark: Remark::Ignored })?;
            let friends: Vec<Value> = list.friends.iter().map(friend_to_json).collect();
            (json!({ "degraded": list.degraded, "friends": friends }), list.seq)
        }
        "recall_friends_list" => {
            let list = recall_friends_list::Response::read(reply)?;
            let friends = list.friends.iter().map(|friend| {
                json!({
                    "sopenid": friend.sopenid,
                    "nickName": friend.nick_name,
                    "pictureUrl": friend.picture_url,
                })
            });
            let head = json!({
                "friends": friends.collect::<Vec<_>>(),
                "modelId": list.model_id,
                "sendList": list.send_list,
            });
            (head, list.seq)
        }
        "get_sopenid" => {
            let answer = get_sopenid::Response::read(reply)?;
            (json!({ "sopenid": answer.sopenid }), answer.seq)
        }
        "share" => (json!({}), share::Response::read(reply)?.seq),
        "ark_share" => (json!({}), ark_share::Response::read(reply)?.seq),
        other => panic!("{other} has no response"),
    };
    let Value::Object(mut object) = value else { unreachable!() };
    object.insert("seq".into(), json!(seq));
    Ok(Value::Object(without_absent(object)))
}

fn friend_to_json(friend: &friend_list::Friend) -> Value {
    let Value::Object(object) = json!({
        "openid": friend.openid,
        "userName": friend.user_name,
        "displayName": friend.display_name,
        "gender": friend.gender as u8,
        "pictureUrl": friend.picture_url,
        "nickName": friend.nick_name,
        "remark": friend.remark,
        "country": friend.country,
        "province": friend.province,
        "city": friend.city,
        "language": friend.language,
    }) else {
        unreachable!()
    };
    Value::Object(without_absent(object))
}

fn without_absent(object: Map<String, Value>) -> Map<String, Value> {
    object.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

#[test]
fn avatars() {
    for case in cases("avatar") {
        let size = Size::Exact(case["size"].as_f64().unwrap());
        let sized = avatar::url(channel(&case["channel"]), text(&case, "pictureUrl"), size).unwrap();
        assert_eq!(json!(sized), case["expected"], "{case}");
    }
    for case in cases("avatar-fit") {
        let (css, ratio) = (case["cssPixels"].as_f64().unwrap(), case["devicePixelRatio"].as_f64().unwrap());
        let size = avatar::size(channel(&case["channel"]), css, ratio).unwrap();
        assert_eq!(json!(size), case["expected"], "{case}");
    }
}

#[test]
fn genders() {
    for case in cases("gender") {
        let seen = gender::mask(channel(&case["channel"]), case["gender"].as_i64().unwrap());
        assert_eq!(json!(seen as u8), case["expected"], "{case}");
    }
}

#[test]
fn errors() {
    for case in cases("errors") {
        let bytes = json!({ "ret": case["ret"], "msg": case["msg"], "seq": "s" }).to_string();
        for endpoint in endpoints::ALL {
            let error = read(endpoint.name, &Reply::ok(bytes.as_bytes()), channel(&case["channel"])).unwrap_err();
            assert_eq!(error.kind.as_str(), text(&case, "kind"), "{case}");
            assert_eq!(json!(error.retryable), case["retryable"], "{case}");
            assert_eq!(json!(error.ret), case["ret"], "{case}");
            assert_eq!(json!(error.msg), case["msg"], "{case}");
            assert_eq!(json!(error.platform_code), *case.get("platformCode").unwrap_or(&Value::Null), "{case}");
            assert_eq!(error.seq.as_deref(), Some("s"));
        }
    }
}

#[test]
fn ark_extra() {
    for case in cases("ark-extra") {
        let extra = ark::pack(text(&case, "input")).unwrap();
        assert_eq!(extra, text(&case, "extra"), "{case}");
    }
}
