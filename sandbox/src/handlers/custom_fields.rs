use super::{Context, handlers};
use crate::refusal::Refusal;
use crate::workspace::{Field, FieldKind};
use respond_io_wasm::model::{CustomField, CustomFieldType};
use respond_io_wasm::operation::{CreateCustomField, ListCustomFields};

handlers! {
    ListCustomFields => list,
    CreateCustomField => create,
}

const TYPES: [(FieldKind, CustomFieldType); 6] = [
    (FieldKind::Text, CustomFieldType::Text),
    (FieldKind::Number, CustomFieldType::Number),
    (FieldKind::Date, CustomFieldType::Date),
    (FieldKind::List, CustomFieldType::List),
    (FieldKind::Checkbox, CustomFieldType::Checkbox),
    (FieldKind::Url, CustomFieldType::Url),
];

fn list(_: ListCustomFields, context: &mut Context) -> Result<Vec<CustomField>, Refusal> {
    Ok(context.workspace.fields().map(model).collect())
}

/// The number is the service's to give; one that is sent is passed over.
fn create(request: CreateCustomField, context: &mut Context) -> Result<CustomField, Refusal> {
    let CustomField { name, kind, options, .. } = request.field;
    let found = TYPES.into_iter().find(|(_, declared)| Some(declared) == kind.as_ref());
    let (Some((kind, _)), Some(name)) = (found, name) else {
        return Err(Refusal::bad_request("field.name and field.type are required"));
    };
    Ok(model(context.workspace.create_field(&name, kind, options.unwrap_or_default())?))
}

fn model(field: &Field) -> CustomField {
    let declared = TYPES.into_iter().find(|(kind, _)| *kind == field.kind).map(|(_, declared)| declared);
    // What the live surface alone can create has no name in the contract.
    let other = if field.kind == FieldKind::Email { "email" } else { "time" };
    CustomField {
        id: Some(field.id),
        name: Some(field.name.clone()),
        kind: Some(declared.unwrap_or_else(|| other.into())),
        options: (field.kind == FieldKind::List).then(|| field.options.clone()),
        ..CustomField::default()
    }
}
