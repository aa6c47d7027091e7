//! What makes the objects that operations are answered with.

use crate::models::NOTICE;
use crate::surface::{Surface, collect};
use crate::typescript::Direction;
use respond_io_wasm::schema::Model;

/// Prints `makers.ts`.
pub fn print(surface: &Surface) -> String {
    let mut answers = Vec::new();
    for kind in surface.operations.iter().filter_map(|operation| operation.response.as_ref()) {
        collect(kind, Direction::Received, &mut answers);
    }
    let makers: String = answers.into_iter().map(|(model, _)| maker(model)).collect();
    format!(
        "{NOTICE}
import {{ type Maker, slot }} from '{}/reader.js';

/** An object of each model with all of its fields, in the order of their declaration. */
export const MAKERS: readonly Maker[] = [
{makers}];
",
        surface.js
    )
}

fn maker(model: &Model) -> String {
    let member = |(index, name): (usize, &str)| format!("    {name}: slot(t[i + {index}] as number, v),\n");
    let members: String = model.fields.iter().map(|field| field.name).enumerate().map(member).collect();
    format!("  (t, i, v) => ({{\n{members}  }}),\n")
}
