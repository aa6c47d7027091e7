//! The control surface: commands as JSON, snapshots, seeds.

use crate::support::{Api, START};
use respond_io_sandbox::{Command, MAX_SEED_COUNT, Options, Outcome, SeedOptions, Service, Snapshot};
use serde_json::{Value, json};
use std::collections::HashSet;

fn control(api: &mut Api, command: Value) -> Result<Value, String> {
    let command: Command = serde_json::from_value(command).map_err(|error| error.to_string())?;
    let outcome = api.service.control(command, 0).map_err(|refusal| refusal.to_string())?;
    Ok(serde_json::to_value(outcome).unwrap())
}

#[test]
fn every_command_as_json() {
    let mut api = Api::new();
    let mut ok =
        |command: Value| control(&mut api, command.clone()).unwrap_or_else(|error| panic!("{command}: {error}"));
    assert_eq!(ok(json!({"command": "seed", "count": 3, "seed": 7})), 3);
    assert_eq!(ok(json!({"command": "seed", "count": 2})), 2);
    let snapshot = ok(json!({"command": "snapshot"}));
    assert_eq!(snapshot["contacts"].as_array().unwrap().len(), 5);
    let content = json!({"type": "text", "text": "hello"});
    let message = ok(json!({"command": "receive", "contact": "id:1", "content": content, "channelId": 3}));
    assert_eq!(
        (&message["message"], &message["traffic"], &message["channelId"]),
        (&content, &json!("incoming"), &json!(3))
    );
    assert_ne!(ok(json!({"command": "snapshot"})), snapshot);
    assert_eq!(ok(json!({"command": "restore", "snapshot": snapshot})), Value::Null);
    assert_eq!(ok(json!({"command": "snapshot"})), snapshot);
    assert_eq!(ok(json!({"command": "clock.now"})), START);
    assert_eq!(ok(json!({"command": "clock.advance", "ms": 5})), START + 5);
    assert_eq!(ok(json!({"command": "clock.freeze", "at": 1000})), 1000);
    assert_eq!(ok(json!({"command": "clock.freeze"})), 1000);
    assert_eq!(ok(json!({"command": "clock.resume"})), 1000);
    let fault = json!({"operation": "getContact", "count": 1, "probability": 0.5, "kind": {"type": "status", "status": 503, "retryAfter": 1}});
    assert_eq!(ok(json!({"command": "fault.add", "fault": fault})), 1);
    assert_eq!(ok(json!({"command": "fault.add", "fault": {"method": "GET", "kind": {"type": "reset_before"}}})), 2);
    assert_eq!(ok(json!({"command": "fault.clear", "id": 1})), 1);
    assert_eq!(ok(json!({"command": "fault.clear"})), 1);
    assert_eq!(ok(json!({"command": "journal", "since": 0})), json!([]));
    assert_eq!(ok(json!({"command": "journal.clear"})), Value::Null);
    assert_eq!(
        ok(json!({"command": "configure", "rateLimit": {"limit": 9, "windowMs": 50}, "tokens": ["t"]})),
        Value::Null
    );
    assert_eq!(ok(json!({"command": "configure", "rateLimit": false})), Value::Null);
    assert_eq!(ok(json!({"command": "reset"})), Value::Null);
    assert_eq!(ok(json!({"command": "snapshot"}))["contacts"], json!([]));
}

#[test]
fn wrong_commands_are_refused() {
    let content = json!({"type": "text", "text": "hello"});
    let wrong = [
        json!({}),
        json!({"command": "explode"}),
        json!({"command": "reset", "hard": true}),
        json!({"command": "seed"}),
        json!({"command": "seed", "count": -1}),
        json!({"command": "seed", "count": MAX_SEED_COUNT + 1}),
        json!({"command": "restore", "snapshot": {}}),
        json!({"command": "clock.freeze", "at": -1}),
        json!({"command": "clock.advance", "ms": 1.5}),
        json!({"command": "clock.advance", "ms": u64::MAX}),
        json!({"command": "fault.add", "fault": {"kind": {"type": "fire"}}}),
        json!({"command": "fault.add", "fault": {"kind": {"type": "stall", "ms": 1}}}),
        json!({"command": "fault.add", "fault": {"operation": "x", "kind": {"type": "stall"}}}),
        json!({"command": "configure", "rateLimit": true}),
        json!({"command": "configure", "rateLimit": {"limit": 1}}),
        json!({"command": "configure", "tokens": [""]}),
        json!({"command": "receive", "contact": "id:1", "content": content}),
        json!({"command": "receive", "contact": "1", "content": content}),
        json!({"command": "receive", "contact": "id:1", "content": {"type": "text"}}),
    ];
    let mut api = Api::new();
    for command in wrong {
        assert!(control(&mut api, command.clone()).is_err(), "{command}");
    }
    let error =
        control(&mut api, json!({"command": "receive", "contact": "id:1", "content": {"type": "text", "txt": 1}}));
    assert!(error.unwrap_err().starts_with("content: txt is not a known field"));
}

