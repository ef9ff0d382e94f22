//! Memory that ends, memory that the embedder adds, and memory that must not be lost.

use msdk_capi_tests::{Argument, Call, Known, Library, PAGE, beside, call, known, status};

fn long_list(friends: usize) -> Call {
    let entries: Vec<String> = (0..friends).map(|id| format!(r#"{{"openid":"{id}","nick_name":"Lin"}}"#)).collect();
    let answer = format!(r#"{{"ret":0,"msg":"","lists":[{}]}}"#, entries.join(","));
    call!("msdk_read_answer", "friend_list", answer, 200, 1, 0)
}

/// Takes all the memory there is, in blocks that become smaller.
fn take_all(library: &mut Library) -> Vec<u32> {
    let mut blocks = Vec::new();
    for length in (0..22).rev().map(|power| 1 << power).chain([0]) {
        loop {
            match library.alloc(length) {
                0 => break,
                block => blocks.push(block),
            }
        }
    }
    blocks
}

fn check_all(library: &mut Library, calls: &[Known]) {
    for known in calls {
        known.check(&library.call(&known.call));
    }
}

#[test]
fn a_call_for_which_there_is_no_memory_is_an_error_and_the_next_one_works() {
    let calls = beside::all();
    let mut library = Library::limited(4 * PAGE);
    for friends in [10, 100_000] {
        let outcome = library.call(&long_list(friends));
        let expected = if friends == 10 { status::OK } else { status::OUT_OF_MEMORY };
        assert_eq!(outcome.status, expected, "{friends}");
        check_all(&mut library, &calls);
    }
    assert!(library.pages() <= 4);
}

/// Lists from none to what no longer fits: somewhere between, the text fits and the room for the answer does not.
#[test]
fn memory_that_cannot_grow_ends_at_any_length() {
    let mut library = Library::limited(6 * PAGE);
    let mut seen = Vec::new();
    for friends in (0..6000).step_by(37) {
        let outcome = library.call(&long_list(friends));
        assert!([status::OK, status::OUT_OF_MEMORY].contains(&outcome.status), "{friends}");
        seen.push(outcome.status);
    }
    seen.dedup();
    assert_eq!(seen, [status::OK, status::OUT_OF_MEMORY]);
}

#[test]
fn with_no_memory_at_all_every_call_is_an_error_until_some_is_freed() {
    let calls = beside::all();
    let mut library = Library::limited(3 * PAGE);
    for round in 0..3 {
        // What is left of the room differs from round to round.
        let kept = library.alloc(round * 1000 + 8);
        let blocks = take_all(&mut library);
        for known in &calls {
            let outcome = library.call(&known.call);
            assert_eq!((outcome.status, outcome.text), (status::OUT_OF_MEMORY, None), "{:?}", known.call);
        }
        for block in blocks {
            assert_eq!(library.free(block), status::OK);
        }
        check_all(&mut library, &calls);
        assert_eq!(library.free(kept), status::OK);
    }
}

/// The arguments are there, the room for the work is not.
#[test]
fn with_memory_for_the_arguments_alone_every_call_is_an_error() {
    for known in beside::all() {
        let mut library = Library::limited(3 * PAGE);
        let texts = known.call.arguments.iter().map(|argument| match argument {
            Argument::Text(bytes) => bytes.len() as u32 + 16,
            _ => 0,
        });
        let hole = library.alloc(texts.sum::<u32>() + 64);
        let blocks = take_all(&mut library);
        assert_eq!(library.free(hole), status::OK);
        assert_eq!(library.call(&known.call).status, status::OUT_OF_MEMORY, "{:?}", known.call);
        for block in blocks {
            assert_eq!(library.free(block), status::OK);
        }
        known.check(&library.call(&known.call));
    }
}

#[test]
fn a_block_that_no_memory_has_is_null() {
    let mut library = Library::limited(8 * PAGE);
    for length in [8 * PAGE as u32, 1 << 31, u32::MAX - 65_536, u32::MAX - 16, u32::MAX - 7, u32::MAX] {
        assert_eq!(library.alloc(length), 0, "{length}");
    }
    assert_ne!(library.alloc(0), 0);
    assert_ne!(library.alloc(PAGE as u32), 0);
}

#[test]
fn blocks_of_every_length_are_apart_and_keep_what_is_written() {
    let mut library = Library::default();
    let blocks: Vec<(u32, Vec<u8>)> = (0..300u32)
        .map(|length| {
            let bytes = vec![length as u8; length as usize];
            (library.place(&bytes).unwrap(), bytes)
        })
        .collect();
    for (at, (block, _)) in blocks.iter().enumerate() {
        assert_eq!(block % 8, 0, "a block is aligned for anything");
        if at % 2 == 0 {
            assert_eq!(library.free(*block), status::OK);
        }
    }
    check_all(&mut library, &beside::all());
    for (block, bytes) in blocks.iter().skip(1).step_by(2) {
        assert_eq!(library.bytes(*block, bytes.len() as u32), bytes);
    }
}

#[test]
fn pages_that_the_embedder_adds_are_its_own() {
    let calls = beside::all();
    for before_the_first_call in [true, false] {
        let mut library = Library::default();
        if !before_the_first_call {
            check_all(&mut library, &calls);
        }
        let start = library.grow(2);
        let own = vec![b' '; 2 * PAGE];
        library.write(start, &own);
        // The library grows behind them, and then again.
        for friends in [1000, 20_000] {
            assert_eq!(library.call(&long_list(friends)).status, status::OK);
        }
        check_all(&mut library, &calls);
        assert_eq!(library.bytes(start, own.len() as u32), own);

        // They may hold arguments and results.
        library.write(start, br#"{"a":"1"}"#);
        let result = start + 100;
        let values = [start, 9, result].map(|value| wasmi::Val::I32(value.cast_signed()));
        let status = library.invoke("msdk_canonical_query", &values);
        assert_eq!(library.take(status, result).text.as_deref(), Some(&b"a=1"[..]));
        assert_eq!(library.free(start), status::BAD_POINTER);
    }
}

#[test]
fn ten_thousand_rounds_take_no_more_memory_than_one() {
    let mut library = Library::default();
    let calls = [known::all(), beside::all()].concat();
    let list = long_list(200);
    let mut round = |number: usize| {
        let known = &calls[number % calls.len()];
        known.check(&library.call(&known.call));
        if number.is_multiple_of(100) {
            assert_eq!(library.call(&list).status, status::OK);
        }
        library.pages()
    };
    let pages = (0..calls.len()).map(&mut round).max().unwrap();
    for number in 0..10_000 {
        assert_eq!(round(number), pages, "round {number}");
    }
}
