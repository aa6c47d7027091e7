use super::{Context, handlers};
use crate::handlers::seconds;
use crate::refusal::Refusal;
use respond_io_wasm::live::model::CommentResult;
use respond_io_wasm::live::operation::CreateComment;

handlers! {
    CreateComment => create,
}

/// How many characters a comment has at most.
const MAX_LENGTH: usize = 1000;

fn create(request: CreateComment, context: &mut Context) -> Result<CommentResult, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    let text = request.comment.text;
    if text.chars().count() > MAX_LENGTH {
        return Err(Refusal::bad_request(format!("comment.text must have at most {MAX_LENGTH} characters")));
    }
    for user in mentioned(&text) {
        context.workspace.user(user)?;
    }
    context.workspace.comment(id, text.clone(), context.now)?;
    let created_at = Some(seconds(context.now));
    Ok(CommentResult { contact_id: Some(id), text: Some(text), created_at, ..CommentResult::default() })
}

/// The numbers of the users that a comment mentions, each as `{{@user.1}}`.
fn mentioned(text: &str) -> impl Iterator<Item = u64> {
    let mentions = text.split("{{@user.").skip(1);
    mentions.filter_map(|rest| rest.split_once("}}")?.0.parse().ok())
}
