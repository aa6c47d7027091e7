//! What the table of behaviour cases cannot say: options, streams, tokens, types.
#![cfg(not(target_arch = "wasm32"))]

mod script;

use futures_util::StreamExt;
use pollster::block_on;
use respond_io_wasm::client::{Builder, Call, MAX_RESPONSE_BYTES, Response, ResponseValidation};
use respond_io_wasm::engine::Rule;
use respond_io_wasm::model::*;
use respond_io_wasm::transport::TransportError;
use respond_io_wasm::{Client, Error};
use script::{Answer, Script, Step, answer};
use std::sync::atomic::{AtomicU32, Ordering};

const TOKEN: &str = "secret-token";

fn builder(script: &Script) -> Builder {
    Client::builder().api_token(TOKEN).base_url("https://example.test/v2").transport(script.clone()).rate_limit(None)
}

fn client(answers: impl IntoIterator<Item = Answer>) -> (Client, Script) {
    let script = Script::new(answers);
    (builder(&script).build().unwrap(), script)
}

fn run<T: serde::de::DeserializeOwned + Send + 'static>(call: Call<T>) -> Result<T, Error> {
    block_on(call.into_future())
}

fn ok(body: &str) -> Answer {
    answer(200, &[], body)
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn a_client_asks_for_30_seconds_and_two_retries() {
    let (client, script) = client([answer(500, &[], ""), answer(500, &[], ""), answer(500, &[], "")]);
    assert!(matches!(run(client.contacts().get("id:1")), Err(Error::Server(_))));
    let requests = script.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| request.timeout_ms == 30_000.0));
    assert!(requests.iter().all(|request| request.max_response_bytes == MAX_RESPONSE_BYTES));
}

#[test]
fn a_call_s_options_go_before_the_client_s() {
    let script = Script::new([answer(500, &[], ""), ok("{}")]);
    let client =
        builder(&script).timeout_ms(5).max_retries(3).header("X-A", "client").header("X-B", "b").build().unwrap();
    let call = client.contacts().get("id:1").timeout_ms(7).max_retries(0).header("x-a", "call");
    assert!(run(call).is_err());
    run(client.contacts().get("id:1")).unwrap();

    let requests = script.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].timeout_ms, 7.0);
    assert_eq!(header(&requests[0].headers, "x-a"), ["call"]);
    assert_eq!(header(&requests[0].headers, "x-b"), ["b"]);
    assert_eq!(requests[1].timeout_ms, 5.0);
    assert_eq!(header(&requests[1].headers, "x-a"), ["client"]);
}

