//! What makes the objects that operations are answered with.

use crate::models::NOTICE;
use crate::typescript::{self, Direction};
use respond_io_wasm::schema::Model;

/// Prints `makers.ts`.
pub fn print() -> String {
    let received = typescript::models().into_iter().filter(|(_, way)| *way == Direction::Received);
    let makers: String = received.map(|(model, _)| maker(model)).collect();
    format!(
        "{NOTICE}
import {{ type Maker, slot }} from '../reader.js';

/** An object of each model with all of its fields, in the order of their declaration. */
export const MAKERS: readonly Maker[] = [
{makers}];
"
    )
}

fn maker(model: &Model) -> String {
    let members: String = model
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| format!("    {}: slot(t[i + {index}] as number, v),\n", field.name))
        .collect();
    format!("  (t, i, v) => ({{\n{members}  }}),\n")
}
