//! What each of the twenty operations does to the workspace, through the service's front door.

use crate::support::Api;
use respond_io_wasm::operation::OPERATIONS;
use serde_json::{Value, json};

#[test]
fn a_contact_lives_and_dies() {
    let mut api = Api::new();
    api.ok("POST", "/custom_field", r#"{"name":"plan","type":"list","options":["free","team"]}"#);
    let created = api.ok(
        "POST",
        "/contact",
        r#"{"firstName":"Íñigo","email":"I@b.c","phone":"+601","customFields":[{"name":"plan","value":"team"}]}"#,
    );
    let expected = json!({
        "id": 1, "firstName": "Íñigo", "email": "I@b.c", "phone": "+601", "status": "New Lead", "assignee": null,
        "created": crate::support::START / 1000, "tags": [], "customFields": [{"name": "plan", "value": "team"}],
    });
    assert_eq!(created, expected);
    for identifier in ["id:1", "email:i@B.c", "email:I%40b.c", "phone:+601", "phone:601"] {
        assert_eq!(api.ok("GET", &format!("/contact/{identifier}"), ""), expected, "{identifier}");
    }
    let changed = api.ok("PUT", "/contact/id:1", r#"{"lastName":"X","email":"new@b.c"}"#);
    assert_eq!((&changed["firstName"], &changed["lastName"]), (&json!("Íñigo"), &json!("X")));
    assert_eq!(api.status("GET", "/contact/email:i@b.c", ""), 404);
    assert_eq!(api.ok("GET", "/contact/email:new@b.c", ""), changed);
    api.ok("DELETE", "/contact/id:1", "");
    for identifier in ["id:1", "email:new@b.c", "phone:601"] {
        assert_eq!(api.status("GET", &format!("/contact/{identifier}"), ""), 404, "{identifier}");
    }
    assert_eq!(api.ok("POST", "/contact", r#"{"email":"new@b.c"}"#)["id"], 2);
}

#[test]
fn unknown_contacts_are_404_for_every_operation_that_names_one() {
    let bodies = [
        ("updateContact", "{}"),
        ("addContactTags", r#"["a"]"#),
        ("removeContactTags", r#"["a"]"#),
        ("sendMessage", r#"{"channelId":1,"message":{"type":"text","text":"a"}}"#),
        ("updateConversationStatus", r#"{"status":"open"}"#),
        ("assignConversation", r#"{"assignee":null}"#),
        ("createComment", r#"{"text":"a"}"#),
        ("createOrUpdateContact", "{}"),
    ];
    let mut api = Api::new();
    let before = api.service.snapshot();
    let mut tried = 0;
    for operation in OPERATIONS.iter().filter(|operation| operation.path.contains("{identifier}")) {
        let body = bodies.iter().find(|(id, _)| *id == operation.id).map_or("", |(_, body)| body);
        let path = operation.path.replace("{identifier}", "id:9").replace("{messageId}", "9");
        let refused = api.refused(operation.method.as_str(), &path, body);
        assert_eq!(refused, (404, "there is no such contact".into()), "{}", operation.id);
        tried += 1;
    }
    assert_eq!(tried, 12);
    for body in [r#"{"primaryContactId":8,"secondaryContactId":9}"#, r#"{"primaryContactId":9,"secondaryContactId":8}"#]
    {
        assert_eq!(api.status("POST", "/contact/merge", body), 404);
    }
    assert_eq!(api.service.snapshot(), before);
}

#[test]
fn duplicates_are_refused_and_change_nothing() {
    let mut api = Api::new();
    api.ok("POST", "/contact", r#"{"email":"a@b.c","phone":"+601"}"#);
    api.ok("POST", "/contact", r#"{"email":"d@e.f","phone":"+602"}"#);
    api.ok("POST", "/tag", r#"{"name":"one"}"#);
    api.ok("POST", "/tag", r#"{"name":"two"}"#);
    api.ok("POST", "/custom_field", r#"{"name":"plan","type":"text"}"#);
    let before = api.service.snapshot();
    let table = [
        ("POST", "/contact", r#"{"email":"A@B.C"}"#),
        ("POST", "/contact", r#"{"phone":"601"}"#),
        ("PUT", "/contact/id:2", r#"{"firstName":"X","email":"a@b.c"}"#),
        ("PUT", "/contact/id:2", r#"{"firstName":"X","phone":"+601"}"#),
        ("POST", "/contact/create_or_update/id:2", r#"{"email":"a@b.c"}"#),
        ("POST", "/contact/create_or_update/email:new@b.c", r#"{"phone":"+601"}"#),
        ("POST", "/tag", r#"{"name":"one"}"#),
        ("PUT", "/tag/2", r#"{"name":"one"}"#),
        ("POST", "/custom_field", r#"{"name":"plan","type":"number"}"#),
    ];
    for (method, path, body) in table {
        assert_eq!(api.status(method, path, body), 409, "{method} {path} {body}");
    }
    assert_eq!(api.service.snapshot(), before);
    assert_eq!(api.status("PUT", "/contact/id:1", r#"{"email":"A@b.c","phone":"601"}"#), 200, "its own");
    assert_eq!(api.status("PUT", "/tag/1", r#"{"name":"one"}"#), 200, "its own");
}

#[test]
fn create_or_update() {
    let mut api = Api::new();
    let by_email = api.ok("POST", "/contact/create_or_update/email:a@b.c", r#"{"firstName":"A"}"#);
    assert_eq!((&by_email["id"], &by_email["email"]), (&json!(1), &json!("a@b.c")));
    let again = api.ok("POST", "/contact/create_or_update/email:A@b.c", r#"{"lastName":"B"}"#);
    assert_eq!((&again["id"], &again["firstName"], &again["lastName"]), (&json!(1), &json!("A"), &json!("B")));
    let by_phone = api.ok("POST", "/contact/create_or_update/phone:+601", r#"{"phone":"601","email":"d@e.f"}"#);
    assert_eq!((&by_phone["id"], &by_phone["phone"]), (&json!(2), &json!("601")));
    assert_eq!(api.status("POST", "/contact/create_or_update/email:x@y.z", r#"{"email":"other@y.z"}"#), 400);
    assert_eq!(api.status("POST", "/contact/create_or_update/phone:+609", r#"{"phone":"+608"}"#), 400);
    assert_eq!(api.ok("GET", "/contact/list", "")["items"].as_array().unwrap().len(), 2);
}

#[test]
fn custom_field_values_are_checked() {
    let mut api = Api::new();
    let fields = [("t", "text"), ("n", "number"), ("d", "date"), ("c", "checkbox"), ("u", "url")];
    for (name, kind) in fields {
        let field = api.ok("POST", "/custom_field", &json!({"name": name, "type": kind}).to_string());
        assert_eq!((&field["name"], &field["type"]), (&json!(name), &json!(kind)));
    }
    let list = api.ok("POST", "/custom_field", r#"{"id":77,"name":"l","type":"list","options":["a","b"]}"#);
    assert_eq!(list, json!({"id": 6, "name": "l", "type": "list", "options": ["a", "b"]}));
    assert_eq!(api.ok("GET", "/custom_field", "").as_array().unwrap().len(), 6);
    let value = |name: &str, value: &str| json!({"customFields": [{"name": name, "value": value}]}).to_string();
    for (name, good, bad) in [
        ("n", "1.5", "x"),
        ("d", "2026-11-23", "23.11.2026"),
        ("c", "true", "yes"),
        ("u", "https://a.b", "a.b"),
        ("l", "b", "c"),
    ] {
        assert_eq!(api.status("POST", "/contact", &value(name, good)), 200, "{name}");
        let (status, message) = api.refused("POST", "/contact", &value(name, bad));
        assert_eq!(status, 400, "{name}");
        assert!(message.starts_with(&format!("the custom field {name:?} takes ")), "{message}");
    }
    assert_eq!(
        api.refused("PUT", "/contact/id:1", &value("none", "x")),
        (400, "there is no custom field \"none\"".into())
    );
    for body in [
        r#"{"name":"x","type":"list"}"#,
        r#"{"name":"x","type":"text","options":["a"]}"#,
        r#"{"name":"x"}"#,
        r#"{"name":"x","type":"money"}"#,
    ] {
        assert_eq!(api.status("POST", "/custom_field", body), 400, "{body}");
    }
    assert_eq!(api.status("POST", "/contact", r#"{"phone":"call me"}"#), 400);
}

#[test]
fn pages_cover_every_contact_once() {
    let mut api = Api::seeded(25);
    let first = api.ok("GET", "/contact/list", "");
    assert_eq!(first["items"].as_array().unwrap().len(), 10);
    for (limit, pages) in [(1, 25), (7, 4), (24, 2), (25, 1), (100, 1)] {
        let (mut ids, mut cursor, mut count) = (Vec::new(), String::new(), 0);
        loop {
            let page = api.ok("GET", &format!("/contact/list?limit={limit}{cursor}"), "");
            ids.extend(page["items"].as_array().unwrap().iter().map(|contact| contact["id"].as_u64().unwrap()));
            count += 1;
            let pagination = &page["pagination"];
            assert_eq!(pagination["hasMore"], json!(!pagination["cursorId"].is_null()));
            if pagination["cursorId"].is_null() {
                break;
            }
            cursor = format!("&cursorId={}", pagination["cursorId"]);
        }
        assert_eq!((ids, count), ((1..=25).collect(), pages), "{limit}");
    }
    api.ok("DELETE", "/contact/id:11", "");
    let next = api.ok("GET", "/contact/list?cursorId=11", "");
    assert_eq!(next["items"][0]["id"], 12, "a cursor outlives its contact");
    assert_eq!(api.ok("GET", "/contact/list?cursorId=-5&limit=1", "")["items"][0]["id"], 1);
    assert_eq!(
        api.ok("GET", "/contact/list?cursorId=999", "")["pagination"],
        json!({"cursorId": null, "hasMore": false})
    );
}

#[test]
fn merging_moves_everything_and_the_primarys_values_win() {
    let mut api = Api::new();
    for name in ["a", "b"] {
        api.ok("POST", "/custom_field", &json!({"name": name, "type": "text"}).to_string());
    }
    api.ok("POST", "/contact", r#"{"firstName":"P","customFields":[{"name":"a","value":"p"}]}"#);
    api.ok("POST", "/contact", r#"{"firstName":"S","lastName":"S","email":"s@b.c","phone":"+601","customFields":[{"name":"a","value":"s"},{"name":"b","value":"s"}]}"#);
    api.ok("POST", "/contact/id:1/tag", r#"["x","y"]"#);
    api.ok("POST", "/contact/id:2/tag", r#"["y","z"]"#);
    api.ok("POST", "/contact/id:2/conversation", r#"{"status":"open"}"#);
    api.ok("POST", "/contact/id:2/comment", r#"{"text":"moved"}"#);
    let message = r#"{"channelId":3,"message":{"type":"text","text":"hi"}}"#;
    let first = api.ok("POST", "/contact/id:1/message", message)["messageId"].clone();
    let second = api.ok("POST", "/contact/id:2/message", &message.replace('3', "4"))["messageId"].clone();
    assert_eq!(api.status("POST", "/contact/merge", r#"{"primaryContactId":1,"secondaryContactId":1}"#), 400);

    let merged = api.ok("POST", "/contact/merge", r#"{"primaryContactId":1,"secondaryContactId":2}"#);
    assert_eq!((&merged["id"], &merged["firstName"], &merged["lastName"]), (&json!(1), &json!("P"), &json!("S")));
    assert_eq!((&merged["email"], &merged["phone"]), (&json!("s@b.c"), &json!("+601")));
    assert_eq!(merged["tags"], json!(["x", "y", "z"]));
    assert_eq!(merged["customFields"], json!([{"name": "a", "value": "p"}, {"name": "b", "value": "s"}]));
    assert_eq!(api.status("GET", "/contact/id:2", ""), 404);
    assert_eq!(api.ok("GET", "/contact/email:s@b.c", "")["id"], 1);
    for (id, channel) in [(&first, 3), (&second, 4)] {
        let found = api.ok("GET", &format!("/contact/id:1/message/{id}"), "");
        assert_eq!((&found["contactId"], &found["channelId"]), (&json!(1), &json!(channel)));
    }
    let closed = api.ok("POST", "/contact/id:1/conversation", r#"{"status":"close"}"#);
    assert_eq!(closed["opened"], json!(crate::support::START / 1000), "the conversation came along");
    let snapshot = serde_json::to_value(api.service.snapshot()).unwrap();
    assert_eq!(snapshot["contacts"][0]["comments"][0]["text"], "moved");
    let last = api.ok("POST", "/contact/id:1/message", r#"{"message":{"type":"text","text":"hi"}}"#);
    assert_eq!(api.ok("GET", &format!("/contact/id:1/message/{}", last["messageId"]), "")["channelId"], 4);
}

#[test]
fn merged_conversations_are_open_if_either_is() {
    // Open and closed at, of both, and what becomes of them; `None` is no conversation at all.
    type Times = Option<(bool, Option<i64>, Option<i64>)>;
    let (open, closed) = (Some((true, Some(10), None)), Some((false, Some(5), Some(20))));
    let reopened = Some((true, Some(30), Some(2)));
    let table: [(Times, Times, Times); 9] = [
        (None, None, None),
        (open, None, open),
        (None, closed, closed),
        (open, closed, Some((true, Some(10), Some(20)))),
        (closed, open, Some((true, Some(10), Some(20)))),
        (open, reopened, Some((true, Some(30), Some(2)))),
        (reopened, open, Some((true, Some(30), Some(2)))),
        (closed, Some((false, None, Some(40))), Some((false, Some(5), Some(40)))),
        (Some((false, None, Some(40))), closed, Some((false, Some(5), Some(40)))),
    ];
    // The number of the first message, made up from when it was opened, must come along with it.
    let value = |times: Times| {
        times.map(|(open, opened, closed)| {
            let first = opened.unwrap_or_default();
            json!({"open": open, "opened": opened, "closed": closed, "openedBy": null, "firstMessage": first})
        })
    };
    for (primary, secondary, expected) in table {
        let mut api = Api::new();
        api.ok("POST", "/contact", "{}");
        api.ok("POST", "/contact", "{}");
        let mut snapshot = serde_json::to_value(api.service.snapshot()).unwrap();
        snapshot["contacts"][0]["conversation"] = json!(value(primary));
        snapshot["contacts"][1]["conversation"] = json!(value(secondary));
        api.service.restore(serde_json::from_value(snapshot).unwrap()).unwrap();
        api.ok("POST", "/contact/merge", r#"{"primaryContactId":1,"secondaryContactId":2}"#);
        let snapshot = serde_json::to_value(api.service.snapshot()).unwrap();
        assert_eq!(snapshot["contacts"][0]["conversation"], json!(value(expected)), "{primary:?} {secondary:?}");
    }
}

#[test]
fn a_merged_contact_keeps_its_assignee_or_takes_the_others() {
    let (own, other) = (json!("email:own@b.c"), json!("email:other@b.c"));
    let table = [(&own, &other, &own), (&own, &Value::Null, &own), (&Value::Null, &other, &other)];
    for (primary, secondary, expected) in table.into_iter().chain([(&Value::Null, &Value::Null, &Value::Null)]) {
        let mut api = Api::new();
        for (id, assignee) in [(1, primary), (2, secondary)] {
            api.ok("POST", "/contact", "{}");
            let path = format!("/contact/id:{id}/conversation/assignee");
            api.ok("POST", &path, &json!({ "assignee": assignee }).to_string());
        }
        api.ok("POST", "/contact/merge", r#"{"primaryContactId":1,"secondaryContactId":2}"#);
        let snapshot = serde_json::to_value(api.service.snapshot()).unwrap();
        assert_eq!(&snapshot["contacts"][0]["assignee"], expected, "{primary} {secondary}");
    }
}

#[test]
fn messages_of_every_type_come_back_as_they_were_sent() {
    let mut api = Api::new();
    api.ok("POST", "/contact", "{}");
    let contents = [
        json!({"type": "text", "text": "😀 \" \\ \u{2028}"}),
        json!({"type": "attachment", "attachment": {"type": "video", "url": "https://a.b/c.mp4"}}),
        json!({"type": "quick_reply", "text": "?", "quickReplies": [{"title": "Yes", "payload": "y"}, {"title": "No"}]}),
        json!({"type": "whatsapp_template", "template": {"name": "t", "languageCode": "en", "components": [{"n": 1.5}]}}),
    ];
    let mut last = u64::from(u32::MAX);
    for content in contents {
        let sent = api.ok("POST", "/contact/id:1/message", &json!({"channelId": 1, "message": content}).to_string());
        let id = sent["messageId"].as_u64().unwrap();
        assert!(id > last && id < 1 << 53);
        last = id;
        assert_eq!(sent["status"], "queued");
        let message = api.ok("GET", &format!("/contact/id:1/message/{id}"), "");
        assert_eq!(
            message,
            json!({
                "messageId": id, "contactId": 1, "channelId": 1, "traffic": "outgoing", "message": content,
                "timestamp": crate::support::START / 1000, "status": "queued",
            })
        );
    }
    assert_eq!(api.status("GET", "/contact/id:1/message/1", ""), 404);
    api.ok("POST", "/contact", "{}");
    assert_eq!(api.status("GET", &format!("/contact/id:2/message/{last}"), ""), 404, "another contact's");
}

#[test]
fn a_message_goes_its_way_on_the_clock() {
    let mut api = Api::new();
    api.ok("POST", "/contact", "{}");
    let sent = api.ok("POST", "/contact/id:1/message", r#"{"channelId":1,"message":{"type":"text","text":"a"}}"#);
    let path = format!("/contact/id:1/message/{}", sent["messageId"]);
    for (advance, status) in
        [(0, "queued"), (199, "queued"), (1, "sent"), (800, "delivered"), (2000, "read"), (9999, "read")]
    {
        api.service.advance(advance, 0).unwrap();
        assert_eq!(api.ok("GET", &path, "")["status"], status);
    }
}

#[test]
fn a_send_without_a_channel_takes_the_last_one() {
    let mut api = Api::new();
    api.ok("POST", "/contact", r#"{"email":"a@b.c"}"#);
    let text = |channel: &str| format!(r#"{{{channel}"message":{{"type":"text","text":"a"}}}}"#);
    assert_eq!(api.status("POST", "/contact/id:1/message", &text("")), 400);
    assert_eq!(api.status("POST", "/contact/id:1/message", &text("\"channelId\":99,")), 404);
    assert_eq!(api.ok("GET", "/contact/id:1/channel", ""), json!([]));
    for channel in [3, 2, 3, 4] {
        api.ok("POST", "/contact/id:1/message", &text(&format!("\"channelId\":{channel},")));
        let id = api.ok("POST", "/contact/id:1/message", &text(""))["messageId"].clone();
        assert_eq!(api.ok("GET", &format!("/contact/id:1/message/{id}"), "")["channelId"], channel);
    }
    let content = respond_io_wasm::model::MessageContent::text("hello");
    let message = api.service.receive(&"id:1".into(), content, Some(2), 0).unwrap();
    assert_eq!((message.channel_id, message.status.as_deref()), (Some(2), Some("delivered")));
    let id = api.ok("POST", "/contact/id:1/message", &text(""))["messageId"].clone();
    assert_eq!(api.ok("GET", &format!("/contact/id:1/message/{id}"), "")["channelId"], 2);
    let channels = api.ok("GET", "/contact/id:1/channel", "");
    assert_eq!(channels.as_array().unwrap().len(), 3);
    assert_eq!(channels[0], json!({"id": 2, "name": "Email", "source": "email", "meta": {"address": "a@b.c"}}));
}

#[test]
fn conversations_keep_when_they_were_opened_and_closed() {
    let mut api = Api::new();
    api.ok("POST", "/contact", "{}");
    let start = crate::support::START / 1000;
    let mut to = |status: &str, after: u64| {
        api.service.advance(after * 1000, 0).unwrap();
        let body = api.ok("POST", "/contact/id:1/conversation", &json!({"status": status}).to_string());
        (body["status"].clone(), body["opened"].clone(), body["closed"].clone())
    };
    assert_eq!(to("open", 0), (json!("open"), json!(start), Value::Null));
    assert_eq!(to("open", 1), (json!("open"), json!(start), Value::Null), "open already");
    assert_eq!(to("close", 1), (json!("close"), json!(start), json!(start + 2)));
    assert_eq!(to("close", 1), (json!("close"), json!(start), json!(start + 2)), "closed already");
    assert_eq!(to("open", 1), (json!("open"), json!(start + 4), json!(start + 2)));
    api.ok("POST", "/contact", "{}");
    let closed = api.ok("POST", "/contact/id:2/conversation", r#"{"status":"close","closingNoteId":3}"#);
    assert_eq!(closed, json!({"contactId": 2, "status": "close", "assignee": null, "closed": start + 4}));
}

#[test]
fn assignment_comments_and_an_incoming_message() {
    let mut api = Api::new();
    api.ok("POST", "/contact", "{}");
    api.ok("POST", "/contact/id:1/conversation/assignee", r#"{"assignee":"email:agent@example.com"}"#);
    assert_eq!(api.ok("GET", "/contact/id:1", "")["assignee"], "email:agent@example.com");
    let open = api.ok("POST", "/contact/id:1/conversation", r#"{"status":"open"}"#);
    assert_eq!(open["assignee"], "email:agent@example.com");
    api.ok("POST", "/contact/id:1/conversation/assignee", r#"{"assignee":null}"#);
    assert_eq!(api.ok("GET", "/contact/id:1", "")["assignee"], Value::Null);
    for body in ["{}", r#"{"assignee":"agent@example.com"}"#] {
        assert_eq!(api.status("POST", "/contact/id:1/conversation/assignee", body), 400, "{body}");
    }
    api.ok("POST", "/contact/id:1/comment", r#"{"text":"@[a@b.c] call"}"#);
    assert_eq!(api.status("POST", "/contact/id:1/comment", r#"{"text":""}"#), 400);
    api.ok("POST", "/contact/id:1/conversation", r#"{"status":"close"}"#);
    let content = respond_io_wasm::model::MessageContent::text("hello");
    let message = api.service.receive(&"id:1".into(), content, None, 0).unwrap();
    let found = api.ok("GET", &format!("/contact/id:1/message/{}", message.message_id.unwrap()), "");
    assert_eq!((&found["traffic"], &found["channelId"]), (&json!("incoming"), &json!(1)));
    let snapshot = serde_json::to_value(api.service.snapshot()).unwrap();
    assert_eq!(snapshot["contacts"][0]["conversation"]["open"], true);
    assert_eq!(snapshot["contacts"][0]["comments"][0]["text"], "@[a@b.c] call");
}

#[test]
fn tags_are_created_renamed_and_deleted_everywhere() {
    let mut api = Api::new();
    api.ok("POST", "/contact", "{}");
    assert_eq!(api.ok("POST", "/tag", r#"{"id":9,"name":"vip"}"#), json!({"id": 1, "name": "vip"}));
    api.ok("POST", "/contact/id:1/tag", r#"["vip","new","vip"]"#);
    api.ok("POST", "/contact/id:1/tag", r#"["new"]"#);
    let mut tags = |method: &str, path: &str, body: &str| {
        api.ok(method, path, body);
        api.ok("GET", "/contact/id:1", "")["tags"].clone()
    };
    assert_eq!(tags("PUT", "/tag/1", r#"{"name":"gold"}"#), json!(["gold", "new"]));
    assert_eq!(tags("DELETE", "/contact/id:1/tag", r#"["new","never"]"#), json!(["gold"]));
    assert_eq!(tags("DELETE", "/tag/1", ""), json!([]));
    for (method, path, body, status) in [
        ("DELETE", "/tag/1", "", 404),
        ("PUT", "/tag/1", r#"{"name":"x"}"#, 404),
        ("POST", "/tag", r#"{"name":"new"}"#, 409),
        ("POST", "/tag", r#"{"name":"vip"}"#, 200),
        ("POST", "/contact/id:1/tag", r#"[""]"#, 400),
        ("POST", "/contact/id:1/tag", r#"{"tags":["a"]}"#, 400),
    ] {
        assert_eq!(api.status(method, path, body), status, "{method} {path} {body}");
    }
}
