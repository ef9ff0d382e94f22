//! The client for Rust programs in a page or a worker: feature `web`, on `wasm32-unknown-unknown`.
//!
//! It does over the browser's fetch what the npm package does: the same five calls, kinds of errors, time limits and
//! repetitions. Dropping a call's future ends its request. It lacks hooks, a logger (and with it the warnings about what the
//! platform's page advises against), a clock or a fetch of your own, `responseText`, and `remoteSigner`, which
//! [`Signer::function`] replaces; of each text of an error it keeps 64 KiB. A client belongs to its thread, as all of a page does: in Bevy it is a non-send resource.
//!
//! ```no_run
//! use msdk_friends::endpoints::friend_list::Request;
//! use msdk_friends::query::FixedParameters;
//! use msdk_friends::web::{CallOptions, Client, Error, Options, Signer};
//! use msdk_friends::{Channel, Player};
//!
//! # async fn names(openid: String, token: String) -> Result<Vec<String>, Error> {
//! // "/msdk" is a proxy of yours that adds the game and signs; it may add the player too.
//! let parameters = FixedParameters::new("", Channel::QQ);
//! let client = Client::new(Options::new("/msdk", parameters, Signer::proxied()))?;
//!
//! let request = Request { player: Player { openid, token }, sub_channel: None };
//! let list = client.friend_list(&request, CallOptions::default()).await?;
//! # Ok(
//! list.friends.into_iter().map(|friend| friend.display_name).collect()
//! # )
//! # }
//! ```
// The crate allows it for the sake of other builds; what is dead here is dead everywhere.
#![warn(dead_code)]

use std::fmt;
use std::rc::Rc;

pub use web_sys::{AbortController, AbortSignal, RequestCredentials};

use crate::answer::Reply;
use crate::endpoint::{Endpoint, Prepared, Rules};
use crate::endpoints::{ark_share, friend_list, get_sopenid, recall_friends_list, share};
use crate::player::{Player, Receiver};
use crate::web::call::Call;
use crate::web::options::Settings;

mod answer;
mod attempt;
mod base_url;
mod call;
mod error;
mod options;
mod redact;
mod signer;
mod surroundings;
mod within;

pub use error::Error;
pub use options::{CallOptions, Options};
pub use signer::{SignInput, Signer};

/// Calls the backend. A clone is cheap, and calls with the same options.
#[derive(Clone)]
pub struct Client {
    settings: Rc<Settings>,
}

impl Client {
    /// A client with these options; nothing is sent yet.
    ///
    /// # Errors
    /// `config`, naming the option.
    pub fn new(options: Options) -> Result<Self, Error> {
        Ok(Client { settings: Rc::new(Settings::new(options)?) })
    }

    /// The player's friends in the game. Repeated where that may help.
    ///
    /// # Errors
    /// Any kind; `request` with no attempts where nothing was sent.
    pub async fn friend_list(
        &self,
        request: &friend_list::Request,
        options: CallOptions,
    ) -> Result<friend_list::Response, Error> {
        let prepared = request.prepare(self.settings.parameters.channel, self.settings.signer.sender());
        let secrets = secrets(&request.player, None);
        self.call(friend_list::ENDPOINT, prepared, secrets, options, friend_list::Response::read).await
    }

    /// Friends who do not play the game yet, on QQ and WeChat. Repeated where that may help.
    ///
    /// # Errors
    /// Any kind; `request` with no attempts where nothing was sent.
    pub async fn recall_friends_list(
        &self,
        request: &recall_friends_list::Request,
        options: CallOptions,
    ) -> Result<recall_friends_list::Response, Error> {
        let prepared = request.prepare(self.settings.parameters.channel, self.settings.signer.sender());
        let secrets = secrets(&request.player, None);
        let read = |reply: &Reply<'_>, _| recall_friends_list::Response::read(reply);
        self.call(recall_friends_list::ENDPOINT, prepared, secrets, options, read).await
    }

    /// The player's sopenid, on QQ and WeChat. Repeated where that may help.
    ///
    /// # Errors
    /// Any kind; `request` with no attempts where nothing was sent.
    pub async fn get_sopenid(
        &self,
        request: &get_sopenid::Request,
        options: CallOptions,
    ) -> Result<get_sopenid::Response, Error> {
        let prepared = request.prepare(self.settings.parameters.channel, self.settings.signer.sender());
        let secrets = secrets(&request.player, None);
        let read = |reply: &Reply<'_>, _| get_sopenid::Response::read(reply);
        self.call(get_sopenid::ENDPOINT, prepared, secrets, options, read).await
    }

    /// A structured message to one friend, on QQ. Sent at most once: [`Error::maybe_sent`] says whether it may have arrived.
    ///
    /// # Errors
    /// Any kind; `request` with no attempts where nothing was sent.
    pub async fn share(&self, request: &share::Request, options: CallOptions) -> Result<share::Response, Error> {
        let prepared = request.prepare(self.settings.parameters.channel, self.settings.signer.sender());
        let secrets = secrets(&request.player, Some(&request.receiver));
        let read = |reply: &Reply<'_>, _| share::Response::read(reply);
        self.call(share::ENDPOINT, prepared, secrets, options, read).await
    }

    /// An ARK message to one friend, on QQ. Sent at most once: [`Error::maybe_sent`] says whether it may have arrived.
    ///
    /// # Errors
    /// Any kind; `request` with no attempts where nothing was sent.
    pub async fn ark_share(
        &self,
        request: &ark_share::Request,
        options: CallOptions,
    ) -> Result<ark_share::Response, Error> {
        let prepared = request.prepare(self.settings.parameters.channel, self.settings.signer.sender());
        let secrets = secrets(&request.player, Some(&request.receiver));
        let read = |reply: &Reply<'_>, _| ark_share::Response::read(reply);
        self.call(ark_share::ENDPOINT, prepared, secrets, options, read).await
    }

    /// What is generic stays small: behind `run` there is one copy of everything for all endpoints.
    async fn call<T>(
        &self,
        endpoint: Endpoint,
        prepared: Result<Prepared, crate::Error>,
        secrets: Vec<String>,
        options: CallOptions,
        read: impl Fn(&Reply<'_>, Rules) -> Result<T, crate::Error>,
    ) -> Result<T, Error> {
        let call = Call::new(&self.settings, endpoint, secrets);
        let mut response = None;
        let mut keep = |reply: &Reply<'_>, rules: Rules| {
            response = Some(read(reply, rules)?);
            Ok(())
        };
        call.run(prepared, options, &mut keep).await?;
        response.ok_or_else(|| call.no_answer())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(…)")
    }
}

/// What a call's errors must not show.
fn secrets(player: &Player, receiver: Option<&Receiver>) -> Vec<String> {
    let mut secrets = vec![player.openid.clone(), player.token.clone()];
    if let Some(Receiver::Friend(id) | Receiver::Unregistered(id)) = receiver {
        secrets.push(id.clone());
    }
    secrets
}
