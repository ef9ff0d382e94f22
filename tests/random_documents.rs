//! Random documents: what the reader accepts, and what it makes of it, against serde_json.

#[path = "support/chance.rs"]
mod chance;

use chance::Chance;
use std::fmt::Write;

use msdk_friends::endpoints::friend_list::{Friend, Response};
use msdk_friends::endpoints::{get_sopenid, recall_friends_list, share};
use msdk_friends::json::Reader;
use msdk_friends::{Channel, Gender, Remark, Reply, Rules};
use serde_json::Value;

impl Chance {
    fn blank(&mut self) -> &'static str {
        self.pick(&["", "", "", " ", "\n", "\r\n\t"])
    }

    /// A string with its quotes, every way of writing a character.
    fn string(&mut self) -> String {
        const PIECES: &[&str] = &[
            "a",
            "Z",
            "0",
            " ",
            "头",
            "😀",
            "é",
            "\u{7f}",
            "\u{2028}",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b",
            "\\f",
            "\\t",
            "\\r",
            "\\u0041",
            "\\u00e9",
            "\\uD83D\\uDE00",
            "\\u0000",
            "{",
            "}",
            "[",
            ",",
            ":",
            "//",
            "/*",
        ];
        let pieces: String = (0..self.below(8)).map(|_| self.pick(PIECES)).collect();
        format!("\"{pieces}\"")
    }

    fn value(&mut self, depth: usize) -> String {
        let kinds = if depth == 0 { 4 } else { 6 };
        match self.below(kinds) {
            0 => self.pick(&["null", "true", "false"]).into(),
            1 => self.pick(&["0", "-0", "1", "-12", "1.5", "0.0e-3", "1E+2", "9007199254740993"]).into(),
            2 | 3 => self.string(),
            4 => {
                let members: Vec<String> = (0..self.below(4)).map(|_| self.padded(depth - 1)).collect();
                format!("[{}{}]", self.blank(), members.join(","))
            }
            _ => {
                let member = |_| [self.blank(), &self.string(), self.blank(), ":", &self.padded(depth - 1)].concat();
                let members: Vec<String> = (0..3).map(member).collect();
                format!("{{{}}}", members[..self.below(4)].join(","))
            }
        }
    }

    fn padded(&mut self, depth: usize) -> String {
        [self.blank(), &self.value(depth), self.blank()].concat()
    }

    fn mutate(&mut self, document: &mut Vec<u8>) {
        const BYTES: &[u8] = b"\"\\{}[]:,0123456789.eE+-untfalsr/ \t\n\0\x1F\x7F\x80\xBF\xC3\xE4\xF0\xFF";
        let byte = BYTES[self.below(BYTES.len())];
        let at = self.below(document.len() + 1);
        match self.below(4) {
            0 => document.insert(at, byte),
            1 => document.truncate(at),
            _ if at == document.len() => {}
            2 => document[at] = byte,
            _ => drop(document.remove(at)),
        }
    }
}

fn is_read(document: &[u8]) -> bool {
    let mut reader = Reader::new(document);
    reader.skip().is_ok() && reader.end().is_ok()
}

/// What serde_json says once the documented differences are out of the way: broken UTF-8 and lone surrogates are for
/// the fields to judge, and a number may have any size.
fn is_json(document: &[u8]) -> bool {
    let text = without_surrogates(&String::from_utf8_lossy(document));
    serde_json::from_str::<Value>(&with_small_exponents(&text)).is_ok()
}

/// The text with one digit at most in every exponent, for numbers that a double can hold.
fn with_small_exponents(text: &str) -> String {
    let mut out = String::new();
    let (mut in_string, mut escaped, mut exponent_digits) = (false, false, None);
    for c in text.chars() {
        exponent_digits = match (in_string, c, exponent_digits) {
            (false, 'e' | 'E', _) => Some(0),
            (false, '+' | '-', Some(0)) => Some(0),
            (false, '0'..='9', Some(count)) => Some(count + 1),
            _ => None,
        };
        if exponent_digits.is_none_or(|count| count < 2) {
            out.push(c);
        }
        in_string ^= c == '"' && !escaped;
        escaped = in_string && c == '\\' && !escaped;
    }
    out
}

