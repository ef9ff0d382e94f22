//! Waits that end a call, each a browser's callback that wakes the future. None outlives it.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::error::ErrorKind;
use crate::web::error::{Error, message_of};

#[wasm_bindgen]
unsafe extern "C" {
    // Free names, which are those of windows and workers alike.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Does `work` until it is done or `end` comes, whichever is first.
pub(super) async fn within<T>(
    end: impl Future<Output = Error>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let (mut end, mut work) = (pin!(end), pin!(work));
    // The end is asked first: a call that was aborted before it began sends nothing.
    poll_fn(|context| match end.as_mut().poll(context) {
        Poll::Ready(error) => Poll::Ready(Err(error)),
        Poll::Pending => work.as_mut().poll(context),
    })
    .await
}

/// Too late; `option` says how long that is.
pub(super) async fn timeout(option: &str, milliseconds: u32) -> Error {
    Timer::new(milliseconds.into()).await;
    let message = format!("no whole answer within {option} ({milliseconds} ms)");
    Error::new(ErrorKind::Timeout, message).retryable()
}

/// The caller's signal; without one it never comes.
pub(super) async fn aborted(signal: Option<&AbortSignal>) -> Error {
    let Some(signal) = signal else { return std::future::pending().await };
    Aborted::new(signal).await;
    let error = Error::new(ErrorKind::Aborted, "the caller ended the call");
    Error { cause: message_of(&signal.reason()), ..error }
}

/// Whether something has happened, and whom to tell.
#[derive(Default)]
struct Event {
    has_happened: Cell<bool>,
    waiting: Cell<Option<Waker>>,
}

impl Event {
    fn happen(&self) {
        self.has_happened.set(true);
        if let Some(waker) = self.waiting.take() {
            waker.wake();
        }
    }

    fn poll(&self, context: &Context<'_>) -> Poll<()> {
        if self.has_happened.get() {
            return Poll::Ready(());
        }
        self.waiting.set(Some(context.waker().clone()));
        Poll::Pending
    }
}

/// An event, and the callback that makes it happen.
fn event() -> (Rc<Event>, Closure<dyn FnMut()>) {
    let event = Rc::new(Event::default());
    let told = Rc::clone(&event);
    (event, Closure::new(move || told.happen()))
}

/// Done after a time; cleared when it is dropped.
pub(super) struct Timer {
    event: Rc<Event>,
    id: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    pub(super) fn new(milliseconds: f64) -> Self {
        let (event, callback) = event();
        let id = set_timeout(callback.as_ref().unchecked_ref(), milliseconds);
        Timer { event, id, _callback: callback }
    }
}

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.event.poll(context)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// Done when the signal aborts, or has aborted; listens no longer when it is dropped.
struct Aborted<'a> {
    event: Rc<Event>,
    signal: &'a AbortSignal,
    callback: Closure<dyn FnMut()>,
}

impl<'a> Aborted<'a> {
    fn new(signal: &'a AbortSignal) -> Self {
        let (event, callback) = event();
        if signal.aborted() {
            event.happen();
        }
        // A signal takes every listener.
        let _ = signal.add_event_listener_with_callback("abort", callback.as_ref().unchecked_ref());
        Aborted { event, signal, callback }
    }
}

impl Future for Aborted<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.event.poll(context)
    }
}

impl Drop for Aborted<'_> {
    fn drop(&mut self) {
        let _ = self.signal.remove_event_listener_with_callback("abort", self.callback.as_ref().unchecked_ref());
    }
}
