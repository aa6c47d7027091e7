use super::{OneOrMany, TextOrNumber, model, open_enum};
use crate::model::{Attachment, AttachmentType, Traffic};
use crate::schema::{Either, Kind, Wire};
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

open_enum! {
    /// How far a message may come.
    pub enum MessageStatusValue {
        /// It waits to be sent.
        Pending "pending",
        /// The channel has it.
        Sent "sent",
        /// The contact has it.
        Delivered "delivered",
        /// The contact has read it.
        Read "read",
        /// It will not arrive.
        Failed "failed",
    }
}

model! {
    /// How far a message has come.
    #[derive(Default)]
    pub struct MessageStatus {
        /// The stage that it has reached.
        value "value": Option<MessageStatusValue> | always,
        /// When it came so far, in Unix time.
        timestamp "timestamp": Option<TextOrNumber>,
        /// What went wrong.
        message "message": Option<String>,
    }
}

impl Wire for OneOrMany<MessageStatus> {
    const KIND: Kind = Kind::Either(&Either {
        name: "a status or a list of them",
        kinds: &[MessageStatus::KIND, <Vec<MessageStatus>>::KIND],
    });
}

open_enum! {
    /// What a message is.
    pub enum MessageType {
        /// A text.
        Text "text",
        /// A picture, a video, a sound or a file.
        Attachment "attachment",
        /// An object that the channel understands.
        CustomPayload "custom_payload",
        /// A title with replies to choose from.
        QuickReply "quick_reply",
        /// An email.
        Email "email",
        /// A WhatsApp template.
        WhatsappTemplate "whatsapp_template",
    }
}

open_enum! {
    /// Why a Facebook message is sent although the contact was silent for long.
    pub enum MessageTag {
        /// Something of the contact's account has changed.
        AccountUpdate "ACCOUNT_UPDATE",
        /// News of a purchase.
        PostPurchaseUpdate "POST_PURCHASE_UPDATE",
        /// News of an event that the contact attends.
        ConfirmedEventUpdate "CONFIRMED_EVENT_UPDATE",
    }
}

open_enum! {
    /// Which part of a template a component is.
    pub enum ComponentType {
        /// Its head.
        Header "header",
        /// Its text.
        Body "body",
        /// Its foot.
        Footer "footer",
        /// Its buttons.
        Buttons "buttons",
    }
}

model! {
    /// A part of a WhatsApp template.
    pub struct TemplateComponent {
        /// Which part it is.
        kind "type": ComponentType,
        /// What a header holds: `text`, `image`, `video`, `document` or `location`.
        format "format": Option<String>,
        /// Its text, with `{{1}}` where a parameter goes.
        text "text": Option<String>,
        /// What goes where the text says so.
        parameters "parameters": Option<Vec<Map<String, Value>>>,
        /// The buttons.
        buttons "buttons": Option<Vec<Map<String, Value>>>,
    }
}

model! {
    /// A WhatsApp template and what is put into it.
    #[derive(Default)]
    pub struct TemplateContent {
        /// The template's name.
        name "name": String as NON_EMPTY,
        /// The code of its language.
        language_code "languageCode": String as NON_EMPTY,
        /// Its parts.
        components "components": Option<Vec<TemplateComponent>>,
    }
}

model! {
    /// A file of an email.
    #[derive(Default)]
    pub struct EmailAttachment {
        /// What it is.
        kind "type": Option<AttachmentType> | always,
        /// Where it is fetched from.
        url "url": Option<String> as URI | always,
        /// The file's name.
        file_name "fileName": Option<String> | always,
    }
}

