//! Whether to try again, and when.

use super::outcome::Outcome;
use crate::operation::OperationMeta;
use crate::schema::MAX_SAFE_INTEGER;

/// The first wait after a failure without `Retry-After`, in milliseconds, before jitter.
pub const BASE_DELAY_MS: f64 = 500.0;
/// The longest wait after a failure without `Retry-After`, in milliseconds, before jitter.
pub const MAX_BACKOFF_MS: f64 = 8_000.0;
/// The shortest wait after a 449 without `Retry-After`, in milliseconds: a contact takes some seconds to come into being.
pub const MIN_DELAY_OF_NEW_MS: f64 = 2_000.0;
/// How many times as long the jitter of such a wait is: together it is 30 seconds at most.
pub const STRETCH_OF_NEW: f64 = 3.5;

/// How a try ended without success.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failure {
    /// The request surely never left: the connection was refused, for example.
    NeverLeft,
    /// The connection was lost or the time ran out: nobody knows whether the service acted.
    Lost,
    /// A 2xx came, so the service acted; its body was lost.
    BodyLost,
    /// The service answered with this status.
    Status(u16),
}

/// A try that failed, and the call that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    /// Its number, 1 for the first.
    pub number: u32,
    /// How it ended.
    pub failure: Failure,
    /// What is known of the tries before it.
    pub before: Outcome,
    /// The milliseconds that the service asks to wait, where it does.
    pub retry_after_ms: Option<f64>,
    /// The milliseconds since the call began.
    pub elapsed_ms: f64,
}

/// What the caller permits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// How many more tries may follow a failed one.
    pub max_retries: u32,
    /// The longest wait between two tries, in milliseconds. A longer `Retry-After` is the caller's decision.
    pub max_delay_ms: f64,
    /// The milliseconds that the whole call may take; 0 for no bound.
    pub total_ms: f64,
    /// Whether to repeat an operation even where that may do it twice.
    pub retry_unsafe: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self { max_retries: 2, max_delay_ms: 60_000.0, total_ms: 0.0, retry_unsafe: false }
    }
}

/// What follows a failed try.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Another try, after so many milliseconds.
    Retry(f64),
    /// The call fails.
    GiveUp,
    /// The call has succeeded: what was to be deleted is gone, by a try before this one as far as anybody can tell.
    Done,
}

/// Decides what follows a failed try; `random` is a number from 0 up to, not including, 1, for the jitter.
///
/// A 429 says that the service did not act, and so does a 449, the contact was only just created; a request that never
/// left cannot have made it act. Every operation is tried again then. After anything that leaves it open only an
/// idempotent one is.
///
/// ```
/// use respond_io_wasm::engine::Outcome;
/// use respond_io_wasm::engine::retry::{Attempt, Decision, Failure, Policy, decide};
/// use respond_io_wasm::operation::{GetContact, Operation, SendMessage};
///
/// let policy = Policy::default();
/// let lost =
///     Attempt { number: 1, failure: Failure::Lost, before: Outcome::NotSent, retry_after_ms: None, elapsed_ms: 90.0 };
/// assert_eq!(decide(GetContact::META, &lost, &policy, 0.5), Decision::Retry(250.0));
/// assert_eq!(decide(SendMessage::META, &lost, &policy, 0.5), Decision::GiveUp);
///
/// let limited = Attempt { failure: Failure::Status(429), retry_after_ms: Some(3000.0), ..lost };
/// assert_eq!(decide(SendMessage::META, &limited, &policy, 0.5), Decision::Retry(3000.0));
/// ```
pub fn decide(operation: &OperationMeta, attempt: &Attempt, policy: &Policy, random: f64) -> Decision {
    if is_done(operation, attempt) {
        return Decision::Done;
    }
    if attempt.number > policy.max_retries || !may_repeat(operation, attempt.failure, policy.retry_unsafe) {
        return Decision::GiveUp;
    }
    let (least, stretch) = match attempt.failure {
        Failure::Status(449) => (MIN_DELAY_OF_NEW_MS, STRETCH_OF_NEW),
        _ => (0.0, 1.0),
    };
    let spread = (stretch * backoff(attempt.number)).min(policy.max_delay_ms - least);
    let wait = attempt.retry_after_ms.unwrap_or(least + spread * random);
    let is_in_time = policy.total_ms == 0.0 || attempt.elapsed_ms + wait < policy.total_ms;
    if wait > policy.max_delay_ms || !is_in_time { Decision::GiveUp } else { Decision::Retry(wait) }
}

