//! The core of a client for the MSDK v5 friend-relationship backend: everything about it that is input and output.
//!
//! It builds the query and the body of the five calls, signs them, reads the answers, classifies the errors, sizes
//! avatar URLs and masks genders. It has no clock, no chance, no network and no global state: a caller brings those.
//! In a page, the feature `web` brings a client with all of these (`msdk_friends::web`, on `wasm32-unknown-unknown`).
//! "Seed" in the documentation is the platform's page "Friend Relationship", version 01/10/2025.
//!
//! ```
//! use msdk_friends::endpoints::friend_list::{ENDPOINT, Request, Response};
//! use msdk_friends::query::{FixedParameters, Os, Sender};
//! use msdk_friends::{Channel, Player, Remark, Reply, Rules, SigKey, sign};
//!
//! # fn main() -> Result<(), msdk_friends::Error> {
//! let player = Player { openid: "4724195171999796436".into(), token: "a-login-token".into() };
//! let request = Request { player, sub_channel: None }.prepare(Channel::QQ, Sender::Signer)?;
//! let fixed = FixedParameters { os: Os::Linux, ..FixedParameters::new("12", Channel::QQ) };
//! let query = fixed.of_attempt(Sender::Signer, "", 1_700_000_000)?;
//! let key = SigKey::new("not-a-real-key").expect("not empty");
//! let sig = sign::signature(ENDPOINT.path, &query, &request.body, &key)?;
//! let url = format!("https://itop.qq.com{}?{query}&sig={sig}", ENDPOINT.path);
//! # assert!(url.ends_with(&sig));
//!
//! // POST request.body to url as application/json; then, with what came back:
//! let bytes = br#"{"ret":0,"msg":"","lists":[{"openid":"1","user_name":"Lin"}]}"#;
//! let list = Response::read(&Reply::ok(bytes), Rules { channel: request.channel, remark: Remark::Ignored })?;
//! assert_eq!(list.friends[0].display_name, "Lin");
//! # Ok(())
//! # }
//! ```
// Everything is written on core and alloc; std is linked only where the target has one.
#![cfg_attr(target_os = "none", no_std)]
#![deny(missing_docs)]
// What serves the bindings alone is dead in other builds; the wasm's build finds what is dead everywhere.
#![cfg_attr(not(all(feature = "wasm", target_os = "none")), allow(dead_code))]

extern crate alloc;

#[cfg(all(feature = "wasm", feature = "capi", target_os = "none"))]
compile_error!("the features `wasm` and `capi` make different artifacts: turn one of them on");

#[cfg(all(feature = "capi", target_arch = "wasm32", not(target_os = "none")))]
compile_error!("the feature `capi` has a heap of its own: on wasm it is for the target wasm32v1-none alone");

mod answer;
pub mod ark;
pub mod avatar;
#[cfg(feature = "capi")]
mod capi;
pub mod channel;
pub mod endpoint;
pub mod endpoints;
pub mod error;
pub mod gender;
#[cfg(all(feature = "wasm", target_os = "none"))]
mod heap;
mod input;
// Public for the tests that feed it random documents.
#[doc(hidden)]
pub mod json;
pub mod limits;
mod object;
pub mod player;
pub mod query;
mod record;
mod request;
mod ret;
pub mod retry;
pub mod secret;
pub mod sign;
#[cfg(all(feature = "wasm", target_os = "none"))]
mod spans;
mod text;
mod values;
#[cfg(all(feature = "wasm", target_os = "none"))]
mod wasm;
#[cfg(all(feature = "web", target_arch = "wasm32", target_os = "unknown"))]
pub mod web;

pub use answer::Reply;
pub use channel::Channel;
pub use endpoint::{Endpoint, Prepared, Remark, Rules};
pub use error::{Error, ErrorKind};
pub use gender::Gender;
pub use player::{Player, Receiver};
pub use secret::SigKey;
