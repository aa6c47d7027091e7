//! The interfaces of the models.

use crate::typescript::{self, Direction};
use respond_io_wasm::schema::{Field, Form, Model, Sent};

/// The opening of every printed file.
pub const NOTICE: &str = "// Printed by xtask from the declarations in src/model and src/operation.\n";

/// The types that no model declares.
const BASICS: &str = "
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

/// Prints `models.ts`.
pub fn print() -> String {
    format!("{NOTICE}{}", interfaces())
}

/// Every type, without the opening.
pub fn interfaces() -> String {
    let mut text = String::from(BASICS);
    for (model, direction) in typescript::models() {
        text.push('\n');
        text.push_str(&declaration(model, direction));
    }
    text
}

/// The type of a model.
pub fn declaration(model: &Model, direction: Direction) -> String {
    let name = typescript::name(model, direction);
    let doc = typescript::doc(&typescript::plain(model.doc), "");
    if direction == Direction::Sent
        && let Sent::By { tag, forms } = &model.sent
    {
        let union: String = forms.iter().map(|form| format!("\n  | {}", variant(model, tag, form))).collect();
        return format!("{doc}export type {name} ={union};\n");
    }
    format!("{doc}export interface {name} {{\n{}}}\n", members(model, direction))
}

/// The members of a model's interface.
pub fn members(model: &Model, direction: Direction) -> String {
    let required = typescript::required_when_sent(model);
    let is_required = |field: &Field| match direction {
        Direction::Sent => required.contains(field.name),
        Direction::Received => field.required,
    };
    model.fields.iter().map(|field| typescript::member(field, is_required(field), direction)).collect()
}

/// One form of a union: the tag with its value and the fields that go with it.
fn variant(model: &Model, tag: &str, form: &Form) -> String {
    let mut text = String::from("{\n");
    for field in model.fields {
        if field.name == tag {
            text.push_str(&typescript::doc(&typescript::plain(field.doc), "      "));
            text.push_str(&format!("      {tag}: '{}';\n", form.value));
        } else if form.required.contains(&field.name) || form.optional.contains(&field.name) {
            let member = typescript::member(field, form.required.contains(&field.name), Direction::Sent);
            text.push_str(&member.lines().map(|line| format!("    {line}\n")).collect::<String>());
        }
    }
    text + "    }"
}
