use super::{TextOrNumber, TextOrObject, User, model};
use alloc::string::String;

model! {
    /// What a conversation was, once it is closed. Times are in Unix time, durations as the service counts them.
    #[derive(Default)]
    pub struct ConversationSummary {
        /// The category of the closing note.
        category "category": Option<String>,
        /// What it was about.
        summary "summary": Option<String>,
        /// When it was opened.
        opened_time "openedTime": Option<TextOrNumber>,
        /// What opened it: `user`, `contact`, `workflow` and others.
        opened_by_source "openedBySource": Option<String>,
        /// When it was closed.
        closed_time "closedTime": Option<TextOrNumber>,
        /// Who closed it; null, or an object without fields, where it was no user.
        closed_by "closedBy": Option<User>,
        /// What closed it.
        closed_by_source "closedBySource": Option<String>,
        /// How long the first answer took.
        first_response_time "firstResponseTime": Option<TextOrNumber>,
        /// How long it was open.
        resolution_time "resolutionTime": Option<TextOrNumber>,
        /// How many messages came in.
        incoming_message_count "incomingMessageCount": Option<u64>,
        /// How many messages went out.
        outgoing_message_count "outgoingMessageCount": Option<u64>,
        /// The team of the assignee.
        assignee_team "assigneeTeam": Option<TextOrObject>,
        /// When it was last assigned.
        last_assignment_time "lastAssignmentTime": Option<TextOrNumber>,
    }
}
