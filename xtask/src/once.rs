//! The operations that must not be done twice.

use crate::models::NOTICE;
use crate::surface::Surface;
use std::collections::BTreeSet;

/// Prints `once.ts`.
pub fn print(surfaces: &[&Surface]) -> String {
    let operations = surfaces.iter().flat_map(|surface| surface.operations);
    let ids: BTreeSet<&str> =
        operations.filter(|operation| !operation.idempotent).map(|operation| operation.id).collect();
    let ids: String = ids.into_iter().map(|id| format!("  '{id}',\n")).collect();
    format!(
        "{NOTICE}\n/** The operations that must not be done twice, of whichever surface. */\nexport const NOT_IDEMPOTENT: readonly string[] = [\n{ids}];\n"
    )
}
