use super::{Context, handlers};
use crate::refusal::Refusal;
use respond_io_wasm::operation::CreateComment;

handlers! {
    CreateComment => create,
}

fn create(request: CreateComment, context: &mut Context) -> Result<(), Refusal> {
    let id = context.id_of(&request.identifier)?;
    Ok(context.workspace.comment(id, request.comment.text, context.now)?)
}
