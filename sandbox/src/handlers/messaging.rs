//! Messages, between the contract's form and the workspace's.

use super::{Context, handlers, key_of, seconds};
use crate::refusal::Refusal;
use crate::workspace::{self, Content, Direction, Reply};
use respond_io_wasm::model::{
    Attachment, AttachmentType, Message, MessageContent, MessageResult, MessageType, QuickReply, Traffic,
};
use respond_io_wasm::operation::{GetMessage, SendMessage};
use serde_json::Map;

handlers! {
    SendMessage => send,
    GetMessage => get,
}

fn send(request: SendMessage, context: &mut Context) -> Result<MessageResult, Refusal> {
    let id = context.id_of(&request.identifier)?;
    let content = content_of(request.message.message);
    let message = context.send(id, request.message.channel_id, content)?;
    Ok(MessageResult {
        message_id: Some(message.id),
        status: Some(message.status(context.now).into()),
        extra: Map::new(),
    })
}

fn get(request: GetMessage, context: &mut Context) -> Result<Message, Refusal> {
    let contact = context.workspace.find(key_of(&request.identifier))?;
    let message = context.workspace.message(contact, request.message_id)?;
    Ok(message_model(contact.id, message, context.now))
}

/// The workspace's form of a checked content.
pub fn content_of(content: MessageContent) -> Content {
    let text = content.text.unwrap_or_default();
    match content.kind {
        MessageType::Attachment => {
            let attachment = content.attachment.unwrap_or_default();
            let kind = attachment.kind.map(|kind| kind.as_str().into()).unwrap_or_default();
            Content::Attachment { kind, url: attachment.url.unwrap_or_default() }
        }
        MessageType::QuickReply => {
            let replies = content.quick_replies.unwrap_or_default().into_iter();
            let reply = |reply: QuickReply| Reply { title: reply.title.unwrap_or_default(), payload: reply.payload };
            Content::QuickReply { text, replies: replies.map(reply).collect() }
        }
        MessageType::WhatsappTemplate => Content::Template { template: content.template.unwrap_or_default() },
        _ => Content::text(text),
    }
}

/// The contract's form of a message, as it stands at the time `now`.
pub fn message_model(contact: u64, message: workspace::Message, now: i64) -> Message {
    let traffic = match message.direction {
        Direction::Incoming => Traffic::Incoming,
        Direction::Outgoing => Traffic::Outgoing,
    };
    Message {
        message_id: Some(message.id),
        contact_id: Some(contact),
        channel_id: Some(message.channel),
        traffic: Some(traffic),
        timestamp: Some(seconds(message.at)),
        status: Some(message.status(now).into()),
        message: Some(content_model(message.content)),
        extra: Map::new(),
    }
}

fn content_model(content: Content) -> MessageContent {
    match content {
        Content::Text { text, .. } => MessageContent::text(text),
        Content::Email { text, .. } => MessageContent { text: Some(text), ..of_type("email".into()) },
        Content::Payload { payload } => MessageContent {
            extra: Map::from_iter([("payload".into(), payload.into())]),
            ..of_type("custom_payload".into())
        },
        Content::Attachment { kind, url } => MessageContent {
            attachment: Some(Attachment {
                kind: Some(AttachmentType::from(kind.as_str())),
                url: Some(url),
                extra: Map::new(),
            }),
            ..of_type(MessageType::Attachment)
        },
        Content::QuickReply { text, replies } => {
            let reply =
                |reply: Reply| QuickReply { title: Some(reply.title), payload: reply.payload, extra: Map::new() };
            MessageContent {
                text: Some(text),
                quick_replies: Some(replies.into_iter().map(reply).collect()),
                ..of_type(MessageType::QuickReply)
            }
        }
        Content::Template { template } => MessageContent::whatsapp_template(template),
    }
}

fn of_type(kind: MessageType) -> MessageContent {
    MessageContent { kind, text: None, ..MessageContent::text("") }
}
