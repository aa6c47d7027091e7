use super::operations;
use crate::live::model::{
    Acknowledgement, ChannelPage, Contact, ContactAction, ContactChanges, ContactFields, ContactFilter, ContactMerge,
    ContactPage, Lifecycle, PageQuery,
};
use crate::model::Identifier;
use alloc::string::String;
use alloc::vec::Vec;

operations! {
    live Contacts "contacts";

    /// Fetches one contact.
    "getContact" GetContact: Get "/contact/{identifier}", idempotent;
    fn get "get"(path identifier "identifier": Identifier) -> Contact;

    /// Creates the contact that the identifier names, by email or phone.
    "createContact" CreateContact: Post "/contact/{identifier}", not_idempotent "get the contact before creating it again";
    fn create "create"(
        path identifier "identifier": Identifier,
        body contact "contact": ContactFields,
    ) -> Acknowledgement;

    /// Changes fields of a contact; those left out stay as they are.
    "updateContact" UpdateContact: Put "/contact/{identifier}", idempotent;
    fn update "update"(
        path identifier "identifier": Identifier,
        body contact "contact": ContactChanges,
    ) -> ContactAction;

    /// Deletes a contact for good.
    "deleteContact" DeleteContact: Delete "/contact/{identifier}", idempotent;
    fn delete "delete"(path identifier "identifier": Identifier) -> ContactAction;

    /// Creates the contact that the identifier names, or updates it where it exists.
    "createOrUpdateContact" CreateOrUpdateContact: Post "/contact/create_or_update/{identifier}", idempotent;
    fn create_or_update "createOrUpdate"(
        path identifier "identifier": Identifier,
        body contact "contact": ContactFields,
    ) -> ContactAction;

    /// Merges the second contact into the first, with its conversations, tags and fields.
    "mergeContacts" MergeContacts: Post "/contact/merge", not_idempotent "get the second contact: once merged it is gone";
    fn merge "merge"(body contacts "contacts": ContactMerge) -> ContactAction;

    /// Fetches one page of the contacts that a filter lets through.
    "listContacts" ListContacts: Post "/contact/list", idempotent;
    fn list "list"(body filter "filter": ContactFilter, query query "query": PageQuery) -> ContactPage;

    /// Puts tags on a contact: 1 to 10 of them, each of at most 255 characters.
    "addContactTags" AddContactTags: Post "/contact/{identifier}/tag", idempotent;
    fn add_tags "addTags"(
        path identifier "identifier": Identifier,
        body tags "tags": Vec<String> as NAMES,
    ) -> ContactAction;

    /// Takes tags off a contact: 1 to 10 of them.
    "removeContactTags" RemoveContactTags: Delete "/contact/{identifier}/tag", idempotent;
    fn delete_tags "deleteTags"(
        path identifier "identifier": Identifier,
        body tags "tags": Vec<String> as NAMES,
    ) -> ContactAction;

    /// Fetches one page of the channels that reach a contact.
    "listContactChannels" ListContactChannels: Get "/contact/{identifier}/channels", idempotent;
    fn list_channels "listChannels"(
        path identifier "identifier": Identifier,
        query query "query": PageQuery,
    ) -> ChannelPage;

    /// Moves a contact to another lifecycle stage, or to none with null.
    "updateLifecycle" UpdateLifecycle: Post "/contact/{identifier}/lifecycle/update", idempotent;
    fn update_lifecycle "updateLifecycle"(
        path identifier "identifier": Identifier,
        body lifecycle "lifecycle": Lifecycle,
    ) -> Acknowledgement;
}
