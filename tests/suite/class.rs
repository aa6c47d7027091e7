//! The class that the feature `bindings` exports, called as JavaScript calls it.

use super::{BASE_URL, CHANNEL, TOKEN, next_fault, unique_email, unique_name};
use js_sys::{Array, BigInt, Function, Object, Promise, Reflect};
use respond_io_wasm::bindings::RespondIO;
use serde::Serialize;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

fn js(value: &Value) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap()
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

/// The class itself, by an instance of it.
fn class() -> Function {
    let options = json!({ "apiToken": TOKEN, "baseUrl": BASE_URL });
    let instance = JsValue::from(RespondIO::new(js(&options)).unwrap());
    property(&instance, "constructor").unchecked_into()
}

fn construct(options: &Value) -> Result<JsValue, JsValue> {
    Reflect::construct(&class(), &Array::of1(&js(options)))
}

fn client() -> JsValue {
    construct(&json!({ "apiToken": TOKEN, "baseUrl": BASE_URL })).unwrap()
}

/// Calls the method; a method never throws, its promise is rejected.
fn start(client: &JsValue, method: &str, arguments: &[JsValue]) -> Promise {
    let function: Function = property(client, method).dyn_into().unwrap();
    function.apply(client, &arguments.iter().collect()).unwrap().dyn_into().unwrap()
}

async fn call(client: &JsValue, method: &str, arguments: Value) -> Result<JsValue, JsValue> {
    let arguments: Vec<JsValue> = arguments.as_array().unwrap().iter().map(js).collect();
    JsFuture::from(start(client, method, &arguments)).await
}

async fn value(client: &JsValue, method: &str, arguments: Value) -> Value {
    let value = call(client, method, arguments).await.unwrap_or_else(|error| panic!("{method}: {error:?}"));
    serde_wasm_bindgen::from_value(value).unwrap()
}

async fn nothing(client: &JsValue, method: &str, arguments: Value) {
    assert!(call(client, method, arguments).await.unwrap().is_undefined(), "{method}");
}

/// A new contact's identifier.
async fn contact(client: &JsValue) -> Value {
    let contact = value(client, "createContact", json!([{ "email": unique_email() }])).await;
    json!(format!("id:{}", contact["id"]))
}

async fn message(client: &JsValue, contact: &Value) -> Value {
    let message = json!({ "channelId": CHANNEL, "message": { "type": "text", "text": "Hello, 世界!" } });
    value(client, "sendMessage", json!([contact, message])).await
}

async fn tags(client: &JsValue, contact: &Value) -> Value {
    value(client, "getContact", json!([contact])).await["tags"].clone()
}

/// An error's name, status code, path and rule.
fn error_of(result: Result<JsValue, JsValue>) -> Value {
    let error = result.unwrap_err();
    assert!(error.is_instance_of::<js_sys::Error>());
    let fields = ["name", "statusCode", "path", "rule"].map(|name| property(&error, name));
    serde_wasm_bindgen::from_value(fields.iter().collect::<Array>().into()).unwrap()
}

#[wasm_bindgen_test]
async fn class_create_contact() {
    let email = unique_email();
    let contact = json!({ "firstName": "Aïda 😀", "email": email });
    let created = value(&client(), "createContact", json!([contact])).await;
    assert_eq!((&created["firstName"], &created["email"]), (&json!("Aïda 😀"), &json!(email)));
}

#[wasm_bindgen_test]
async fn class_create_or_update_contact() {
    let (client, identifier) = (client(), json!({ "email": unique_email() }));
    let created = value(&client, "createOrUpdateContact", json!([identifier, { "firstName": "Aida" }])).await;
    let updated = value(&client, "createOrUpdateContact", json!([identifier, { "firstName": "Aisha" }])).await;
    assert_eq!((&created["id"], &updated["firstName"]), (&updated["id"], &json!("Aisha")));
}

