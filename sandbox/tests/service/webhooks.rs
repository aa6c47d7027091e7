//! What webhooks are told, and what becomes of deliveries.

use crate::support::{Api, START};
use respond_io_sandbox::{
    Command, Delivery, Disturbance, DisturbanceKind, HookOptions, JOURNAL_CAPACITY, MAX_FAILURES, MAX_HOOKS,
    MAX_WAITING, Options, Outcome, Service,
};
use respond_io_wasm::webhook::{EVENTS, Event};
use serde_json::{Value, json};
use std::collections::HashSet;

const URL: &str = "https://example.com/webhook";
const SECONDS: i64 = START / 1000;
/// The number of the first message.
const FIRST: u64 = 1_783_996_922_700_277;

/// A workspace with the contact 1 and a webhook for everything.
fn listening() -> Api {
    let mut api = Api::new();
    api.ok("POST", "/contact", r#"{"firstName":"Aida","email":"aida@example.com","phone":"+601"}"#);
    api.service.add_webhook(HookOptions::new(URL)).unwrap();
    api
}

fn control(api: &mut Api, command: Value) -> Result<Value, String> {
    let command: Command = serde_json::from_value(command).map_err(|error| error.to_string())?;
    let outcome = api.service.control(command, 0).map_err(|refusal| refusal.to_string())?;
    Ok(serde_json::to_value(outcome).unwrap())
}

fn taken(service: &mut Service, hook: u64) -> Vec<Delivery> {
    std::iter::from_fn(|| service.next_delivery(hook)).collect()
}

fn types(deliveries: &[Delivery]) -> Vec<&str> {
    deliveries.iter().map(|delivery| delivery.event_type.as_deref().unwrap_or("")).collect()
}

/// The bodies, without the event's id, which is looked at here.
fn bodies(deliveries: Vec<Delivery>) -> Vec<Value> {
    let body = |delivery: Delivery| {
        let mut body: Value = serde_json::from_str(&delivery.body).unwrap();
        let id = body.as_object_mut().unwrap().remove("event_id").unwrap();
        assert_eq!(id.as_str(), delivery.event_id.as_deref());
        assert_eq!(body.get("event_type").and_then(Value::as_str), delivery.event_type.as_deref());
        body
    };
    deliveries.into_iter().map(body).collect()
}

/// The contact of [`listening`], with these fields in other ways.
fn contact(other: Value) -> Value {
    let mut contact = json!({
        "id": 1, "firstName": "Aida", "email": "aida@example.com", "phone": "+601", "custom_fields": [],
        "status": "close", "tags": [], "assignee": null, "lifecycle": "New Lead", "created_at": SECONDS,
    });
    contact.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    contact
}

fn channel() -> Value {
    json!({ "id": 3, "name": "Telegram", "source": "telegram" })
}

enum Step {
    Api(&'static str, &'static str, &'static str),
    Control(Value),
}
use Step::{Api as Call, Control};

impl Step {
    fn run(self, api: &mut Api) {
        match self {
            Call(method, path, body) => drop(api.ok(method, path, body)),
            Control(command) => drop(control(api, command).unwrap()),
        }
    }
}

/// Steps that nobody hears of, the one that is told, and what is told of it.
type Case = (Vec<Step>, Step, Vec<Value>);

fn contacts() -> Vec<Case> {
    let named = r#"{"firstName":"Bo","customFields":[{"name":"seats","value":"5"},{"name":"share","value":"0.5"},{"name":"news","value":"true"}]}"#;
    let fields = [("seats", "number"), ("share", "number"), ("news", "checkbox")];
    let field = |(name, kind): (&str, &str)| {
        Call("POST", "/custom_field", json!({ "name": name, "type": kind }).to_string().leak())
    };
    let values = json!([
        { "name": "seats", "value": 5 }, { "name": "share", "value": 0.5 }, { "name": "news", "value": true },
    ]);
    vec![
        (
            vec![],
            Call("POST", "/contact", "{}"),
            vec![json!({ "event_type": "contact.created", "contact": {
                "id": 2, "custom_fields": [], "status": "close", "tags": [], "assignee": null,
                "lifecycle": "New Lead", "created_at": SECONDS,
            } })],
        ),
        (
            vec![],
            Call("POST", "/contact/create_or_update/phone:+602", "{}"),
            vec![json!({ "event_type": "contact.created", "contact": {
                "id": 2, "phone": "+602", "custom_fields": [], "status": "close", "tags": [], "assignee": null,
                "lifecycle": "New Lead", "created_at": SECONDS,
            } })],
        ),
        (
            fields.map(field).into(),
            Call("PUT", "/contact/id:1", named),
            vec![json!({ "event_type": "contact.updated", "contact": contact(json!({
                "firstName": "Bo", "custom_fields": values,
            })) })],
        ),
        (
            vec![],
            Call("POST", "/contact/create_or_update/id:1", r#"{"language":"ms"}"#),
            vec![json!({ "event_type": "contact.updated", "contact": contact(json!({ "language": "ms" })) })],
        ),
        (vec![], Call("PUT", "/contact/id:1", r#"{"firstName":"Aida"}"#), vec![]),
        (
            vec![Call("POST", "/contact", r#"{"language":"ms"}"#)],
            Call("POST", "/contact/merge", r#"{"primaryContactId":1,"secondaryContactId":2}"#),
            vec![json!({ "event_type": "contact.updated", "contact": contact(json!({ "language": "ms" })) })],
        ),
        (vec![], Call("DELETE", "/contact/id:1", ""), vec![]),
        (vec![], Control(json!({ "command": "seed", "count": 3 })), vec![]),
    ]
}

fn tags_and_care() -> Vec<Case> {
    let tag = |tag: &str, action: &str, tags: Value| {
        json!({ "event_type": "contact.tag.updated", "tag": tag, "action": action,
            "contact": contact(json!({ "tags": tags })) })
    };
    let care = |assignee: Value| json!({ "event_type": "contact.assignee.updated", "contact": contact(json!({ "assignee": assignee })) });
    let stage = |old: Value, new: Value| {
        json!({ "event_type": "contact.lifecycle.updated", "oldLifecycle": old, "lifecycle": new, "action": "update",
            "contact": contact(json!({ "lifecycle": new })) })
    };
    let to = |stage: Value| Control(json!({ "command": "lifecycle", "contact": "id:1", "stage": stage }));
    let path = "/contact/id:1/conversation/assignee";
    vec![
        (
            vec![Call("POST", "/contact/id:1/tag", r#"["old"]"#)],
            Call("POST", "/contact/id:1/tag", r#"["a","old","b","a"]"#),
            vec![tag("a", "add", json!(["old", "a", "b"])), tag("b", "add", json!(["old", "a", "b"]))],
        ),
        (
            vec![Call("POST", "/contact/id:1/tag", r#"["a","b","c"]"#)],
            Call("DELETE", "/contact/id:1/tag", r#"["c","x","a"]"#),
            vec![tag("a", "remove", json!(["b"])), tag("c", "remove", json!(["b"]))],
        ),
        (
            vec![],
            Call("POST", path, r#"{"assignee":"email:stranger@example.com"}"#),
            vec![care(json!({ "email": "stranger@example.com" }))],
        ),
        (
            vec![],
            Call("POST", path, r#"{"assignee":"email:agent@example.com"}"#),
            vec![care(json!({ "id": 3, "firstName": "Amir", "lastName": "Osman", "email": "agent@example.com" }))],
        ),
        (
            vec![Call("POST", path, r#"{"assignee":"email:agent@example.com"}"#)],
            Call("POST", path, r#"{"assignee":null}"#),
            vec![care(Value::Null)],
        ),
        (vec![], Call("POST", path, r#"{"assignee":null}"#), vec![]),
        (vec![], to(json!("Customer")), vec![stage(json!("New Lead"), json!("Customer"))]),
        (vec![], to(Value::Null), vec![stage(json!("New Lead"), Value::Null)]),
        (vec![to(Value::Null)], to(json!("Paid")), vec![stage(Value::Null, json!("Paid"))]),
        (vec![], to(json!("New Lead")), vec![]),
    ]
}

fn conversations() -> Vec<Case> {
    let path = "/contact/id:1/conversation";
    let message = "/contact/id:1/message";
    let hi = r#"{"channelId":3,"message":{"type":"text","text":"Hi"}}"#;
    let receive = || {
        Control(json!({ "command": "receive", "contact": "id:1", "channelId": 3,
            "content": { "type": "text", "text": "Hello?" } }))
    };
    let wait = || Control(json!({ "command": "clock.advance", "ms": 60_000 }));
    let open = || contact(json!({ "status": "open" }));
    let opened = |by: &str| {
        json!({ "event_type": "conversation.opened", "contact": open(),
            "conversation": { "openedTime": SECONDS, "openedBySource": by } })
    };
    let received = |id: u64| {
        json!({ "event_type": "message.received", "contact": open(), "channel": channel(), "message": {
            "messageId": id, "channelMessageId": id.to_string(), "contactId": 1, "channelId": 3,
            "traffic": "incoming", "message": { "type": "text", "text": "Hello?" }, "timestamp": SECONDS,
        } })
    };
    let sent = |content: Value| {
        json!({ "event_type": "message.sent", "contact": contact(json!({})), "channel": channel(), "user": null,
            "message": {
                "messageId": FIRST, "channelMessageId": FIRST.to_string(), "contactId": 1, "channelId": 3,
                "traffic": "outgoing", "message": content, "timestamp": SECONDS,
                "status": [{ "value": "pending", "timestamp": SECONDS }],
            } })
    };
    let closed = |conversation: Value| json!({ "event_type": "conversation.closed", "contact": contact(json!({})), "conversation": conversation });
    vec![
        (vec![], receive(), vec![opened("contact"), received(FIRST)]),
        (vec![receive()], receive(), vec![received(FIRST + 1)]),
        (vec![], Call("POST", message, hi), vec![sent(json!({ "type": "text", "text": "Hi" }))]),
        (
            vec![],
            Call(
                "POST",
                message,
                r#"{"channelId":3,"message":{"type":"quick_reply","text":"Hi","quickReplies":[{"title":"A","payload":"a"},{"title":"B"}]}}"#,
            ),
            vec![sent(json!({ "type": "quick_reply", "title": "Hi", "replies": ["A", "B"] }))],
        ),
        (
            vec![],
            Call(
                "POST",
                message,
                r#"{"channelId":3,"message":{"type":"attachment","attachment":{"type":"image","url":"https://a.b/c"}}}"#,
            ),
            vec![sent(json!({ "type": "attachment", "attachment": { "type": "image", "url": "https://a.b/c" } }))],
        ),
        (
            vec![],
            Call("POST", message, r#"{"channelId":3,"message":{"type":"whatsapp_template","template":{"name":"t"}}}"#),
            vec![sent(json!({ "type": "whatsapp_template", "template": { "name": "t" } }))],
        ),
        (
            vec![],
            Call("POST", "/contact/id:1/comment", r#"{"text":"Calls back."}"#),
            vec![json!({ "event_type": "comment.created", "contact": contact(json!({})), "text": "Calls back.",
                "user": null })],
        ),
        (vec![], Call("POST", path, r#"{"status":"open"}"#), vec![opened("user")]),
        (vec![receive()], Call("POST", path, r#"{"status":"open"}"#), vec![]),
        (vec![], Call("POST", path, r#"{"status":"close"}"#), vec![]),
        (
            // What belonged to an earlier conversation does not count.
            vec![
                receive(),
                Call("POST", path, r#"{"status":"close"}"#),
                receive(),
                receive(),
                wait(),
                Call("POST", message, hi),
                wait(),
            ],
            Call("POST", path, r#"{"status":"close"}"#),
            vec![closed(json!({
                "openedTime": SECONDS, "openedBySource": "contact", "closedTime": SECONDS + 120, "closedBy": null,
                "closedBySource": "user", "firstResponseTime": 60, "resolutionTime": 120,
                "incomingMessageCount": 2, "outgoingMessageCount": 1,
            }))],
        ),
        (
            vec![Call("POST", path, r#"{"status":"open"}"#)],
            Call("POST", path, r#"{"status":"close"}"#),
            vec![closed(json!({
                "openedTime": SECONDS, "openedBySource": "user", "closedTime": SECONDS, "closedBy": null,
                "closedBySource": "user", "resolutionTime": 0, "incomingMessageCount": 0, "outgoingMessageCount": 0,
            }))],
        ),
    ]
}

#[test]
fn what_happens_is_told_and_nothing_else() {
    let mut seen = HashSet::new();
    let cases = [contacts(), tags_and_care(), conversations()].into_iter().flatten();
    for (index, (before, step, expected)) in cases.enumerate() {
        let mut api = listening();
        before.into_iter().for_each(|step| step.run(&mut api));
        taken(&mut api.service, 1);
        step.run(&mut api);
        let told = bodies(taken(&mut api.service, 1));
        assert_eq!(told, expected, "case {index}");
        seen.extend(told.iter().map(|event| event["event_type"].as_str().unwrap().to_string()));
    }
    let known = EVENTS.iter().map(|event| event.event_type);
    assert_eq!(known.filter(|event| !seen.contains(*event)).collect::<Vec<_>>(), ["call.ended"]);
}

#[test]
fn what_is_refused_or_lost_on_the_way_is_told_as_it_happened() {
    let mut api = listening();
    let fault = |kind: &str| json!({ "command": "fault.add", "fault": { "count": 1, "kind": { "type": kind } } });
    let update = |api: &mut Api, name: &str| drop(api.send("PUT", "/contact/id:1", name));
    for (kind, count) in [("reset_before", 0), ("reset_after", 1), ("truncate", 1)] {
        control(&mut api, fault(kind)).unwrap();
        update(&mut api, &json!({ "firstName": kind }).to_string());
        assert_eq!(taken(&mut api.service, 1).len(), count, "{kind}");
    }
    update(&mut api, r#"{"phone":"none"}"#);
    assert_eq!(taken(&mut api.service, 1), []);
}

#[test]
fn any_event_can_be_sent_and_a_test_lacks_its_type() {
    let mut api = listening();
    let wants = HookOptions { events: Some(vec!["call.ended".into()]), ..HookOptions::new(URL) };
    api.service.add_webhook(wants).unwrap();
    let sneeze = json!({ "event_type": "contact.sneezed", "event_id": "mine", "loud": [true, null, 1.5] });
    let call = json!({ "event_type": "call.ended", "call": { "duration": 5 } });
    for (event, wanting) in [(&sneeze, 1), (&call, 2), (&json!({}), 1)] {
        assert_eq!(control(&mut api, json!({ "command": "webhook.emit", "event": event })), Ok(json!(wanting)));
    }
    let told = taken(&mut api.service, 1);
    let sent: Vec<Value> = told.iter().map(|delivery| serde_json::from_str(&delivery.body).unwrap()).collect();
    assert_eq!(sent, [sneeze, call, json!({})]);
    assert_eq!((told[0].event_id.as_deref(), &told[2].event_type), (Some("mine"), &None));

    taken(&mut api.service, 2);
    control(&mut api, json!({ "command": "webhook.test", "id": 2 })).unwrap();
    let [test] = taken(&mut api.service, 2).try_into().unwrap();
    assert!(matches!(serde_json::from_str(&test.body), Ok(Event::Test(_))));
    assert_eq!((test.event_type, test.event_id.is_some()), (None, true));
    assert_eq!(taken(&mut api.service, 1), [], "a test is for one webhook");
}

#[test]
fn keys_and_event_ids_are_repeatable_and_unique() {
    let run = |random_seed| {
        let mut api = Api::with(Options { random_seed, ..Options::default() });
        let keys: Vec<String> =
            (0..2).map(|_| api.service.add_webhook(HookOptions::new(URL)).unwrap().key.clone()).collect();
        (0..50).for_each(|_| drop(api.ok("POST", "/contact", "{}")));
        let ids = |hook| -> Vec<String> {
            taken(&mut api.service, hook).into_iter().map(|delivery| delivery.event_id.unwrap()).collect()
        };
        let [one, two] = [1, 2].map(ids);
        assert_eq!(one, two, "an event is the same for all");
        (keys, one)
    };
    let (keys, ids) = run(None);
    assert_eq!((keys.clone(), ids.clone()), run(Some(1)));
    assert_ne!(ids, run(Some(2)).1);
    assert_eq!((keys[0].len(), keys[0] == keys[1]), (44, false));
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 50);
    for id in ids {
        let parts: Vec<&str> = id.split('-').collect();
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{id}");
        assert!(parts[2].starts_with('4') && parts[3].starts_with(['8', '9', 'a', 'b']), "{id}");
        assert!(id.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)), "{id}");
    }
}

#[test]
fn a_webhook_that_keeps_failing_is_disabled_until_it_is_enabled() {
    let mut api = listening();
    let create = |api: &mut Api| drop(api.ok("POST", "/contact", "{}"));
    let answer = |api: &mut Api, answer: Result<u16, String>| {
        create(api);
        let seq = api.service.next_delivery(1).unwrap().seq;
        api.service.delivered(seq, answer);
    };
    let state = |api: &Api| (api.service.webhooks()[0].enabled, api.service.webhooks()[0].failures);
    for _ in 1..MAX_FAILURES {
        answer(&mut api, Err("gone".into()));
    }
    answer(&mut api, Ok(200));
    assert_eq!(state(&api), (true, 0));
    for status in [201, 204, 302, 500] {
        answer(&mut api, Ok(status));
    }
    assert_eq!(state(&api), (true, MAX_FAILURES - 1));
    create(&mut api);
    let last = api.service.next_delivery(1).unwrap().seq;
    create(&mut api);
    api.service.delivered(last, Err("no answer".into()));
    assert_eq!(state(&api), (false, MAX_FAILURES));
    let ends: Vec<_> = api.service.deliveries(last - 1).into_iter().map(|delivery| delivery.error).collect();
    assert_eq!(ends, [Some("no answer".into()), Some("the webhook was disabled".into())]);
    create(&mut api);
    assert_eq!((api.service.awaited_webhooks(), api.service.deliveries(last + 1)), (vec![], vec![]));
    assert_eq!(api.service.test_webhook(1, 0).unwrap_err().status, 409);
    assert_eq!(control(&mut api, json!({ "command": "webhook.emit", "event": {} })), Ok(json!(0)));

    api.service.enable_webhook(1).unwrap();
    assert_eq!(state(&api), (true, 0));
    answer(&mut api, Ok(200));
    // A second answer to the same delivery, and one to none at all.
    let seq = api.service.deliveries(0).last().unwrap().seq;
    api.service.delivered(seq, Ok(500));
    api.service.delivered(seq + 1, Ok(500));
    assert_eq!(state(&api), (true, 0));
}

#[test]
fn disturbances_hit_the_deliveries_that_they_name() {
    let mut api = listening();
    api.service.add_webhook(HookOptions { key: Some("other".into()), ..HookOptions::new(URL) }).unwrap();
    let create = |api: &mut Api| {
        api.ok("POST", "/contact", "{}");
        [1, 2].map(|hook| taken(&mut api.service, hook))
    };
    let disturb = |kind| Disturbance { hook: Some(1), count: Some(1), ..Disturbance::new(kind) };
    api.service.disturb(disturb(DisturbanceKind::Tamper {})).unwrap();
    let [hit, missed] = create(&mut api);
    let changed: Value = serde_json::from_str(&hit[0].body).unwrap();
    assert_eq!((hit[0].disturbance, missed[0].disturbance), (Some("tamper"), None));
    assert_eq!(changed["tampered"], true);
    assert_ne!((&hit[0].body, &hit[0].signature), (&missed[0].body, &missed[0].signature));
    let [after, _] = create(&mut api);
    assert_eq!((after[0].disturbance, after[0].body.contains("tampered")), (None, false));

    api.service.disturb(disturb(DisturbanceKind::Duplicate {})).unwrap();
    let [hit, missed] = create(&mut api);
    assert_eq!((hit.len(), missed.len()), (2, 1));
    let [first, second] = [0, 1].map(|at| (&hit[at].body, &hit[at].signature, hit[at].disturbance));
    assert_eq!((first, first.2), (second, Some("duplicate")));

    api.service.disturb(disturb(DisturbanceKind::Reorder {})).unwrap();
    let id = api.service.disturb(Disturbance::new(DisturbanceKind::Delay { ms: 40 })).unwrap();
    let [hit, missed] = create(&mut api);
    assert_eq!((hit[0].disturbance, hit[0].delay_ms), (Some("reorder"), 40));
    assert_eq!((missed[0].disturbance, missed[0].delay_ms), (Some("delay"), 40));
    assert_eq!((api.service.calm(Some(id)), api.service.calm(None)), (1, 0));
}

#[test]
fn webhooks_are_bounded_and_so_is_what_waits_for_them() {
    let mut api = listening();
    for _ in 1..MAX_HOOKS {
        api.service
            .add_webhook(HookOptions { events: Some(vec!["call.ended".into()]), ..HookOptions::new(URL) })
            .unwrap();
    }
    assert_eq!(api.service.add_webhook(HookOptions::new(URL)).unwrap_err().status, 409);
    for _ in 0..=MAX_WAITING {
        api.ok("POST", "/contact", "{}");
    }
    let deliveries = api.service.deliveries(0);
    assert_eq!(deliveries[0].error.as_deref(), Some("too many deliveries waited"));
    assert_eq!(deliveries.iter().filter(|delivery| delivery.error.is_none()).count(), MAX_WAITING);
    api.service.remove_webhook(1).unwrap();
    assert!(api.service.deliveries(1).iter().all(|left| left.error.as_deref() == Some("the webhook was removed")));
    assert_eq!((api.service.next_delivery(1), api.service.remove_webhook(1).unwrap_err().status), (None, 404));
    assert_eq!(api.service.add_webhook(HookOptions::new(URL)).unwrap().id, MAX_HOOKS as u64 + 1);
}

#[test]
fn the_journal_forgets_the_oldest_deliveries_even_where_they_wait() {
    let mut api = listening();
    for _ in 1..MAX_HOOKS {
        api.service.add_webhook(HookOptions::new(URL)).unwrap();
    }
    let event: Event = serde_json::from_str("{}").unwrap();
    let count = JOURNAL_CAPACITY / MAX_HOOKS;
    for _ in 0..=count {
        assert_eq!(api.service.emit(&event, 0), Ok(MAX_HOOKS));
    }
    let kept = api.service.deliveries(0);
    assert_eq!((kept.len(), kept[0].seq), (JOURNAL_CAPACITY, MAX_HOOKS as u64 + 1));
    let last = MAX_HOOKS + JOURNAL_CAPACITY;
    assert_eq!(api.service.deliveries(last as u64 - 1), kept[JOURNAL_CAPACITY - 1..]);
    assert_eq!(api.service.deliveries(u64::MAX), []);
    assert_eq!(taken(&mut api.service, 1).len(), count);
    api.service.delivered(1, Ok(500));
    assert_eq!(api.service.webhooks()[0].failures, 0);
}

#[test]
fn webhooks_outlive_a_snapshot_and_a_reset_brings_back_those_of_the_options() {
    let made = HookOptions { key: Some("k".into()), ..HookOptions::new(URL) };
    let mut api = Api::with(Options { webhooks: Some(vec![made]), ..Options::default() });
    let before = api.service.webhooks().to_vec();
    let snapshot = api.service.snapshot();
    api.ok("POST", "/contact", "{}");
    api.service.restore(snapshot).unwrap();
    assert_eq!(types(&taken(&mut api.service, 1)), ["contact.created"]);
    api.ok("POST", "/contact", "{}");
    assert_eq!(types(&api.service.deliveries(0)), ["contact.created", "contact.created"]);

    api.service.add_webhook(HookOptions::new(URL)).unwrap();
    api.service.reset(0).unwrap();
    assert_eq!((api.service.webhooks(), api.service.deliveries(0)), (&before[..], vec![]));
    assert!(api.service.awaited_webhooks().is_empty());
    let wrong = Options { webhooks: Some(vec![HookOptions::new("ftp://a.b")]), ..Options::default() };
    assert_eq!(Service::new(wrong, 0).unwrap_err().status, 400);
}

#[test]
fn every_command_as_json() {
    let mut api = Api::seeded(1);
    let mut ok =
        |command: Value| control(&mut api, command.clone()).unwrap_or_else(|error| panic!("{command}: {error}"));
    let webhook = json!({ "url": URL, "key": "k", "events": ["contact.lifecycle.updated"] });
    assert_eq!(ok(json!({ "command": "webhook.add", "webhook": webhook })), json!({ "id": 1, "key": "k" }));
    let listed = json!({ "id": 1, "url": URL, "key": "k", "events": ["contact.lifecycle.updated"], "enabled": true,
        "failures": 0 });
    assert_eq!(ok(json!({ "command": "webhook.list" })), json!([listed]));
    let disturbance = json!({ "hook": 1, "count": 1, "kind": { "type": "delay", "ms": 5 } });
    assert_eq!(ok(json!({ "command": "webhook.disturb", "disturbance": disturbance })), 1);
    assert_eq!(ok(json!({ "command": "lifecycle", "contact": "id:1", "stage": null })), Value::Null);
    let mut deliveries = ok(json!({ "command": "webhook.deliveries", "since": 0 }));
    let delivery = deliveries[0].as_object_mut().unwrap();
    let texts = ["body", "signature", "eventId"].map(|name| delivery.remove(name).unwrap());
    assert!(texts.iter().all(Value::is_string));
    let rest = json!({ "seq": 1, "time": START, "hook": 1, "url": URL, "eventType": "contact.lifecycle.updated",
        "disturbance": "delay", "delayMs": 5, "status": null, "error": null });
    assert_eq!(deliveries, json!([rest]));
    assert_eq!(ok(json!({ "command": "webhook.deliveries", "since": 1 })), json!([]));
    for (kind, id) in [("tamper", 2), ("duplicate", 3), ("reorder", 4)] {
        let disturbance = json!({ "kind": { "type": kind } });
        assert_eq!(ok(json!({ "command": "webhook.disturb", "disturbance": disturbance })), id);
    }
    assert_eq!(ok(json!({ "command": "webhook.calm", "id": 2 })), 1);
    assert_eq!(ok(json!({ "command": "webhook.calm" })), 2);
    assert_eq!(ok(json!({ "command": "webhook.enable", "id": 1 })), Value::Null);
    assert_eq!(ok(json!({ "command": "webhook.test", "id": 1 })), Value::Null);
    assert_eq!(ok(json!({ "command": "webhook.emit", "event": { "event_type": "call.ended" } })), 0);
    assert_eq!(ok(json!({ "command": "webhook.remove", "id": 1 })), Value::Null);
    assert!(
        matches!(api.service.control(Command::WebhookList {}, 0), Ok(Outcome::Webhooks(hooks)) if hooks.is_empty())
    );
}

#[test]
fn wrong_commands_are_refused() {
    let add = |webhook: Value| json!({ "command": "webhook.add", "webhook": webhook });
    let disturb = |disturbance: Value| json!({ "command": "webhook.disturb", "disturbance": disturbance });
    let wrong = [
        add(json!({})),
        add(json!({ "url": "" })),
        add(json!({ "url": "example.com" })),
        add(json!({ "url": "ftp://example.com" })),
        add(json!({ "url": "https://exa mple.com" })),
        add(json!({ "url": URL, "key": "" })),
        add(json!({ "url": URL, "events": ["message.recieved"] })),
        add(json!({ "url": URL, "secret": "k" })),
        disturb(json!({ "type": "tamper" })),
        disturb(json!({ "kind": { "type": "lose" } })),
        disturb(json!({ "kind": { "type": "delay" } })),
        disturb(json!({ "kind": { "type": "tamper", "ms": 1 } })),
        disturb(json!({ "count": 0, "kind": { "type": "tamper" } })),
        disturb(json!({ "kind": { "type": "delay", "ms": u32::MAX } })),
        json!({ "command": "webhook.remove", "id": 9 }),
        json!({ "command": "webhook.enable", "id": 9 }),
        json!({ "command": "webhook.test", "id": 9 }),
        json!({ "command": "webhook.emit", "event": "call.ended" }),
        json!({ "command": "lifecycle", "contact": "id:1" }),
        json!({ "command": "lifecycle", "contact": "1", "stage": null }),
        json!({ "command": "lifecycle", "contact": "id:9", "stage": null }),
    ];
    let mut api = listening();
    for command in wrong {
        assert!(control(&mut api, command.clone()).is_err(), "{command}");
    }
}
