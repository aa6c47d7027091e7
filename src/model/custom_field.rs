use super::{model, open_enum};
use alloc::string::String;
use alloc::vec::Vec;

open_enum! {
    /// What the values of a custom field are.
    pub enum CustomFieldType {
        /// Any text.
        Text "text",
        /// A number.
        Number "number",
        /// A date, as `2026-11-23`.
        Date "date",
        /// One of the field's options.
        List "list",
        /// `true` or `false`.
        Checkbox "checkbox",
        /// A web address.
        Url "url",
    }
}

model! {
    /// A custom field of the workspace.
    #[derive(Default)]
    pub struct CustomField {
        /// The field's number.
        id "id": Option<u64> as ID,
        /// The name under which contacts carry their value.
        name "name": Option<String> as NON_EMPTY,
        /// What its values are.
        kind "type": Option<CustomFieldType>,
        /// The allowed values of a list.
        options "options": Option<Vec<String>>,
    }
    sent requires "name", "type";
}

impl CustomField {
    /// A custom field to create.
    pub fn new(name: impl Into<String>, kind: CustomFieldType) -> Self {
        Self { name: Some(name.into()), kind: Some(kind), ..Self::default() }
    }
}

model! {
    /// The value that a contact has for a custom field.
    #[derive(Default)]
    pub struct CustomFieldValue {
        /// The custom field's name.
        name "name": Option<String> as NON_EMPTY,
        /// The value, as text whatever the field's type.
        value "value": Option<String>,
    }
    sent requires "name", "value";
}

impl CustomFieldValue {
    /// The value of the custom field `name`.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: Some(name.into()), value: Some(value.into()), ..Self::default() }
    }
}
