//! The known answers of tests/vectors, for every Rust program that checks them. Each program uses a part of it.
#![allow(dead_code)]

use serde_json::Value;

/// A file, and how many cases it has: one that was cut short does not pass.
macro_rules! files {
    ($($name:literal: $count:literal,)*) => {
        &[$(($name, include_str!(concat!("../vectors/", $name, ".json")), $count),)*]
    };
}

const FILES: &[(&str, &str, usize)] = files! {
    "ark-extra": 5,
    "avatar": 9,
    "avatar-fit": 12,
    "channels": 16,
    "errors": 20,
    "gender": 68,
    "requests": 18,
    "responses": 18,
    "signing": 10,
    "statuses": 36,
};

pub fn load(name: &str) -> Value {
    let (_, json, count) = FILES.iter().find(|(file, ..)| *file == name).unwrap_or_else(|| panic!("no file {name}"));
    let vectors: Value = serde_json::from_str(json).expect(name);
    assert_eq!(vectors["cases"].as_array().map(Vec::len), Some(*count), "{name}");
    vectors
}

pub fn cases(name: &str) -> Vec<Value> {
    let Value::Array(cases) = load(name)["cases"].take() else { unreachable!() };
    cases
}

/// Channels that the platform does not list.
pub fn unknown_channels() -> Vec<u32> {
    let vectors = load("channels");
    let ids = vectors["unknownIds"].as_array().unwrap();
    assert_eq!(ids.len(), 8);
    ids.iter().map(channel_id).collect()
}

/// A channel's id, which the files write as it is or as one of three names.
pub fn channel_id(value: &Value) -> u32 {
    match value.as_str() {
        Some("wechat") => 1,
        Some("qq") => 2,
        Some("facebook") => 4,
        Some(other) => panic!("channel {other}"),
        None => value.as_u64().and_then(|id| u32::try_from(id).ok()).unwrap_or_else(|| panic!("channel {value}")),
    }
}

pub fn text<'a>(case: &'a Value, field: &str) -> &'a str {
    case[field].as_str().unwrap_or_else(|| panic!("{field} of {case}"))
}
