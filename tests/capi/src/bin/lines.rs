//! Prints every known call with what it gave in wasmi, after checking that: a line a call, for the C programs of
//! tests/capi/c, which must get the same bytes.
//!
//! `function argument... = status number text`. An argument is `t` and a text in hexadecimal digits, `i` and an int32,
//! `l` and an int64, or `d` and a double; a text that is none is `-`.

use msdk_capi_tests::{Argument, Call, Library, beside, known};

fn main() {
    let mut library = Library::default();
    for known in known::all().into_iter().chain(beside::all()) {
        let outcome = library.call(&known.call);
        known.check(&outcome);
        let text = outcome.text.map_or("-".into(), |text| word_of(&Argument::Text(text)));
        println!("{} = {} {:?} {text}", words_of(&known.call), outcome.status, outcome.number);
    }
}

fn words_of(call: &Call) -> String {
    let arguments = call.arguments.iter().map(word_of);
    [call.function.into()].into_iter().chain(arguments).collect::<Vec<String>>().join(" ")
}

fn word_of(argument: &Argument) -> String {
    match argument {
        Argument::Text(bytes) => bytes.iter().fold("t".into(), |word, byte| format!("{word}{byte:02x}")),
        Argument::Integer(value) => format!("i{value}"),
        Argument::Long(value) => format!("l{value}"),
        Argument::Number(value) => format!("d{value:?}"),
    }
}
