use super::operations;
use crate::model::{Assignment, Conversation, ConversationUpdate, Identifier};

operations! {
    Conversations "conversations";

    /// Opens or closes a contact's conversation.
    "updateConversationStatus" UpdateConversationStatus: Post "/contact/{identifier}/conversation", idempotent;
    fn update_status "updateStatus"(
        path identifier "identifier": Identifier,
        body conversation "conversation": ConversationUpdate,
    ) -> Conversation;

    /// Assigns a user, human or AI agent, or unassigns with null.
    "assignConversation" AssignConversation: Post "/contact/{identifier}/conversation/assignee", idempotent;
    fn assign "assign"(
        path identifier "identifier": Identifier,
        body assignment "assignment": Assignment,
    ) -> ();
}
