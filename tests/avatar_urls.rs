//! Avatar URLs beyond the vectors: whatever stands in the URL, sizing is safe to repeat and touches qlogo.cn only.

#[path = "support/chance.rs"]
mod chance;

use chance::Chance;
use msdk_friends::avatar::{self, Size};
use msdk_friends::{Channel, ErrorKind};

fn sized(channel: Channel, url: &str, size: u16) -> String {
    avatar::url(channel, url, Size::Exact(size.into())).expect(url).expect(url)
}

fn random_url(chance: &mut Chance) -> String {
    let mut url = String::from(chance.pick(&["http:", "https:", "HTTP:", "Https:", "", "ftp:", "x"]));
    url += chance.pick(&["//", "//", "//", "/", ""]);
    url +=
        chance.pick(&["wx.qlogo.cn", "thirdqq.qlogo.cn", "QLOGO.CN", "a.b.Qlogo.cn", "qlogo.cn.evil", "evil.com", ""]);
    for _ in 0..chance.below(8) {
        url +=
            chance.pick(&["/", "/", "//", "0", "40", "46", "96", "100", "132", "a", "头", "%2F", "\\", ".", " ", ","]);
    }
    url += chance.pick(&["", "", "?", "?x=/96", "#", "#/40", "?a//b#c/", "?x#y?z"]);
    url
}

#[test]
fn sizing_twice_is_sizing_once_and_the_last_size_wins() {
    let mut chance = Chance(0x5EED);
    for _ in 0..20_000 {
        let url = random_url(&mut chance);
        for (channel, sizes) in [(Channel::WECHAT, [0, 46, 132]), (Channel::QQ, [40, 100, 40])] {
            if url.is_empty() {
                continue;
            }
            for size in sizes {
                let once = sized(channel, &url, size);
                assert_eq!(sized(channel, &once, size), once, "{url}");
                assert_eq!(sized(channel, &sized(channel, &url, sizes[1]), size), once, "{url}");
            }
        }
    }
}

#[test]
fn a_sized_path_ends_in_one_slash_and_the_size() {
    let mut chance = Chance(0xCAFE);
    let mut seen = 0;
    for _ in 0..20_000 {
        let url = ["https://wx.qlogo.cn/", &random_url(&mut chance).replace("//", "/")].concat();
        let url = url.replace("?", "/").replace('#', "//");
        let path = sized(Channel::WECHAT, &url, 64);
        assert!(path.ends_with("/64") && !path.ends_with("//64"), "{url} -> {path}");
        seen += usize::from(url.ends_with('/'));
    }
    assert!(seen > 100);
}

#[test]
fn slashes_at_the_end_never_double() {
    for end in ["", "/", "//", "///", "/40", "/40/", "//40", "//40//", "/100"] {
        let url = format!("https://q.qlogo.cn/qqapp/1/A{end}");
        assert_eq!(sized(Channel::QQ, &url, 100), "https://q.qlogo.cn/qqapp/1/A/100", "{url}");
    }
    for host_only in ["https://q.qlogo.cn", "https://q.qlogo.cn/", "https://q.qlogo.cn/40"] {
        assert_eq!(sized(Channel::QQ, host_only, 40), "https://q.qlogo.cn/40");
    }
}

#[test]
fn only_a_size_of_the_channel_is_replaced() {
    let of_qq = |end: &str| sized(Channel::QQ, &format!("https://q.qlogo.cn/a/{end}"), 40);
    for kept in ["0", "46", "640", "041", "040", "4", "+40", "40x", "-40", "%34%30", "４０"] {
        assert_eq!(of_qq(kept), format!("https://q.qlogo.cn/a/{kept}/40"));
    }
    assert_eq!(of_qq("100/40"), "https://q.qlogo.cn/a/100/40", "the last segment alone");
    assert_eq!(sized(Channel::WECHAT, "https://wx.qlogo.cn/a/0", 46), "https://wx.qlogo.cn/a/46");
    assert_eq!(sized(Channel::WECHAT, "https://wx.qlogo.cn/a/100", 46), "https://wx.qlogo.cn/a/100/46");
}

