use super::{Context, handlers, nulls, seconds};
use crate::refusal::Refusal;
use crate::workspace::Party;
use respond_io_wasm::model::{Conversation, ConversationStatus};
use respond_io_wasm::operation::{AssignConversation, UpdateConversationStatus};

handlers! {
    UpdateConversationStatus => update_status,
    AssignConversation => assign,
}

/// Closing notes are not modelled: any positive number is taken for one.
fn update_status(request: UpdateConversationStatus, context: &mut Context) -> Result<Conversation, Refusal> {
    let id = context.id_of(&request.identifier)?;
    let status = request.conversation.status;
    let contact = context.workspace.set_open(id, status == ConversationStatus::Open, Party::User, context.now)?;
    let times = contact.conversation.clone().unwrap_or_default();
    Ok(Conversation {
        contact_id: Some(id),
        status: Some(status),
        assignee: contact.assignee.clone(),
        opened: times.opened.map(seconds),
        closed: times.closed.map(seconds),
        extra: nulls(&[("assignee", contact.assignee.is_none()), ("closed", times.closed.is_none())]),
    })
}

/// Users are not modelled: any email is taken for one.
fn assign(request: AssignConversation, context: &mut Context) -> Result<(), Refusal> {
    let id = context.id_of(&request.identifier)?;
    Ok(context.workspace.assign(id, request.assignment.assignee.0)?)
}
