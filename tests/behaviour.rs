//! Runs the table of behaviour cases, `behaviour/cases.json`, through the Rust client: with JSON, and typed where the
//! arguments have a type.
#![cfg(not(target_arch = "wasm32"))]

mod script;

use respond_io_wasm::client::{Call, ResponseValidation};
use respond_io_wasm::operation::*;
use respond_io_wasm::transport::{HttpRequest, TransportError};
use respond_io_wasm::{Client, Error};
use script::{Script, Step, answer};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

const BASE_URL: &str = "https://example.test/v2";
const TOKEN: &str = "test-token";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Case {
    name: String,
    operation: String,
    arguments: Value,
    #[serde(default)]
    options: Options,
    answers: Vec<ScriptedAnswer>,
    expect: Expectation,
    expect_typed: Option<Expectation>,
    request: Option<Vec<Value>>,
    #[serde(default)]
    waits: Vec<f64>,
    #[serde(default)]
    warnings: Vec<Value>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Options {
    base_url: Option<String>,
    max_retries: Option<u32>,
    response_validation: Option<String>,
    retry_unsafe: Option<bool>,
    max_retry_delay_ms: Option<u32>,
    total_timeout: Option<u32>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ScriptedAnswer {
    Failure(String),
    #[serde(rename_all = "camelCase")]
    Text {
        status: u16,
        #[serde(default)]
        headers: BTreeMap<String, String>,
        body: String,
        #[serde(default)]
        body_lost: bool,
    },
    #[serde(rename_all = "camelCase")]
    Bytes {
        status: u16,
        body_base64: String,
    },
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Expectation {
    Value(Value),
    Nothing(bool),
    Error(ExpectedError),
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ExpectedError {
    name: String,
    outcome: String,
    status_code: Option<u16>,
    message: Option<String>,
    attempts: u32,
    body: Option<Value>,
    retry_after: Option<f64>,
    path: Option<String>,
    rule: Option<String>,
}

/// What came of a case.
struct Outcome {
    result: Result<Value, Error>,
    warnings: Vec<Value>,
    script: Script,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("behaviour/cases.json")).unwrap()
}

#[test]
fn every_case_by_json() {
    for case in cases() {
        let operation = OPERATIONS.iter().find(|operation| operation.id == case.operation).unwrap();
        let outcome =
            run(&case, |client| pollster::block_on(client.call_json(operation, &case.arguments).into_future()));
        check(&case, &case.expect, &outcome);
    }
}

#[test]
fn every_case_that_types_can_say() {
    let mut typed = BTreeSet::new();
    for case in cases() {
        let Some(call) = typed_call(&case) else { continue };
        let outcome = run(&case, call);
        check(&case, &typed_expectation(&case), &outcome);
        typed.insert(case.operation);
    }
    assert_eq!(typed.len(), OPERATIONS.len());
}

#[test]
fn the_table_names_every_case_once_and_covers_every_operation() {
    let cases = cases();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let operations: BTreeSet<&str> = cases.iter().map(|case| case.operation.as_str()).collect();
    assert_eq!(names.len(), cases.len());
    assert_eq!(operations.len(), OPERATIONS.len());
}

fn run(case: &Case, call: impl FnOnce(&Client) -> Result<Value, Error>) -> Outcome {
    let script = Script::new(case.answers.iter().map(scripted));
    let warnings = Arc::new(Mutex::new(Vec::new()));
    let client = client(&case.options, &script, &warnings);
    let result = call(&client);
    let warnings = warnings.lock().unwrap().clone();
    Outcome { result, warnings, script }
}

fn client(options: &Options, script: &Script, warnings: &Arc<Mutex<Vec<Value>>>) -> Client {
    let validation = match options.response_validation.as_deref() {
        None | Some("warn") => ResponseValidation::Warn,
        Some("throw") => ResponseValidation::Throw,
        Some("off") => ResponseValidation::Off,
        Some(other) => panic!("unknown responseValidation {other}"),
    };
    let warnings = warnings.clone();
    Client::builder()
        .api_token(TOKEN)
        .base_url(options.base_url.as_deref().unwrap_or(BASE_URL))
        .max_retries(options.max_retries.unwrap_or(2))
        .response_validation(validation)
        .rate_limit(None)
        .retry_unsafe(options.retry_unsafe.unwrap_or(false))
        .max_retry_delay_ms(options.max_retry_delay_ms.unwrap_or(60_000))
        .total_timeout_ms(options.total_timeout.unwrap_or(0))
        .on_mismatch(move |mismatch| {
            let warning = json!({ "path": mismatch.fault.path, "rule": mismatch.fault.rule.name() });
            warnings.lock().unwrap().push(warning);
        })
        .transport(script.clone())
        .build()
        .unwrap()
}

fn scripted(scripted: &ScriptedAnswer) -> Step {
    let answer = match scripted {
        ScriptedAnswer::Failure(kind) if kind == "connection" => Err(TransportError::Connection("reset".into())),
        ScriptedAnswer::Failure(kind) if kind == "never_left" => Err(TransportError::NeverLeft("refused".into())),
        ScriptedAnswer::Failure(kind) if kind == "timeout" => Err(TransportError::Timeout),
        ScriptedAnswer::Failure(kind) => panic!("unknown failure {kind}"),
        ScriptedAnswer::Text { status, headers, body, body_lost } => {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let answer = answer(*status, &headers, body.as_str());
            if *body_lost {
                return Step::BodyLost(answer.unwrap());
            }
            answer
        }
        ScriptedAnswer::Bytes { status, body_base64 } => answer(*status, &[], base64(body_base64)),
    };
    Step::Whole(answer)
}

/// What a typed call gives: a model holds null and a missing field alike, and writes neither.
fn typed_expectation(case: &Case) -> Expectation {
    let mut expected = case.expect_typed.clone().unwrap_or_else(|| case.expect.clone());
    if let Expectation::Value(Value::Object(fields)) = &mut expected {
        fields.retain(|_, value| !value.is_null());
    }
    expected
}

fn check(case: &Case, expected: &Expectation, outcome: &Outcome) {
    let name = &case.name;
    match (expected, &outcome.result) {
        (Expectation::Value(expected), Ok(value)) => assert_eq!(value, expected, "{name}"),
        (Expectation::Nothing(true), Ok(value)) => assert_eq!(value, &Value::Null, "{name}"),
        (Expectation::Error(expected), Err(error)) => check_error(case, expected, error),
        (_, result) => panic!("{name}: {result:?}"),
    }
    let requests = outcome.script.requests();
    assert_eq!(requests.len(), case.answers.len(), "{name}: requests");
    for request in &requests {
        check_request(case, request);
    }
    assert_eq!(outcome.script.waits(), case.waits, "{name}: waits");
    assert_eq!(outcome.warnings, case.warnings, "{name}: warnings");
}

fn check_error(case: &Case, expected: &ExpectedError, error: &Error) {
    let (name, details) = (&case.name, error.details());
    assert_eq!(error.name(), expected.name, "{name}: {error}");
    assert_eq!(details.operation, Some(case.operation.as_str()), "{name}");
    assert_eq!(details.status_code, expected.status_code, "{name}");
    assert_eq!(details.attempts, expected.attempts, "{name}");
    assert_eq!(details.outcome.name(), expected.outcome, "{name}");
    assert_eq!(details.retry_after, expected.retry_after, "{name}");
    if let Some(message) = &expected.message {
        assert!(error.to_string().contains(message), "{name}: {error}");
    }
    if expected.body.is_some() {
        assert_eq!(details.body, expected.body, "{name}");
    }
    if expected.path.is_some() {
        assert_eq!(details.path, expected.path, "{name}");
    }
    assert_eq!(details.rule.map(|rule| rule.name()), expected.rule.as_deref(), "{name}");
    assert!(!format!("{error}{error:?}").contains(TOKEN), "{name}: the token is in the error");
}

fn check_request(case: &Case, request: &HttpRequest) {
    let name = &case.name;
    let base = case.options.base_url.as_deref().unwrap_or(BASE_URL);
    let body = request.body.as_deref().map(|body| serde_json::from_slice(body).unwrap());
    let mut sent = vec![json!(request.method.as_str()), json!(request.url.strip_prefix(base).unwrap())];
    sent.extend(body);
    assert_eq!(Some(&sent), case.request.as_ref(), "{name}");
    let mut headers = vec![("accept", "application/json"), ("authorization", "Bearer test-token")];
    if sent.len() == 3 {
        headers.push(("content-type", "application/json"));
    }
    let names_and_values: Vec<_> =
        request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(names_and_values, headers, "{name}");
}

/// The case through the operation's own type, where its arguments are of that type.
fn typed_call(case: &Case) -> Option<impl FnOnce(&Client) -> Result<Value, Error>> {
    macro_rules! dispatch {
        ($($operation:ident)*) => {
            match case.operation.as_str() {
                $(id if id == $operation::META.id => typed::<$operation>(case),)*
                other => panic!("unknown operation {other}"),
            }
        };
    }
    dispatch!(CreateContact CreateOrUpdateContact ListContacts GetContact UpdateContact DeleteContact MergeContacts
        AddContactTags RemoveContactTags ListContactChannels SendMessage GetMessage UpdateConversationStatus
        AssignConversation CreateComment CreateTag UpdateTag DeleteTag ListCustomFields CreateCustomField)
}

type TypedCall = Box<dyn FnOnce(&Client) -> Result<Value, Error>>;

fn typed<O: Operation + 'static>(case: &Case) -> Option<TypedCall>
where
    O::Response: Send + 'static,
{
    let operation: O = serde_json::from_value(case.arguments.clone()).ok()?;
    if serde_json::to_value(&operation).unwrap() != case.arguments {
        return None;
    }
    Some(Box::new(move |client| {
        let call: Call<O::Response> = client.call(operation);
        pollster::block_on(call.into_future()).map(|value| serde_json::to_value(&value).unwrap())
    }))
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| ALPHABET.iter().position(|letter| *letter == byte));
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0, 0);
    for digit in digits {
        bits = bits << 6 | digit;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
