use super::{ContactStatus, TextOrNumber, TextOrObject, User, model};
use crate::schema::{Either, Kind, OrNull, Wire};
use alloc::string::String;
use serde::{Deserialize, Serialize};

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

/// Whom a conversation is assigned to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Assignee {
    /// The user with this number.
    Id(u64),
    /// The user with this email.
    Email(String),
}

impl Wire for Assignee {
    const KIND: Kind = Kind::Either(&Either { name: "a user's number or email", kinds: &[String::KIND, u64::KIND] });
}

model! {
    /// Who looks after a contact's conversation.
    #[derive(Default)]
    pub struct Assignment {
        /// The user's number or email, or null for nobody.
        assignee "assignee": OrNull<Assignee> | null,
    }
}

impl Assignment {
    /// Assigns this user.
    pub fn to(assignee: Assignee) -> Self {
        Self { assignee: OrNull(Some(assignee)), ..Self::default() }
    }

    /// Unassigns whoever is assigned.
    pub fn nobody() -> Self {
        Self::default()
    }
}

model! {
    /// A conversation's new status.
    pub struct ConversationUpdate {
        /// Whether it is to be open.
        status "status": ContactStatus,
        /// The category of the closing note.
        category "category": Option<String>,
        /// What it was about.
        summary "summary": Option<String>,
    }
}

impl ConversationUpdate {
    /// Opens the conversation.
    pub fn open() -> Self {
        Self::to(ContactStatus::Open)
    }

    /// Closes the conversation.
    pub fn close() -> Self {
        Self::to(ContactStatus::Close)
    }

    /// Closes the conversation with a closing note of this category.
    pub fn close_with(category: impl Into<String>, summary: impl Into<String>) -> Self {
        Self { category: Some(category.into()), summary: Some(summary.into()), ..Self::close() }
    }

    fn to(status: ContactStatus) -> Self {
        Self { status, category: None, summary: None, extra: Default::default() }
    }
}

model! {
    /// An internal comment, not shown to the contact.
    #[derive(Default)]
    pub struct Comment {
        /// The comment, of at most 1000 characters; `{{@user.1}}` mentions the user with this number.
        text "text": String as NON_EMPTY,
    }
}

impl Comment {
    /// A comment that says `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

model! {
    /// A comment that was written.
    #[derive(Default)]
    pub struct CommentResult {
        /// The number of the contact.
        contact_id "contactId": Option<u64> | always,
        /// What it says.
        text "text": Option<String> | always,
        /// When it was written, in Unix time.
        created_at "created_at": Option<i64> | always,
    }
}
