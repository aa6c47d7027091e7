//! What the workspace holds, in the form in which the service tells it today: a file a resource.

mod channel;
mod contact;
mod conversation;
mod message;
mod space;

pub use channel::{channel, contact_channel, space_channel};
pub use contact::contact;
pub use conversation::{closed, opened};
pub use message::message;
pub use space::{DATA_TYPES, closing_note, custom_field, space_tag, space_user, template};

use crate::handlers::seconds;
use respond_io_wasm::live::model::TextOrNumber;

/// A time, in Unix seconds.
fn time(ms: i64) -> TextOrNumber {
    TextOrNumber::Number(seconds(ms))
}
