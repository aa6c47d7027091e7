//! The routes and the arguments of the operations, by which the proxy knows requests.

use crate::models::NOTICE;
use crate::surface::Surface;
use crate::typescript::{self, Direction};
use respond_io_wasm::operation::{OperationMeta, Place};
use respond_io_wasm::schema::{Field, Kind};
use std::collections::BTreeSet;

/// How an identifier arrives in a path, which has no objects.
const IDENTIFIER_TEXT: &str = "Extract<Identifier, string>";

/// Prints `routes.ts`.
pub fn print(surface: &Surface) -> String {
    let inputs: String = surface.operations.iter().map(|operation| input(surface, operation)).collect();
    let routes: String = surface.operations.iter().map(|operation| route(operation)).collect();
    let js = surface.js;
    format!(
        "{NOTICE}import type {{ Route }} from '{js}/proxy/table.js';
import type {{ Identifier }} from '{js}/generated/models.js';
import type {{
{}}} from './models.js';

/** The arguments of each operation, by their names; a contact's identifier is text, as it stands in a path. */
export interface OperationInputs {{
{inputs}}}

/** The id of an operation. */
export type OperationId = keyof OperationInputs;

/** Every operation; its index is its number in the engine. */
export const ROUTES: readonly Route[] = [
{routes}];
",
        imports(surface)
    )
}

fn imports(surface: &Surface) -> String {
    let fields = surface.operations.iter().flat_map(|operation| operation.input.fields);
    let names: BTreeSet<String> = fields
        .map(|field| typescript::of(surface, &field.kind, Direction::Sent))
        .filter(|name| is_model(name))
        .collect();
    names.iter().map(|name| format!("  {name},\n")).collect()
}

fn is_model(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name != "Identifier"
}

fn input(surface: &Surface, operation: &OperationMeta) -> String {
    let members: Vec<String> = operation
        .input
        .fields
        .iter()
        .map(|field| format!("{}: {}", field.name, argument_type(surface, field)))
        .collect();
    let members =
        if members.is_empty() { "Record<never, never>".into() } else { format!("{{ {} }}", members.join("; ")) };
    format!("{}  {}: {members};\n", typescript::doc(&typescript::plain(operation.description.doc), "  "), operation.id)
}

fn argument_type(surface: &Surface, field: &Field) -> String {
    match field.kind {
        Kind::Identifier => IDENTIFIER_TEXT.into(),
        _ => typescript::of(surface, &field.kind, Direction::Sent),
    }
}

fn route(operation: &OperationMeta) -> String {
    let OperationMeta { id, path, .. } = operation;
    let arguments: Vec<String> =
        operation.input.fields.iter().zip(operation.places).map(|(field, place)| argument(field, *place)).collect();
    let (method, arguments) = (operation.method.as_str(), arguments.join(", "));
    format!("  {{ id: '{id}', method: '{method}', path: '{path}', arguments: [{arguments}] }},\n")
}

fn argument(field: &Field, place: Place) -> String {
    let name = field.name;
    match place {
        Place::Path => format!("{{ name: '{name}', in: 'path', kind: '{}' }}", text_kind(&field.kind)),
        Place::Query => format!("{{ name: '{name}', in: 'query', fields: {{ {} }} }}", parameters(&field.kind)),
        Place::Body => format!("{{ name: '{name}', in: 'body' }}"),
    }
}

fn parameters(kind: &Kind) -> String {
    let Kind::Object(model) = kind else { return String::new() };
    let fields = model.fields.iter().map(|field| format!("{}: '{}'", field.name, text_kind(&field.kind)));
    fields.collect::<Vec<_>>().join(", ")
}

fn text_kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Identifier => "identifier",
        Kind::Integer(_) => "integer",
        _ => "text",
    }
}
