use super::operations;
use crate::model::CustomField;
use alloc::vec::Vec;

operations! {
    CustomFields "customFields";

    /// Lists every custom field of the workspace.
    "listCustomFields" ListCustomFields: Get "/custom_field", idempotent;
    fn list "list"() -> Vec<CustomField>;

    /// Creates a custom field.
    "createCustomField" CreateCustomField: Post "/custom_field", not_idempotent "list the custom fields before creating it again";
    fn create "create"(body field "field": CustomField) -> CustomField;
}
