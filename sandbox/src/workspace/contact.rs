use super::{Direction, Edit, Key, Message, Problem, What, Workspace, email_key, is_phone, phone_key};
use respond_io_wasm::engine::identifier::is_email;
use serde::{Deserialize, Serialize};

/// A person who talks to the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The contact's number.
    pub id: u64,
    /// Who it is.
    pub profile: Profile,
    /// The lifecycle stage, where it has one.
    pub stage: Option<String>,
    /// The identifier of the user who looks after the contact.
    pub assignee: Option<String>,
    /// When the contact was created, in Unix milliseconds.
    pub created: i64,
    /// The numbers of its tags, in the order in which it got them.
    pub tags: Vec<u64>,
    /// Its values of custom fields, at most one a field.
    pub values: Vec<FieldValue>,
    /// Its conversation, where there ever was one.
    pub conversation: Option<Conversation>,
    /// The channels that reach it, at most once each.
    pub channels: Vec<Reach>,
    /// Its messages, by ascending number.
    pub messages: Vec<Message>,
    /// The internal comments on it.
    pub comments: Vec<Comment>,
}

/// The fields of a contact that a request sets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// The given name.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// The email; no two contacts share one, whatever its case.
    pub email: Option<String>,
    /// The phone number; no two contacts share one, with `+` or without.
    pub phone: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// The address of the profile picture.
    pub profile_pic: Option<String>,
    /// The country.
    pub country_code: Option<String>,
}

impl Profile {
    /// This profile, with what it lacks taken from `other`.
    pub fn or(self, other: Profile) -> Profile {
        Profile {
            first_name: self.first_name.or(other.first_name),
            last_name: self.last_name.or(other.last_name),
            email: self.email.or(other.email),
            phone: self.phone.or(other.phone),
            language: self.language.or(other.language),
            profile_pic: self.profile_pic.or(other.profile_pic),
            country_code: self.country_code.or(other.country_code),
        }
    }
}

/// A contact's value of a custom field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldValue {
    /// The field's number.
    pub field: u64,
    /// The value.
    pub value: String,
}

/// A contact's conversation with the workspace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Conversation {
    /// Whether it is open.
    pub open: bool,
    /// When it was last opened, in Unix milliseconds.
    pub opened: Option<i64>,
    /// When it was last closed, in Unix milliseconds.
    pub closed: Option<i64>,
    /// Who last opened it.
    #[serde(default)]
    pub opened_by: Option<Party>,
    /// The number from which on messages belong to it since then.
    #[serde(default)]
    pub first_message: u64,
    /// What it was closed with; nothing while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
}

/// What a conversation is closed with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The category of a closing note.
    pub category: Option<String>,
    /// What it was about.
    pub summary: Option<String>,
}

/// Somebody who opens a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The contact.
    Contact,
    /// A user of the workspace.
    User,
}

impl Conversation {
    /// The conversation that two become: open if either is, with the later of their times.
    fn joined(self, other: Conversation) -> Conversation {
        let (open, closed) = (self.open || other.open, self.closed.max(other.closed));
        let latest = if other.opened > self.opened { other } else { self };
        let closing = latest.closing.clone().filter(|_| !open);
        Conversation { open, closed, closing, ..latest }
    }
}

/// A channel that reaches a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reach {
    /// The channel's number.
    pub channel: u64,
    /// The number of the last message over it; 0 where there was none.
    pub last_message: u64,
}

/// An internal comment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// What it says.
    pub text: String,
    /// When it was written, in Unix milliseconds.
    pub at: i64,
}

impl Contact {
    /// The channel of the contact's last message, or else any that reaches it.
    pub fn last_channel(&self) -> Option<u64> {
        self.channels.iter().max_by_key(|reach| reach.last_message).map(|reach| reach.channel)
    }

    /// Whether its conversation is open.
    pub fn is_open(&self) -> bool {
        self.conversation.as_ref().is_some_and(|conversation| conversation.open)
    }

    /// The email of the user who looks after it.
    pub fn assignee_email(&self) -> Option<&str> {
        let assignee = self.assignee.as_deref()?;
        Some(assignee.strip_prefix("email:").unwrap_or(assignee))
    }

    /// The last message that came from the contact over a channel.
    pub fn last_received(&self, channel: u64) -> Option<&Message> {
        let came = |message: &&Message| message.channel == channel && message.direction == Direction::Incoming;
        self.messages.iter().rev().find(came)
    }

    pub(super) fn reach_over(&mut self, reach: Reach) {
        match self.channels.iter_mut().find(|other| other.channel == reach.channel) {
            Some(other) => other.last_message = other.last_message.max(reach.last_message),
            None => self.channels.push(reach),
        }
    }

    /// Takes over what `other` has and this contact lacks; two conversations become one.
    fn absorb(&mut self, other: Contact) {
        self.profile = std::mem::take(&mut self.profile).or(other.profile);
        self.assignee = self.assignee.take().or(other.assignee);
        self.conversation = match (self.conversation.take(), other.conversation) {
            (Some(own), Some(other)) => Some(own.joined(other)),
            (own, other) => own.or(other),
        };
        for tag in other.tags {
            if !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
        for value in other.values {
            if !self.values.iter().any(|own| own.field == value.field) {
                self.values.push(value);
            }
        }
        for reach in other.channels {
            self.reach_over(reach);
        }
        self.messages.extend(other.messages);
        self.messages.sort_by_key(|message| message.id);
        self.comments.extend(other.comments);
        self.comments.sort_by_key(|comment| comment.at);
    }
}

impl Workspace {
    /// Creates a contact with values of custom fields, each a name and a value.
    pub fn create(&mut self, profile: Profile, values: &[(String, String)], now: i64) -> Result<&Contact, Problem> {
        let id = self.next.contact;
        let edit = self.checked(Edit { profile, values: values.to_vec(), ..Edit::default() }, &[])?;
        let mut contact = Contact {
            id,
            profile: Profile::default(),
            stage: Some("New Lead".into()),
            assignee: None,
            created: now,
            tags: Vec::new(),
            values: Vec::new(),
            conversation: None,
            channels: Vec::new(),
            messages: Vec::new(),
            comments: Vec::new(),
        };
        edit.apply(&mut contact.profile, &mut contact.values);
        self.next.contact += 1;
        self.index.add(&contact);
        self.record(id, What::Created);
        Ok(self.contacts.entry(id).or_insert(contact))
    }

