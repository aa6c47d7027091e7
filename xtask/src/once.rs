//! The operations that must not be done twice.

use crate::models::NOTICE;
use crate::surface::Surface;

/// Prints `once.ts`.
pub fn print(contract: &Surface) -> String {
    let ids: String = contract
        .operations
        .iter()
        .filter(|operation| !operation.idempotent)
        .map(|operation| format!("  '{}',\n", operation.id))
        .collect();
    format!(
        "{NOTICE}\n/** The operations that must not be done twice. */\nexport const NOT_IDEMPOTENT: readonly string[] = [\n{ids}];\n"
    )
}
