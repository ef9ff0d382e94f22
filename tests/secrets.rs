//! Nothing that is printed shows a token, a key or an identifier of the caller's.

use msdk_friends::endpoints::{self, ark_share, friend_list, get_sopenid, recall_friends_list, share};
use msdk_friends::query::Sender;
use msdk_friends::{Channel, Error, Player, Receiver, Remark, Reply, Rules, SigKey, sign};
use serde_json::{Map, Value, json};

const MARKERS: [(&str, &str); 4] = [
    ("openid", "MARKER-OPENID"),
    ("token", "MARKER-TOKEN"),
    ("fopenid", "MARKER-FOPENID"),
    ("sopenid", "MARKER-SOPENID"),
];

#[track_caller]
fn assert_silent(printed: &str) {
    assert!(!printed.to_uppercase().contains("MARKER"), "{printed}");
}

#[track_caller]
fn assert_silent_error(error: &Error) {
    assert_silent(&format!("{error} {error:?} {}", error.to_json()));
}

fn player() -> Player {
    Player { openid: MARKERS[0].1.into(), token: MARKERS[1].1.into() }
}

fn receivers() -> [Receiver; 2] {
    [Receiver::Friend(MARKERS[2].1.into()), Receiver::Unregistered(MARKERS[3].1.into())]
}

#[test]
fn debug_shows_no_key() {
    assert_silent(&format!("{:?} {:#?}", SigKey::new("MARKER-KEY"), SigKey::new("MARKER-KEY")));
}

#[test]
fn debug_of_players_and_receivers_shows_no_identifier() {
    assert_silent(&format!("{:?} {:#?} {:?}", player(), player(), receivers()));
    assert!(format!("{:?}", receivers()).contains("Unregistered"), "which of the two may be seen");
}

#[test]
fn debug_of_requests_shows_no_marker() {
    for receiver in receivers() {
        let ark = ark_share::Request { player: player(), receiver: receiver.clone(), extra: "{}".into() };
        assert_silent(&format!("{ark:?} {:?}", share::Request::new(player(), receiver, "g")));
    }
    let list = friend_list::Request { player: player(), sub_channel: Some(Channel::QQ) };
    let selection = recall_friends_list::Selection::Count(1);
    let recall = recall_friends_list::Request { player: player(), selection };
    assert_silent(&format!("{list:?} {recall:?} {:?}", get_sopenid::Request { player: player() }));
}

