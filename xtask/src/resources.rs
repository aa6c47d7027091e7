//! The classes of the resources: a method an operation.

use crate::models::NOTICE;
use crate::surface::Surface;
use crate::typescript::{self, Direction};
use crate::{docs, example};
use respond_io_wasm::operation::{OperationMeta, Place};
use respond_io_wasm::schema::{Kind, Model};

/// Prints `resources.ts`.
pub fn print(surface: &Surface) -> String {
    let js = surface.js;
    let (mut classes, mut fields, mut made) = (String::new(), String::new(), String::new());
    for name in surface.resources() {
        classes += &class(surface, name);
        fields +=
            &format!("  /** The operations on {}. */\n  declare readonly {name}: {};\n", words(name), class_name(name));
        made += &format!("    this.{name} = new {}(call);\n", class_name(name));
    }
    format!(
        "{NOTICE}import type {{ Call }} from '{js}/call.js';
import {{ PagePromise }} from '{js}/page.js';
import type {{ CallOptions }} from '{js}/options.js';
import type {{ ApiPromise }} from '{js}/promise.js';
import type {{ Identifier }} from '{js}/generated/models.js';
import type {{
{}}} from './models.js';
{classes}
/** The resources of a client, each with its operations. */
export class Resources {{
{fields}
  /** Makes the resources that call through `call`; a client makes its own. */
  constructor(call: Call) {{
{made}  }}
}}
",
        imports(surface)
    )
}

/// `customFields` as two words.
fn words(name: &str) -> String {
    name.chars().map(|c| if c.is_uppercase() { format!(" {}", c.to_lowercase()) } else { c.to_string() }).collect()
}

/// The types of the models that the methods name.
fn imports(surface: &Surface) -> String {
    let mut names = Vec::new();
    for operation in surface.operations {
        let sent = operation.input.fields.iter().map(|field| typescript::of(surface, &field.kind, Direction::Sent));
        let received = operation.response.iter().map(|kind| match list_item(surface, operation) {
            Some(item) => item,
            None => typescript::of(surface, kind, Direction::Received),
        });
        for name in sent.chain(received) {
            let name = name.trim_start_matches("readonly ").trim_end_matches("[]").to_string();
            if name.starts_with(char::is_uppercase) && name != "Identifier" && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.push("Pagination".into());
    names.sort();
    names.iter().map(|name| format!("  {name},\n")).collect()
}

fn class_name(resource: &str) -> String {
    resource[..1].to_uppercase() + &resource[1..]
}

fn class(surface: &Surface, resource: &str) -> String {
    let own = surface.operations.iter().enumerate().filter(|(_, operation)| operation.description.resource == resource);
    let methods: String = own.map(|(index, operation)| method(surface, index, operation)).collect();
    format!(
        "
/** The operations of `client.{resource}`. */
export class {} {{
  readonly #call: Call;

  /** Calls through `call`; a client makes its own. */
  constructor(call: Call) {{
    this.#call = call;
  }}
{methods}}}
",
        class_name(resource)
    )
}

fn method(surface: &Surface, index: usize, operation: &OperationMeta) -> String {
    let name = operation.description.method;
    let fields = operation.input.fields.iter().zip(operation.places);
    let parameters: Vec<String> = fields
        .map(|(field, place)| {
            let kind = typescript::of(surface, &field.kind, Direction::Sent);
            let default = if *place == Place::Query { " = {}" } else { "" };
            format!("{}: {kind}{default}", field.name)
        })
        .chain(["options?: CallOptions".into()])
        .collect();
    let input: Vec<&str> = operation.input.fields.iter().map(|field| field.name).collect();
    let input = if input.is_empty() { "{}".into() } else { format!("{{ {} }}", input.join(", ")) };
    let (result, body) = match (list_item(surface, operation), &operation.response) {
        (Some(item), _) => (
            format!("PagePromise<{item}, Pagination>"),
            format!("new PagePromise(this.#call, {index}, {input}, options)"),
        ),
        (None, Some(kind)) => (
            format!("ApiPromise<{}>", typescript::of(surface, kind, Direction::Received)),
            format!("this.#call({index}, {input}, options)"),
        ),
        (None, None) => ("ApiPromise<void>".into(), format!("this.#call({index}, {input}, options)")),
    };
    format!(
        "\n{}  {name}({}): {result} {{\n    return {body};\n  }}\n",
        documentation(operation),
        parameters.join(", ")
    )
}

/// The type of a page's items, where the operation answers with pages.
fn list_item(surface: &Surface, operation: &OperationMeta) -> Option<String> {
    Some(surface.name(item_model(operation)?, Direction::Received))
}

/// The model of a page's items, where the operation answers with pages.
fn item_model(operation: &OperationMeta) -> Option<&'static Model> {
    let Some(Kind::Object(page)) = &operation.response else { return None };
    field_kind(page, "pagination")?;
    match field_kind(page, "items")? {
        Kind::List(Kind::Object(item)) => Some(item),
        _ => None,
    }
}

fn field_kind(model: &'static Model, name: &str) -> Option<&'static Kind> {
    model.fields.iter().find(|field| field.name == name).map(|field| &field.kind)
}

fn documentation(operation: &OperationMeta) -> String {
    let mut text = format!("{}\n\n", typescript::plain(operation.description.doc));
    text += &format!("Calls `{} {}`.\n\n", operation.method.as_str(), operation.path);
    for field in operation.input.fields {
        text += &format!("@param {} - {}\n", field.name, parameter(&field.kind));
    }
    text += "@param options - Timeout, retries, headers and abort signal of this call.\n";
    text += &format!("@returns {}\n", returned(operation));
    text += &format!("@throws {{@link RespondIOError}}: {}\n", docs::errors(operation));
    text += "@example\n```ts\n";
    text += &call(operation);
    text += "\n```\n";
    typescript::doc(&text, "  ")
}

fn call(operation: &OperationMeta) -> String {
    let description = &operation.description;
    let call = format!("client.{}.{}({})", description.resource, description.method, example::arguments(operation));
    match (item_model(operation), &operation.response) {
        (Some(item), _) => {
            format!("for await (const item of {call}) {{\n  console.log(item.{});\n}}", item.fields[0].name)
        }
        (None, Some(kind)) => format!("const {} = await {call};", variable(kind)),
        (None, None) => format!("await {call};"),
    }
}

fn variable(kind: &Kind) -> String {
    match kind {
        Kind::List(element) => variable(element) + "s",
        Kind::Object(model) => model.name[..1].to_lowercase() + &model.name[1..],
        _ => "result".into(),
    }
}

fn parameter(kind: &Kind) -> String {
    match kind {
        Kind::Identifier => {
            "The contact: `id:1`, `email:a@b.c` or `phone:+60123456789`, or an object with one of these keys.".into()
        }
        Kind::Integer(_) => "The number, a positive integer up to 2^53-1.".into(),
        Kind::Object(model) => typescript::plain(model.doc).replace('\n', " "),
        Kind::List(_) => "The names, none of them empty.".into(),
        _ => "The value.".into(),
    }
}

fn returned(operation: &OperationMeta) -> String {
    match (item_model(operation), &operation.response) {
        (Some(_), _) => "A page when awaited, every item of every page when iterated.".into(),
        (None, Some(Kind::List(_))) => "The list.".into(),
        (None, Some(Kind::Object(model))) => typescript::plain(model.doc).replace('\n', " "),
        _ => "Nothing.".into(),
    }
}
