//! The room that `src/capi/room.rs` reckons for a call is enough for what makes the most of it: else it would trap.

use msdk_capi_tests::{Argument, Call, Library, call, status};

use crate::dense::{filled, repeated};

const LENGTHS: [usize; 8] = [0, 40, 64, 100, 130, 300, 1300, 6000];

/// What a text is made of: bytes that become more when they are escaped, encoded, or are no UTF-8 at all.
const UNITS: [&[u8]; 10] =
    [b"a", b"\\n", b" ", b"/", b"\\\"", b"\\u0001", b"\\ud800", "\u{e9}".as_bytes(), "\u{1F600}".as_bytes(), b"\xFF"];

fn answer(library: &mut Library, call: &Call) {
    let outcome = library.call(call);
    assert_ne!(outcome.status, status::BAD_POINTER, "{}", call.function);
    assert_ne!(outcome.status, status::OUT_OF_MEMORY, "{}", call.function);
}

/// Makes calls of texts of every length and kind.
fn try_all(calls: impl Fn(usize, &[u8]) -> Vec<Call>) {
    let mut library = Library::default();
    for length in LENGTHS {
        for unit in UNITS {
            for call in calls(length, unit) {
                answer(&mut library, &call);
            }
        }
    }
}

fn text(length: usize, unit: &[u8]) -> Vec<u8> {
    filled(b"", unit, b"", length)
}

fn object(opening: &str, length: usize, unit: &[u8]) -> Vec<u8> {
    filled(opening.as_bytes(), unit, b"\"}", length)
}

#[test]
fn copies() {
    try_all(|length, unit| {
        let text = || text(length, unit);
        let path = || filled(b"/", unit, b"", length);
        vec![
            call!("msdk_canonical_text", text(), "a=1", "{}"),
            call!("msdk_canonical_text", path(), text(), text()),
            call!("msdk_sign", path(), text(), text(), text()),
            call!("msdk_sign", text(), text(), text(), "k"),
            call!("msdk_sign", path(), "a=1", text(), ""),
        ]
    });
}

#[test]
fn addresses() {
    try_all(|length, unit| {
        let picture = |opening: &str| filled(opening.as_bytes(), unit, b"", length);
        let hosts =
            ["", "http://q.qlogo.cn/", "https://thirdwx.qlogo.cn/mmopen/", "//q.qlogo.cn/?", "http://wx.qlogo.cn/a#"];
        let of_host = |opening| {
            [1, 2, 4].into_iter().flat_map(move |channel| {
                vec![
                    call!("msdk_avatar_srcset", picture(opening), channel),
                    call!("msdk_avatar_url", picture(opening), channel, 40.0),
                    call!("msdk_avatar_url_to_fit", picture(opening), channel, 30.0, 3.0),
                ]
            })
        };
        hosts.into_iter().flat_map(of_host).collect()
    });
}

