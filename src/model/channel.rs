use super::model;
use alloc::string::String;
use serde_json::{Map, Value};

model! {
    /// A channel that reaches a contact.
    #[derive(Default)]
    pub struct Channel {
        /// The channel's number.
        id "id": Option<u64> as ID,
        /// The channel's name.
        name "name": Option<String>,
        /// Where it leads: whatsapp, messenger, telegram, email, sms and others.
        source "source": Option<String>,
        /// What else the channel says of itself.
        meta "meta": Option<Map<String, Value>>,
    }
}
