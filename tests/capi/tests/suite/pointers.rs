//! Pointers and lengths that are wrong, those that only look wrong, and texts that are none.

use msdk_capi_tests::{Argument, Call, Library, PAGE, RESULT, beside, call, known, status};
use wasmi::Val;

const SIGN: [&str; 4] = ["/v2/friend/friend_list", "a=1", "{}", "key"];

fn sign() -> Call {
    call!("msdk_sign", SIGN[0], SIGN[1], SIGN[2], SIGN[3])
}

/// One call of every function.
fn one_of_each() -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    for known in known::all().into_iter().chain(beside::all()) {
        let empty = |argument: &Argument| matches!(argument, Argument::Text(text) if text.is_empty());
        let is_new = calls.iter().all(|call| call.function != known.call.function);
        if is_new && !known.call.arguments.iter().any(empty) {
            calls.push(known.call);
        }
    }
    calls
}

/// The numbers of a call, each of whose texts is in a block of its own; and where the pointers among them stand.
fn numbers(library: &mut Library, call: &Call) -> (Vec<Val>, Vec<usize>) {
    let (mut values, mut pointers) = (Vec::new(), Vec::new());
    for argument in &call.arguments {
        match argument {
            Argument::Text(bytes) => {
                pointers.push(values.len());
                let block = library.place(bytes).unwrap();
                values.extend([block, bytes.len() as u32].map(number));
            }
            Argument::Integer(value) => values.push(Val::I32(*value)),
            Argument::Long(value) => values.push(Val::I64(*value)),
            Argument::Number(value) => values.push(Val::F64((*value).into())),
        }
    }
    (values, pointers)
}

fn number(value: u32) -> Val {
    Val::I32(value.cast_signed())
}

/// Pairs of a pointer and a length that are not memory of the caller.
fn wrong_pairs(library: &mut Library) -> Vec<[u32; 2]> {
    let end = library.pages() as u32 * PAGE as u32;
    let freed = library.place(b"freed").unwrap();
    let block = library.place(b"12345").unwrap();
    assert_eq!(library.free(freed), status::OK);
    vec![
        [0, 1],
        [0, u32::MAX],
        [1, 5],
        // The stack, the constants, the header of a block.
        [1024, 16],
        [36 * 1024, 16],
        [block - 8, 5],
        [block - 1, 5],
        // Behind its block, over the end of the memory, and all around.
        [block, 9],
        [block, 17],
        [block, end - block + 1],
        [block, u32::MAX],
        [block, u32::MAX - block + 1],
        [end - 4, 4],
        [end, 1],
        [end - 1, 2],
        [u32::MAX, 1],
        [u32::MAX - 3, 8],
        [freed, 5],
    ]
}

#[test]
fn a_wrong_pointer_to_a_text_is_an_error() {
    for call in one_of_each() {
        let mut library = Library::default();
        let result = library.place(&[0xAA; RESULT as usize]).unwrap();
        let (mut values, pointers) = numbers(&mut library, &call);
        values.push(number(result));
        let wrong = wrong_pairs(&mut library);
        for at in pointers {
            for pair in &wrong {
                let mut values = values.clone();
                values[at..at + 2].clone_from_slice(&pair.map(number));
                let status = library.invoke(call.function, &values);
                assert_eq!(status, status::BAD_POINTER, "{pair:?} in {call:?}");
                assert_eq!(library.bytes(result, RESULT), [0; RESULT as usize], "{pair:?} in {call:?}");
            }
        }
        assert_eq!(library.invoke(call.function, &values).signum(), library.call(&call).status.signum());
    }
}

#[test]
fn a_wrong_pointer_to_the_result_is_an_error_and_nothing_is_written() {
    for call in one_of_each() {
        let mut library = Library::default();
        let (values, _) = numbers(&mut library, &call);
        let short = library.place(&[0; RESULT as usize - 8]).unwrap();
        // Takes the block that is freed, where the result might go.
        let mut wrong = wrong_pairs(&mut library).into_iter().map(|[pointer, _]| pointer).collect::<Vec<_>>();
        wrong.retain(|&pointer| library.free(pointer) != status::OK);
        wrong.push(short);
        for pointer in wrong {
            let before = library.bytes(0, library.pages() as u32 * PAGE as u32).to_vec();
            let values = [&values[..], &[number(pointer)]].concat();
            assert_eq!(library.invoke(call.function, &values), status::BAD_POINTER, "{pointer} in {call:?}");
            let after = library.bytes(0, library.pages() as u32 * PAGE as u32);
            assert!(after[32 * 1024..] == before[32 * 1024..], "{pointer} in {call:?}");
        }
    }
}

