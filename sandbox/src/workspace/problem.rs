use std::fmt;

/// Why the workspace refuses a change or has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No contact has that number, email or phone.
    NoContact,
    /// The contact has no message with that number.
    NoMessage,
    /// The workspace has no such tag.
    NoTag,
    /// The workspace has no channel with that number.
    NoChannel,
    /// The workspace has no custom field with that number.
    NoFieldNumber,
    /// The workspace has no such user.
    NoUser,
    /// The workspace has no closing note of that category.
    NoClosingNote,
    /// WhatsApp takes nothing but templates, since the contact has been silent for too long.
    WindowClosed,
    /// A filter is wrong.
    Filter(String),
    /// Another contact has that email.
    EmailTaken,
    /// Another contact has that phone number.
    PhoneTaken,
    /// Another tag has that name.
    TagTaken,
    /// Another custom field has that name.
    FieldTaken,
    /// The workspace has no custom field with that name.
    NoField(String),
    /// A custom field does not take the value.
    FieldValue {
        /// The field's name.
        name: String,
        /// What it takes.
        expected: String,
    },
    /// The email is none.
    EmailForm,
    /// The phone number is none.
    PhoneForm,
    /// A list has no options, or another field has some.
    FieldOptions(&'static str),
    /// A contact is to be merged with itself.
    MergeWithItself,
    /// No channel is named and none was ever used with the contact.
    NoChannelUsed,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoContact => f.write_str("there is no such contact"),
            Self::NoMessage => f.write_str("the contact has no such message"),
            Self::NoTag => f.write_str("there is no such tag"),
            Self::NoChannel => f.write_str("the channel does not exist"),
            Self::EmailTaken => f.write_str("a contact with this email already exists"),
            Self::PhoneTaken => f.write_str("a contact with this phone number already exists"),
            Self::TagTaken => f.write_str("another tag has this name"),
            Self::FieldTaken => f.write_str("another custom field has this name"),
            Self::NoFieldNumber => f.write_str("there is no such custom field"),
            Self::NoUser => f.write_str("there is no such user"),
            Self::NoClosingNote => f.write_str("there is no closing note of this category"),
            Self::WindowClosed => f.write_str(
                "the messaging window is closed: the contact's last message is more than 24 hours old, send a template",
            ),
            Self::Filter(reason) => f.write_str(reason),
            Self::NoField(name) => write!(f, "there is no custom field {name:?}"),
            Self::FieldValue { name, expected } => write!(f, "the custom field {name:?} takes {expected}"),
            Self::EmailForm => f.write_str("email must be an email such as aida@example.com"),
            Self::PhoneForm => f.write_str("phone must be up to 15 digits with an optional +"),
            Self::FieldOptions(rule) => f.write_str(rule),
            Self::MergeWithItself => f.write_str("a contact cannot be merged with itself"),
            Self::NoChannelUsed => f.write_str("channelId is required: no channel was used with this contact yet"),
        }
    }
}