#[wasm_bindgen_test]
async fn class_list_contacts() {
    let client = client();
    contact(&client).await;
    let page = value(&client, "listContacts", json!([{ "limit": 1 }])).await;
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn class_get_contact() {
    let client = client();
    let identifier = contact(&client).await;
    let contact = value(&client, "getContact", json!([identifier])).await;
    assert_eq!(json!(format!("id:{}", contact["id"])), identifier);
}

#[wasm_bindgen_test]
async fn class_update_contact() {
    let client = client();
    let identifier = contact(&client).await;
    let contact = value(&client, "updateContact", json!([identifier, { "language": "ms" }])).await;
    assert_eq!(contact["language"], "ms");
}

#[wasm_bindgen_test]
async fn class_delete_contact() {
    let client = client();
    let identifier = contact(&client).await;
    nothing(&client, "deleteContact", json!([identifier])).await;
    let error = error_of(call(&client, "getContact", json!([identifier])).await);
    assert_eq!(error, json!(["NotFoundError", 404, null, null]));
}

#[wasm_bindgen_test]
async fn class_merge_contacts() {
    let client = client();
    let mut ids = Vec::new();
    for _ in 0..2 {
        ids.push(value(&client, "createContact", json!([{ "email": unique_email() }])).await["id"].clone());
    }
    let contacts = json!({ "primaryContactId": ids[0], "secondaryContactId": ids[1] });
    assert_eq!(value(&client, "mergeContacts", json!([contacts])).await["id"], ids[0]);
}

#[wasm_bindgen_test]
async fn class_add_contact_tags() {
    let client = client();
    let (identifier, names) = (contact(&client).await, json!([unique_name("vip")]));
    nothing(&client, "addContactTags", json!([identifier, names])).await;
    assert_eq!(tags(&client, &identifier).await, names);
}

#[wasm_bindgen_test]
async fn class_remove_contact_tags() {
    let client = client();
    let (identifier, names) = (contact(&client).await, json!([unique_name("vip"), unique_name("new")]));
    nothing(&client, "addContactTags", json!([identifier, names])).await;
    nothing(&client, "removeContactTags", json!([identifier, [names[0]]])).await;
    assert_eq!(tags(&client, &identifier).await, json!([names[1]]));
}

#[wasm_bindgen_test]
async fn class_list_contact_channels() {
    let client = client();
    let identifier = contact(&client).await;
    message(&client, &identifier).await;
    let channels = value(&client, "listContactChannels", json!([identifier])).await;
    assert!(channels.as_array().unwrap().iter().any(|channel| channel["id"] == CHANNEL));
}

#[wasm_bindgen_test]
async fn class_send_message() {
    let client = client();
    let identifier = contact(&client).await;
    let id = message(&client, &identifier).await["messageId"].as_u64().unwrap();
    assert!(id > u64::from(u32::MAX), "{id}");
}

#[wasm_bindgen_test]
async fn class_get_message() {
    let client = client();
    let identifier = contact(&client).await;
    let id = message(&client, &identifier).await["messageId"].clone();
    let message = value(&client, "getMessage", json!([identifier, id])).await;
    assert_eq!((&message["messageId"], &message["message"]["text"]), (&id, &json!("Hello, 世界!")));
}

#[wasm_bindgen_test]
async fn class_update_conversation_status() {
    let client = client();
    let identifier = contact(&client).await;
    value(&client, "updateConversationStatus", json!([identifier, { "status": "open" }])).await;
    let closed = value(&client, "updateConversationStatus", json!([identifier, { "status": "close" }])).await;
    assert_eq!(closed["status"], "close");
}

#[wasm_bindgen_test]
async fn class_assign_conversation() {
    let client = client();
    let identifier = contact(&client).await;
    let agent = json!({ "assignee": "email:agent@example.com" });
    nothing(&client, "assignConversation", json!([identifier, agent])).await;
    assert!(value(&client, "getContact", json!([identifier])).await["assignee"].is_string());
    nothing(&client, "assignConversation", json!([identifier, { "assignee": null }])).await;
    assert!(value(&client, "getContact", json!([identifier])).await["assignee"].is_null());
}

#[wasm_bindgen_test]
async fn class_create_comment() {
    let client = client();
    let identifier = contact(&client).await;
    nothing(&client, "createComment", json!([identifier, { "text": "Call back @[agent@example.com]" }])).await;
}

#[wasm_bindgen_test]
async fn class_create_tag() {
    let name = unique_name("tag");
    let tag = value(&client(), "createTag", json!([{ "name": name }])).await;
    assert_eq!(tag["name"], json!(name));
}

#[wasm_bindgen_test]
async fn class_update_tag() {
    let client = client();
    let tag = value(&client, "createTag", json!([{ "name": unique_name("before") }])).await;
    nothing(&client, "updateTag", json!([tag["id"], { "name": unique_name("after") }])).await;
}

#[wasm_bindgen_test]
async fn class_delete_tag() {
    let client = client();
    let tag = value(&client, "createTag", json!([{ "name": unique_name("tag") }])).await;
    nothing(&client, "deleteTag", json!([tag["id"]])).await;
    let error = error_of(call(&client, "deleteTag", json!([tag["id"]])).await);
    assert_eq!(error, json!(["NotFoundError", 404, null, null]));
}

#[wasm_bindgen_test]
async fn class_list_custom_fields() {
    let client = client();
    let field = value(&client, "createCustomField", json!([{ "name": unique_name("Since"), "type": "date" }])).await;
    let fields = value(&client, "listCustomFields", json!([])).await;
    assert!(fields.as_array().unwrap().contains(&field));
}

#[wasm_bindgen_test]
async fn class_create_custom_field() {
    let field = json!({ "name": unique_name("Plan"), "type": "list", "options": ["free", "pro"] });
    let created = value(&client(), "createCustomField", json!([field])).await;
    assert_eq!((&created["name"], &created["options"]), (&field["name"], &field["options"]));
}

#[wasm_bindgen_test]
async fn class_errors_say_what_happened() {
    let stranger = construct(&json!({ "apiToken": "wrong", "baseUrl": BASE_URL, "maxRetries": 0 })).unwrap();
    let error = call(&stranger, "getContact", json!(["id:1"])).await.unwrap_err();
    assert_eq!(property(&error, "name"), "AuthenticationError");
    assert_eq!(property(&error, "operation"), "getContact");
    assert_eq!(property(&error, "attempts"), 1.0);
    assert_eq!(property(&property(&error, "body"), "status"), 401.0);
    assert!(property(&error, "message").as_string().unwrap().starts_with("getContact: 401 "));
}

#[wasm_bindgen_test]
async fn class_timeout_is_an_option() {
    next_fault("listCustomFields", json!({ "type": "delay", "ms": 5000 })).await;
    let options = json!({ "apiToken": TOKEN, "baseUrl": BASE_URL, "timeout": 100, "maxRetries": 0 });
    let error = error_of(call(&construct(&options).unwrap(), "listCustomFields", json!([])).await);
    assert_eq!(error, json!(["TimeoutError", null, null, null]));
}

#[wasm_bindgen_test]
fn class_refuses_wrong_options() {
    let table = [
        (json!({}), "options"),
        (json!({ "apiToken": 1 }), "options"),
        (json!({ "apiToken": TOKEN, "retries": 1 }), "options"),
        (json!({ "apiToken": TOKEN, "timeout": -1 }), "options"),
        (json!({ "apiToken": "" }), "apiToken"),
        (json!({ "apiToken": TOKEN, "baseUrl": "http://example.com" }), "baseUrl"),
    ];
    for (options, path) in table {
        assert_eq!(error_of(construct(&options)), json!(["ValidationError", null, path, "kind"]), "{options}");
    }
}

fn object(name: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    Reflect::set(&object, &name.into(), value).unwrap();
    object.into()
}

async fn refusal(method: &str, arguments: &[JsValue]) -> Value {
    error_of(JsFuture::from(start(&client(), method, arguments)).await)
}

#[wasm_bindgen_test]
async fn class_refuses_what_json_cannot_say() {
    let cycle = Object::new();
    Reflect::set(&cycle, &"customFields".into(), &Array::of1(&cycle)).unwrap();
    let half_a_pair = js_sys::JsString::from_char_code(&[0xD800]);
    let table = [
        (object("firstName", &BigInt::from(1).into()), "contact.firstName", "not_json"),
        (object("firstName", &js_sys::Symbol::for_("x").into()), "contact.firstName", "not_json"),
        (object("firstName", &Function::new_no_args("").into()), "contact.firstName", "not_json"),
        (object("firstName", &half_a_pair.into()), "contact.firstName", "not_json"),
        (object("firstName", &JsValue::NULL), "contact.firstName", "kind"),
        (object("firstName", &1.0.into()), "contact.firstName", "kind"),
        (object("nickname", &"x".into()), "contact.nickname", "unknown_field"),
        (cycle.into(), "contact.customFields[0]", "cycle"),
        (JsValue::NULL, "contact", "kind"),
        (JsValue::UNDEFINED, "contact", "required"),
    ];
    for (contact, path, rule) in table {
        let error = refusal("createContact", &[contact]).await;
        assert_eq!(error, json!(["ValidationError", null, path, rule]));
    }
    for limit in [f64::NAN, f64::INFINITY] {
        let error = refusal("listContacts", &[object("limit", &limit.into())]).await;
        assert_eq!(error, json!(["ValidationError", null, "query.limit", "not_finite"]));
    }
    let error = refusal("assignConversation", &["id:1".into(), object("assignee", &JsValue::UNDEFINED)]).await;
    assert_eq!(error, json!(["ValidationError", null, "assignment.assignee", "required"]));
}

#[wasm_bindgen_test]
async fn class_takes_arguments_as_they_are_at_the_call() {
    let (client, contact) = (client(), object("firstName", &"Aida".into()));
    Reflect::set(&contact, &"lastName".into(), &JsValue::UNDEFINED).unwrap();
    let promise = start(&client, "createContact", core::slice::from_ref(&contact));
    Reflect::set(&contact, &"firstName".into(), &"Aisha".into()).unwrap();
    let created = JsFuture::from(promise).await.unwrap();
    assert_eq!(property(&created, "firstName"), "Aida");
}
