use super::{TextOrNumber, model};
use alloc::string::String;

model! {
    /// A channel over which messages come and go.
    #[derive(Default)]
    pub struct Channel {
        /// The channel's number.
        id "id": Option<u64>,
        /// The channel's name.
        name "name": Option<String>,
        /// Where it leads: `whatsapp_cloud`, `telegram` and others.
        source "source": Option<String>,
        /// When the last message went over it, in Unix time.
        last_message_time "lastMessageTime": Option<TextOrNumber>,
        /// When the last message of the contact came over it, in Unix time.
        last_incoming_message_time "lastIncomingMessageTime": Option<TextOrNumber>,
    }
}
