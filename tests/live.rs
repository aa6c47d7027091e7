//! The client of the live surface: what it reads, its lists, and that it is the same driver.
#![cfg(not(target_arch = "wasm32"))]

mod script;

use futures_util::TryStreamExt;
use pollster::block_on;
use respond_io_sandbox::{LiveOptions, Options, Sandbox, Surface};
use respond_io_wasm::Error;
use respond_io_wasm::client::ResponseValidation;
use respond_io_wasm::engine::Outcome;
use respond_io_wasm::live::Client;
use respond_io_wasm::live::model::*;
use respond_io_wasm::live::operation::ListUsers;
use script::{Answer, Script, Step, answer};
use serde_json::{Value, json};

fn client(answers: impl IntoIterator<Item: Into<Step>>) -> (Client, Script) {
    let script = Script::new(answers);
    let builder = Client::builder().api_token("token").base_url("https://example.test/v2").rate_limit(None);
    let validation = ResponseValidation::Throw;
    (builder.transport(script.clone()).response_validation(validation).build().unwrap(), script)
}

fn ok(body: Value) -> Answer {
    answer(200, &[], body.to_string())
}

fn contact(more: Value) -> Contact {
    let mut body = json!({ "id": 1, "firstName": "Aida", "created_at": 1 });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let (client, _) = client([ok(body)]);
    block_on(client.contacts().get("id:1").into_future()).unwrap()
}

fn message(more: Value) -> Message {
    let mut body =
        json!({ "messageId": 1, "contactId": 1, "channelId": 2, "traffic": "incoming", "message": { "type": "text" } });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let (client, _) = client([ok(body)]);
    block_on(client.messaging().get("id:1", 1u64).into_future()).unwrap()
}

#[test]
fn contacts_are_read_leniently() {
    let nothing = contact(json!({ "lastName": null, "assignee": null, "lifecycle": null, "tags": null }));
    assert_eq!((nothing.last_name, nothing.assignee, nothing.lifecycle), (None, None, None));
    assert_eq!(contact(json!({ "assignee": {} })).assignee, Some(User::default()));
    for lifecycle in [json!("Lead"), json!({ "name": "Lead" })] {
        let read = contact(json!({ "lifecycle": lifecycle })).lifecycle.unwrap();
        assert_eq!(read.name(), Some("Lead"));
    }
    let values = [json!("a"), json!(1), json!(1.5), json!(true), json!(null)];
    let fields: Vec<Value> = values.iter().map(|value| json!({ "name": "f", "value": value })).collect();
    let read = contact(json!({ "custom_fields": fields })).custom_fields.unwrap();
    let read: Vec<_> = read.into_iter().map(|field| field.value).collect();
    assert_eq!(
        read,
        [
            Some(FieldValue::Text("a".into())),
            Some(FieldValue::Number(1.0)),
            Some(FieldValue::Number(1.5)),
            Some(FieldValue::Boolean(true)),
            None
        ]
    );
}

#[test]
fn messages_are_read_leniently() {
    let text = message(json!({ "channelMessageId": "wamid.1" })).channel_message_id.unwrap();
    let number = message(json!({ "channelMessageId": 5 })).channel_message_id.unwrap();
    assert_eq!((text.to_string(), number.to_string()), ("wamid.1".into(), "5".into()));
    for status in [json!({ "value": "read" }), json!([{ "value": "read" }])] {
        let read = message(json!({ "status": status })).status.unwrap();
        assert_eq!(read.as_slice()[0].value, Some(MessageStatusValue::Read));
    }
    let other = message(json!({ "message": { "type": "location", "latitude": 1.5 } })).message.unwrap();
    assert_eq!(other.kind, MessageType::from("location"));
    assert_eq!(other.extra["latitude"], 1.5);
}

