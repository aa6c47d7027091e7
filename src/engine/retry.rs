//! Whether to try again, and when.

use crate::operation::OperationMeta;

/// The first wait after a failure without `Retry-After`, in milliseconds, before jitter.
pub const BASE_DELAY_MS: f64 = 500.0;
/// The longest wait after a failure without `Retry-After`, in milliseconds, before jitter.
pub const MAX_DELAY_MS: f64 = 8_000.0;
/// The longest `Retry-After` that is obeyed by waiting, in milliseconds; a longer one is the caller's decision.
pub const MAX_RETRY_AFTER_MS: f64 = 60_000.0;

/// How a try ended without success.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failure {
    /// The connection failed or the time ran out: nobody knows whether the server acted.
    Lost,
    /// The server answered with this status.
    Status(u16),
}

/// Decides on another try: `Some(ms)` to wait that long first, `None` to give up.
///
/// - `retries_left`: how many more tries are permitted.
/// - `attempt`: how many tries were made, 1 after the first.
/// - `retry_after`: the milliseconds that the server asks for, where it does.
/// - `random`: a number from 0 up to, not including, 1, for the jitter.
///
/// A 429 says that the server did not act, so every operation is tried again. After a lost connection, a 408 or a 5xx
/// only an idempotent one is.
///
/// ```
/// use respond_io_wasm::engine::retry::{Failure, decide};
/// use respond_io_wasm::operation::{GetContact, Operation, SendMessage};
///
/// assert_eq!(decide(SendMessage::META, Failure::Status(502), 2, 1, None, 0.5), None);
/// assert_eq!(decide(GetContact::META, Failure::Status(502), 2, 1, None, 0.5), Some(250.0));
/// assert_eq!(decide(SendMessage::META, Failure::Status(429), 2, 1, Some(3000.0), 0.5), Some(3000.0));
/// ```
pub fn decide(
    operation: &OperationMeta,
    failure: Failure,
    retries_left: u32,
    attempt: u32,
    retry_after: Option<f64>,
    random: f64,
) -> Option<f64> {
    if retries_left == 0 || !may_repeat(operation, failure) {
        return None;
    }
    match retry_after {
        Some(ms) if ms > MAX_RETRY_AFTER_MS => None,
        Some(ms) => Some(ms),
        None => Some(backoff(attempt) * random),
    }
}

fn may_repeat(operation: &OperationMeta, failure: Failure) -> bool {
    match failure {
        Failure::Status(429) => true,
        Failure::Lost | Failure::Status(408 | 500..=599) => operation.idempotent,
        Failure::Status(_) => false,
    }
}

fn backoff(attempt: u32) -> f64 {
    let doublings = attempt.saturating_sub(1).min(16);
    (BASE_DELAY_MS * (1u32 << doublings) as f64).min(MAX_DELAY_MS)
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
        return Some(decimal(header) * 1000.0);
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

    #[test]
    fn a_429_is_repeated_for_every_operation() {
        for operation in OPERATIONS {
            assert_eq!(decide(operation, Failure::Status(429), 2, 1, Some(1000.0), 0.9), Some(1000.0));
        }
    }

    #[test]
    fn only_idempotent_operations_are_repeated_when_the_server_may_have_acted() {
        let unsafe_ids =
            ["createContact", "mergeContacts", "sendMessage", "createComment", "createTag", "createCustomField"];
        for operation in OPERATIONS {
            assert_eq!(operation.idempotent, !unsafe_ids.contains(&operation.id), "{}", operation.id);
            for failure in [Failure::Lost, Failure::Status(408), Failure::Status(500), Failure::Status(503)] {
                let expected = operation.idempotent.then_some(250.0);
                assert_eq!(decide(operation, failure, 1, 1, None, 0.5), expected, "{} {failure:?}", operation.id);
            }
        }
    }

    #[test]
    fn a_refusal_is_final() {
        for status in [302, 400, 401, 403, 404, 405, 409, 415, 422] {
            assert_eq!(decide(GetContact::META, Failure::Status(status), 2, 1, None, 0.5), None, "{status}");
        }
    }

    #[test]
    fn no_try_beyond_the_permitted_ones() {
        assert_eq!(decide(GetContact::META, Failure::Status(429), 0, 3, Some(1.0), 0.5), None);
    }

    #[test]
    fn waits_double_up_to_a_bound_and_are_jittered_over_all_of_it() {
        let wait = |attempt, random| decide(GetContact::META, Failure::Lost, 9, attempt, None, random).unwrap();
        assert_eq!(
            [wait(1, 1.0), wait(2, 1.0), wait(3, 1.0), wait(9, 1.0), wait(99, 1.0)],
            [500.0, 1000.0, 2000.0, 8000.0, 8000.0]
        );
        assert_eq!([wait(1, 0.0), wait(3, 0.25)], [0.0, 500.0]);
    }

    #[test]
    fn a_retry_after_beyond_the_bound_is_left_to_the_caller() {
        assert_eq!(decide(GetContact::META, Failure::Status(429), 2, 1, Some(60_001.0), 0.5), None);
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
