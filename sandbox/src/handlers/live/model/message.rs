use super::time;
use crate::workspace::{self, Content, Direction, File};
use respond_io_wasm::live::model::{
    EmailAttachment, Message, MessageContent, MessageStatus, MessageType, OneOrMany, TextOrNumber,
};
use respond_io_wasm::model::Traffic;
use serde_json::Map;

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

fn content(content: Content) -> MessageContent {
    match content {
        Content::Text { text, tag } => {
            MessageContent { message_tag: tag.map(|tag| tag.as_str().into()), ..MessageContent::text(text) }
        }
        Content::Email { text, subject, cc, bcc, reply_to, files } => MessageContent {
            text: Some(text),
            subject,
            cc: listed(cc),
            bcc: listed(bcc),
            reply_to_message_id: reply_to,
            attachments: listed(files.into_iter().map(email_attachment).collect()),
            ..MessageContent::of(MessageType::Email)
        },
        Content::Payload { payload } => {
            MessageContent { payload: Some(payload), ..MessageContent::of(MessageType::CustomPayload) }
        }
        Content::Attachment { kind, url } => MessageContent::attachment(kind.as_str().into(), url),
        Content::QuickReply { text, replies } => {
            MessageContent::quick_reply(text, replies.into_iter().map(|reply| reply.title))
        }
        // The contract takes any object for a template, and the model here does not.
        Content::Template { template } => MessageContent {
            extra: Map::from_iter([("template".into(), template.into())]),
            ..MessageContent::of(MessageType::WhatsappTemplate)
        },
    }
}

fn email_attachment(file: File) -> EmailAttachment {
    let (url, file_name) = (Some(file.url), Some(file.name));
    EmailAttachment { kind: Some(file.kind.as_str().into()), url, file_name, ..EmailAttachment::default() }
}

/// The items, where there are any.
fn listed<T>(items: Vec<T>) -> Option<Vec<T>> {
    Some(items).filter(|items| !items.is_empty())
}