/// Numbers that are long when they are written out, in messages.
#[test]
fn numbers() {
    let mut library = Library::default();
    let numbers =
        [0.0, -0.0, 1.0 / 3.0, f64::MIN_POSITIVE, 5e-324, f64::MAX, f64::MIN, f64::NAN, f64::INFINITY, 1e21, -1e300];
    for first in numbers {
        for second in numbers {
            answer(&mut library, &call!("msdk_avatar_size", 1, first, second));
            answer(&mut library, &call!("msdk_avatar_url_to_fit", "http://q.qlogo.cn/a", 2, first, second));
            answer(&mut library, &call!("msdk_avatar_url", "http://q.qlogo.cn/a", 2, first));
            answer(&mut library, &call!("msdk_retry_delay", 1, 3, true, first, second, 0.5));
        }
    }
    for number in [i64::MIN, i64::MAX] {
        answer(&mut library, &call!("msdk_mask_gender", -1, number));
        answer(&mut library, &call!("msdk_query", r#"{"gameId":"1","channel":4294967295}"#, "", 0, number));
    }
}

#[test]
fn queries_of_many_parameters() {
    let mut library = Library::default();
    for length in LENGTHS {
        for unit in
            ["\"#\":0", "\"#\":\"\"", "\"#\":\"0\"", "\"#\":12345678", "\"#\":\"12345678901234567890\"", "\"\":0", "0"]
        {
            let extra = repeated("{\"gameId\":\"1\",\"channel\":1,\"extraQuery\":{", unit, "}}", length);
            let options = repeated("{\"gameId\":\"1\",\"channel\":1,", unit, "}", length);
            answer(&mut library, &call!("msdk_query", extra, "", 0, 1i64));
            answer(&mut library, &call!("msdk_query", options, "", 1, 1i64));
            answer(&mut library, &call!("msdk_canonical_query", repeated("{", unit, "}", length)));
        }
    }
}

#[test]
fn queries_of_long_texts() {
    try_all(|length, unit| {
        let long = |opening| object(opening, length, unit);
        vec![
            call!("msdk_query", r#"{"gameId":"1","channel":1}"#, text(length, unit), 0, 1i64),
            call!("msdk_query", long("{\"channel\":1,\"gameId\":\""), "1", 0, 1i64),
            call!("msdk_query", long("{\"gameId\":\"1\",\"channel\":1,\"extraQuery\":{\"a\":\""), "1", 0, 1i64),
            call!("msdk_query", long("{\"gameId\":\"1\",\"channel\":1,\"extraQuery\":{\""), "1", 0, 1i64),
            call!("msdk_canonical_query", long("{\"a\":\"")),
            call!("msdk_canonical_query", long("{\"")),
            call!("msdk_canonical_query", text(length, unit)),
        ]
    });
}

/// A request of every endpoint that lacks what `rest` adds.
const REQUESTS: [(&str, &str); 5] = [
    ("friend_list", r#"{"openid":"1","token":"t""#),
    ("recall_friends_list", r#"{"openid":"1","token":"t","count":1"#),
    ("get_sopenid", r#"{"openid":"1","token":"t""#),
    ("share", r#"{"openid":"1","token":"t","fopenid":"2","gameTag":"MSG_INVITE","title":"t""#),
    ("ark_share", r#"{"openid":"1","token":"t","fopenid":"2""#),
];

fn of_request(endpoint: &str, request: Vec<u8>) -> [Call; 3] {
    [
        call!("msdk_prepare", endpoint, request.clone(), 2, false),
        call!("msdk_prepare", endpoint, request.clone(), 2, true),
        call!("msdk_warnings", endpoint, request, 2, false),
    ]
}

#[test]
fn requests_of_many_members() {
    let mut library = Library::default();
    for length in LENGTHS {
        for unit in
            ["\"#\":0", "\"#\":\"\"", "\"\":0", "\"title\":\"\"", "\"extra\":{}", "\"token\":\"t\"", "\"#\":[[]]"]
        {
            for (endpoint, opening) in REQUESTS {
                let request = repeated(&format!("{opening},"), unit, "}", length.max(opening.len() + 8));
                for call in of_request(endpoint, request) {
                    answer(&mut library, &call);
                }
            }
            let extra =
                repeated("{\"openid\":\"1\",\"token\":\"t\",\"fopenid\":\"2\",\"extra\":{", unit, "}}", length.max(70));
            answer(&mut library, &call!("msdk_prepare", "ark_share", extra, 2, 0));
        }
    }
}

#[test]
fn requests_of_long_texts() {
    const NAMES: [&str; 7] = ["title", "summary", "targetUrl", "imgUrl", "previewText", "gameTag", "token"];
    try_all(|length, unit| {
        let of_endpoint = |(endpoint, opening): (&str, &str)| {
            let of_name = |name| of_request(endpoint, object(&format!("{opening},\"{name}\":\""), length, unit));
            NAMES.into_iter().flat_map(of_name).collect::<Vec<_>>()
        };
        let open = r#"{"openid":"1","token":"t","fopenid":"2","extra":"#;
        let mut calls: Vec<Call> = REQUESTS.into_iter().flat_map(of_endpoint).collect();
        calls.extend(of_request("ark_share", filled(format!("{open}{{\"a\":\"").as_bytes(), unit, b"\"}}", length)));
        calls.extend(of_request(
            "ark_share",
            filled(format!("{open}\"{{\\\"a\\\":\\\"").as_bytes(), unit, b"\\\"}\"}", length),
        ));
        calls.push(call!("msdk_prepare", text(length, unit), "{}", 2, 0));
        calls.push(call!("msdk_pack_ark_extra", object("{\"a\":\"", length, unit)));
        calls.push(call!("msdk_pack_ark_extra", filled(b"{/*", unit, b"*/}", length)));
        calls.push(call!("msdk_pack_ark_extra", text(length, unit)));
        calls
    });
}

/// What stands before the entries, and behind them.
const LISTS: [(&str, &str, &str, &str); 2] = [
    ("friend_list", "openid", r#"{"ret":0,"lists":["#, "]}"),
    ("recall_friends_list", "sopenid", r#"{"ret":0,"result":{"friend_list":["#, "]}}"),
];

#[test]
fn lists_of_many_entries() {
    let mut library = Library::default();
    for length in LENGTHS {
        for (endpoint, id, opening, closing) in LISTS {
            let units = [
                format!(r#"{{"{id}":"1"}}"#),
                format!(r#"{{"{id}":1}}"#),
                format!(r#"{{"{id}":1,"nick_name":""}}"#),
                format!(r#"{{"{id}":"1","nick_name":"\u0001","user_name":"a"}}"#),
                format!(r#"{{"{id}":1,"remark":"","gender":1}}"#),
                "{}".into(),
                "[]".into(),
                "0".into(),
            ];
            for unit in units {
                for closing in [closing, "", "],\"seq\":\"1\"}", "],\"is_lost\":1,\"lists\":[]}"] {
                    let list = repeated(opening, &unit, closing, length);
                    // The same with a byte that is no UTF-8, which makes the room three times as wide.
                    let broken = [&list[..], b"\xFF"].concat();
                    answer(&mut library, &call!("msdk_read_answer", endpoint, list, 200, 1, 1));
                    answer(&mut library, &call!("msdk_read_answer", endpoint, broken, 200, 1, 1));
                }
            }
        }
    }
}

#[test]
fn lists_of_long_texts() {
    const NAMES: [&str; 8] =
        ["user_name", "nick_name", "friend_remark", "picture_url", "head_img_url", "country", "openid", "sopenid"];
    try_all(|length, unit| {
        let of_list = |(endpoint, id, opening, closing): (&str, &str, &str, &str)| {
            let of_name = |name: &str| {
                let opening = format!("{opening}{{\"{id}\":\"1\",\"{name}\":\"");
                let closing = format!("\"}}{closing}");
                let one = filled(opening.as_bytes(), unit, closing.as_bytes(), length);
                // Two of half the length: the second is behind what the first left.
                let half =
                    filled(opening.as_bytes(), unit, b"\"},{\"openid\":1,\"sopenid\":1,\"nick_name\":\"", length / 2);
                let two = [&half[..], &filled(b"", unit, closing.as_bytes(), length / 2)].concat();
                [one, two].map(|answer| call!("msdk_read_answer", endpoint, answer, 200, 1, 1))
            };
            NAMES.into_iter().flat_map(of_name).collect::<Vec<_>>()
        };
        LISTS.into_iter().flat_map(of_list).collect()
    });
}

#[test]
fn other_answers() {
    const ENDPOINTS: [&str; 5] = ["friend_list", "recall_friends_list", "get_sopenid", "share", "ark_share"];
    const OPENINGS: [&str; 9] = [
        r#"{"ret":1,"msg":""#,
        r#"{"ret":-10000,"msg":"-6, "#,
        r#"{"ret":1008,"seq":""#,
        r#"{"ret":0,"seq":""#,
        r#"{"ret":0,"sopenid":"1","seq":""#,
        r#"{"ret":0,"sopenid":""#,
        r#"{"ret":0,"result":{"model_id":""#,
        r#"{"ret":0,""#,
        "",
    ];
    try_all(|length, unit| {
        let of_opening = |opening: &str| {
            let answer = object(opening, length, unit);
            let statuses = |endpoint: &'static str| {
                [200, 403].map(|status| call!("msdk_read_answer", endpoint, answer.clone(), status, 1, 0))
            };
            ENDPOINTS.into_iter().flat_map(statuses).collect::<Vec<_>>()
        };
        OPENINGS.into_iter().flat_map(of_opening).collect()
    });
}

/// So long that what is set aside for paths does not make up for too little.
#[test]
fn long_refusals() {
    let mut library = Library::default();
    for unit in [&b"\\n"[..], b"a\\n", b"\\r\\n ", b"\\u0001", b"\\ud800", b"\xFF"] {
        for length in [44_000, 120_000] {
            for endpoint in ["friend_list", "recall_friends_list", "share"] {
                let refusal = object(r#"{"ret":1,"msg":""#, length, unit);
                answer(&mut library, &call!("msdk_read_answer", endpoint, refusal.clone(), 200, 2, 0));
                answer(&mut library, &call!("msdk_read_answer", endpoint, refusal, 403, 2, 0));
            }
        }
    }
}

#[test]
fn arrays_of_texts() {
    let mut library = Library::default();
    for length in LENGTHS {
        for unit in ["\"\"", "0", "\"1\"", "[]", "{}", "\"\\u0001\"", "null", "\"\u{e9}\"", "\"12345678\""] {
            for closing in ["]}}", "", "],\"friend_list\":[{\"sopenid\":1}]}}", "],\"send_list\":[]}}"] {
                let list = repeated("{\"ret\":0,\"result\":{\"send_list\":[", unit, closing, length);
                let broken = [&list[..], b"\xFF"].concat();
                answer(&mut library, &call!("msdk_read_answer", "recall_friends_list", list, 200, 1, 0));
                answer(&mut library, &call!("msdk_read_answer", "recall_friends_list", broken, 200, 1, 0));
            }
        }
    }
}

/// A fault in the deepest place, with a path of the longest keys.
#[test]
fn paths_to_faults() {
    let mut library = Library::default();
    for depth in 1..80 {
        for key in ["", "a", "0123456789", &"k".repeat(40), &"k".repeat(100), "\u{e9}\u{e9}"] {
            for fault in ["", "x", "\"", "\u{1}"] {
                let nested = format!("{{\"ret\":0,{}{fault}", format!("\"{key}\":{{").repeat(depth));
                let arrays = format!("{{\"ret\":0,\"{key}\":{}{fault}", "[".repeat(depth));
                for answered in [nested, arrays] {
                    answer(&mut library, &call!("msdk_read_answer", "friend_list", answered.as_str(), 200, 1, 0));
                    answer(&mut library, &call!("msdk_prepare", "ark_share", answered.as_str(), 2, 0));
                    answer(&mut library, &call!("msdk_pack_ark_extra", answered.as_str()));
                    answer(&mut library, &call!("msdk_query", answered, "", 0, 0i64));
                }
            }
        }
    }
}

/// No text at all, everywhere.
#[test]
fn nothing() {
    let mut library = Library::default();
    for known in msdk_capi_tests::beside::all() {
        let mut call = known.call;
        for argument in &mut call.arguments {
            if let Argument::Text(text) = argument {
                text.clear();
            }
        }
        answer(&mut library, &call);
    }
}
