use super::operations;
use crate::live::model::{Comment, CommentResult};
use crate::model::Identifier;

operations! {
    live Comments "comments";

    /// Writes an internal comment, not shown to the contact.
    "createComment" CreateComment: Post "/contact/{identifier}/comment", not_idempotent "look at the contact's conversation before writing it again";
    fn create "create"(
        path identifier "identifier": Identifier,
        body comment "comment": Comment,
    ) -> CommentResult;
}
