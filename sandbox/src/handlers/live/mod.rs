//! What each operation of the live surface does, in files as those of the contract.

mod comments;
mod contacts;
mod conversations;
mod filter;
mod messaging;
pub mod model;
mod page;
mod space;

use super::{Context, Handler, handlers, key_of};
use crate::refusal::Refusal;
use respond_io_wasm::live::model::{Acknowledgement, ContactAction, TextOrNumber};
use respond_io_wasm::model::Identifier;

/// The handlers of the live surface.
pub const HANDLERS: &[&[Handler]] =
    &[contacts::HANDLERS, messaging::HANDLERS, comments::HANDLERS, conversations::HANDLERS, space::HANDLERS];

impl Context<'_> {
    /// The number of a contact that is not new any more.
    fn settled_id(&self, identifier: &Identifier) -> Result<u64, Refusal> {
        let contact = self.workspace.find(key_of(identifier))?;
        self.check_settled(contact.created)?;
        Ok(contact.id)
    }

    /// Refuses what concerns a contact that was created so late that the service is not done with it.
    fn check_settled(&self, created: i64) -> Result<(), Refusal> {
        if self.now - created >= self.rules.contact_new_ms {
            return Ok(());
        }
        Err(Refusal::contact_new(self.rules.contact_new_status))
    }
}

/// What is said of a contact on which something was done.
fn action(contact: u64) -> ContactAction {
    ContactAction { contact_id: Some(contact), ..ContactAction::default() }
}

/// What is said of something that was done.
fn done(what: &str) -> Acknowledgement {
    let (code, message) = (Some(TextOrNumber::Number(200)), Some(what.into()));
    Acknowledgement { code, message, ..Acknowledgement::default() }
}
