//! How the service behaves where an option asks for it.

use crate::options::Options;

/// What the options ask for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules {
    /// For how long a contact is new to the live surface, in milliseconds.
    pub contact_new_ms: i64,
    /// Whether WhatsApp's window is enforced.
    pub messaging_window: bool,
}

impl Rules {
    /// The rules of these options.
    pub fn of(options: &Options) -> Self {
        Self {
            contact_new_ms: options.live.and_then(|live| live.contact_new_ms).unwrap_or(0).into(),
            messaging_window: options.messaging_window.unwrap_or(false),
        }
    }
}
