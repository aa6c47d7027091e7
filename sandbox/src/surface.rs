//! The service's two surfaces: which operations each has, what they do, and how it writes a refusal.

use crate::handlers::{self, Handler};
use crate::refusal::Refusal;
use respond_io_wasm::operation::{self, OperationMeta};
use respond_io_wasm::{live, model::ErrorBody};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// One of the service's two surfaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// What the contract documents.
    #[default]
    Contract,
    /// What the vendor's own clients call.
    Live,
}

impl Surface {
    /// Its operations.
    pub fn operations(self) -> &'static [&'static OperationMeta] {
        match self {
            Self::Contract => operation::OPERATIONS,
            Self::Live => live::operation::OPERATIONS,
        }
    }

    /// The operations of both.
    pub(crate) fn all_operations() -> impl Iterator<Item = &'static OperationMeta> {
        [Self::Contract, Self::Live].into_iter().flat_map(|surface| surface.operations().iter().copied())
    }

    /// The handlers of its operations.
    pub(crate) fn handlers(self) -> impl Iterator<Item = &'static Handler> {
        let handlers = match self {
            Self::Contract => handlers::CONTRACT,
            Self::Live => handlers::live::HANDLERS,
        };
        handlers.iter().copied().flatten()
    }

    /// The handler of one of its operations.
    pub(crate) fn handler(self, operation: &OperationMeta) -> &'static Handler {
        let found = self.handlers().find(|handler| handler.operation.id == operation.id);
        found.expect("a test asserts that every operation has a handler")
    }

    /// The body of a refusal.
    pub(crate) fn error_body(self, Refusal { status, code, message, .. }: &Refusal) -> Vec<u8> {
        let body = match self {
            Self::Contract => {
                let (message, status) = (Some(message.clone()), Some((*status).into()));
                serde_json::to_vec(&ErrorBody { message, status, ..ErrorBody::default() })
            }
            Self::Live => serde_json::to_vec(&json!({ "code": code, "message": message })),
        };
        body.expect("a text and a number have a form in JSON")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_exactly_one_handler() {
        for surface in [Surface::Contract, Surface::Live] {
            for operation in surface.operations() {
                let count = surface.handlers().filter(|handler| handler.operation.id == operation.id).count();
                assert_eq!(count, 1, "{surface:?} {}", operation.id);
            }
            assert_eq!(surface.handlers().count(), surface.operations().len());
        }
    }
}