/// The text with an A for every escaped surrogate, so that none is alone.
fn without_surrogates(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out += &rest[..at];
        rest = &rest[at..];
        let digits = rest.strip_prefix("\\u").and_then(|digits| digits.get(..4));
        let unit = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let unit = unit.map(|digits| u32::from_str_radix(digits, 16).unwrap());
        let length = match unit {
            Some(0xD800..0xE000) => {
                out += "\\u0041";
                6
            }
            _ => {
                let length = rest.chars().take(2).map(char::len_utf8).sum();
                out += &rest[..length];
                length
            }
        };
        rest = &rest[length..];
    }
    out + rest
}

#[test]
fn random_values_are_read() {
    let mut chance = Chance(1);
    for _ in 0..5000 {
        let document = chance.padded(6);
        assert!(is_json(document.as_bytes()), "{document}");
        assert!(is_read(document.as_bytes()), "{document}");
    }
}

#[test]
fn of_mutated_values_exactly_the_json_is_read() {
    let mut chance = Chance(2);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..60_000 {
        let mut document = chance.padded(4).into_bytes();
        for _ in 0..=chance.below(3) {
            chance.mutate(&mut document);
        }
        let expected = is_json(&document);
        assert_eq!(is_read(&document), expected, "{:?}", String::from_utf8_lossy(&document));
        *(if expected { &mut read } else { &mut refused }) += 1;
    }
    assert!(read > 5000 && refused > 5000, "{read} {refused}");
}

#[test]
fn of_short_documents_over_a_small_alphabet_exactly_the_json_is_read() {
    const ALPHABET: &[u8] = b"{}[]\":,0-1.eu\\ ";
    let mut document = Vec::new();
    for length in 0..=4u32 {
        for index in 0..ALPHABET.len().pow(length) {
            document.clear();
            let mut rest = index;
            for _ in 0..length {
                document.push(ALPHABET[rest % ALPHABET.len()]);
                rest /= ALPHABET.len();
            }
            assert_eq!(is_read(&document), is_json(&document), "{:?}", String::from_utf8_lossy(&document));
        }
    }
}

#[test]
fn mutated_answers_never_panic_and_errors_point_inside() {
    const ANSWER: &str = r#"{"ret":0,"msg":"","lists":[{"openid":"12","user_name":"a\ud83d\ude00","gender":1},{"openid":34}],
        "is_lost":1,"result":{"sopenid":"s","friend_list":[{"sopenid":"a"}],"send_list":["a",1]},"seq":"s"}"#;
    let mut chance = Chance(3);
    for _ in 0..20_000 {
        let mut document = ANSWER.as_bytes().to_vec();
        for _ in 0..=chance.below(5) {
            chance.mutate(&mut document);
        }
        let reply = Reply::ok(&document);
        let rules = Rules { channel: Channel::WECHAT, remark: Remark::Shown };
        let errors = [
            Response::read(&reply, rules).err(),
            recall_friends_list::Response::read(&reply).err(),
            get_sopenid::Response::read(&reply).err(),
            share::Response::read(&reply).err(),
        ];
        for error in errors.iter().flatten() {
            assert!(error.offset.is_none_or(|offset| offset <= document.len()), "{error}");
        }
    }
}

