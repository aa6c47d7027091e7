use super::{TemplateComponent, model, open_enum};
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

open_enum! {
    /// What a user may do.
    pub enum UserRole {
        /// Talks to contacts.
        Agent "agent",
        /// Sees to the workspace as well.
        Manager "manager",
        /// Owns it.
        Owner "owner",
    }
}

model! {
    /// A team of the workspace.
    #[derive(Default)]
    pub struct Team {
        /// The team's number.
        id "id": Option<u64> | always,
        /// The team's name.
        name "name": Option<String> | always,
    }
}

model! {
    /// A user of the workspace.
    #[derive(Default)]
    pub struct SpaceUser {
        /// The user's number.
        id "id": Option<u64> | always,
        /// The given name.
        first_name "firstName": Option<String> | always,
        /// The family name.
        last_name "lastName": Option<String>,
        /// The email.
        email "email": Option<String> | always,
        /// What the user may do.
        role "role": Option<UserRole> | always,
        /// The team that the user belongs to, or null.
        team "team": Option<Team>,
        /// What the user may not do: `restrict_data_export` and others.
        restrictions "restrictions": Option<Vec<String>>,
    }
}

open_enum! {
    /// What the values of a custom field are.
    pub enum CustomFieldDataType {
        /// Any text.
        Text "text",
        /// One of the field's allowed values.
        List "list",
        /// `true` or `false`.
        Checkbox "checkbox",
        /// An email.
        Email "email",
        /// A number.
        Number "number",
        /// A web address.
        Url "url",
        /// A date.
        Date "date",
        /// A time of day.
        Time "time",
    }
}

model! {
    /// A custom field of the workspace.
    #[derive(Default)]
    pub struct CustomField {
        /// The field's number.
        id "id": Option<u64> | always,
        /// The name under which contacts carry their value.
        name "name": Option<String> | always,
        /// What it is for.
        description "description": Option<String>,
        /// What its values are.
        data_type "dataType": Option<CustomFieldDataType> | always,
        /// The allowed values of a list.
        allowed_values "allowedValues": Option<Vec<String>>,
    }
}

model! {
    /// A custom field to create.
    pub struct CustomFieldCreate {
        /// The name under which contacts carry their value.
        name "name": String as NON_EMPTY,
        /// The name within addresses and variables.
        slug "slug": Option<String> | null,
        /// What it is for.
        description "description": Option<String>,
        /// What its values are.
        data_type "dataType": CustomFieldDataType,
        /// The allowed values of a list.
        allowed_values "allowedValues": Option<Vec<String>> | null,
    }
}

impl CustomFieldCreate {
    /// A custom field of this name.
    pub fn new(name: impl Into<String>, data_type: CustomFieldDataType) -> Self {
        let name = name.into();
        Self { name, slug: None, description: None, data_type, allowed_values: None, extra: Map::new() }
    }
}

model! {
    /// A note that conversations are closed with.
    #[derive(Default)]
    pub struct ClosingNote {
        /// The note's name.
        category "category": Option<String> | always,
        /// What it means.
        description "description": Option<String>,
    }
}

model! {
    /// A WhatsApp template of a channel.
    #[derive(Default)]
    pub struct Template {
        /// The template's number.
        id "id": Option<u64> | always,
        /// The template's name.
        name "name": Option<String> | always,
        /// Its parts.
        components "components": Option<Vec<TemplateComponent>> | always,
        /// The number of the channel.
        channel_id "channelId": Option<u64> | always,
        /// The number of the bot.
        bot_id "botId": Option<u64>,
        /// The code of its language.
        language_code "languageCode": Option<String> | always,
        /// Where it is registered.
        namespace "namespace": Option<String>,
        /// What it is for.
        category "category": Option<String> | always,
        /// Whether it may be sent.
        status "status": Option<String>,
        /// Why it may not.
        status_detail "statusDetail": Option<String>,
        /// What else the channel says of it.
        bundle "bundle": Option<Map<String, Value>>,
    }
}

model! {
    /// A tag of the workspace.
    #[derive(Default)]
    pub struct SpaceTag {
        /// The tag's number.
        id "id": Option<u64> | always,
        /// The tag's name.
        name "name": Option<String> | always,
        /// What it is for.
        description "description": Option<String>,
        /// Its emoji.
        emoji "emoji": Option<String>,
        /// Its colour, as `#FF5733`.
        color_code "colorCode": Option<String>,
    }
}

model! {
    /// A tag to create.
    #[derive(Default)]
    pub struct SpaceTagCreate {
        /// The tag's name.
        name "name": String as NON_EMPTY,
        /// What it is for.
        description "description": Option<String>,
        /// Its colour, as `#FF5733`.
        color_code "colorCode": Option<String>,
        /// Its emoji.
        emoji "emoji": Option<String>,
    }
}

impl SpaceTagCreate {
    /// A tag of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

model! {
    /// What is to change of a tag.
    #[derive(Default)]
    pub struct SpaceTagUpdate {
        /// The name that the tag has.
        current_name "currentName": String as NON_EMPTY,
        /// The name that it is to have.
        name "name": Option<String> as NON_EMPTY,
        /// What it is for.
        description "description": Option<String>,
        /// Its colour, as `#FF5733`.
        color_code "colorCode": Option<String>,
        /// Its emoji.
        emoji "emoji": Option<String>,
    }
}

model! {
    /// The tag to delete.
    #[derive(Default)]
    pub struct SpaceTagName {
        /// The tag's name.
        name "name": String as NON_EMPTY,
    }
}

impl From<&str> for SpaceTagName {
    fn from(name: &str) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}
