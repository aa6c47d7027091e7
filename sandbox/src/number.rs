//! Numbers as JavaScript has them, in the values that the sandbox keeps as they came.

use crate::control::Outcome;
use crate::workspace::Content;
use respond_io_wasm::schema::MAX_SAFE_INTEGER;
use serde_json::{Map, Number, Value};

/// Rounds the integers of an outcome's templates that JavaScript would round; the workspace keeps them as they are.
pub fn round(outcome: &mut Outcome) {
    match outcome {
        Outcome::Snapshot(snapshot) => {
            let messages = snapshot.contacts.iter_mut().flat_map(|contact| &mut contact.messages);
            messages.for_each(|message| {
                if let Content::Template { template: members } | Content::Payload { payload: members } =
                    &mut message.content
                {
                    round_members(members);
                }
            });
        }
        Outcome::Message(message) => {
            message.message.iter_mut().flat_map(|content| &mut content.template).for_each(round_members);
        }
        Outcome::Done
        | Outcome::Number(_)
        | Outcome::Time(_)
        | Outcome::Journal(_)
        | Outcome::Webhook { .. }
        | Outcome::Webhooks(_)
        | Outcome::Deliveries(_) => {}
    }
}

fn round_members(members: &mut Map<String, Value>) {
    members.values_mut().for_each(round_value);
}

fn round_value(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(round_value),
        Value::Object(members) => round_members(members),
        Value::Number(number) if !is_safe(number) => {
            if let Some(rounded) = number.as_f64().and_then(Number::from_f64) {
                *number = rounded;
            }
        }
        _ => {}
    }
}

fn is_safe(number: &Number) -> bool {
    match (number.as_u64(), number.as_i64()) {
        (Some(positive), _) => positive <= MAX_SAFE_INTEGER,
        (None, Some(negative)) => negative.unsigned_abs() <= MAX_SAFE_INTEGER,
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::Command;
    use crate::options::Options;
    use crate::service::Service;
    use crate::workspace::{Key, Profile};
    use serde_json::json;

    const TEMPLATE: &str = r#"{"big":100000000000000000,"least":-9223372036854775808,"most":[18446744073709551615],
        "safe":{"max":9007199254740991,"min":-9007199254740991},"fraction":0.5,"text":"100000000000000000"}"#;

    #[test]
    fn templates_are_rounded_as_javascript_would_and_kept_as_they_are() {
        let mut service = Service::new(Options::default(), 0).unwrap();
        service.workspace.create(Profile::default(), &[], 0).unwrap();
        let template: Value = serde_json::from_str(TEMPLATE).unwrap();
        let content = json!({ "type": "whatsapp_template", "template": template });
        let command = Command::Receive { contact: "id:1".into(), content, channel_id: None };
        let mut message = service.control(command, 0).unwrap();
        let mut snapshot = service.control(Command::Snapshot {}, 0).unwrap();
        for outcome in [&mut message, &mut snapshot] {
            round(outcome);
        }

        let rounded = json!({
            "big": 1e17, "least": -9_223_372_036_854_775_808.0, "most": [18_446_744_073_709_551_616.0],
            "safe": { "max": 9_007_199_254_740_991_u64, "min": -9_007_199_254_740_991_i64 },
            "fraction": 0.5, "text": "100000000000000000",
        });
        let part = |outcome: &Outcome, pointer: &str| serde_json::to_value(outcome).unwrap()[pointer].take();
        assert_eq!(part(&message, "message")["template"], rounded);
        assert_eq!(part(&snapshot, "contacts")[0]["messages"][0]["content"]["template"], rounded);
        let kept = &service.workspace.find(Key::Id(1)).unwrap().messages[0].content;
        assert_eq!(*kept, Content::Template { template: template.as_object().unwrap().clone() });
    }
}
