use super::operations;
use crate::live::model::{Message, MessagePage, MessageResult, MessageSend, PageQuery};
use crate::model::Identifier;

operations! {
    live Messaging "messaging";

    /// Sends a message over a channel, the last one used where none is named.
    ///
    /// It is never sent a second time where the first may have arrived.
    "sendMessage" SendMessage: Post "/contact/{identifier}/message", not_idempotent "list the contact's messages before sending it again";
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

    /// Fetches one page of a contact's messages.
    "listMessages" ListMessages: Get "/contact/{identifier}/message/list", idempotent;
    fn list "list"(path identifier "identifier": Identifier, query query "query": PageQuery) -> MessagePage;
}
