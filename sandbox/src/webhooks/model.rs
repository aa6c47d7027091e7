//! What the workspace holds, in the form in which the service tells it today.

use crate::handlers::{nulls, seconds};
use crate::workspace::{self, Content, Direction, FieldKind, Party, Workspace};
use respond_io_wasm::live::model::{
    Channel, Contact, ContactStatus, ConversationSummary, CustomFieldValue, Message, MessageContent, MessageStatus,
    MessageStatusValue, OneOrMany, TextOrNumber, TextOrObject, User,
};
use respond_io_wasm::model::Traffic;
use serde_json::{Map, Value, json};

/// A contact with all that the service tells of it.
pub fn contact(workspace: &Workspace, contact: &workspace::Contact) -> Contact {
    let profile = contact.profile.clone();
    let is_open = contact.conversation.as_ref().is_some_and(|conversation| conversation.open);
    Contact {
        id: Some(contact.id),
        first_name: profile.first_name,
        last_name: profile.last_name,
        phone: profile.phone,
        email: profile.email,
        language: profile.language,
        profile_pic: profile.profile_pic,
        country_code: profile.country_code,
        custom_fields: Some(contact.values.iter().filter_map(|value| field_value(workspace, value)).collect()),
        status: Some(if is_open { ContactStatus::Open } else { ContactStatus::Close }),
        tags: Some(contact.tags.iter().filter_map(|id| Some(workspace.tags.get(id)?.name.clone())).collect()),
        assignee: contact.assignee.as_deref().map(user),
        lifecycle: contact.stage.as_deref().map(TextOrObject::from),
        created_at: Some(seconds(contact.created)),
        extra: nulls(&[("assignee", contact.assignee.is_none()), ("lifecycle", contact.stage.is_none())]),
        ..Contact::default()
    }
}

/// A channel of the workspace.
pub fn channel(workspace: &Workspace, id: u64) -> Option<Channel> {
    let channel = workspace.channel(id)?;
    Some(Channel {
        id: Some(id),
        name: Some(channel.name.clone()),
        source: Some(channel.source.as_str().into()),
        ..Channel::default()
    })
}

/// A message of a contact, as it stands when it has just come or gone.
pub fn message(contact: u64, message: workspace::Message) -> Message {
    let is_incoming = message.direction == Direction::Incoming;
    let pending = MessageStatus {
        value: Some(MessageStatusValue::Pending),
        timestamp: Some(time(message.at)),
        ..MessageStatus::default()
    };
    Message {
        message_id: Some(message.id),
        channel_message_id: Some(TextOrNumber::Text(message.id.to_string())),
        contact_id: Some(contact),
        channel_id: Some(message.channel),
        traffic: Some(if is_incoming { Traffic::Incoming } else { Traffic::Outgoing }),
        message: Some(content(message.content)),
        timestamp: Some(time(message.at)),
        status: (!is_incoming).then(|| OneOrMany::Many(vec![pending])),
        extra: Map::new(),
    }
}

/// What is known of a conversation that was just opened.
pub fn opened(contact: &workspace::Contact) -> ConversationSummary {
    let conversation = contact.conversation.clone().unwrap_or_default();
    ConversationSummary {
        opened_time: conversation.opened.map(time),
        opened_by_source: conversation.opened_by.map(|party| source(party).into()),
        ..ConversationSummary::default()
    }
}

/// What a conversation was that was just closed, by a user whom nobody knows.
pub fn closed(contact: &workspace::Contact) -> ConversationSummary {
    let conversation = contact.conversation.clone().unwrap_or_default();
    let start = contact.messages.partition_point(|message| message.id < conversation.first_message);
    let messages = &contact.messages[start..];
    let count = |direction| messages.iter().filter(|message| message.direction == direction).count() as u64;
    let answer = messages.iter().find(|message| message.direction == Direction::Outgoing);
    let since_opened = |at: i64| conversation.opened.map(|opened| TextOrNumber::Number(seconds(at - opened)));
    ConversationSummary {
        closed_time: conversation.closed.map(time),
        closed_by_source: Some(source(Party::User).into()),
        first_response_time: answer.and_then(|answer| since_opened(answer.at)),
        resolution_time: conversation.closed.and_then(since_opened),
        incoming_message_count: Some(count(Direction::Incoming)),
        outgoing_message_count: Some(count(Direction::Outgoing)),
        extra: nulls(&[("closedBy", true)]),
        ..opened(contact)
    }
}

fn source(party: Party) -> &'static str {
    match party {
        Party::Contact => "contact",
        Party::User => "user",
    }
}

/// Users are not modelled: all that is known of one is the email.
fn user(identifier: &str) -> User {
    let email = identifier.strip_prefix("email:").unwrap_or(identifier);
    User { email: Some(email.into()), ..User::default() }
}

fn field_value(workspace: &Workspace, value: &workspace::FieldValue) -> Option<CustomFieldValue> {
    let field = workspace.fields.get(&value.field)?;
    let text = value.value.as_str();
    let told = match field.kind {
        FieldKind::Number => number(text),
        FieldKind::Checkbox => (text == "true").into(),
        _ => text.into(),
    };
    // The model would write 5 as 5.0, and no service in JavaScript does.
    let extra = Map::from_iter([("value".to_string(), told)]);
    Some(CustomFieldValue { name: Some(field.name.clone()), value: None, extra })
}

fn number(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(integer) => integer.into(),
        Err(_) => text.parse::<f64>().unwrap_or_default().into(),
    }
}

fn content(content: Content) -> MessageContent {
    let told = match content {
        Content::Text { text } => json!({ "type": "text", "text": text }),
        Content::Attachment { kind, url } => {
            json!({ "type": "attachment", "attachment": { "type": kind, "url": url } })
        }
        Content::QuickReply { text, replies } => {
            let replies: Vec<String> = replies.into_iter().map(|reply| reply.title).collect();
            json!({ "type": "quick_reply", "title": text, "replies": replies })
        }
        Content::Template { template } => json!({ "type": "whatsapp_template", "template": template }),
    };
    serde_json::from_value(told).expect("each content has a type")
}

fn time(ms: i64) -> TextOrNumber {
    TextOrNumber::Number(seconds(ms))
}
