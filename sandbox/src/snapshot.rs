//! The whole workspace as one value that can be stored, and checked when it comes back.

use crate::workspace::{
    Channel, ClosingNote, Contact, Content, Counters, Field, Index, Message, Tag, Template, User, Workspace, is_phone,
    made_up,
};
use respond_io_wasm::engine::identifier::is_email;
use respond_io_wasm::schema::MAX_SAFE_INTEGER;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// The form of the snapshots that this version writes. It also reads the one before, which had nothing of the live
/// surface: what is missing is what every workspace begins with.
const VERSION: u32 = 2;
const VERSION_BEFORE: u32 = 1;

/// The greatest number that a snapshot gives next: four billion more still fit into what clients take, 2^53-1.
const MAX_NEXT: u64 = MAX_SAFE_INTEGER - (1 << 32);

/// The workspace at one moment: contacts with all that they have, tags, custom fields, channels, users, closing notes and
/// templates.
///
/// Clock, limits, tokens, faults and journal are not part of it. What is inside is for the sandbox alone to read; it
/// has a form in JSON, and the same snapshot restores the same workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Snapshot {
    version: u32,
    pub(crate) contacts: Vec<Contact>,
    tags: Vec<Tag>,
    fields: Vec<Field>,
    channels: Vec<Channel>,
    #[serde(default = "made_up::users")]
    users: Vec<User>,
    #[serde(default = "made_up::closing_notes")]
    closing_notes: Vec<ClosingNote>,
    #[serde(default = "made_up::templates")]
    templates: Vec<Template>,
    next: Counters,
}

impl Snapshot {
    pub(crate) fn of(workspace: &Workspace) -> Self {
        Self {
            version: VERSION,
            contacts: workspace.contacts.values().cloned().collect(),
            tags: workspace.tags.values().cloned().collect(),
            fields: workspace.fields.values().cloned().collect(),
            channels: workspace.channels.values().cloned().collect(),
            users: workspace.users.values().cloned().collect(),
            closing_notes: workspace.closing_notes.clone(),
            templates: workspace.templates.values().cloned().collect(),
            next: workspace.next,
        }
    }

    /// The workspace again; the text says what is wrong with a snapshot that no workspace could have given.
    pub(crate) fn restore(self) -> Result<Workspace, String> {
        if ![VERSION_BEFORE, VERSION].contains(&self.version) {
            return Err(format!("snapshot.version is {}, and {VERSION} is the last one that is known", self.version));
        }
        check_counters(&self.next)?;
        let mut workspace = Workspace {
            tags: by_id("tags", self.tags, self.next.tag, |tag| tag.id)?,
            fields: by_id("fields", self.fields, self.next.field, |field| field.id)?,
            channels: by_id("channels", self.channels, MAX_SAFE_INTEGER, |channel| channel.id)?,
            users: by_id("users", self.users, MAX_SAFE_INTEGER, |user| user.id)?,
            closing_notes: self.closing_notes,
            templates: by_id("templates", self.templates, MAX_SAFE_INTEGER, |template| template.id)?,
            contacts: by_id("contacts", self.contacts, self.next.contact, |contact| contact.id)?,
            next: self.next,
            index: Index::default(),
            changes: None,
        };
        check_space(&workspace)?;
        index_names(&mut workspace)?;
        index_contacts(&mut workspace)?;
        Ok(workspace)
    }
}

fn check_counters(next: &Counters) -> Result<(), String> {
    let Counters { contact, message, tag, field } = *next;
    for (name, next) in [("contact", contact), ("message", message), ("tag", tag), ("field", field)] {
        if !(1..=MAX_NEXT).contains(&next) {
            return Err(format!("snapshot.next.{name} must be from 1 to {MAX_NEXT}"));
        }
    }
    Ok(())
}

fn check_space(workspace: &Workspace) -> Result<(), String> {
    let Workspace { users, closing_notes, templates, channels, .. } = workspace;
    let emails: HashSet<String> = users.values().map(|user| user.email.to_lowercase()).collect();
    let categories: HashSet<&String> = closing_notes.iter().map(|note| &note.category).collect();
    if emails.len() < users.len() || categories.len() < closing_notes.len() {
        return Err("snapshot holds two users of one email or two closing notes of one category".into());
    }
    if !users.values().all(|user| is_email(user.email.as_bytes()) && team_of(user) <= MAX_SAFE_INTEGER) {
        return Err("snapshot.users holds an email that is none or a team whose number was never given".into());
    }
    if !templates.values().all(|template| channels.contains_key(&template.channel)) {
        return Err("snapshot.templates holds one of an unknown channel".into());
    }
    if !channels.values().all(|channel| channel.created.unsigned_abs() <= MAX_SAFE_INTEGER) {
        return Err("snapshot.channels holds a time beyond 2^53-1".into());
    }
    Ok(())
}

fn team_of(user: &User) -> u64 {
    user.team.as_ref().map_or(0, |team| team.id)
}

