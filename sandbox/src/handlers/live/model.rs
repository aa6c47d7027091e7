//! What the workspace holds, in the form in which the service tells it today.

use crate::handlers::{nulls, seconds};
use crate::workspace::{self, Content, Direction, FieldKind, File, Party, Reach, Workspace};
use respond_io_wasm::live::model::{
    Channel, ClosingNote, Contact, ContactStatus, ConversationSummary, CustomField, CustomFieldDataType,
    CustomFieldValue, EmailAttachment, Message, MessageContent, MessageStatus, MessageType, OneOrMany, SpaceTag,
    SpaceUser, Team, Template, TemplateComponent, TextOrNumber, TextOrObject, User,
};
use respond_io_wasm::model::Traffic;
use serde_json::{Map, Value, json};

/// A contact with all that the service tells of it.
pub fn contact(workspace: &Workspace, contact: &workspace::Contact) -> Contact {
    let profile = contact.profile.clone();
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
        status: Some(if contact.is_open() { ContactStatus::Open } else { ContactStatus::Close }),
        tags: Some(contact.tags.iter().filter_map(|id| Some(workspace.tags.get(id)?.name.clone())).collect()),
        assignee: contact.assignee_email().map(|email| user(workspace, email)),
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
        source: Some(source_of(channel).into()),
        ..Channel::default()
    })
}

/// What the service calls the kind of a channel.
pub fn source_of(channel: &workspace::Channel) -> &str {
    match channel.source.as_str() {
        "email" => "other_email",
        "sms" => "twilio",
        other => other,
    }
}

/// A channel of the workspace, with when it was connected.
pub fn space_channel(channel: &workspace::Channel) -> Channel {
    Channel {
        id: Some(channel.id),
        name: Some(channel.name.clone()),
        source: Some(source_of(channel).into()),
        created_at: Some(seconds(channel.created)),
        ..Channel::default()
    }
}

/// A channel that reaches a contact, with when it last did.
pub fn contact_channel(workspace: &Workspace, contact: &workspace::Contact, reach: &Reach) -> Option<Channel> {
    let channel = workspace.channel(reach.channel)?;
    let last = workspace.message(contact, reach.last_message).ok();
    Some(Channel {
        last_message_time: last.map(|message| time(message.at)),
        last_incoming_message_time: contact.last_received(channel.id).map(|message| time(message.at)),
        meta: Some(Map::new()),
        ..space_channel(channel)
    })
}

/// A user of the workspace.
pub fn space_user(user: &workspace::User) -> SpaceUser {
    let team = user.team.as_ref();
    let team = team.map(|team| Team { id: Some(team.id), name: Some(team.name.clone()), ..Team::default() });
    SpaceUser {
        id: Some(user.id),
        first_name: Some(user.first_name.clone()),
        last_name: Some(user.last_name.clone()),
        email: Some(user.email.clone()),
        role: Some(user.role.as_str().into()),
        restrictions: Some(user.restrictions.clone()),
        extra: nulls(&[("team", team.is_none())]),
        team,
    }
}

/// The kinds of custom fields, as the service calls them.
pub const DATA_TYPES: [(FieldKind, CustomFieldDataType); 8] = [
    (FieldKind::Text, CustomFieldDataType::Text),
    (FieldKind::List, CustomFieldDataType::List),
    (FieldKind::Checkbox, CustomFieldDataType::Checkbox),
    (FieldKind::Email, CustomFieldDataType::Email),
    (FieldKind::Number, CustomFieldDataType::Number),
    (FieldKind::Url, CustomFieldDataType::Url),
    (FieldKind::Date, CustomFieldDataType::Date),
    (FieldKind::Time, CustomFieldDataType::Time),
];

/// A custom field of the workspace.
pub fn custom_field(field: &workspace::Field) -> CustomField {
    let declared = DATA_TYPES.into_iter().find(|(kind, _)| *kind == field.kind);
    CustomField {
        id: Some(field.id),
        name: Some(field.name.clone()),
        description: field.description.clone(),
        data_type: declared.map(|(_, data_type)| data_type),
        allowed_values: (field.kind == FieldKind::List).then(|| field.options.clone()),
        extra: nulls(&[("description", field.description.is_none())]),
    }
}

/// A note that conversations are closed with.
pub fn closing_note(note: &workspace::ClosingNote) -> ClosingNote {
    let (category, description) = (Some(note.category.clone()), Some(note.description.clone()));
    ClosingNote { category, description, ..ClosingNote::default() }
}

