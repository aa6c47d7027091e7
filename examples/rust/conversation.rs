//! Answers a message and watches the answer arrive, against a sandbox in this very process: no account, no network.

use futures_util::TryStreamExt;
use respond_io_sandbox::{FaultKind, FaultRule, Options, Sandbox};
use respond_io_wasm::Client;
use respond_io_wasm::model::{ContactCreate, ContactListQuery, MessageContent};
use std::error::Error;

const AIDA: &str = "email:aida@example.com";

/// Runs it all, and gives what there is to tell line by line: wasm has no standard output.
pub async fn hold(mut tell: impl FnMut(String)) -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::new(Options::default())?;
    let client = Client::builder().api_token("sandbox").transport(sandbox.clone()).build()?;
    converse(&client, &sandbox, &mut tell).await?;
    tell(survive_a_fault(&client, &sandbox).await?);
    tell(count(&client, &sandbox).await?);
    Ok(())
}

async fn converse(client: &Client, sandbox: &Sandbox, tell: &mut impl FnMut(String)) -> Result<(), Box<dyn Error>> {
    let fields = ContactCreate { first_name: Some("Aida".into()), ..ContactCreate::default() };
    client.contacts().create_or_update(AIDA, fields).await?;
    sandbox.service().receive(&AIDA.into(), MessageContent::text("Is my order there?"), None, 0)?;

    let sent = client.messaging().send(AIDA, MessageContent::text("It is.")).await?;
    let id = sent.message_id.ok_or("the message has no number")?;
    for ms in [0, 500, 5_000] {
        sandbox.service().advance(ms, 0)?;
        let message = client.messaging().get(AIDA, id).await?;
        tell(format!("after {ms} ms more: {}", message.status.unwrap_or_default()));
    }
    Ok(())
}

/// The service fails once. The client waits and asks again; the wait moves the sandbox's clock and takes no time.
async fn survive_a_fault(client: &Client, sandbox: &Sandbox) -> Result<String, Box<dyn Error>> {
    let unavailable = FaultKind::Status { status: 503, retry_after: Some(30), message: None };
    sandbox.service().add_fault(FaultRule { count: Some(1), ..FaultRule::new(unavailable) })?;
    let response = client.contacts().get(AIDA).with_response().await?;
    Ok(format!("{} after {} tries", response.data.first_name.unwrap_or_default(), response.attempts))
}

async fn count(client: &Client, sandbox: &Sandbox) -> Result<String, Box<dyn Error>> {
    sandbox.service().seed(250, 1, 0)?;
    let contacts: Vec<_> = client.contacts().stream(ContactListQuery::default()).try_collect().await?;
    Ok(format!("{} contacts", contacts.len()))
}
