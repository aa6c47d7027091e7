use super::operations;
use crate::model::{Identifier, Message, MessageResult, MessageSend};

operations! {
    Messaging "messaging";

    /// Sends a message over a channel, the last one used where none is named.
    ///
    /// It is never sent a second time where the first may have arrived.
    "sendMessage" SendMessage: Post "/contact/{identifier}/message", not_idempotent "look at the contact's conversation before sending it again";
    fn send "send"(
        path identifier "identifier": Identifier,
        body message "message": MessageSend,
    ) -> MessageResult;

    /// Fetches one message of a contact's conversation.
    "getMessage" GetMessage: Get "/contact/{identifier}/message/{messageId}", idempotent;
    fn get "get"(
        path identifier "identifier": Identifier,
        path message_id "messageId": u64 as ID,
    ) -> Message;
}
