//! The workspace: contacts with their conversations, messages and comments; tags, custom fields, channels, users, closing
//! notes and templates.
//!
//! It knows nothing of the wire: no model, no operation, no status. Times are Unix milliseconds.

mod change;
mod contact;
mod content;
mod edit;
mod field;
mod filter;
pub mod made_up;
mod messages;
mod problem;
mod space;
mod tags;
pub mod time;
pub mod zone;

pub use change::{Change, What};
pub use contact::{Closing, Contact, Conversation, FieldValue, Party, Profile, Reach};
pub use content::{Content, File, Reply};
pub use edit::{Attribute, Edit};
pub use field::{Field, FieldKind};
pub use filter::{Condition, Filter, Subject, Test};
pub use messages::{Direction, Message};
pub use problem::Problem;
pub use space::{ClosingNote, Team, Template, TemplatePart, User};
pub use tags::{Tag, TagDetails};

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
    /// When it was connected, in Unix milliseconds.
    #[serde(default = "made_up::connected")]
    pub created: i64,
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
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) closing_notes: Vec<ClosingNote>,
    pub(crate) templates: BTreeMap<u64, Template>,
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
    /// A workspace with channels, users, closing notes and templates, and nothing else.
    fn default() -> Self {
        Self {
            contacts: BTreeMap::new(),
            tags: BTreeMap::new(),
            fields: BTreeMap::new(),
            channels: made_up::channels().into_iter().map(|channel| (channel.id, channel)).collect(),
            users: made_up::users().into_iter().map(|user| (user.id, user)).collect(),
            closing_notes: made_up::closing_notes(),
            templates: made_up::templates().into_iter().map(|template| (template.id, template)).collect(),
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
