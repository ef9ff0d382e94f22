//! What a server does with the public types: hands them to other threads, and prints them.

use std::error::Error as StdError;
use std::fmt::Debug;

use msdk_friends::endpoints::{ark_share, friend_list, get_sopenid, recall_friends_list, share};
use msdk_friends::query::FixedParameters;
use msdk_friends::{Channel, Error, Gender, Player, Prepared, Receiver, Reply, SigKey};

fn is_at_home_anywhere<T: Send + Sync + Unpin + Debug + 'static>() {}

#[test]
fn they_go_to_other_threads() {
    is_at_home_anywhere::<SigKey>();
    is_at_home_anywhere::<Error>();
    is_at_home_anywhere::<(Channel, Gender, Player, Receiver, Prepared, FixedParameters, Reply<'static>)>();
    is_at_home_anywhere::<(friend_list::Request, friend_list::Response, friend_list::Friend)>();
    is_at_home_anywhere::<(recall_friends_list::Request, recall_friends_list::Response)>();
    is_at_home_anywhere::<(get_sopenid::Request, get_sopenid::Response)>();
    is_at_home_anywhere::<(share::Request, share::Response, ark_share::Request)>();
}

#[test]
fn an_error_goes_through_a_question_mark() {
    fn fails() -> Result<(), Box<dyn StdError + Send + Sync>> {
        Ok(friend_list::Response::read(&Reply::ok(b"[]"), rules()).map(drop)?)
    }
    assert!(fails().unwrap_err().downcast_ref::<Error>().is_some());
}

fn rules() -> msdk_friends::Rules {
    msdk_friends::Rules { channel: Channel::QQ, remark: msdk_friends::Remark::Ignored }
}
