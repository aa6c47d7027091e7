//! The operations of both surfaces.

use respond_io_wasm::operation::{OPERATIONS, OperationMeta};
use respond_io_wasm::{live, operation};

/// Every operation: those of the contract, then those of the live surface.
pub fn operations() -> impl Iterator<Item = &'static OperationMeta> {
    OPERATIONS.iter().chain(live::operation::OPERATIONS).copied()
}

/// Whether an operation is one of the live surface.
pub fn is_live(operation: &OperationMeta) -> bool {
    !operation::OPERATIONS.iter().any(|known| std::ptr::eq(*known, operation))
}

/// The path below which the sandbox has an operation.
pub fn base_path(operation: &OperationMeta) -> &'static str {
    if is_live(operation) { "/live/v2" } else { "/v2" }
}
