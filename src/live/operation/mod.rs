//! The operations of the vendor's clients: a file a resource, one declaration an operation.

mod comments;
mod contacts;
mod conversations;
mod messaging;
mod space;

pub use comments::*;
pub use contacts::*;
pub use conversations::*;
pub use messaging::*;
pub use space::*;

use crate::operation::{OperationMeta, count, flatten, operations};

const RESOURCES: [&[&OperationMeta]; 5] =
    [contacts::OPERATIONS, messaging::OPERATIONS, comments::OPERATIONS, conversations::OPERATIONS, space::OPERATIONS];

/// Every operation, in the order of their declaration.
pub static OPERATIONS: &[&OperationMeta] = &flatten::<{ count(&RESOURCES) }>(&RESOURCES);
