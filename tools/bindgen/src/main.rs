//! Turns cargo's wasm into wasm plus JavaScript glue.
//!
//! `wasm-bindgen-cli` as an installed program would have a version of its own; here Cargo.lock decides it.

use std::path::Path;

use anyhow::{Context, Result, bail};
use walrus::{ExportItem, Function, FunctionBuilder, FunctionKind, Module, ModuleConfig};
use wasm_bindgen_cli_support::{Bindgen, Output};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (input, output, name, keep_names) = match args.as_slice() {
        [input, output, name, flag] if flag == "--web" => return make_for_pages(input, output, name),
        [input, output, name] => (input, output, name, false),
        [input, output, name, flag] if flag == "--names" => (input, output, name, true),
        _ => bail!("usage: msdk-bindgen INPUT.wasm OUTPUT_DIR NAME [--names | --web]"),
    };

    let mut module = read_mvp_module(Path::new(input), keep_names)?;
    replace_dead_weight(&mut module)?;
    blank_dead_texts(&mut module);
    let mut generated = Bindgen::new()
        .input_module(name, module)
        .bundler(true)?
        .typescript(true)
        .demangle(keep_names)
        .debug(false)
        .generate_output()
        .context("wasm-bindgen refused the module")?;

    remove_exported_globals(&mut generated)?;
    generated.emit(output)
}

/// A program in Rust for a page, as any user of wasm-bindgen builds it.
fn make_for_pages(input: &str, output: &str, name: &str) -> Result<()> {
    Bindgen::new()
        .input_path(input)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        .generate(output)
        .context("wasm-bindgen refused the module")
}

/// The precompiled standard library was built with reference types, so the linker writes them into the section
/// `target_features`, although the crate was built without. wasm-bindgen believes that section; it goes first.
///
/// The functions' names are for `npm run size` alone.
fn read_mvp_module(path: &Path, keep_names: bool) -> Result<Module> {
    let mut module = ModuleConfig::new()
        .generate_name_section(keep_names)
        .generate_producers_section(false)
        .parse_file(path)
        .with_context(|| format!("{} cannot be read as wasm", path.display()))?;
    module.customs.remove_raw("target_features");
    Ok(module)
}

/// What a function is replaced by.
#[derive(Clone, Copy, PartialEq)]
enum Body {
    Empty,
    Trap,
}

/// Parts of the standard library that the core links and that do nothing there, but that no stable option leaves out: the
/// heap frees nothing (src/heap.rs), and the panic handler traps without a word (src/wasm.rs). Without them the code that
/// calls them goes too: 4 % of the wasm.
///
/// By module and by name behind its length, as both of Rust's ways of mangling write them.
const DEAD_WEIGHT: [(&str, &str, Body); 3] = [
    ("raw_vec", "10deallocate", Body::Empty),
    ("raw_vec", "12handle_error", Body::Trap),
    ("alloc", "18handle_alloc_error", Body::Trap),
];

fn replace_dead_weight(module: &mut Module) -> Result<()> {
    for (place, part, body) in DEAD_WEIGHT {
        let is_it = |function: &&Function| {
            function.name.as_ref().is_some_and(|name| name.contains(place) && name.contains(part))
        };
        let found: Vec<_> = module.funcs.iter().filter(is_it).map(|function| (function.id(), function.ty())).collect();
        if found.is_empty() {
            // Another compiler may have inlined or renamed it. The wasm is right all the same, and its budget is held apart.
            eprintln!("warning: the wasm has no function {part} in {place}: see what has taken its place");
        }
        for (id, ty) in found {
            let ty = module.types.get(ty);
            let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
            if body == Body::Empty && !results.is_empty() {
                bail!("{part} returns something, so it cannot be empty");
            }
            let arguments = params.iter().map(|param| module.locals.add(*param)).collect();
            let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
            if body == Body::Trap {
                builder.func_body().unreachable();
            }
            module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
        }
    }
    Ok(())
}

/// How the texts begin and end that those functions would say.
const DEAD_TEXTS: [(&str, &str); 4] = [
    ("/rustc/", ".rs"),
    ("memory allocation of ", "of "),
    ("capacity overflow", "w"),
    // The digits of every number from 00 to 99, for writing how much memory there was not.
    ("0001020304", "9899"),
];

/// Makes them zeros, which compress to nothing.
fn blank_dead_texts(module: &mut Module) {
    let segments: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for id in segments {
        let bytes = &mut module.data.get_mut(id).value;
        for (beginning, end) in DEAD_TEXTS {
            while let Some(start) = position(bytes, beginning) {
                let length = position(&bytes[start..], end).map_or(beginning.len(), |at| at + end.len());
                bytes[start..start + length].fill(0);
            }
        }
    }
}

fn position(bytes: &[u8], text: &str) -> Option<usize> {
    bytes.windows(text.len()).position(|window| window == text.as_bytes())
}

/// wasm-bindgen exports Globals (`__instance_terminated` and the like) for features that this build does not use.
/// iOS mini-game hosts do not support exported Globals. Should the glue come to read one, that is an error here
/// and not `undefined` on a phone.
fn remove_exported_globals(generated: &mut Output) -> Result<()> {
    let globals: Vec<_> = generated
        .wasm()
        .exports
        .iter()
        .filter(|export| matches!(export.item, ExportItem::Global(_)))
        .map(|export| (export.id(), export.name.clone()))
        .collect();

    for (id, name) in globals {
        if generated.js().contains(&format!("wasm.{name}")) {
            bail!("the glue reads the exported Global {name}, which iOS mini-game hosts do not have");
        }
        generated.wasm_mut().exports.delete(id);
    }
    walrus::passes::gc::run(generated.wasm_mut());
    Ok(())
}
