use super::operations;
use crate::live::model::{Assignment, ContactAction, ConversationUpdate};
use crate::model::Identifier;

operations! {
    live Conversations "conversations";

    /// Assigns a user by number or email, or unassigns with null.
    "assignConversation" AssignConversation: Post "/contact/{identifier}/conversation/assignee", idempotent;
    fn assign "assign"(
        path identifier "identifier": Identifier,
        body assignment "assignment": Assignment,
    ) -> ContactAction;

    /// Opens a contact's conversation, or closes it with a category and a summary.
    "updateConversationStatus" UpdateConversationStatus: Post "/contact/{identifier}/conversation/status", idempotent;
    fn update_status "updateStatus"(
        path identifier "identifier": Identifier,
        body conversation "conversation": ConversationUpdate,
    ) -> ContactAction;
}
