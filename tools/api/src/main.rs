//! Prints the crate's public API, an item a line, from what rustdoc wrote: `msdk-friends-api FILE`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1) else {
        eprintln!("usage: msdk-friends-api FILE");
        return ExitCode::FAILURE;
    };
    // `From`, `Any` and the like, which every type has, say nothing about this crate.
    let api = public_api::Builder::from_rustdoc_json(file).omit_blanket_impls(true).omit_auto_trait_impls(true).build();
    match api {
        Ok(api) => {
            api.items().for_each(|item| println!("{item}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
