//! What the sandbox's own wasm module exports: one class, whose values serde-wasm-bindgen carries.

use crate::control::Command;
use crate::number;
use crate::options::Options;
use crate::refusal::Refusal;
use crate::service::{Request, Response, Service};
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_wasm_bindgen::{Serializer as JsSerializer, from_value};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// An in-memory respond.io without fetch, timers or sockets: bytes in, bytes out.
#[wasm_bindgen]
pub struct SandboxCore {
    service: Service,
}

/// A response as JavaScript takes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    #[serde(serialize_with = "as_bytes")]
    body: Vec<u8>,
    delay_ms: u64,
    fault: Option<&'static str>,
}

fn as_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        let Response { status, headers, body, delay_ms, fault } = response;
        Self { status, headers, body, delay_ms, fault }
    }
}

#[wasm_bindgen]
impl SandboxCore {
    /// A sandbox with these options, whose caller's time is `nowMs`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, now_ms: f64) -> Result<SandboxCore, JsValue> {
        // Read directly, a struct would pass over the fields that it does not know.
        let options: serde_json::Value = read("options", options)?;
        let options: Options = serde_json::from_value(options)
            .map_err(|error| thrown(Refusal::bad_request(format!("options: {error}"))))?;
        let service = Service::new(options, now_ms as i64).map_err(thrown)?;
        Ok(Self { service })
    }

    /// Answers a request: `headers` are pairs of names and values, `body` is empty where there is none.
    pub fn handle(
        &mut self,
        method: &str,
        url: &str,
        headers: JsValue,
        body: &[u8],
        now_ms: f64,
    ) -> Result<JsValue, JsValue> {
        let headers: Vec<(String, String)> = read("headers", headers)?;
        let request = Request { method, url, headers: &headers, body };
        let answer = Answer::from(self.service.handle(&request, now_ms as i64));
        written(&answer)
    }

    /// The numbers of the webhooks for which a delivery waits.
    pub fn awaited(&self) -> Vec<f64> {
        self.service.awaited_webhooks().into_iter().map(|id| id as f64).collect()
    }

    /// The next delivery to a webhook; null where none waits.
    #[wasm_bindgen(js_name = nextDelivery)]
    pub fn next_delivery(&mut self, hook: f64) -> Result<JsValue, JsValue> {
        written(&self.service.next_delivery(hook as u64))
    }

    /// Takes the status that answered a delivery, or why there was no answer.
    pub fn delivered(&mut self, seq: f64, status: Option<u16>, error: String) {
        self.service.delivered(seq as u64, status.ok_or(error));
    }

    /// Carries out a command and gives what it answers.
    pub fn control(&mut self, command: JsValue, now_ms: f64) -> Result<JsValue, JsValue> {
        let command: Command = read("command", command)?;
        let mut outcome = self.service.control(command, now_ms as i64).map_err(thrown)?;
        number::round(&mut outcome);
        written(&outcome)
    }
}

fn written(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = JsSerializer::json_compatible().serialize_bytes_as_arrays(false);
    value.serialize(&serializer).map_err(|error| thrown(Refusal::new(500, error.to_string())))
}

fn read<T: DeserializeOwned>(what: &str, value: JsValue) -> Result<T, JsValue> {
    from_value(value).map_err(|error| {
        let text = error.to_string();
        let reason = text.strip_prefix("Error: ").unwrap_or(&text);
        thrown(Refusal::bad_request(format!("{what}: {reason}")))
    })
}

/// The refusal as a JavaScript Error with a `status`.
fn thrown(refusal: Refusal) -> JsValue {
    let error = js_sys::Error::new(&refusal.message);
    error.set_name("SandboxError");
    // Setting a property of an Error that was just made cannot fail.
    let _ = js_sys::Reflect::set(&error, &"status".into(), &refusal.status.into());
    error.into()
}
