//! What every answer has in common: `ret`, `msg`, `seq` and the HTTP status, and which of them wins.

#[path = "support/answers.rs"]
mod answers;
#[path = "support/vectors.rs"]
mod vectors;

use answers::*;
use msdk_friends::endpoints::friend_list::Response;
use msdk_friends::endpoints::{self};
use msdk_friends::{ErrorKind, Reply};
use serde_json::Value;

#[test]
fn ret_may_be_a_decimal_string() {
    assert!(list(r#"{"ret":"0"}"#).is_ok());
    assert_eq!(list(r#"{"ret":"-10000","msg":"-6, often"}"#).unwrap_err().platform_code, Some(-6));
    assert_eq!(list(r#"{"ret":"1008"}"#).unwrap_err().kind, ErrorKind::Signature);
}

#[test]
fn a_ret_that_is_no_integer_is_malformed() {
    for odd in ["null", "\"\"", "\"0x0\"", "\" 0\"", "0.5", "1e3", "true", "[]", "{}", "99999999999999999999", "\"-\""]
    {
        assert_malformed(list(format!(r#"{{"ret":{odd}}}"#)), "ret", 7 + behind_quote(odd));
    }
}

#[test]
fn the_largest_rets_are_kept() {
    for ret in [i64::MIN, i64::MAX] {
        assert_eq!(list(format!(r#"{{"ret":{ret}}}"#)).unwrap_err().ret, Some(ret));
    }
}

#[test]
fn a_missing_ret_is_malformed_for_every_endpoint() {
    for endpoint in endpoints::ALL {
        for body in ["{}", r#"{"Ret":0}"#, r#"{"RET":1008}"#, r#"{"result":{"ret":0}}"#] {
            let refusal = refusal(endpoint.name, &Reply::ok(body.as_bytes()));
            assert_malformed(refusal.map_or(Ok(()), Err), "ret", 0);
        }
    }
    assert!(list(r#"{"Ret":0}"#).unwrap_err().message.contains("lower case"));
}

#[test]
fn lists_in_another_case_is_malformed_and_not_a_friendless_player() {
    for key in ["Lists", "LISTS", "listS"] {
        let error = list(format!(r#"{{"ret":0,"{key}":[{{"openid":"1"}}]}}"#)).unwrap_err();
        assert_eq!((error.kind, error.json_path.as_deref()), (ErrorKind::MalformedResponse, Some(key)));
        assert!(error.message.contains("lower case"), "{error}");
    }
    assert!(list(r#"{"ret":0,"listing":[],"lost":1}"#).is_ok());
}

#[test]
fn result_in_another_case_is_malformed_and_not_an_empty_list() {
    for body in [
        r#"{"ret":0,"Result":{"friend_list":[{"sopenid":"s"}]}}"#,
        r#"{"ret":0,"result":{"Friend_List":[{"sopenid":"s"}]}}"#,
    ] {
        assert_eq!(recall(body).unwrap_err().kind, ErrorKind::MalformedResponse, "{body}");
    }
}

#[test]
fn a_ret_wins_over_a_broken_body_wherever_it_stands() {
    for bad in [r#""lists":"x""#, r#""lists":[{"openid":1.5}]"#, r#""lists":[{}]"#, r#""Lists":[]"#] {
        for body in [format!(r#"{{{bad},"ret":11002}}"#), format!(r#"{{"ret":11002,{bad}}}"#)] {
            assert_eq!(list(&body).unwrap_err().kind, ErrorKind::Auth, "{body}");
        }
    }
    let body = r#"{"result":{"friend_list":7},"sopenid":false,"ret":1008}"#;
    assert_eq!(recall(body).unwrap_err().kind, ErrorKind::Signature);
    assert_eq!(sopenid(body).unwrap_err().kind, ErrorKind::Signature);
}

#[test]
fn a_ret_wins_over_a_msg_or_seq_of_another_shape() {
    for odd in ["{}", "[]", "true"] {
        for name in ["msg", "seq"] {
            let error = list(format!(r#"{{"{name}":{odd},"ret":1008}}"#)).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Signature, "{name} {odd}");
        }
    }
}

#[test]
fn a_fault_in_msg_or_seq_names_it() {
    for name in ["msg", "seq"] {
        let body = format!("{{\"ret\":0,\"{name}\":\"a\nb\"}}");
        assert_eq!(list(body).unwrap_err().json_path.as_deref(), Some(name));
    }
}

#[test]
fn broken_text_in_msg_and_seq_is_replaced() {
    let error = list(b"{\"ret\":5,\"msg\":\"a\xFFb\\ud800\",\"seq\":12}").unwrap_err();
    assert_eq!((error.msg.as_deref(), error.seq.as_deref()), (Some("a\u{FFFD}b\u{FFFD}"), Some("12")));
}

#[test]
fn a_ret_wins_over_the_http_status() {
    for status in [0, 200, 302, 401, 403, 429, 500, 503] {
        let read = |bytes: &[u8]| Response::read(&Reply { status, bytes }, RULES).unwrap_err();
        let error = read(br#"{"ret":1008,"msg":"invalid sig!"}"#);
        assert_eq!((error.kind, error.retryable), (ErrorKind::Signature, false), "{status}");
        let error = read(br#"{"ret":101}"#);
        assert_eq!((error.kind, error.retryable), (ErrorKind::Server, true), "{status}");
    }
}

#[test]
fn a_status_comes_with_the_answers_msg() {
    let read = |bytes: &[u8]| Response::read(&Reply { status: 403, bytes }, RULES).unwrap_err();
    let error = read(br#"{"error":"origin","msg":"this Origin is not listed"}"#);
    assert!(error.message.starts_with("HTTP status 403, this Origin is not listed"), "{error}");
    assert_eq!((error.kind, error.ret), (ErrorKind::Permission, None));
    for silent in [&b""[..], b"<html>", br#"{"msg":""}"#] {
        assert!(!read(silent).message.contains("403, "), "{}", read(silent));
    }
}

#[test]
fn statuses_are_kinds() {
    for case in vectors::cases("statuses") {
        let status = case["status"].as_u64().unwrap() as u16;
        for endpoint in endpoints::ALL {
            for body in ["", "<html>", "{}", r#"{"ret":0}"#, r#"{"ret":0,"sopenid":"s"}"#, "{\"ret\":1008,"] {
                let reply = Reply { status, bytes: body.as_bytes() };
                let error = refusal(endpoint.name, &reply).unwrap();
                assert_eq!(Value::from(error.kind.as_str()), case["kind"], "{status} {body}");
                assert_eq!(Value::from(error.retryable), case["retryable"], "{status} {body}");
                assert!(error.message.contains(&status.to_string()), "{error}");
            }
        }
    }
}

#[test]
fn statuses_beyond_the_known_are_unknown_and_not_retried() {
    for status in [0, 1, 100, 199, 600, 999, u16::MAX] {
        let error = Response::read(&Reply { status, bytes: b"" }, RULES).unwrap_err();
        assert_eq!((error.kind, error.retryable), (ErrorKind::Unknown, false), "{status}");
    }
}

#[test]
fn every_status_of_success_is_read_alike() {
    for status in [200, 201, 204, 206, 299] {
        assert!(Response::read(&Reply { status, bytes: br#"{"ret":0}"# }, RULES).is_ok());
        let empty = Response::read(&Reply { status, bytes: b"" }, RULES).unwrap_err();
        assert_eq!(empty.kind, ErrorKind::MalformedResponse);
    }
}

#[test]
fn an_error_about_the_body_keeps_seq() {
    let error = list(r#"{"ret":0,"lists":7,"seq":"s"}"#).unwrap_err();
    assert_eq!(error.seq.as_deref(), Some("s"));
    let error = sopenid(r#"{"ret":0,"seq":"s"}"#).unwrap_err();
    assert_eq!(error.seq.as_deref(), Some("s"), "{error}");
}
