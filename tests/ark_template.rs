//! Packing the ARK template: what is taken away, what is kept, how it is encoded, and where an error points.

#[path = "support/chance.rs"]
mod chance;

use chance::Chance;
use msdk_friends::ark::pack;
use msdk_friends::{Error, ErrorKind};
use serde_json::Value;

impl Chance {
    /// The tokens of a random value.
    fn tokens(&mut self, depth: usize, out: &mut Vec<String>) {
        const SCALARS: &[&str] = &["null", "true", "false", "0", "-1.50", "1E+2", "12345678901234567890"];
        match self.below(if depth == 0 { 2 } else { 4 }) {
            0 => out.push(self.pick(SCALARS).into()),
            1 => out.push(self.string()),
            2 => {
                out.push("[".into());
                for index in 0..self.below(4) {
                    out.extend((index > 0).then(|| ",".into()));
                    self.tokens(depth - 1, out);
                }
                out.push("]".into());
            }
            _ => self.object(depth, out),
        }
    }

    fn object(&mut self, depth: usize, out: &mut Vec<String>) {
        out.push("{".into());
        for index in 0..self.below(4) {
            out.extend((index > 0).then(|| ",".into()));
            out.push(self.string());
            out.push(":".into());
            self.tokens(depth - 1, out);
        }
        out.push("}".into());
    }

    fn string(&mut self) -> String {
        const PIECES: &[&str] = &[
            "a", " ", "/", "//", "/*", "*/", "\\\"", "\\\\", "\\/", "\\n", "\\u00e9", "头", "😀", "%", "&", "+", "'",
            "{", "}", ",", ":", "~!*()-_.", "\u{7f}",
        ];
        let pieces: String = (0..self.below(6)).map(|_| self.pick(PIECES)).collect();
        format!("\"{pieces}\"")
    }

    fn blank(&mut self) -> &'static str {
        const BLANKS: &[&str] = &[
            "",
            "",
            " ",
            "\n",
            "\r\n",
            "\t",
            "/**/",
            "/***/",
            "/*/*/",
            "/* \" // 头 \n { */",
            "// x\n",
            "//\r\n",
            "//\" /*\n",
            "// 头 */\n",
            "/* a */ /* b */",
            "//\n//\n",
        ];
        self.pick(BLANKS)
    }
}

/// encodeURIComponent, as its specification has it.
fn encode_uri_component(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || "-_.!~*'()".contains(c) {
            out.push(c);
        } else {
            for byte in c.to_string().bytes() {
                out += &format!("%{byte:02X}");
            }
        }
    }
    out
}

fn decode(packed: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = packed.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[track_caller]
fn refused(template: &str) -> Error {
    let error = pack(template).expect_err(template);
    assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Request, Some("extra")), "{error}");
    assert!(error.allowed.is_some() && error.message.starts_with("extra: "), "{error}");
    error
}

#[track_caller]
fn assert_refused_at(template: &str, line: usize, column: usize) {
    let error = refused(template);
    let place = format!(" at line {line}, column {column}");
    assert!(error.message.ends_with(&place), "{error} instead of{place}");
}

#[test]
fn of_random_templates_comments_and_blanks_go_and_all_else_stays() {
    let mut chance = Chance(9);
    for _ in 0..5000 {
        let mut tokens = Vec::new();
        chance.object(4, &mut tokens);
        let compact = tokens.concat();
        let mut template = String::from(chance.blank());
        for token in &tokens {
            template += token;
            template += chance.blank();
        }
        template += chance.pick(&["", "// the end", "/* the end */", "//"]);
        let packed = pack(&template).expect(&template);
        assert_eq!(packed, encode_uri_component(&compact), "{template}");
        assert_eq!(pack(&compact).unwrap(), packed);
        serde_json::from_str::<Value>(&decode(&packed)).expect(&packed);
    }
}

#[test]
fn every_character_is_encoded_as_encode_uri_component_does() {
    for c in (0x20..0x3000u32).chain(0xD7F0..0xE010).chain(0x1_F600..0x1_F610).filter_map(char::from_u32) {
        if c != '"' && c != '\\' {
            let template = format!("{{\"{c}\":\"{c}\"}}");
            assert_eq!(pack(&template).unwrap(), encode_uri_component(&template));
        }
    }
}

#[test]
fn numbers_and_escapes_stay_byte_for_byte() {
    let template = r#"{"a":1.50,"b":-0,"c":1E+07,"d":"\u00E9\/\t","e":12345678901234567890,"a":2}"#;
    assert_eq!(decode(&pack(template).unwrap()), template);
}

