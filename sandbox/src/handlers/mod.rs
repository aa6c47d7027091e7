//! What each operation does: one typed function an operation, a file a resource, one list a file. Those of the contract
//! are here, those of the live surface in [`live`].

mod comments;
mod contacts;
mod conversations;
mod custom_fields;
pub mod live;
pub mod messaging;
mod tags;

use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::workspace::{Content, Key, Message, Workspace};
use respond_io_wasm::model::Identifier;
use respond_io_wasm::operation::{Answer, Operation, OperationMeta};
use serde_json::{Map, Value};

/// What a handler works on.
pub struct Context<'a> {
    /// The workspace.
    pub workspace: &'a mut Workspace,
    /// The sandbox's time, in Unix milliseconds.
    pub now: i64,
    /// What the options ask for.
    pub rules: Rules,
    /// The URL of the request, without its query.
    pub address: &'a str,
    /// The checked arguments, as JSON.
    pub arguments: &'a [u8],
}

impl Context<'_> {
    fn id_of(&self, identifier: &Identifier) -> Result<u64, Refusal> {
        Ok(self.workspace.id_of(key_of(identifier))?)
    }

    /// Sends a message to a contact, where the rules let it go.
    fn send(&mut self, contact: u64, channel: Option<u64>, content: Content) -> Result<Message, Refusal> {
        if self.rules.messaging_window {
            self.workspace.check_window(contact, channel, &content, self.now)?;
        }
        Ok(self.workspace.send(contact, channel, content, self.now)?)
    }
}

/// A handler that has forgotten its types.
pub struct Handler {
    /// The operation.
    pub operation: &'static OperationMeta,
    run: fn(&mut Context) -> Result<Vec<u8>, Refusal>,
}

impl Handler {
    /// Runs the operation with the arguments of the context and gives the response's body.
    pub fn run(&self, context: &mut Context) -> Result<Vec<u8>, Refusal> {
        (self.run)(context)
    }
}

/// Lists a file's handlers, each with its operation.
macro_rules! handlers {
    ($($operation:ident => $handle:path),* $(,)?) => {
        pub const HANDLERS: &[$crate::handlers::Handler] = &[$(
            $crate::handlers::Handler {
                operation: <$operation as ::respond_io_wasm::operation::Operation>::META,
                run: |context| $crate::handlers::run::<$operation>(context, $handle),
            }
        ),*];
    };
}

use handlers;

/// The handlers of the contract.
pub const CONTRACT: &[&[Handler]] = &[
    contacts::HANDLERS,
    messaging::HANDLERS,
    conversations::HANDLERS,
    comments::HANDLERS,
    tags::HANDLERS,
    custom_fields::HANDLERS,
];

fn run<O: Operation>(
    context: &mut Context,
    handle: fn(O, &mut Context) -> Result<O::Response, Refusal>,
) -> Result<Vec<u8>, Refusal> {
    // The check passes what only a full reader refuses: half a surrogate pair, a number beyond all floats.
    let operation =
        serde_json::from_slice(context.arguments).map_err(|error| Refusal::bad_request(error.to_string()))?;
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
