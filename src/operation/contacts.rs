use super::operations;
use crate::model::{Channel, Contact, ContactCreate, ContactListQuery, ContactMerge, ContactPage, Identifier};
use alloc::string::String;
use alloc::vec::Vec;

operations! {
    Contacts "contacts";

    /// Creates a contact.
    "createContact" CreateContact: Post "/contact", not_idempotent "get the contact by its email or phone before creating it again";
    fn create "create"(body contact "contact": ContactCreate) -> Contact;

    /// Creates the contact that the identifier names, or updates it where it exists.
    "createOrUpdateContact" CreateOrUpdateContact: Post "/contact/create_or_update/{identifier}", idempotent;
    fn create_or_update "createOrUpdate"(
        path identifier "identifier": Identifier,
        body contact "contact": ContactCreate,
    ) -> Contact;

    /// Fetches one page of the workspace's contacts.
    "listContacts" ListContacts: Get "/contact/list", idempotent;
    fn list "list"(query query "query": ContactListQuery) -> ContactPage;

    /// Fetches one contact.
    "getContact" GetContact: Get "/contact/{identifier}", idempotent;
    fn get "get"(path identifier "identifier": Identifier) -> Contact;

    /// Changes fields of a contact; those left out stay as they are.
    "updateContact" UpdateContact: Put "/contact/{identifier}", idempotent;
    fn update "update"(
        path identifier "identifier": Identifier,
        body contact "contact": ContactCreate,
    ) -> Contact;

    /// Deletes a contact for good.
    "deleteContact" DeleteContact: Delete "/contact/{identifier}", deletes;
    fn delete "delete"(path identifier "identifier": Identifier) -> ();

    /// Merges the secondary contact into the primary, with its conversations, tags and fields.
    "mergeContacts" MergeContacts: Post "/contact/merge", not_idempotent "get the secondary contact: once merged it is gone";
    fn merge "merge"(body contacts "contacts": ContactMerge) -> Contact;

    /// Puts tags on a contact. It adds to those that are there, so that doing it twice is the same as once.
    "addContactTags" AddContactTags: Post "/contact/{identifier}/tag", idempotent;
    fn add_tags "addTags"(
        path identifier "identifier": Identifier,
        body tags "tags": Vec<String> as NAMES,
    ) -> ();

    /// Takes tags off a contact.
    "removeContactTags" RemoveContactTags: Delete "/contact/{identifier}/tag", idempotent;
    fn delete_tags "deleteTags"(
        path identifier "identifier": Identifier,
        body tags "tags": Vec<String> as NAMES,
    ) -> ();

    /// Lists the channels that reach a contact.
    "listContactChannels" ListContactChannels: Get "/contact/{identifier}/channel", idempotent;
    fn list_channels "listChannels"(path identifier "identifier": Identifier) -> Vec<Channel>;
}
