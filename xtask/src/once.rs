//! The operations that must not be done twice.

use crate::models::NOTICE;
use respond_io_wasm::operation::OPERATIONS;

/// Prints `once.ts`.
pub fn print() -> String {
    let ids: String = OPERATIONS
        .iter()
        .filter(|operation| !operation.idempotent)
        .map(|operation| format!("  '{}',\n", operation.id))
        .collect();
    format!(
        "{NOTICE}\n/** The operations that must not be done twice. */\nexport const NOT_IDEMPOTENT: readonly string[] = [\n{ids}];\n"
    )
}
