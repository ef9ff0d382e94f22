//! Whether a failed attempt is repeated, and after which wait.

use msdk_friends::retry::{Failure, delay_ms};

const FAILURE: Failure =
    Failure { repeatable: true, attempt: 1, max_retries: 2, retry_after_ms: None, left_ms: 1e9, random: 1.0 };

#[test]
fn what_may_not_be_repeated_is_not() {
    assert_eq!(delay_ms(Failure { repeatable: false, ..FAILURE }), None);
    assert_eq!(delay_ms(Failure { repeatable: false, retry_after_ms: Some(1.0), ..FAILURE }), None);
}

#[test]
fn so_many_attempts_as_retries_may_follow_the_first() {
    let repeated = |max_retries| {
        (1..=10).filter(|&attempt| delay_ms(Failure { attempt, max_retries, ..FAILURE }).is_some()).count()
    };
    for max_retries in 0..=5 {
        assert_eq!(repeated(max_retries), max_retries as usize);
    }
}

#[test]
fn the_wait_doubles_up_to_a_longest() {
    let waits = (1..=7).map(|attempt| delay_ms(Failure { attempt, max_retries: 9, ..FAILURE }).unwrap());
    assert_eq!(waits.collect::<Vec<_>>(), [300.0, 600.0, 1200.0, 2400.0, 4800.0, 5000.0, 5000.0]);
}

#[test]
fn a_late_attempt_neither_overflows_nor_waits_longer() {
    let late = Failure { attempt: u32::MAX - 1, max_retries: u32::MAX, ..FAILURE };
    assert_eq!(delay_ms(late), Some(5000.0));
}

#[test]
fn the_jitter_is_full() {
    for random in [0.0, 0.25, 0.5, 0.999] {
        assert_eq!(delay_ms(Failure { random, attempt: 2, ..FAILURE }), Some(600.0 * random));
    }
}

#[test]
fn retry_after_replaces_the_wait_without_jitter() {
    for asked in [0.0, 10.0, 20_000.0] {
        let failure = Failure { retry_after_ms: Some(asked), random: 0.5, ..FAILURE };
        assert_eq!(delay_ms(failure), Some(asked));
    }
}

/// A date in the past, or a clock that was set back.
#[test]
fn a_negative_wait_is_none_at_all() {
    for asked in [-0.5, -1.0, f64::NEG_INFINITY] {
        assert_eq!(delay_ms(Failure { retry_after_ms: Some(asked), ..FAILURE }), Some(0.0));
    }
}

#[test]
fn a_wait_beyond_the_total_time_fails_at_once() {
    let asked = |left_ms| delay_ms(Failure { retry_after_ms: Some(1000.0), left_ms, ..FAILURE });
    assert_eq!(asked(1000.0), None);
    assert_eq!(asked(1000.5), Some(1000.0));
    assert_eq!(delay_ms(Failure { left_ms: 299.0, ..FAILURE }), None);
    assert_eq!(delay_ms(Failure { left_ms: 0.0, random: 0.0, ..FAILURE }), None);
    assert_eq!(delay_ms(Failure { left_ms: -1.0, random: 0.0, ..FAILURE }), None);
}

#[test]
fn no_wait_is_negative_or_not_a_number() {
    for odd in [f64::NAN, f64::NEG_INFINITY, -1.0, -0.5] {
        for failure in [
            Failure { retry_after_ms: Some(odd), ..FAILURE },
            Failure { random: odd, ..FAILURE },
            Failure { left_ms: odd, ..FAILURE },
        ] {
            let wait = delay_ms(failure);
            assert!(wait.is_none_or(|wait| wait >= 0.0), "{failure:?}: {wait:?}");
        }
    }
}
