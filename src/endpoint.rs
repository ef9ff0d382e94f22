//! What an endpoint is, and what every one of them does alike.

use alloc::string::String;
use alloc::vec::Vec;

use crate::answer::{self, Answer, Reply};
use crate::channel::Channel;
use crate::error::Error;
use crate::input::Input;
use crate::object::Object;
use crate::query::Sender;
use crate::record::Sink;
use crate::request::{Field, Writing, write_all};
use crate::text::{integer, join};

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
    /// Their names, for a message.
    pub(crate) served: &'static str,
    /// Its chapter of the seed page.
    pub seed: &'static str,
    /// What the call takes.
    pub(crate) fields: &'static [Field],
    /// The rules that concern several fields; returns the channel whose rules the answer follows.
    pub(crate) check: fn(&Input<'_>, Channel) -> Result<Channel, Error>,
    /// What the answer holds.
    pub(crate) answer: &'static [answer::Field],
    /// What is to be done with an answer's values before they are used.
    pub(crate) settle: fn(&mut Answer<'_>) -> Result<(), Error>,
}

/// By which rules an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The channel that was queried.
    pub channel: Channel,
    /// Whether remarks are display names.
    pub remark: Remark,
}

impl Rules {
    /// For answers that no rule concerns.
    pub(crate) const NONE: Rules = Rules { channel: Channel::WECHAT, remark: Remark::Ignored };
}

/// Whether the friend's remark may be shown as the name. That takes an approved compliance filing (seed, 1.3, note).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
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
        Err(Error::request("channel", self.served, "another, which this endpoint does not serve"))
    }

    /// Reads an answer; the entries of a list go into the sink.
    pub(crate) fn read<'a>(
        &self,
        reply: &Reply<'a>,
        rules: Rules,
        sink: &mut dyn Sink<'a>,
    ) -> Result<Answer<'a>, Error> {
        let mut answer = Answer::read(reply, self.answer, rules, sink)?;
        (self.settle)(&mut answer)?;
        Ok(answer)
    }

    /// The endpoint in a line, for callers that are not Rust: name, path, chapter, whether it is idempotent (1 or 0), its
    /// secret fields and its channels, a list with a comma behind each.
    pub(crate) fn to_line(self) -> String {
        let idempotent = if self.idempotent { "1" } else { "0" };
        let mut line = join(&[self.name, " ", self.path, " ", self.seed, " ", idempotent, " "]);
        for field in self.fields.iter().filter(|field| field.is_secret()) {
            line = join(&[&line, field.name(), ","]);
        }
        line.push(' ');
        for channel in self.channels {
            line = join(&[&line, &integer(channel.id().into()), ","]);
        }
        line
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
