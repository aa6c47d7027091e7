//! What a server says in `Retry-After` is a sane wait or none, and no header or token of a user's breaks out of its line.

use http::{HeaderName, HeaderValue};
use respond_io_sandbox::{Options, Sandbox};
use respond_io_wasm::engine::retry::retry_after;
use respond_io_wasm::{Client, Error};
use std::time::UNIX_EPOCH;

/// The headers that the client sets itself.
const OURS: [&str; 3] = ["accept", "authorization", "content-type"];

/// Judges a header, `name: value`, as what a server says and as what a user adds; its value also as a token.
pub fn headers(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (name, value) = text.split_once(':').unwrap_or(("x-text", &text));
    wait(value, data.len() as f64 * 1e9);
    added(name, value.trim_start_matches(' '));
    token(value);
}

/// The milliseconds to wait that `Retry-After` asks for at the Unix milliseconds `now`.
///
/// # Panics
///
/// Where they are negative, no number or endless, or where `httpdate` reads another date.
pub fn wait(value: &str, now: f64) -> Option<f64> {
    let wait = retry_after(value, now);
    assert!(wait.is_none_or(|ms| ms >= 0.0), "{wait:?}");
    let digits = value.trim();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds: f64 = digits.parse().expect("digits are a number");
        // No wait is longer than JavaScript's numbers count exactly.
        let expected = (seconds * 1000.0).min(9_007_199_254_740_991.0);
        let is_close = |ms: f64| ms == expected || (ms - expected).abs() <= expected * 1e-12;
        assert!(wait.is_some_and(is_close), "{wait:?} for {expected}");
    }
    if let Ok(date) = httpdate::parse_http_date(digits)
        && httpdate::fmt_http_date(date) == digits
        && let Ok(since) = date.duration_since(UNIX_EPOCH)
    {
        assert_eq!(wait, Some((since.as_secs_f64() * 1000.0 - now).max(0.0)), "{value}");
    }
    wait
}

/// Whether the client takes a header of the user's.
///
/// # Panics
///
/// Where it takes one that HTTP forbids or that it sets itself, or refuses any other.
pub fn added(name: &str, value: &str) -> bool {
    let taken = is_taken(Client::builder().header(name, value).api_token("token").transport(sandbox()).build());
    let is_permitted = HeaderName::from_bytes(name.as_bytes()).is_ok() && is_value(value);
    assert_eq!(taken, is_permitted && !OURS.contains(&name.to_ascii_lowercase().as_str()), "{name:?}: {value:?}");
    taken
}

/// Whether the client takes a token.
///
/// # Panics
///
/// Where it takes one that HTTP forbids.
pub fn token(token: &str) -> bool {
    let taken = is_taken(Client::builder().api_token(token).transport(sandbox()).build());
    let is_permitted = !token.is_empty() && is_value(token) && !token.contains([' ', '\t']);
    assert_eq!(taken, is_permitted, "{token:?}");
    taken
}

/// What HTTP permits, less the letters beyond ASCII, which every server reads in its own way.
fn is_value(value: &str) -> bool {
    value.is_ascii() && HeaderValue::from_str(value).is_ok()
}

fn is_taken(built: Result<Client, Error>) -> bool {
    match built {
        Ok(_) => true,
        Err(Error::Validation(_)) => false,
        Err(other) => panic!("{other}"),
    }
}

/// A sandbox that nothing is sent to.
fn sandbox() -> Sandbox {
    thread_local! {
        static SANDBOX: Sandbox = Sandbox::new(Options::default()).expect("the options are valid");
    }
    SANDBOX.with(Sandbox::clone)
}
