//! How a document is read: what is JSON, how deep, and what of duplicate keys counts.

#[path = "support/answers.rs"]
mod answers;

use answers::*;
use msdk_friends::endpoints::{self, recall_friends_list};
use msdk_friends::json::{MAX_BYTES, MAX_DEPTH, Reader};
use msdk_friends::{ErrorKind, Gender, Reply};

// The document.

#[test]
fn sixty_four_levels_are_read_and_one_more_is_refused() {
    assert_eq!(MAX_DEPTH, 64);
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let nested = |levels: usize| {
            let inner = [open.repeat(levels - 1), "0".into(), close.repeat(levels - 1)].concat();
            [r#"{"ret":0,"new":"#, &inner, "}"].concat()
        };
        assert!(list(nested(64)).is_ok());
        let body = nested(65);
        let deepest = body.rfind(open).unwrap();
        let path = ["new", &if open == "[" { "[0]" } else { ".a" }.repeat(63)].concat();
        assert_malformed(list(&body), &path, deepest);
        assert!(list(nested(100_000)).is_err());
    }
}

#[test]
fn a_document_of_more_than_256_mib_is_refused() {
    let mut document = vec![b' '; MAX_BYTES + 1];
    document[..2].copy_from_slice(b"[]");
    assert!(Reader::new(&document).skip().is_err());
    assert!(Reader::new(&document[..MAX_BYTES]).skip().is_ok());
}

