//! What can be told of the program's surroundings.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Whether relative URLs mean anything here.
pub(super) fn has_origin() -> bool {
    global("location").is_object()
}

/// Whether strangers can read the program's memory here: in a page or a worker of one.
pub(super) fn is_page_like() -> bool {
    (global("window").is_object() && global("document").is_object())
        // Servers have no such function, but for Deno's workers.
        || (global("importScripts").is_function() && global("Deno").is_undefined())
}

fn global(name: &str) -> JsValue {
    Reflect::get(&js_sys::global(), &name.into()).unwrap_or_default()
}
