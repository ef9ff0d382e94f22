//! Makes requests for the tests of what is refused and what is sent. Each test program uses a part of it.
#![allow(dead_code)]

use msdk_friends::query::Sender;
use msdk_friends::{Channel, Error, Prepared, endpoints};
use serde_json::Value;

pub fn prepare_as(sender: Sender, endpoint: &str, channel: Channel, input: &str) -> Result<Prepared, Error> {
    endpoints::by_name(endpoint).expect(endpoint).prepare(input, channel, sender)
}

pub fn prepare(endpoint: &str, channel: Channel, input: &str) -> Result<Prepared, Error> {
    prepare_as(Sender::Signer, endpoint, channel, input)
}

/// The input of a share with `fields` beside what is required.
pub fn share_input(fields: &str) -> String {
    format!(r#"{{"openid":"1","token":"t","fopenid":"2","gameTag":"MSG_INVITE",{fields}}}"#)
}

pub fn share(fields: &str) -> Result<Prepared, Error> {
    prepare("share", Channel::QQ, &share_input(fields))
}

pub fn body(prepared: &Prepared) -> Value {
    serde_json::from_str(&prepared.body).expect(&prepared.body)
}
