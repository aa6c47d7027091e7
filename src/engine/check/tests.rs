use super::*;
use crate::model::*;
use crate::operation::*;
use crate::schema::Wire;
use alloc::format;

fn refused(operation: &OperationMeta, arguments: &str) -> (&'static str, String) {
    let fault = sent(arguments.as_bytes(), &Kind::Object(operation.input)).expect_err(arguments);
    (fault.rule.name(), fault.path)
}

fn accepted(operation: &OperationMeta, arguments: &str) {
    let checked = sent(arguments.as_bytes(), &Kind::Object(operation.input));
    assert_eq!(checked, Ok(()), "{arguments}");
}

fn read<T: Wire>(body: &str) -> Result<Option<(&'static str, String)>, &'static str> {
    received(body.as_bytes(), &T::KIND)
        .map(|mismatch| mismatch.map(|fault| (fault.rule.name(), fault.path)))
        .map_err(|fault| fault.rule.name())
}

#[test]
fn what_is_sent_is_checked_strictly() {
    let contact = |fields: &str| format!(r#"{{"contact":{{{fields}}}}}"#);
    let table = [
        (r#""email":"nobody""#, "email", "contact.email"),
        (r#""email":"a@b@c""#, "email", "contact.email"),
        (r#""profilePic":"/a.png""#, "uri", "contact.profilePic"),
        (r#""firstName":1"#, "kind", "contact.firstName"),
        (r#""firstName":null"#, "kind", "contact.firstName"),
        (r#""nickname":"x""#, "unknown_field", "contact.nickname"),
        (r#""firstName":"a","firstName":"b""#, "duplicate", "contact.firstName"),
        (r#""customFields":[{"name":"a","value":"b"},{"name":"a"}]"#, "required", "contact.customFields[1].value"),
        (r#""customFields":[{"name":"","value":"b"}]"#, "empty", "contact.customFields[0].name"),
        (r#""customFields":{}"#, "kind", "contact.customFields"),
    ];
    for (fields, rule, path) in table {
        assert_eq!(refused(CreateContact::META, &contact(fields)), (rule, path.into()), "{fields}");
    }
    accepted(CreateContact::META, &contact(""));
    accepted(CreateContact::META, &contact(r#""email":"a@b","profilePic":"https://a/b","customFields":[]"#));
}

#[test]
fn a_message_has_the_fields_of_its_type() {
    let message = |content: &str| format!(r#"{{"identifier":"id:1","message":{{"message":{{{content}}}}}}}"#);
    let good = [
        r#""type":"text","text":"hi""#,
        r#""text":"hi","type":"text""#,
        r#""text":"hi","type":"t\u0065xt""#,
        r#""type":"attachment","attachment":{"type":"image","url":"https://a/b"}"#,
        r#""type":"quick_reply","text":"hi","quickReplies":[{"title":"yes"}]"#,
        r#""type":"whatsapp_template","template":{"name":"a","x":[1]}"#,
    ];
    for content in good {
        accepted(SendMessage::META, &message(content));
    }
    let bad = [
        (r#""type":"email","text":"hi""#, "choice", "message.message.type"),
        (r#""text":"hi""#, "required", "message.message.type"),
        (r#""type":"text""#, "required", "message.message.text"),
        (r#""type":"text","text":"""#, "empty", "message.message.text"),
        (r#""type":"text","text":"hi","template":{}"#, "not_with", "message.message.template"),
        (r#""type":"attachment""#, "required", "message.message.attachment"),
        (r#""type":"attachment","attachment":{"type":"image"}"#, "required", "message.message.attachment.url"),
        (
            r#""type":"attachment","attachment":{"type":"gif","url":"https://a/b"}"#,
            "choice",
            "message.message.attachment.type",
        ),
        (
            r#""type":"quick_reply","text":"hi","quickReplies":[{"payload":"x"}]"#,
            "required",
            "message.message.quickReplies[0].title",
        ),
    ];
    for (content, rule, path) in bad {
        assert_eq!(refused(SendMessage::META, &message(content)), (rule, path.into()), "{content}");
    }
}

#[test]
fn the_other_rules_of_what_is_sent() {
    let note = |body: &str| format!(r#"{{"identifier":"id:1","conversation":{body}}}"#);
    accepted(UpdateConversationStatus::META, &note(r#"{"status":"close","closingNoteId":1}"#));
    accepted(UpdateConversationStatus::META, &note(r#"{"status":"open"}"#));
    let closing = refused(UpdateConversationStatus::META, &note(r#"{"status":"open","closingNoteId":1}"#));
    assert_eq!(closing, ("not_with", "conversation.closingNoteId".into()));

    accepted(AssignConversation::META, r#"{"identifier":"id:1","assignment":{"assignee":null}}"#);
    accepted(AssignConversation::META, r#"{"identifier":"id:1","assignment":{"assignee":"email:a@b"}}"#);
    let user = refused(AssignConversation::META, r#"{"identifier":"id:1","assignment":{"assignee":"a@b"}}"#);
    assert_eq!(user, ("user", "assignment.assignee".into()));
    let nobody = refused(AssignConversation::META, r#"{"identifier":"id:1","assignment":{}}"#);
    assert_eq!(nobody, ("required", "assignment.assignee".into()));

    assert_eq!(refused(CreateTag::META, r#"{"tag":{"name":""}}"#), ("empty", "tag.name".into()));
    assert_eq!(refused(AddContactTags::META, r#"{"identifier":"id:1","tags":["a",""]}"#), ("empty", "tags[1]".into()));
    assert_eq!(refused(ListContacts::META, r#"{"query":{"limit":0}}"#), ("range", "query.limit".into()));
    assert_eq!(refused(ListContacts::META, r#"{"query":{"limit":101}}"#), ("range", "query.limit".into()));
    assert_eq!(refused(ListContacts::META, r#"{"query":{"limit":1.5}}"#), ("kind", "query.limit".into()));
    assert_eq!(refused(DeleteTag::META, r#"{"tagId":0}"#), ("range", "tagId".into()));
    assert_eq!(refused(DeleteTag::META, r#"{"tagId":9007199254740992}"#), ("unsafe_integer", "tagId".into()));
    assert_eq!(refused(DeleteTag::META, r#"{"tagId":"1"}"#), ("kind", "tagId".into()));
}

#[test]
fn identifiers_as_objects() {
    for good in [r#"{"id":1}"#, r#"{"email":"a@b"}"#, r#"{"phone":"+1"}"#, r#" { "id" : 1 } "#] {
        accepted(GetContact::META, &format!(r#"{{"identifier":{good}}}"#));
    }
    for bad in [
        r#"{}"#,
        r#"{"id":0}"#,
        r#"{"id":"1"}"#,
        r#"{"id":1,"email":"a@b"}"#,
        r#"{"email":"a"}"#,
        r#"{"phone":1}"#,
        r#"{"user":"a@b"}"#,
    ] {
        let (rule, path) = refused(GetContact::META, &format!(r#"{{"identifier":{bad}}}"#));
        assert_eq!((rule, path.as_str()), ("identifier", "identifier"), "{bad}");
    }
}

#[test]
fn what_is_received_is_checked_openly() {
    for body in [
        r#"{}"#,
        r#"{"id":1,"email":"not an email","assignee":null,"tags":null,"new":{"a":[1]}}"#,
        r#"{"customFields":[{"name":"a","value":null}]}"#,
        "\u{feff}{\"id\":1}",
        r#"{"id":1.0,"created":1.7e9}"#,
    ] {
        assert_eq!(read::<Contact>(body), Ok(None), "{body}");
    }
    assert_eq!(read::<Message>(r#"{"traffic":"sideways","message":{"type":"email"}}"#), Ok(None));
    assert_eq!(read::<Contact>(r#"{"id":"1","email":2}"#), Ok(Some(("kind", "id".into()))));
    assert_eq!(read::<Contact>(r#"{"created":1.5}"#), Ok(Some(("kind", "created".into()))));
    assert_eq!(read::<Contact>(r#"[]"#), Ok(Some(("kind", "".into()))));
    assert_eq!(read::<Contact>(r#"null"#), Ok(Some(("kind", "".into()))));
    assert_eq!(read::<Tag>(r#"{"id":1}"#), Ok(Some(("required", "name".into()))));
    assert_eq!(read::<Tag>(r#"{"name":null}"#), Ok(Some(("kind", "name".into()))));
    assert_eq!(read::<ContactPage>(r#"{"items":[{},{"tags":[1]}]}"#), Ok(Some(("kind", "items[1].tags[0]".into()))));
}

#[test]
fn what_nobody_could_use_is_fatal() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let table = [
        ("", "truncated"),
        (r#"{"id":1"#, "truncated"),
        (r#"{"id":1}}"#, "syntax"),
        ("<html>", "syntax"),
        (r#"{"id":9007199254740992}"#, "unsafe_integer"),
        (r#"{"id":-9007199254740992}"#, "unsafe_integer"),
        (r#"{"id":9007199254740993.0}"#, "unsafe_integer"),
        (r#"{"id":9.1e15}"#, "unsafe_integer"),
        (r#"{"id":1e16}"#, "unsafe_integer"),
        (r#"{"\u0069d":9007199254740993}"#, "unsafe_integer"),
        (&format!(r#"{{"new":{deep}}}"#), "depth"),
    ];
    for (body, rule) in table {
        assert_eq!(read::<Contact>(body), Err(rule), "{body}");
    }
    assert_eq!(read::<Contact>(r#"{"id":9007199254740991,"unknown":9007199254740993}"#), Ok(None));
}

#[test]
fn faults_say_what_would_be_right() {
    let say = |operation: &OperationMeta, arguments: &str| {
        let fault = sent(arguments.as_bytes(), &Kind::Object(operation.input)).unwrap_err();
        format!("{fault}")
    };
    assert_eq!(say(ListContacts::META, r#"{"query":{"limit":0}}"#), "query.limit must be an integer from 1 to 100");
    assert_eq!(say(CreateTag::META, r#"{"tag":{"nam":"x"}}"#), "tag.nam is not a known field; known are id, name");
    assert_eq!(
        say(UpdateConversationStatus::META, r#"{"identifier":"id:1","conversation":{"status":"shut"}}"#),
        "conversation.status must be one of open, close"
    );
}
