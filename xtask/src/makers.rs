//! What makes the objects that operations are answered with.

use crate::models::NOTICE;
use crate::surface::{Surface, collect};
use crate::typescript::Direction;
use respond_io_wasm::schema::{Kind, Model};

/// Prints `makers.ts`: what is not the element of a list is made once for a document, name by name. The makers of those
/// models as well cost 130 bytes of the download.
pub fn print(surface: &Surface) -> String {
    let answers: Vec<&Kind> = surface.operations.iter().filter_map(|operation| operation.response.as_ref()).collect();
    let mut models = Vec::new();
    answers.iter().for_each(|kind| collect(kind, Direction::Received, &mut models));
    let fields = models.iter().flat_map(|(model, _)| model.fields).map(|field| &field.kind);
    let mut makers: Vec<String> = answers.into_iter().chain(fields).filter_map(element).map(maker).collect();
    makers.sort();
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
    let member = |(index, name): (usize, &str)| format!("    {name}: slot(t[i + {index}] as number, v),\n");
    let members: String = model.fields.iter().map(|field| field.name).enumerate().map(member).collect();
    format!("  (t, i, v) => ({{\n{members}  }}),\n")
}