/// A try before may have deleted it, and it is gone.
fn is_done(operation: &OperationMeta, attempt: &Attempt) -> bool {
    operation.deletes && attempt.failure == Failure::Status(404) && attempt.before >= Outcome::Unknown
}

fn may_repeat(operation: &OperationMeta, failure: Failure, retry_unsafe: bool) -> bool {
    match failure {
        Failure::NeverLeft | Failure::Status(429 | 449) => true,
        Failure::Lost | Failure::Status(408 | 500..=599) => operation.idempotent || retry_unsafe,
        // It acted: another try can only do it again.
        Failure::BodyLost => operation.idempotent,
        Failure::Status(_) => false,
    }
}

fn backoff(attempt: u32) -> f64 {
    let doublings = attempt.saturating_sub(1).min(16);
    (BASE_DELAY_MS * (1u32 << doublings) as f64).min(MAX_BACKOFF_MS)
}

/// The milliseconds that a `Retry-After` header asks for, as seconds or as an HTTP date; `now` is in Unix milliseconds.
///
/// ```
/// use respond_io_wasm::engine::retry::retry_after;
///
/// assert_eq!(retry_after("2", 0.0), Some(2000.0));
/// assert_eq!(retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 50_000.0), Some(10_000.0));
/// assert_eq!(retry_after("soon", 0.0), None);
/// ```
pub fn retry_after(header: &str, now: f64) -> Option<f64> {
    let header = header.trim();
    if header.is_empty() {
        return None;
    }
    if header.bytes().all(|b| b.is_ascii_digit()) {
        return Some((decimal(header) * 1000.0).min(MAX_SAFE_INTEGER as f64));
    }
    Some((http_date(header)? * 1000.0 - now).max(0.0))
}

/// The Unix seconds of an HTTP date, `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<f64> {
    let text = text.split_once(", ")?.1.strip_suffix(" GMT")?;
    let mut words = text.split(' ');
    let day = field(words.next()?, 31)?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)?;
    let year = field(words.next()?, 9999)?;
    let mut clock = words.next()?.split(':');
    let (hour, minute, second) = (field(clock.next()?, 23)?, field(clock.next()?, 59)?, field(clock.next()?, 60)?);
    if words.next().is_some() || clock.next().is_some() || year < 1970 {
        return None;
    }
    let days = days_before(year, month) + day - 1;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) as f64)
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS_BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// The days from 1970 to the first of the month.
fn days_before(year: i64, month: usize) -> i64 {
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let leap_day = i64::from(is_leap && month > 1);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969) + DAYS_BEFORE_MONTH[month] + leap_day
}

fn field(text: &str, max: i64) -> Option<i64> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let value = decimal(text) as i64;
    (is_number && value <= max).then_some(value)
}

