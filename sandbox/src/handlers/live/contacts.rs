use super::page::{Wanted, page, page_of};
use super::{Context, action, done, filter::filter_of, handlers, key_of, model};
use crate::handlers::contacts::named_by;
use crate::refusal::Refusal;
use crate::workspace::{Attribute, Edit, Key, Profile};
use respond_io_wasm::live::model::{
    Acknowledgement, Channel, ChannelPage, Contact, ContactAction, ContactChanges, ContactPage, FieldValue,
};
use respond_io_wasm::live::operation::*;
use serde_json::{Map, Value};

handlers! {
    GetContact => get,
    CreateContact => create,
    UpdateContact => update,
    DeleteContact => delete,
    CreateOrUpdateContact => create_or_update,
    MergeContacts => merge,
    ListContacts => list,
    AddContactTags => add_tags,
    RemoveContactTags => remove_tags,
    ListContactChannels => list_channels,
    UpdateLifecycle => update_lifecycle,
}

/// How many tags one request names at most, and how many characters each has.
const MAX_TAGS: usize = 10;
const MAX_TAG_LENGTH: usize = 255;

/// The fields of a profile that may be null, by their names on the wire.
const NULLABLE: [(&str, Attribute); 6] = [
    ("lastName", Attribute::LastName),
    ("phone", Attribute::Phone),
    ("email", Attribute::Email),
    ("language", Attribute::Language),
    ("profilePic", Attribute::ProfilePic),
    ("countryCode", Attribute::CountryCode),
];

fn get(request: GetContact, context: &mut Context) -> Result<Contact, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    Ok(model::contact(context.workspace, context.workspace.find(Key::Id(id))?))
}

fn create(request: CreateContact, context: &mut Context) -> Result<Acknowledgement, Refusal> {
    let key = key_of(&request.identifier);
    if let Key::Id(_) = key {
        return Err(Refusal::bad_request("a contact is created by its email or phone, as email:a@b.c"));
    }
    let edit = edit_of("contact", context)?;
    create_as(key, edit, context)?;
    Ok(done("The contact was created"))
}

fn create_or_update(request: CreateOrUpdateContact, context: &mut Context) -> Result<ContactAction, Refusal> {
    let key = key_of(&request.identifier);
    let edit = edit_of("contact", context)?;
    if context.workspace.id_of(key).is_err() {
        return create_as(key, edit, context).map(action);
    }
    let id = context.settled_id(&request.identifier)?;
    Ok(action(context.workspace.update(id, edit)?.id))
}

fn create_as(key: Key, edit: Edit, context: &mut Context) -> Result<u64, Refusal> {
    let profile = named_by(key, edit.profile)?;
    Ok(context.workspace.create(profile, &edit.values, context.now)?.id)
}

fn update(request: UpdateContact, context: &mut Context) -> Result<ContactAction, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    let edit = edit_of("contact", context)?;
    Ok(action(context.workspace.update(id, edit)?.id))
}

fn delete(request: DeleteContact, context: &mut Context) -> Result<ContactAction, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    context.workspace.delete(id)?;
    Ok(action(id))
}

fn merge(request: MergeContacts, context: &mut Context) -> Result<ContactAction, Refusal> {
    let [primary, secondary] = request.contacts.contact_ids[..] else {
        return Err(Refusal::bad_request("contacts.contactIds must hold two numbers"));
    };
    for id in [primary, secondary] {
        context.check_settled(context.workspace.find(Key::Id(id))?.created)?;
    }
    let edit = edit_of("contacts", context)?;
    Ok(action(context.workspace.merge(primary, secondary, edit)?.id))
}

fn list(request: ListContacts, context: &mut Context) -> Result<ContactPage, Refusal> {
    let workspace = &*context.workspace;
    let filter = filter_of(request.filter, workspace)?;
    let wanted = Wanted::of(&request.query);
    let start = wanted.start.unwrap_or(0);
    let fits = |(_, contact): &(_, &_)| workspace.fits(&filter, contact);
    let before = workspace.contacts.range(..start).rev().map(|(id, contact)| (*id, contact)).filter(fits);
    let after = workspace.contacts.range(start..).map(|(id, contact)| (*id, contact)).filter(fits);
    let (contacts, pagination) = page(&wanted, before, after, context);
    let items = contacts.into_iter().map(|contact| model::contact(workspace, contact)).collect();
    Ok(ContactPage { items: Some(items), pagination: Some(pagination), ..ContactPage::default() })
}