fn by_id<T>(what: &str, items: Vec<T>, next: u64, id: fn(&T) -> u64) -> Result<BTreeMap<u64, T>, String> {
    let count = items.len();
    let map: BTreeMap<u64, T> = items.into_iter().map(|item| (id(&item), item)).collect();
    if map.len() < count {
        return Err(format!("snapshot.{what} holds a number twice"));
    }
    if map.keys().any(|&id| id == 0 || id >= next) {
        return Err(format!("snapshot.{what} holds a number that was never given"));
    }
    Ok(map)
}

fn index_names(workspace: &mut Workspace) -> Result<(), String> {
    let Workspace { tags, fields, index, .. } = workspace;
    index.tags = tags.values().map(|tag| (tag.name.clone(), tag.id)).collect();
    index.fields = fields.values().map(|field| (field.name.clone(), field.id)).collect();
    if index.tags.len() < tags.len() || index.fields.len() < fields.len() {
        return Err("snapshot holds two tags or two custom fields of one name".into());
    }
    Ok(())
}

fn index_contacts(workspace: &mut Workspace) -> Result<(), String> {
    let (mut emails, mut phones) = (0, 0);
    let mut messages = HashSet::new();
    for contact in workspace.contacts.values() {
        let wrong = |what: &str| format!("snapshot.contacts: the contact {} has {what}", contact.id);
        check_profile(contact).map_err(wrong)?;
        check_references(workspace, contact).map_err(wrong)?;
        check_times(contact).map_err(wrong)?;
        check_emails(contact).map_err(wrong)?;
        if !contact.messages.iter().all(|message| messages.insert(message.id)) {
            return Err(wrong("a message whose number another has"));
        }
        emails += usize::from(contact.profile.email.is_some());
        phones += usize::from(contact.profile.phone.is_some());
    }
    let Workspace { contacts, index, .. } = workspace;
    contacts.values().for_each(|contact| index.add(contact));
    if index.emails.len() < emails || index.phones.len() < phones {
        return Err("snapshot.contacts holds two contacts of one email or phone number".into());
    }
    Ok(())
}

fn check_profile(contact: &Contact) -> Result<(), &'static str> {
    let profile = &contact.profile;
    if profile.email.as_ref().is_some_and(|email| !is_email(email.as_bytes())) {
        return Err("an email that is none");
    }
    if profile.phone.as_ref().is_some_and(|phone| !is_phone(phone)) {
        return Err("a phone number that is none");
    }
    Ok(())
}

fn check_references(workspace: &Workspace, contact: &Contact) -> Result<(), &'static str> {
    let has_channel = |id: &u64| workspace.channels.contains_key(id);
    if !are_unique(contact.tags.iter()) || !contact.tags.iter().all(|id| workspace.tags.contains_key(id)) {
        return Err("a tag twice or an unknown one");
    }
    if !are_unique(contact.channels.iter().map(|reach| &reach.channel))
        || !contact.channels.iter().all(|reach| has_channel(&reach.channel))
    {
        return Err("a channel twice or an unknown one");
    }
    if contact.channels.iter().any(|reach| reach.last_message >= workspace.next.message) {
        return Err("a channel whose last message was never given");
    }
    let takes = |field: u64, value: &str| workspace.fields.get(&field).is_some_and(|field| field.check(value).is_ok());
    if !are_unique(contact.values.iter().map(|value| &value.field))
        || !contact.values.iter().all(|value| takes(value.field, &value.value))
    {
        return Err("a value of a custom field twice or a wrong one");
    }
    let is_known = |id: u64| 0 < id && id < workspace.next.message;
    if !contact.messages.is_sorted_by_key(|message| message.id)
        || !contact.messages.iter().all(|message| is_known(message.id) && has_channel(&message.channel))
    {
        return Err("a message out of order or of an unknown channel");
    }
    Ok(())
}

/// JavaScript has no exact number for a time beyond 2^53-1.
fn check_times(contact: &Contact) -> Result<(), &'static str> {
    let conversation = contact.conversation.iter().flat_map(|conversation| [conversation.opened, conversation.closed]);
    let messages = contact.messages.iter().map(|message| message.at);
    let comments = contact.comments.iter().map(|comment| comment.at);
    let mut times = messages.chain(comments).chain(conversation.flatten()).chain([contact.created]);
    if !times.all(|time| time.unsigned_abs() <= MAX_SAFE_INTEGER) {
        return Err("a time beyond 2^53-1");
    }
    Ok(())
}

/// An email answers a message by its number.
fn check_emails(contact: &Contact) -> Result<(), &'static str> {
    let answers = |message: &Message| match message.content {
        Content::Email { reply_to, .. } => reply_to.unwrap_or(0),
        _ => 0,
    };
    if contact.messages.iter().any(|message| answers(message) > MAX_SAFE_INTEGER) {
        return Err("an email that answers a number beyond 2^53-1");
    }
    Ok(())
}

fn are_unique<'a>(ids: impl Iterator<Item = &'a u64>) -> bool {
    let mut seen = HashSet::new();
    ids.into_iter().all(|id| seen.insert(id))
}
