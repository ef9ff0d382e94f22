//! Calls put together by chance: every number is answered with a status, and the library works on.

use msdk_capi_tests::{Argument, Call, Known, Library, PAGE, beside, known, module, status};
use wasmi::{ExternType, FuncType, Val, ValType};

use crate::chance::Chance;

/// Numbers that are pointers to something, or just miss it.
fn any_i32(chance: &mut Chance, blocks: &[u32], end: u32) -> u32 {
    let near = |chance: &mut Chance, number: u32| number.wrapping_add(chance.below(33) as u32).wrapping_sub(16);
    match chance.below(7) {
        0 => 0,
        1 => chance.below(40) as u32,
        2 => near(chance, end),
        3 => near(chance, u32::MAX),
        4 => chance.below(end as usize) as u32,
        _ if blocks.is_empty() => 1,
        _ => {
            let block = blocks[chance.below(blocks.len())];
            if chance.below(3) == 0 { near(chance, block) } else { block }
        }
    }
}

fn any_value(chance: &mut Chance, ty: ValType, blocks: &[u32], end: u32) -> Val {
    match ty {
        ValType::I64 => Val::I64(chance.0.cast_signed()),
        ValType::F64 => Val::F64(f64::from_bits(chance.0).into()),
        _ => Val::I32(any_i32(chance, blocks, end).cast_signed()),
    }
}

/// The functions of the header, but for the one that has no status.
fn functions() -> Vec<(String, FuncType)> {
    let functions = module().exports().filter_map(|export| match export.ty() {
        ExternType::Func(ty) if export.name() != "msdk_abi_version" => Some((export.name().into(), ty.clone())),
        _ => None,
    });
    functions.collect()
}

#[test]
fn any_numbers() {
    let mut chance = Chance(20_251_001);
    let functions = functions();
    let calls = beside::all();
    for _ in 0..20 {
        let mut library = Library::limited(32 * PAGE);
        let mut blocks = Vec::new();
        for _ in 0..2000 {
            let (function, ty) = &functions[chance.below(functions.len())];
            let end = library.pages() as u32 * PAGE as u32;
            let mut values: Vec<Val> = ty.params().iter().map(|ty| any_value(&mut chance, *ty, &blocks, end)).collect();
            if function == "msdk_alloc" && chance.below(2) == 0 {
                values = vec![Val::I32(chance.below(300) as i32)];
            }
            let given = library.invoke(function, &values);
            match function.as_str() {
                "msdk_alloc" if given != 0 => blocks.push(given.cast_unsigned()),
                "msdk_alloc" => {}
                _ => assert!((status::OUT_OF_MEMORY..=status::OK).contains(&given), "{given} of {function}"),
            }
            if blocks.len() > 40 {
                blocks.remove(chance.below(40));
            }
        }
        for block in blocks {
            library.free(block);
        }
        for known in &calls {
            let outcome = library.call(&known.call);
            // Blocks that were lost on the way may have left too little.
            if outcome.status != status::OUT_OF_MEMORY {
                known.check(&outcome);
            }
        }
    }
}

/// Texts of the known calls with bytes changed, left out and doubled.
#[test]
fn any_texts() {
    let mut chance = Chance(13_579);
    let calls: Vec<Known> = [known::all(), beside::all()].concat();
    let mut library = Library::default();
    for _ in 0..6000 {
        let mut call = calls[chance.below(calls.len())].call.clone();
        for argument in &mut call.arguments {
            if let Argument::Text(text) = argument {
                (0..chance.below(4)).for_each(|_| change(text, &mut chance));
            }
        }
        check_status(&mut library, &call);
    }
}

fn check_status(library: &mut Library, call: &Call) {
    let expected = [status::OK, status::ERROR, status::BAD_TEXT];
    let outcome = library.call(call);
    assert!(expected.contains(&outcome.status), "{outcome:?} of {call:?}");
}

fn change(text: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(text.len() + 1);
    match chance.below(4) {
        0 if at < text.len() => text[at] = chance.pick(&["\"", "\\", "{", "}", ",", ":", "0", " "]).as_bytes()[0],
        1 if at < text.len() => drop(text.remove(at)),
        2 => text.insert(at, chance.below(256) as u8),
        _ => {
            let tail = text[at..].to_vec();
            text.extend(tail);
        }
    }
}