#[test]
fn seeded_contacts_are_repeatable_believable_and_unique() {
    let snapshot = |seed| {
        let mut api = Api::new();
        api.service.seed(2000, seed, 0).unwrap();
        serde_json::to_value(api.service.snapshot()).unwrap()
    };
    let one = snapshot(1);
    assert_eq!(one, snapshot(1));
    assert_ne!(one, snapshot(2));
    let contacts = one["contacts"].as_array().unwrap();
    let distinct = |field: &str| {
        let values = contacts.iter().filter_map(|contact| contact["profile"][field].as_str());
        (values.clone().count(), values.collect::<HashSet<_>>().len())
    };
    for field in ["email", "phone"] {
        let (all, unique) = distinct(field);
        assert!(all > 1000 && all < 2000 && all == unique, "{field} {all} {unique}");
    }
    assert!(distinct("firstName").1 > 30);
    assert!(contacts.iter().any(|contact| !contact["profile"]["firstName"].as_str().unwrap().is_ascii()));
    let with = |field: &str| contacts.iter().filter(|contact| !contact[field].as_array().unwrap().is_empty()).count();
    assert!(with("tags") > 500 && with("values") == 2000 && with("messages") > 500 && with("channels") > 1000);
    let later = |contact: &&Value| {
        contact["messages"].as_array().unwrap().iter().any(|message| message["at"].as_i64() > Some(START))
    };
    assert_eq!(contacts.iter().filter(later).count(), 0);
}

