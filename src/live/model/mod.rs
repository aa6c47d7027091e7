//! What the service takes and sends today, read leniently where sources disagree: a file a resource.
//!
//! A field that the vendor's clients say is always there is an `Option` all the same: where it is missing, the answer is
//! handed over and the client tells of it. Null is sent by way of `extra`.

mod channel;
mod contact;
mod conversation;
mod either;
mod filter;
mod message;
mod page;
mod space;
mod user;

pub use channel::*;
pub use contact::*;
pub use conversation::*;
pub use either::*;
pub use filter::*;
pub use message::*;
pub use page::{Page, PageQuery, Pagination};
pub use space::*;
pub use user::*;

use crate::model::declare::{model, open_enum};
use page::page;

page! {
    /// A page of contacts.
    ContactPage of Contact
}

page! {
    /// A page of channels.
    ChannelPage of Channel
}

page! {
    /// A page of messages.
    MessagePage of Message
}

page! {
    /// A page of users.
    UserPage of SpaceUser
}

page! {
    /// A page of custom fields.
    CustomFieldPage of CustomField
}

page! {
    /// A page of closing notes.
    ClosingNotePage of ClosingNote
}

page! {
    /// A page of templates.
    TemplatePage of Template
}
