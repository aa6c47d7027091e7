use crate::handlers::nulls;
use crate::workspace::{self, FieldKind};
use respond_io_wasm::live::model::{
    ClosingNote, CustomField, CustomFieldDataType, SpaceTag, SpaceUser, Team, Template, TemplateComponent,
};
use serde_json::Map;

/// A user of the workspace.
pub fn space_user(user: &workspace::User) -> SpaceUser {
    let team = user.team.as_ref();
    let team = team.map(|team| Team { id: Some(team.id), name: Some(team.name.clone()), ..Team::default() });
    SpaceUser {
        id: Some(user.id),
        first_name: Some(user.first_name.clone()),
        last_name: Some(user.last_name.clone()),
        email: Some(user.email.clone()),
        role: Some(user.role.as_str().into()),
        restrictions: Some(user.restrictions.clone()),
        extra: nulls(&[("team", team.is_none())]),
        team,
    }
}

/// The kinds of custom fields, as the service calls them.
pub const DATA_TYPES: [(FieldKind, CustomFieldDataType); 8] = [
    (FieldKind::Text, CustomFieldDataType::Text),
    (FieldKind::List, CustomFieldDataType::List),
    (FieldKind::Checkbox, CustomFieldDataType::Checkbox),
    (FieldKind::Email, CustomFieldDataType::Email),
    (FieldKind::Number, CustomFieldDataType::Number),
    (FieldKind::Url, CustomFieldDataType::Url),
    (FieldKind::Date, CustomFieldDataType::Date),
    (FieldKind::Time, CustomFieldDataType::Time),
];

/// A custom field of the workspace.
pub fn custom_field(field: &workspace::Field) -> CustomField {
    let declared = DATA_TYPES.into_iter().find(|(kind, _)| *kind == field.kind);
    CustomField {
        id: Some(field.id),
        name: Some(field.name.clone()),
        description: field.description.clone(),
        data_type: declared.map(|(_, data_type)| data_type),
        allowed_values: (field.kind == FieldKind::List).then(|| field.options.clone()),
        extra: nulls(&[("description", field.description.is_none())]),
    }
}

/// A note that conversations are closed with.
pub fn closing_note(note: &workspace::ClosingNote) -> ClosingNote {
    let (category, description) = (Some(note.category.clone()), Some(note.description.clone()));
    ClosingNote { category, description, ..ClosingNote::default() }
}

/// A template, which may be sent.
pub fn template(template: &workspace::Template) -> Template {
    Template {
        id: Some(template.id),
        name: Some(template.name.clone()),
        components: Some(template.parts.iter().map(component).collect()),
        channel_id: Some(template.channel),
        language_code: Some(template.language.clone()),
        category: Some(template.category.clone()),
        status: Some("approved".into()),
        ..Template::default()
    }
}

fn component(part: &workspace::TemplatePart) -> TemplateComponent {
    let button =
        |text: &String| Map::from_iter([("type".into(), "quick_reply".into()), ("text".into(), text.as_str().into())]);
    TemplateComponent {
        kind: part.kind.as_str().into(),
        format: (part.kind == "header").then(|| "text".into()),
        text: part.text.clone(),
        parameters: None,
        buttons: (part.kind == "buttons").then(|| part.buttons.iter().map(button).collect()),
        extra: Map::new(),
    }
}

/// A tag of the workspace.
pub fn space_tag(tag: &workspace::Tag) -> SpaceTag {
    let details = tag.details.clone();
    SpaceTag {
        id: Some(tag.id),
        name: Some(tag.name.clone()),
        description: details.description,
        emoji: details.emoji,
        color_code: details.color,
        ..SpaceTag::default()
    }
}