#[test]
fn a_comment_may_stand_wherever_a_blank_may() {
    for template in [
        "/**/{}",
        "{/**/}",
        "{}/**/",
        "{}//",
        "{} // 头",
        "// a\n{// b\n} // c",
        "// a lone CR ends it\r{}",
        "{}// a\r/* b */",
        "/*/ */{}",
        "/* * / ** // */{}",
        "\u{feff}// a\r\n{}",
        "\u{feff}{}",
    ] {
        assert_eq!(pack(template).unwrap(), "%7B%7D", "{template}");
    }
    let template = "/*1*/{/*2*/\"a\"/*3*/:/*4*/[/*5*/1/*6*/,/*7*/2/*8*/]/*9*/,\"b\"//10\n:{}}";
    assert_eq!(decode(&pack(template).unwrap()), r#"{"a":[1,2],"b":{}}"#);
}

#[test]
fn a_comment_does_not_join_what_it_parts() {
    for template in ["{\"a\":1/**/2}", "{\"a\":tr/**/ue}", "{\"a\":-/**/1}", "{\"a\" \"b\"/**/:1}", "{\"a\":1./**/5}"] {
        refused(template);
    }
}

#[test]
fn what_is_not_json_without_its_comments_is_refused() {
    for template in [
        "",
        " ",
        "// a",
        "/**/",
        "{",
        "}",
        "{}}",
        "{} {}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":01}",
        "# a\n{}",
        "<!-- a -->{}",
        "{\"a\":\"\n\"}",
        "{\"a\":NaN}",
        "{}\u{a0}",
        "/ /{}",
        "{}/",
        "{\"a\":\"\\x\"}",
        "/* /* */ */ {}",
    ] {
        refused(template);
    }
}

#[test]
fn an_unterminated_comment_or_string_is_refused() {
    for template in
        ["/*", "/*/", "/* {}", "{}/*", "{/* }", "{} /* * /", "{\"a", "{\"a\":\"b", "{\"a\":\"b\\\"}", "{\"a\\"]
    {
        refused(template);
    }
}

#[test]
fn only_an_object_is_a_template() {
    for template in ["[]", "[{}]", "\"{}\"", "1", "null", "true", r#""{\"a\":1}""#] {
        assert!(refused(template).message.contains("an object"));
    }
}

#[test]
fn text_that_is_already_encoded_is_refused_as_such() {
    let once = pack("{\"a\":1}").unwrap();
    for template in [&once, " %7B%7D", "\r\n%7B%7D", "%257B%257D"] {
        let error = refused(template);
        assert!(error.message.contains("already encoded"), "{error}");
    }
    assert!(pack("{\"a\":\"%7B%7D\"}").is_ok(), "a percent sign inside is no sign of it");
}

#[test]
fn a_byte_order_mark_does_not_hide_that_text_is_already_encoded() {
    assert!(refused("\u{feff}%7B%7D").message.contains("already encoded"));
}

#[test]
fn an_error_names_line_and_column() {
    for (template, line, column) in [
        ("x", 1, 1),
        ("  x", 1, 3),
        ("[]", 1, 1),
        ("{x", 1, 2),
        ("{\n  x", 2, 3),
        ("{\r\n  x", 2, 3),
        ("{\r\n\r\n\"a\":x", 3, 5),
        ("{ // 游戏\n x", 2, 2),
        ("{ \"游戏\": x", 1, 9),
        ("{\r\n  \"游\": \"戏😀\",, ", 2, 13),
        ("/* 游\n戏 */ x", 2, 6),
        ("{}\n\nx", 3, 1),
        ("{", 1, 2),
        ("{\n", 2, 1),
        ("{\"a\":\"b", 1, 8),
        ("{\n /* a", 2, 2),
        ("{\"a\":\"\t\"}", 1, 7),
        ("{\"a\":\"\\x\"}", 1, 7),
    ] {
        assert_refused_at(template, line, column);
    }
}

#[test]
fn a_byte_order_mark_takes_no_column() {
    assert_refused_at("\u{feff}x", 1, 1);
    assert_refused_at("\u{feff}{\n x", 2, 2);
}

#[test]
fn the_offset_is_that_of_line_and_column() {
    let template = "{\r\n  \"游\": x";
    assert_eq!(refused(template).offset, template.find('x'));
}

#[test]
fn sixty_four_levels_are_packed_and_one_more_is_refused() {
    let nested = |levels: usize| format!("{}{{}}{}", "{\"a\":".repeat(levels - 1), "}".repeat(levels - 1));
    assert_eq!(decode(&pack(&nested(64)).unwrap()), nested(64));
    assert!(refused(&nested(65)).message.contains("64 levels"));
    refused(&"{\"a\":[".repeat(100_000));
}

#[test]
fn an_error_never_quotes_the_template() {
    for template in ["{\"MARKER\":MARKER}", "MARKER", "%MARKER", "[\"MARKER\"]", "{\"a\":\"MARKER"] {
        assert!(!format!("{:?}", refused(template)).contains("MARKER"));
    }
}
