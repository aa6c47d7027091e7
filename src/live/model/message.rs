use super::{OneOrMany, TextOrNumber, model};
use crate::model::Traffic;
use crate::schema::{Either, Kind, Wire};
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

model! {
    /// How far a message has come.
    #[derive(Default)]
    pub struct MessageStatus {
        /// `pending`, `sent`, `delivered`, `read` or `failed`.
        value "value": Option<String>,
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

model! {
    /// A message of a contact's conversation.
    #[derive(Default)]
    pub struct Message {
        /// The message's number.
        message_id "messageId": Option<u64>,
        /// What the channel calls it.
        channel_message_id "channelMessageId": Option<TextOrNumber>,
        /// The number of the contact.
        contact_id "contactId": Option<u64>,
        /// The number of the channel.
        channel_id "channelId": Option<u64>,
        /// Which way it went.
        traffic "traffic": Option<Traffic>,
        /// What it says, by its `type`.
        message "message": Option<Map<String, Value>>,
        /// When it was sent, in Unix time.
        timestamp "timestamp": Option<TextOrNumber>,
        /// How far it has come, the stages in the order in which they were reached.
        status "status": Option<OneOrMany<MessageStatus>>,
    }
}
