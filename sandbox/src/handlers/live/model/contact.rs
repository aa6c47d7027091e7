use crate::handlers::{nulls, seconds};
use crate::workspace::{self, FieldKind, Workspace};
use respond_io_wasm::live::model::{Contact, ContactStatus, CustomFieldValue, TextOrObject, User};
use serde_json::{Map, Value};

/// A contact with all that the service tells of it.
pub fn contact(workspace: &Workspace, contact: &workspace::Contact) -> Contact {
    let profile = contact.profile.clone();
    Contact {
        id: Some(contact.id),
        first_name: profile.first_name,
        last_name: profile.last_name,
        phone: profile.phone,
        email: profile.email,
        language: profile.language,
        profile_pic: profile.profile_pic,
        country_code: profile.country_code,
        custom_fields: Some(contact.values.iter().filter_map(|value| field_value(workspace, value)).collect()),
        status: Some(if contact.is_open() { ContactStatus::Open } else { ContactStatus::Close }),
        tags: Some(contact.tags.iter().filter_map(|id| Some(workspace.tags.get(id)?.name.clone())).collect()),
        assignee: contact.assignee_email().map(|email| user(workspace, email)),
        lifecycle: contact.stage.as_deref().map(TextOrObject::from),
        created_at: Some(seconds(contact.created)),
        extra: nulls(&[("assignee", contact.assignee.is_none()), ("lifecycle", contact.stage.is_none())]),
        ..Contact::default()
    }
}

/// A user by email; of one that the workspace does not have that is all that is known.
fn user(workspace: &Workspace, email: &str) -> User {
    let Ok(user) = workspace.user_named(email) else {
        return User { email: Some(email.into()), ..User::default() };
    };
    User {
        id: Some(user.id),
        first_name: Some(user.first_name.clone()),
        last_name: Some(user.last_name.clone()),
        email: Some(user.email.clone()),
        ..User::default()
    }
}

fn field_value(workspace: &Workspace, value: &workspace::FieldValue) -> Option<CustomFieldValue> {
    let field = workspace.fields.get(&value.field)?;
    let text = value.value.as_str();
    let told = match field.kind {
        FieldKind::Number => number(text),
        FieldKind::Checkbox => (text == "true").into(),
        _ => text.into(),
    };
    // The model would write 5 as 5.0, and no service in JavaScript does.
    let extra = Map::from_iter([("value".to_string(), told)]);
    Some(CustomFieldValue { name: Some(field.name.clone()), value: None, extra })
}

fn number(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(integer) => integer.into(),
        Err(_) => text.parse::<f64>().unwrap_or_default().into(),
    }
}