fn decimal(digits: &str) -> f64 {
    digits.bytes().fold(0.0, |value, digit| value * 10.0 + f64::from(digit.wrapping_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::*;

    const FIRST: Attempt =
        Attempt { number: 1, failure: Failure::Lost, before: Outcome::NotSent, retry_after_ms: None, elapsed_ms: 0.0 };

    fn after(operation: &OperationMeta, failure: Failure) -> Decision {
        decide(operation, &Attempt { failure, ..FIRST }, &Policy::default(), 0.5)
    }

    #[test]
    fn a_429_and_a_request_that_never_left_are_repeated_for_every_operation() {
        for operation in OPERATIONS {
            for failure in [Failure::Status(429), Failure::NeverLeft] {
                assert_eq!(after(operation, failure), Decision::Retry(250.0), "{} {failure:?}", operation.id);
            }
        }
    }

    #[test]
    fn only_idempotent_operations_are_repeated_when_the_server_may_have_acted() {
        let unsafe_ids =
            ["createContact", "mergeContacts", "sendMessage", "createComment", "createTag", "createCustomField"];
        for operation in OPERATIONS {
            assert_eq!(operation.idempotent, !unsafe_ids.contains(&operation.id), "{}", operation.id);
            for failure in [Failure::Lost, Failure::BodyLost, Failure::Status(408), Failure::Status(503)] {
                let expected = if operation.idempotent { Decision::Retry(250.0) } else { Decision::GiveUp };
                assert_eq!(after(operation, failure), expected, "{} {failure:?}", operation.id);
            }
        }
    }

    #[test]
    fn whoever_opts_in_repeats_unless_the_service_surely_acted() {
        let policy = Policy { retry_unsafe: true, ..Policy::default() };
        for (failure, expected) in [
            (Failure::Lost, Decision::Retry(250.0)),
            (Failure::Status(502), Decision::Retry(250.0)),
            (Failure::BodyLost, Decision::GiveUp),
            (Failure::Status(400), Decision::GiveUp),
        ] {
            let decision = decide(SendMessage::META, &Attempt { failure, ..FIRST }, &policy, 0.5);
            assert_eq!(decision, expected, "{failure:?}");
        }
    }

    #[test]
    fn a_refusal_is_final() {
        for status in [302, 400, 401, 403, 404, 405, 409, 415, 422] {
            assert_eq!(after(GetContact::META, Failure::Status(status)), Decision::GiveUp, "{status}");
        }
    }

    #[test]
    fn a_404_after_a_try_that_may_have_deleted_means_done() {
        let gone = |operation, before| {
            let attempt = Attempt { number: 2, failure: Failure::Status(404), before, ..FIRST };
            decide(operation, &attempt, &Policy::default(), 0.5)
        };
        for operation in OPERATIONS {
            let deletes = ["deleteContact", "deleteTag"].contains(&operation.id);
            let expected = if deletes { Decision::Done } else { Decision::GiveUp };
            assert_eq!(gone(operation, Outcome::Unknown), expected, "{}", operation.id);
            assert_eq!(gone(operation, Outcome::Applied), expected, "{}", operation.id);
            assert_eq!(gone(operation, Outcome::Rejected), Decision::GiveUp, "{}", operation.id);
            assert_eq!(gone(operation, Outcome::NotSent), Decision::GiveUp, "{}", operation.id);
        }
    }

    #[test]
    fn no_try_beyond_the_permitted_ones() {
        let third = Attempt { number: 3, failure: Failure::Status(429), ..FIRST };
        assert_eq!(decide(GetContact::META, &third, &Policy::default(), 0.5), Decision::GiveUp);
        let none = Policy { max_retries: 0, ..Policy::default() };
        assert_eq!(decide(GetContact::META, &FIRST, &none, 0.5), Decision::GiveUp);
    }

    #[test]
    fn no_try_beyond_the_total_time() {
        let policy = Policy { total_ms: 1000.0, ..Policy::default() };
        for (elapsed_ms, expected) in [(749.0, Decision::Retry(250.0)), (750.0, Decision::GiveUp)] {
            let attempt = Attempt { elapsed_ms, ..FIRST };
            assert_eq!(decide(GetContact::META, &attempt, &policy, 0.5), expected, "{elapsed_ms}");
        }
    }

    #[test]
    fn waits_double_up_to_a_bound_and_are_jittered_over_all_of_it() {
        let policy = Policy { max_retries: 99, ..Policy::default() };
        let wait = |number, random| decide(GetContact::META, &Attempt { number, ..FIRST }, &policy, random);
        for (number, random, ms) in
            [(1, 1.0, 500.0), (2, 1.0, 1000.0), (3, 1.0, 2000.0), (9, 1.0, 8000.0), (99, 1.0, 8000.0), (3, 0.25, 500.0)]
        {
            assert_eq!(wait(number, random), Decision::Retry(ms), "{number} {random}");
        }
        assert_eq!(wait(1, 0.0), Decision::Retry(0.0));
    }

    #[test]
    fn a_contact_that_was_only_just_created_is_waited_for_by_every_operation() {
        let policy = Policy { max_retries: 99, ..Policy::default() };
        let wait = |operation, number, random| {
            let attempt = Attempt { number, failure: Failure::Status(449), ..FIRST };
            decide(operation, &attempt, &policy, random)
        };
        for operation in OPERATIONS {
            assert_eq!(wait(operation, 1, 0.5), Decision::Retry(2875.0), "{}", operation.id);
        }
        for (number, random, ms) in [
            (1, 0.0, 2000.0),
            (1, 1.0, 3750.0),
            (2, 1.0, 5500.0),
            (5, 1.0, 30_000.0),
            (99, 1.0, 30_000.0),
            (99, 0.0, 2000.0),
        ] {
            assert_eq!(wait(SendMessage::META, number, random), Decision::Retry(ms), "{number} {random}");
        }
    }

    #[test]
    fn a_449_is_waited_for_within_the_time_that_there_is() {
        let new = Attempt { failure: Failure::Status(449), ..FIRST };
        let decide = |attempt: &Attempt, policy: &Policy| decide(SendMessage::META, attempt, policy, 0.5);
        let brief = Policy { total_ms: 2800.0, ..Policy::default() };
        assert_eq!(decide(&new, &brief), Decision::GiveUp);
        let hasty = Policy { max_delay_ms: 1000.0, ..Policy::default() };
        assert_eq!(decide(&new, &hasty), Decision::GiveUp);
        let asked = Attempt { retry_after_ms: Some(7000.0), ..new };
        assert_eq!(decide(&asked, &Policy::default()), Decision::Retry(7000.0));
        let last = Attempt { number: 3, ..new };
        assert_eq!(decide(&last, &Policy::default()), Decision::GiveUp);
    }

    #[test]
    fn the_longest_delay_bounds_the_backoff_and_leaves_a_longer_retry_after_to_the_caller() {
        let policy = Policy { max_delay_ms: 300.0, ..Policy::default() };
        assert_eq!(decide(GetContact::META, &FIRST, &policy, 0.5), Decision::Retry(150.0));
        for (retry_after_ms, expected) in [(300.0, Decision::Retry(300.0)), (301.0, Decision::GiveUp)] {
            let limited = Attempt { failure: Failure::Status(429), retry_after_ms: Some(retry_after_ms), ..FIRST };
            assert_eq!(decide(GetContact::META, &limited, &policy, 0.5), expected, "{retry_after_ms}");
        }
    }

    #[test]
    fn retry_after_headers() {
        let now = 784_111_770_000.0;
        let table = [
            ("0", Some(0.0)),
            (" 7 ", Some(7000.0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(7000.0)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", Some(0.0)),
            ("Thu, 29 Feb 2024 00:00:00 GMT", Some(1_709_164_800_000.0 - now)),
            ("Fri, 01 Mar 2024 00:00:00 GMT", Some(1_709_251_200_000.0 - now)),
            ("Wed, 01 Mar 2023 00:00:00 GMT", Some(1_677_628_800_000.0 - now)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 32 Nov 1994 08:49:37 GMT", None),
            ("Sun, 06 Foo 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49:37", None),
        ];
        for (header, expected) in table {
            assert_eq!(retry_after(header, now), expected, "{header}");
        }
    }
}
