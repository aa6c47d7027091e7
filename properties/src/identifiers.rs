//! No argument changes the path: it stays in its segment, percent-encoded, and the sandbox reads the same out of it.

use crate::generate::Generator;
use crate::surfaces::{base_path, operations};
use respond_io_sandbox::{Options, RateSetting, Request, Service};
use respond_io_wasm::engine::{identifier, request};
use respond_io_wasm::operation::{OperationMeta, Place};
use respond_io_wasm::schema::Kind;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};

/// Gives every operation the bytes as its arguments, and where they are text, as each argument that is an identifier.
pub fn identifiers(data: &[u8]) {
    identifier::is_user(data);
    identifier::is_uri(data);
    for operation in operations() {
        arguments(operation, data);
        if let Ok(text) = std::str::from_utf8(data) {
            addressed(operation, text);
        }
    }
}

/// Builds the request of these arguments, one JSON object; gives its target where the engine takes them.
///
/// # Panics
///
/// Where the target is not as the operation's template says.
pub fn arguments(operation: &OperationMeta, arguments: &[u8]) -> Option<String> {
    let request = request::build(operation, arguments).ok()?;
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let (template, segments): (Vec<_>, Vec<_>) = (operation.path.split('/').collect(), path.split('/').collect());
    assert_eq!(template.len(), segments.len(), "{path} has other segments than {}", operation.path);
    for (part, segment) in template.iter().zip(segments) {
        match part.starts_with('{') {
            true => assert!(is_data(segment), "{segment} is more than data"),
            false => assert_eq!(*part, segment),
        }
    }
    assert!(query.is_empty() || operation.places.contains(&Place::Query), "nobody asked for the query {query}");
    assert!(query.split('&').flat_map(|pair| pair.splitn(2, '=')).all(|part| query.is_empty() || is_data(part)));
    assert_eq!(request.body.is_some(), operation.places.contains(&Place::Body));
    assert!(request.body.is_none_or(|body| serde_json::from_slice::<IgnoredAny>(body).is_ok()), "the body is no JSON");
    assert_eq!(route_of(operation, &request.target), Some(operation.id), "{}", request.target);
    Some(request.target)
}

/// Addresses a contact by the text in each of its forms; gives how many of them the engine took.
///
/// # Panics
///
/// Where the text that stands in the path is another one.
pub fn addressed(operation: &OperationMeta, text: &str) -> usize {
    let Some(place) = operation.path.split('/').position(|part| part == "{identifier}") else { return 0 };
    let forms = [
        (json!(text), text.to_string()),
        (json!({ "email": text }), format!("email:{text}")),
        (json!({ "phone": text }), format!("phone:{text}")),
        // A number is written as it is, so that no text passes for one.
        (json!({ "id": text }), String::from("none")),
    ];
    let mut taken = 0;
    for (value, expected) in forms {
        let target = arguments(operation, &with_identifier(operation, value));
        assert_eq!(target.is_some(), identifier::is_identifier(expected.as_bytes()), "{expected:?}");
        let Some(target) = target else { continue };
        assert_eq!(decoded(target.split('/').nth(place).unwrap_or_default()), expected.as_bytes());
        taken += 1;
    }
    taken
}

/// Valid arguments of an operation, but for this identifier.
fn with_identifier(operation: &OperationMeta, identifier: Value) -> Vec<u8> {
    let mut generator = Generator::new(1);
    // serde_json does not read half a surrogate pair, which is a text that may be sent.
    let mut value = |kind: &Kind| loop {
        if let Ok(value) = serde_json::from_slice(&generator.sent(kind)) {
            return value;
        }
    };
    let others = operation.input.fields.iter().filter(|field| !matches!(field.kind, Kind::Identifier));
    let mut object: Map<String, Value> = others.map(|field| (field.name.into(), value(&field.kind))).collect();
    object.insert("identifier".into(), identifier);
    Value::Object(object).to_string().into_bytes()
}

/// Whether it is one segment that is nothing but data: unreserved characters, escapes, and what the path permits.
fn is_data(segment: &str) -> bool {
    let mut rest = segment.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (b'%', [high, low, tail @ ..]) if is_hex(*high) && is_hex(*low) => tail,
            (b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' | b':' | b'@' | b'+', tail) => tail,
            _ => return false,
        };
    }
    // Readers of URLs take an escaped dot for a dot.
    !matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "" | "." | "..")
}

fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'F')
}

fn decoded(segment: &str) -> Vec<u8> {
    let mut parts = segment.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

/// The operation that the sandbox takes a request for. Without a token it goes no further than that.
fn route_of(operation: &OperationMeta, target: &str) -> Option<&'static str> {
    thread_local! {
        static SERVICE: std::cell::RefCell<Service> = {
            let options = Options { rate_limit: Some(RateSetting::Off), ..Options::default() };
            Service::new(options, 0).expect("the options are valid").into()
        };
    }
    SERVICE.with_borrow_mut(|service| {
        let url = format!("https://api.respond.io{}{target}", base_path(operation));
        service.handle(&Request { method: operation.method.as_str(), url: &url, headers: &[], body: b"" }, 0);
        let operation = service.journal(0).pop().and_then(|entry| entry.operation);
        service.clear_journal();
        operation
    })
}