model! {
    /// What a message says.
    pub struct MessageContent {
        /// What the message is.
        kind "type": MessageType,
        /// The body of a text and of an email.
        text "text": Option<String> as NON_EMPTY,
        /// Why a Facebook message is sent although the contact was silent for long.
        message_tag "messageTag": Option<MessageTag>,
        /// The file of an attachment.
        attachment "attachment": Option<Attachment>,
        /// What the channel understands.
        payload "payload": Option<Map<String, Value>>,
        /// The title of a quick reply.
        title "title": Option<String> as NON_EMPTY,
        /// The replies to choose from.
        replies "replies": Option<Vec<String>>,
        /// The subject of an email.
        subject "subject": Option<String>,
        /// Who gets a copy of an email.
        cc "cc": Option<Vec<String>>,
        /// Who gets a blind copy of an email.
        bcc "bcc": Option<Vec<String>>,
        /// The number of the message that an email answers.
        reply_to_message_id "replyToMessageId": Option<u64>,
        /// The files of an email.
        attachments "attachments": Option<Vec<EmailAttachment>>,
        /// The WhatsApp template.
        template "template": Option<TemplateContent>,
    }
    sent by "type" {
        "text" => ["text"] or ["messageTag"],
        "attachment" => ["attachment"],
        "custom_payload" => ["payload"],
        "quick_reply" => ["title", "replies"],
        "email" => ["text"] or ["subject", "cc", "bcc", "replyToMessageId", "attachments"],
        "whatsapp_template" => ["template"],
    }
}

impl MessageContent {
    /// Nothing yet, to be completed with the fields that go with the type.
    ///
    /// ```
    /// use respond_io_wasm::live::model::{MessageContent, MessageType};
    ///
    /// let email = MessageContent {
    ///     text: Some("Hello!".into()),
    ///     subject: Some("A word".into()),
    ///     ..MessageContent::of(MessageType::Email)
    /// };
    /// assert_eq!(serde_json::to_string(&email).unwrap(), r#"{"type":"email","text":"Hello!","subject":"A word"}"#);
    /// ```
    pub fn of(kind: MessageType) -> Self {
        Self {
            kind,
            text: None,
            message_tag: None,
            attachment: None,
            payload: None,
            title: None,
            replies: None,
            subject: None,
            cc: None,
            bcc: None,
            reply_to_message_id: None,
            attachments: None,
            template: None,
            extra: Map::new(),
        }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::of(MessageType::Text) }
    }

    /// A picture, a video, a sound or a file at the address `url`.
    pub fn attachment(kind: AttachmentType, url: impl Into<String>) -> Self {
        let attachment = Attachment { kind: Some(kind), url: Some(url.into()), ..Attachment::default() };
        Self { attachment: Some(attachment), ..Self::of(MessageType::Attachment) }
    }

    /// A title with replies to choose from.
    pub fn quick_reply<T: Into<String>>(title: impl Into<String>, replies: impl IntoIterator<Item = T>) -> Self {
        let replies = Some(replies.into_iter().map(Into::into).collect());
        Self { title: Some(title.into()), replies, ..Self::of(MessageType::QuickReply) }
    }
}

model! {
    /// A message to send.
    pub struct MessageSend {
        /// The number of the channel; left out or null, the last one used.
        channel_id "channelId": Option<u64> as ID | null,
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
    /// A message that was sent.
    #[derive(Default)]
    pub struct MessageResult {
        /// The message's number.
        message_id "messageId": Option<u64> | always,
    }
}

model! {
    /// A message of a contact's conversation.
    #[derive(Default)]
    pub struct Message {
        /// The message's number.
        message_id "messageId": Option<u64> | always,
        /// What the channel calls it.
        channel_message_id "channelMessageId": Option<TextOrNumber>,
        /// The number of the contact.
        contact_id "contactId": Option<u64> | always,
        /// The number of the channel.
        channel_id "channelId": Option<u64> | always,
        /// Which way it went.
        traffic "traffic": Option<Traffic> | always,
        /// What it says.
        message "message": Option<MessageContent> | always,
        /// When it was sent, in Unix time.
        timestamp "timestamp": Option<TextOrNumber>,
        /// How far it has come, the stages in the order in which they were reached.
        status "status": Option<OneOrMany<MessageStatus>>,
    }
}
