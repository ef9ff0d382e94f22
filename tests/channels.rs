//! The channel table against tests/vectors/channels.json, which the TypeScript tests read too.

#[path = "support/vectors.rs"]
mod vectors;

use msdk_friends::avatar::{self, Size};
use msdk_friends::channel::GenderPolicy;
use msdk_friends::{Channel, gender};
use serde_json::{Value, json};

const PICTURE: &str = "https://q.qlogo.cn/qqapp/1/A";

fn policy(channel: Channel) -> &'static str {
    if channel.gender_policy() == GenderPolicy::Shown { "shown" } else { "masked" }
}

#[test]
fn the_known_channels_are_those_of_the_contract() {
    let known: Vec<Value> = Channel::KNOWN
        .iter()
        .map(|&(name, channel)| {
            json!({
                "name": name, "id": channel.id(), "avatarSizes": channel.avatar_sizes(), "gender": policy(channel),
            })
        })
        .collect();
    assert_eq!(known, vectors::cases("channels"));
    assert!(Channel::KNOWN.iter().all(|(name, channel)| channel.name() == *name));
}

#[test]
fn an_unknown_positive_id_is_a_channel_without_sizes_and_masked() {
    for id in vectors::unknown_channels() {
        let channel = Channel::new(id).unwrap();
        assert_eq!(channel.avatar_sizes(), [] as [u16; 0], "{id}");
        assert_eq!(channel.name(), "another channel");
        assert_eq!(policy(channel), "masked", "{id}");
        assert!(Channel::KNOWN.iter().all(|&(_, known)| known != channel), "{id}");
    }
}

#[test]
fn no_channel_has_the_id_0() {
    assert_eq!(Channel::new(0), None);
}

#[test]
fn exactly_the_sizes_of_a_channel_are_accepted() {
    for (name, channel) in Channel::KNOWN.iter().filter(|(_, channel)| !channel.avatar_sizes().is_empty()) {
        for size in 0..=700u16 {
            let sized = avatar::url(*channel, PICTURE, Size::Exact(size.into())).ok().flatten();
            let expected = channel.avatar_sizes().contains(&size).then(|| format!("{PICTURE}/{size}"));
            assert_eq!(sized, expected, "{name}");
        }
    }
}

#[test]
fn genders_pass_only_where_they_are_shown() {
    for (name, channel) in Channel::KNOWN {
        for sent in [i64::MIN, -1, 0, 1, 2, 3, 257, i64::MAX] {
            let shown = policy(*channel) == "shown" && (1..=2).contains(&sent);
            let expected = if shown { sent } else { 0 };
            assert_eq!(gender::mask(*channel, sent) as i64, expected, "{name} {sent}");
        }
    }
}
