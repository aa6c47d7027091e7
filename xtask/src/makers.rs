//! What makes the objects that operations are answered with.

use crate::models::NOTICE;
use crate::surface::{Surface, collect};
use crate::typescript::Direction;
use respond_io_wasm::schema::{Kind, Model};
use std::cmp::Reverse;

/// Prints `makers.ts`: what is not the element of a list is made once for a document, name by name.
pub fn print(surface: &Surface) -> String {
    let answers: Vec<&Kind> = surface.operations.iter().filter_map(|operation| operation.response.as_ref()).collect();
    let mut models = Vec::new();
    answers.iter().for_each(|kind| collect(kind, Direction::Received, &mut models));
    let fields = models.iter().flat_map(|(model, _)| model.fields).map(|field| &field.kind);
    let mut elements: Vec<&Model> = answers.into_iter().chain(fields).filter_map(element).collect();
    // Where an object begins with the names of two, the one with more is to make it.
    elements.sort_by_key(|model| (Reverse(model.fields.len()), maker(model)));
    let mut makers: Vec<String> = elements.into_iter().map(maker).collect();
    makers.dedup();
    format!(
        "{NOTICE}
import {{ type Maker, slot }} from '{}/reader.js';

/** An object of each model that lists hold, with all of its fields, in the order of their declaration. */
export const MAKERS: readonly Maker[] = [
{}];
",
        surface.js,
        makers.concat()
    )
}

/// The model of a list's elements.
fn element(kind: &Kind) -> Option<&'static Model> {
    match kind {
        Kind::List(Kind::Object(model)) => Some(model),
        _ => None,
    }
}

fn maker(model: &Model) -> String {
    let names = || model.fields.iter().map(|field| field.name);
    let quoted: Vec<String> = names().map(|name| format!("'{name}'")).collect();
    let member = |(index, name): (usize, &str)| format!("      {name}: slot(t[i + {index}] as number, v),\n");
    let members: String = names().enumerate().map(member).collect();
    format!("  {{\n    names: [{}],\n    make: (t, i, v) => ({{\n{members}    }}),\n  }},\n", quoted.join(", "))
}