/// A straightforward twin of the reader on serde_json's tree.
fn twin(body: &str, channel: Channel, remark: Remark) -> (Vec<Friend>, bool, Option<String>) {
    let root: Value = serde_json::from_str(body).unwrap();
    let friends = root["lists"]
        .as_array()
        .map_or(Vec::new(), |lists| lists.iter().map(|record| twin_friend(record, channel, remark)).collect());
    (friends, root["is_lost"] == 1 || root["is_lost"] == "1", text(&root["seq"]))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn twin_friend(record: &Value, channel: Channel, remark: Remark) -> Friend {
    let mut friend = Friend::default();
    friend.openid = text(&record["openid"]).unwrap();
    friend.user_name = text(&record["user_name"]).unwrap_or_default();
    friend.picture_url = text(&record["picture_url"]).unwrap_or_default();
    friend.nick_name = text(&record["nick_name"]);
    friend.remark = text(&record["friend_remark"]);
    friend.country = text(&record["country"]);
    friend.province = text(&record["provice"]);
    friend.city = text(&record["city"]);
    friend.language = text(&record["language"]);
    let shown = [1, 3, 7, 11, 12].contains(&channel.id());
    friend.gender = match record["gender"].as_i64() {
        Some(1) if shown => Gender::Male,
        Some(2) if shown => Gender::Female,
        _ => Gender::Undefined,
    };
    let names = [friend.remark.clone().filter(|_| remark == Remark::Shown), friend.nick_name.clone()];
    let name = names.into_iter().flatten().find(|name| !name.is_empty());
    friend.display_name = name.unwrap_or_else(|| friend.user_name.clone());
    friend
}

/// A record with some of the fields in any order, some of them twice.
fn random_record(chance: &mut Chance) -> String {
    const NAMES: &[&str] = &[
        "user_name",
        "picture_url",
        "nick_name",
        "friend_remark",
        "country",
        "provice",
        "city",
        "language",
        "gender",
        "n\\u0069ck_name",
        "new",
        "Openid",
        "province",
    ];
    let mut fields = Vec::new();
    for _ in 0..chance.below(14) {
        let name = chance.pick(NAMES);
        let value = match (name, chance.below(5)) {
            ("gender", _) => chance.pick(&["0", "1", "2", "3", "-1", "null", "\"1\""]).into(),
            ("new", _) => chance.value(3),
            (_, 0) => "null".into(),
            (_, 1) => chance.below(1000).to_string(),
            _ => chance.string(),
        };
        fields.push((name, value));
    }
    let openid = match chance.below(3) {
        0 => u64::MAX - chance.below(1000) as u64,
        _ => chance.below(1000) as u64,
    };
    let openid = if chance.below(2) == 0 { openid.to_string() } else { format!("\"{openid}\"") };
    fields.insert(chance.below(fields.len() + 1), ("openid", openid));
    let mut record = String::from("{");
    for (index, (name, value)) in fields.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let (before, after) = (chance.blank(), chance.blank());
        write!(record, "{comma}{before}\"{name}\"{after}:{before}{value}{after}").unwrap();
    }
    record + "}"
}

#[test]
fn random_friends_are_those_of_a_twin_on_serde_json() {
    let mut chance = Chance(4);
    for _ in 0..3000 {
        let records: Vec<String> = (0..chance.below(6)).map(|_| random_record(&mut chance)).collect();
        let lists = match chance.below(5) {
            0 => String::new(),
            1 => r#","lists":null"#.into(),
            _ => format!(r#","lists":[{}{}]"#, chance.blank(), records.join(",")),
        };
        let lost = chance.pick(&["", r#","is_lost":0"#, r#","is_lost":1"#, r#","is_lost":"1""#, r#","is_lost":null"#]);
        let seq = chance.pick(&["", r#","seq":"s\n""#, r#","seq":7"#, r#","seq":null"#]);
        let head =
            if chance.below(4) == 0 { format!(r#"{{"lists":[{}],"#, random_record(&mut chance)) } else { "{".into() };
        let body = format!(r#"{head}"ret":0{lists}{lost}{seq}}}"#);
        let channel = Channel::new(1 + chance.below(22) as u32).unwrap();
        let remark = if chance.below(2) == 0 { Remark::Shown } else { Remark::Ignored };
        let list = Response::read(&Reply::ok(body.as_bytes()), Rules { channel, remark }).expect(&body);
        assert_eq!((list.friends, list.degraded, list.seq), twin(&body, channel, remark), "{body}");
    }
}

#[test]
fn a_fault_behind_a_hundred_thousand_friends_is_found() {
    let body =
        |friends: usize| format!(r#"{{"ret":0,"lists":[{}0]}}"#, r#"{"openid":"1","n\u0065w":{}},"#.repeat(friends));
    let rules = Rules { channel: Channel::QQ, remark: Remark::Ignored };
    let error = Response::read(&Reply::ok(body(100_000).as_bytes()), rules).unwrap_err();
    assert_eq!(error.json_path.as_deref(), Some("lists[100000]"));
}