#[test]
fn depth_is_counted_inside_a_friend_too() {
    let nested = |levels: usize| format!(r#""openid":"1","new":{}{}"#, "[".repeat(levels), "]".repeat(levels));
    assert!(friend(nested(61)).is_ok());
    let path = ["lists[0].new", &"[0]".repeat(61)].concat();
    assert_eq!(friend(nested(62)).unwrap_err().json_path, Some(path));
}

#[test]
fn siblings_do_not_add_up_to_depth() {
    assert!(list([r#"{"ret":0,"new":["#, &"[],{},".repeat(1000), "0]}"].concat()).is_ok());
}

#[test]
fn an_answer_that_is_cut_anywhere_is_malformed() {
    let body = "\u{FEFF}{\"ret\":0,\"msg\":\"\\u00e9\\ud83d\\ude00\",\"lists\":[{\"openid\":12345678901234567890,\
                \"user_name\":\"头😀\\n\",\"gender\":-1.5e+3,\"x\":[true,false,null,{}]},{\"openid\":\"2\"}],\
                \"is_lost\":\"1\",\"result\":{\"sopenid\":\"s\",\"friend_list\":[{\"sopenid\":\"s\"}],\
                \"send_list\":[1,\"a\",[]],\"model_id\":7},\"sopenid\":\"s\",\"seq\":\"s\"}";
    for endpoint in endpoints::ALL {
        for end in 0..body.len() {
            let error = refusal(endpoint.name, &Reply::ok(&body.as_bytes()[..end])).unwrap();
            assert_eq!(error.kind, ErrorKind::MalformedResponse, "{} {end}", endpoint.name);
            assert!(error.offset.unwrap() <= end, "{error}");
        }
        assert_eq!(refusal(endpoint.name, &Reply::ok(body.as_bytes())), None);
    }
}

#[test]
fn nothing_but_blanks_may_follow() {
    assert!(list("{\"ret\":0} \t\r\n").is_ok());
    for rest in ["x", "{}", ",", "}", "\0", "\u{a0}", "\u{feff}", "/**/", "<!-- 3 ms -->"] {
        assert_malformed(list(["{\"ret\":0} ", rest].concat()), "", 10);
    }
}

#[test]
fn one_byte_order_mark_is_passed_over() {
    assert!(list("\u{feff}{\"ret\":0}").is_ok());
    assert_malformed(list("\u{feff}\u{feff}{\"ret\":0}"), "", 3);
    assert_malformed(list("{\"ret\":0,\u{feff}\"msg\":\"\"}"), "", 9);
    let body = "\u{feff}{\"ret\":0,\"lists\":[{\"openid\":false}]}";
    assert_malformed(list(body), "lists[0].openid", body.find("false").unwrap());
}

#[test]
fn what_is_not_a_json_object_is_malformed_at_its_first_byte() {
    for body in ["", "<html>", "[]", "null", "0", "\"ret\"", "'", "OK", "{'ret':0}", "{ret:0}", "{\"ret\":0"] {
        assert_eq!(list(body).unwrap_err().kind, ErrorKind::MalformedResponse, "{body}");
    }
    assert_malformed(list(" <html>"), "", 1);
    assert_malformed(list("[{\"ret\":0}]"), "", 0);
}

#[test]
fn literals_and_numbers_are_strict_json() {
    for bad in [
        "True",
        "nul",
        "NaN",
        "Infinity",
        "undefined",
        "+1",
        "01",
        "-",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1_0",
        "'a'",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "[}",
        "{]",
        "//x\n1",
        "\"\\x41\"",
        "\"\\u12g4\"",
        "\"\\u123\"",
        "\"\\U0041\"",
        "\"\\'\"",
    ] {
        assert!(list(format!("{{\"ret\":0,\"new\":{bad}}}")).is_err(), "{bad}");
    }
    for good in ["-0", "0.0", "-1.5e-07", "1E+400", "\"\\/\\b\\f\\\"\\\\\"", "[ ]", "{ }", "[[],{}]", "\"\u{7f}\""] {
        assert!(list(format!("{{\"ret\":0,\"new\":{good}}}")).is_ok(), "{good}");
    }
}

#[test]
fn raw_control_characters_are_refused_in_strings() {
    for control in (0..0x20u8).map(char::from) {
        let body = format!("{{\"ret\":0,\"lists\":[{{\"openid\":\"1\",\"nick_name\":\"a{control}b\"}}]}}");
        assert_malformed(list(&body), "lists[0].nick_name", body.find(control).unwrap());
        let escaped = format!(r#""openid":"1","nick_name":"a\u{:04x}b""#, control as u32);
        assert_eq!(friend(escaped).unwrap().display_name, format!("a{control}b"));
    }
}

#[test]
fn escapes_in_keys_are_decoded() {
    let body = r#"{"\u0072et":0,"li\u0073ts":[{"\u006Fpenid":"1","\u0075ser_name":"a"}],"is\u005flost":1}"#;
    let list = list(body).unwrap();
    assert_eq!((list.friends[0].openid.as_str(), list.friends[0].user_name.as_str()), ("1", "a"));
    assert!(list.degraded);
}

#[test]
fn an_end_without_its_beginning_is_refused() {
    for document in ["]", "}", "[}", "{]", "[1}", r#"{"a":1]"#] {
        assert!(Reader::new(document.as_bytes()).skip().is_err(), "{document}");
    }
}

/// A wrong value and, behind it, a syntax error: either may be named, but place and path of the same one.
#[test]
fn offset_and_path_are_those_of_one_fault() {
    let body = r#"{"ret":0,"lists":[{"openid":1.5},{"openid":"1","city"}]}"#;
    let error = list(body).unwrap_err();
    let (path, offset) = (error.json_path.as_deref().unwrap(), error.offset.unwrap());
    let at_the_value = path == "lists[0].openid" && offset == body.find("1.5").unwrap();
    let at_the_syntax = !path.starts_with("lists[0]") && offset == body.find("}]}").unwrap();
    assert!(at_the_value || at_the_syntax, "{path} at {offset}");
}

/// After a wrong value the rest is still read for its `ret`: the way back must not leave a trace in later paths.
#[test]
fn a_syntax_error_behind_a_wrong_value_is_named_where_it_is() {
    for (rest, path, at) in
        [(r#","new":{"a":[1,{"b":x}]}}"#, "new.a[1].b", 20), (r#","seq":"s","new" 1}"#, "", 17), (r#"} x"#, "", 2)]
    {
        let wrong = r#"{"ret":0,"lists":[{"openid":"1","a":[[{"c":"]"}]]},{"city":[{"d":1}]}]"#;
        assert_malformed(list([wrong, rest].concat()), path, wrong.len() + at);
    }
}

// Duplicate keys.

#[test]
fn of_duplicate_keys_the_last_wins() {
    let body = r#"{"ret":1008,"seq":"a","lists":[{"openid":"1"},{"openid":"2"}],"is_lost":1,
        "lists":[{"openid":"3","openid":"4","nick_name":"a","nick_name":null,"gender":1,"gender":2}],
        "is_lost":0,"seq":"b","ret":0}"#;
    let list = list(body).unwrap();
    assert_eq!(list.friends.len(), 1);
    let friend = &list.friends[0];
    assert_eq!((friend.openid.as_str(), &friend.nick_name, friend.gender), ("4", &None, Gender::Female));
    assert_eq!((list.seq.as_deref(), list.degraded), (Some("b"), false));
}

#[test]
fn a_second_lists_that_is_null_or_empty_wins_too() {
    for last in ["null", "[]"] {
        let body = format!(r#"{{"ret":0,"lists":[{{"openid":"1"}}],"lists":{last}}}"#);
        assert_eq!(list(body).unwrap().friends, []);
    }
}

#[test]
fn a_second_ret_msg_or_sopenid_wins() {
    let error = list(r#"{"ret":0,"msg":"a","ret":11002,"msg":"b"}"#).unwrap_err();
    assert_eq!((error.ret, error.msg.as_deref()), (Some(11002), Some("b")));
    assert_eq!(sopenid(r#"{"ret":0,"sopenid":"a","sopenid":"b"}"#).unwrap(), "b");
    assert_eq!(sopenid(r#"{"ret":0,"result":{"sopenid":"a"},"result":{"sopenid":"b"}}"#).unwrap(), "b");
}

#[test]
fn a_broken_lists_that_a_later_one_replaces_does_not_count() {
    let list = list(r#"{"ret":0,"lists":"none","lists":[{"openid":"1"}]}"#).unwrap();
    assert_eq!(list.friends.len(), 1);
}

/// Two wrong values, and the field of the first comes again: the second still counts.
#[test]
fn a_fault_is_not_forgotten_with_an_earlier_one() {
    let body = r#"{"ret":0,"seq":{},"lists":[{"openid":"1"},{"openid":-1}],"seq":"s"}"#;
    assert_eq!(list(body).unwrap_err().json_path.as_deref(), Some("lists[1].openid"));
}

#[test]
fn a_second_spelling_of_a_field_replaces_a_broken_one_too() {
    let list = list(r#"{"ret":0,"lists":"none","li\u0073ts":[{"openid":"1"}]}"#).unwrap();
    assert_eq!(list.friends.len(), 1);
}

#[test]
fn a_second_result_wins_as_a_whole() {
    let first = r#"{"ret":0,"result":{"friend_list":[{"sopenid":"s"}],"model_id":1,"send_list":[1]},"result":"#;
    for last in ["{}", "null"] {
        assert_eq!(recall(&[first, last, "}"].concat()).unwrap(), recall_friends_list::Response::default());
    }
}

#[test]
fn a_later_null_in_result_wins() {
    let body =
        r#"{"ret":0,"result":{"friend_list":[{"sopenid":"s"}],"model_id":1,"friend_list":null,"model_id":null}}"#;
    let answer = recall(body).unwrap();
    assert_eq!((answer.friends, answer.model_id), (vec![], None));
    assert_malformed(sopenid(r#"{"ret":0,"result":{"sopenid":"s"},"result":null}"#), "sopenid", 0);
}
