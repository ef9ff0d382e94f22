//! Masks a call's secrets in a text, by the rule of pkg/src/redact.ts and spelling.ts, which tests/web compares.

/// Below this, in UTF-16 units, only whole words are masked: an openid such as "1" would otherwise tear every number apart.
const MIN_LENGTH: usize = 6;

/// So many spellings inside one another are undone.
const MAX_DEPTH: usize = 5;

/// A UTF-16 unit, in which escapes spell, and where its spelling begins and ends in the text as it was given.
#[derive(Clone, Copy)]
struct Unit {
    value: u16,
    from: usize,
    to: usize,
}

/// Masks the secrets wherever they occur, also as JSON, JSON inside JSON, a URL or a form spells them.
pub(super) fn redact(text: &str, secrets: &[String]) -> String {
    let given: Vec<u16> = text.encode_utf16().collect();
    let plain = plain(&given);
    let searched = lower_case(&plain);
    let is_word = |index: Option<usize>| index.and_then(|index| given.get(index)).is_some_and(|&unit| is_word(unit));
    let mut is_masked = vec![false; given.len()];
    for secret in secrets {
        let wanted = lower_case(&self::plain(&secret.encode_utf16().collect::<Vec<_>>()));
        if wanted.is_empty() {
            continue;
        }
        for at in (0..searched.len()).filter(|&at| searched[at..].starts_with(&wanted)) {
            let (start, end) = (plain[at].from, plain[at + wanted.len() - 1].to);
            let is_part = is_word(start.checked_sub(1)) || is_word(Some(end));
            if !is_part || wanted.len() >= MIN_LENGTH {
                is_masked[start..end].fill(true);
            }
        }
    }

    let mut masked = Vec::with_capacity(given.len());
    for (index, &unit) in given.iter().enumerate() {
        if !is_masked[index] {
            masked.push(unit);
        } else if index == 0 || !is_masked[index - 1] {
            masked.extend("***".encode_utf16());
        }
    }
    String::from_utf16_lossy(&masked)
}

fn is_word(unit: u16) -> bool {
    u8::try_from(unit).is_ok_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn lower_case(plain: &[Unit]) -> Vec<u16> {
    plain
        .iter()
        .map(|unit| u8::try_from(unit.value).map_or(unit.value, |byte| byte.to_ascii_lowercase().into()))
        .collect()
}

/// The text without the spellings of JSON, URLs and forms: two spellings of a text become the same.
fn plain(given: &[u16]) -> Vec<Unit> {
    let whole = given.iter().enumerate().map(|(index, &value)| Unit { value, from: index, to: index + 1 });
    let mut plain: Vec<Unit> = whole.collect();
    for _ in 0..MAX_DEPTH {
        let undone = undone(&plain);
        // A spelling is longer than what it means.
        if undone.len() == plain.len() {
            break;
        }
        plain = undone;
    }
    plain
}

fn undone(text: &[Unit]) -> Vec<Unit> {
    let mut plain = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&unit) = text.get(at) {
        let Some((length, meaning)) = spelling(&text[at..]) else {
            plain.push(unit);
            at += 1;
            continue;
        };
        let (from, to) = (unit.from, text[at + length - 1].to);
        plain.extend(meaning.into_iter().map(|value| Unit { value, from, to }));
        at += length;
    }
    plain
}

/// The length and the meaning of the spelling that the text begins with. Blanks and backslashes mean nothing: JSON, URLs
/// and forms spell them in too many ways.
fn spelling(text: &[Unit]) -> Option<(usize, Vec<u16>)> {
    let unit = text.first()?.value;
    let character = char::from_u32(unit.into());
    if is(unit, b'%') {
        let bytes: Vec<u8> = text.chunks_exact(3).map_while(percent_encoded).collect();
        return (!bytes.is_empty()).then(|| (3 * bytes.len(), meaning(&bytes)));
    }
    if is(unit, b'\\') {
        return Some(escape(text));
    }
    let is_blank = character.is_some_and(|one| one.is_whitespace() || one.is_control() || "+\u{feff}".contains(one));
    is_blank.then(|| (1, Vec::new()))
}

fn is(unit: u16, byte: u8) -> bool {
    unit == u16::from(byte)
}

fn percent_encoded(code: &[Unit]) -> Option<u8> {
    match code {
        [percent, digits @ ..] if is(percent.value, b'%') => hexadecimal(digits).map(|byte| byte as u8),
        _ => None,
    }
}

fn hexadecimal(digits: &[Unit]) -> Option<u16> {
    digits.iter().try_fold(0, |number, digit| {
        let digit = char::from_u32(digit.value.into())?.to_digit(16)?;
        Some(number * 16 + digit as u16)
    })
}

/// Of bytes that are cut inside a character, what is ASCII in them can be told all the same.
fn meaning(bytes: &[u8]) -> Vec<u16> {
    let code = |byte: &u8| if byte.is_ascii() { char::from(*byte).to_string() } else { format!("%{byte:02x}") };
    let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(code).collect());
    text.encode_utf16().collect()
}

/// Backslashes, many in JSON inside JSON, and what they escape.
fn escape(text: &[Unit]) -> (usize, Vec<u16>) {
    let slashes = text.iter().take_while(|unit| is(unit.value, b'\\')).count();
    let letter = text.get(slashes).and_then(|unit| u8::try_from(unit.value).ok()).map(|byte| byte.to_ascii_lowercase());
    let digits = text.get(slashes + 1..slashes + 5).and_then(hexadecimal);
    match (letter, digits) {
        (Some(b'u'), Some(unit)) => (slashes + 5, vec![unit]),
        (Some(b'b' | b'f' | b'n' | b'r' | b't'), _) => (slashes + 1, Vec::new()),
        _ => (slashes, Vec::new()),
    }
}
