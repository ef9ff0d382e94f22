//! The query parameters: the fixed ones with their defaults, the extra ones, and the only place that sorts.

use alloc::string::String;
use alloc::vec::Vec;

use crate::channel::Channel;
use crate::error::Error;
use crate::input::Input;
use crate::text::integer;

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

/// Query parameters without `sig`, sorted by name in ascending byte order, each name once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    parameters: Vec<(String, String)>,
}

impl Query {
    /// No parameters.
    pub fn new() -> Self {
        Query::default()
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
        if name == "sig" {
            return Err(Error::request(field, "no such parameter: it is computed", "one"));
        }
        if name.is_empty() || !is_unreserved(name) {
            return Err(Error::request(field, "a name of characters of A-Z a-z 0-9 - . _ ~", "another"));
        }
        if !is_unreserved(value) {
            return Err(Error::request(field, ALLOWED, "others"));
        }
        match self.parameters.binary_search_by(|(known, _)| known.as_bytes().cmp(name.as_bytes())) {
            Ok(_) => Err(Error::request(field, "one value", "two")),
            Err(place) => {
                self.parameters.insert(place, (name.into(), value.into()));
                Ok(())
            }
        }
    }

    /// The parameters as they are signed and sent: `name=value` joined by `&`.
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.parameters {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            text.push_str(value);
        }
        text
    }

    /// The parameters of a canonical text.
    fn parse(canonical: &str) -> Result<Self, Error> {
        let mut query = Query::new();
        for parameter in canonical.split('&') {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            query.insert(name, value)?;
        }
        Ok(query)
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
pub struct Fixed {
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

impl Fixed {
    /// The defaults for a game on a channel.
    pub fn new(game_id: impl Into<String>, channel: Channel) -> Self {
        Fixed {
            game_id: game_id.into(),
            channel,
            os: Os::Web,
            source: String::from("0"),
            version: String::new(),
            conn: String::new(),
            extra: Vec::new(),
        }
    }

    /// Reads a client's options: `gameId`, `channel`, `os`, `source`, `version`, `conn`, `extraQuery`.
    ///
    /// # Errors
    /// `config`, with the option's name as the field.
    pub fn read(options: &Input<'_>, sender: Sender) -> Result<Self, Error> {
        Self::read_options(options, sender).map_err(Error::into_config)
    }

    fn read_options(options: &Input<'_>, sender: Sender) -> Result<Self, Error> {
        let channel = options.integer("channel")?.and_then(|id| Channel::new(id.try_into().ok()?));
        let channel =
            channel.ok_or_else(|| Error::request("channel", "a channel's id, such as Channel.WeChat", "none"))?;
        let mut fixed = Fixed::new(options.query_value("gameId")?.unwrap_or_default(), channel);
        if fixed.game_id.is_empty() && sender == Sender::Signer {
            return Err(Error::request("gameId", "the game's id, a non-empty string", "none"));
        }
        if let Some(os) = options.integer("os")? {
            fixed.os = Os::new(os).ok_or_else(|| Error::request("os", "one of 1, 2, 3, 4, 5", &integer(os)))?;
        }
        if let Some(source) = options.query_value("source")? {
            fixed.source = source;
        }
        fixed.version = options.query_value("version")?.unwrap_or_default();
        fixed.conn = options.query_value("conn")?.unwrap_or_default();
        if let Some(extra) = options.object("extraQuery")? {
            fixed.extra = extra.query_values().collect::<Result<_, _>>()?;
        }
        Ok(fixed)
    }

    /// The parameters that stay the same from call to call; [`stamped`] adds the rest.
    ///
    /// # Errors
    /// `config`: a character that may not stand in a query, or an extra parameter that is a fixed one.
    pub fn base(&self, sender: Sender) -> Result<String, Error> {
        self.query(sender).map(|query| query.canonical()).map_err(Error::into_config)
    }

    fn query(&self, sender: Sender) -> Result<Query, Error> {
        let mut query = Query::new();
        query.insert("channelid", &integer(self.channel.id().into()))?;
        query.insert("conn", &self.conn)?;
        query.insert("source", &self.source)?;
        query.insert("version", &self.version)?;
        if sender == Sender::Signer {
            query.insert_field("gameId", "gameid", &self.game_id)?;
            query.insert("os", &integer(self.os as i64))?;
        }
        for (name, value) in &self.extra {
            let field = ["extraQuery.", name].concat();
            if PER_CALL.contains(&name.as_str()) || ADDED_BY_PROXY.contains(&name.as_str()) {
                return Err(Error::request(&field, "no such extra parameter: the client sets it", "one"));
            }
            query.insert_field(&field, name, value)?;
        }
        Ok(query)
    }
}

const PER_CALL: [&str; 2] = ["seq", "ts"];
const ADDED_BY_PROXY: [&str; 2] = ["gameid", "os"];

/// The canonical query of one attempt: `base` of [`Fixed::base`] with `seq` and, where this program signs, `ts` in
/// Unix seconds.
///
/// # Errors
/// `request`: a character in `seq` that may not stand in a query.
pub fn stamped(base: &str, seq: &str, ts: Option<&str>) -> Result<String, Error> {
    let mut query = Query::parse(base)?;
    query.insert("seq", seq)?;
    if let Some(ts) = ts {
        query.insert("ts", ts)?;
    }
    Ok(query.canonical())
}
