//! An axum handler on Cloudflare Workers takes the client as its state and awaits its calls: axum demands that the
//! state is Send and Sync and that the handler's future is Send.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use respond_io_wasm::model::{Contact, MessageContent, MessageResult};
use respond_io_wasm::{Client, Error};
use tower_service::Service;
use worker::{Context, Env, HttpRequest, event};

#[event(fetch)]
async fn fetch(request: HttpRequest, env: Env, _: Context) -> worker::Result<Response> {
    let token = env.secret("RESPOND_IO_TOKEN")?.to_string();
    let client = Client::builder().api_token(token).build().map_err(|error| error.to_string())?;
    let mut router = Router::new().route("/contact/{identifier}", get(contact).post(greet)).with_state(client);
    Ok(router.call(request).await?)
}

async fn contact(
    State(client): State<Client>,
    Path(identifier): Path<String>,
) -> Result<Json<Contact>, (StatusCode, String)> {
    client.contacts().get(identifier).await.map(Json).map_err(refusal)
}

async fn greet(
    State(client): State<Client>,
    Path(identifier): Path<String>,
) -> Result<Json<MessageResult>, (StatusCode, String)> {
    let response = client.messaging().send(identifier, MessageContent::text("Hello!")).with_response().await;
    response.map(|response| Json(response.data)).map_err(refusal)
}

fn refusal(error: Error) -> (StatusCode, String) {
    (StatusCode::BAD_GATEWAY, error.to_string())
}
