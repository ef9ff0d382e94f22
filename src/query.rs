//! The query parameters: the fixed ones with their defaults, the extra ones, and the only place that sorts.

use alloc::string::String;
use alloc::vec::Vec;

use crate::channel::Channel;
use crate::error::Error;
use crate::input::Input;
use crate::object::Object;
use crate::text::integer;

/// The system a request comes from (`os`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Os {
    /// 1
    Android = 1,
    /// 2
    Ios = 2,
    /// 3
    #[default]
    Web = 3,
    /// 4; what a request from a backend uses
    Linux = 4,
    /// 5
    Windows = 5,
}

impl Os {
    /// The system with this number on the wire.
    #[must_use]
    pub const fn new(id: i64) -> Option<Os> {
        Some(match id {
            1 => Os::Android,
            2 => Os::Ios,
            3 => Os::Web,
            4 => Os::Linux,
            5 => Os::Windows,
            _ => return None,
        })
    }
}

/// Why a parameter is none, for an error that names it as the caller knows it.
struct Refused {
    allowed: &'static str,
    given: &'static str,
}

pub(crate) const ALLOWED: &str = "characters of A-Z a-z 0-9 - . _ ~";
const ALLOWED_NAME: &str = "a name of characters of A-Z a-z 0-9 - . _ ~";

/// Query parameters without `sig`, each name once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query<'a> {
    /// Names and values, sorted by name in ascending byte order.
    parameters: Vec<(&'a str, &'a str)>,
}

impl<'a> Query<'a> {
    /// No parameters.
    #[must_use]
    pub fn new() -> Self {
        Query::default()
    }

    /// The parameters as they are signed and sent: `name=value` joined by `&`, sorted by name in ascending byte order.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.parameters {
            let and = if text.is_empty() { "" } else { "&" };
            for part in [and, name, "=", value] {
                text.push_str(part);
            }
        }
        text
    }

    /// Adds a parameter; an empty value is one.
    ///
    /// # Errors
    /// `request`, with the name as the field: a character outside `A-Z a-z 0-9 - . _ ~`, a second value for the same
    /// name, an empty name, or the name `sig`, which is computed.
    pub fn insert(&mut self, name: &'a str, value: &'a str) -> Result<(), Error> {
        self.add(name, value).map_err(|refused| Error::request(name, refused.allowed, refused.given))
    }

    fn add(&mut self, name: &'a str, value: &'a str) -> Result<(), Refused> {
        let (allowed, given) = if name.is_empty() || !is_unreserved(name) {
            (ALLOWED_NAME, "another")
        } else if !is_unreserved(value) {
            (ALLOWED, "others")
        } else if name == "sig" {
            ("none: it is computed", "one")
        } else if self.parameters.iter().any(|(known, _)| *known == name) {
            ("one value", "two")
        } else {
            self.parameters.push((name, value));
            self.sort_last();
            return Ok(());
        };
        Err(Refused { allowed, given })
    }

    /// Moves the last parameter to its place: the only place that sorts. Most come sorted already.
    fn sort_last(&mut self) {
        for last in (1..self.parameters.len()).rev() {
            match self.parameters.get_mut(last - 1..=last) {
                Some([before, last]) if before.0 > last.0 => core::mem::swap(before, last),
                _ => break,
            }
        }
    }
}

/// Whether the text may stand in a query. How other characters are percent-encoded before signing is documented nowhere,
/// so they are refused instead of guessed.
fn is_unreserved(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~'))
}

/// Who completes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sender {
    /// This program signs it.
    Signer,
    /// A proxy adds `os`, `gameid`, `ts` and `sig`, and may add the player's openid and token.
    Proxied,
}

/// The fixed parameters of every call of a client, with the defaults of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedParameters {
    /// `gameid`, assigned by MSDK.
    pub game_id: String,
    /// `channelid`
    pub channel: Channel,
    /// `os`, [`Os::Web`] by default
    pub os: Os,
    /// `source`, "0" by default; tells which of a game's keys signs
    pub source: String,
    /// `version`, empty by default
    pub version: String,
    /// `conn`, empty by default; it has no documented meaning
    pub conn: String,
    /// Further parameters, which are signed like the others.
    pub extra: Vec<(String, String)>,
}

impl FixedParameters {
    /// The defaults for a game on a channel.
    pub fn new(game_id: impl Into<String>, channel: Channel) -> Self {
        FixedParameters {
            game_id: game_id.into(),
            channel,
            os: Os::Web,
            source: String::from("0"),
            version: String::new(),
            conn: String::new(),
            extra: Vec::new(),
        }
    }

