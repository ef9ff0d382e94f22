//! What is sent: the body says what was meant, and what the seed page advises against goes with a warning.

#[path = "support/requests.rs"]
mod requests;

use msdk_friends::endpoints::share;
use msdk_friends::query::Sender;
use msdk_friends::{Channel, Player, Receiver};
use requests::*;
use serde_json::{Value, json};

fn player() -> Player {
    Player { openid: "1".into(), token: "t".into() }
}

// The fields.

#[test]
fn unknown_fields_are_not_sent() {
    let prepared = share(r#""game_tag":"x","sig":"x","openId":"x","title":"a","other":{"b":[1]}"#).unwrap();
    let expected = json!({
        "openid": "1", "token": "t", "type": 20000, "fopenid": "2", "title": "a", "game_tag": "MSG_INVITE",
    });
    assert_eq!(body(&prepared), expected);
}

#[test]
fn null_and_absent_optional_fields_are_not_sent() {
    let absent =
        share(r#""title":null,"desc":null,"link":null,"imageUrl":null,"channelInfo":null,"extra":null"#).unwrap();
    let expected = json!({ "openid": "1", "token": "t", "type": 20000, "fopenid": "2", "game_tag": "MSG_INVITE" });
    assert_eq!(body(&absent), expected);
    assert_eq!(absent.warnings, [] as [&str; 0]);
}

#[test]
fn channel_info_has_qqs_defaults_and_each_can_be_set() {
    let info = |fields: &str| body(&share(&format!(r#""channelInfo":{fields}"#)).unwrap())["channel_info"].take();
    assert_eq!(info("{}"), json!({ "act": 1, "src": 0, "dst": 1001, "flag": 1 }));
    assert_eq!(
        info(r#"{"act":2,"targetUrl":"u","src":3,"dst":4,"flag":5}"#),
        json!({ "act": 2, "target_url": "u", "src": 3, "dst": 4, "flag": 5 })
    );
}

// Warnings.

#[test]
fn an_ordinary_share_warns_of_nothing() {
    let fields =
        r#""title":"a","desc":"b","link":"","imageUrl":"c","channelInfo":{"targetUrl":"d","dst":1001,"flag":1}"#;
    assert_eq!(share(fields).unwrap().warnings, [] as [&str; 0]);
}

#[test]
fn what_the_seed_page_advises_against_is_sent_with_a_warning() {
    let long = |bytes: usize| "a".repeat(bytes);
    for (fields, field) in [
        (r#""link":"https://example.com""#.to_owned(), "link"),
        (r#""gameTag":"MSG_INVITE_ARK""#.into(), "gameTag"),
        (format!(r#""title":"{}""#, long(46)), "title"),
        (format!(r#""title":"{}""#, "头".repeat(16)), "title"),
        (format!(r#""desc":"{}""#, long(46)), "desc"),
        (format!(r#""channelInfo":{{"targetUrl":"{}"}}"#, long(513)), "channelInfo.targetUrl"),
        (r#""channelInfo":{"dst":1002}"#.into(), "channelInfo.dst"),
        (r#""channelInfo":{"flag":0}"#.into(), "channelInfo.flag"),
    ] {
        let warnings = share(&fields).expect(field).warnings;
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].starts_with(&format!("{field}: ")), "{warnings:?}");
    }
    for fields in [
        format!(r#""title":"{}","desc":"{}""#, long(45), "头".repeat(15)),
        format!(r#""channelInfo":{{"targetUrl":"{}"}}"#, long(512)),
    ] {
        assert_eq!(share(&fields).unwrap().warnings, [] as [&str; 0], "{fields}");
    }
}

// The body.

#[test]
fn every_text_reaches_the_body_unchanged() {
    let mut state = 11u32;
    let mut random = |bound: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % bound
    };
    for _ in 0..2000 {
        let mut text = || -> String {
            let bounds = [0x20, 0x80, 0x800, 0x3000, 0x11_0000];
            let length = random(9);
            let mut one = || {
                let bound = bounds[random(5) as usize];
                char::from_u32(random(bound))
            };
            (0..length).filter_map(|_| one()).collect()
        };
        let mut request = share::Request::new(
            Player { openid: text() + "1", token: text() + "t" },
            Receiver::Friend(text() + "2"),
            text() + "g",
        );
        (request.title, request.extra, request.link) = (Some(text()), Some(text()), Some(text()));
        let info = share::ChannelInfo { target_url: Some(text()), ..Default::default() };
        request.channel_info = Some(info);
        let prepared = request.prepare(Channel::QQ, Sender::Signer).unwrap();
        let body = body(&prepared);
        assert_eq!(body["openid"], *request.player.openid);
        assert_eq!(body["token"], *request.player.token);
        assert_eq!(body["game_tag"], *request.game_tag);
        assert_eq!(body["title"], *request.title.unwrap());
        assert_eq!(body["extra"], *request.extra.unwrap());
        assert_eq!(body["link"], *request.link.unwrap());
        assert_eq!(body["channel_info"]["target_url"], *request.channel_info.unwrap().target_url.unwrap());
        // The other way round: the same texts as a JavaScript caller's JSON.
        let input = json!({ "openid": body["openid"], "token": body["token"] }).to_string();
        let again = prepare("get_sopenid", Channel::QQ, &input).unwrap();
        assert_eq!(crate::body(&again), serde_json::from_str::<Value>(&input).unwrap());
    }
}

#[test]
fn control_characters_quotes_and_backslashes_are_escaped_and_nothing_else() {
    let text: String = (0..0x20u8).map(char::from).chain("\"\\/\u{7f}é头😀\u{2028}".chars()).collect();
    let mut request = share::Request::new(player(), Receiver::Friend("2".into()), "g");
    request.title = Some(text.clone());
    let prepared = request.prepare(Channel::QQ, Sender::Signer).unwrap();
    assert_eq!(body(&prepared)["title"], *text);
    assert!(prepared.body.bytes().all(|byte| byte >= 0x20));
    assert!(prepared.body.contains("\\\"\\\\/\u{7f}é头😀\u{2028}"), "{}", prepared.body);
}

#[test]
fn the_last_of_two_equal_fields_is_sent() {
    let prepared = share(r#""title":"a","title":"b""#).unwrap();
    assert_eq!(body(&prepared)["title"], "b");
}