#[test]
fn the_pointer_of_no_bytes_may_be_anything() {
    let mut library = Library::default();
    let result = library.alloc(RESULT);
    for pointer in [0, 1, u32::MAX] {
        let status = library.invoke("msdk_pack_ark_extra", &[pointer, 0, result].map(number));
        assert_eq!(status, status::ERROR, "{pointer}");
        let expected = library.call(&call!("msdk_pack_ark_extra", ""));
        assert_eq!(library.take(status, result), expected);
    }
}

#[test]
fn pointers_need_no_alignment() {
    let expected = Library::default().call(&sign());
    for off in 1..8 {
        let mut library = Library::default();
        let mut values = Vec::new();
        for text in SIGN {
            let block = library.place(&[&[b'-'; 7][..off as usize], text.as_bytes()].concat()).unwrap();
            values.extend([block + off, text.len() as u32].map(number));
        }
        let result = library.alloc(RESULT + off) + off;
        values.push(number(result));
        let status = library.invoke("msdk_sign", &values);
        assert_eq!(library.take(status, result), expected, "{off}");
    }
}

#[test]
fn texts_may_overlap_each_other_and_the_result() {
    let mut library = Library::default();
    let block = library.place(b"/v2/friend/friend_list----------").unwrap();
    // The query lies within the path, the key is the path, the result is written over them all.
    let values = [block, 22, block + 4, 2, block, 22, block, 22, block].map(number);
    let status = library.invoke("msdk_sign", &values);
    let path = "/v2/friend/friend_list";
    let expected = library.call(&call!("msdk_sign", path, &path[4..6], path, path));
    assert_eq!(library.take(status, block), expected);
}

#[test]
fn a_block_is_freed_once() {
    let mut library = Library::default();
    let [first, second, third] = [1, 100, 1000].map(|length| library.alloc(length));
    for wrong in [1, first + 1, first - 8, second + 8, second - 1, third + 1000, 1 << 16, u32::MAX, u32::MAX - 7] {
        assert_eq!(library.free(wrong), status::BAD_POINTER, "{wrong}");
    }
    assert_eq!(library.free(0), status::OK);
    for block in [second, first, third] {
        assert_eq!(library.free(block), status::OK);
        assert_eq!(library.free(block), status::BAD_POINTER);
    }
    assert!(library.call(&sign()).status == status::OK);
}

#[test]
fn a_text_of_a_result_is_an_argument_until_it_is_freed() {
    let mut library = Library::default();
    let [first, second] = [0; 2].map(|_| library.alloc(RESULT));
    assert_eq!(library.invoke("msdk_version", &[number(first)]), status::OK);
    let [text, length] = [0, 4].map(|at| u32::from_le_bytes(library.bytes(first + at, 4).try_into().unwrap()));
    let values = [text, length, 0, 0, 0, 0, second].map(number);
    let status = library.invoke("msdk_canonical_text", &values);
    // A version is no path: what is refused was read.
    assert_eq!(library.take(status, second).status, status::ERROR);
    assert_eq!(library.free(text), status::OK);
    assert_eq!(library.invoke("msdk_canonical_text", &values), status::BAD_POINTER);
}

#[test]
fn a_text_that_is_not_utf_8_is_an_error() {
    let texts: [&[u8]; 6] =
        [b"\xFF", b"\xC3\"}", b"\xC0\x80", b"\xED\xA0\x80", b"\xF4\x90\x80\x80", "\u{1F600}".as_bytes()];
    for call in one_of_each() {
        for (at, _) in call.arguments.iter().enumerate().filter(|(_, argument)| matches!(argument, Argument::Text(_))) {
            // An answer of a backend may be any bytes.
            if call.function == "msdk_read_answer" && at == 1 {
                continue;
            }
            for text in texts {
                // Cut off in the middle of a character, where it is one.
                let cut = &text[..text.len().min(3)];
                let mut call = call.clone();
                call.arguments[at] = Argument::Text(cut.to_vec());
                let outcome = Library::default().call(&call);
                assert_eq!((outcome.status, outcome.text), (status::BAD_TEXT, None), "{call:?}");
            }
        }
    }
}

#[test]
fn every_beginning_of_a_text_is_answered() {
    let mut library = Library::default();
    for call in one_of_each() {
        for (at, argument) in call.arguments.iter().enumerate() {
            let Argument::Text(text) = argument else { continue };
            for length in 0..text.len() {
                let mut call = call.clone();
                call.arguments[at] = Argument::Text(text[..length].to_vec());
                let outcome = library.call(&call);
                let expected = [status::OK, status::ERROR, status::BAD_TEXT];
                assert!(expected.contains(&outcome.status), "{outcome:?} of {call:?}");
            }
        }
    }
}
