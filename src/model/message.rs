use super::{model, open_enum};
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

open_enum! {
    /// What a message is.
    pub enum MessageType {
        /// A text.
        Text "text",
        /// A picture, a video, a sound or a file.
        Attachment "attachment",
        /// A text with buttons to answer by.
        QuickReply "quick_reply",
        /// A WhatsApp template.
        WhatsappTemplate "whatsapp_template",
    }
}

open_enum! {
    /// What an attachment is.
    pub enum AttachmentType {
        /// A picture.
        Image "image",
        /// A video.
        Video "video",
        /// A sound.
        Audio "audio",
        /// Any other file.
        File "file",
    }
}

open_enum! {
    /// Which way a message went.
    pub enum Traffic {
        /// From the contact to the workspace.
        Incoming "incoming",
        /// From the workspace to the contact.
        Outgoing "outgoing",
    }
}

model! {
    /// A picture, a video, a sound or a file, by its address.
    #[derive(Default)]
    pub struct Attachment {
        /// What it is.
        kind "type": Option<AttachmentType>,
        /// Where it is fetched from.
        url "url": Option<String> as URI,
    }
    sent requires "type", "url";
}

model! {
    /// A button to answer by.
    #[derive(Default)]
    pub struct QuickReply {
        /// What the button says.
        title "title": Option<String> as NON_EMPTY,
        /// What comes back when it is pressed.
        payload "payload": Option<String>,
    }
    sent requires "title";
}

model! {
    /// What a message says.
    pub struct MessageContent {
        /// What the message is.
        kind "type": MessageType,
        /// The body of a text and of a quick reply.
        text "text": Option<String> as NON_EMPTY,
        /// The file of an attachment.
        attachment "attachment": Option<Attachment>,
        /// The buttons of a quick reply.
        quick_replies "quickReplies": Option<Vec<QuickReply>>,
        /// The WhatsApp template: its `name`, `languageCode` and `components`.
        template "template": Option<Map<String, Value>>,
    }
    sent by "type" {
        "text" => ["text"],
        "attachment" => ["attachment"],
        "quick_reply" => ["text", "quickReplies"],
        "whatsapp_template" => ["template"],
    }
}

impl MessageContent {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::of(MessageType::Text) }
    }

    /// A picture, a video, a sound or a file at the address `url`.
    pub fn attachment(kind: AttachmentType, url: impl Into<String>) -> Self {
        let attachment = Attachment { kind: Some(kind), url: Some(url.into()), ..Attachment::default() };
        Self { attachment: Some(attachment), ..Self::of(MessageType::Attachment) }
    }

    /// A text with a button for each title.
    pub fn quick_reply<T: Into<String>>(text: impl Into<String>, titles: impl IntoIterator<Item = T>) -> Self {
        let button = |title: T| QuickReply { title: Some(title.into()), ..QuickReply::default() };
        Self {
            text: Some(text.into()),
            quick_replies: Some(titles.into_iter().map(button).collect()),
            ..Self::of(MessageType::QuickReply)
        }
    }

    /// A WhatsApp template.
    pub fn whatsapp_template(template: Map<String, Value>) -> Self {
        Self { template: Some(template), ..Self::of(MessageType::WhatsappTemplate) }
    }

    fn of(kind: MessageType) -> Self {
        Self { kind, text: None, attachment: None, quick_replies: None, template: None, extra: Map::new() }
    }
}

model! {
    /// A message to send.
    pub struct MessageSend {
        /// The number of the channel; left out, the last one used.
        channel_id "channelId": Option<u64> as ID,
        /// What the message says.
        message "message": MessageContent,
    }
}

impl From<MessageContent> for MessageSend {
    fn from(message: MessageContent) -> Self {
        Self { channel_id: None, message, extra: Map::new() }
    }
}

model! {
    /// What became of a message that was sent.
    #[derive(Default)]
    pub struct MessageResult {
        /// The message's number.
        message_id "messageId": Option<u64> as ID,
        /// Where it stands: `queued` and others.
        status "status": Option<String>,
    }
}

model! {
    /// A message of a contact's conversation.
    #[derive(Default)]
    pub struct Message {
        /// The message's number.
        message_id "messageId": Option<u64> as ID,
        /// The number of the contact.
        contact_id "contactId": Option<u64> as ID,
        /// The number of the channel.
        channel_id "channelId": Option<u64> as ID,
        /// Which way it went.
        traffic "traffic": Option<Traffic>,
        /// What it says.
        message "message": Option<MessageContent>,
        /// When it was sent, in Unix seconds.
        timestamp "timestamp": Option<i64>,
        /// Where it stands: sent, delivered, read or failed.
        status "status": Option<String>,
    }
}
