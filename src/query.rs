//! The query parameters: the fixed ones with their defaults, the extra ones, and the only place that sorts.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::channel::Channel;
use crate::error::Error;
use crate::input::{Input, owned_pairs};
use crate::text::{integer, join, push_unsigned};

/// What a name or a value may consist of. How other characters are percent-encoded before signing is documented
/// nowhere, so they are refused instead of guessed.
const ALLOWED: &str = "characters of A-Z a-z 0-9 - . _ ~";

/// The system a request comes from (`os`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// Query parameters without `sig`, each name once. A query is its canonical text: that is the order in which it is
/// signed, sent and searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    text: String,
}

impl Query {
    /// No parameters.
    pub fn new() -> Self {
        Query::default()
    }

    /// The parameters as they are signed and sent: `name=value` joined by `&`, sorted by name in ascending byte order.
    pub fn canonical(&self) -> &str {
        &self.text
    }

    /// Adds a parameter; an empty value is one.
    ///
    /// # Errors
    /// `request`, with the name as the field: a character outside `A-Z a-z 0-9 - . _ ~`, a second value for the same
    /// name, an empty name, or the name `sig`, which is computed.
    pub fn insert(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.insert_field(name, name, value)
    }

    /// [`Query::insert`] for a parameter that the caller knows as `field`.
    fn insert_field(&mut self, field: &str, name: &str, value: &str) -> Result<(), Error> {
        if name.is_empty() || !is_unreserved(name) {
            return Err(Error::request(field, "a name of characters of A-Z a-z 0-9 - . _ ~", "another"));
        }
        if !is_unreserved(value) {
            return Err(Error::request(field, ALLOWED, "others"));
        }
        if name == "sig" {
            return Err(Error::request(field, "none: it is computed", "one"));
        }
        match self.place_of(name) {
            Some(place) => {
                self.insert_at(place, name, value);
                Ok(())
            }
            None => Err(Error::request(field, "one value", "two")),
        }
    }

    /// Where a parameter belongs, in bytes; `None` where it is already.
    fn place_of(&self, name: &str) -> Option<usize> {
        let mut place = 0;
        for parameter in self.text.as_bytes().split(|&byte| byte == b'&') {
            let known = parameter.split(|&byte| byte == b'=').next()?;
            match known.cmp(name.as_bytes()) {
                Ordering::Less if !self.text.is_empty() => place += parameter.len() + 1,
                Ordering::Equal => return None,
                _ => break,
            }
        }
        Some(place)
    }

    fn insert_at(&mut self, place: usize, name: &str, value: &str) {
        self.text = match (self.text.get(..place), self.text.get(place..)) {
            (Some(before), Some(after)) if !after.is_empty() => join(&[before, name, "=", value, "&", after]),
            _ => {
                let separator = if self.text.is_empty() { "" } else { "&" };
                join(&[&self.text, separator, name, "=", value])
            }
        };
    }
}

fn is_unreserved(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// Who completes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// Reads a client's options, the JSON text of an object with `gameId`, `channel`, `os`, `source`, `version`,
    /// `conn`, `extraQuery`.
    ///
    /// # Errors
    /// `config`, with the option's name as the field.
    pub fn read(options: &str) -> Result<Self, Error> {
        let options = Input::new("options", options).map_err(Error::into_config)?;
        Self::read_options(&options).map_err(Error::into_config)
    }

    fn read_options(options: &Input<'_>) -> Result<Self, Error> {
        let id = options.integer("channel")?.and_then(|id| Channel::new(id.try_into().ok()?));
        let Some(channel) = id else {
            return Err(options.refuse(
                "channel",
                "a channel's id, such as Channel.WeChat",
                "none, or a number that is no id",
            ));
        };
        let text = |name: &str, default: &str| -> Result<String, Error> {
            Ok(options.query_value(name)?.map_or(String::from(default), |value| value.into_owned()))
        };
        let mut parameters = FixedParameters::new(text("gameId", "")?, channel);
        parameters.source = text("source", "0")?;
        parameters.version = text("version", "")?;
        parameters.conn = text("conn", "")?;
        if let Some(os) = options.integer("os")? {
            let Some(os) = Os::new(os) else { return Err(options.refuse("os", "one of 1, 2, 3, 4, 5", &integer(os))) };
            parameters.os = os;
        }
        if let Some(extra) = options.object("extraQuery", "extraQuery.")? {
            parameters.extra = owned_pairs(&extra)?;
        }
        Ok(parameters)
    }

    /// The parameters that stay the same from call to call, as canonical text; [`stamped`] adds the rest.
    ///
    /// # Errors
    /// `config`: no game where this program signs, a character that may not stand in a query, or an extra parameter
    /// that the client or the proxy sets.
    pub fn base(&self, sender: Sender) -> Result<String, Error> {
        self.query(sender).map(|query| query.text).map_err(Error::into_config)
    }

    fn query(&self, sender: Sender) -> Result<Query, Error> {
        let mut query = Query::new();
        query.insert("channelid", &integer(self.channel.id().into()))?;
        query.insert("conn", &self.conn)?;
        query.insert("source", &self.source)?;
        query.insert("version", &self.version)?;
        if sender == Sender::Signer {
            if self.game_id.is_empty() {
                return Err(Error::request("gameId", "the game's id, a non-empty string", "none"));
            }
            query.insert_field("gameId", "gameid", &self.game_id)?;
            query.insert("os", &integer(self.os as i64))?;
        }
        for (name, value) in &self.extra {
            let field = join(&["extraQuery.", name]);
            if SET_ELSEWHERE.contains(&name.as_str()) {
                return Err(Error::request(&field, "no parameter that the client or the proxy sets", "one"));
            }
            query.insert_field(&field, name, value)?;
        }
        Ok(query)
    }
}

/// Set for each call, or by the proxy.
const SET_ELSEWHERE: [&str; 4] = ["gameid", "os", "seq", "ts"];

/// The canonical query of one attempt: `base` of [`FixedParameters::base`] with `seq` and, where this program signs,
/// `ts` in Unix seconds.
///
/// # Errors
/// `request`: a character in `seq` that may not stand in a query, or a base that has one of `seq`, `ts` and `sig`.
pub fn stamped(base: &str, seq: &str, ts: Option<u64>) -> Result<String, Error> {
    let mut query = Query { text: base.into() };
    if query.place_of("sig").is_none() {
        return Err(Error::request("sig", "none: it is computed", "one"));
    }
    query.insert("seq", seq)?;
    if let Some(ts) = ts {
        let mut seconds = String::new();
        push_unsigned(&mut seconds, ts);
        query.insert("ts", &seconds)?;
    }
    Ok(query.text)
}
