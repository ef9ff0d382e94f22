//! What an endpoint is, and what every one of them does alike.

use alloc::string::String;
use alloc::vec::Vec;

use crate::channel::Channel;
use crate::envelope::Reply;
use crate::error::Error;
use crate::input::Input;
use crate::object::Object;
use crate::query::Sender;
use crate::record::Sink;
use crate::request::{Field, Writing, write_all};
use crate::text::join;

/// One endpoint of the seed page.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Endpoint {
    /// Its name, the last part of its path.
    pub name: &'static str,
    /// Its path, which is signed.
    pub path: &'static str,
    /// Whether a call may be sent twice.
    pub idempotent: bool,
    /// The channels it serves; empty where it serves all.
    pub channels: &'static [Channel],
    /// Its chapter of the seed page.
    pub seed: &'static str,
    /// What the call takes.
    pub(crate) fields: &'static [Field],
    /// The rules that concern several fields; returns the channel whose rules the answer follows.
    pub(crate) check: fn(&Input<'_>, Channel) -> Result<Channel, Error>,
    /// Reads an answer: the list's entries into the sink, the rest into the object.
    pub(crate) read: ReadAnswer,
}

pub(crate) type ReadAnswer = for<'a> fn(&Reply<'a>, Rules, &mut dyn Sink<'a>, &mut Object) -> Result<(), Error>;

/// By which rules an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The channel that was queried.
    pub channel: Channel,
    /// Whether remarks are display names.
    pub remark: Remark,
}

/// Whether the friend's remark may be shown as the name. That takes an approved compliance filing (seed, 1.3, note).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remark {
    /// The display name is the nickname.
    #[default]
    Ignored,
    /// The display name is the remark, where there is one.
    Shown,
}

impl Endpoint {
    /// Checks a caller's request, the JSON text of its camelCase object, and makes its body.
    ///
    /// # Errors
    /// `request`, naming the field: `channel` when the endpoint does not serve it.
    pub fn prepare(&self, request: &str, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        self.check_channel(channel)?;
        let input = Input::new("the argument", request)?;
        let channel = (self.check)(&input, channel)?;
        let mut body = Object::new();
        let mut warnings = Vec::new();
        write_all(self.fields, &input, sender, &mut Writing { body: &mut body, warnings: &mut warnings })?;
        Ok(Prepared { body: body.finish(), channel, warnings })
    }

    fn check_channel(&self, channel: Channel) -> Result<(), Error> {
        if self.channels.is_empty() || self.channels.contains(&channel) {
            return Ok(());
        }
        let mut served = String::new();
        for channel in self.channels {
            let or = if served.is_empty() { "" } else { " or " };
            served.push_str(&join(&[or, channel.name()]));
        }
        Err(Error::request("channel", &served, "another, which this endpoint does not serve"))
    }

    /// The endpoint as a JSON object, for callers that are not Rust.
    pub fn to_json(&self) -> String {
        let mut object = Object::new();
        object.text("name", self.name);
        object.text("path", self.path);
        object.boolean("idempotent", self.idempotent);
        object.text("seed", self.seed);
        let secrets: Vec<String> =
            self.fields.iter().filter(|field| field.is_secret()).map(|field| field.name().into()).collect();
        object.texts("secrets", &secrets);
        let mut channels = String::from("[");
        for channel in self.channels {
            let comma = if channels.len() > 1 { "," } else { "" };
            channels.push_str(&join(&[comma, &crate::text::integer(channel.id().into())]));
        }
        object.json("channels", &join(&[&channels, "]"]));
        object.finish()
    }
}

/// A request that passed its checks.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prepared {
    /// The JSON body, to be signed and sent byte for byte. It holds the player's token.
    pub body: String,
    /// The channel whose rules the answer follows: the queried one, where it is not the client's.
    pub channel: Channel,
    /// What is sent although the seed page advises against it, a sentence each.
    pub warnings: Vec<String>,
}

impl core::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Prepared")
            .field("channel", &self.channel)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}
