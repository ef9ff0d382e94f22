//! The return codes, classified (domain knowledge gathered from the vendor's pages; no table for the friend backend
//! is public). A code that no table names stays `unknown` and keeps its number: nothing is guessed.

use crate::error::ErrorKind;
use crate::text::{find, parse_integer};

/// The `ret` under which a code of QQ's own is passed through.
const QQ: i64 = -10000;
/// The `ret` under which a code of WeChat's own is passed through.
const WECHAT: i64 = -20000;

/// The kind of a `ret` that is not 0, and the platform's own code when `msg` passes one through.
pub(crate) fn classify(ret: i64, msg: &str) -> (ErrorKind, Option<i64>) {
    let of_platform = match ret {
        QQ => qq,
        WECHAT => wechat,
        _ => return (backend(ret, msg), None),
    };
    match platform_code(msg) {
        Some(code) => (of_platform(code), Some(code)),
        None => (ErrorKind::Platform, None),
    }
}

/// The code in front of the comma: "45009, api freq out of limit".
fn platform_code(msg: &str) -> Option<i64> {
    let code = msg.as_bytes().split(|&byte| byte == b',').next()?;
    parse_integer(code.trim_ascii())
}

fn backend(ret: i64, msg: &str) -> ErrorKind {
    match ret {
        1008 | 11096 => ErrorKind::Signature,
        1000..=1002 | 1004..=1007 | 1009 | 1010 | 1012 | 1270 | 13000..=13002 => ErrorKind::Request,
        1103..=1105 | 1112 | 1113 => ErrorKind::Config,
        11002 | 11003 | 1122 | 11026 => ErrorKind::Auth,
        10000 | 11015 => ErrorKind::Permission,
        11006 => ErrorKind::RateLimit,
        101..=104 | 1100 | 1101 | 1206 | 1300..=1302 | 1400 | 1402 | 10004 => ErrorKind::Server,
        1200 | 1303 | 1003 => ambiguous(msg),
        _ => ErrorKind::Unknown,
    }
}

/// Codes that the vendor's tables use for several things: the words of `msg` decide.
fn ambiguous(msg: &str) -> ErrorKind {
    const WORDS: [(&str, ErrorKind); 6] = [
        ("timeout", ErrorKind::Server),
        ("time out", ErrorKind::Server),
        ("permission", ErrorKind::Permission),
        ("param", ErrorKind::Request),
        ("lack", ErrorKind::Request),
        ("empty", ErrorKind::Request),
    ];
    let msg = msg.to_ascii_lowercase();
    let found = WORDS.iter().find(|(word, _)| find(msg.as_bytes(), word.as_bytes()).is_some());
    found.map_or(ErrorKind::Unknown, |(_, kind)| *kind)
}

fn qq(code: i64) -> ErrorKind {
    match code {
        -6 | 99999 | 30 => ErrorKind::RateLimit,
        -3 | -9 | -4 | -10 | -11 | 100030 | 32 | 33 => ErrorKind::Permission,
        -5 => ErrorKind::Signature,
        -24..=-21 | -73 | 100013..=100016 => ErrorKind::Auth,
        -1 | -25 | 27 | 103 | 100004 => ErrorKind::Request,
        _ => ErrorKind::Platform,
    }
}

fn wechat(code: i64) -> ErrorKind {
    match code {
        -1 => ErrorKind::Server,
        40001 | 40002 | 40014 | 40029 | 40030 | 40032 | 41001 | 42001 | 42003 | 42004 => ErrorKind::Auth,
        48001 | 43005 => ErrorKind::Permission,
        45009 | 45011 => ErrorKind::RateLimit,
        _ => ErrorKind::Platform,
    }
}
