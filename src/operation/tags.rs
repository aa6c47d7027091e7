use super::operations;
use crate::model::Tag;

operations! {
    Tags "tags";

    /// Creates a workspace tag.
    "createTag" CreateTag: Post "/tag", not_idempotent "creating it again is refused with a 409 if it is there";
    fn create "create"(body tag "tag": Tag) -> Tag;

    /// Changes a workspace tag.
    "updateTag" UpdateTag: Put "/tag/{tagId}", idempotent;
    fn update "update"(path tag_id "tagId": u64 as ID, body tag "tag": Tag) -> ();

    /// Deletes a workspace tag.
    "deleteTag" DeleteTag: Delete "/tag/{tagId}", deletes;
    fn delete "delete"(path tag_id "tagId": u64 as ID) -> ();
}
