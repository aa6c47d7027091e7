//! What a JSON value is declared to be: the static tables that requests and responses are checked against.
//!
//! The tables come from the declarations in [`model`](crate::model) and [`operation`](crate::operation); nobody
//! writes one by hand.

use alloc::string::String;
use alloc::vec::Vec;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The largest integer that a JavaScript number holds exactly: 2^53 - 1.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// The kind that a value is declared to have.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A string.
    Text(Format),
    /// An integer within the range where it is sent; any safe integer where it is received.
    Integer(&'static Range),
    /// Any number.
    #[cfg(feature = "live")]
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of the listed strings where it is sent; any string where it is received.
    Choice(&'static [&'static str]),
    /// An array whose elements are all of one kind.
    List(&'static Kind),
    /// An object with declared fields.
    Object(&'static Model),
    /// An object with any fields.
    AnyObject,
    /// A contact's identifier: `id:…`, `email:…` or `phone:…`, or an object with one of these keys.
    Identifier,
    /// A value of one of several kinds, told apart by their first characters.
    #[cfg(feature = "live")]
    Either(&'static Either),
}

/// The kinds that a value may have where sources disagree.
#[cfg(feature = "live")]
#[derive(Debug)]
pub struct Either {
    /// What the value must be, in words: `a string or an integer`.
    pub name: &'static str,
    /// The kinds; the first that opens as the value does judges it.
    pub kinds: &'static [Kind],
}

/// The integers from `min` to `max`, both included.
#[derive(Debug)]
pub struct Range {
    /// The least value.
    pub min: i64,
    /// The greatest value.
    pub max: i64,
}

/// The form of a string that is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any string.
    Any,
    /// At least one character.
    NonEmpty,
    /// One `@` with something on both sides and no white space.
    Email,
    /// An absolute URI in the characters of RFC 3986.
    Uri,
    /// A user of the workspace: `email:` and an email.
    User,
}

/// A string that has at least one character.
pub const NON_EMPTY: Kind = Kind::Text(Format::NonEmpty);
/// A string with the form of an email.
pub const EMAIL: Kind = Kind::Text(Format::Email);
/// A string with the form of an absolute URI.
pub const URI: Kind = Kind::Text(Format::Uri);
/// A user's identifier, `email:agent@example.com`.
pub const USER: Kind = Kind::Text(Format::User);
/// A resource's number: a positive integer.
pub const ID: Kind = Kind::Integer(&Range { min: 1, max: MAX_SAFE_INTEGER as i64 });
/// How many items a page holds: 1 to 100.
pub const LIMIT: Kind = Kind::Integer(&Range { min: 1, max: 100 });
/// Any number.
#[cfg(feature = "live")]
pub const NUMBER: Kind = Kind::Number;
/// A list of resources' numbers.
#[cfg(feature = "live")]
pub const IDS: Kind = Kind::List(&ID);
/// A list of names, none of them empty.
pub const NAMES: Kind = Kind::List(&NON_EMPTY);
/// A contact's identifier.
pub const IDENTIFIER: Kind = Kind::Identifier;

/// An object with declared fields.
#[derive(Debug)]
pub struct Model {
    /// The name of the Rust struct and of the TypeScript interface.
    #[cfg(feature = "names")]
    pub name: &'static str,
    /// The declared fields, in the order of their declaration.
    pub fields: &'static [Field],
    /// What more is asked of the object where it is sent.
    pub sent: Sent,
    /// The doc comment.
    #[cfg(feature = "describe")]
    pub doc: &'static str,
}

/// A declared field of a [`Model`].
#[derive(Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// The kind of the value.
    pub kind: Kind,
    /// Whether the field is always there, sent or received.
    pub required: bool,
    /// Whether the field may be sent as null. A received field that is not required may always be null.
    pub nullable: bool,
    /// The doc comment.
    #[cfg(feature = "describe")]
    pub doc: &'static str,
}

