//! The query's order, defaults and refusals, and what is signed.

use std::collections::BTreeMap;

use msdk_friends::query::{FixedParameters, Os, Query, Sender, of_attempt};
use msdk_friends::{Channel, Error, ErrorKind, SigKey, sign};

const SENDERS: [Sender; 2] = [Sender::Signer, Sender::Proxied];

fn query_of(options: &str, sender: Sender) -> Result<String, Error> {
    of_attempt(options, sender, "", 7)
}

fn query_of_parameters(fixed: &FixedParameters, sender: Sender) -> Result<String, Error> {
    fixed.of_attempt(sender, "", 7)
}

#[track_caller]
fn assert_config<T: std::fmt::Debug>(result: Result<T, Error>, field: &str) {
    let error = result.expect_err(field);
    assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some(field)), "{error}");
    assert!(error.message.starts_with(&format!("{field}: ")), "{error}");
    assert!(error.allowed.is_some());
}

#[track_caller]
fn assert_request<T: std::fmt::Debug>(result: Result<T, Error>, field: &str) {
    let error = result.expect_err(field);
    assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Request, Some(field)), "{error}");
    assert!(error.allowed.is_some());
}

#[test]
fn parameters_are_sorted_by_the_bytes_of_their_names() {
    let names = ["-", ".", "0", "9", "A", "Z", "_", "a", "a-", "a.", "a0", "aa", "b", "z", "~"];
    for turn in 0..names.len() {
        let mut query = Query::new();
        for index in 0..names.len() {
            // 7 and 15 have no common divisor, so every name comes once.
            let name = names[(index * 7 + turn) % names.len()];
            query.insert(name, "").unwrap();
        }
        assert_eq!(query.canonical(), names.map(|name| [name, "="].concat()).join("&"));
    }
}

#[test]
fn random_queries_are_those_of_a_sorted_map() {
    let mut state = 5u32;
    let mut random = |bound: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % bound
    };
    for _ in 0..3000 {
        let mut text = |least: u32| -> String {
            (0..least + random(3)).map(|_| char::from(b"-.09AZ_az~s"[random(11) as usize])).collect()
        };
        let parameters: Vec<(String, String)> = (0..8).map(|_| (text(1), text(0))).collect();
        let (mut query, mut twin) = (Query::new(), BTreeMap::new());
        for (name, value) in &parameters[..random(9) as usize] {
            let is_new = !twin.contains_key(name);
            assert_eq!(query.insert(name, value).is_ok(), is_new, "{name} in {}", query.canonical());
            twin.entry(name).or_insert(value);
            let expected: Vec<String> = twin.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(query.canonical(), expected.join("&"));
        }
    }
}

