//! A Leptos resource awaits the client's calls and streams: it demands that its future is Send and that its value is
//! Send, Sync and serde.

use futures_util::TryStreamExt;
use leptos::prelude::*;
use respond_io_wasm::Client;
use respond_io_wasm::model::{Contact, ContactListQuery};

/// Shows a contact's name and how many contacts there are.
#[component]
pub fn Overview(client: Client, identifier: ReadSignal<String>) -> impl IntoView {
    let contacts = client.contacts();
    let contact = Resource::new(
        move || identifier.get(),
        move |identifier| {
            let call = contacts.get(identifier);
            async move { call.await.map_err(|error| error.to_string()) }
        },
    );
    let all = client.contacts();
    let count = Resource::new(
        || (),
        move |()| {
            let contacts = all.stream(ContactListQuery::default());
            async move { contacts.try_collect::<Vec<Contact>>().await.map_or(0, |contacts| contacts.len()) }
        },
    );
    view! {
        <p>{move || contact.get().map(|contact| contact.map(|contact| contact.first_name))}</p>
        <p>{move || count.get()}</p>
    }
}
