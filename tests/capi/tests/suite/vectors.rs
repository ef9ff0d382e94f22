use std::collections::BTreeSet;

use msdk_capi_tests::{Known, Library, beside, known, module};

fn check(calls: Vec<Known>) {
    let mut library = Library::default();
    for known in calls {
        known.check(&library.call(&known.call));
    }
}

#[test]
fn every_known_answer() {
    check(known::all());
}

#[test]
fn what_has_no_vectors_is_as_in_rust() {
    check(beside::all());
}

#[test]
fn every_function_is_called() {
    let called: BTreeSet<_> = known::all().into_iter().chain(beside::all()).map(|known| known.call.function).collect();
    let without_result = ["memory", "msdk_abi_version", "msdk_alloc", "msdk_free"];
    for export in module().exports().filter(|export| !without_result.contains(&export.name())) {
        assert!(called.contains(export.name()), "{}", export.name());
    }
}
