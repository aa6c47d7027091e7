//! The Rust client over gloo-net.

use super::{BASE_URL, CHANNEL, TOKEN, next_fault, unique_email, unique_name};
use futures_util::TryStreamExt;
use respond_io_wasm::client::Builder;
use respond_io_wasm::model::*;
use respond_io_wasm::{Client, Error};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

fn builder() -> Builder {
    let validation = respond_io_wasm::client::ResponseValidation::Throw;
    Client::builder().api_token(TOKEN).base_url(BASE_URL).response_validation(validation)
}

fn client() -> Client {
    builder().build().unwrap()
}

/// A new contact's number.
async fn contact(client: &Client) -> u64 {
    let contact = ContactCreate { email: Some(unique_email()), ..ContactCreate::default() };
    client.contacts().create(contact).await.unwrap().id.unwrap()
}

/// The number of a new message to the contact.
async fn message(client: &Client, contact: u64, text: &str) -> u64 {
    let message = MessageSend { channel_id: Some(CHANNEL), ..MessageContent::text(text).into() };
    client.messaging().send(contact, message).await.unwrap().message_id.unwrap()
}

async fn tags(client: &Client, contact: u64) -> Vec<String> {
    client.contacts().get(contact).await.unwrap().tags.unwrap_or_default()
}

fn status_of<T: core::fmt::Debug>(result: Result<T, Error>) -> (&'static str, Option<u16>) {
    let error = result.unwrap_err();
    (error.name(), error.details().status_code)
}

#[wasm_bindgen_test]
async fn rust_create_contact() {
    let email = unique_email();
    let contact =
        ContactCreate { first_name: Some("Aïda 😀".into()), email: Some(email.clone()), ..ContactCreate::default() };
    let contact = client().contacts().create(contact).await.unwrap();
    assert!(contact.id.unwrap() > 0);
    assert_eq!((contact.first_name.as_deref(), contact.email), (Some("Aïda 😀"), Some(email)));
}

#[wasm_bindgen_test]
async fn rust_create_or_update_contact() {
    let (client, identifier) = (client(), Identifier::email(&unique_email()));
    let named = |name: &str| ContactCreate { first_name: Some(name.into()), ..ContactCreate::default() };
    let created = client.contacts().create_or_update(&identifier, named("Aida")).await.unwrap();
    let updated = client.contacts().create_or_update(&identifier, named("Aisha")).await.unwrap();
    assert_eq!(created.id, updated.id);
    assert_eq!(updated.first_name.as_deref(), Some("Aisha"));
}

#[wasm_bindgen_test]
async fn rust_list_contacts() {
    let client = client();
    let id = contact(&client).await;
    let query = ContactListQuery { cursor_id: Some(id as i64 - 1), limit: Some(1), ..ContactListQuery::default() };
    let page = client.contacts().list(query).await.unwrap();
    assert_eq!(page.items.unwrap().len(), 1);
    assert!(page.pagination.unwrap().has_more.is_some());
}

#[wasm_bindgen_test]
async fn rust_get_contact() {
    let client = client();
    let id = contact(&client).await;
    assert_eq!(client.contacts().get(Identifier::id(id)).await.unwrap().id, Some(id));
}

#[wasm_bindgen_test]
async fn rust_update_contact() {
    let client = client();
    let id = contact(&client).await;
    let change = ContactCreate { language: Some("ms".into()), ..ContactCreate::default() };
    assert_eq!(client.contacts().update(id, change).await.unwrap().language.as_deref(), Some("ms"));
}

#[wasm_bindgen_test]
async fn rust_delete_contact() {
    let client = client();
    let id = contact(&client).await;
    client.contacts().delete(id).await.unwrap();
    assert_eq!(status_of(client.contacts().get(id).await), ("NotFoundError", Some(404)));
}

#[wasm_bindgen_test]
async fn rust_merge_contacts() {
    let client = client();
    let (primary, secondary) = (contact(&client).await, contact(&client).await);
    let merged = client.contacts().merge(ContactMerge::new(primary, secondary)).await.unwrap();
    assert_eq!(merged.id, Some(primary));
    assert_eq!(status_of(client.contacts().get(secondary).await), ("NotFoundError", Some(404)));
}

#[wasm_bindgen_test]
async fn rust_add_contact_tags() {
    let client = client();
    let (id, tag) = (contact(&client).await, unique_name("vip"));
    client.contacts().add_tags(id, vec![tag.clone()]).await.unwrap();
    assert_eq!(tags(&client, id).await, [tag]);
}

