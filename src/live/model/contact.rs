use super::{TextOrNumber, TextOrObject, User, model, open_enum};
use crate::schema::{Either, Kind, Wire};
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
    const KIND: Kind = Kind::Either(&Either {
        name: "a string, a number or a boolean",
        kinds: &[String::KIND, i64::KIND, bool::KIND],
    });
}

model! {
    /// The value that a contact has for a custom field.
    #[derive(Default)]
    pub struct CustomFieldValue {
        /// The custom field's name.
        name "name": Option<String>,
        /// The value; null where there is none.
        value "value": Option<FieldValue>,
    }
}

model! {
    /// A person who talks to the workspace over one or more channels.
    #[derive(Default)]
    pub struct Contact {
        /// The contact's number in the workspace.
        id "id": Option<u64>,
        /// The given name.
        first_name "firstName": Option<String>,
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
        created_at "created_at": Option<TextOrNumber>,
    }
}
