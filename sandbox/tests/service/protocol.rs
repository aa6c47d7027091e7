//! What holds for every request: checks in their order, the request limit, faults, the journal.

use crate::support::Api;
use respond_io_sandbox::{
    FaultKind, FaultRule, JOURNAL_BYTES, JOURNAL_CAPACITY, Options, RateLimit, RateSetting, Request, Response,
};

const CREATE: &str = r#"{"firstName":"A"}"#;

type Headers<'a> = &'a [(&'a str, &'a str)];

fn send(api: &mut Api, method: &str, path: &str, headers: Headers, body: &[u8]) -> Response {
    let headers: Vec<(String, String)> = headers.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
    api.service.handle(&Request { method, url: path, headers: &headers, body }, 0)
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn limited(limit: u32) -> Api {
    let rate_limit = Some(RateSetting::On(RateLimit { limit, window_ms: 1000 }));
    Api::with(Options { rate_limit, ..Options::default() })
}

#[test]
fn the_first_check_that_fails_answers() {
    let mut api = limited(6);
    let token = ("authorization", "Bearer sandbox");
    let json = ("content-type", "application/json");
    let table: [(&str, &str, Headers, &[u8], u16); 12] = [
        ("POST", "/v2/nowhere", &[], b"{", 404),
        ("PATCH", "/v2/contact", &[], b"{", 405),
        ("POST", "/v2/contact", &[], b"{", 401),
        ("POST", "/v2/contact", &[("authorization", "Bearer wrong")], b"{", 401),
        ("POST", "/v2/contact", &[("authorization", "Basic sandbox")], b"{", 401),
        ("POST", "/v2/contact", &[("authorization", "sandbox")], b"{", 401),
        ("POST", "/v2/contact", &[("authorization", "Bearer ")], b"{", 401),
        ("POST", "/v2/contact", &[token], b"{", 415),
        ("POST", "/v2/contact", &[token, json], b"{", 400),
        ("POST", "/v2/contact", &[token, json], b"\xff", 400),
        ("POST", "/v2/contact", &[token, json], br#"{"firstName":"\ud800"}"#, 400),
        ("POST", "/v2/contact", &[("AUTHORIZATION", "bearer sandbox"), json], b"{}", 200),
    ];
    for (method, path, headers, body, status) in table {
        let response = send(&mut api, method, path, headers, body);
        assert_eq!(response.status, status, "{method} {path} {headers:?}");
        assert!(header(&response, "x-ratelimit-remaining").is_some() || method == "PATCH");
        assert_eq!(header(&response, "www-authenticate").is_some(), status == 401);
        assert_eq!(header(&response, "allow").is_some(), status == 405);
    }
    assert_eq!(send(&mut api, "POST", "/v2/contact", &[token], b"{").status, 415);
    assert_eq!(
        send(&mut api, "POST", "/v2/contact", &[token], b"{").status,
        429,
        "the limit goes before the content type"
    );
    assert_eq!(send(&mut api, "POST", "/v2/contact", &[], b"{").status, 401, "and after the token");
}

#[test]
fn the_limit_is_five_a_second_for_each_method_unless_told() {
    let mut api = Api::with(Options { rate_limit: Some(RateSetting::On(RateLimit::default())), ..Options::default() });
    for used in 1..=5 {
        let response = api.send("POST", "/contact", CREATE);
        let remaining = (5 - used).to_string();
        assert_eq!(header(&response, "x-ratelimit-limit"), Some("5"));
        assert_eq!(header(&response, "x-ratelimit-remaining"), Some(remaining.as_str()));
        api.service.advance(100, 0).unwrap();
    }
    let refused = api.send("POST", "/contact", CREATE);
    assert_eq!((refused.status, header(&refused, "retry-after")), (429, Some("1")));
    assert_eq!(header(&refused, "x-ratelimit-remaining"), Some("0"));
    assert_eq!(api.status("GET", "/contact/id:1", ""), 200);
    api.service.advance(499, 0).unwrap();
    assert_eq!(api.status("POST", "/contact", CREATE), 429);
    api.service.advance(1, 0).unwrap();
    assert_eq!(api.status("POST", "/contact", CREATE), 200);
    assert_eq!(api.status("POST", "/contact", CREATE), 429, "the window slides, it does not refill");
    api.service.configure(Some(RateSetting::Off), None).unwrap();
    let free = api.send("POST", "/contact", CREATE);
    assert_eq!((free.status, header(&free, "x-ratelimit-limit")), (200, None));
}

#[test]
fn tokens_can_be_changed() {
    let mut api = Api::with(Options { tokens: Some(vec!["one".into(), "two".into()]), ..Options::default() });
    let mut status = |token: &str| {
        send(&mut api, "GET", "/v2/contact/list", &[("authorization", &format!("Bearer {token}"))], b"").status
    };
    assert_eq!([status("one"), status("two"), status("sandbox")], [200, 200, 401]);
    api.service.configure(None, Some(vec!["three".into()])).unwrap();
    assert_eq!(send(&mut api, "GET", "/v2/contact/list", &[("authorization", "Bearer three")], b"").status, 200);
    assert!(api.service.configure(None, Some(vec![])).is_err());
    assert!(api.service.configure(Some(RateSetting::On(RateLimit { limit: 0, window_ms: 1 })), None).is_err());
}

#[test]
fn faults_act_or_not_and_the_journal_says_which() {
    let status = FaultKind::Status { status: 503, retry_after: Some(2), message: Some("down".into()) };
    let table = [
        (status, 503, false),
        (FaultKind::Delay { ms: 70 }, 200, true),
        (FaultKind::ResetBefore {}, 0, false),
        (FaultKind::ResetAfter {}, 200, true),
        (FaultKind::Truncate {}, 200, true),
        (FaultKind::Garble {}, 200, true),
        (FaultKind::Stall {}, 200, true),
    ];
    for (kind, expected, acts) in table {
        let mut api = Api::new();
        let name = kind.name();
        let rule = FaultRule { operation: Some("createContact".into()), count: Some(1), ..FaultRule::new(kind) };
        api.service.add_fault(rule).unwrap();
        let response = api.send("POST", "/contact", CREATE);
        assert_eq!((response.status, response.fault), (expected, Some(name)));
        assert_eq!(response.delay_ms, if name == "delay" { 70 } else { 0 });
        assert_eq!(api.status("GET", "/contact/id:1", ""), if acts { 200 } else { 404 }, "{name}");
        let entry = api.service.journal(0).remove(0);
        assert_eq!((entry.acted, entry.fault, entry.status), (acts, Some(name), (expected > 0).then_some(expected)));
        assert_eq!(api.status("POST", "/contact", CREATE), 200, "the fault is spent");
    }
}

#[test]
fn broken_bodies_are_broken() {
    let mut api = Api::seeded(1);
    let whole = api.send("GET", "/contact/id:1", "").body;
    let mut body = |kind| {
        api.service.add_fault(FaultRule { count: Some(1), ..FaultRule::new(kind) }).unwrap();
        api.send("GET", "/contact/id:1", "").body
    };
    assert_eq!(body(FaultKind::Truncate {}), whole[..whole.len() / 2]);
    assert_eq!(body(FaultKind::Stall {}), whole[..whole.len() / 2]);
    let garbled = body(FaultKind::Garble {});
    assert_eq!(garbled.len(), whole.len());
    assert!(String::from_utf8(garbled).is_err());
}

#[test]
fn a_status_fault_speaks_the_contract() {
    let mut api = Api::new();
    let kind = FaultKind::Status { status: 429, retry_after: Some(3), message: None };
    api.service.add_fault(FaultRule { method: Some("GET".into()), ..FaultRule::new(kind) }).unwrap();
    let response = api.send("GET", "/contact/list", "");
    assert_eq!((response.status, header(&response, "retry-after")), (429, Some("3")));
    assert_eq!(response.body, br#"{"message":"a fault that was asked for","status":429}"#);
    assert_eq!(api.status("POST", "/contact", CREATE), 200, "another method");
    assert_eq!(api.service.clear_faults(None), 1);
    assert_eq!(api.status("GET", "/contact/list", ""), 200);
}

#[test]
fn the_journal_holds_what_was_said_but_no_secret() {
    let mut api = Api::new();
    api.send("POST", "/contact?", CREATE);
    api.send("GET", "/nowhere?x=1", "");
    let entries = api.service.journal(0);
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2]);
    let first = &entries[0];
    assert_eq!((first.method.as_str(), first.url.as_str()), ("POST", "/v2/contact?"));
    assert_eq!((first.operation, first.status, first.acted), (Some("createContact"), Some(200), true));
    assert_eq!((first.time, first.request_body.as_str()), (crate::support::START, CREATE));
    assert!(first.response_body.starts_with(r#"{"id":1,"firstName":"A""#));
    assert_eq!(first.request_headers[0], ("authorization".into(), "[redacted]".into()));
    assert!(!serde_json::to_string(&entries).unwrap().contains("Bearer"));
    let second = &entries[1];
    assert_eq!((second.operation, second.status, second.url.as_str()), (None, Some(404), "/v2/nowhere?x=1"));
    assert_eq!(api.service.journal(1), entries[1..]);
    api.service.clear_journal();
    api.send("GET", "/contact/list", "");
    assert_eq!(api.service.journal(0)[0].seq, 3);
    for _ in 0..JOURNAL_CAPACITY {
        api.send("GET", "/x", "");
    }
    let full = api.service.journal(0);
    assert_eq!((full.len(), full[0].seq), (JOURNAL_CAPACITY, 4));
}

#[test]
fn the_journal_does_not_grow_without_bound() {
    let mut api = Api::new();
    let body = format!(r#"{{"firstName":"{}"}}"#, "a".repeat(1 << 20));
    for _ in 0..40 {
        api.send("POST", "/nowhere", &body);
    }
    let entries = api.service.journal(0);
    let bytes: usize = entries.iter().map(|entry| entry.request_body.len() + entry.response_body.len()).sum();
    assert!(bytes <= JOURNAL_BYTES && bytes > JOURNAL_BYTES - (2 << 20), "{bytes}");
    assert_eq!(entries.last().unwrap().seq, 40);
    let huge = "a".repeat(JOURNAL_BYTES + 1);
    api.send("POST", "/nowhere", &huge);
    assert_eq!(api.service.journal(0).len(), 1, "the last exchange is always there");
}