#[test]
fn the_defaults_are_those_of_the_contract() {
    let fixed = FixedParameters::new("12", Channel::WECHAT);
    assert_eq!(fixed.os, Os::Web);
    let signed = "channelid=1&conn=&gameid=12&os=3&seq=&source=0&ts=7&version=";
    assert_eq!(query_of_parameters(&fixed, Sender::Signer).unwrap(), signed);
    assert_eq!(query_of(r#"{"gameId":"12","channel":1}"#, Sender::Signer).unwrap(), signed);
    let proxied = "channelid=1&conn=&seq=&source=0&version=";
    assert_eq!(query_of_parameters(&fixed, Sender::Proxied).unwrap(), proxied);
    assert_eq!(query_of(r#"{"channel":1}"#, Sender::Proxied).unwrap(), proxied);
}

#[test]
fn every_option_reaches_the_query() {
    let options = r#"{"gameId":12,"channel":999,"os":4,"source":7,"version":"2.0","conn":"c",
        "extraQuery":{"cgsource":"cloudgame","platform":2,"z":""}}"#;
    assert_eq!(
        query_of(options, Sender::Signer).unwrap(),
        "cgsource=cloudgame&channelid=999&conn=c&gameid=12&os=4&platform=2&seq=&source=7&ts=7&version=2.0&z="
    );
    assert_eq!(
        query_of(options, Sender::Proxied).unwrap(),
        "cgsource=cloudgame&channelid=999&conn=c&platform=2&seq=&source=7&version=2.0&z="
    );
}

#[test]
fn the_systems_have_their_numbers() {
    let numbers = [Os::Android, Os::Ios, Os::Web, Os::Linux, Os::Windows].map(|os| os as i64);
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    for number in numbers {
        assert_eq!(Os::new(number).map(|os| os as i64), Some(number));
    }
    for odd in [i64::MIN, -1, 0, 6, 257, i64::MAX] {
        assert_eq!(Os::new(odd), None);
    }
}

#[test]
fn an_extra_parameter_that_the_client_sets_is_refused() {
    for sender in SENDERS {
        for name in ["channelid", "conn", "gameid", "os", "seq", "sig", "source", "ts", "version"] {
            let mut fixed = FixedParameters::new("12", Channel::QQ);
            fixed.extra.push((name.into(), "1".into()));
            assert_config(query_of_parameters(&fixed, sender), &format!("extraQuery.{name}"));
        }
        let mut fixed = FixedParameters::new("12", Channel::QQ);
        fixed.extra = vec![("a".into(), "1".into()), ("a".into(), "1".into())];
        assert_config(query_of_parameters(&fixed, sender), "extraQuery.a");
    }
}

#[test]
fn every_character_but_the_unreserved_is_refused() {
    let others = (0..0x80u8).map(char::from).filter(|c| !c.is_ascii_alphanumeric() && !"-._~".contains(*c));
    let others: Vec<char> = others.chain("é头😀\u{ff10}\u{feff}".chars()).collect();
    assert!("&=% +/?#\0".chars().all(|c| others.contains(&c)));
    for c in others {
        let odd = format!("a{c}b");
        let fixed = || FixedParameters::new("12", Channel::QQ);
        assert_config(
            query_of_parameters(&FixedParameters { game_id: odd.clone(), ..fixed() }, Sender::Signer),
            "gameId",
        );
        assert_config(
            query_of_parameters(&FixedParameters { source: odd.clone(), ..fixed() }, Sender::Signer),
            "source",
        );
        assert_config(
            query_of_parameters(&FixedParameters { version: odd.clone(), ..fixed() }, Sender::Proxied),
            "version",
        );
        assert_config(query_of_parameters(&FixedParameters { conn: odd.clone(), ..fixed() }, Sender::Proxied), "conn");
        let extra = vec![("x".into(), odd.clone())];
        assert_config(query_of_parameters(&FixedParameters { extra, ..fixed() }, Sender::Signer), "extraQuery.x");
        let extra = vec![(odd.clone(), "x".into())];
        assert_config(
            query_of_parameters(&FixedParameters { extra, ..fixed() }, Sender::Signer),
            &format!("extraQuery.{odd}"),
        );
        assert_request(fixed().of_attempt(Sender::Proxied, &odd, 0), "seq");
        assert_request(Query::new().insert(&odd, ""), &odd);
        assert_request(Query::new().insert("x", &odd), "x");
    }
}

#[test]
fn unreserved_characters_pass_as_they_are() {
    let all: String =
        (0..0x80u8).map(char::from).filter(|c| c.is_ascii_alphanumeric() || "-._~".contains(*c)).collect();
    let mut query = Query::new();
    query.insert(&all, &all).unwrap();
    assert_eq!(query.canonical(), format!("{all}={all}"));
}

#[test]
fn sig_an_empty_name_and_a_second_value_are_refused() {
    let mut query = Query::new();
    query.insert("a", "1").unwrap();
    assert_request(query.insert("sig", "1"), "sig");
    assert_request(query.insert("", "1"), "");
    assert_request(query.insert("a", "1"), "a");
    assert_eq!(query.canonical(), "a=1");
}

#[test]
fn a_bad_option_is_named_as_the_caller_knows_it() {
    for (options, field) in [
        (r#"{"channel":1}"#, "gameId"),
        (r#"{"gameId":"","channel":1}"#, "gameId"),
        (r#"{"gameId":true,"channel":1}"#, "gameId"),
        (r#"{"gameId":"a b","channel":1}"#, "gameId"),
        (r#"{"gameId":"12"}"#, "channel"),
        (r#"{"gameId":"12","channel":0}"#, "channel"),
        (r#"{"gameId":"12","channel":-1}"#, "channel"),
        (r#"{"gameId":"12","channel":4294967297}"#, "channel"),
        (r#"{"gameId":"12","channel":1.5}"#, "channel"),
        (r#"{"gameId":"12","channel":"1"}"#, "channel"),
        (r#"{"gameId":"12","channel":1,"os":0}"#, "os"),
        (r#"{"gameId":"12","channel":1,"os":6}"#, "os"),
        (r#"{"gameId":"12","channel":1,"os":"3"}"#, "os"),
        (r#"{"gameId":"12","channel":1,"source":1e21}"#, "source"),
        (r#"{"gameId":"12","channel":1,"source":1e+21}"#, "source"),
        (r#"{"gameId":"12","channel":1,"version":[]}"#, "version"),
        (r#"{"gameId":"12","channel":1,"conn":"\ud800"}"#, "conn"),
        (r#"{"gameId":"12","channel":1,"extraQuery":"a=b"}"#, "extraQuery"),
        (r#"{"gameId":"12","channel":1,"extraQuery":{"a":"&"}}"#, "extraQuery.a"),
    ] {
        if field == "source" && options.contains("1e21") {
            // The characters of 1e21 may stand in a query; JavaScript writes 1e+21.
            assert!(query_of(options, Sender::Signer).is_ok());
            continue;
        }
        let error = query_of(options, Sender::Signer).expect_err(options);
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some(field)), "{options}: {error}");
    }
}

#[test]
fn an_extra_parameter_that_is_no_text_is_named_in_full() {
    for odd in ["true", "null", "[]", "{}", "\"\\ud800\""] {
        let options = format!(r#"{{"gameId":"12","channel":1,"extraQuery":{{"a":{odd}}}}}"#);
        let error = query_of(&options, Sender::Signer).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some("extraQuery.a")), "{error}");
    }
}

#[test]
fn an_empty_game_id_from_rust_is_refused_too() {
    assert_config(query_of_parameters(&FixedParameters::new("", Channel::QQ), Sender::Signer), "gameId");
    assert!(query_of_parameters(&FixedParameters::new("", Channel::QQ), Sender::Proxied).is_ok());
}

#[test]
fn an_attempt_sorts_seq_and_ts_among_the_others() {
    let mut fixed = FixedParameters::new("12", Channel::WECHAT);
    fixed.extra = vec![("zone".into(), "".into()), ("cgsource".into(), "c".into())];
    let query = |sender, seq, ts| fixed.of_attempt(sender, seq, ts).unwrap();
    assert_eq!(
        query(Sender::Signer, "", 1_700_000_000),
        "cgsource=c&channelid=1&conn=&gameid=12&os=3&seq=&source=0&ts=1700000000&version=&zone="
    );
    assert_eq!(query(Sender::Proxied, "s-1", 1), "cgsource=c&channelid=1&conn=&seq=s-1&source=0&version=&zone=");
}

#[test]
fn a_time_is_written_in_full() {
    for ts in [0, 1, 4_294_967_296, i64::MAX] {
        let query = FixedParameters::new("12", Channel::QQ).of_attempt(Sender::Signer, "", ts).unwrap();
        assert!(query.contains(&format!("&ts={ts}&")));
    }
}

fn sig(path: &str, query: &str, body: &str, key: &str) -> String {
    sign::signature(path, query, body, &SigKey::new(key).unwrap()).unwrap()
}

#[test]
fn the_signature_is_the_md5_of_the_parts_end_to_end() {
    // printf '%s' '/v2/x?a=头{"t":"\n"}k' | md5sum
    assert_eq!(sig("/v2/x", "a=", "头{\"t\":\"\\n\"}", "k"), "bf703920d5c1c1b637fa2361a4be62ef");
    assert_eq!(sig("/v2/x", "a", "=头{\"t\":\"\\n\"}", "k"), "bf703920d5c1c1b637fa2361a4be62ef");
    assert_eq!(sign::canonical_text("/v2/x", "a=", "头").unwrap(), "/v2/x?a=头");
}

#[test]
fn every_part_changes_the_signature() {
    let whole = sig("/v2/x", "a=1", "{}", "k");
    assert!(whole.len() == 32 && whole.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    let others = [sig("/v2/y", "a=1", "{}", "k"), sig("/v2/x", "a=2", "{}", "k"), sig("/v2/x", "a=1", "{ }", "k")];
    assert!(others.iter().chain([&sig("/v2/x", "a=1", "{}", "K")]).all(|other| *other != whole));
}

#[test]
fn an_empty_key_is_no_key() {
    assert!(SigKey::new("").is_none());
}

#[test]
fn a_path_is_absolute_and_nothing_but_a_path() {
    let key = SigKey::new("k").unwrap();
    for odd in ["", "v2/x", "?", "/v2/x?", "/v2/x?a=1", "/v2/x#", "https://itop.qq.com/v2/x"] {
        assert_request(sign::canonical_text(odd, "", ""), "path");
        assert_request(sign::signature(odd, "", "", &key), "path");
    }
}
