//! The workspace: contacts with their conversations, messages and comments; tags, custom fields and channels.
//!
//! It knows nothing of the wire: no model, no operation, no status. Times are Unix milliseconds.

mod change;
mod contact;
mod content;
mod field;
mod messages;
mod problem;
mod tags;

pub use change::{Change, What};
pub use contact::{Contact, Conversation, FieldValue, Party, Profile, Reach};
pub use content::{Content, Reply};
pub use field::{Field, FieldKind};
pub use messages::{Direction, Message};
pub use problem::Problem;
pub use tags::Tag;

use respond_io_wasm::engine::identifier::is_identifier;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A channel of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Channel {
    /// The channel's number.
    pub id: u64,
    /// The channel's name.
    pub name: String,
    /// Where it leads: `whatsapp`, `email` and others.
    pub source: String,
}

/// The numbers that the next of each kind gets.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Counters {
    /// The next contact.
    pub contact: u64,
    /// The next message.
    pub message: u64,
    /// The next tag.
    pub tag: u64,
    /// The next custom field.
    pub field: u64,
}

/// How a contact is addressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Key<'a> {
    /// By its number.
    Id(u64),
    /// By its email, in any case.
    Email(&'a str),
    /// By its phone number, with or without the `+`.
    Phone(&'a str),
}

/// Everything that the service remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace {
    pub(crate) contacts: BTreeMap<u64, Contact>,
    pub(crate) tags: BTreeMap<u64, Tag>,
    pub(crate) fields: BTreeMap<u64, Field>,
    pub(crate) channels: BTreeMap<u64, Channel>,
    pub(crate) next: Counters,
    pub(crate) index: Index,
    /// What happened since somebody began to listen; none where nobody does, so that it costs nothing.
    pub(crate) changes: Option<Vec<Change>>,
}

/// Where the contacts, tags and fields are that have a name of their own; it follows from the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    pub(crate) emails: HashMap<String, u64>,
    pub(crate) phones: HashMap<String, u64>,
    pub(crate) tags: HashMap<String, u64>,
    pub(crate) fields: HashMap<String, u64>,
}

impl Default for Workspace {
    /// A workspace with four channels and nothing else.
    fn default() -> Self {
        let channels =
            [(1, "WhatsApp", "whatsapp"), (2, "Email", "email"), (3, "Telegram", "telegram"), (4, "SMS", "sms")];
        let channel =
            |(id, name, source): (u64, &str, &str)| (id, Channel { id, name: name.into(), source: source.into() });
        Self {
            contacts: BTreeMap::new(),
            tags: BTreeMap::new(),
            fields: BTreeMap::new(),
            channels: channels.map(channel).into(),
            // The service's message numbers do not fit into 32 bits, so neither do these.
            next: Counters { contact: 1, message: 1_783_996_922_700_277, tag: 1, field: 1 },
            index: Index::default(),
            changes: None,
        }
    }
}

impl Workspace {
    /// The contact that the key names.
    pub fn find(&self, key: Key<'_>) -> Result<&Contact, Problem> {
        let id = match key {
            Key::Id(id) => Some(id),
            Key::Email(email) => self.index.emails.get(&email_key(email)).copied(),
            Key::Phone(phone) => self.index.phones.get(phone_key(phone)).copied(),
        };
        id.and_then(|id| self.contacts.get(&id)).ok_or(Problem::NoContact)
    }

    /// The number of the contact that the key names.
    pub fn id_of(&self, key: Key<'_>) -> Result<u64, Problem> {
        self.find(key).map(|contact| contact.id)
    }

    /// So many contacts from the number `start` on, in ascending order, and the number of the one after them.
    pub fn page(&self, start: u64, count: usize) -> (Vec<&Contact>, Option<u64>) {
        let mut rest = self.contacts.range(start..);
        let page = rest.by_ref().take(count).map(|(_, contact)| contact).collect();
        (page, rest.next().map(|(&id, _)| id))
    }

    /// The channel with this number.
    pub fn channel(&self, id: u64) -> Option<&Channel> {
        self.channels.get(&id)
    }

    fn contact_mut(&mut self, id: u64) -> Result<&mut Contact, Problem> {
        self.contacts.get_mut(&id).ok_or(Problem::NoContact)
    }
}

/// An email as it is compared: without regard to case.
pub fn email_key(email: &str) -> String {
    email.to_lowercase()
}

/// Whether a contact can be addressed by this phone number: up to 15 digits with an optional `+`.
pub fn is_phone(phone: &str) -> bool {
    is_identifier(format!("phone:{phone}").as_bytes())
}

/// A phone number as it is compared: its digits.
pub fn phone_key(phone: &str) -> &str {
    phone.strip_prefix('+').unwrap_or(phone)
}
