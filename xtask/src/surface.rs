//! The surfaces that are printed: sets of operations with the models that they are made of.

use crate::typescript::Direction;
use respond_io_wasm::operation::{OperationMeta, Place};
use respond_io_wasm::schema::{Kind, Model};
use respond_io_wasm::webhook::EVENTS;
use respond_io_wasm::{live, operation};

/// A set of operations, and where its TypeScript stands.
pub struct Surface {
    /// The operations by their numbers.
    pub operations: &'static [&'static OperationMeta],
    /// What is received otherwise than as an answer.
    pub received: Vec<&'static Kind>,
    /// The folder of the printed files.
    pub folder: &'static str,
    /// The folder `js` as it is seen from there.
    pub js: &'static str,
}

/// The contract.
pub fn contract() -> Surface {
    Surface { operations: operation::OPERATIONS, received: Vec::new(), folder: "js/generated", js: ".." }
}

/// The service as accounts meet it today, with what its webhooks tell.
pub fn live() -> Surface {
    Surface {
        operations: live::operation::OPERATIONS,
        received: EVENTS.iter().flat_map(|event| event.model.fields).map(|field| &field.kind).collect(),
        folder: "js/generated/live",
        js: "../..",
    }
}

impl Surface {
    /// The models that are reached from here, each with its direction, in the order in which they are met.
    pub fn models(&self) -> Vec<(&'static Model, Direction)> {
        let mut found = Vec::new();
        for operation in self.operations {
            for (field, place) in operation.input.fields.iter().zip(operation.places) {
                if *place != Place::Path {
                    collect(&field.kind, Direction::Sent, &mut found);
                }
            }
            if let Some(kind) = &operation.response {
                collect(kind, Direction::Received, &mut found);
            }
        }
        self.received.iter().for_each(|kind| collect(kind, Direction::Received, &mut found));
        found
    }

    /// The name of a model's type. A model that goes both ways has two: `Tag` is received, `TagInput` is sent.
    pub fn name(&self, model: &Model, direction: Direction) -> String {
        let is_received = |(known, way): &(&Model, Direction)| known.name == model.name && *way == Direction::Received;
        if direction == Direction::Sent && self.models().iter().any(is_received) {
            return format!("{}Input", model.name);
        }
        model.name.to_string()
    }

    /// The names of the resources, in the order of their operations.
    pub fn resources(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = Vec::new();
        for operation in self.operations {
            if !names.contains(&operation.description.resource) {
                names.push(operation.description.resource);
            }
        }
        names
    }
}

/// Adds the models that a kind is made of, each before those within it.
pub fn collect(kind: &'static Kind, direction: Direction, found: &mut Vec<(&'static Model, Direction)>) {
    match kind {
        Kind::List(element) => collect(element, direction, found),
        Kind::Either(either) => either.kinds.iter().for_each(|kind| collect(kind, direction, found)),
        Kind::Object(model) if !found.iter().any(|(known, way)| known.name == model.name && *way == direction) => {
            found.push((model, direction));
            for field in model.fields {
                collect(&field.kind, direction, found);
            }
        }
        _ => {}
    }
}
