//! Models and operations as JSON, for tests that compare them with the contract.

use crate::surface::Surface;
use crate::typescript::Direction;
use respond_io_wasm::model::ErrorBody;
use respond_io_wasm::operation::{OperationMeta, Place};
use respond_io_wasm::schema::{Field, Format, Kind, Model, Sent, Wire};
use serde_json::{Map, Value, json};

/// Everything that is declared of a surface.
pub fn json(surface: &Surface) -> Value {
    let operations: Vec<Value> = surface.operations.iter().map(|operation| self::operation(operation)).collect();
    let mut models = Map::new();
    for (model, direction) in surface.models() {
        let entry = models.entry(model.name).or_insert_with(|| self::model(model));
        let way = if direction == Direction::Sent { "sent" } else { "received" };
        entry[way] = Value::from(surface.name(model, direction));
    }
    // No operation answers with it, since it is the body of every refusal.
    if let Kind::Object(refusal) = ErrorBody::KIND {
        let mut entry = self::model(refusal);
        entry["received"] = Value::from(refusal.name);
        models.insert(refusal.name.into(), entry);
    }
    json!({ "operations": operations, "models": models })
}

fn operation(operation: &OperationMeta) -> Value {
    let arguments: Vec<Value> = operation
        .input
        .fields
        .iter()
        .zip(operation.places)
        .map(|(field, place)| json!({ "name": field.name, "in": place_name(*place), "required": field.required, "kind": kind(&field.kind) }))
        .collect();
    json!({
        "id": operation.id,
        "method": operation.method.as_str(),
        "path": operation.path,
        "resource": operation.description.resource,
        "name": operation.description.method,
        "arguments": arguments,
        "response": operation.response.as_ref().map(kind),
        "idempotent": operation.idempotent,
        "deletes": operation.deletes,
        "bucket": operation.bucket(),
    })
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Body => "body",
    }
}

fn model(model: &Model) -> Value {
    let fields: Vec<Value> = model.fields.iter().map(self::field).collect();
    let sent = match &model.sent {
        Sent::AsDeclared => json!(null),
        Sent::Requires(names) => json!({ "requires": names }),
        Sent::By { tag, forms } => {
            let forms: Vec<Value> = forms
                .iter()
                .map(|form| json!({ "value": form.value, "required": form.required, "optional": form.optional }))
                .collect();
            json!({ "by": tag, "forms": forms })
        }
    };
    json!({ "fields": fields, "strict": sent })
}

fn field(field: &Field) -> Value {
    json!({ "name": field.name, "required": field.required, "nullable": field.nullable, "kind": kind(&field.kind) })
}

fn kind(kind: &Kind) -> Value {
    match kind {
        Kind::Text(format) => json!({ "type": "string", "format": format_name(*format) }),
        Kind::Integer(range) => json!({ "type": "integer", "minimum": range.min, "maximum": range.max }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Choice(values) => json!({ "type": "string", "enum": values }),
        Kind::List(element) => json!({ "type": "array", "items": self::kind(element) }),
        Kind::Object(model) => json!({ "type": "object", "model": model.name }),
        Kind::AnyObject => json!({ "type": "object" }),
        Kind::Identifier => json!({ "type": "string", "format": "identifier" }),
        Kind::Either(either) => json!({ "anyOf": either.kinds.iter().map(self::kind).collect::<Vec<_>>() }),
    }
}

fn format_name(format: Format) -> Option<&'static str> {
    match format {
        Format::Any => None,
        Format::NonEmpty => Some("non_empty"),
        Format::Email => Some("email"),
        Format::Uri => Some("uri"),
        Format::User => Some("user"),
    }
}
