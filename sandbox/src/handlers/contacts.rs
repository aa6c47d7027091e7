use super::{Context, handlers, key_of, nulls, seconds};
use crate::refusal::Refusal;
use crate::workspace::{self, Edit, Key, Problem, Profile, Workspace};
use respond_io_wasm::model::{Channel, Contact, ContactCreate, ContactPage, CustomFieldValue, Pagination};
use respond_io_wasm::operation::*;
use serde_json::{Map, Value};

handlers! {
    CreateContact => create,
    CreateOrUpdateContact => create_or_update,
    ListContacts => list,
    GetContact => get,
    UpdateContact => update,
    DeleteContact => delete,
    MergeContacts => merge,
    AddContactTags => add_tags,
    RemoveContactTags => remove_tags,
    ListContactChannels => list_channels,
}

/// The page size where the request names none.
const DEFAULT_LIMIT: u64 = 10;

fn create(request: CreateContact, context: &mut Context) -> Result<Contact, Refusal> {
    let (profile, values) = parts_of(request.contact);
    create_as(profile, &values, context)
}

fn create_as(profile: Profile, values: &[(String, String)], context: &mut Context) -> Result<Contact, Refusal> {
    let id = context.workspace.create(profile, values, context.now)?.id;
    answer(id, context)
}

fn create_or_update(request: CreateOrUpdateContact, context: &mut Context) -> Result<Contact, Refusal> {
    let key = key_of(&request.identifier);
    let (profile, values) = parts_of(request.contact);
    match context.workspace.id_of(key) {
        Ok(id) => change(id, profile, &values, context),
        Err(_) => create_as(named_by(key, profile)?, &values, context),
    }
}

/// The profile of a new contact that an identifier names; the profile may repeat the name, but not contradict it.
pub fn named_by(key: Key, profile: Profile) -> Result<Profile, Refusal> {
    let name = match key {
        Key::Id(_) => return Err(Problem::NoContact.into()),
        Key::Email(email) => Profile { email: Some(email.into()), ..Profile::default() },
        Key::Phone(phone) => Profile { phone: Some(phone.into()), ..Profile::default() },
    };
    let contradicts = match key {
        Key::Email(email) => {
            profile.email.as_ref().is_some_and(|own| workspace::email_key(own) != workspace::email_key(email))
        }
        Key::Phone(phone) => {
            profile.phone.as_ref().is_some_and(|own| workspace::phone_key(own) != workspace::phone_key(phone))
        }
        Key::Id(_) => false,
    };
    if contradicts {
        return Err(Refusal::bad_request("the new contact's email or phone must be the one of the identifier"));
    }
    Ok(profile.or(name))
}

fn list(request: ListContacts, context: &mut Context) -> Result<ContactPage, Refusal> {
    let start = u64::try_from(request.query.cursor_id.unwrap_or(0)).unwrap_or(0);
    let limit = request.query.limit.unwrap_or(DEFAULT_LIMIT);
    let (contacts, next) = context.workspace.page(start, limit as usize);
    let pagination = Pagination {
        cursor_id: next.map(|id| id as i64),
        has_more: Some(next.is_some()),
        extra: nulls(&[("cursorId", next.is_none())]),
    };
    Ok(ContactPage {
        items: Some(contacts.into_iter().map(|contact| contact_model(context.workspace, contact)).collect()),
        pagination: Some(pagination),
        extra: Map::new(),
    })
}

fn get(request: GetContact, context: &mut Context) -> Result<Contact, Refusal> {
    answer(context.id_of(&request.identifier)?, context)
}

fn update(request: UpdateContact, context: &mut Context) -> Result<Contact, Refusal> {
    let id = context.id_of(&request.identifier)?;
    let (profile, values) = parts_of(request.contact);
    change(id, profile, &values, context)
}

fn change(id: u64, profile: Profile, values: &[(String, String)], context: &mut Context) -> Result<Contact, Refusal> {
    context.workspace.update(id, Edit { profile, values: values.to_vec(), ..Edit::default() })?;
    answer(id, context)
}

fn delete(request: DeleteContact, context: &mut Context) -> Result<(), Refusal> {
    let id = context.id_of(&request.identifier)?;
    Ok(context.workspace.delete(id)?)
}

fn merge(request: MergeContacts, context: &mut Context) -> Result<Contact, Refusal> {
    let contacts = request.contacts;
    let id = context.workspace.merge(contacts.primary_contact_id, contacts.secondary_contact_id, Edit::default())?.id;
    answer(id, context)
}

fn add_tags(request: AddContactTags, context: &mut Context) -> Result<(), Refusal> {
    let id = context.id_of(&request.identifier)?;
    Ok(context.workspace.add_tags(id, &request.tags)?)
}

fn remove_tags(request: RemoveContactTags, context: &mut Context) -> Result<(), Refusal> {
    let id = context.id_of(&request.identifier)?;
    Ok(context.workspace.remove_tags(id, &request.tags)?)
}

fn list_channels(request: ListContactChannels, context: &mut Context) -> Result<Vec<Channel>, Refusal> {
    let workspace = &context.workspace;
    let contact = workspace.find(key_of(&request.identifier))?;
    let mut ids: Vec<u64> = contact.channels.iter().map(|reach| reach.channel).collect();
    ids.sort_unstable();
    let channels = ids.into_iter().filter_map(|id| workspace.channel(id));
    Ok(channels.map(|channel| channel_model(channel, contact)).collect())
}

fn answer(id: u64, context: &Context) -> Result<Contact, Refusal> {
    Ok(contact_model(context.workspace, context.workspace.find(Key::Id(id))?))
}

fn parts_of(contact: ContactCreate) -> (Profile, Vec<(String, String)>) {
    let profile = Profile {
        first_name: contact.first_name,
        last_name: contact.last_name,
        email: contact.email,
        phone: contact.phone,
        language: contact.language,
        profile_pic: contact.profile_pic,
        country_code: contact.country_code,
    };
    let values = contact.custom_fields.unwrap_or_default().into_iter();
    (profile, values.filter_map(|field| Some((field.name?, field.value?))).collect())
}

fn contact_model(workspace: &Workspace, contact: &workspace::Contact) -> Contact {
    let Profile { first_name, last_name, email, phone, language, profile_pic, country_code } = contact.profile.clone();
    let value = |value: &workspace::FieldValue| {
        Some(CustomFieldValue::new(&workspace.fields.get(&value.field)?.name, &value.value))
    };
    Contact {
        id: Some(contact.id),
        first_name,
        last_name,
        email,
        phone,
        language,
        profile_pic,
        country_code,
        status: contact.stage.clone(),
        assignee: contact.assignee.clone(),
        created: Some(seconds(contact.created)),
        tags: Some(contact.tags.iter().filter_map(|id| Some(workspace.tags.get(id)?.name.clone())).collect()),
        custom_fields: Some(contact.values.iter().filter_map(value).collect()),
        extra: nulls(&[("assignee", contact.assignee.is_none())]),
    }
}

/// A channel as the contact is reached over it: `meta` holds the address there.
fn channel_model(channel: &workspace::Channel, contact: &workspace::Contact) -> Channel {
    let address = match channel.source.as_str() {
        "email" => contact.profile.email.clone(),
        _ => contact.profile.phone.clone(),
    };
    let meta = address.map(|address| Map::from_iter([("address".to_string(), Value::from(address))]));
    Channel {
        id: Some(channel.id),
        name: Some(channel.name.clone()),
        source: Some(channel.source.clone()),
        meta: Some(meta.unwrap_or_default()),
        extra: Map::new(),
    }
}