#[test]
fn query_and_fragment_stay_whatever_is_in_them() {
    for rest in ["?", "#", "?x=http://a/40", "#/40", "?a=1&b=2#c?d", "#?", "?é=头"] {
        let url = format!("http://q.qlogo.cn/a/40{rest}");
        assert_eq!(sized(Channel::QQ, &url, 100), format!("https://q.qlogo.cn/a/100{rest}"));
        let url = format!("http://q.qlogo.cn{rest}");
        assert_eq!(sized(Channel::QQ, &url, 100), format!("https://q.qlogo.cn/100{rest}"));
    }
}

#[test]
fn http_becomes_https_on_qlogo_only() {
    for url in ["http://wx.qlogo.cn/a", "HTTP://wx.qlogo.cn/a", "https://wx.qlogo.cn/a", "HttpS://wx.qlogo.cn/a"] {
        assert_eq!(sized(Channel::WECHAT, url, 46), "https://wx.qlogo.cn/a/46");
    }
    assert_eq!(sized(Channel::WECHAT, "//wx.qlogo.cn/a", 46), "//wx.qlogo.cn/a/46", "the page's own scheme");
    assert_eq!(sized(Channel::WECHAT, "http://WX.QLogo.CN/a", 46), "https://WX.QLogo.CN/a/46");
    assert_eq!(sized(Channel::WECHAT, "http://example.com/a", 46), "http://example.com/a");
}

#[test]
fn the_urls_of_other_hosts_are_left_alone_whatever_the_size() {
    for url in [
        "http://qlogo.cn.evil.com/a/40",
        "http://evilqlogo.cn/a/40",
        "http://qlogo.cn@evil.com/a",
        "http://qlogo.cn:80@evil.com/a",
        "http://user@q.qlogo.cn/a",
        "http://evil.com:1@.qlogo.cn/a",
        "http://q.qlogo.cn:8080/a",
        "http://evil.com\\.qlogo.cn/a",
        "http://evil.com#.qlogo.cn/a",
        "http://evil.com?.qlogo.cn/a",
        "http://evil.com/.qlogo.cn/a",
        "http://q.qlogo.cn./a",
        "http://q.qlogo.c\u{578}/a",
        "ftp://q.qlogo.cn/a",
        "javascript://q.qlogo.cn/%0Aalert(1)",
        "data:image/png;base64,//qlogo.cn/",
        "q.qlogo.cn/a",
        "/a/40",
        "头",
        "//",
        " http://q.qlogo.cn/a",
    ] {
        for size in [40.0, 41.0, f64::NAN, -1.0] {
            let sized = avatar::url(Channel::QQ, url, Size::Exact(size)).unwrap();
            assert_eq!(sized.as_deref(), Some(url), "{size}");
        }
        let fit = Size::Fit { css_pixels: f64::NAN, device_pixel_ratio: 0.0 };
        assert_eq!(avatar::url(Channel::QQ, url, fit).unwrap().as_deref(), Some(url));
        assert_eq!(avatar::srcset(Channel::QQ, url), None, "{url}");
    }
}

#[test]
fn a_size_that_the_channel_lacks_is_refused_with_those_it_has() {
    for (channel, url, allowed) in [
        (Channel::QQ, "https://q.qlogo.cn/a", "one of 40, 100"),
        (Channel::WECHAT, "https://wx.qlogo.cn/a", "one of 0, 46, 64, 96, 132"),
    ] {
        for size in [41.0, -1.0, 40.5, 1e9, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let error = avatar::url(channel, url, Size::Exact(size)).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Request);
            assert_eq!((error.field.as_deref(), error.allowed.as_deref()), (Some("size"), Some(allowed)), "{size}");
        }
    }
    assert!(avatar::url(Channel::QQ, "https://q.qlogo.cn/a", Size::Exact(0.0)).is_err(), "QQ has no original");
}

#[test]
fn pixels_and_ratio_must_be_above_0() {
    for odd in [f64::NAN, 0.0, -0.0, -1.0, f64::NEG_INFINITY] {
        for (css, ratio, field) in [(odd, 1.0, "cssPixels"), (40.0, odd, "devicePixelRatio")] {
            let error = avatar::size(Channel::WECHAT, css, ratio).unwrap_err();
            assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Request, Some(field)), "{odd}");
            let fit = Size::Fit { css_pixels: css, device_pixel_ratio: ratio };
            assert_eq!(avatar::url(Channel::WECHAT, "https://wx.qlogo.cn/a", fit).unwrap_err(), error);
        }
    }
}

