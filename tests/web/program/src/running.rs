//! A call that a page can drop.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

type Slot = Rc<RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>>;

#[wasm_bindgen]
pub struct Running(Slot);

impl Running {
    pub fn start(future: impl Future<Output = ()> + 'static) -> Self {
        let slot: Slot = Rc::new(RefCell::new(Some(Box::pin(future))));
        let polled = Rc::clone(&slot);
        spawn_local(poll_fn(move |context| match &mut *polled.borrow_mut() {
            Some(future) => future.as_mut().poll(context),
            None => Poll::Ready(()),
        }));
        Running(slot)
    }
}

#[wasm_bindgen]
impl Running {
    /// Drops the call's future.
    pub fn drop(&self) {
        self.0.borrow_mut().take();
    }
}
