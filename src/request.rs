//! A request as a table of fields, and the one walker that checks a caller's object against it and writes the body.

use alloc::string::String;
use alloc::vec::Vec;

use crate::ark;
use crate::error::Error;
use crate::input::Input;
use crate::object::Object;
use crate::query::Sender;
use crate::text::{integer, join};

/// One field of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// As the caller spells it.
    name: &'static str,
    /// As it is sent.
    wire: &'static str,
    kind: FieldKind,
    doubt: Doubt,
}

#[derive(Clone, Copy, Debug)]
enum FieldKind {
    /// The player's openid or token: required, unless a proxy adds it.
    Player,
    /// A text that may not be missing or empty; what it is.
    Required(&'static str),
    /// A text; one that is empty is not sent. The endpoint's check says whether it may be missing.
    Identifier,
    Text,
    /// Sent as the default where there is one.
    Integer(Option<i64>),
    /// The name with a dot behind it, and the fields inside.
    Object(&'static str, &'static [Field]),
    /// The ARK template.
    Template,
}

/// What the seed page advises against. It is sent all the same, with a warning: the page and the platform have
/// disagreed before.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Doubt {
    Nothing,
    /// Sent at all, if not empty.
    Unsupported,
    /// Another value than this.
    Not(i64),
    /// More UTF-8 bytes than this.
    Over(u32),
    /// A text that ends so: what to use instead.
    Ending(&'static [u8], &'static str),
}

impl Field {
    const fn new(name: &'static str, wire: &'static str, kind: FieldKind) -> Self {
        Field { name, wire, kind, doubt: Doubt::Nothing }
    }

    pub(crate) const fn required(name: &'static str, wire: &'static str, allowed: &'static str) -> Self {
        Field::new(name, wire, FieldKind::Required(allowed))
    }

    pub(crate) const fn identifier(name: &'static str) -> Self {
        Field::new(name, name, FieldKind::Identifier)
    }

    pub(crate) const fn text(name: &'static str, wire: &'static str) -> Self {
        Field::new(name, wire, FieldKind::Text)
    }

    pub(crate) const fn integer(name: &'static str, wire: &'static str) -> Self {
        Field::new(name, wire, FieldKind::Integer(None))
    }

    /// An integer that is sent also when it is not given.
    pub(crate) const fn default(name: &'static str, value: i64) -> Self {
        Field::new(name, name, FieldKind::Integer(Some(value)))
    }

    pub(crate) const fn object(
        name: &'static str,
        wire: &'static str,
        path: &'static str,
        fields: &'static [Field],
    ) -> Self {
        Field::new(name, wire, FieldKind::Object(path, fields))
    }

    pub(crate) const fn template(name: &'static str) -> Self {
        Field::new(name, name, FieldKind::Template)
    }

    /// Whether the field tells who somebody is, or proves it: such values are masked wherever they might be shown.
    pub(crate) fn is_secret(&self) -> bool {
        matches!(self.kind, FieldKind::Player | FieldKind::Identifier)
    }

    /// As the caller spells it.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn doubtful(self, doubt: Doubt) -> Self {
        Field { doubt, ..self }
    }

    fn write(&self, input: &Input<'_>, sender: Sender, writing: &mut Writing<'_>) -> Result<(), Error> {
        match self.kind {
            FieldKind::Integer(default) => {
                if let Some(value) = input.integer(self.name)?.or(default) {
                    writing.body.integer(self.wire, value);
                    if let Doubt::Not(fixed) = self.doubt
                        && value != fixed
                    {
                        writing.warn(input, self.name, &["QQ takes only ", &integer(fixed)]);
                    }
                }
            }
            FieldKind::Object(path, fields) => {
                if let Some(inner) = input.object(self.name, path)? {
                    let mut body = Object::new();
                    write_all(fields, &inner, sender, &mut Writing { body: &mut body, warnings: writing.warnings })?;
                    writing.body.json(self.wire, &body.finish());
                }
            }
            FieldKind::Template => {
                let template = input.text_or_object(self.name, ark::ALLOWED)?;
                // Percent-encoded, so that there is nothing to escape.
                writing.body.escaped_text(self.wire, ark::pack(&template)?.as_bytes());
            }
            _ => self.write_text(input, sender, writing)?,
        }
        Ok(())
    }

    fn write_text(&self, input: &Input<'_>, sender: Sender, writing: &mut Writing<'_>) -> Result<(), Error> {
        let text = input.text(self.name)?;
        let allowed = match self.kind {
            FieldKind::Required(allowed) => Some(allowed),
            FieldKind::Player if sender == Sender::Signer => Some("a non-empty string"),
            _ => None,
        };
        // An empty title is one; an empty identifier is none.
        let Some(text) = text.filter(|text| !text.raw().is_empty() || matches!(self.kind, FieldKind::Text)) else {
            return match allowed {
                Some(allowed) => Err(input.refuse(self.name, allowed, "none")),
                None => Ok(()),
            };
        };
        match self.doubt {
            Doubt::Unsupported if !text.raw().is_empty() => {
                writing.warn(input, self.name, &["QQ does not support it now"]);
            }
            Doubt::Over(bytes) if text.to_lossy().len() > bytes as usize => {
                writing.warn(input, self.name, &["over ", &integer(bytes.into()), " bytes, QQ may cut it"]);
            }
            Doubt::Ending(ending, instead) if text.raw().ends_with(ending) => {
                writing.warn(input, self.name, &[instead]);
            }
            _ => {}
        }
        writing.body.escaped_text(self.wire, text.raw());
        Ok(())
    }
}

/// The player who calls: in every request (seed, 1.2, 2.3, 3.2, 4.4, 5.4).
pub(crate) const OPENID: Field = Field::new("openid", "openid", FieldKind::Player);
pub(crate) const TOKEN: Field = Field::new("token", "token", FieldKind::Player);

/// Who gets a shared message (seed, 4.4 and 5.4).
pub(crate) const FOPENID: Field = Field::identifier("fopenid");
pub(crate) const SOPENID: Field = Field::identifier("sopenid");

/// A message has one receiver.
pub(crate) fn check_receiver(input: &Input<'_>) -> Result<(), Error> {
    match (input.has_text("fopenid")?, input.has_text("sopenid")?) {
        (false, false) => {
            let given = if input.has("sopenid") && !input.has("fopenid") { "sopenid" } else { "fopenid" };
            Err(input.refuse(given, "a non-empty fopenid, or else a sopenid", "none"))
        }
        (true, true) => Err(input.refuse("sopenid", "either fopenid or sopenid", "both")),
        _ => Ok(()),
    }
}

/// What is being written.
pub(crate) struct Writing<'w> {
    pub(crate) body: &'w mut Object,
    pub(crate) warnings: &'w mut Vec<String>,
}

impl Writing<'_> {
    fn warn(&mut self, input: &Input<'_>, name: &str, sentence: &[&str]) {
        self.warnings.push(join(&[&input.name_of(name), ": ", &join(sentence)]));
    }
}

/// Checks and writes all fields of a table.
pub(crate) fn write_all(
    fields: &[Field],
    input: &Input<'_>,
    sender: Sender,
    writing: &mut Writing<'_>,
) -> Result<(), Error> {
    for field in fields {
        field.write(input, sender, writing)?;
    }
    Ok(())
}