#[wasm_bindgen_test]
async fn rust_remove_contact_tags() {
    let client = client();
    let (id, tag) = (contact(&client).await, unique_name("vip"));
    client.contacts().add_tags(id, vec![tag.clone()]).await.unwrap();
    client.contacts().delete_tags(id, vec![tag]).await.unwrap();
    assert!(tags(&client, id).await.is_empty());
}

#[wasm_bindgen_test]
async fn rust_list_contact_channels() {
    let client = client();
    let id = contact(&client).await;
    message(&client, id, "Hello!").await;
    let channels = client.contacts().list_channels(id).await.unwrap();
    assert!(channels.iter().any(|channel| channel.id == Some(CHANNEL)));
}

#[wasm_bindgen_test]
async fn rust_send_message() {
    let client = client();
    let id = contact(&client).await;
    assert!(message(&client, id, "Hello!").await > u64::from(u32::MAX));
    let result = client.messaging().send(id, MessageContent::quick_reply("Coffee?", ["Yes", "No"])).await.unwrap();
    assert!(result.message_id.is_some());
}

#[wasm_bindgen_test]
async fn rust_get_message() {
    let client = client();
    let id = contact(&client).await;
    let sent = message(&client, id, "Hello, 世界!").await;
    let message = client.messaging().get(id, sent).await.unwrap();
    assert_eq!((message.message_id, message.contact_id), (Some(sent), Some(id)));
    assert_eq!(message.message.unwrap().text.as_deref(), Some("Hello, 世界!"));
}

#[wasm_bindgen_test]
async fn rust_update_conversation_status() {
    let client = client();
    let id = contact(&client).await;
    client.conversations().update_status(id, ConversationUpdate::open()).await.unwrap();
    let conversation = client.conversations().update_status(id, ConversationUpdate::close()).await.unwrap();
    assert_eq!(conversation.status, Some(ConversationStatus::Close));
}

#[wasm_bindgen_test]
async fn rust_assign_conversation() {
    let client = client();
    let id = contact(&client).await;
    client.conversations().assign(id, Assignment::to("agent@example.com")).await.unwrap();
    let assignee = client.contacts().get(id).await.unwrap().assignee.unwrap();
    assert!(assignee.contains("agent@example.com"), "{assignee}");
    client.conversations().assign(id, Assignment::nobody()).await.unwrap();
    assert_eq!(client.contacts().get(id).await.unwrap().assignee, None);
}

#[wasm_bindgen_test]
async fn rust_create_comment() {
    let client = client();
    let id = contact(&client).await;
    client.comments().create(id, Comment::new("Call back @[agent@example.com]")).await.unwrap();
}

#[wasm_bindgen_test]
async fn rust_create_tag() {
    let name = unique_name("tag");
    let tag = client().tags().create(Tag::new(&name)).await.unwrap();
    assert!(tag.id.unwrap() > 0);
    assert_eq!(tag.name, name);
}

#[wasm_bindgen_test]
async fn rust_update_tag() {
    let client = client();
    let (id, before, after) = (contact(&client).await, unique_name("before"), unique_name("after"));
    let tag = client.tags().create(Tag::new(&before)).await.unwrap();
    client.contacts().add_tags(id, vec![before]).await.unwrap();
    client.tags().update(tag.id.unwrap(), Tag::new(&after)).await.unwrap();
    assert_eq!(tags(&client, id).await, [after]);
}

#[wasm_bindgen_test]
async fn rust_delete_tag() {
    let client = client();
    let tag = client.tags().create(Tag::new(unique_name("tag"))).await.unwrap().id.unwrap();
    client.tags().delete(tag).await.unwrap();
    assert_eq!(status_of(client.tags().delete(tag).await), ("NotFoundError", Some(404)));
}

#[wasm_bindgen_test]
async fn rust_list_custom_fields() {
    let client = client();
    let field =
        client.custom_fields().create(CustomField::new(unique_name("Since"), CustomFieldType::Date)).await.unwrap();
    assert!(client.custom_fields().list().await.unwrap().contains(&field));
}

#[wasm_bindgen_test]
async fn rust_create_custom_field() {
    let options = Some(vec!["free".to_string(), "pro".to_string()]);
    let field =
        CustomField { options: options.clone(), ..CustomField::new(unique_name("Plan"), CustomFieldType::List) };
    let field = client().custom_fields().create(field).await.unwrap();
    assert_eq!((field.kind, field.options), (Some(CustomFieldType::List), options));
}