#[test]
fn a_call_gives_the_response_too() {
    let (client, _) = client([answer(500, &[], ""), answer(200, &[("x-ratelimit-remaining", "4")], r#"{"id":1}"#)]);
    let response: Response<Contact> = block_on(client.contacts().get("id:1").with_response()).unwrap();
    assert_eq!(response.data.id, Some(1));
    assert_eq!((response.status, response.attempts), (200, 2));
    assert_eq!(response.header("x-ratelimit-remaining"), Some("4"));
}

#[test]
fn arguments_of_a_resource_s_method_are_converted() {
    let (client, script) = client([ok(r#"{"messageId":1}"#), ok(""), ok("")]);
    run(client.messaging().send(7, MessageContent::text("Hello!"))).unwrap();
    run(client.contacts().add_tags("id:7", vec!["vip".to_string()])).unwrap();
    run(client.conversations().assign(Identifier::email("a@b.c"), Assignment::nobody())).unwrap();
    let sent: Vec<_> =
        script.requests().into_iter().map(|request| String::from_utf8(request.body.unwrap()).unwrap()).collect();
    assert_eq!(sent, [r#"{"message":{"type":"text","text":"Hello!"}}"#, r#"["vip"]"#, r#"{"assignee":null}"#]);
}

#[test]
fn nothing_is_sent_before_a_call_is_awaited() {
    let (client, script) = client([]);
    drop(client.contacts().get("id:1"));
    drop(client.contacts().get("id:1").into_future());
    assert_eq!(script.requests(), []);
}

#[test]
fn wrong_options_are_refused_with_their_name() {
    let good = || builder(&Script::default());
    let table = [
        (good().api_token(""), "apiToken"),
        (good().api_token("a b"), "apiToken"),
        (good().api_token("a\nb"), "apiToken"),
        (good().api_token("é"), "apiToken"),
        (good().base_url("http://example.com"), "baseUrl"),
        (good().header("x", "a\r\nb"), "headers"),
        (good().header("authorization", "Bearer x"), "headers"),
        (Client::builder().transport(Script::default()), "apiToken"),
        (Client::builder().api_token(TOKEN), "transport"),
    ];
    for (builder, path) in table {
        let Err(Error::Validation(details)) = builder.build() else { panic!("{path} is accepted") };
        assert_eq!(details.path.as_deref(), Some(path));
        assert!(details.message.starts_with(path), "{}", details.message);
    }
}

#[test]
fn a_call_s_wrong_header_is_refused() {
    let (client, script) = client([]);
    let Err(Error::Validation(details)) = run(client.tags().delete(3u64).header("x y", "1")) else {
        panic!("accepted")
    };
    assert_eq!((details.operation, details.path.as_deref()), (Some("deleteTag"), Some("headers")));
    assert_eq!(script.requests(), []);
}

#[test]
fn a_token_is_asked_for_before_each_try() {
    let script = Script::new([answer(500, &[], ""), ok("{}")]);
    let count = AtomicU32::new(0);
    let token = move || format!("token-{}", count.fetch_add(1, Ordering::Relaxed));
    let client = builder(&script).api_token_from(token).build().unwrap();
    run(client.contacts().get("id:1")).unwrap();
    let tokens: Vec<_> =
        script.requests().iter().map(|request| header(&request.headers, "authorization")[0].to_string()).collect();
    assert_eq!(tokens, ["Bearer token-0", "Bearer token-1"]);
}

#[test]
fn a_given_token_that_is_wrong_is_refused_before_anything_is_sent() {
    let script = Script::default();
    let client = builder(&script).api_token_from(String::new).build().unwrap();
    let Err(Error::Validation(details)) = run(client.contacts().get("id:1")) else { panic!("accepted") };
    assert_eq!((details.path.as_deref(), details.attempts), (Some("apiToken"), 0));
    assert_eq!(script.requests(), []);
}

#[test]
fn a_token_that_is_wrong_at_a_second_try_does_not_deny_the_first() {
    let script = Script::new([answer(500, &[], "")]);
    let count = AtomicU32::new(0);
    let token = move || ["first", ""][count.fetch_add(1, Ordering::Relaxed) as usize].to_string();
    let client = builder(&script).api_token_from(token).build().unwrap();
    let Err(Error::Connection(details)) = run(client.contacts().get("id:1")) else { panic!("accepted") };
    assert_eq!((details.operation, details.attempts), (Some("getContact"), 1));
    assert!(details.message.starts_with("the request could not be repeated: apiToken"), "{}", details.message);
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn a_token_that_the_service_repeats_is_in_no_error() {
    for body in [
        r#"{"message":"no secret-token","request":{"headers":[{"authorization":"Bearer secret-token"}]}}"#,
        r#"{"message":"no secret\u002dtoken"}"#,
        "<pre>Authorization: Bearer secret-token</pre>",
    ] {
        for status in [400, 401, 500] {
            let (client, _) = client([answer(status, &[], body), answer(status, &[], body), answer(status, &[], body)]);
            let error = run(client.contacts().get("id:1")).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(TOKEN) && shown.contains("[token]"), "{shown}");
        }
    }
}

#[test]
fn the_token_is_in_no_debug_output() {
    let (client, script) = client([answer(401, &[], "{}")]);
    let error = run(client.contacts().get("id:1")).unwrap_err();
    let call = client.contacts().get("id:1");
    let builder = builder(&script);
    let contacts = client.contacts();
    let texts = format!("{client:?} {builder:?} {call:?} {contacts:?} {error:?} {error} {:?}", script.requests());
    assert!(texts.contains("getContact"));
    assert!(!texts.contains(TOKEN), "{texts}");
}

#[test]
fn what_is_too_large_is_not_sent_again() {
    let too_large = || Err(TransportError::TooLarge { status: 200 });
    let (client, script) = client([too_large(), too_large()]);
    let Err(Error::Decode(details)) = run(client.contacts().get("id:1")) else { panic!("accepted") };
    assert_eq!((details.rule, details.status_code), (Some(Rule::TooLarge), Some(200)));
    run(client.tags().delete(3u64)).expect("nobody looks at this body");
    assert_eq!(script.requests().len(), 2);
}

#[test]
fn a_refusal_that_is_too_large_is_the_refusal() {
    let too_large = |status| Err(TransportError::TooLarge { status });
    let (client, script) = client([too_large(503), ok("{}"), too_large(429), ok("{}"), too_large(404)]);
    run(client.contacts().get("id:1")).expect("a 503 is repeated");
    run(client.messaging().send(7, MessageContent::text("Hello!"))).expect("a 429 is repeated");
    let Err(Error::NotFound(details)) = run(client.contacts().get("id:1")) else { panic!("another kind") };
    assert_eq!((details.status_code, details.body), (Some(404), None));
    assert_eq!(script.requests().len(), 5);
}

#[test]
fn a_body_is_asked_for_where_there_is_something_to_decode() {
    let (client, script) = client([ok("{}"), ok("")]);
    run(client.contacts().get("id:1")).unwrap();
    run(client.comments().create("id:1", Comment::new("Once"))).unwrap();
    assert_eq!(script.requests().iter().map(|request| request.needs_body).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_lost_body_leaves_the_headers() {
    let response = answer(200, &[("x-ratelimit-remaining", "4")], "{").unwrap();
    let client = builder(&Script::new([Step::BodyLost(response)])).build().unwrap();
    let response = block_on(client.tags().delete(3u64).with_response()).unwrap();
    assert_eq!((response.status, response.header("x-ratelimit-remaining")), (200, Some("4")));
}

#[test]
fn half_a_surrogate_pair_has_no_place_in_a_rust_string() {
    let (client, _) = client([ok(r#"{"firstName":"\ud800"}"#)]);
    let Err(Error::Decode(details)) = run(client.contacts().get("id:1")) else { panic!("accepted") };
    assert!(details.message.contains("surrogate"), "{}", details.message);
}

#[test]
fn mismatches_are_silent_without_a_hook() {
    let script = Script::new([ok(r#"{"id":"1"}"#)]);
    let client = builder(&script).response_validation(ResponseValidation::Warn).build().unwrap();
    let contact = run(client.contacts().get("id:1")).unwrap();
    assert_eq!((contact.id, &contact.extra["id"]), (None, &"1".into()));
}

fn page(ids: &[u64], cursor: Option<i64>, has_more: bool) -> Answer {
    let items: Vec<_> = ids.iter().map(|id| serde_json::json!({ "id": id })).collect();
    let page = serde_json::json!({ "items": items, "pagination": { "cursorId": cursor, "hasMore": has_more } });
    ok(&page.to_string())
}

/// The ids of a stream's contacts and the error that ends it.
fn read(client: &Client, query: ContactListQuery) -> (Vec<u64>, Option<Error>) {
    let (mut ids, mut ended) = (Vec::new(), None);
    for contact in block_on(client.contacts().stream(query).collect::<Vec<_>>()) {
        assert_eq!(ended, None, "nothing follows an error");
        match contact {
            Ok(contact) => ids.push(contact.id.unwrap()),
            Err(error) => ended = Some(error),
        }
    }
    (ids, ended)
}

fn targets(script: &Script) -> Vec<String> {
    let strip = |url: String| url.strip_prefix("https://example.test/v2/contact/list?").unwrap().to_string();
    script.requests().into_iter().map(|request| strip(request.url)).collect()
}

#[test]
fn a_stream_reads_every_page() {
    let (client, script) = client([page(&[1, 2], Some(20), true), page(&[], Some(30), true), page(&[3], None, false)]);
    assert_eq!(read(&client, ContactListQuery::default()), (vec![1, 2, 3], None));
    assert_eq!(targets(&script), ["limit=100", "cursorId=20&limit=100", "cursorId=30&limit=100"]);
}

#[test]
fn a_stream_starts_where_the_query_says() {
    let (client, script) = client([page(&[9], None, false)]);
    let query = ContactListQuery { cursor_id: Some(8), limit: Some(1), ..ContactListQuery::default() };
    assert_eq!(read(&client, query), (vec![9], None));
    assert_eq!(targets(&script), ["cursorId=8&limit=1"]);
}

#[test]
fn a_stream_fetches_no_page_that_nobody_reads() {
    let (client, script) = client([page(&[1, 2], Some(20), true)]);
    let contacts = block_on(client.contacts().stream(ContactListQuery::default()).take(2).collect::<Vec<_>>());
    assert_eq!(contacts.len(), 2);
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn a_cursor_that_comes_again_ends_the_stream_with_an_error() {
    let (client, _) = client([page(&[1], Some(20), true), page(&[2], Some(20), true)]);
    let (ids, error) = read(&client, ContactListQuery::default());
    let error = error.unwrap();
    assert_eq!(ids, [1]);
    assert_eq!(error.details().path.as_deref(), Some("pagination.cursorId"));
    assert!(error.to_string().contains("second time"), "{error}");
}

#[test]
fn cursors_that_go_round_end_the_stream_with_an_error() {
    let (client, _) = client((0..20).map(|step| page(&[step], Some(step as i64 % 3), true)));
    let (ids, error) = read(&client, ContactListQuery::default());
    assert!(ids.len() < 10, "{ids:?}");
    assert!(error.unwrap().to_string().contains("second time"));
}

#[test]
fn more_without_a_cursor_ends_the_stream_with_an_error() {
    let (client, _) = client([page(&[1], None, true)]);
    let (ids, error) = read(&client, ContactListQuery::default());
    assert!(ids.is_empty());
    assert!(error.unwrap().to_string().contains("pagination.cursorId is required"));
}

#[test]
fn a_page_whose_contacts_are_unreadable_is_not_skipped() {
    let (client, _) = client([ok(r#"{"items":[1,{"id":2}],"pagination":{"cursorId":2,"hasMore":true}}"#)]);
    let (_, error) = read(&client, ContactListQuery::default());
    assert_eq!(error.unwrap().details().path.as_deref(), Some("items"));
    let (client, _) = self::client([ok(r#"{"items":{}}"#)]);
    let (_, error) = read(&client, ContactListQuery::default());
    assert!(matches!(error, Some(Error::Decode(_))), "{error:?}");
}

#[test]
fn a_page_that_does_not_speak_of_contacts_is_empty() {
    let empty = [
        ok(r#"{"pagination":{"cursorId":20,"hasMore":true}}"#),
        ok(r#"{"items":null,"pagination":{"cursorId":30,"hasMore":true}}"#),
    ];
    let (client, script) = client(empty.into_iter().chain([page(&[3], None, false)]));
    assert_eq!(read(&client, ContactListQuery::default()), (vec![3], None));
    assert_eq!(script.requests().len(), 3);
}

#[test]
fn an_error_ends_the_stream() {
    let (client, _) = client([page(&[1], Some(20), true), answer(403, &[], "")]);
    let (ids, error) = read(&client, ContactListQuery::default());
    assert_eq!(ids, [1]);
    assert!(matches!(error, Some(Error::Permission(_))));
}

#[test]
fn clients_calls_and_streams_travel_between_threads() {
    fn travels<T: Send + 'static>(_: &T) {}
    fn is_shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let (client, _) = client([]);
    is_shared(&client);
    is_shared(&client.contacts());
    travels(&client.contacts().get("id:1"));
    travels(&client.contacts().get("id:1").into_future());
    travels(&client.contacts().get("id:1").with_response());
    travels(&client.contacts().stream(ContactListQuery::default()));
}
