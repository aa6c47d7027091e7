//! Example values of kinds, so that every method's documentation shows a call that compiles.

use respond_io_wasm::operation::{OperationMeta, Place};
use respond_io_wasm::schema::{Field, Format, Kind, Model, Range, Sent};

/// The arguments of an example call.
pub fn arguments(operation: &OperationMeta) -> String {
    let fields = operation.input.fields.iter().zip(operation.places);
    let values = fields.map(|(field, place)| match place {
        Place::Query => format!("{{ {} }}", first_field(&field.kind)),
        _ => value(field.name, &field.kind),
    });
    values.collect::<Vec<_>>().join(", ")
}

fn first_field(kind: &Kind) -> String {
    let Kind::Object(model) = kind else { return String::new() };
    let field = model.fields.iter().find(|field| field.name == "limit").unwrap_or(&model.fields[0]);
    format!("{}: {}", field.name, value(field.name, &field.kind))
}

fn value(name: &str, kind: &Kind) -> String {
    match kind {
        Kind::Text(Format::Email) => "'aida@example.com'".into(),
        Kind::Text(Format::Uri) => "'https://example.com/picture.png'".into(),
        Kind::Text(Format::User) => "'email:agent@example.com'".into(),
        Kind::Text(_) => format!("'{}'", word(name)),
        Kind::Integer(Range { max: 100, .. }) => "50".into(),
        Kind::Integer(_) if name == "secondaryContactId" => "2".into(),
        Kind::Integer(_) => "1".into(),
        Kind::Number => "1".into(),
        Kind::Boolean => "true".into(),
        Kind::Choice(values) => format!("'{}'", values[0]),
        Kind::List(element) => format!("[{}]", value(name, element)),
        Kind::Object(model) => object(model),
        Kind::AnyObject => "{ name: 'welcome', languageCode: 'en' }".into(),
        Kind::Identifier => "'id:1'".into(),
        Kind::Either(either) => value(name, &either.kinds[0]),
    }
}

/// An object with the fields that it must have, or its first one.
fn object(model: &Model) -> String {
    let required: Vec<&Field> = match &model.sent {
        Sent::By { tag, forms } => {
            let is_needed = |field: &&Field| field.name == *tag || forms[0].required.contains(&field.name);
            model.fields.iter().filter(is_needed).collect()
        }
        Sent::Requires(names) => model.fields.iter().filter(|field| names.contains(&field.name)).collect(),
        Sent::AsDeclared => model.fields.iter().filter(|field| field.required).collect(),
    };
    let shown = if required.is_empty() { vec![&model.fields[0]] } else { required };
    let members: Vec<String> =
        shown.iter().map(|field| format!("{}: {}", field.name, value(field.name, &field.kind))).collect();
    format!("{{ {} }}", members.join(", "))
}

fn word(name: &str) -> &str {
    match name {
        "firstName" => "Aida",
        "text" => "Hello!",
        "timezone" => "UTC",
        "field" => "plan",
        "value" => "gold",
        "assignee" => "agent@example.com",
        "tags" => "vip",
        _ => "Loyalty",
    }
}