/// A template, which may be sent.
pub fn template(template: &workspace::Template) -> Template {
    Template {
        id: Some(template.id),
        name: Some(template.name.clone()),
        components: Some(template.parts.iter().map(component).collect()),
        channel_id: Some(template.channel),
        language_code: Some(template.language.clone()),
        category: Some(template.category.clone()),
        status: Some("approved".into()),
        ..Template::default()
    }
}

fn component(part: &workspace::TemplatePart) -> TemplateComponent {
    let button =
        |text: &String| Map::from_iter([("type".into(), "quick_reply".into()), ("text".into(), text.as_str().into())]);
    TemplateComponent {
        kind: part.kind.as_str().into(),
        format: (part.kind == "header").then(|| "text".into()),
        text: part.text.clone(),
        parameters: None,
        buttons: (part.kind == "buttons").then(|| part.buttons.iter().map(button).collect()),
        extra: Map::new(),
    }
}

/// A tag of the workspace.
pub fn space_tag(tag: &workspace::Tag) -> SpaceTag {
    let details = tag.details.clone();
    SpaceTag {
        id: Some(tag.id),
        name: Some(tag.name.clone()),
        description: details.description,
        emoji: details.emoji,
        color_code: details.color,
        ..SpaceTag::default()
    }
}

/// A message of a contact, as it stands at the time `now`.
pub fn message(contact: u64, message: workspace::Message, now: i64) -> Message {
    let is_incoming = message.direction == Direction::Incoming;
    let status = |(stage, at): (&str, i64)| MessageStatus {
        value: Some(if stage == "queued" { "pending" } else { stage }.into()),
        timestamp: Some(time(at)),
        ..MessageStatus::default()
    };
    let statuses = message.stages(now).map(status).collect();
    Message {
        message_id: Some(message.id),
        channel_message_id: Some(TextOrNumber::Text(message.id.to_string())),
        contact_id: Some(contact),
        channel_id: Some(message.channel),
        traffic: Some(if is_incoming { Traffic::Incoming } else { Traffic::Outgoing }),
        message: Some(content(message.content)),
        timestamp: Some(time(message.at)),
        status: (!is_incoming).then_some(OneOrMany::Many(statuses)),
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
    let closing = conversation.closing.unwrap_or_default();
    let start = contact.messages.partition_point(|message| message.id < conversation.first_message);
    let messages = &contact.messages[start..];
    let count = |direction| messages.iter().filter(|message| message.direction == direction).count() as u64;
    let answer = messages.iter().find(|message| message.direction == Direction::Outgoing);
    let since_opened = |at: i64| conversation.opened.map(|opened| TextOrNumber::Number(seconds(at - opened)));
    ConversationSummary {
        category: closing.category,
        summary: closing.summary,
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

/// A user by email; of one that the workspace does not have that is all that is known.
fn user(workspace: &Workspace, email: &str) -> User {
    let Ok(user) = workspace.user_named(email) else {
        return User { email: Some(email.into()), ..User::default() };
    };
    User {
        id: Some(user.id),
        first_name: Some(user.first_name.clone()),
        last_name: Some(user.last_name.clone()),
        email: Some(user.email.clone()),
        ..User::default()
    }
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
        Content::Text { text, tag: None } => json!({ "type": "text", "text": text }),
        Content::Text { text, tag } => json!({ "type": "text", "text": text, "messageTag": tag }),
        Content::Email { text, subject, cc, bcc, reply_to, files } => {
            return MessageContent {
                text: Some(text),
                subject,
                cc: listed(cc),
                bcc: listed(bcc),
                reply_to_message_id: reply_to,
                attachments: listed(files.into_iter().map(email_attachment).collect()),
                ..MessageContent::of(MessageType::Email)
            };
        }
        Content::Payload { payload } => json!({ "type": "custom_payload", "payload": payload }),
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

fn email_attachment(file: File) -> EmailAttachment {
    let (url, file_name) = (Some(file.url), Some(file.name));
    EmailAttachment { kind: Some(file.kind.as_str().into()), url, file_name, ..EmailAttachment::default() }
}

/// The items, where there are any.
fn listed<T>(items: Vec<T>) -> Option<Vec<T>> {
    Some(items).filter(|items| !items.is_empty())
}

fn time(ms: i64) -> TextOrNumber {
    TextOrNumber::Number(seconds(ms))
}
