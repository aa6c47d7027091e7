//! Values that are of one kind on one account and of another on the next.

use crate::schema::{Either, Kind, Wire};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A string or an integer, such as a number that a channel gives to its messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TextOrNumber {
    /// A string.
    Text(String),
    /// An integer.
    Number(i64),
}

impl fmt::Display for TextOrNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

impl Wire for TextOrNumber {
    const KIND: Kind = Kind::Either(&Either { name: "a string or an integer", kinds: &[String::KIND, i64::KIND] });
}

/// A string or an object, such as a lifecycle stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TextOrObject {
    /// A string.
    Text(String),
    /// An object with any fields.
    Object(Map<String, Value>),
}

impl TextOrObject {
    /// The text itself, or what the object has as its `name`.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Object(fields) => fields.get("name")?.as_str(),
        }
    }
}

impl From<&str> for TextOrObject {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl Wire for TextOrObject {
    const KIND: Kind =
        Kind::Either(&Either { name: "a string or an object", kinds: &[String::KIND, <Map<String, Value>>::KIND] });
}

/// A value by itself or a list of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// The value.
    One(T),
    /// The values.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// The values, one or many.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(value) => core::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}
