//! What happened in the workspace, as the events of the service.

use crate::handlers::live::model;
use crate::handlers::nulls;
use crate::workspace::{self, Change, Key, What, Workspace};
use respond_io_wasm::live::model::{Channel, Message, TextOrObject};
use respond_io_wasm::webhook::*;
use serde_json::Map;

/// The event of a change; none where what it is about is gone again.
pub fn of(change: Change, workspace: &Workspace, event_id: String) -> Option<Event> {
    let about = workspace.find(Key::Id(change.contact)).ok()?;
    let contact = Some(model::contact(workspace, about));
    let (event_id, extra) = (Some(event_id), Map::new());
    let event = match change.what {
        What::Created => Event::ContactCreated(Box::new(ContactCreated { event_id, contact, extra })),
        What::Updated => Event::ContactUpdated(Box::new(ContactUpdated { event_id, contact, extra })),
        What::Assigned => Event::ContactAssigneeUpdated(Box::new(ContactAssigneeUpdated { event_id, contact, extra })),
        What::TagAdded(tag) | What::TagRemoved(tag) => {
            let action = if let What::TagAdded(_) = change.what { "add" } else { "remove" };
            let (tag, action) = (workspace.tags.get(&tag)?.name.as_str().into(), action.to_string());
            let event = ContactTagUpdated { event_id, contact, tag: Some(tag), action: Some(action), extra };
            Event::ContactTagUpdated(Box::new(event))
        }
        What::StageLeft(before) => {
            let lifecycle = about.stage.as_deref().map(TextOrObject::from);
            let extra = nulls(&[("lifecycle", lifecycle.is_none()), ("oldLifecycle", before.is_none())]);
            let (old_lifecycle, action) = (before.map(TextOrObject::Text), Some("update".into()));
            let event = ContactLifecycleUpdated { event_id, contact, lifecycle, old_lifecycle, action, extra };
            Event::ContactLifecycleUpdated(Box::new(event))
        }
        What::Commented => {
            let text = about.comments.last().map(|comment| comment.text.clone());
            Event::CommentCreated(Box::new(CommentCreated { event_id, contact, text, user: None, extra: no_user() }))
        }
        What::Opened => {
            let conversation = Some(model::opened(about));
            Event::ConversationOpened(Box::new(ConversationOpened { event_id, contact, conversation, extra }))
        }
        What::Closed => {
            let conversation = Some(model::closed(about));
            Event::ConversationClosed(Box::new(ConversationClosed { event_id, contact, conversation, extra }))
        }
        What::Received(id) => {
            let (channel, message) = message_of(id, about, workspace)?;
            Event::MessageReceived(Box::new(MessageReceived { event_id, contact, channel, message, extra }))
        }
        What::Sent(id) => {
            let (channel, message) = message_of(id, about, workspace)?;
            let event = MessageSent { event_id, contact, channel, message, user: None, extra: no_user() };
            Event::MessageSent(Box::new(event))
        }
    };
    Some(event)
}

fn message_of(
    id: u64,
    contact: &workspace::Contact,
    workspace: &Workspace,
) -> Option<(Option<Channel>, Option<Message>)> {
    let message = workspace.message(contact, id).ok()?;
    Some((model::channel(workspace, message.channel), Some(model::message(contact.id, message.clone(), message.at))))
}

/// Who calls the API is a token, and no user.
fn no_user() -> Map<String, serde_json::Value> {
    nulls(&[("user", true)])
}
