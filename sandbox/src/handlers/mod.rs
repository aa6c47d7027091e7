//! What each operation does: one typed function an operation, a file a resource, one list a file.

mod comments;
mod contacts;
mod conversations;
mod custom_fields;
pub mod messaging;
mod tags;

use crate::refusal::Refusal;
use crate::workspace::{Key, Workspace};
use respond_io_wasm::model::Identifier;
use respond_io_wasm::operation::{Answer, Operation, OperationMeta};
use serde_json::{Map, Value};

/// What a handler works on.
pub struct Context<'a> {
    /// The workspace.
    pub workspace: &'a mut Workspace,
    /// The sandbox's time, in Unix milliseconds.
    pub now: i64,
}

impl Context<'_> {
    fn id_of(&self, identifier: &Identifier) -> Result<u64, Refusal> {
        Ok(self.workspace.id_of(key_of(identifier))?)
    }
}

/// A handler that has forgotten its types.
pub struct Handler {
    operation: &'static OperationMeta,
    run: fn(&[u8], &mut Context) -> Result<Vec<u8>, Refusal>,
}

impl Handler {
    /// Runs the operation with these checked arguments and gives the response's body.
    pub fn run(&self, arguments: &[u8], context: &mut Context) -> Result<Vec<u8>, Refusal> {
        (self.run)(arguments, context)
    }
}

/// Lists a file's handlers, each with its operation.
macro_rules! handlers {
    ($($operation:ident => $handle:path),* $(,)?) => {
        pub const HANDLERS: &[$crate::handlers::Handler] = &[$(
            $crate::handlers::Handler {
                operation: <$operation as ::respond_io_wasm::operation::Operation>::META,
                run: |arguments, context| $crate::handlers::run::<$operation>(arguments, context, $handle),
            }
        ),*];
    };
}

use handlers;

const ALL: [&[Handler]; 6] = [
    contacts::HANDLERS,
    messaging::HANDLERS,
    conversations::HANDLERS,
    comments::HANDLERS,
    tags::HANDLERS,
    custom_fields::HANDLERS,
];

/// The handler of an operation.
pub fn of(operation: &OperationMeta) -> &'static Handler {
    let mut all = ALL.iter().copied().flatten();
    all.find(|handler| handler.operation.id == operation.id).expect("a test asserts that every operation has a handler")
}

fn run<O: Operation>(
    arguments: &[u8],
    context: &mut Context,
    handle: fn(O, &mut Context) -> Result<O::Response, Refusal>,
) -> Result<Vec<u8>, Refusal> {
    // The check passes what only a full reader refuses: half a surrogate pair, a number beyond all floats.
    let operation = serde_json::from_slice(arguments).map_err(|error| Refusal::bad_request(error.to_string()))?;
    let answer = handle(operation, context)?;
    if O::Response::KIND.is_none() {
        return Ok(Vec::new());
    }
    serde_json::to_vec(&answer).map_err(|error| Refusal::new(500, error.to_string()))
}

/// How a checked identifier addresses a contact.
pub fn key_of(identifier: &Identifier) -> Key<'_> {
    match identifier.as_str().split_once(':') {
        Some(("email", email)) => Key::Email(email),
        Some(("phone", phone)) => Key::Phone(phone),
        Some((_, id)) => Key::Id(id.parse().unwrap_or(0)),
        None => Key::Id(0),
    }
}

/// Fields that are null, for a model's `extra`: a field of its own that holds nothing is left out.
pub fn nulls(fields: &[(&str, bool)]) -> Map<String, Value> {
    fields.iter().filter(|(_, is_null)| *is_null).map(|(name, _)| (name.to_string(), Value::Null)).collect()
}

/// Unix seconds, from milliseconds.
pub fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use respond_io_wasm::operation::OPERATIONS;

    #[test]
    fn every_operation_has_exactly_one_handler() {
        for operation in OPERATIONS {
            let count = ALL.iter().copied().flatten().filter(|handler| handler.operation.id == operation.id).count();
            assert_eq!(count, 1, "{}", operation.id);
        }
        assert_eq!(ALL.iter().map(|handlers| handlers.len()).sum::<usize>(), OPERATIONS.len());
    }
}
