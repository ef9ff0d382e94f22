//! What the core hands to callers that are not Rust, in the contract's spelling.

use msdk_friends::endpoints::{self, friend_list};
use msdk_friends::limits::SHARE_LIMITS_JSON;
use msdk_friends::query::Sender;
use msdk_friends::{Channel, Error, Remark, Reply, Rules, ark};
use serde_json::{Value, json};

fn parse(json: &str) -> Value {
    serde_json::from_str(json).expect(json)
}

fn error_of(body: &str) -> Error {
    let rules = Rules { channel: Channel::QQ, remark: Remark::Ignored };
    friend_list::Response::read(&Reply::ok(body.as_bytes()), rules).unwrap_err()
}

#[test]
fn an_error_of_the_backend_has_its_number_and_words() {
    let error = error_of(r#"{"ret":-10000,"msg":"-6, \"a\"\n头","seq":"s"}"#);
    let expected = json!({
        "kind": "rate_limit", "message": error.message, "retryable": false, "ret": -10000, "platformCode": -6,
        "msg": "-6, \"a\"\n头", "seq": "s",
    });
    assert_eq!(parse(&error.to_json()), expected);
}

#[test]
fn an_error_of_the_reader_has_its_place() {
    let error = error_of(r#"{"ret":0,"lists":[{}]}"#);
    let expected = json!({
        "kind": "malformed_response", "message": error.message, "retryable": false,
        "offset": 18, "jsonPath": "lists[0].openid",
    });
    assert_eq!(parse(&error.to_json()), expected);
    assert!(error.message.contains("lists[0].openid") && error.message.contains("18"), "{error}");
}

#[test]
fn an_error_about_a_parameter_has_its_name() {
    let error = endpoints::by_name("share").unwrap().prepare("{}", Channel::STEAM, Sender::Signer).unwrap_err();
    let expected = json!({
        "kind": "request", "message": error.message, "retryable": false, "field": "channel", "allowed": "QQ",
    });
    assert_eq!(parse(&error.to_json()), expected);
    assert_eq!(parse(&ark::pack("{x").unwrap_err().to_json())["offset"], 1);
}

#[cfg(feature = "serde")]
#[test]
fn an_error_is_the_same_through_serde() {
    for error in [
        error_of(r#"{"ret":-20000,"msg":"-1, busy","seq":"s"}"#),
        error_of(r#"{"ret":0,"lists":[{}],"seq":"s"}"#),
        ark::pack("").unwrap_err(),
    ] {
        assert_eq!(serde_json::to_value(&error).unwrap(), parse(&error.to_json()));
    }
    assert_eq!(serde_json::to_value(msdk_friends::limits::SHARE_LIMITS).unwrap(), parse(SHARE_LIMITS_JSON));
}

/// Seed, 4.3 and 5.3; the text hints are of an older version of the page.
#[test]
fn the_limits_are_those_of_the_seed_page() {
    let expected = json!({
        "structured": {
            "pairPerDay": 1, "receiverPerDay": 5, "receiverPerWeek": 20, "senderPerDay": 10, "senderPerWeek": 40,
        },
        "ark": { "receiverPerDay": 5, "receiverPerDayFromOneSender": 3, "senderPerDay": 30, "senderPerWeek": 100 },
        "publicAccount": { "receiverPerDay": 3, "deliveredAt": ["12:00", "20:00", "22:00"] },
        "textHints": { "titleBytes": 45, "summaryBytes": 45, "targetUrlBytes": 512 },
    });
    assert_eq!(parse(SHARE_LIMITS_JSON), expected);
}
