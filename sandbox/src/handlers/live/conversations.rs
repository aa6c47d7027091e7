use super::{Context, action, handlers};
use crate::refusal::Refusal;
use crate::workspace::{Closing, Party};
use respond_io_wasm::live::model::{Assignee, ContactAction, ContactStatus};
use respond_io_wasm::live::operation::{AssignConversation, UpdateConversationStatus};

handlers! {
    AssignConversation => assign,
    UpdateConversationStatus => update_status,
}

fn assign(request: AssignConversation, context: &mut Context) -> Result<ContactAction, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    let workspace = &context.workspace;
    let user = match request.assignment.assignee.0 {
        Some(Assignee::Id(user)) => Some(workspace.user(user)?),
        Some(Assignee::Email(email)) => Some(workspace.user_named(&email)?),
        None => None,
    };
    let user = user.map(|user| format!("email:{}", user.email));
    context.workspace.assign(id, user)?;
    Ok(action(id))
}

fn update_status(request: UpdateConversationStatus, context: &mut Context) -> Result<ContactAction, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    let update = request.conversation;
    let closing = Closing { category: update.category, summary: update.summary };
    if update.status == ContactStatus::Close {
        context.workspace.close(id, closing, Party::User, context.now)?;
        return Ok(action(id));
    }
    if closing != Closing::default() {
        return Err(Refusal::bad_request("category and summary go with the status close only"));
    }
    context.workspace.set_open(id, true, Party::User, context.now)?;
    Ok(action(id))
}