#[test]
fn the_smallest_size_that_covers_is_chosen() {
    for (channel, sizes) in [(Channel::QQ, &[40u16, 100][..]), (Channel::WECHAT, &[46, 64, 96, 132][..])] {
        let beyond = if channel == Channel::QQ { 100 } else { 0 };
        for tenth in 1..2000u32 {
            let (css, ratio) = (f64::from(tenth) / 10.0, [1.0, 1.5, 2.0, 3.0][tenth as usize % 4]);
            let expected = sizes.iter().find(|&&size| f64::from(size) >= css * ratio).copied().unwrap_or(beyond);
            assert_eq!(avatar::size(channel, css, ratio).unwrap(), expected, "{css} {ratio}");
        }
        assert_eq!(avatar::size(channel, f64::INFINITY, 1.0).unwrap(), beyond);
        assert_eq!(avatar::size(channel, f64::MAX, f64::MAX).unwrap(), beyond);
        assert_eq!(avatar::size(channel, f64::MIN_POSITIVE, f64::MIN_POSITIVE).unwrap(), sizes[0]);
    }
}

#[test]
fn a_channel_without_sizes_leaves_the_path_alone() {
    for channel in [Channel::FACEBOOK, Channel::GUEST, Channel::new(999).unwrap()] {
        let url = "https://q.qlogo.cn/a/40/?x#y";
        for size in [40.0, 41.0, 0.0, -1.0, f64::NAN] {
            assert_eq!(avatar::url(channel, url, Size::Exact(size)).unwrap().as_deref(), Some(url), "{size}");
        }
        assert_eq!(avatar::srcset(channel, url), None);
        let error = avatar::size(channel, 40.0, 1.0).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Request, Some("channel")));
    }
}

#[test]
fn no_url_is_no_picture_whatever_the_size() {
    for size in [Size::Exact(40.0), Size::Exact(f64::NAN)] {
        assert_eq!(avatar::url(Channel::QQ, "", size).unwrap(), None);
    }
    assert_eq!(avatar::srcset(Channel::QQ, ""), None);
}

#[test]
fn a_srcset_ascends_in_w_without_the_original() {
    assert_eq!(
        avatar::srcset(Channel::WECHAT, "http://wx.qlogo.cn/a/0?x").as_deref(),
        Some(
            "https://wx.qlogo.cn/a/46?x 46w, https://wx.qlogo.cn/a/64?x 64w, https://wx.qlogo.cn/a/96?x 96w, \
             https://wx.qlogo.cn/a/132?x 132w"
        )
    );
    assert_eq!(
        avatar::srcset(Channel::QQ, "https://q.qlogo.cn/a/").as_deref(),
        Some("https://q.qlogo.cn/a/40 40w, https://q.qlogo.cn/a/100 100w")
    );
}

/// Fails when `odd` in a URL ends a candidate or starts another: HTML splits them at commas and ASCII white space.
fn assert_two_candidates(odd: &str) {
    let url = format!("https://q.qlogo.cn/a{odd}b?c{odd}d");
    let srcset = avatar::srcset(Channel::QQ, &url).unwrap();
    let candidates: Vec<&str> = srcset.split(',').collect();
    assert_eq!(candidates.len(), 2, "{srcset:?}");
    for (candidate, descriptor) in candidates.iter().zip(["40w", "100w"]) {
        let words: Vec<&str> = candidate.split_ascii_whitespace().collect();
        assert_eq!((words.len(), words[words.len() - 1]), (2, descriptor), "{srcset:?}");
    }
}

#[test]
fn no_blank_or_comma_in_a_url_ends_a_candidate_of_the_srcset() {
    for odd in [" ", ",", ", ", "  ,", ", http://evil/x 1w,"] {
        assert_two_candidates(odd);
    }
}

#[test]
fn no_other_white_space_in_a_url_ends_a_candidate_of_the_srcset() {
    for odd in ["\t", "\n", "\r", "\u{C}"] {
        assert_two_candidates(odd);
    }
}