/// Of a list the names may be seen, and of a body its length.
#[test]
fn debug_of_answers_shows_no_identifier() {
    let lists =
        br#"{"ret":0,"lists":[{"openid":"MARKER","user_name":"Lin","gender":1,"picture_url":"http://MARKER"}]}"#;
    let rules = Rules { channel: Channel::WECHAT, remark: Remark::Ignored };
    let friends = friend_list::Response::read(&Reply::ok(lists), rules).unwrap();
    assert_eq!(friends.friends[0].openid, "MARKER");
    let sopenid = get_sopenid::Response::read(&Reply::ok(br#"{"ret":0,"sopenid":"MARKER"}"#)).unwrap();
    let candidates =
        br#"{"ret":0,"result":{"send_list":["MARKER"],"friend_list":[{"nick_name":"Lin","sopenid":"MARKER"}]}}"#;
    let recall = recall_friends_list::Response::read(&Reply::ok(candidates)).unwrap();
    assert_eq!(recall.send_list.as_deref(), Some(&["MARKER".to_string()][..]));
    assert_eq!(recall.friends[0].sopenid, "MARKER");
    for printed in [format!("{friends:?} {friends:#?}"), format!("{recall:?}")] {
        assert_silent(&printed);
        assert!(printed.contains("Lin"), "{printed}");
    }
    assert_silent(&format!("{sopenid:?} {:?}", Reply::ok(lists)));
    assert!(format!("{:?}", Reply::ok(lists)).contains(&lists.len().to_string()));
}

/// The body is the request: it holds token and openid.
#[test]
fn debug_of_a_prepared_request_shows_no_marker() {
    let list = friend_list::Request { player: player(), sub_channel: None };
    let prepared = list.prepare(Channel::QQ, Sender::Signer).unwrap();
    assert!(prepared.body.contains("MARKER"));
    assert_silent(&format!("{prepared:?} {prepared:#?}"));
}

/// An input with all that any endpoint wants, on QQ.
fn whole() -> Map<String, Value> {
    let mut input = Map::new();
    for (field, marker) in &MARKERS[..3] {
        input.insert((*field).into(), json!(marker));
    }
    input.insert("count".into(), json!(1));
    input.insert("gameTag".into(), json!("g"));
    input.insert("extra".into(), json!("{}"));
    input
}

fn errors_of(input: &str, channel: Channel, sender: Sender) -> usize {
    let mut errors = 0;
    for endpoint in endpoints::ALL {
        if let Err(error) = endpoint.prepare(input, channel, sender) {
            assert_silent_error(&error);
            errors += 1;
        }
    }
    errors
}

#[test]
fn errors_about_bad_input_show_no_marker() {
    let mut errors = 0;
    for (bad, _) in
        MARKERS.iter().chain(&[("count", ""), ("gameTag", ""), ("extra", ""), ("title", ""), ("channelInfo", "")])
    {
        for value in [
            json!(""),
            json!(null),
            json!(false),
            json!(["MARKER"]),
            json!({ "MARKER": "MARKER" }),
            json!("MARKER\u{0}"),
            json!("%MARKER"),
            json!({ "act": "MARKER" }),
            json!(-5),
        ] {
            let mut input = whole();
            input.insert((*bad).into(), value);
            let text = Value::Object(input).to_string();
            for channel in [Channel::QQ, Channel::WECHAT, Channel::STEAM] {
                errors += errors_of(&text, channel, Sender::Signer) + errors_of(&text, channel, Sender::Proxied);
            }
        }
    }
    assert!(errors > 500, "{errors}");
}

#[test]
fn errors_about_broken_text_show_no_marker() {
    for (field, marker) in MARKERS {
        let text = format!(r#"{{"openid":"1","token":"t","fopenid":"2","count":1,"{field}":"{marker}\ud800"}}"#);
        assert!(errors_of(&text, Channel::QQ, Sender::Signer) > 0, "{field}");
        let cut = &text[..text.len() - 2];
        assert_eq!(errors_of(cut, Channel::QQ, Sender::Signer), endpoints::ALL.len());
    }
}

#[test]
fn errors_about_a_malformed_answer_show_no_marker() {
    for body in [
        r#"{"ret":0,"lists":[{"openid":"MARKER\ud800"}]}"#,
        r#"{"ret":0,"lists":[{"openid":"MARKER","city":false}]}"#,
        r#"{"ret":0,"MARKER":"MARKER","lists":[{"MARKER":1}],"sopenid":[],"result":[]}"#,
        r#"{"ret":"MARKER"}"#,
        r#"{"ret":0,"result":{"sopenid":"MARKER\ud800","friend_list":[{"sopenid":"MARKER\ud800"}],"model_id":"MARKER"}}"#,
        r#"{"ret":0,"seq":"MARKER"#,
        "<html>MARKER",
    ] {
        let reply = Reply::ok(body.as_bytes());
        let rules = Rules { channel: Channel::QQ, remark: Remark::Ignored };
        let errors = [
            friend_list::Response::read(&reply, rules).err(),
            recall_friends_list::Response::read(&reply).err(),
            get_sopenid::Response::read(&reply).err(),
            share::Response::read(&reply).err(),
        ];
        assert!(errors.iter().any(Option::is_some), "{body}");
        errors.iter().flatten().for_each(assert_silent_error);
    }
}

#[test]
fn errors_about_signing_show_neither_body_nor_key() {
    let key = SigKey::new("MARKER-KEY").unwrap();
    for path in ["", "MARKER", "/v2/MARKER?"] {
        assert_silent_error(&sign::signature(path, "a=MARKER", "MARKER", &key).unwrap_err());
    }
}
