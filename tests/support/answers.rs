//! Reads answers for the tests of what is read. Each test program uses a part of it.
#![allow(dead_code)]

use msdk_friends::endpoints::friend_list::{self, Friend, Response};
use msdk_friends::endpoints::{get_sopenid, recall_friends_list, share};
use msdk_friends::{Channel, Error, ErrorKind, Remark, Reply, Rules};

pub const RULES: Rules = Rules { channel: Channel::WECHAT, remark: Remark::Ignored };

pub fn list(body: impl AsRef<[u8]>) -> Result<Response, Error> {
    Response::read(&Reply::ok(body.as_ref()), RULES)
}

/// The one friend of a list whose record holds `fields`.
pub fn friend(fields: impl AsRef<[u8]>) -> Result<Friend, Error> {
    let body = [br#"{"ret":0,"lists":[{"#, fields.as_ref(), b"}]}"].concat();
    list(body).map(|mut list| list.friends.remove(0))
}

pub fn recall(body: &str) -> Result<recall_friends_list::Response, Error> {
    recall_friends_list::Response::read(&Reply::ok(body.as_bytes()))
}

pub fn sopenid(body: &str) -> Result<String, Error> {
    get_sopenid::Response::read(&Reply::ok(body.as_bytes())).map(|answer| answer.sopenid)
}

/// Why an endpoint refuses an answer, if it does.
pub fn refusal(endpoint: &str, reply: &Reply<'_>) -> Option<Error> {
    match endpoint {
        "friend_list" => friend_list::Response::read(reply, RULES).err(),
        "recall_friends_list" => recall_friends_list::Response::read(reply).err(),
        "get_sopenid" => get_sopenid::Response::read(reply).err(),
        "share" | "ark_share" => share::Response::read(reply).err(),
        other => panic!("{other} has no response"),
    }
}

#[track_caller]
pub fn assert_malformed<T: std::fmt::Debug>(result: Result<T, Error>, path: &str, offset: usize) {
    let error = result.unwrap_err();
    assert_eq!(error.kind, ErrorKind::MalformedResponse, "{error}");
    assert!(!error.retryable);
    assert_eq!((error.json_path.as_deref().unwrap_or(""), error.offset), (path, Some(offset)), "{error}");
}

/// A fault in a text points at its first character, not at its quote.
pub fn behind_quote(json: &str) -> usize {
    usize::from(json.starts_with('"'))
}