#[test]
fn a_second_seed_and_contacts_in_its_way_do_no_harm() {
    let mut api = Api::new();
    api.ok("POST", "/custom_field", r#"{"name":"plan","type":"number"}"#);
    api.service.seed(100, 1, 0).unwrap();
    api.service.seed(100, 1, 0).unwrap();
    assert_eq!(api.ok("GET", "/contact/list?cursorId=200", "")["items"].as_array().unwrap().len(), 1);
    let snapshot = api.service.snapshot();
    api.service.restore(snapshot.clone()).unwrap();
    assert_eq!(api.service.snapshot(), snapshot);
}

#[test]
fn reset_brings_back_what_the_options_ask_for() {
    let options =
        Options { seed: Some(SeedOptions { count: 5, seed: 3 }), freeze_at: Some(START), ..Options::default() };
    let mut service = Service::new(options, 0).unwrap();
    let before = service.snapshot();
    service.seed(1, 1, 0).unwrap();
    service.advance(1000, 0).unwrap();
    service.configure(None, Some(vec!["x".into()])).unwrap();
    service.reset(0).unwrap();
    assert_eq!((service.snapshot(), service.now(0)), (before, START));
}

#[test]
fn a_snapshot_restores_the_same_workspace_elsewhere() {
    let mut api = Api::seeded(300);
    let text = serde_json::to_string(&api.service.snapshot()).unwrap();
    let snapshot: Snapshot = serde_json::from_str(&text).unwrap();
    let mut other = Api::new();
    other.service.restore(snapshot).unwrap();
    assert_eq!(serde_json::to_string(&other.service.snapshot()).unwrap(), text);
    for path in ["/contact/list?limit=100", "/contact/id:7/channel", "/custom_field"] {
        assert_eq!(api.ok("GET", path, ""), other.ok("GET", path, ""), "{path}");
    }
    let email = api.ok("GET", "/contact/id:1", "")["email"].clone();
    let body = json!({"email": email}).to_string();
    assert_eq!(other.status("POST", "/contact", &body), 409, "the index is there");
    assert_eq!(api.ok("POST", "/contact", "{}")["id"], other.ok("POST", "/contact", "{}")["id"]);
}

/// The greatest counter that is taken: a counter from here on has room for four billion more below 2^53.
const LAST_NEXT: u64 = 9_007_199_254_740_991 - 4_294_967_296;

#[test]
fn the_last_numbers_that_a_snapshot_may_hold_are_numbers_of_the_contract() {
    let mut api = Api::new();
    let mut snapshot = serde_json::to_value(api.service.snapshot()).unwrap();
    snapshot["next"] = json!({"contact": LAST_NEXT, "message": LAST_NEXT, "tag": LAST_NEXT, "field": LAST_NEXT});
    assert_eq!(control(&mut api, json!({"command": "restore", "snapshot": snapshot})), Ok(Value::Null));
    let contact = api.ok("POST", "/contact", "{}")["id"].clone();
    let path = format!("/contact/id:{contact}/message");
    let sent = api.ok("POST", &path, r#"{"channelId":1,"message":{"type":"text","text":"a"}}"#);
    let tag = api.ok("POST", "/tag", r#"{"name":"a"}"#);
    let field = api.ok("POST", "/custom_field", r#"{"name":"a","type":"text"}"#);
    assert_eq!([&contact, &sent["messageId"], &tag["id"], &field["id"]], [&json!(LAST_NEXT); 4]);
    assert_eq!(api.ok("GET", &format!("{path}/{LAST_NEXT}"), "")["messageId"], LAST_NEXT);
}

#[test]
fn a_snapshot_of_the_version_before_is_read() {
    let mut api = Api::seeded(3);
    let now = serde_json::to_value(api.service.snapshot()).unwrap();
    let mut before = now.clone();
    before["version"] = json!(1);
    for part in ["users", "closingNotes", "templates"] {
        before.as_object_mut().unwrap().remove(part).unwrap();
    }
    for channel in before["channels"].as_array_mut().unwrap() {
        channel.as_object_mut().unwrap().remove("created").unwrap();
    }
    assert_eq!(control(&mut api, json!({"command": "restore", "snapshot": before})), Ok(Value::Null));
    assert_eq!(serde_json::to_value(api.service.snapshot()).unwrap(), now);
}

#[test]
fn snapshots_that_no_workspace_gave_are_refused() {
    let mut api = Api::seeded(3);
    api.ok("PUT", "/contact/id:1", r#"{"email":"a@b.c"}"#);
    api.ok("POST", "/contact/id:1/message", r#"{"channelId":1,"message":{"type":"text","text":"a"}}"#);
    api.ok("POST", "/contact/id:1/tag", r#"["a"]"#);
    let good = serde_json::to_value(api.service.snapshot()).unwrap();
    let edits: [(&str, Value); 33] = [
        ("/version", json!(3)),
        ("/contacts/1/id", json!(1)),
        ("/contacts/1/id", json!(99)),
        ("/contacts/1/profile/email", json!("A@b.c")),
        ("/contacts/1/profile/email", json!("none")),
        ("/contacts/1/profile/phone", json!("none")),
        ("/contacts/0/tags/0", json!(99)),
        ("/contacts/0/values/0/field", json!(99)),
        ("/contacts/0/values/0/value", json!("gratis")),
        ("/contacts/0/channels/0/channel", json!(99)),
        ("/contacts/0/messages/0/channel", json!(99)),
        ("/contacts/0/messages/0/id", json!(9_007_199_254_740_991u64)),
        ("/contacts/0/messages/0/at", json!(i64::MIN)),
        ("/contacts/0/channels/0/lastMessage", json!(u64::MAX)),
        ("/contacts/0/conversation/opened", json!(i64::MAX)),
        ("/contacts/0/created", json!(9_007_199_254_740_992u64)),
        ("/next/contact", json!(0)),
        ("/next/contact", json!(9_007_199_254_740_992u64)),
        ("/next/contact", json!(LAST_NEXT + 1)),
        ("/next/message", json!(u64::MAX)),
        ("/next/message", json!(9_007_199_254_740_991u64)),
        ("/next/message", json!(LAST_NEXT + 1)),
        ("/next/tag", json!(LAST_NEXT + 1)),
        ("/next/field", json!(LAST_NEXT + 1)),
        ("/next/field", json!(u64::MAX)),
        ("/next/tag", json!(u64::MAX)),
        ("/users/1/id", json!(1)),
        ("/users/0/id", json!(9_007_199_254_740_991u64)),
        ("/users/0/email", json!("MEI@example.com")),
        ("/users/0/email", json!("none")),
        ("/users/4/team/id", json!(9_007_199_254_740_992u64)),
        ("/templates/0/channel", json!(99)),
        ("/channels/0/created", json!(i64::MAX)),
    ];
    let before = api.service.snapshot();
    for (pointer, value) in edits {
        let mut edited = good.clone();
        *edited.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
        let error = control(&mut api, json!({"command": "restore", "snapshot": edited}));
        assert!(error.is_err_and(|error| error.starts_with("snapshot")), "{pointer} {value}");
        assert_eq!(api.service.snapshot(), before, "{pointer}");
    }
    assert!(matches!(api.service.control(Command::Snapshot {}, 0), Ok(Outcome::Snapshot(_))));
}
