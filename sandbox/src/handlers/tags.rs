use super::{Context, handlers};
use crate::refusal::Refusal;
use respond_io_wasm::model::Tag;
use respond_io_wasm::operation::{CreateTag, DeleteTag, UpdateTag};

handlers! {
    CreateTag => create,
    UpdateTag => update,
    DeleteTag => delete,
}

/// The number is the service's to give; one that is sent is passed over.
fn create(request: CreateTag, context: &mut Context) -> Result<Tag, Refusal> {
    let tag = context.workspace.create_tag(&request.tag.name)?;
    Ok(Tag { id: Some(tag.id), ..Tag::new(&tag.name) })
}

fn update(request: UpdateTag, context: &mut Context) -> Result<(), Refusal> {
    Ok(context.workspace.rename_tag(request.tag_id, &request.tag.name)?)
}

fn delete(request: DeleteTag, context: &mut Context) -> Result<(), Refusal> {
    Ok(context.workspace.delete_tag(request.tag_id)?)
}
