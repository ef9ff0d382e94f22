//! The fields of the answers: what each may be, and where the error points when it is something else.

#[path = "support/answers.rs"]
mod answers;

use answers::*;
use msdk_friends::endpoints::friend_list::Response;
use msdk_friends::endpoints::{get_sopenid, recall_friends_list, share};
use msdk_friends::{Gender, Remark, Reply, Rules};

// Friends.

#[test]
fn an_absent_or_null_list_is_empty() {
    for body in [r#"{"ret":0}"#, r#"{"ret":0,"lists":null}"#, r#"{"ret":0,"lists":[]}"#] {
        assert_eq!(list(body).unwrap(), Response::default());
    }
}

#[test]
fn a_list_that_is_no_array_is_malformed() {
    for odd in ["{}", "\"\"", "0", "false"] {
        assert_malformed(list(format!(r#"{{"ret":0,"lists": {odd}}}"#)), "lists", 18);
    }
    for odd in ["null", "[]", "\"1\"", "1"] {
        let before = r#"{"ret":0,"lists":[{"openid":"1"}, "#;
        assert_malformed(list([before, odd, "]}"].concat()), "lists[1]", before.len());
    }
}

#[test]
fn a_fault_names_the_friend_and_the_field() {
    let mut body = String::from(r#"{"ret":0,"lists":["#);
    body += &r#"{"openid":"1"},"#.repeat(3);
    let offset = body.len() + r#"{"openid":"#.len();
    assert_malformed(list(body.clone() + r#"{"openid":{"a":1}}]}"#), "lists[3].openid", offset);
    let offset = body.len();
    assert_malformed(list(body.clone() + r#"{"openid":null}]}"#), "lists[3].openid", offset);
    assert_malformed(list(body.clone() + "{}]}"), "lists[3].openid", offset);
    assert_malformed(list(body + r#"{"OpenId":"1"}]}"#), "lists[3].openid", offset);
}

#[test]
fn an_integer_openid_keeps_its_digits() {
    for digits in ["0", "9007199254740993", "18182179939911361117", "123456789012345678901234567890"] {
        assert_eq!(friend(format!(r#""openid":{digits}"#)).unwrap().openid, digits);
        assert_eq!(friend(format!(r#""openid":"{digits}""#)).unwrap().openid, digits);
    }
}

#[test]
fn any_other_number_and_an_empty_text_are_no_openid() {
    for odd in ["-1", "-0", "1.5", "1.0", "1e3", "1E3", "\"\"", "true", "[]"] {
        assert_malformed(friend(format!(r#""openid":{odd}"#)), "lists[0].openid", 28 + behind_quote(odd));
    }
}

#[test]
fn lone_surrogates_in_display_fields_become_one_replacement_each() {
    for (escaped, expected) in [
        (r"\ud800", "\u{FFFD}"),
        (r"\udc00", "\u{FFFD}"),
        (r"a\ud83dx", "a\u{FFFD}x"),
        (r"\ud83d\ud83d\ude00", "\u{FFFD}😀"),
        (r"\ude00\ud83d", "\u{FFFD}\u{FFFD}"),
        (r"\ud83d\n", "\u{FFFD}\n"),
        (r"\ud83d\u0041", "\u{FFFD}A"),
        (r"\uD83D\uDE00", "😀"),
        (r"\ud83d\\ude00", "\u{FFFD}\\ude00"),
        (r"\udbff\udfff", "\u{10FFFF}"),
        (r"\u0000\uffff", "\0\u{FFFF}"),
    ] {
        for name in ["user_name", "nick_name"] {
            let friend = friend(format!(r#""openid":"1","{name}":"{escaped}""#)).unwrap();
            assert_eq!(friend.display_name, expected, "{escaped}");
        }
    }
}

#[test]
fn invalid_utf8_in_display_fields_is_replaced_as_rust_does() {
    let pieces: [&[u8]; 14] = [
        b"\xFF",
        b"\x80",
        b"\xC0\xAF",
        b"\xE4\xB8",
        b"\xE4",
        b"\xF0\x9F\x98",
        b"\xF0\x9F",
        b"\xED\xA0\x80",
        b"\xF4\x90\x80\x80",
        b"a",
        "头".as_bytes(),
        "😀".as_bytes(),
        b" ",
        b"\xC3",
    ];
    let mut state = 7u32;
    for _ in 0..2000 {
        let mut raw = Vec::new();
        for _ in 0..6 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            raw.extend_from_slice(pieces[(state >> 16) as usize % pieces.len()]);
        }
        let friend = friend([br#""openid":"1","nick_name":""#, &raw[..], b"\""].concat()).unwrap();
        assert_eq!(friend.nick_name.as_deref(), Some(&*String::from_utf8_lossy(&raw)), "{raw:?}");
    }
}

#[test]
fn an_escape_does_not_join_the_halves_of_a_broken_character() {
    let friend = friend(b"\"openid\":\"1\",\"nick_name\":\"\xE4\xB8\\n\xAD\"").unwrap();
    assert_eq!(friend.display_name, "\u{FFFD}\n\u{FFFD}");
}

#[test]
fn broken_text_in_an_identifier_is_malformed() {
    for broken in [&br"12\ud800"[..], br"\udc00", br"1\ud83d\ud83d", b"123\xFF", b"\xE4\xB8", b"1\\n\xE4\xB8"] {
        let body = [br#"{"ret":0,"lists":[{"openid":""#, broken, br#""}]}"#].concat();
        assert_malformed(list(body), "lists[0].openid", 29);
        let body = [br#"{"ret":0,"sopenid":""#, broken, br#""}"#].concat();
        assert_malformed(get_sopenid::Response::read(&Reply::ok(&body)), "sopenid", 20);
    }
    assert_eq!(friend("\"openid\":\"头\\n\"").unwrap().openid, "头\n", "whole characters are an identifier's too");
}

#[test]
fn broken_text_in_a_recalled_sopenid_is_malformed() {
    let body = br#"{"ret":0,"result":{"friend_list":[{"sopenid":"a"},{"sopenid":"\ud800"}]}}"#;
    let answer = recall_friends_list::Response::read(&Reply::ok(body));
    assert_malformed(answer, "result.friend_list[1].sopenid", 62);
}

#[test]
fn null_fields_are_absent() {
    let friend = friend(
        r#""openid":"1","user_name":null,"picture_url":null,"nick_name":null,"friend_remark":null,"country":null,
           "provice":null,"city":null,"language":null,"gender":null"#,
    );
    let friend = friend.unwrap();
    assert_eq!((friend.user_name.as_str(), friend.picture_url.as_str(), friend.display_name.as_str()), ("", "", ""));
    let optional = [friend.nick_name, friend.remark, friend.country, friend.province, friend.city, friend.language];
    assert_eq!(optional, [const { None }; 6]);
    assert_eq!(friend.gender, Gender::Undefined);
}

#[test]
fn empty_fields_are_present() {
    let friend = friend(r#""openid":"1","nick_name":"","friend_remark":"","provice":"""#).unwrap();
    assert_eq!([friend.nick_name, friend.remark, friend.province], [const { Some(String::new()) }; 3]);
    assert_eq!(friend.country, None);
}

#[test]
fn a_number_in_a_display_field_is_its_literal() {
    for literal in ["0", "-1.50", "1e3", "12345678901234567890"] {
        let friend = friend(format!(r#""openid":"1","user_name":{literal},"city": {literal} "#)).unwrap();
        assert_eq!((friend.display_name.as_str(), friend.city.as_deref()), (literal, Some(literal)));
    }
}

#[test]
fn any_other_shape_of_a_display_field_is_named() {
    for odd in ["true", "[]", "{}"] {
        assert_malformed(friend(format!(r#""openid":"1","city":{odd}"#)), "lists[0].city", 39);
    }
}

#[test]
fn unknown_fields_are_passed_over_however_deep() {
    let friend =
        friend(r#""x":{"openid":"2","lists":[{"openid":"3"}]},"openid":"1","y":[[["}]"]]],"z":"\"}""#).unwrap();
    assert_eq!(friend, crate::friend(r#""openid":"1""#).unwrap());
}

#[test]
fn the_wires_province_is_the_one_without_an_n() {
    let friend = friend(r#""openid":"1","provice":"a","province":"b""#).unwrap();
    assert_eq!(friend.province.as_deref(), Some("a"));
}

#[test]
fn the_display_name_is_the_first_that_is_not_empty() {
    let name = |fields: &str, remark| {
        let body = format!(r#"{{"ret":0,"lists":[{{"openid":"1",{fields}}}]}}"#);
        let rules = Rules { remark, ..RULES };
        Response::read(&Reply::ok(body.as_bytes()), rules).unwrap().friends.remove(0).display_name
    };
    for (fields, ignored, shown) in [
        (r#""user_name":"u","nick_name":"n","friend_remark":"r""#, "n", "r"),
        (r#""user_name":"u","nick_name":"","friend_remark":"r""#, "u", "r"),
        (r#""user_name":"u","nick_name":"n","friend_remark":"""#, "n", "n"),
        (r#""user_name":"u","nick_name":null,"friend_remark":null"#, "u", "u"),
        (r#""user_name":"","nick_name":"","friend_remark":"""#, "", ""),
        (r#""friend_remark":"r""#, "", "r"),
        (r#""user_name":"u","nick_name":"\u0020""#, " ", " "),
    ] {
        assert_eq!(name(fields, Remark::Ignored), ignored, "{fields}");
        assert_eq!(name(fields, Remark::Shown), shown, "{fields}");
    }
}

#[test]
fn is_lost_is_1_as_a_number_or_a_text() {
    for (value, degraded) in [
        ("1", true),
        ("\"1\"", true),
        (r#""\u0031""#, true),
        ("0", false),
        ("\"0\"", false),
        ("\"\"", false),
        ("null", false),
        ("2", false),
        ("-1", false),
        ("11", false),
        ("[1]", false),
    ] {
        assert_eq!(list(format!(r#"{{"ret":0,"is_lost": {value} }}"#)).unwrap().degraded, degraded, "{value}");
    }
}

#[test]
fn an_odd_gender_is_undefined_and_costs_nothing() {
    for (odd, gender) in [("1", Gender::Male), ("2", Gender::Female)] {
        assert_eq!(friend(format!(r#""openid":"1","gender": {odd} "#)).unwrap().gender, gender);
    }
    for odd in [
        "0",
        "3",
        "-1",
        "1.5",
        "257",
        "18446744073709551617",
        "true",
        "\"x\"",
        "\"1\"",
        "1.0",
        "2e0",
        "[1]",
        "{\"a\":1}",
    ] {
        let friend = friend(format!(r#""openid":"1","gender":{odd}"#)).unwrap();
        assert_eq!(friend.gender, Gender::Undefined, "{odd}");
    }
}

// The other endpoints.

#[test]
fn a_recall_without_friends_is_empty() {
    for rest in ["", r#","result":null"#, r#","result":{}"#, r#","result":{"friend_list":null}"#, r#","lists":7"#] {
        let answer = recall(&format!(r#"{{"ret":0{rest}}}"#)).unwrap();
        assert_eq!(answer, recall_friends_list::Response::default(), "{rest}");
    }
}

#[test]
fn a_recall_of_another_shape_is_malformed() {
    assert_malformed(recall(r#"{"ret":0,"result":[]}"#), "result", 18);
    assert_malformed(recall(r#"{"ret":0,"result":{"friend_list":{}}}"#), "result.friend_list", 33);
    assert_malformed(recall(r#"{"ret":0,"result":{"friend_list":[7]}}"#), "result.friend_list[0]", 34);
    let path = "result.friend_list[0].sopenid";
    assert_malformed(recall(r#"{"ret":0,"result":{"friend_list":[{"nick_name":"a"}]}}"#), path, 34);
    assert_malformed(recall(r#"{"ret":0,"result":{"friend_list":[{"sopenid":""}]}}"#), path, 46);
    assert_malformed(recall(r#"{"ret":0,"result":{"model_id":"x"}}"#), "result.model_id", 31);
    assert_malformed(recall(r#"{"ret":0,"result":{"send_list":0}}"#), "result.send_list", 31);
}

#[test]
fn a_recalled_friend_without_name_or_picture_has_empty_ones() {
    let body =
        r#"{"ret":0,"result":{"friend_list":[{"sopenid":"s"},{"nick_name":null,"sopenid":5,"head_img_url":null}]}}"#;
    let friends = recall(body).unwrap().friends;
    assert_eq!(friends.iter().map(|friend| friend.sopenid.as_str()).collect::<Vec<_>>(), ["s", "5"]);
    assert!(friends.iter().all(|friend| friend.nick_name.is_empty() && friend.picture_url.is_empty()));
}

#[test]
fn model_id_may_be_a_text_and_0_is_one() {
    for (value, expected) in [("0", 0), ("\"7\"", 7), ("-1", -1)] {
        let answer = recall(&format!(r#"{{"ret":0,"result":{{"model_id":{value}}}}}"#)).unwrap();
        assert_eq!(answer.model_id, Some(expected));
    }
}

#[test]
fn a_send_list_keeps_every_digit() {
    let answer = recall(r#"{"ret":0,"result":{"send_list":[12345678901234567890, "a\u00e9",1.50,{"b": 1}]}}"#).unwrap();
    assert_eq!(answer.send_list.unwrap(), ["12345678901234567890", "aé", "1.50", "{\"b\": 1}"]);
}

#[test]
fn an_empty_text_in_a_send_list_costs_nothing() {
    assert_eq!(recall(r#"{"ret":0,"result":{"send_list":[""]}}"#).unwrap().send_list.unwrap(), [""]);
}

#[test]
fn the_sopenid_stands_at_the_top_or_in_result() {
    assert_eq!(sopenid(r#"{"ret":0,"sopenid":"a"}"#).unwrap(), "a");
    assert_eq!(sopenid(r#"{"ret":0,"result":{"x":[],"sopenid":"b"}}"#).unwrap(), "b");
    for body in
        [r#"{"ret":0,"sopenid":"a","result":{"sopenid":"b"}}"#, r#"{"ret":0,"result":{"sopenid":"b"},"sopenid":"a"}"#]
    {
        assert_eq!(sopenid(body).unwrap(), "a");
    }
    for result in ["null", "[]", "\"x\"", "{}"] {
        assert_eq!(sopenid(&format!(r#"{{"ret":0,"result":{result},"sopenid":"a"}}"#)).unwrap(), "a");
        assert_malformed(sopenid(&format!(r#"{{"ret":0,"result":{result}}}"#)), "sopenid", 0);
    }
    assert_eq!(sopenid(r#"{"ret":0,"sopenid":12345678901234567890}"#).unwrap(), "12345678901234567890");
}

#[test]
fn a_null_sopenid_in_one_place_leaves_the_other() {
    assert_eq!(sopenid(r#"{"ret":0,"sopenid":null,"result":{"sopenid":"b"}}"#).unwrap(), "b");
    assert_eq!(sopenid(r#"{"ret":0,"sopenid":"a","result":{"sopenid":null}}"#).unwrap(), "a");
}

#[test]
fn a_broken_sopenid_is_named_with_its_place() {
    assert_malformed(sopenid(r#"{"ret":0,"sopenid":-1}"#), "sopenid", 19);
    assert_malformed(sopenid(r#"{"ret":0,"result":{"sopenid":[]}}"#), "result.sopenid", 29);
}

#[test]
fn a_receipt_needs_nothing_but_ret() {
    let receipt = share::Response::read(&Reply::ok(br#"{"lists":7,"result":[],"ret":0}"#)).unwrap();
    assert_eq!(receipt.seq, None);
}
