//! The default transport: the JavaScript engine's own `fetch`, through gloo-net.

use super::timer::{Timer, performance_now};
use crate::engine::response::status_kind;
use crate::error::MAX_BODY_BYTES;
use crate::operation::Method;
use crate::transport::{BoxFuture, HttpRequest, HttpResponse, Transport, TransportError};
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::Cell;
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Promise, Reflect, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestRedirect};

/// Carries requests by `fetch`. Its futures claim to be `Send`: wasm32 has one thread.
pub(super) struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(SendWrapper::new(exchange(request)))
    }

    fn sleep(&self, ms: f64) -> BoxFuture<'_, ()> {
        Box::pin(SendWrapper::new(async move {
            let mut timer = None;
            let waited = Promise::new(&mut |resolve, _| timer = Some(Timer::new(&resolve, ms)));
            // The promise is resolved by the timer and never rejected.
            let _ = JsFuture::from(waited).await;
            drop(timer);
        }))
    }

    fn now(&self) -> f64 {
        js_sys::Date::now()
    }

    fn monotonic(&self) -> f64 {
        performance_now()
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }
}

async fn exchange(request: HttpRequest) -> Result<HttpResponse, TransportError> {
    let deadline = Deadline::new(request.timeout_ms).map_err(lost)?;
    let max_bytes = request.needs_body.then_some(request.max_response_bytes);
    let result = match fetch(request, &deadline.controller).await {
        Ok(response) => read(response, max_bytes).await,
        Err(error) => Err(error),
    };
    match result {
        Err(TransportError::Connection(_)) if deadline.has_passed.get() => Err(TransportError::Timeout),
        Err(TransportError::BodyLost { status, .. }) => {
            Err(TransportError::BodyLost { status, is_timeout: deadline.has_passed.get() })
        }
        result => result,
    }
}

async fn fetch(request: HttpRequest, controller: &AbortController) -> Result<Response, TransportError> {
    let builder = RequestBuilder::new(&request.url)
        .method(method(request.method))
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(&controller.signal()));
    let builder = request.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    let request: Request = match &request.body {
        Some(body) => builder.body(Uint8Array::from(body.as_slice())),
        None => builder.build(),
    }
    .map_err(lost_by)?;
    request.send().await.map_err(lost_by)
}

fn method(method: Method) -> gloo_net::http::Method {
    match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    }
}

/// Reads a response; a 2xx's body only where `max_bytes` says how much of it. What is not read ends with the exchange.
async fn read(response: Response, max_bytes: Option<usize>) -> Result<HttpResponse, TransportError> {
    let headers = response.headers().entries().collect();
    let status = response.status();
    let mut body = Vec::new();
    if status_kind(status).is_some() {
        // A body that is lost may not turn one error into another.
        let _ = read_body(&response, MAX_BODY_BYTES, &mut body).await;
    } else if let Some(max_bytes) = max_bytes {
        match read_body(&response, max_bytes, &mut body).await {
            Ok(true) => {}
            Ok(false) => return Err(TransportError::TooLarge { status }),
            Err(_) => return Err(TransportError::BodyLost { status, is_timeout: false }),
        }
    }
    Ok(HttpResponse { status, headers, body })
}

/// Reads the body into `bytes`, as much of it as is permitted; whether that is all.
async fn read_body(response: &Response, max_bytes: usize, bytes: &mut Vec<u8>) -> Result<bool, TransportError> {
    let Some(stream) = response.body() else { return Ok(true) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let result = JsFuture::from(reader.read()).await.map_err(lost)?;
        let chunk = Reflect::get(&result, &JsValue::from_str("value")).map_err(lost)?;
        if chunk.is_undefined() {
            return Ok(true);
        }
        let chunk: Uint8Array = chunk.unchecked_into();
        let room = max_bytes - bytes.len();
        if chunk.length() as usize > room {
            bytes.extend(chunk.subarray(0, room as u32).to_vec());
            return Ok(false);
        }
        bytes.extend(chunk.to_vec());
    }
}

/// Ends the exchange when the time runs out, and when it is dropped: a call that nobody awaits holds no connection.
struct Deadline {
    controller: AbortController,
    has_passed: Rc<Cell<bool>>,
    timer: Option<(Timer, Closure<dyn FnMut()>)>,
}

impl Deadline {
    fn new(timeout_ms: f64) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let has_passed = Rc::new(Cell::new(false));
        let mut deadline = Self { controller, has_passed, timer: None };
        if timeout_ms > 0.0 {
            let (controller, has_passed) = (deadline.controller.clone(), deadline.has_passed.clone());
            let abort = Closure::<dyn FnMut()>::new(move || {
                has_passed.set(true);
                controller.abort();
            });
            deadline.timer = Some((Timer::new(abort.as_ref(), timeout_ms), abort));
        }
        Ok(deadline)
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        self.timer = None;
        self.controller.abort();
    }
}

fn lost_by(error: gloo_net::Error) -> TransportError {
    TransportError::Connection(error.to_string())
}

fn lost(error: JsValue) -> TransportError {
    let text = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    TransportError::Connection(text.unwrap_or_else(|| "the body could not be read".into()))
}
