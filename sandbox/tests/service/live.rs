//! What each operation of the live surface does to the workspace, and what it answers.

use crate::support::{Api, START};
use respond_io_sandbox::{LiveOptions, Options, Service, Surface};
use respond_io_wasm::live::operation::OPERATIONS;
use serde_json::{Value, json};

const SECONDS: i64 = START / 1000;

/// A sandbox with the contact 1, which WhatsApp and Email reach.
fn with_contact() -> Api {
    let mut api = Api::live();
    api.ok("POST", "/contact/email:aida@example.com", r#"{"firstName":"Aida","phone":"+601"}"#);
    api
}

#[test]
fn a_contact_lives_and_dies() {
    let mut api = Api::live();
    let fields = r#"{"name":"Plan","dataType":"list","allowedValues":["gold"]}"#;
    api.ok("POST", "/space/custom_field", fields);
    api.ok("POST", "/space/custom_field", r#"{"name":"Seats","dataType":"number"}"#);
    api.ok("POST", "/space/custom_field", r#"{"name":"Trial","dataType":"checkbox"}"#);
    let body = json!({
        "firstName": "Aida", "lastName": null, "phone": "+601", "language": "ms",
        "custom_fields": [{"name": "Plan", "value": "gold"}, {"name": "Seats", "value": 4}, {"name": "Trial", "value": false}],
    });
    let created = api.ok("POST", "/contact/email:A@b.c", &body.to_string());
    assert_eq!(created, json!({"code": 200, "message": "The contact was created"}));
    let expected = json!({
        "id": 1, "firstName": "Aida", "phone": "+601", "email": "A@b.c", "language": "ms", "status": "close",
        "custom_fields": [{"name": "Plan", "value": "gold"}, {"name": "Seats", "value": 4}, {"name": "Trial", "value": false}],
        "tags": [], "assignee": null, "lifecycle": "New Lead", "created_at": SECONDS,
    });
    for identifier in ["id:1", "email:a@B.c", "phone:+601"] {
        assert_eq!(api.ok("GET", &format!("/contact/{identifier}"), ""), expected, "{identifier}");
    }
    let changes = r#"{"lastName":"Rahman","email":null,"custom_fields":[{"name":"Seats","value":null}]}"#;
    assert_eq!(api.ok("PUT", "/contact/id:1", changes), json!({"contactId": 1}));
    let changed = api.ok("GET", "/contact/id:1", "");
    assert_eq!(
        (&changed["lastName"], &changed["email"], &changed["language"]),
        (&json!("Rahman"), &Value::Null, &json!("ms"))
    );
    assert_eq!(changed["custom_fields"].as_array().unwrap().len(), 2);
    assert_eq!(api.status("GET", "/contact/email:a@b.c", ""), 404, "the email was emptied");
    assert_eq!(api.ok("DELETE", "/contact/phone:601", ""), json!({"contactId": 1}));
    assert_eq!(api.status("GET", "/contact/id:1", ""), 404);
}

#[test]
fn create_or_update_does_either() {
    let mut api = with_contact();
    let path = "/contact/create_or_update";
    assert_eq!(
        api.ok("POST", &format!("{path}/email:AIDA@example.com"), r#"{"firstName":"A","phone":null}"#),
        json!({"contactId": 1})
    );
    let contact = api.ok("GET", "/contact/id:1", "");
    assert_eq!((&contact["firstName"], &contact["phone"]), (&json!("A"), &Value::Null));
    assert_eq!(api.ok("POST", &format!("{path}/phone:602"), r#"{"firstName":"B"}"#), json!({"contactId": 2}));
    assert_eq!(api.ok("GET", "/contact/phone:602", "")["id"], 2);
    assert_eq!(api.status("POST", &format!("{path}/id:9"), r#"{"firstName":"B"}"#), 404);
}

#[test]
fn a_merge_keeps_the_first_and_sets_what_it_is_told() {
    let mut api = with_contact();
    api.ok("POST", "/contact/phone:602", r#"{"firstName":"Mei","lastName":"Tan"}"#);
    api.ok("POST", "/contact/phone:603", r#"{"firstName":"Noah"}"#);
    api.ok("POST", "/contact/id:2/tag", r#"["vip"]"#);
    let before = api.service.snapshot();
    for (body, status) in [
        (r#"{"contactIds":[1]}"#, 400),
        (r#"{"contactIds":[1,2,3]}"#, 400),
        (r#"{"contactIds":[1,1]}"#, 400),
        (r#"{"contactIds":[1,9]}"#, 404),
        (r#"{"contactIds":[9,1]}"#, 404),
        (r#"{"contactIds":[1,2],"phone":"603"}"#, 409),
        (r#"{"contactIds":[1,2],"custom_fields":[{"name":"x","value":"y"}]}"#, 400),
    ] {
        assert_eq!(api.status("POST", "/contact/merge", body), status, "{body}");
        assert_eq!(api.service.snapshot(), before, "{body}");
    }
    let body = r#"{"contactIds":[1,2],"phone":"602","language":"ms","email":null}"#;
    assert_eq!(api.ok("POST", "/contact/merge", body), json!({"contactId": 1}));
    let contact = api.ok("GET", "/contact/phone:602", "");
    let told = ["id", "firstName", "lastName", "email", "language", "tags"].map(|name| contact[name].clone());
    assert_eq!(json!(told), json!([1, "Aida", "Tan", null, "ms", ["vip"]]));
    assert_eq!(api.status("GET", "/contact/id:2", ""), 404);
    assert_eq!(api.status("GET", "/contact/email:aida@example.com", ""), 404);
}

#[test]
fn refusals_have_the_status_and_the_words_that_clients_look_for() {
    let mut api = with_contact();
    api.ok("POST", "/space/tag", r#"{"name":"vip"}"#);
    api.ok("POST", "/space/tag", r#"{"name":"gold"}"#);
    let tags = json!(vec!["a"; 11]).to_string();
    let long_tag = json!(["é".repeat(256)]).to_string();
    let long_comment = json!({"text": "é".repeat(1001)}).to_string();
    let table = [
        ("POST", "/contact/id:1", r#"{"firstName":"A"}"#, 400, "by its email or phone"),
        (
            "POST",
            "/contact/email:aida@example.com",
            r#"{"firstName":"A"}"#,
            409,
            "a contact with this email already exists",
        ),
        ("POST", "/contact/phone:601", r#"{"firstName":"A"}"#, 409, "a contact with this phone number already exists"),
        ("POST", "/contact/email:b@c.d", r#"{"firstName":"A","email":"c@d.e"}"#, 400, "the one of the identifier"),
        ("POST", "/contact/phone:605", r#"{"firstName":"A","email":"none"}"#, 400, "email must be an email"),
        ("PUT", "/contact/id:1", r#"{"phone":"none"}"#, 400, "phone must be"),
        ("POST", "/contact/email:b@c.d", r#"{"lastName":"A"}"#, 400, "contact.firstName is required"),
        ("POST", "/contact/id:1/tag", "[]", 400, "1 to 10 names"),
        ("POST", "/contact/id:1/tag", &tags, 400, "1 to 10 names"),
        ("DELETE", "/contact/id:1/tag", &long_tag, 400, "at most 255 characters"),
        ("POST", "/contact/id:1/comment", &long_comment, 400, "at most 1000 characters"),
        ("POST", "/contact/id:1/comment", r#"{"text":"{{@user.99}}"}"#, 404, "there is no such user"),
        ("POST", "/contact/id:1/conversation/assignee", r#"{"assignee":99}"#, 404, "there is no such user"),
        ("POST", "/contact/id:1/conversation/assignee", r#"{"assignee":"a@b.c"}"#, 404, "there is no such user"),
        ("POST", "/contact/id:1/conversation/status", r#"{"status":"close","category":"?"}"#, 404, "no closing note"),
        ("POST", "/contact/id:1/conversation/status", r#"{"status":"open","summary":"?"}"#, 400, "status close only"),
        ("POST", "/contact/id:1/message", r#"{"message":{"type":"text","text":"a"}}"#, 400, "channelId is required"),
        (
            "POST",
            "/contact/id:1/message",
            r#"{"channelId":9,"message":{"type":"text","text":"a"}}"#,
            404,
            "the channel does not exist",
        ),
        ("GET", "/contact/id:1/message/5", "", 404, "the contact has no such message"),
        ("GET", "/space/user/99", "", 404, "there is no such user"),
        ("GET", "/space/custom_field/99", "", 404, "there is no such custom field"),
        ("GET", "/space/channel/99/template", "", 404, "the channel does not exist"),
        ("GET", "/space/user?limit=101", "", 400, "query.limit"),
        ("POST", "/space/custom_field", r#"{"name":"a","dataType":"list"}"#, 400, "field.allowedValues"),
        (
            "POST",
            "/space/custom_field",
            r#"{"name":"a","dataType":"text","allowedValues":["a"]}"#,
            400,
            "field.allowedValues",
        ),
        ("POST", "/space/tag", r#"{"name":"vip"}"#, 409, "another tag has this name"),
        ("PUT", "/space/tag", r#"{"currentName":"vip","name":"gold"}"#, 409, "another tag has this name"),
        ("PUT", "/space/tag", r#"{"currentName":"?"}"#, 404, "there is no such tag"),
        ("DELETE", "/space/tag", r#"{"name":"?"}"#, 404, "there is no such tag"),
        ("GET", "/contact/list", "", 405, "GET is not permitted"),
        ("GET", "/tag", "", 404, "there is no route"),
    ];
    let before = api.service.snapshot();
    for (method, path, body, status, words) in table {
        let (actual, message) = api.refused(method, path, body);
        assert!(actual == status && message.contains(words), "{method} {path} {body}: {actual} {message}");
        assert_eq!(api.service.snapshot(), before, "{method} {path} {body}");
    }
}

#[test]
fn unknown_contacts_are_404_for_every_operation_that_names_one() {
    let bodies = [
        ("createContact", r#"{"firstName":"A"}"#),
        ("updateContact", "{}"),
        ("createOrUpdateContact", r#"{"firstName":"A"}"#),
        ("addContactTags", r#"["a"]"#),
        ("removeContactTags", r#"["a"]"#),
        ("updateLifecycle", r#"{"name":null}"#),
        ("sendMessage", r#"{"channelId":1,"message":{"type":"text","text":"a"}}"#),
        ("createComment", r#"{"text":"a"}"#),
        ("assignConversation", r#"{"assignee":null}"#),
        ("updateConversationStatus", r#"{"status":"open"}"#),
    ];
    let named = OPERATIONS.iter().filter(|operation| operation.path.contains("{identifier}"));
    let named: Vec<_> = named.filter(|operation| operation.id != "createContact").collect();
    assert_eq!(named.len(), 14);
    for (new_ms, identifier, status) in [(0, "id:9", 404), (3000, "id:1", 449)] {
        let live = Some(LiveOptions { contact_new_ms: Some(new_ms), ..LiveOptions::default() });
        let mut api = Api::live_with(Options { live, ..Options::default() });
        api.ok("POST", "/contact/email:aida@example.com", r#"{"firstName":"Aida"}"#);
        for operation in &named {
            let body = bodies.iter().find(|(id, _)| *id == operation.id).map_or("", |(_, body)| body);
            let path = operation.path.replace("{identifier}", identifier).replace("{messageId}", "9");
            assert_eq!(api.status(operation.method.as_str(), &path, body), status, "{}", operation.id);
        }
    }
}

#[test]
fn a_contact_is_new_for_as_long_as_the_option_says() {
    let live = Some(LiveOptions { contact_new_ms: Some(3000), ..LiveOptions::default() });
    let mut api = Api::live_with(Options { live, ..Options::default() });
    api.ok("POST", "/contact/email:a@b.c", r#"{"firstName":"A"}"#);
    api.ok("POST", "/contact/email:b@b.c", r#"{"firstName":"B"}"#);
    let merge = r#"{"contactIds":[1,2]}"#;
    for (after_ms, status) in [(0, 449), (2999, 449), (1, 200)] {
        api.service.advance(after_ms, 0).unwrap();
        assert_eq!(api.status("GET", "/contact/email:a@b.c", ""), status);
        assert_eq!(api.status("POST", "/contact/merge", merge), status);
    }
    api.surface = Surface::Contract;
    let id = api.ok("POST", "/contact", "{}")["id"].clone();
    assert_eq!(api.status("GET", &format!("/contact/id:{id}"), ""), 200, "the contract has no 449");
}

#[test]
fn tags_and_the_lifecycle() {
    let mut api = with_contact();
    assert_eq!(api.ok("POST", "/contact/id:1/tag", r#"["a","b","a"]"#), json!({"contactId": 1}));
    assert_eq!(api.ok("DELETE", "/contact/id:1/tag", r#"["b","never"]"#), json!({"contactId": 1}));
    let moved = json!({"code": 200, "message": "The lifecycle was updated"});
    assert_eq!(api.ok("POST", "/contact/id:1/lifecycle/update", r#"{"name":"Customer"}"#), moved);
    let contact = api.ok("GET", "/contact/id:1", "");
    assert_eq!((&contact["tags"], &contact["lifecycle"]), (&json!(["a"]), &json!("Customer")));
    api.ok("POST", "/contact/id:1/lifecycle/update", r#"{"name":null}"#);
    let contact = api.ok("GET", "/contact/id:1", "");
    assert_eq!(contact.get("lifecycle"), Some(&Value::Null));
}

#[test]
fn messages_of_every_type_come_back_as_they_were_sent() {
    let mut api = with_contact();
    let contents = [
        json!({"type": "text", "text": "Hi"}),
        json!({"type": "text", "text": "Hi", "messageTag": "ACCOUNT_UPDATE"}),
        json!({"type": "attachment", "attachment": {"type": "image", "url": "https://example.com/a.png"}}),
        json!({"type": "quick_reply", "title": "Which?", "replies": ["This", "That"]}),
        json!({"type": "custom_payload", "payload": {"anything": [true]}}),
        json!({"type": "email", "text": "Hi", "subject": "S", "cc": ["a@b.c"], "bcc": ["d@e.f"], "replyToMessageId": 7,
            "attachments": [{"type": "file", "url": "https://example.com/a.pdf", "fileName": "a.pdf"}]}),
        json!({"type": "whatsapp_template", "template": {"name": "welcome", "languageCode": "en",
            "components": [{"type": "body", "text": "Hello {{1}}", "parameters": [{"type": "text", "text": "Aida"}]}]}}),
    ];
    for content in contents {
        let sent = api.ok("POST", "/contact/id:1/message", &json!({"channelId": 2, "message": content}).to_string());
        let message = api.ok("GET", &format!("/contact/id:1/message/{}", sent["messageId"]), "");
        assert_eq!(message["message"], content);
        let status = json!([{"value": "pending", "timestamp": SECONDS}]);
        let told = ["contactId", "channelId", "traffic", "status"].map(|name| message[name].clone());
        assert_eq!(json!(told), json!([1, 2, "outgoing", status]));
        api.surface = Surface::Contract;
        api.ok("GET", &format!("/contact/id:1/message/{}", sent["messageId"]), "");
        api.surface = Surface::Live;
    }
    let plain = json!({"type": "email", "text": "Hi"});
    let sent = api.ok("POST", "/contact/id:1/message", &json!({"message": plain}).to_string());
    let message = api.ok("GET", &format!("/contact/id:1/message/{}", sent["messageId"]), "");
    assert_eq!(message["message"], plain, "what was left out is left out");
}

#[test]
fn a_message_tells_how_far_it_has_come() {
    let mut api = with_contact();
    let body = r#"{"channelId":1,"message":{"type":"text","text":"Hi"}}"#;
    let sent = api.ok("POST", "/contact/id:1/message", body);
    for (after_ms, stages) in
        [(0, vec!["pending"]), (200, vec!["pending", "sent"]), (2800, vec!["pending", "sent", "delivered", "read"])]
    {
        api.service.advance(after_ms, 0).unwrap();
        let message = api.ok("GET", &format!("/contact/id:1/message/{}", sent["messageId"]), "");
        let values: Vec<&Value> = message["status"].as_array().unwrap().iter().map(|status| &status["value"]).collect();
        assert_eq!(values, stages);
    }
}

#[test]
fn what_one_surface_does_the_other_sees() {
    let mut api = with_contact();
    api.ok("POST", "/contact/id:1/conversation/assignee", r#"{"assignee":5}"#);
    api.surface = Surface::Contract;
    assert_eq!(api.ok("GET", "/contact/email:aida@example.com", "")["assignee"], "email:mei@example.com");
    api.ok("POST", "/contact/id:1/conversation/assignee", r#"{"assignee":"email:lead@example.com"}"#);
    let sent = api.ok("POST", "/contact/id:1/message", r#"{"channelId":1,"message":{"type":"text","text":"a"}}"#);
    api.ok("POST", "/tag", r#"{"name":"vip"}"#);
    api.surface = Surface::Live;
    assert_eq!(api.ok("GET", "/contact/id:1", "")["assignee"]["id"], 1);
    assert_eq!(api.ok("GET", "/contact/id:1/message/list", "")["items"][0]["messageId"], sent["messageId"]);
    assert_eq!(api.ok("PUT", "/space/tag", r##"{"currentName":"vip","colorCode":"#FFF"}"##)["id"], 1);
    api.ok("POST", "/space/custom_field", r#"{"name":"born","dataType":"time"}"#);
    api.ok("POST", "/space/custom_field", r#"{"name":"mail","dataType":"email"}"#);
    api.surface = Surface::Contract;
    let types: Vec<Value> =
        api.ok("GET", "/custom_field", "").as_array().unwrap().iter().map(|field| field["type"].clone()).collect();
    assert_eq!(types, ["time", "email"], "what the contract has no name for");
}

#[test]
fn conversations_are_assigned_closed_and_opened() {
    let mut api = with_contact();
    let assignee = |api: &mut Api, body: &str| {
        assert_eq!(api.ok("POST", "/contact/id:1/conversation/assignee", body), json!({"contactId": 1}));
        api.ok("GET", "/contact/id:1", "")["assignee"].take()
    };
    let mei = json!({"id": 5, "firstName": "Mei", "lastName": "Tan", "email": "mei@example.com"});
    assert_eq!(assignee(&mut api, r#"{"assignee":5}"#), mei);
    assert_eq!(assignee(&mut api, r#"{"assignee":null}"#), Value::Null);
    assert_eq!(assignee(&mut api, r#"{"assignee":"Mei@example.com"}"#), mei);
    let path = "/contact/id:1/conversation/status";
    for (body, status) in [
        (r#"{"status":"open"}"#, "open"),
        (r#"{"status":"close","category":"Sale","summary":"Paid"}"#, "close"),
        (r#"{"status":"close","category":"Spam"}"#, "close"),
    ] {
        assert_eq!(api.ok("POST", path, body), json!({"contactId": 1}));
        assert_eq!(api.ok("GET", "/contact/id:1", "")["status"], status);
    }
    let conversation = |api: &Api| {
        serde_json::to_value(api.service.snapshot()).unwrap()["contacts"][0]["conversation"]["closing"].take()
    };
    assert_eq!(conversation(&api), json!({"category": "Sale", "summary": "Paid"}), "it was closed once");
    api.ok("POST", path, r#"{"status":"open"}"#);
    assert_eq!(conversation(&api), Value::Null);
}

#[test]
fn a_comment_mentions_users() {
    let mut api = with_contact();
    let text = format!("{{{{@user.5}}}} {}", "é".repeat(1000 - 12));
    let written = api.ok("POST", "/contact/id:1/comment", &json!({"text": text}).to_string());
    assert_eq!(written, json!({"contactId": 1, "text": text, "created_at": SECONDS}));
    api.ok("POST", "/contact/id:1/comment", r#"{"text":"{{@user.x}} {{@user.1"}"#);
}

#[test]
fn the_workspace_tells_of_itself() {
    let mut api = with_contact();
    let names = |page: Value, name: &str| -> Value {
        page["items"].as_array().unwrap().iter().map(|item| item[name].clone()).collect()
    };
    let users = api.ok("GET", "/space/user", "");
    assert_eq!(names(users.clone(), "role"), json!(["owner", "manager", "agent", "agent", "agent"]));
    assert_eq!(api.ok("GET", "/space/user/5", ""), users["items"][4]);
    assert_eq!(users["items"][4]["team"], json!({"id": 1, "name": "Support"}));
    assert_eq!(users["items"][0].get("team"), Some(&Value::Null));
    let notes = api.ok("GET", "/space/closing_notes", "");
    assert_eq!(names(notes, "category"), json!(["Resolved", "Sale", "No answer", "Spam"]));
    let channels = api.ok("GET", "/space/channel", "");
    assert_eq!(names(channels, "source"), json!(["whatsapp", "other_email", "telegram", "twilio"]));
    let templates = api.ok("GET", "/space/channel/1/template", "");
    assert_eq!(names(templates.clone(), "name"), json!(["welcome", "order_update", "bienvenida"]));
    assert_eq!(templates["items"][1]["components"][3]["buttons"][0], json!({"type": "quick_reply", "text": "Yes"}));
    assert_eq!(api.ok("GET", "/space/channel/2/template", "")["items"], json!([]));

    let field =
        r#"{"name":"Plan","slug":"plan","description":"What they pay","dataType":"list","allowedValues":["a"]}"#;
    let field = api.ok("POST", "/space/custom_field", field);
    let expected =
        json!({"id": 1, "name": "Plan", "description": "What they pay", "dataType": "list", "allowedValues": ["a"]});
    assert_eq!(field, expected);
    assert_eq!(api.ok("GET", "/space/custom_field/1", ""), field);
    assert_eq!(api.ok("GET", "/space/custom_field", "")["items"], json!([field]));
    for data_type in ["text", "checkbox", "email", "number", "url", "date", "time"] {
        let body = json!({"name": data_type, "dataType": data_type}).to_string();
        assert_eq!(api.ok("POST", "/space/custom_field", &body)["dataType"], data_type);
    }

    let tag = api.ok("POST", "/space/tag", r##"{"name":"vip","description":"d","colorCode":"#FF5733","emoji":"⭐"}"##);
    assert_eq!(tag, json!({"id": 1, "name": "vip", "description": "d", "emoji": "⭐", "colorCode": "#FF5733"}));
    api.ok("POST", "/contact/id:1/tag", r#"["vip"]"#);
    let tag = api.ok("PUT", "/space/tag", r#"{"currentName":"vip","name":"gold","emoji":"🥇"}"#);
    assert_eq!(tag, json!({"id": 1, "name": "gold", "description": "d", "emoji": "🥇", "colorCode": "#FF5733"}));
    assert_eq!(api.ok("GET", "/contact/id:1", "")["tags"], json!(["gold"]));
    let deleted = api.ok("DELETE", "/space/tag", r#"{"name":"gold"}"#);
    assert_eq!(deleted, json!({"code": 200, "message": "The tag was deleted"}));
    assert_eq!(api.ok("GET", "/contact/id:1", "")["tags"], json!([]));
}

#[test]
fn channels_of_a_contact_say_when_they_were_used() {
    let mut api = with_contact();
    api.ok("POST", "/contact/id:1/message", r#"{"channelId":2,"message":{"type":"text","text":"a"}}"#);
    api.service.advance(5000, 0).unwrap();
    api.service.receive(&"id:1".into(), respond_io_wasm::model::MessageContent::text("b"), Some(1), 0).unwrap();
    let channels = api.ok("GET", "/contact/id:1/channels", "")["items"].take();
    let told = ["id", "lastMessageTime", "lastIncomingMessageTime"];
    let told: Vec<Value> = channels.as_array().unwrap().iter().map(|one| json!(told.map(|name| &one[name]))).collect();
    assert_eq!(json!(told), json!([[1, SECONDS + 5, SECONDS + 5], [2, SECONDS, null]]));
}

/// The ids of every page from the first to the last, and back again by what each names as the one before.
fn walk(api: &mut Api, method: &str, path: &str, body: &str, key: &str) -> (Vec<Vec<Value>>, Vec<Vec<Value>>) {
    let mut turn = |direction: &str, first: String| {
        let (mut pages, mut last, mut next) = (Vec::new(), first.clone(), Some(first));
        while let Some(path) = next {
            let page = api.ok(method, &path, body);
            pages.push(page["items"].as_array().unwrap().iter().map(|item| item[key].clone()).collect());
            last = path;
            next = page["pagination"][direction].as_str().map(|url| {
                let path = url.strip_prefix("https://api.respond.io/live/v2").unwrap_or_else(|| panic!("{url}"));
                path.to_string()
            });
        }
        (pages, last)
    };
    let (there, last) = turn("next", path.into());
    let (mut back, _) = turn("previous", last);
    back.reverse();
    (there, back)
}

#[test]
fn lists_are_walked_page_by_page_there_and_back() {
    let mut api = Api::live();
    api.service.seed(7, 1, 0).unwrap();
    for text in ["a", "b", "c", "d", "e"] {
        let body = json!({"channelId": 1, "message": {"type": "text", "text": text}}).to_string();
        api.ok("POST", "/contact/id:1/message", &body);
    }
    for channel in [1, 2, 3] {
        let body = json!({"channelId": channel, "message": {"type": "text", "text": "f"}}).to_string();
        api.ok("POST", "/contact/id:1/message", &body);
    }
    let everybody = r#"{"timezone":"UTC","filter":{}}"#;
    for (method, path, body, key, limit, lengths) in [
        ("POST", "/contact/list", everybody, "id", 3, vec![3, 3, 1]),
        ("POST", "/contact/list", everybody, "id", 7, vec![7]),
        ("GET", "/space/user", "", "id", 2, vec![2, 2, 1]),
        ("GET", "/space/channel", "", "id", 4, vec![4]),
        ("GET", "/space/custom_field", "", "id", 2, vec![2, 2, 1]),
        ("GET", "/space/closing_notes", "", "category", 3, vec![3, 1]),
        ("GET", "/space/channel/1/template", "", "id", 1, vec![1, 1, 1]),
        ("GET", "/contact/id:1/channels", "", "id", 1, vec![1, 1, 1]),
        ("GET", "/contact/id:1/message/list", "", "messageId", 100, vec![8]),
    ] {
        let (there, back) = walk(&mut api, method, &format!("{path}?limit={limit}"), body, key);
        assert_eq!(there, back, "{path}");
        let counts: Vec<usize> = there.iter().map(Vec::len).collect();
        if !path.contains("id:1") {
            assert_eq!(counts, lengths, "{path}");
        }
        let all: Vec<Value> = there.into_iter().flatten().collect();
        let (whole, _) = walk(&mut api, method, &format!("{path}?limit=100"), body, key);
        assert_eq!(whole, [all], "{path}");
    }
    let messages = api.ok("GET", "/contact/id:1/message/list?limit=2", "");
    assert_eq!(messages["items"][0]["channelId"], 3, "the newest is the first");
    let (there, back) = walk(&mut api, "GET", "/contact/id:1/message/list?limit=3", "", "messageId");
    assert_eq!(there, back);
    for cursor in [0, -5] {
        let page = api.ok("GET", &format!("/space/user?limit=2&cursorId={cursor}"), "");
        assert_eq!((&page["items"][0]["id"], &page["pagination"]["previous"]), (&json!(1), &Value::Null), "{cursor}");
    }
}

#[test]
fn whatsapp_takes_templates_alone_once_the_contact_was_silent_for_a_day() {
    let day_ms = 24 * 60 * 60 * 1000;
    let text = |channel: u64| json!({"channelId": channel, "message": {"type": "text", "text": "a"}}).to_string();
    let template = json!({"channelId": 1, "message": {"type": "whatsapp_template",
        "template": {"name": "welcome", "languageCode": "en"}}});
    let hello = respond_io_wasm::model::MessageContent::text("Hello?");
    for surface in [Surface::Live, Surface::Contract] {
        let mut api = Api::with(Options { messaging_window: Some(true), ..Options::default() });
        api.service.seed(1, 1, 0).unwrap();
        api.surface = surface;
        let send = |api: &mut Api, body: &str| api.refused("POST", "/contact/id:1/message", body);
        api.service.receive(&"id:1".into(), hello.clone(), Some(1), 0).unwrap();
        for (after_ms, whatsapp) in [(0, 200), (day_ms, 200), (1, 400)] {
            api.service.advance(after_ms, 0).unwrap();
            let (status, message) = send(&mut api, &text(1));
            assert_eq!(status, whatsapp, "{message}");
            assert_eq!(message.contains("the messaging window is closed"), whatsapp == 400);
            assert_eq!(send(&mut api, &text(2)).0, 200);
            assert_eq!(send(&mut api, &template.to_string()).0, 200);
        }
        let unnamed = json!({"message": {"type": "text", "text": "a"}}).to_string();
        assert_eq!(send(&mut api, &unnamed).0, 400, "the channel that was used last is WhatsApp");
        api.service.receive(&"id:1".into(), hello.clone(), Some(2), 0).unwrap();
        assert_eq!(send(&mut api, &text(1)).0, 400, "an email opens no window of WhatsApp");
        api.service.receive(&"id:1".into(), hello.clone(), Some(1), 0).unwrap();
        assert_eq!(send(&mut api, &text(1)).0, 200);
    }
    let mut api = Api::live();
    api.service.seed(1, 1, 0).unwrap();
    assert_eq!(api.status("POST", "/contact/id:1/message", &text(1)), 200, "nobody asked for a window");
}

#[test]
fn a_contact_that_is_new_may_be_told_of_by_the_code_alone() {
    let with = |status| {
        let live = LiveOptions { contact_new_ms: Some(1), contact_new_status: Some(status) };
        Options { live: Some(live), ..Options::default() }
    };
    let mut api = Api::live_with(with(404));
    api.ok("POST", "/contact/email:a@b.c", r#"{"firstName":"A"}"#);
    let response = api.send("GET", "/contact/email:a@b.c", "");
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!((response.status, &body["code"]), (404, &json!(449)));
    for status in [399, 500] {
        assert!(Service::new(with(status), 0).is_err(), "{status}");
    }
}
