//! The contract's operations: a file a resource, one declaration an operation.
//!
//! An operation is a struct of its arguments. [`Operation::META`] says how it travels: method, path template,
//! parameters, body, response, whether it is idempotent and which rate bucket it counts in.

mod comments;
mod contacts;
mod conversations;
mod custom_fields;
mod declare;
mod messaging;
mod tags;

pub use comments::*;
pub use contacts::*;
pub use conversations::*;
pub use custom_fields::*;
pub use messaging::*;
pub use tags::*;

use crate::schema::{Kind, Model, Wire};
pub(crate) use declare::operations;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A request to the service, with all its arguments.
pub trait Operation: Serialize + DeserializeOwned {
    /// What the service answers.
    type Response: Answer;
    /// How the operation travels.
    const META: &'static OperationMeta;
}

/// What the service answers an operation with: a model, a list of models, or nothing.
pub trait Answer: DeserializeOwned + Serialize {
    /// The kind of the body; `None` where the contract gives none, and whatever the server sends is ignored.
    const KIND: Option<Kind>;
}

impl<T: Wire + DeserializeOwned + Serialize> Answer for T {
    const KIND: Option<Kind> = Some(T::KIND);
}

impl Answer for () {
    const KIND: Option<Kind> = None;
}

/// How an operation travels.
#[derive(Debug)]
pub struct OperationMeta {
    /// The contract's `operationId`.
    #[cfg(feature = "names")]
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL, with `{name}` where a path argument goes.
    pub path: &'static str,
    /// The arguments, as the fields of one object.
    pub input: &'static Model,
    /// Where each argument goes, in the order of `input.fields`.
    pub places: &'static [Place],
    /// The kind of the response's body, where there is one.
    pub response: Option<Kind>,
    /// Whether doing it twice is the same as doing it once.
    pub idempotent: bool,
    /// Whether it deletes a resource for good, so that a 404 on a second try says that the first has done it.
    pub deletes: bool,
    /// How to find out whether the service has acted, where a call does not know; empty for an operation that reads.
    #[cfg(any(feature = "client", feature = "describe"))]
    pub advice: &'static str,
    /// What is printed of it.
    #[cfg(feature = "describe")]
    pub description: Description,
}

impl OperationMeta {
    /// The rate bucket that the operation counts in: the service limits each HTTP method by itself.
    pub fn bucket(&self) -> &'static str {
        self.method.as_str()
    }
}

/// What is printed of an operation.
#[cfg(feature = "describe")]
#[derive(Debug)]
pub struct Description {
    /// The doc comment.
    pub doc: &'static str,
    /// The resource's name in JavaScript.
    pub resource: &'static str,
    /// The method's name in JavaScript.
    pub method: &'static str,
}

/// Where an argument goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path, at the template's `{name}`.
    Path,
    /// Into the query: each field that is there becomes a parameter.
    Query,
    /// Into the body.
    Body,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The method as it is written in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

const RESOURCES: [&[&OperationMeta]; 6] = [
    contacts::OPERATIONS,
    messaging::OPERATIONS,
    conversations::OPERATIONS,
    comments::OPERATIONS,
    tags::OPERATIONS,
    custom_fields::OPERATIONS,
];

/// Every operation, in the order of their declaration.
pub static OPERATIONS: &[&OperationMeta] = &flatten::<{ count(&RESOURCES) }>(&RESOURCES);

/// How many operations the resources have in all.
pub(crate) const fn count(resources: &[&[&OperationMeta]]) -> usize {
    let mut total = 0;
    let mut i = 0;
    while i < resources.len() {
        total += resources[i].len();
        i += 1;
    }
    total
}

/// The operations of all resources in one list.
pub(crate) const fn flatten<const N: usize>(resources: &[&[&'static OperationMeta]]) -> [&'static OperationMeta; N] {
    let mut all = [resources[0][0]; N];
    let (mut i, mut at) = (0, 0);
    while i < resources.len() {
        let mut j = 0;
        while j < resources[i].len() {
            all[at] = resources[i][j];
            at += 1;
            j += 1;
        }
        i += 1;
    }
    all
}