    /// The query of one attempt.
    ///
    /// # Errors
    /// As [`of_attempt`].
    pub fn of_attempt(&self, sender: Sender, seq: &str, ts: i64) -> Result<String, Error> {
        let mut extra = Object::new();
        for (name, value) in &self.extra {
            extra.text(name, value);
        }
        let mut options = Object::new();
        options.text("gameId", &self.game_id);
        options.integer("channel", self.channel.id().into());
        options.integer("os", self.os as i64);
        options.text("source", &self.source);
        options.text("version", &self.version);
        options.text("conn", &self.conn);
        options.json("extraQuery", &extra.finish());
        of_attempt(&options.finish(), sender, seq, ts)
    }
}

/// A fixed parameter: the client's option, its name on the wire, its default.
type Fixed = (&'static str, &'static str, &'static str);

const ALWAYS: &[Fixed] =
    &[("channel", "channelid", ""), ("conn", "conn", ""), ("source", "source", "0"), ("version", "version", "")];

/// What a proxy sets itself.
const OF_A_SIGNER: &[Fixed] = &[("gameId", "gameid", ""), ("os", "os", "3")];

/// What else the client or the proxy sets.
const SET_ELSEWHERE: [&str; 4] = ["gameid", "os", "seq", "ts"];

/// The query of one attempt, for the options of a client: the JSON text of an object with `gameId`, `channel`, `os`,
/// `source`, `version`, `conn`, `extraQuery`. `ts` is in Unix seconds; a proxy sets its own.
///
/// # Errors
/// `config`, with the option's name as the field: no game where this program signs, no channel, a character that may not
/// stand in a query, or an extra parameter that the client or the proxy sets. `request`: such a character in `seq`.
pub fn of_attempt(options: &str, sender: Sender, seq: &str, ts: i64) -> Result<String, Error> {
    let ts = integer(ts);
    let mut query = of_options(options, sender).map_err(Error::into_config)?;
    query.insert("seq", seq)?;
    if sender == Sender::Signer {
        query.insert("ts", &ts)?;
    }
    Ok(query.canonical())
}

fn of_options(options: &str, sender: Sender) -> Result<Query<'_>, Error> {
    let options = Input::new("options", options)?;
    check_id(&options, "channel", "a channel's id, such as Channel.WeChat", u32::MAX, None)?;
    check_id(&options, "os", "one of 1, 2, 3, 4, 5", 5, Some(3))?;
    let mut query = Query::new();
    query.insert_options(&options, ALWAYS)?;
    if sender == Sender::Signer {
        query.insert_options(&options, OF_A_SIGNER)?;
    }
    let Some(extra) = options.object("extraQuery", "extraQuery.")? else { return Ok(query) };
    query.insert_all(&extra, &SET_ELSEWHERE)?;
    Ok(query)
}

impl<'a> Query<'a> {
    /// Adds every field of `input` but those that are `refused`.
    pub(crate) fn insert_all(&mut self, input: &Input<'a>, refused: &[&str]) -> Result<(), Error> {
        for name in input.names() {
            let Some(name) = name.as_str() else {
                return Err(input.refuse(&name.to_lossy(), ALLOWED_NAME, "another"));
            };
            if refused.contains(&name) {
                return Err(input.refuse(name, "no parameter that the client or the proxy sets", "one"));
            }
            let value = input.query_value(name)?.unwrap_or_default();
            self.add(name, value).map_err(|refused| input.refuse(name, refused.allowed, refused.given))?;
        }
        Ok(())
    }

    fn insert_options(&mut self, options: &Input<'a>, fixed: &[Fixed]) -> Result<(), Error> {
        for &(option, name, default) in fixed {
            let value = options.query_value(option)?.unwrap_or(default);
            if option == "gameId" && value.is_empty() {
                return Err(options.refuse(option, "the game's id, a non-empty string", "none"));
            }
            self.add(name, value).map_err(|refused| options.refuse(option, refused.allowed, refused.given))?;
        }
        Ok(())
    }
}

/// An id from 1 to `most`; without a default it must be there.
fn check_id(options: &Input<'_>, name: &str, allowed: &str, most: u32, default: Option<i64>) -> Result<(), Error> {
    match options.integer(name)?.or(default) {
        Some(id) if (1..=i64::from(most)).contains(&id) => Ok(()),
        _ => Err(options.refuse(name, allowed, "none, or another number")),
    }
}
