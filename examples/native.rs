//! Lists a player's friends from a server: signs, posts, reads.
//!
//! ```sh
//! npx msdk-sandbox --port 8800 --key fake-key &
//! MSDK_KEY=fake-key MSDK_TOKEN=any cargo run --example native -- http://127.0.0.1:8800 12 4724195171999796436
//! ```
//!
//! For the platform itself give ureq its default features: as it is built here it knows no TLS.

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use msdk_friends::avatar::{self, Size};
use msdk_friends::endpoints::friend_list::{ENDPOINT, Request, Response};
use msdk_friends::query::{FixedParameters, Os, Sender};
use msdk_friends::{Channel, Player, Remark, Reply, Rules, SigKey, sign};

const CHANNEL: Channel = Channel::WECHAT;
const TIMEOUT: Duration = Duration::from_secs(5);
const MAX_BYTES: u64 = 16 << 20;

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    eprintln!("{error}");
    ExitCode::FAILURE
}

fn run() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = env::args().skip(1).collect();
    let Ok([base_url, game_id, openid]) = <[String; 3]>::try_from(given) else {
        return Err("usage: native BASE_URL GAME_ID OPENID, with MSDK_KEY and MSDK_TOKEN in the environment".into());
    };
    // Never arguments: the list of processes shows those to everybody on the machine.
    let key = SigKey::new(env::var("MSDK_KEY")?).ok_or("MSDK_KEY is empty")?;
    let player = Player { openid, token: env::var("MSDK_TOKEN")? };

    let list = friend_list(&base_url, game_id, &key, player)?;
    for friend in &list.friends {
        let size = Size::Fit { css_pixels: 40.0, device_pixel_ratio: 2.0 };
        let picture = avatar::url(CHANNEL, &friend.picture_url, size)?.unwrap_or_default();
        println!("{}\t{picture}", friend.display_name);
    }
    println!("{} friends{}", list.friends.len(), if list.degraded { ", incomplete" } else { "" });
    Ok(())
}

/// One attempt. `msdk_friends::retry` says whether another may follow, and when.
fn friend_list(base_url: &str, game_id: String, key: &SigKey, player: Player) -> Result<Response, Box<dyn Error>> {
    let request = Request { player, sub_channel: None }.prepare(CHANNEL, Sender::Signer)?;
    let fixed = FixedParameters { os: Os::Linux, ..FixedParameters::new(game_id, CHANNEL) };
    let ts = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let query = fixed.of_attempt(Sender::Signer, "", i64::try_from(ts)?)?;
    let sig = sign::signature(ENDPOINT.path, &query, &request.body, key)?;

    let url = format!("{base_url}{}?{query}&sig={sig}", ENDPOINT.path);
    let (status, bytes) = post(&url, &request.body)?;
    let rules = Rules { channel: request.channel, remark: Remark::Ignored };
    Ok(Response::read(&Reply { status, bytes: &bytes }, rules)?)
}

/// The status, whatever it is, and the body: the core knows what they mean.
fn post(url: &str, body: &str) -> Result<(u16, Vec<u8>), ureq::Error> {
    let mut answer = ureq::post(url)
        .config()
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        // The body would go to another host, signed.
        .max_redirects(0)
        .build()
        .content_type("application/json")
        .send(body)?;
    let bytes = answer.body_mut().with_config().limit(MAX_BYTES).read_to_vec()?;
    Ok((answer.status().as_u16(), bytes))
}
