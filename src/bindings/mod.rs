//! The Rust client exported to JavaScript as it is: one class, an async method an operation.
//!
//! The methods come from the declarations in [`operation`](crate::operation); `types.d.ts` is printed from them.

mod arguments;
mod error;
mod value;

use crate::client::Client;
use crate::engine::rule::{Fault, Rule};
use crate::error::{Error, option_fault};
use crate::operation::OperationMeta;
use alloc::string::String;
use arguments::named;
use js_sys::Promise;
use serde::Deserialize;
use serde_json::Value;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// The Rust client as a JavaScript class.
#[wasm_bindgen(skip_typescript)]
pub struct RespondIO {
    client: Client,
}

/// How a client is made, as JavaScript names it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Options {
    api_token: String,
    base_url: Option<String>,
    timeout: Option<u32>,
    max_retries: Option<u32>,
}

#[wasm_bindgen]
impl RespondIO {
    /// Makes a client; nothing is sent yet.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<RespondIO, JsValue> {
        let client = options_of(&options).map_err(Error::option).and_then(Options::into_client);
        client.map(|client| Self { client }).map_err(|error| error::to_js(&error))
    }
}

impl RespondIO {
    /// Calls an operation with its arguments in the order of their declaration, as they are now.
    pub(crate) fn call(&self, operation: &'static OperationMeta, arguments: &[JsValue]) -> Promise {
        let call = named(operation, arguments)
            .map(|arguments| self.client.call_json(operation, &arguments))
            .map_err(|fault| Error::validation(operation, 0, fault));
        future_to_promise(async move {
            match async { call?.await }.await {
                Ok(_) if operation.response.is_none() => Ok(JsValue::UNDEFINED),
                Ok(value) => value::to_js(value),
                Err(error) => Err(error::to_js(&error)),
            }
        })
    }
}

fn options_of(options: &JsValue) -> Result<Options, Fault> {
    let value = arguments::value(options, "options")?.unwrap_or(Value::Null);
    Options::deserialize(value).map_err(|error| Fault {
        rule: Rule::Kind,
        ..option_fault("options", &alloc::format!("an object with apiToken, baseUrl, timeout and maxRetries ({error})"))
    })
}

impl Options {
    fn into_client(self) -> Result<Client, Error> {
        let mut builder = Client::builder().api_token(self.api_token);
        if let Some(url) = self.base_url {
            builder = builder.base_url(url);
        }
        if let Some(ms) = self.timeout {
            builder = builder.timeout_ms(ms);
        }
        if let Some(retries) = self.max_retries {
            builder = builder.max_retries(retries);
        }
        builder.build()
    }
}
