use super::{CustomFieldValue, model};
use alloc::string::String;
use alloc::vec::Vec;

model! {
    /// A person who talks to the workspace over one or more channels.
    #[derive(Default)]
    pub struct Contact {
        /// The contact's number in the workspace.
        id "id": Option<u64> as ID,
        /// The given name.
        first_name "firstName": Option<String>,
        /// The family name.
        last_name "lastName": Option<String>,
        /// The email; no two contacts of a workspace share one.
        email "email": Option<String> as EMAIL,
        /// The phone number, as `+60123456789`; no two contacts of a workspace share one.
        phone "phone": Option<String>,
        /// The language, as an ISO 639-1 code.
        language "language": Option<String>,
        /// The address of the profile picture.
        profile_pic "profilePic": Option<String> as URI,
        /// The country, as an ISO 3166-1 alpha-2 code.
        country_code "countryCode": Option<String>,
        /// The lifecycle stage.
        status "status": Option<String>,
        /// The user who looks after the contact, or null.
        assignee "assignee": Option<String> | null,
        /// When the contact was created, in Unix seconds.
        created "created": Option<i64>,
        /// The names of the contact's tags.
        tags "tags": Option<Vec<String>>,
        /// The values of the workspace's custom fields.
        custom_fields "customFields": Option<Vec<CustomFieldValue>>,
    }
}

model! {
    /// The fields of a contact to create or to change. A field that is left out stays as it is.
    #[derive(Default)]
    pub struct ContactCreate {
        /// The given name.
        first_name "firstName": Option<String>,
        /// The family name.
        last_name "lastName": Option<String>,
        /// The email; no two contacts of a workspace share one.
        email "email": Option<String> as EMAIL,
        /// The phone number, as `+60123456789`; no two contacts of a workspace share one.
        phone "phone": Option<String>,
        /// The language, as an ISO 639-1 code.
        language "language": Option<String>,
        /// The address of the profile picture.
        profile_pic "profilePic": Option<String> as URI,
        /// The country, as an ISO 3166-1 alpha-2 code.
        country_code "countryCode": Option<String>,
        /// The values of the workspace's custom fields.
        custom_fields "customFields": Option<Vec<CustomFieldValue>>,
    }
}

model! {
    /// Two contacts to be made one.
    pub struct ContactMerge {
        /// The number of the contact that stays.
        primary_contact_id "primaryContactId": u64 as ID,
        /// The number of the contact that goes.
        secondary_contact_id "secondaryContactId": u64 as ID,
    }
}

impl ContactMerge {
    /// Merges the contact `secondary` into the contact `primary`.
    pub fn new(primary: u64, secondary: u64) -> Self {
        Self { primary_contact_id: primary, secondary_contact_id: secondary, extra: Default::default() }
    }
}
