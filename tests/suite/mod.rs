//! Every operation through the Rust client and through the exported class, against the sandbox over HTTP.
//!
//! The sandbox's address is `RESPOND_IO_SANDBOX_URL` at compile time, `http://127.0.0.1:4010/v2` where it is not set.
//! Every test makes its own contacts, tags and fields, so it does not matter what else the sandbox holds.

mod class;
mod rust;

use core::sync::atomic::{AtomicU32, Ordering};
use gloo_net::http::Request;
use serde_json::{Value, json};

/// Where the sandbox is.
const BASE_URL: &str = match option_env!("RESPOND_IO_SANDBOX_URL") {
    Some(url) => url,
    None => "http://127.0.0.1:4010/v2",
};

/// The token that the sandbox accepts.
const TOKEN: &str = "sandbox";

/// A channel of the sandbox.
const CHANNEL: u64 = 1;

/// A number that no other test, here or in another browser, has.
fn unique() -> u64 {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = u64::from(COUNT.fetch_add(1, Ordering::Relaxed));
    let run = (js_sys::Math::random() * 1e9) as u64;
    run * 1000 + count
}

fn unique_email() -> String {
    format!("aida.{}@example.com", unique())
}

fn unique_name(prefix: &str) -> String {
    format!("{prefix} {}", unique())
}

/// Has the sandbox do something to the next request of an operation.
async fn next_fault(operation: &str, kind: Value) {
    let fault = json!({ "operation": operation, "count": 1, "kind": kind });
    let command = json!({ "command": "fault.add", "fault": fault });
    let url = BASE_URL.replace("/v2", "/_sandbox/control");
    let request = Request::post(&url).header("content-type", "application/json").body(command.to_string()).unwrap();
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200, "{:?}", response.text().await);
}