#[test]
fn what_the_service_always_sends_is_missed_but_loses_nothing() {
    let (client, _) = client([ok(json!({ "id": 1 })), ok(json!({ "id": 1 }))]);
    let error = block_on(client.contacts().get("id:1").into_future()).unwrap_err();
    assert_eq!(error.details().path.as_deref(), Some("firstName"));
    let read: Contact = serde_json::from_str(r#"{"id":"1","firstName":null}"#).unwrap();
    assert_eq!((read.id, &read.extra["id"]), (None, &json!("1")));
}

#[test]
fn a_list_is_streamed_to_its_end() {
    let page = |id: u64, next: Option<&str>| {
        let next = next.map(|cursor| format!("https://api.respond.io/v2/space/user?limit=100&cursorId={cursor}"));
        ok(json!({
            "items": [{ "id": id, "firstName": "A", "email": "a@b.c", "role": "agent" }],
            "pagination": { "next": next, "previous": "" },
        }))
    };
    let table: [(Vec<Answer>, &[u64]); 5] = [
        (vec![page(1, Some("5")), page(2, None)], &[1, 2]),
        (vec![page(1, Some("0"))], &[1]),
        (vec![page(1, Some("-3"))], &[1]),
        (vec![page(1, Some("5")), page(2, Some("5"))], &[1, 2]),
        // A circle is found once its cursors come again, at the latest after three rounds.
        (vec![page(1, Some("5")), page(2, Some("7")), page(3, Some("5")), page(2, Some("7"))], &[1, 2, 3, 2]),
    ];
    for (answers, expected) in table {
        let (client, script) = client(answers);
        let list = client.stream(ListUsers { query: PageQuery::default() });
        let users: Vec<SpaceUser> = block_on(list.try_collect()).unwrap();
        assert_eq!(users.iter().filter_map(|user| user.id).collect::<Vec<_>>(), expected);
        assert_eq!(script.requests()[0].url, "https://example.test/v2/space/user?limit=100");
    }
}

#[test]
fn the_driver_is_the_contract_s() {
    let body = json!({ "code": 449, "message": "Contact is being created" });
    let (client, script) = client([answer(449, &[], body.to_string()), ok(json!({ "messageId": 7 }))]);
    let sent = block_on(client.messaging().send("id:1", MessageContent::text("Hi")).into_future()).unwrap();
    assert_eq!((sent.message_id, script.waits()), (Some(7), vec![2875.0]));
    let error = block_on(client.messaging().send("id:0", MessageContent::text("Hi")).into_future()).unwrap_err();
    assert!(matches!(error, Error::Validation(_)));
}

#[test]
fn a_contact_that_is_new_by_the_code_alone_is_waited_for_by_reads_and_sends() {
    let new = || answer(404, &[], json!({ "code": 449, "message": "Contact not found" }).to_string());
    let (client, script) = client([new(), ok(json!({ "messageId": 7 })), new(), new(), new()]);
    block_on(client.messaging().send("id:1", MessageContent::text("Hi")).into_future()).unwrap();
    let error = block_on(client.contacts().get("id:1").into_future()).unwrap_err();
    assert!(matches!(error, Error::NotFound(_)), "{error}");
    assert_eq!((error.details().attempts, error.details().outcome), (3, Outcome::Rejected));
    assert_eq!(script.waits(), [2875.0, 2875.0, 3750.0]);
}

#[test]
fn it_is_waited_for_within_the_time_that_there_is() {
    let new = || answer(400, &[], json!({ "code": 449, "message": "Wait" }).to_string());
    let (client, script) = client([new(), new()]);
    let send = || client.messaging().send("id:1", MessageContent::text("Hi"));
    block_on(send().max_retries(0).into_future()).unwrap_err();
    block_on(send().total_timeout_ms(2000).into_future()).unwrap_err();
    assert_eq!(script.waits(), [0.0; 0]);
}

#[test]
fn by_the_contract_a_code_says_nothing() {
    let refused = answer(404, &[], json!({ "code": 449, "message": "Contact not found" }).to_string());
    let script = Script::new([refused]);
    let builder = respond_io_wasm::Client::builder().api_token("token").base_url("https://example.test/v2");
    let client = builder.transport(script.clone()).build().unwrap();
    block_on(client.contacts().get("id:1").into_future()).unwrap_err();
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn a_send_whose_answer_is_lost_is_not_repeated() {
    let Ok(lost) = ok(json!({ "messageId": 7 })) else { unreachable!() };
    let (client, script) = client([Step::BodyLost(lost)]);
    let error = block_on(client.messaging().send("id:1", MessageContent::text("Hi")).into_future()).unwrap_err();
    assert_eq!((error.details().outcome, script.requests().len()), (Outcome::Applied, 1));
}

#[test]
fn what_is_made_by_hand_is_what_the_service_takes() {
    fn written(value: impl serde::Serialize) -> Value {
        serde_json::to_value(value).unwrap()
    }
    let conditions = [Condition::field("age").is_between("1", "5"), Condition::lifecycle().exists()];
    let table = [
        (written(Assignment::to(Assignee::Id(5))), json!({ "assignee": 5 })),
        (written(Assignment::to(Assignee::Email("a@b.c".into()))), json!({ "assignee": "a@b.c" })),
        (written(Assignment::nobody()), json!({ "assignee": null })),
        (written(Lifecycle::none()), json!({ "name": null })),
        (written(ContactMerge::new(1, 2)), json!({ "contactIds": [1, 2] })),
        (
            written(ConversationUpdate::close_with("Done", "Paid")),
            json!({ "status": "close", "category": "Done", "summary": "Paid" }),
        ),
        (
            written(MessageContent::quick_reply("?", ["a"])),
            json!({ "type": "quick_reply", "title": "?", "replies": ["a"] }),
        ),
        (
            written(ContactFilter::any(conditions)),
            json!({ "timezone": "UTC", "filter": { "$or": [
                { "category": "contactField", "field": "age", "operator": "isBetween", "value": { "from": "1", "to": "5" } },
                { "category": "lifecycle", "field": null, "operator": "exists", "value": null },
            ] } }),
        ),
    ];
    for (value, expected) in table {
        assert_eq!(value, expected);
    }
}

#[test]
fn against_the_sandbox_a_new_contact_is_waited_for_and_lists_are_read_to_their_end() {
    let live = Some(LiveOptions { contact_new_ms: Some(3000), ..LiveOptions::default() });
    let options = Options { surface: Some(Surface::Live), live, ..Options::default() };
    let sandbox = Sandbox::new(options).unwrap();
    let client = Client::builder().api_token("sandbox").transport(sandbox.clone()).build().unwrap();
    let aida = "email:aida@example.com";
    block_on(client.contacts().create(aida, ContactFields::new("Aida")).into_future()).unwrap();
    let nulls =
        ContactChanges { extra: [("lastName".into(), Value::Null)].into_iter().collect(), ..Default::default() };
    block_on(client.contacts().update(aida, nulls).into_future()).unwrap();
    let statuses: Vec<_> = sandbox.service().journal(0).into_iter().filter_map(|entry| entry.status).collect();
    assert!(statuses.len() > 2 && statuses.starts_with(&[200, 449]) && statuses.ends_with(&[200]), "{statuses:?}");

    let query = PageQuery { limit: Some(2), ..PageQuery::default() };
    let users: Vec<SpaceUser> = block_on(client.stream(ListUsers { query }).try_collect()).unwrap();
    assert_eq!(users.iter().filter_map(|user| user.id).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    let error = block_on(client.contacts().get("id:9").into_future()).unwrap_err();
    assert!(matches!(error, Error::NotFound(_)), "{error}");
}
