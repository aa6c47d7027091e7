use super::page::{Wanted, page};
use super::{Context, handlers, model};
use crate::refusal::Refusal;
use crate::workspace::{self, Content, File, Key, Reply};
use respond_io_wasm::live::model::{EmailAttachment, Message, MessageContent, MessagePage, MessageResult, MessageType};
use respond_io_wasm::live::operation::{GetMessage, ListMessages, SendMessage};
use serde_json::{Map, Value};

handlers! {
    SendMessage => send,
    GetMessage => get,
    ListMessages => list,
}

fn send(request: SendMessage, context: &mut Context) -> Result<MessageResult, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    let content = content_of(request.message.message);
    let message = context.send(id, request.message.channel_id, content)?;
    Ok(MessageResult { message_id: Some(message.id), ..MessageResult::default() })
}

fn get(request: GetMessage, context: &mut Context) -> Result<Message, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    let contact = context.workspace.find(Key::Id(id))?;
    Ok(model::message(id, context.workspace.message(contact, request.message_id)?, context.now))
}

/// The newest comes first, as whoever reads a conversation wants it.
fn list(request: ListMessages, context: &mut Context) -> Result<MessagePage, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    let messages = &context.workspace.find(Key::Id(id))?.messages;
    let wanted = Wanted::of(&request.query);
    let split = wanted.start.map_or(messages.len(), |start| messages.partition_point(|message| message.id <= start));
    let (after, before) = messages.split_at(split);
    let keyed = |message: &workspace::Message| (message.id, message.clone());
    let (messages, pagination) = page(&wanted, before.iter().map(keyed), after.iter().rev().map(keyed), context);
    let items = messages.into_iter().map(|message| model::message(id, message, context.now)).collect();
    Ok(MessagePage { items: Some(items), pagination: Some(pagination), ..MessagePage::default() })
}

/// The workspace's form of a checked content.
fn content_of(content: MessageContent) -> Content {
    let text = content.text.unwrap_or_default();
    match content.kind {
        MessageType::Attachment => {
            let attachment = content.attachment.unwrap_or_default();
            let kind = attachment.kind.map(|kind| kind.as_str().into()).unwrap_or_default();
            Content::Attachment { kind, url: attachment.url.unwrap_or_default() }
        }
        MessageType::QuickReply => {
            let replies = content.replies.unwrap_or_default().into_iter();
            let replies = replies.map(|title| Reply { title, payload: None }).collect();
            Content::QuickReply { text: content.title.unwrap_or_default(), replies }
        }
        MessageType::Email => Content::Email {
            text,
            subject: content.subject,
            cc: content.cc.unwrap_or_default(),
            bcc: content.bcc.unwrap_or_default(),
            reply_to: content.reply_to_message_id,
            files: content.attachments.unwrap_or_default().into_iter().map(file).collect(),
        },
        MessageType::CustomPayload => Content::Payload { payload: content.payload.unwrap_or_default() },
        MessageType::WhatsappTemplate => {
            Content::Template { template: content.template.map(object).unwrap_or_default() }
        }
        _ => Content::Text { text, tag: content.message_tag.map(|tag| tag.as_str().into()) },
    }
}

fn file(attachment: EmailAttachment) -> File {
    File {
        kind: attachment.kind.map(|kind| kind.as_str().into()).unwrap_or_default(),
        url: attachment.url.unwrap_or_default(),
        name: attachment.file_name.unwrap_or_default(),
    }
}

fn object(model: impl serde::Serialize) -> Map<String, Value> {
    match serde_json::to_value(model) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}
