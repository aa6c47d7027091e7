use super::Workspace;

/// Something that happened to a contact, for those who want to hear of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The contact's number.
    pub contact: u64,
    /// What happened.
    pub what: What,
}

/// What happened to a contact.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It was created.
    Created,
    /// Its fields changed.
    Updated,
    /// It got the tag with this number.
    TagAdded(u64),
    /// It lost the tag with this number.
    TagRemoved(u64),
    /// Another user looks after it, or nobody.
    Assigned,
    /// It left this lifecycle stage for the one that it has.
    StageLeft(Option<String>),
    /// A comment was written: its last.
    Commented,
    /// Its conversation was opened.
    Opened,
    /// Its conversation was closed.
    Closed,
    /// The message with this number came from it.
    Received(u64),
    /// The message with this number went to it.
    Sent(u64),
}

impl Workspace {
    /// Writes down what happened, where somebody listens.
    pub(super) fn record(&mut self, contact: u64, what: What) {
        if let Some(changes) = &mut self.changes {
            changes.push(Change { contact, what });
        }
    }
}
