//! The events, each with what it says.

use super::declare::events;
use crate::live::model::{Channel, ConversationSummary, Message, TextOrObject, User};
use crate::model::declare::model;
use crate::schema::Model;
use alloc::boxed::Box;
use alloc::string::String;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

events! {
    /// A contact has sent a message.
    "message.received" MessageReceived {
        /// The channel over which it came.
        channel "channel": Option<Channel>,
        /// The message.
        message "message": Option<Message>,
    }

    /// A message was sent to a contact: by a user, a workflow, or by a call of this client, whose echo it then is.
    "message.sent" MessageSent {
        /// The channel over which it went.
        channel "channel": Option<Channel>,
        /// The message.
        message "message": Option<Message>,
        /// The user who sent it.
        user "user": Option<User>,
    }

    /// An internal comment was written.
    "comment.created" CommentCreated {
        /// What the comment says.
        text "text": Option<String>,
        /// The user who wrote it.
        user "user": Option<User>,
    }

    /// A conversation was opened.
    "conversation.opened" ConversationOpened {
        /// What is known of the conversation.
        conversation "conversation": Option<ConversationSummary>,
    }

    /// A conversation was closed.
    "conversation.closed" ConversationClosed {
        /// What the conversation was.
        conversation "conversation": Option<ConversationSummary>,
    }

    /// A contact was created.
    "contact.created" ContactCreated {}

    /// Fields of a contact were changed.
    "contact.updated" ContactUpdated {}

    /// A contact got or lost a tag.
    "contact.tag.updated" ContactTagUpdated {
        /// The tag: a name on one account, an object on another.
        tag "tag": Option<TextOrObject>,
        /// What became of it: `add` or `remove`.
        action "action": Option<String>,
    }

    /// A contact was assigned to a user, or to nobody.
    "contact.assignee.updated" ContactAssigneeUpdated {}

    /// A contact came to another lifecycle stage.
    "contact.lifecycle.updated" ContactLifecycleUpdated {
        /// The stage, a name on one account, an object on another; null where there is none any more.
        lifecycle "lifecycle": Option<TextOrObject>,
        /// The stage before.
        old_lifecycle "oldLifecycle": Option<TextOrObject>,
        /// What became of it: `update`, for example.
        action "action": Option<TextOrObject>,
    }

    /// A call has ended.
    "call.ended" CallEnded {
        /// The channel over which it went.
        channel "channel": Option<Channel>,
        /// The call.
        call "call": Option<Map<String, Value>>,
        /// The user who took it.
        user "user": Option<User>,
    }
}

/// A longer id is not kept.
const MAX_ID_BYTES: usize = 256;

/// What is printed of an event.
#[derive(Debug)]
pub struct EventMeta {
    /// Its type.
    pub event_type: &'static str,
    /// What it says beside its type.
    pub model: &'static Model,
}

impl Event {
    /// Whether it tells of a message that went out, as every message does that this client sends: who answers those
    /// answers himself.
    pub fn is_echo(&self) -> bool {
        matches!(self, Self::MessageSent(_))
    }

    /// What a [`ReplayGuard`](super::ReplayGuard) remembers of a delivery: its `event_id`, or its signature where it has
    /// none, or one beyond 256 bytes. `None` for a test delivery, which may well come again.
    pub fn replay_id<'a>(&'a self, signature: &'a str) -> Option<&'a str> {
        match self {
            Self::Test(_) => None,
            _ => self.event_id().filter(|id| (1..=MAX_ID_BYTES).contains(&id.len())).or(Some(signature)),
        }
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}

/// An event as it is written: its type first.
#[derive(Serialize)]
struct Typed<'a, T> {
    event_type: &'static str,
    #[serde(flatten)]
    event: &'a T,
}

/// An event of a known type. Any of its fields may be missing, and one of another kind stays in `extra`: nothing fails.
fn known<T: DeserializeOwned + Default>(mut fields: Map<String, Value>) -> Box<T> {
    fields.remove("event_type");
    serde_json::from_value(Value::Object(fields)).unwrap_or_default()
}

fn text_of<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Event {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_event_is_read_by_its_type_and_written_as_it_was() {
        for EventMeta { event_type, .. } in EVENTS {
            let text = alloc::format!(
                r#"{{"event_type":"{event_type}","event_id":"e","contact":{{"id":1,"new":[null]}},"more":1}}"#
            );
            let event = read(&text);
            assert!(!matches!(event, Event::Unknown(_) | Event::Test(_)), "{event_type}");
            assert_eq!((event.event_type(), event.event_id()), (*event_type, Some("e")));
            assert_eq!(serde_json::to_string(&event).unwrap(), text);
            assert_eq!(event.is_echo(), *event_type == "message.sent");
        }
    }

    #[test]
    fn unknown_events_and_test_deliveries_pass_as_they_came() {
        for (text, event_type, is_test) in [
            (r#"{"event_type":"contact.sneezed","event_id":"e"}"#, "contact.sneezed", false),
            (r#"{"event_id":"e","contact":{}}"#, "", true),
            (r#"{"event_type":null,"event_id":"e"}"#, "", true),
            (r#"{"event_type":7,"event_id":"e"}"#, "", true),
        ] {
            let event = read(text);
            assert_eq!((event.event_type(), event.event_id()), (event_type, Some("e")), "{text}");
            assert_eq!(matches!(event, Event::Test(_)), is_test, "{text}");
            assert_eq!(serde_json::to_value(&event).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        }
    }

    #[test]
    fn values_of_either_kind_are_read() {
        for (text, name) in [(r#""Lead""#, Some("Lead")), (r#"{"name":"Lead"}"#, Some("Lead")), (r#"{"id":1}"#, None)] {
            let event = read(&alloc::format!(r#"{{"event_type":"contact.lifecycle.updated","lifecycle":{text}}}"#));
            let Event::ContactLifecycleUpdated(event) = event else { panic!("{event:?}") };
            assert_eq!(event.lifecycle.as_ref().and_then(|stage| stage.name()), name);
        }
        let closed =
            r#"{"event_type":"conversation.closed","conversation":{"closedBy":{},"openedTime":"5","closedTime":6}}"#;
        let Event::ConversationClosed(event) = read(closed) else { panic!() };
        let conversation = event.conversation.unwrap();
        assert_eq!(conversation.closed_by, Some(User::default()));
        assert_eq!(conversation.opened_time.map(|time| alloc::format!("{time}")), Some("5".into()));
    }
}
