//! One call through the C interface, what it gave, and what it must give.

use serde_json::Value;

use crate::status;

#[derive(Clone, Debug)]
pub enum Argument {
    /// A pointer and a length.
    Text(Vec<u8>),
    Integer(i32),
    Long(i64),
    Number(f64),
}

macro_rules! from {
    ($($From:ty => $to:expr,)*) => {$(
        impl From<$From> for Argument {
            fn from(value: $From) -> Self {
                $to(value)
            }
        }
    )*};
}

from! {
    &str => |text: &str| Argument::Text(text.into()),
    String => |text: String| Argument::Text(text.into()),
    Vec<u8> => Argument::Text,
    bool => |flag| Argument::Integer(i32::from(flag)),
    i32 => Argument::Integer,
    u32 => |id: u32| Argument::Integer(id.cast_signed()),
    i64 => Argument::Long,
    f64 => Argument::Number,
}

/// A function of the header and what it is called with, all but the pointer to the result.
#[derive(Clone, Debug)]
pub struct Call {
    pub function: &'static str,
    pub arguments: Vec<Argument>,
}

#[macro_export]
macro_rules! call {
    ($function:literal $(, $argument:expr)* $(,)?) => {
        $crate::Call { function: $function, arguments: vec![$($argument.into()),*] }
    };
}

#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub status: i32,
    pub text: Option<Vec<u8>>,
    pub number: f64,
}

#[derive(Clone, Debug)]
enum Expected {
    Text(String),
    Json(Value),
    Number(f64),
    Nothing,
    /// An error with these members; null is one that it must not have.
    Refusal(Value),
}

/// A call whose answer is known.
#[derive(Clone, Debug)]
pub struct Known {
    pub call: Call,
    expected: Expected,
    /// What stands beside the text.
    number: f64,
}

impl Call {
    fn known(self, expected: Expected) -> Known {
        Known { call: self, expected, number: 0.0 }
    }

    pub fn gives_text(self, text: impl Into<String>) -> Known {
        self.known(Expected::Text(text.into()))
    }

    pub fn gives_json(self, value: Value) -> Known {
        self.known(Expected::Json(value))
    }

    pub fn gives_number(self, number: impl Into<f64>) -> Known {
        self.known(Expected::Number(number.into()))
    }

    pub fn gives_nothing(self) -> Known {
        self.known(Expected::Nothing)
    }

    pub fn gives_text_if_any(self, text: Option<String>) -> Known {
        self.known(text.map_or(Expected::Nothing, Expected::Text))
    }

    pub fn is_refused(self, members: Value) -> Known {
        self.known(Expected::Refusal(members))
    }
}

impl Known {
    pub fn beside_number(self, number: impl Into<f64>) -> Self {
        Known { number: number.into(), ..self }
    }

    pub fn check(&self, outcome: &Outcome) {
        let (call, Outcome { text, number, .. }) = (&self.call, outcome);
        let text = text.as_ref().map(|bytes| str::from_utf8(bytes).expect("every text is UTF-8"));
        let json = || serde_json::from_str::<Value>(text.expect("a text")).expect("JSON");
        let mut wanted = (status::OK, self.number);
        match &self.expected {
            Expected::Text(expected) => assert_eq!(text, Some(expected.as_str()), "{call:?}"),
            Expected::Json(expected) => assert_eq!(json(), *expected, "{call:?}"),
            Expected::Nothing => assert_eq!(text, None, "{call:?}"),
            Expected::Number(expected) => {
                assert_eq!(text, None, "{call:?}");
                wanted.1 = *expected;
            }
            Expected::Refusal(members) => {
                wanted.0 = status::ERROR;
                let error = json();
                for (name, expected) in members.as_object().unwrap() {
                    let member = error.get(name).unwrap_or(&Value::Null);
                    assert_eq!(member, expected, "{name} of {call:?}: {error}");
                }
            }
        }
        assert_eq!((outcome.status, *number), wanted, "{call:?}");
    }
}
