use crate::schema::{Kind, Wire};
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use serde::{Deserialize, Serialize};

/// How a contact is addressed: `id:1`, `email:a@b.c` or `phone:+60123456789`.
///
/// The text is taken as it is; it is checked, before anything is sent, by the operation that it is given to.
///
/// ```
/// use respond_io_wasm::model::Identifier;
///
/// assert_eq!(Identifier::id(1), Identifier::from("id:1"));
/// assert_eq!(Identifier::email("a@b.c").as_str(), "email:a@b.c");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Identifier(String);

impl Identifier {
    /// The contact with this number.
    pub fn id(id: u64) -> Self {
        Self(format!("id:{id}"))
    }

    /// The contact with this email.
    pub fn email(email: &str) -> Self {
        Self(format!("email:{email}"))
    }

    /// The contact with this phone number, up to 15 digits with an optional `+`.
    pub fn phone(phone: &str) -> Self {
        Self(format!("phone:{phone}"))
    }

    /// The identifier as it is written in paths, before it is percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Identifier {
    fn from(text: &str) -> Self {
        Self(text.to_string())
    }
}

impl From<String> for Identifier {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&Identifier> for Identifier {
    fn from(identifier: &Identifier) -> Self {
        identifier.clone()
    }
}

impl From<u64> for Identifier {
    fn from(id: u64) -> Self {
        Self::id(id)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Wire for Identifier {
    const KIND: Kind = Kind::Identifier;
}
