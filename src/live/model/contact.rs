use super::{TextOrNumber, TextOrObject, User, model, open_enum};
use crate::schema::{Either, Kind, NUMBER, OrNull, Wire};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

open_enum! {
    /// Whether a contact's conversation is open.
    pub enum ContactStatus {
        /// Somebody attends to it.
        Open "open",
        /// It is done.
        Close "close",
    }
}

/// What a contact has for a custom field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// A text, and most other kinds.
    Text(String),
    /// A number.
    Number(f64),
    /// A checkbox.
    Boolean(bool),
}

impl Wire for FieldValue {
    const KIND: Kind =
        Kind::Either(&Either { name: "a string, a number or a boolean", kinds: &[String::KIND, NUMBER, bool::KIND] });
}

model! {
    /// The value that a contact has for a custom field.
    #[derive(Default)]
    pub struct CustomFieldValue {
        /// The custom field's name.
        name "name": Option<String> as NON_EMPTY | always,
        /// The value; null where there is none.
        value "value": Option<FieldValue> | null,
    }
}

impl CustomFieldValue {
    /// The value of the custom field `name`.
    pub fn new(name: impl Into<String>, value: FieldValue) -> Self {
        Self { name: Some(name.into()), value: Some(value), ..Self::default() }
    }
}

model! {
    /// A person who talks to the workspace over one or more channels.
    #[derive(Default)]
    pub struct Contact {
        /// The contact's number in the workspace.
        id "id": Option<u64> | always,
        /// The given name.
        first_name "firstName": Option<String> | always,
        /// The family name.
        last_name "lastName": Option<String>,
        /// The phone number.
        phone "phone": Option<String>,
        /// The email.
        email "email": Option<String>,
        /// The language, as an ISO 639-1 code.
        language "language": Option<String>,
        /// The address of the profile picture.
        profile_pic "profilePic": Option<String>,
        /// The country, as an ISO 3166-1 alpha-2 code.
        country_code "countryCode": Option<String>,
        /// The values of the workspace's custom fields.
        custom_fields "custom_fields": Option<Vec<CustomFieldValue>>,
        /// Whether the conversation is open.
        status "status": Option<ContactStatus>,
        /// The names of the contact's tags.
        tags "tags": Option<Vec<String>>,
        /// The user who looks after the contact; null, or an object without fields, where nobody does.
        assignee "assignee": Option<User>,
        /// The lifecycle stage: a name on one account, an object on another.
        lifecycle "lifecycle": Option<TextOrObject>,
        /// When the contact was created, in Unix seconds.
        created_at "created_at": Option<i64> | always,
        /// The locale, such as `en_US`; some accounts send it.
        locale "locale": Option<String>,
        /// Whether the contact is blocked; some accounts send it.
        is_blocked "isBlocked": Option<bool>,
    }
}

model! {
    /// The fields of a contact to create. Those that are null are emptied where the contact is there already.
    #[derive(Default)]
    pub struct ContactFields {
        /// The given name.
        first_name "firstName": String,
        /// The family name.
        last_name "lastName": Option<String> | null,
        /// The phone number, as `+60123456789`.
        phone "phone": Option<String> | null,
        /// The email.
        email "email": Option<String> | null,
        /// The language, as an ISO 639-1 code.
        language "language": Option<String> | null,
        /// The address of the profile picture.
        profile_pic "profilePic": Option<String> | null,
        /// The country, as an ISO 3166-1 alpha-2 code.
        country_code "countryCode": Option<String> | null,
        /// The values of the workspace's custom fields.
        custom_fields "custom_fields": Option<Vec<CustomFieldValue>> | null,
    }
}

impl ContactFields {
    /// A contact with this given name.
    pub fn new(first_name: impl Into<String>) -> Self {
        Self { first_name: first_name.into(), ..Self::default() }
    }
}

model! {
    /// The fields of a contact to change. Those that are left out stay as they are, those that are null are emptied.
    #[derive(Default)]
    pub struct ContactChanges {
        /// The given name.
        first_name "firstName": Option<String>,
        /// The family name.
        last_name "lastName": Option<String> | null,
        /// The phone number, as `+60123456789`.
        phone "phone": Option<String> | null,
        /// The email.
        email "email": Option<String> | null,
        /// The language, as an ISO 639-1 code.
        language "language": Option<String> | null,
        /// The address of the profile picture.
        profile_pic "profilePic": Option<String> | null,
        /// The country, as an ISO 3166-1 alpha-2 code.
        country_code "countryCode": Option<String> | null,
        /// The values of the workspace's custom fields.
        custom_fields "custom_fields": Option<Vec<CustomFieldValue>> | null,
    }
}

model! {
    /// Two contacts to be made one, and what its fields are to be.
    #[derive(Default)]
    pub struct ContactMerge {
        /// The numbers of the contact that stays and of the one that goes.
        contact_ids "contactIds": Vec<u64> as IDS,
        /// The given name.
        first_name "firstName": Option<String>,
        /// The family name.
        last_name "lastName": Option<String> | null,
        /// The phone number, as `+60123456789`.
        phone "phone": Option<String> | null,
        /// The email.
        email "email": Option<String> | null,
        /// The language, as an ISO 639-1 code.
        language "language": Option<String> | null,
        /// The address of the profile picture.
        profile_pic "profilePic": Option<String> | null,
        /// The country, as an ISO 3166-1 alpha-2 code.
        country_code "countryCode": Option<String> | null,
        /// The values of the workspace's custom fields.
        custom_fields "custom_fields": Option<Vec<CustomFieldValue>> | null,
    }
}

impl ContactMerge {
    /// Merges the contact `secondary` into the contact `primary`.
    pub fn new(primary: u64, secondary: u64) -> Self {
        Self { contact_ids: alloc::vec![primary, secondary], ..Self::default() }
    }
}

model! {
    /// A contact's new lifecycle stage.
    #[derive(Default)]
    pub struct Lifecycle {
        /// The stage's name, or null for none.
        name "name": OrNull<String> | null,
    }
}

impl Lifecycle {
    /// The stage of this name.
    pub fn to(name: impl Into<String>) -> Self {
        Self { name: OrNull(Some(name.into())), ..Self::default() }
    }

    /// No stage.
    pub fn none() -> Self {
        Self::default()
    }
}

model! {
    /// The contact on which something was done.
    #[derive(Default)]
    pub struct ContactAction {
        /// The contact's number.
        contact_id "contactId": Option<u64> | always,
    }
}

model! {
    /// What the service says of something that it has done.
    #[derive(Default)]
    pub struct Acknowledgement {
        /// A code: a string after some operations, a number after others.
        code "code": Option<TextOrNumber> | always,
        /// What was done, in the service's words.
        message "message": Option<String> | always,
    }
}
