use super::page::page_of;
use super::{Context, done, handlers, model};
use crate::refusal::Refusal;
use crate::workspace::{FieldKind, Problem, TagDetails};
use respond_io_wasm::live::model::*;
use respond_io_wasm::live::operation::*;

handlers! {
    ListUsers => list_users,
    GetUser => get_user,
    CreateCustomField => create_custom_field,
    ListCustomFields => list_custom_fields,
    GetCustomField => get_custom_field,
    ListClosingNotes => list_closing_notes,
    ListChannels => list_channels,
    ListTemplates => list_templates,
    CreateTag => create_tag,
    UpdateTag => update_tag,
    DeleteTag => delete_tag,
}

fn list_users(request: ListUsers, context: &mut Context) -> Result<UserPage, Refusal> {
    let users = context.workspace.users.values().map(|user| (user.id, model::space_user(user))).collect();
    let (items, pagination) = page_of(users, &request.query, context);
    Ok(UserPage { items: Some(items), pagination: Some(pagination), ..UserPage::default() })
}

fn get_user(request: GetUser, context: &mut Context) -> Result<SpaceUser, Refusal> {
    Ok(model::space_user(context.workspace.user(request.id)?))
}

/// The slug is taken and nowhere told.
fn create_custom_field(request: CreateCustomField, context: &mut Context) -> Result<CustomField, Refusal> {
    let CustomFieldCreate { name, description, data_type, allowed_values, .. } = request.field;
    let found = model::DATA_TYPES.into_iter().find(|(_, declared)| *declared == data_type);
    let (kind, _) = found.ok_or_else(|| Refusal::bad_request("field.dataType is not known"))?;
    if (kind == FieldKind::List) == allowed_values.as_ref().is_none_or(Vec::is_empty) {
        return Err(Refusal::bad_request("field.allowedValues goes with dataType list, and with no other"));
    }
    let field = context.workspace.create_field(&name, kind, allowed_values.unwrap_or_default())?;
    field.description = description;
    Ok(model::custom_field(field))
}

fn list_custom_fields(request: ListCustomFields, context: &mut Context) -> Result<CustomFieldPage, Refusal> {
    let fields = context.workspace.fields().map(|field| (field.id, model::custom_field(field))).collect();
    let (items, pagination) = page_of(fields, &request.query, context);
    Ok(CustomFieldPage { items: Some(items), pagination: Some(pagination), ..CustomFieldPage::default() })
}

fn get_custom_field(request: GetCustomField, context: &mut Context) -> Result<CustomField, Refusal> {
    Ok(model::custom_field(context.workspace.field(request.id)?))
}

/// Closing notes have no numbers; the cursor is their place in the list.
fn list_closing_notes(request: ListClosingNotes, context: &mut Context) -> Result<ClosingNotePage, Refusal> {
    let notes = (1..).zip(context.workspace.closing_notes.iter().map(model::closing_note)).collect();
    let (items, pagination) = page_of(notes, &request.query, context);
    Ok(ClosingNotePage { items: Some(items), pagination: Some(pagination), ..ClosingNotePage::default() })
}

fn list_channels(request: ListChannels, context: &mut Context) -> Result<ChannelPage, Refusal> {
    let channels = context.workspace.channels.values().map(|channel| (channel.id, model::space_channel(channel)));
    let (items, pagination) = page_of(channels.collect(), &request.query, context);
    Ok(ChannelPage { items: Some(items), pagination: Some(pagination), ..ChannelPage::default() })
}

fn list_templates(request: ListTemplates, context: &mut Context) -> Result<TemplatePage, Refusal> {
    let channel = context.workspace.channel(request.channel_id).ok_or(Problem::NoChannel)?.id;
    let templates = context.workspace.templates.values().filter(|template| template.channel == channel);
    let templates = templates.map(|template| (template.id, model::template(template))).collect();
    let (items, pagination) = page_of(templates, &request.query, context);
    Ok(TemplatePage { items: Some(items), pagination: Some(pagination), ..TemplatePage::default() })
}

fn create_tag(request: CreateTag, context: &mut Context) -> Result<SpaceTag, Refusal> {
    let SpaceTagCreate { name, description, color_code, emoji, .. } = request.tag;
    let id = context.workspace.create_tag(&name)?.id;
    let details = TagDetails { description, emoji, color: color_code };
    Ok(model::space_tag(context.workspace.describe_tag(id, details)?))
}

fn update_tag(request: UpdateTag, context: &mut Context) -> Result<SpaceTag, Refusal> {
    let SpaceTagUpdate { current_name, name, description, color_code, emoji, .. } = request.tag;
    let id = context.workspace.tag_id(&current_name)?;
    if let Some(name) = name {
        context.workspace.rename_tag(id, &name)?;
    }
    let details = TagDetails { description, emoji, color: color_code };
    Ok(model::space_tag(context.workspace.describe_tag(id, details)?))
}

fn delete_tag(request: DeleteTag, context: &mut Context) -> Result<Acknowledgement, Refusal> {
    let id = context.workspace.tag_id(&request.tag.name)?;
    context.workspace.delete_tag(id)?;
    Ok(done("The tag was deleted"))
}