#[wasm_bindgen_test]
async fn rust_stream_reads_several_pages() {
    let client = client();
    let mut created = Vec::new();
    for _ in 0..5 {
        created.push(contact(&client).await);
    }
    let query =
        ContactListQuery { cursor_id: Some(created[0] as i64 - 1), limit: Some(2), ..ContactListQuery::default() };
    let contacts: Vec<Contact> = client.contacts().stream(query).try_collect().await.unwrap();
    let ids: Vec<u64> = contacts.iter().map(|contact| contact.id.unwrap()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    assert!(created.iter().all(|id| ids.contains(id)), "{created:?} {ids:?}");
}

#[wasm_bindgen_test]
async fn rust_statuses_are_errors() {
    let client = client();
    let stranger = builder().api_token("wrong").build().unwrap();
    assert_eq!(
        status_of(client.contacts().get(Identifier::email(&unique_email())).await),
        ("NotFoundError", Some(404))
    );
    assert_eq!(status_of(stranger.contacts().get(1).await), ("AuthenticationError", Some(401)));
    let email = unique_email();
    let contact = ContactCreate { email: Some(email), ..ContactCreate::default() };
    client.contacts().create(contact.clone()).await.unwrap();
    assert_eq!(status_of(client.contacts().create(contact).await), ("ConflictError", Some(409)));
}

#[wasm_bindgen_test]
async fn rust_wrong_arguments_are_not_sent() {
    let nowhere = builder().base_url("http://127.0.0.1:1/v2").build().unwrap();
    let Err(Error::Validation(details)) = nowhere.tags().create(Tag::new("")).await else { panic!("accepted") };
    assert_eq!(details.path.as_deref(), Some("tag.name"));
}

#[wasm_bindgen_test]
async fn rust_a_lost_connection_is_an_error() {
    let nowhere = builder().base_url("http://127.0.0.1:1/v2").max_retries(1).build().unwrap();
    let error = nowhere.contacts().get(1).await.unwrap_err();
    assert_eq!((error.name(), error.details().attempts), ("ConnectionError", 2));
    assert!(!error.to_string().contains(TOKEN));
}

#[wasm_bindgen_test]
async fn rust_a_slow_answer_times_out() {
    next_fault("listCustomFields", json!({ "type": "delay", "ms": 5000 })).await;
    let started = js_sys::Date::now();
    let error = client().custom_fields().list().timeout_ms(100).max_retries(0).await.unwrap_err();
    assert_eq!(error.name(), "TimeoutError");
    assert!(js_sys::Date::now() - started < 4000.0);
}

#[wasm_bindgen_test]
async fn rust_a_stalled_body_times_out() {
    next_fault("listCustomFields", json!({ "type": "stall" })).await;
    let error = client().custom_fields().list().timeout_ms(200).max_retries(0).await.unwrap_err();
    assert_eq!(error.name(), "TimeoutError");
}

#[wasm_bindgen_test]
async fn rust_a_stalled_body_that_nobody_needs_is_not_waited_for() {
    let client = client();
    let id = contact(&client).await;
    next_fault("createComment", json!({ "type": "stall" })).await;
    let response = client.comments().create(id, Comment::new("Once")).timeout_ms(5000).with_response().await.unwrap();
    assert_eq!((response.status, response.attempts), (200, 1));
}

#[wasm_bindgen_test]
async fn rust_a_refused_request_is_sent_again_when_the_service_says() {
    let client = client();
    let id = contact(&client).await;
    next_fault("createComment", json!({ "type": "status", "status": 429, "retryAfter": 1 })).await;
    let started = js_sys::Date::now();
    let response = client.comments().create(id, Comment::new("Once")).with_response().await.unwrap();
    assert_eq!((response.status, response.attempts), (200, 2));
    assert!(js_sys::Date::now() - started > 900.0);
}

#[wasm_bindgen_test]
async fn rust_a_garbled_answer_is_an_error() {
    let client = client();
    let id = contact(&client).await;
    next_fault("getContact", json!({ "type": "truncate" })).await;
    let error = client.contacts().get(id).await.unwrap_err();
    assert_eq!((error.name(), error.details().status_code), ("DecodeError", Some(200)));
}

#[wasm_bindgen_test]
async fn rust_calls_run_at_the_same_time() {
    let client = client();
    let id = contact(&client).await;
    let calls = (0..20).map(|_| client.contacts().get(id).into_future());
    let contacts = futures_util::future::try_join_all(calls).await.unwrap();
    assert!(contacts.iter().all(|contact| contact.id == Some(id)));
}
