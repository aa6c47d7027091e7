//! A Cloudflare Worker: it looks contacts up, and answers messages that a webhook tells of.

use futures_util::TryStreamExt;
use respond_io_wasm::engine::Outcome;
use respond_io_wasm::model::MessageContent;
use respond_io_wasm::webhook::{Event, ReplayGuard, Verifier};
use respond_io_wasm::{Client, Error};
use serde_json::json;
use std::cell::RefCell;
use subtle::ConstantTimeEq;
use worker::{Context, Date, Env, Request, Response, Result, RouteContext, Router, event};

/// How long a delivery may be.
const MAX_BODY_BYTES: usize = 1 << 20;

const REPLY: &str = "Thank you! We will be with you soon.";

thread_local! {
    /// The events that were there. They are this isolate's; a Durable Object would remember them for all isolates.
    static SEEN: RefCell<ReplayGuard> = RefCell::default();
}

#[event(fetch)]
async fn fetch(request: Request, env: Env, _: Context) -> Result<Response> {
    Router::new().get_async("/contacts/:identifier", look_up).post_async("/webhook", webhook).run(request, env).await
}

/// Gives a little of a contact to those who have the key.
async fn look_up(request: Request, context: RouteContext<()>) -> Result<Response> {
    let key = format!("Bearer {}", context.secret("LOOKUP_KEY")?);
    let given = request.headers().get("authorization")?.unwrap_or_default();
    if !bool::from(given.as_bytes().ct_eq(key.as_bytes())) {
        return Response::error("the key is missing or wrong", 401);
    }
    let identifier = context.param("identifier").map(String::as_str).unwrap_or_default();
    match client(&context.env)?.contacts().get(identifier).await {
        Ok(contact) => {
            Response::from_json(&json!({ "id": contact.id, "firstName": contact.first_name, "tags": contact.tags }))
        }
        Err(error) => refusal(&error),
    }
}

/// Takes a delivery of the webhook, and answers the message that it tells of.
async fn webhook(mut request: Request, context: RouteContext<()>) -> Result<Response> {
    let Some(body) = body(&mut request).await? else { return Response::error("the body is too long", 413) };
    let signature = request.headers().get("x-webhook-signature")?;
    let event = match verifier(&context.env)?.verify(&body, signature.as_deref()) {
        Ok(event) => event,
        Err(error) => return Response::error(error.to_string(), error.status()),
    };
    let id = event.replay_id(signature.as_deref().unwrap_or_default());
    if id.is_some_and(|id| !SEEN.with_borrow_mut(|seen| seen.claim(id, Date::now().as_millis()))) {
        return Response::ok("it was here before");
    }
    let Err(error) = answer(&event, &client(&context.env)?).await else { return Response::ok("ok") };
    // What may have been sent is not sent again, though a delivery that is refused comes again.
    if error.details().outcome < Outcome::Unknown {
        id.inspect(|id| SEEN.with_borrow_mut(|seen| seen.release(id)));
    }
    refusal(&error)
}

/// Reads a body; nothing where it is too long, since whoever finds the address can send to it.
async fn body(request: &mut Request) -> Result<Option<Vec<u8>>> {
    let Ok(mut stream) = request.stream() else { return Ok(Some(Vec::new())) };
    let mut body = Vec::new();
    while let Some(chunk) = stream.try_next().await? {
        body.extend(chunk);
        if body.len() > MAX_BODY_BYTES {
            return Ok(None);
        }
    }
    Ok(Some(body))
}

/// Replies where the contact has written; other events, the echo of this reply among them, need nothing.
async fn answer(event: &Event, client: &Client) -> Result<(), Error> {
    let Event::MessageReceived(received) = event else { return Ok(()) };
    let Some(id) = received.contact.as_ref().and_then(|contact| contact.id) else { return Ok(()) };
    client.messaging().send(id, MessageContent::text(REPLY)).await?;
    Ok(())
}

fn verifier(env: &Env) -> Result<Verifier> {
    Verifier::new([env.secret("WEBHOOK_KEY")?.to_string()]).map_err(|error| error.to_string().into())
}

/// Makes a client for a request; all of this isolate share the count of requests.
fn client(env: &Env) -> Result<Client> {
    let mut builder = Client::builder().api_token(env.secret("RESPOND_IO_TOKEN")?.to_string());
    if let Ok(url) = env.var("RESPOND_IO_BASE_URL") {
        builder = builder.base_url(url.to_string());
    }
    builder.build().map_err(|error| error.to_string().into())
}

/// What the caller is told of a call that failed.
fn refusal(error: &Error) -> Result<Response> {
    let status = match error {
        Error::NotFound(_) => 404,
        Error::Validation(_) => 400,
        Error::RateLimit(_) => 503,
        _ => 502,
    };
    Response::error(error.to_string(), status)
}