fn add_tags(request: AddContactTags, context: &mut Context) -> Result<ContactAction, Refusal> {
    check_tags(&request.tags)?;
    let id = context.settled_id(&request.identifier)?;
    context.workspace.add_tags(id, &request.tags)?;
    Ok(action(id))
}

fn remove_tags(request: RemoveContactTags, context: &mut Context) -> Result<ContactAction, Refusal> {
    check_tags(&request.tags)?;
    let id = context.settled_id(&request.identifier)?;
    context.workspace.remove_tags(id, &request.tags)?;
    Ok(action(id))
}

fn check_tags(tags: &[String]) -> Result<(), Refusal> {
    if !(1..=MAX_TAGS).contains(&tags.len()) || tags.iter().any(|tag| tag.chars().count() > MAX_TAG_LENGTH) {
        let rule = format!("tags must hold 1 to {MAX_TAGS} names of at most {MAX_TAG_LENGTH} characters");
        return Err(Refusal::bad_request(rule));
    }
    Ok(())
}

fn list_channels(request: ListContactChannels, context: &mut Context) -> Result<ChannelPage, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    let contact = context.workspace.find(Key::Id(id))?;
    let mut reaches: Vec<_> = contact.channels.iter().map(|reach| (reach.channel, reach)).collect();
    reaches.sort_by_key(|(channel, _)| *channel);
    let (reaches, pagination) = page_of(reaches, &request.query, context);
    let channel = |reach| model::contact_channel(context.workspace, contact, reach);
    let items: Vec<Channel> = reaches.into_iter().filter_map(channel).collect();
    Ok(ChannelPage { items: Some(items), pagination: Some(pagination), ..ChannelPage::default() })
}

fn update_lifecycle(request: UpdateLifecycle, context: &mut Context) -> Result<Acknowledgement, Refusal> {
    let id = context.settled_id(&request.identifier)?;
    context.workspace.set_stage(id, request.lifecycle.name.0)?;
    Ok(done("The lifecycle was updated"))
}

/// The edit that an argument asks for. Every argument with fields of a contact has those of the model here; which of them
/// are null it does not tell from those that are left out, so that is read by itself.
fn edit_of(argument: &str, context: &Context) -> Result<Edit, Refusal> {
    let wrong = |error: serde_json::Error| Refusal::bad_request(error.to_string());
    let mut arguments: Map<String, Value> = serde_json::from_slice(context.arguments).map_err(wrong)?;
    let fields = arguments.remove(argument).unwrap_or_default();
    let is_null = |name: &str| fields.get(name) == Some(&Value::Null);
    let emptied = NULLABLE.into_iter().filter(|(name, _)| is_null(name)).map(|(_, attribute)| attribute).collect();
    let fields: ContactChanges = serde_json::from_value(fields).map_err(wrong)?;
    let profile = Profile {
        first_name: fields.first_name,
        last_name: fields.last_name,
        email: fields.email,
        phone: fields.phone,
        language: fields.language,
        profile_pic: fields.profile_pic,
        country_code: fields.country_code,
    };
    let (set, unset): (Vec<_>, Vec<_>) =
        fields.custom_fields.unwrap_or_default().into_iter().partition(|field| field.value.is_some());
    let values = set.into_iter().filter_map(|field| Some((field.name?, text_of(field.value?)))).collect();
    let emptied_values = unset.into_iter().filter_map(|field| field.name).collect();
    Ok(Edit { profile, emptied, values, emptied_values })
}

fn text_of(value: FieldValue) -> String {
    match value {
        FieldValue::Text(text) => text,
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Boolean(is_set) => is_set.to_string(),
    }
}
