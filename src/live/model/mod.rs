//! What the service sends today, read leniently where sources disagree: a file a resource.

mod channel;
mod contact;
mod conversation;
mod either;
mod message;
mod user;

pub use channel::*;
pub use contact::*;
pub use conversation::*;
pub use either::*;
pub use message::*;
pub use user::*;

use crate::model::declare::{model, open_enum};
