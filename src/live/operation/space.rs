use super::operations;
use crate::live::model::{
    Acknowledgement, ChannelPage, ClosingNotePage, CustomField, CustomFieldCreate, CustomFieldPage, PageQuery,
    SpaceTag, SpaceTagCreate, SpaceTagName, SpaceTagUpdate, SpaceUser, TemplatePage, UserPage,
};

operations! {
    live Space "space";

    /// Fetches one page of the workspace's users.
    "listUsers" ListUsers: Get "/space/user", idempotent;
    fn list_users "listUsers"(query query "query": PageQuery) -> UserPage;

    /// Fetches one user of the workspace.
    "getUser" GetUser: Get "/space/user/{id}", idempotent;
    fn get_user "getUser"(path id "id": u64 as ID) -> SpaceUser;

    /// Creates a custom field.
    "createCustomField" CreateCustomField: Post "/space/custom_field", not_idempotent "list the custom fields before creating it again";
    fn create_custom_field "createCustomField"(body field "field": CustomFieldCreate) -> CustomField;

    /// Fetches one page of the workspace's custom fields.
    "listCustomFields" ListCustomFields: Get "/space/custom_field", idempotent;
    fn list_custom_fields "listCustomFields"(query query "query": PageQuery) -> CustomFieldPage;

    /// Fetches one custom field.
    "getCustomField" GetCustomField: Get "/space/custom_field/{id}", idempotent;
    fn get_custom_field "getCustomField"(path id "id": u64 as ID) -> CustomField;

    /// Fetches one page of the notes that conversations are closed with.
    "listClosingNotes" ListClosingNotes: Get "/space/closing_notes", idempotent;
    fn list_closing_notes "listClosingNotes"(query query "query": PageQuery) -> ClosingNotePage;

    /// Fetches one page of the workspace's channels.
    "listChannels" ListChannels: Get "/space/channel", idempotent;
    fn list_channels "listChannels"(query query "query": PageQuery) -> ChannelPage;

    /// Fetches one page of the WhatsApp templates of a channel.
    "listTemplates" ListTemplates: Get "/space/channel/{channelId}/template", idempotent;
    fn list_templates "listTemplates"(
        path channel_id "channelId": u64 as ID,
        query query "query": PageQuery,
    ) -> TemplatePage;

    /// Creates a workspace tag.
    "createTag" CreateTag: Post "/space/tag", not_idempotent "creating it again is refused if it is there";
    fn create_tag "createTag"(body tag "tag": SpaceTagCreate) -> SpaceTag;

    /// Changes the workspace tag that has this name.
    "updateTag" UpdateTag: Put "/space/tag", not_idempotent "updating it again is refused if it has its new name";
    fn update_tag "updateTag"(body tag "tag": SpaceTagUpdate) -> SpaceTag;

    /// Deletes the workspace tag that has this name.
    "deleteTag" DeleteTag: Delete "/space/tag", idempotent;
    fn delete_tag "deleteTag"(body tag "tag": SpaceTagName) -> Acknowledgement;
}