    /// Changes fields and custom fields of a contact.
    pub fn update(&mut self, id: u64, edit: Edit) -> Result<&Contact, Problem> {
        let contact = self.contacts.get(&id).ok_or(Problem::NoContact)?;
        let edit = self.checked(edit, &[id])?;
        let before = self.changes.is_some().then(|| (contact.profile.clone(), contact.values.clone()));
        self.index.remove(contact);
        let contact = self.contacts.get_mut(&id).ok_or(Problem::NoContact)?;
        edit.apply(&mut contact.profile, &mut contact.values);
        self.index.add(contact);
        if before.is_some_and(|(profile, values)| profile != contact.profile || values != contact.values) {
            self.record(id, What::Updated);
        }
        self.find(Key::Id(id))
    }

    /// Deletes a contact with all that it has.
    pub fn delete(&mut self, id: u64) -> Result<(), Problem> {
        self.take(id).map(drop)
    }

    /// Moves what `secondary` has to `primary`, whose own values win, removes `secondary`, and changes what is left.
    pub fn merge(&mut self, primary: u64, secondary: u64, edit: Edit) -> Result<&Contact, Problem> {
        if primary == secondary {
            return Err(Problem::MergeWithItself);
        }
        if ![primary, secondary].iter().all(|id| self.contacts.contains_key(id)) {
            return Err(Problem::NoContact);
        }
        let edit = self.checked(edit, &[primary, secondary])?;
        let other = self.take(secondary)?;
        let contact = self.contacts.get_mut(&primary).ok_or(Problem::NoContact)?;
        self.index.remove(contact);
        contact.absorb(other);
        edit.apply(&mut contact.profile, &mut contact.values);
        self.index.add(contact);
        self.record(primary, What::Updated);
        self.find(Key::Id(primary))
    }

    /// Puts a contact, and its conversation, into the care of a user, or of nobody.
    pub fn assign(&mut self, id: u64, user: Option<String>) -> Result<(), Problem> {
        let contact = self.contact_mut(id)?;
        if contact.assignee != user {
            contact.assignee = user;
            self.record(id, What::Assigned);
        }
        Ok(())
    }

    /// Brings a contact to another lifecycle stage, or to none.
    pub fn set_stage(&mut self, id: u64, stage: Option<String>) -> Result<(), Problem> {
        let contact = self.contact_mut(id)?;
        if contact.stage != stage {
            let before = std::mem::replace(&mut contact.stage, stage);
            self.record(id, What::StageLeft(before));
        }
        Ok(())
    }

    /// Writes an internal comment.
    pub fn comment(&mut self, id: u64, text: String, now: i64) -> Result<(), Problem> {
        self.contact_mut(id)?.comments.push(Comment { text, at: now });
        self.record(id, What::Commented);
        Ok(())
    }

    /// Lets a channel reach a contact.
    pub fn connect(&mut self, id: u64, channel: u64) -> Result<(), Problem> {
        if !self.channels.contains_key(&channel) {
            return Err(Problem::NoChannel);
        }
        self.contact_mut(id)?.reach_over(Reach { channel, last_message: 0 });
        Ok(())
    }

    fn take(&mut self, id: u64) -> Result<Contact, Problem> {
        let contact = self.contacts.remove(&id).ok_or(Problem::NoContact)?;
        self.index.remove(&contact);
        Ok(contact)
    }

    /// Checks that one of the contacts `owners` may have this email and this phone number.
    pub(super) fn check_profile(&self, owners: &[u64], profile: &Profile) -> Result<(), Problem> {
        profile.email.iter().try_for_each(|email| self.check_email(owners, email))?;
        profile.phone.iter().try_for_each(|phone| self.check_phone(owners, phone))
    }

    fn check_email(&self, owners: &[u64], email: &str) -> Result<(), Problem> {
        if !is_email(email.as_bytes()) {
            return Err(Problem::EmailForm);
        }
        match self.index.emails.get(&email_key(email)) {
            Some(owner) if !owners.contains(owner) => Err(Problem::EmailTaken),
            _ => Ok(()),
        }
    }

    fn check_phone(&self, owners: &[u64], phone: &str) -> Result<(), Problem> {
        if !is_phone(phone) {
            return Err(Problem::PhoneForm);
        }
        match self.index.phones.get(phone_key(phone)) {
            Some(owner) if !owners.contains(owner) => Err(Problem::PhoneTaken),
            _ => Ok(()),
        }
    }
}

impl super::Index {
    pub(crate) fn add(&mut self, contact: &Contact) {
        if let Some(email) = &contact.profile.email {
            self.emails.insert(email_key(email), contact.id);
        }
        if let Some(phone) = &contact.profile.phone {
            self.phones.insert(phone_key(phone).into(), contact.id);
        }
    }

    fn remove(&mut self, contact: &Contact) {
        if let Some(email) = &contact.profile.email {
            self.emails.remove(&email_key(email));
        }
        if let Some(phone) = &contact.profile.phone {
            self.phones.remove(phone_key(phone));
        }
    }
}
