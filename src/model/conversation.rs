use super::{model, open_enum};
use crate::schema::OrNull;
use alloc::string::String;

open_enum! {
    /// Whether a conversation is open.
    pub enum ConversationStatus {
        /// Somebody looks after it.
        Open "open",
        /// It is done.
        Close "close",
    }
}

model! {
    /// A contact's conversation with the workspace.
    #[derive(Default)]
    pub struct Conversation {
        /// The number of the contact.
        contact_id "contactId": Option<u64> as ID,
        /// Whether it is open.
        status "status": Option<ConversationStatus>,
        /// The user who looks after it, or null.
        assignee "assignee": Option<String> | null,
        /// When it was last opened, in Unix seconds.
        opened "opened": Option<i64>,
        /// When it was last closed, in Unix seconds, or null.
        closed "closed": Option<i64> | null,
    }
}

model! {
    /// A conversation's new status.
    pub struct ConversationUpdate {
        /// Whether it is to be open.
        status "status": ConversationStatus,
        /// The number of a closing note; it goes with `close` only.
        closing_note_id "closingNoteId": Option<u64> as ID,
    }
    sent by "status" {
        "open" => [],
        "close" => [] or ["closingNoteId"],
    }
}

impl ConversationUpdate {
    /// Opens the conversation.
    pub fn open() -> Self {
        Self::to(ConversationStatus::Open)
    }

    /// Closes the conversation.
    pub fn close() -> Self {
        Self::to(ConversationStatus::Close)
    }

    /// Closes the conversation with a closing note.
    pub fn close_with(closing_note_id: u64) -> Self {
        Self { closing_note_id: Some(closing_note_id), ..Self::close() }
    }

    fn to(status: ConversationStatus) -> Self {
        Self { status, closing_note_id: None, extra: Default::default() }
    }
}

model! {
    /// Who looks after a contact's conversation.
    #[derive(Default)]
    pub struct Assignment {
        /// The user's identifier, `email:agent@example.com`, or null for nobody.
        assignee "assignee": OrNull<String> as USER | null,
    }
}

impl Assignment {
    /// Assigns the user with this email, human or AI agent.
    pub fn to(email: &str) -> Self {
        Self { assignee: OrNull(Some(alloc::format!("email:{email}"))), ..Self::default() }
    }

    /// Unassigns whoever is assigned.
    pub fn nobody() -> Self {
        Self::default()
    }
}

model! {
    /// An internal comment, not shown to the contact.
    #[derive(Default)]
    pub struct Comment {
        /// The comment; `@[email]` mentions a user.
        text "text": String as NON_EMPTY,
    }
}

impl Comment {
    /// A comment that says `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}
