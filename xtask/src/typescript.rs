//! TypeScript types of kinds: strict for what is sent, open for what is received.

use crate::surface::Surface;
use respond_io_wasm::schema::{Field, Format, Kind, Model, Sent};
use std::collections::BTreeSet;

/// Which way a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the caller to the service: checked strictly.
    Sent,
    /// From the service to the caller: read openly.
    Received,
}

/// The type of a kind.
pub fn of(surface: &Surface, kind: &Kind, direction: Direction) -> String {
    let of = |kind| of(surface, kind, direction);
    match (kind, direction) {
        (Kind::Text(Format::User), Direction::Sent) => "UserIdentifier".into(),
        (Kind::Text(_), _) => "string".into(),
        (Kind::Integer(_) | Kind::Number, _) => "number".into(),
        (Kind::Boolean, _) => "boolean".into(),
        (Kind::Choice(values), Direction::Sent) => choice(values),
        (Kind::Choice(values), Direction::Received) => format!("{} | (string & {{}})", choice(values)),
        (Kind::List(element), Direction::Sent) => format!("readonly {}", list(&of(element))),
        (Kind::List(element), Direction::Received) => list(&of(element)),
        (Kind::Object(model), _) => surface.name(model, direction),
        (Kind::AnyObject, _) => "JsonObject".into(),
        (Kind::Identifier, _) => "Identifier".into(),
        (Kind::Either(either), _) => either.kinds.iter().map(of).collect::<Vec<_>>().join(" | "),
    }
}

/// The union of the permitted strings.
pub fn choice(values: &[&str]) -> String {
    values.iter().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(" | ")
}

fn list(element: &str) -> String {
    if element.contains(' ') { format!("({element})[]") } else { format!("{element}[]") }
}

/// What a Rust doc comment says, without the space that follows its slashes.
pub fn plain(doc: &str) -> String {
    doc.trim_end().lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// A doc comment, indented.
pub fn doc(text: &str, indent: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    if let [line] = lines[..] {
        return format!("{indent}/** {line} */\n");
    }
    let body: String = lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_string() + "\n").collect();
    format!("{indent}/**\n{body}{indent} */\n")
}

/// A member of an interface, with its doc comment.
pub fn member(surface: &Surface, field: &Field, required: bool, direction: Direction) -> String {
    let kind = of(surface, &field.kind, direction);
    let null = match direction {
        Direction::Sent => field.nullable,
        Direction::Received => field.nullable || !field.required,
    };
    let mark = if required { "" } else { "?" };
    let or_null = if null { " | null" } else { "" };
    // A caller may pass undefined for what it leaves out; the service never does.
    let or_undefined = if required || direction == Direction::Received { "" } else { " | undefined" };
    format!("{}  {}{mark}: {kind}{or_null}{or_undefined};\n", doc(&plain(field.doc), "  "), field.name)
}

/// The fields that must be there where the model is sent.
pub fn required_when_sent(model: &Model) -> BTreeSet<&'static str> {
    let declared = model.fields.iter().filter(|field| field.required).map(|field| field.name);
    let more = match &model.sent {
        Sent::Requires(names) => names.to_vec(),
        _ => Vec::new(),
    };
    declared.chain(more).collect()
}
