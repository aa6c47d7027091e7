//! The interfaces of the models.

use crate::surface::Surface;
use crate::typescript::{self, Direction};
use respond_io_wasm::schema::{Field, Form, Model, Sent};

/// The opening of every printed file.
pub const NOTICE: &str = "// Printed by xtask from the declarations in src/model and src/operation.\n";

/// The types that no model declares.
pub const BASICS: &str = "
/** A JSON object with any fields. */
export type JsonObject = { [name: string]: unknown };

/**
 * A contact's identifier: `id:1`, `email:a@b.c` or `phone:+60123456789`, or an object with one of these keys.
 *
 * An id is a positive integer up to 2^53-1, a phone has up to 15 digits with an optional `+`, an email has one `@` with
 * something on both sides.
 */
export type Identifier =
  | `id:${number}`
  | `email:${string}`
  | `phone:${string}`
  | { id: number; email?: undefined; phone?: undefined }
  | { email: string; id?: undefined; phone?: undefined }
  | { phone: string; id?: undefined; email?: undefined };

/** A user of the workspace, by email: `email:agent@example.com`. */
export type UserIdentifier = `email:${string}`;
";

/// Prints `models.ts` of the contract, with the types that no model declares.
pub fn print(contract: &Surface) -> String {
    format!("{NOTICE}{BASICS}{}", interfaces(contract))
}

/// Prints `models.ts` of another surface.
pub fn print_beside(surface: &Surface) -> String {
    format!("{NOTICE}import type {{ JsonObject }} from '../models.js';\n{}", interfaces(surface))
}

/// Every type of the models.
pub fn interfaces(surface: &Surface) -> String {
    let models = surface.models().into_iter();
    models.map(|(model, direction)| format!("\n{}", declaration(surface, model, direction))).collect()
}

fn declaration(surface: &Surface, model: &Model, direction: Direction) -> String {
    let name = surface.name(model, direction);
    let doc = typescript::doc(&typescript::plain(model.doc), "");
    if direction == Direction::Sent
        && let Sent::By { tag, forms } = &model.sent
    {
        let union: String = forms.iter().map(|form| format!("\n  | {}", variant(surface, model, tag, form))).collect();
        return format!("{doc}export type {name} ={union};\n");
    }
    format!("{doc}export interface {name} {{\n{}}}\n", members(surface, model, direction))
}

/// The members of a model's interface.
pub fn members(surface: &Surface, model: &Model, direction: Direction) -> String {
    let required = typescript::required_when_sent(model);
    let is_required = |field: &Field| match direction {
        Direction::Sent => required.contains(field.name),
        Direction::Received => field.required,
    };
    model.fields.iter().map(|field| typescript::member(surface, field, is_required(field), direction)).collect()
}

/// One form of a union: the tag with its value and the fields that go with it.
fn variant(surface: &Surface, model: &Model, tag: &str, form: &Form) -> String {
    let mut text = String::from("{\n");
    for field in model.fields {
        if field.name == tag {
            text.push_str(&typescript::doc(&typescript::plain(field.doc), "      "));
            text.push_str(&format!("      {tag}: '{}';\n", form.value));
        } else if form.required.contains(&field.name) || form.optional.contains(&field.name) {
            let member = typescript::member(surface, field, form.required.contains(&field.name), Direction::Sent);
            text.push_str(&member.lines().map(|line| format!("    {line}\n")).collect::<String>());
        }
    }
    text + "    }"
}