/// The fields of a model: at most 64, since the engine keeps a bit for each.
pub(crate) const fn bounded(fields: &'static [Field]) -> &'static [Field] {
    assert!(fields.len() <= 64, "a model has at most 64 fields");
    fields
}

/// What is asked of an object that is sent, beyond its declared fields.
#[derive(Debug)]
pub enum Sent {
    /// Nothing more.
    AsDeclared,
    /// These fields are required as well.
    Requires(&'static [&'static str]),
    /// The value of the field `tag` says which of the other fields go with it.
    By {
        /// The name of the field that decides.
        tag: &'static str,
        /// A form for each value of the tag.
        forms: &'static [Form],
    },
}

impl Sent {
    /// Whether the field `name` is required of an object whose tag, where it has one, holds `tag`.
    pub(crate) fn requires(&self, name: &str, tag: &[u8]) -> bool {
        match self {
            Self::AsDeclared => false,
            Self::Requires(names) => has(names, name),
            Self::By { .. } => self.form(tag).is_some_and(|form| has(form.required, name)),
        }
    }

    /// Whether the field `name` does not go with the value `tag` of the tag.
    pub(crate) fn excludes(&self, name: &str, tag: &[u8]) -> bool {
        let Some(form) = self.form(tag) else { return false };
        !has(form.required, name) && !has(form.optional, name)
    }

    fn form(&self, tag: &[u8]) -> Option<&Form> {
        let Self::By { forms, .. } = self else { return None };
        forms.iter().find(|form| form.value.as_bytes() == tag)
    }
}

/// The slice's own `contains` is unrolled, to 400 bytes of wasm.
#[allow(clippy::manual_contains, reason = "size, as said above")]
fn has(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| *known == name)
}

/// The fields that go with one value of a tag.
#[derive(Debug)]
pub struct Form {
    /// The value of the tag.
    pub value: &'static str,
    /// The fields that must be there.
    pub required: &'static [&'static str],
    /// The fields that may be there.
    pub optional: &'static [&'static str],
}

/// A Rust type that stands for a JSON value of a declared kind.
pub trait Wire: Sized {
    /// The kind of the value.
    const KIND: Kind;
    /// Whether a field of this type is always there.
    const REQUIRED: bool = true;

    /// The value of a field that is not there, where the type has one.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether a field of this value is left out when it is written.
    fn is_absent(&self) -> bool {
        false
    }
}

impl Wire for String {
    const KIND: Kind = Kind::Text(Format::Any);
}

impl Wire for bool {
    const KIND: Kind = Kind::Boolean;
}

impl Wire for u64 {
    const KIND: Kind = Kind::Integer(&Range { min: 0, max: MAX_SAFE_INTEGER as i64 });
}

impl Wire for i64 {
    const KIND: Kind = Kind::Integer(&Range { min: -(MAX_SAFE_INTEGER as i64), max: MAX_SAFE_INTEGER as i64 });
}

impl Wire for Map<String, Value> {
    const KIND: Kind = Kind::AnyObject;
}

impl<T: Wire> Wire for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
}

impl<T: Wire> Wire for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// A field that is always sent, as null where it holds nothing.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct OrNull<T>(pub Option<T>);

impl<T> Default for OrNull<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Wire> Wire for OrNull<T> {
    const KIND: Kind = T::KIND;
}

impl<T> From<Option<T>> for OrNull<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

/// Takes the field `name` out of a received object.
///
/// A value of an unexpected kind stays in the object, and so reaches the model's `extra`: nothing is lost, and what
/// is written again is what was read.
pub(crate) fn take<T: Wire + DeserializeOwned>(
    object: &mut Map<String, Value>,
    name: &'static str,
) -> Result<T, &'static str> {
    let Some(value) = object.get(name) else {
        return T::absent().ok_or(name);
    };
    // An integer may be written 5.0, which no integer type reads.
    let taken = match integral(value) {
        Some(integer) => T::deserialize(&integer),
        None => T::deserialize(value),
    };
    match taken {
        Ok(taken) => {
            object.remove(name);
            Ok(taken)
        }
        Err(_) => T::absent().ok_or(name),
    }
}

/// A number that is written with a fraction and is an integer all the same.
fn integral(value: &Value) -> Option<Value> {
    let number = value.as_f64().filter(|_| value.is_f64())?;
    let integer = number as i64;
    (integer as f64 == number && integer.unsigned_abs() <= MAX_SAFE_INTEGER).then(|| Value::from(integer))
}
