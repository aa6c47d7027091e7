//! Whatever the sandbox is sent, it answers in the words of the surface that is asked, and its workspace stays in order.

use respond_io_sandbox::{Options, RateSetting, Request, Response, Service, Surface};
use respond_io_wasm::engine::check;
use serde_json::Value;

/// What stands between two requests.
pub const SEPARATOR: &str = "\n%%\n";
/// The statuses of the contract, and those that HTTP asks of a server.
const STATUSES: [u16; 8] = [200, 400, 401, 404, 405, 409, 415, 429];

/// Sends requests to a sandbox with three contacts, one after the other; gives the statuses that it answered.
///
/// They are written down much as HTTP does: method, space, URL; a header a line; an empty line; the body. Requests are
/// separated by [`SEPARATOR`].
///
/// # Panics
///
/// Where an answer is not as the surface says, or where what is left of the workspace cannot be restored.
pub fn router(data: &[u8]) -> Vec<u16> {
    let options = Options { rate_limit: Some(RateSetting::Off), ..Options::default() };
    let mut service = Service::new(options, 0).expect("the options are valid");
    service.seed(3, 1, 0).expect("three contacts fit");
    let statuses = split(data, SEPARATOR.as_bytes()).map(|request| answer(&mut service, request)).collect();
    let snapshot = service.snapshot();
    service.restore(snapshot.clone()).expect("a snapshot can be restored");
    assert_eq!(service.snapshot(), snapshot);
    statuses
}

fn answer(service: &mut Service, written: &[u8]) -> u16 {
    let (head, body) = split_once(written, b"\n\n");
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split('\n');
    let (method, url) = lines.next().and_then(|line| line.split_once(' ')).unwrap_or_default();
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_string(), value.to_string()));
    let headers: Vec<_> = lines.filter_map(header).collect();
    let response = service.handle(&Request { method, url, headers: &headers, body }, 0);
    let entry = service.journal(0).pop().expect("every exchange is written down");
    service.clear_journal();
    assert_eq!((entry.acted, entry.status), (response.status == 200, Some(response.status)));
    let written = entry.request_headers.iter().find(|(name, _)| name == "authorization");
    assert!(written.is_none_or(|(_, value)| value == "[redacted]"), "the token is written down");
    let surface = if entry.url.starts_with("/live/v2/") { Surface::Live } else { Surface::Contract };
    check_answer(&response, surface, entry.operation);
    response.status
}

fn check_answer(response: &Response, surface: Surface, operation: Option<&str>) {
    assert!(STATUSES.contains(&response.status), "{response:?}");
    assert_eq!((response.delay_ms, response.fault), (0, None));
    for (name, value) in &response.headers {
        assert!(http::HeaderName::from_lowercase(name.as_bytes()).is_ok(), "{name:?}");
        assert!(http::HeaderValue::from_str(value).is_ok(), "{value:?}");
    }
    let content_type = response.headers.iter().find(|(name, _)| name == "content-type");
    assert_eq!(content_type.is_some(), !response.body.is_empty());
    if response.status != 200 {
        let error: Value = serde_json::from_slice(&response.body).expect("an error has a JSON body");
        let status = if surface == Surface::Live { "code" } else { "status" };
        assert_eq!(error[status], response.status);
        assert!(error["message"].is_string() && error.as_object().is_some_and(|members| members.len() == 2), "{error}");
        return;
    }
    let mut operations = surface.operations().iter();
    let operation = operations.find(|known| Some(known.id) == operation).expect("only an operation succeeds");
    match &operation.response {
        None => assert!(response.body.is_empty()),
        Some(kind) => assert_eq!(check::received(&response.body, kind), Ok(None)),
    }
}

fn split<'a>(bytes: &'a [u8], separator: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let bytes = rest?;
        let at = position(bytes, separator);
        rest = at.map(|at| &bytes[at + separator.len()..]);
        Some(&bytes[..at.unwrap_or(bytes.len())])
    })
}

fn split_once<'a>(bytes: &'a [u8], separator: &[u8]) -> (&'a [u8], &'a [u8]) {
    match position(bytes, separator) {
        Some(at) => (&bytes[..at], &bytes[at + separator.len()..]),
        None => (bytes, b""),
    }
}

fn position(bytes: &[u8], separator: &[u8]) -> Option<usize> {
    bytes.windows(separator.len()).position(|window| window == separator)
}
