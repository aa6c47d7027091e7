//! How the service behaves where an option asks for it.

use crate::options::Options;
use crate::refusal::Refusal;

/// What the options ask for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules {
    /// For how long a contact is new to the live surface, in milliseconds.
    pub contact_new_ms: i64,
    /// The status that refuses it as long.
    pub contact_new_status: u16,
    /// Whether WhatsApp's window is enforced.
    pub messaging_window: bool,
}

impl Rules {
    /// The rules of these options; a refusal where one of them is wrong.
    pub fn of(options: &Options) -> Result<Self, Refusal> {
        let live = options.live.unwrap_or_default();
        Ok(Self {
            contact_new_ms: live.contact_new_ms.unwrap_or(0).into(),
            contact_new_status: live.status_of_new()?,
            messaging_window: options.messaging_window.unwrap_or(false),
        })
    }
}
