//! Verification against what other implementations have signed, and against everything that was tampered with.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use hmac::{Hmac, Mac};
use respond_io_wasm::webhook::{Event, Reason, Verifier, WebhookError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

const KEY: &str = "whsec_0123456789abcdef";
const BODY: &[u8] = br#"{ "event_type": "message.received", "event_id": "e1", "contact": { "id": 1.0 } }"#;

/// A delivery that Python and openssl have signed alike: `tests/edge/make-signatures.py`.
#[derive(Deserialize)]
struct Signed {
    name: String,
    key: String,
    body: String,
    signature: String,
    kind: String,
}

fn signed() -> Vec<Signed> {
    let all: Vec<Signed> = serde_json::from_str(include_str!("edge/signatures.json")).unwrap();
    assert!(all.len() >= 25);
    all
}

fn sign(key: &str, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap().chain_update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

fn verifier() -> Verifier {
    Verifier::new([KEY]).unwrap()
}

fn reason(result: Result<Event, WebhookError>) -> Option<Reason> {
    result.err().map(|error| error.reason())
}

#[test]
fn what_others_have_signed_is_verified_and_told_apart() {
    for Signed { name, key, body, signature, kind } in signed() {
        let body = STANDARD.decode(body).unwrap();
        let verified = Verifier::new([&key]).unwrap().verify(&body, Some(&signature));
        let found = match &verified {
            Ok(Event::Test(_)) => "test",
            Ok(Event::Unknown(_)) => "unknown",
            Ok(_) => "event",
            Err(error) if error.reason() == Reason::Body => "refused",
            Err(_) => "not signed",
        };
        assert_eq!(found, kind, "{name}");
        let other = Verifier::new(["another key"]).unwrap();
        assert_eq!(reason(other.verify(&body, Some(&signature))), Some(Reason::SignatureMismatch), "{name}");
    }
}

#[test]
fn a_flipped_bit_in_body_or_signature_is_refused() {
    let signature = sign(KEY, BODY);
    for (verifier, name) in [(verifier(), "raw"), (verifier().accept_reserialized(true), "reserialized")] {
        for bit in 0..BODY.len() * 8 {
            let mut body = BODY.to_vec();
            body[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(
                reason(verifier.verify(&body, Some(&signature))),
                Some(Reason::SignatureMismatch),
                "{name} {bit}"
            );
        }
        for bit in 0..signature.len() * 8 {
            let mut bytes = signature.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let Ok(flipped) = String::from_utf8(bytes) else { continue };
            assert!(verifier.verify(BODY, Some(&flipped)).is_err(), "{name} {flipped}");
        }
    }
}

#[test]
fn a_signature_is_the_padded_base64_of_32_bytes() {
    let key = "whsec";
    // One with both characters in which the alphabets differ.
    let body = (0..).map(|number: u32| format!(r#"{{"n":{number}}}"#)).find(|body| {
        let signature = sign(key, body.as_bytes());
        signature.contains('+') && signature.contains('/')
    });
    let body = body.unwrap().into_bytes();
    let right = sign(key, &body);
    let bytes = STANDARD.decode(&right).unwrap();
    let verifier = Verifier::new([key]).unwrap();
    assert_eq!(reason(verifier.verify(&body, Some(&right))), None);
    assert_eq!(reason(verifier.verify(&body, Some(&format!(" {right}\t")))), None);
    assert_eq!(reason(verifier.verify(&body, None)), Some(Reason::SignatureMissing));
    let (start, end) = right.split_at(20);
    for wrong in [
        String::new(),
        right.replace('=', ""),
        format!("{right}="),
        format!("{right}{right}"),
        format!("{right}, {right}"),
        format!("{start} {end}"),
        format!("sha256={right}"),
        URL_SAFE.encode(&bytes),
        STANDARD.encode(&bytes[..31]),
        STANDARD.encode([&bytes[..], &[0]].concat()),
        bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        "é".repeat(22),
    ] {
        assert_eq!(reason(verifier.verify(&body, Some(&wrong))), Some(Reason::SignatureMalformed), "{wrong}");
    }
}

#[test]
fn any_of_several_keys_is_right_and_no_empty_one_is_taken() {
    let verifier = Verifier::new(["first", KEY, "third"]).unwrap();
    for key in ["first", KEY, "third"] {
        assert_eq!(reason(verifier.verify(BODY, Some(&sign(key, BODY)))), None, "{key}");
    }
    assert_eq!(reason(verifier.verify(BODY, Some(&sign("fourth", BODY)))), Some(Reason::SignatureMismatch));
    for keys in [&[][..], &[""], &[KEY, ""]] {
        assert_eq!(Verifier::new(keys).unwrap_err().reason(), Reason::Keys, "{keys:?}");
    }
}

#[test]
fn a_signature_of_the_reserialised_body_counts_on_request_alone() {
    let written = br#"{"event_type":"message.received","event_id":"e1","contact":{"id":1}}"#;
    let signature = sign(KEY, written);
    assert_eq!(reason(verifier().verify(BODY, Some(&signature))), Some(Reason::SignatureMismatch));
    let lenient = verifier().accept_reserialized(true);
    let Ok(Event::MessageReceived(event)) = lenient.verify(BODY, Some(&signature)) else { panic!() };
    assert_eq!(event.event_id.as_deref(), Some("e1"));
    assert_eq!(reason(lenient.verify(BODY, Some(&sign(KEY, BODY)))), None, "the raw body counts as well");
    assert_eq!(reason(lenient.verify(b"{", Some(&signature))), Some(Reason::SignatureMismatch));
    let strict = lenient.accept_reserialized(false);
    assert_eq!(reason(strict.verify(BODY, Some(&signature))), Some(Reason::SignatureMismatch));
}

#[test]
fn a_text_that_was_cut_within_an_emoji_is_read() {
    let body = br#"{"event_type":"comment.created","text":"\ud83d\udc4b \uD83D \\ud83d \udc4b\ud83d"}"#;
    let Ok(Event::CommentCreated(event)) = verifier().verify(body, Some(&sign(KEY, body))) else { panic!() };
    assert_eq!(event.text.as_deref(), Some("👋 \u{fffd} \\ud83d \u{fffd}\u{fffd}"));
}

#[test]
fn an_event_is_remembered_by_its_id_or_its_signature_and_a_test_is_not() {
    let event = |text: &str| serde_json::from_str::<Event>(text).unwrap();
    let long = format!(r#"{{"event_type":"a","event_id":"{}"}}"#, "e".repeat(257));
    for (text, id) in [
        (r#"{"event_type":"call.ended","event_id":"e1"}"#, Some("e1")),
        (r#"{"event_type":"new","event_id":"e1"}"#, Some("e1")),
        (r#"{"event_type":"call.ended"}"#, Some("signature")),
        (r#"{"event_type":"call.ended","event_id":""}"#, Some("signature")),
        (r#"{"event_type":"call.ended","event_id":7}"#, Some("signature")),
        (&long, Some("signature")),
        (r#"{"event_id":"e1"}"#, None),
    ] {
        assert_eq!(event(text).replay_id("signature"), id, "{text}");
    }
}

#[test]
fn errors_have_statuses_and_nothing_shows_a_key() {
    let verifier = verifier().accept_reserialized(true);
    assert_eq!(format!("{verifier:?}"), "Verifier { keys: 1, accept_reserialized: true }");
    let signature = sign(KEY, b"[]");
    for (result, status) in [
        (verifier.verify(BODY, None), 401),
        (verifier.verify(BODY, Some("?")), 401),
        (verifier.verify(BODY, Some(&signature)), 401),
        (verifier.verify(b"[]", Some(&signature)), 400),
        (Verifier::new([""]).and(verifier.verify(BODY, None)), 500),
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.status(), status, "{error}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(KEY) && !shown.contains("e1") && !shown.contains(&signature), "{shown}");
    }
}

#[test]
fn fields_on_which_accounts_disagree_are_read_in_each_form() {
    let number = [json!("2026-01-02"), json!(1_783_996_922), json!(null)];
    let stage = [json!("Lead"), json!({ "name": "Lead", "id": 3 }), json!(null)];
    let user = [json!({}), json!({ "id": 1, "firstName": "Mei" }), json!(null)];
    let of_conversation: [(&str, &[Value]); 7] = [
        ("openedTime", &number),
        ("closedTime", &number),
        ("firstResponseTime", &number),
        ("resolutionTime", &number),
        ("lastAssignmentTime", &number),
        ("assigneeTeam", &stage),
        ("closedBy", &user),
    ];
    for (field, values) in of_conversation {
        for value in values {
            let (field, value) = (field.to_string(), value.clone());
            let body = json!({ "event_type": "conversation.closed", "conversation": { (field): value } });
            let Ok(Event::ConversationClosed(event)) = verified(&body) else { panic!("{body}") };
            same(&event.conversation.unwrap(), &body["conversation"]);
        }
    }
    for value in &stage {
        let body = json!({ "event_type": "contact.tag.updated", "tag": value });
        let Ok(Event::ContactTagUpdated(event)) = verified(&body) else { panic!("{body}") };
        same(&event.tag, value);
        for field in ["lifecycle", "oldLifecycle", "action"] {
            let body = json!({ "event_type": "contact.lifecycle.updated", (field): value });
            let Ok(Event::ContactLifecycleUpdated(event)) = verified(&body) else { panic!("{body}") };
            let read =
                [("lifecycle", event.lifecycle), ("oldLifecycle", event.old_lifecycle), ("action", event.action)];
            same(&read.into_iter().find(|(name, _)| *name == field).unwrap().1, value);
        }
    }
    for value in &user {
        let body = json!({ "event_type": "contact.created", "contact": { "id": 1, "assignee": value } });
        let Ok(Event::ContactCreated(event)) = verified(&body) else { panic!("{body}") };
        same(&event.contact.unwrap().assignee, value);
    }
}

fn verified(body: &Value) -> Result<Event, WebhookError> {
    let body = body.to_string();
    verifier().verify(body.as_bytes(), Some(&sign(KEY, body.as_bytes())))
}

/// What was read is what was sent, but for null where a field may be left out.
fn same(read: &impl Serialize, sent: &Value) {
    let without_null = |value: &Value| match value {
        Value::Object(fields) => fields.iter().filter(|(_, value)| !value.is_null()).map(clone).collect(),
        other => other.clone(),
    };
    assert_eq!(without_null(&serde_json::to_value(read).unwrap()), without_null(sent));
}

fn clone((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}
