use super::limiter::{Patience, Refusal, Turn};
use super::{Client, Mismatch, Options, ResponseValidation, Shared, Surface, header};
use crate::engine::retry::{self, Attempt, Decision, Failure};
use crate::engine::{Fault, Outcome, Request, Rule, request, response};
use crate::error::{Error, is_route_unknown};
use crate::operation::OperationMeta;
use crate::transport::{BoxFuture, HttpRequest, HttpResponse, TransportError};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How many bytes of a 2xx are read; a larger one is an [`Error::Decode`].
pub const MAX_RESPONSE_BYTES: usize = 32 * 1024 * 1024;

/// A call that is sent when it is awaited.
///
/// ```no_run
/// # async fn run(client: respond_io_wasm::Client) -> Result<(), respond_io_wasm::Error> {
/// let contact = client.contacts().get("id:1").timeout_ms(2_000).max_retries(0).await?;
///
/// let response = client.contacts().get("id:1").with_response().await?;
/// println!("{:?} left", response.header("x-ratelimit-remaining"));
/// assert_eq!(response.data, contact);
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is sent when it is awaited"]
pub struct Call<T> {
    client: Client,
    operation: &'static OperationMeta,
    arguments: Result<Vec<u8>, String>,
    options: Options,
    value: PhantomData<fn() -> T>,
}

/// A value together with the response that it came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    /// The value.
    pub data: T,
    /// The HTTP status.
    pub status: u16,
    /// Names, in lower case, and values of the headers.
    pub headers: Vec<(String, String)>,
    /// How many times the request was sent.
    pub attempts: u32,
}

impl<T> Response<T> {
    /// The value of the header with this name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl<T> Call<T> {
    /// A call with the arguments as they are now.
    pub(super) fn new(client: Client, operation: &'static OperationMeta, arguments: &impl Serialize) -> Self {
        let arguments = serde_json::to_vec(arguments).map_err(|error| error.to_string());
        let options = client.shared.options.clone();
        Self { client, operation, arguments, options, value: PhantomData }
    }

    /// How long one try of this call may take, in milliseconds; 0 for no bound.
    pub fn timeout_ms(mut self, ms: u32) -> Self {
        self.options.timeout_ms = ms;
        self
    }

    /// How many more tries of this call may follow a failed one.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = retries;
        self
    }

    /// How long this call may take in all, its waits and tries included, in milliseconds; 0 for no bound.
    pub fn total_timeout_ms(mut self, ms: u32) -> Self {
        self.options.total_timeout_ms = ms;
        self
    }

    /// Repeats this call even where that may do it twice.
    pub fn retry_unsafe(mut self, retry_unsafe: bool) -> Self {
        self.options.retry_unsafe = retry_unsafe;
        self
    }

    /// A header for this call, in the place of the client's of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        header::set(&mut self.options.headers, name, value);
        self
    }
}

impl<T: DeserializeOwned + Send + 'static> Call<T> {
    /// Gives the value together with the response's status and headers.
    ///
    /// # Errors
    ///
    /// Those of the call itself.
    pub fn with_response(self) -> BoxFuture<'static, Result<Response<T>, Error>> {
        Box::pin(async move {
            let arguments = self.arguments.map_err(|error| Error::internal(self.operation, error))?;
            let answer = send(&self.client, self.operation, &arguments, &self.options).await?;
            Ok(Response {
                data: answer.decode(&self.client, self.operation)?,
                status: answer.response.status,
                attempts: answer.attempts,
                headers: answer.response.headers,
            })
        })
    }
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for Call<T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let response = self.with_response();
        Box::pin(async move { Ok(response.await?.data) })
    }
}

impl<T> fmt::Debug for Call<T> {
    /// Leaves token, headers and arguments out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

/// A 2xx, not decoded yet.
struct Answer {
    response: HttpResponse,
    attempts: u32,
}

/// Sends the request, again where that is permitted and useful, until there is a 2xx or nothing more to try.
async fn send(
    client: &Client,
    operation: &'static OperationMeta,
    arguments: &[u8],
    options: &Options,
) -> Result<Answer, Error> {
    let invalid = |fault| Error::validation(operation, 0, fault);
    let request = request::build(operation, arguments).map_err(invalid)?;
    header::check(&options.headers).map_err(invalid)?;
    let transport = &client.shared.transport;
    let start = transport.monotonic();
    let mut outcome = Outcome::NotSent;
    let mut number = 0;
    loop {
        number += 1;
        let mut turn =
            take_turn(client, operation, options, number, start).await.map_err(|Refusal { reason, wait_ms }| {
                Error::refused(operation, number - 1, &reason, wait_ms).with_outcome(operation, outcome)
            })?;
        let elapsed_ms = transport.monotonic() - start;
        if options.left(elapsed_ms) <= 0.0 {
            let error = Error::of_transport(operation, number - 1, TransportError::Timeout);
            return Err(error.with_outcome(operation, outcome));
        }
        let request = http_request(client, operation, &request, options, elapsed_ms).map_err(|fault| match number {
            1 => invalid(fault),
            _ => Error::unrepeatable(operation, number - 1, &fault).with_outcome(operation, outcome),
        })?;
        let url = request.url.clone();
        let secret = secret_of(&request);
        if let Some(turn) = &mut turn {
            turn.sent();
        }
        let result = transport.send(request).await;
        if let Some(turn) = turn {
            turn.settle(&result);
        }
        let result = without_useless_body(operation, result);
        let failed = match judge(client, operation, number, &url, result) {
            Ok(response) => return Ok(Answer { response, attempts: number }),
            Err(failed) => failed,
        };
        let Failed { failure, retry_after_ms, error } = failed;
        let error = error.without(&secret);
        let Some(failure) = failure else { return Err(error) };
        let attempt =
            Attempt { number, failure, before: outcome, retry_after_ms, elapsed_ms: transport.monotonic() - start };
        outcome = outcome.max(Outcome::of(failure));
        match retry::decide(operation, &attempt, &options.policy(), transport.random()) {
            Decision::Retry(ms) => transport.sleep(ms).await,
            Decision::GiveUp => return Err(error.with_outcome(operation, outcome)),
            Decision::Done => return Ok(Answer::nothing(number)),
        }
    }
}

/// Waits until the limit permits the request, where there is one.
async fn take_turn(
    client: &Client,
    operation: &'static OperationMeta,
    options: &Options,
    number: u32,
    start: f64,
) -> Result<Option<Turn>, Refusal> {
    let Some(limiter) = &client.shared.limiter else { return Ok(None) };
    let transport = &client.shared.transport;
    let patience = Patience {
        is_again: number > 1,
        timeout_ms: options.timeout_ms.into(),
        left_ms: options.left(transport.monotonic() - start),
        max_pause_ms: options.max_retry_delay_ms.into(),
    };
    limiter.admit(operation, transport, patience).await.map(Some)
}

/// A try that failed; without `failure` nothing follows it.
struct Failed {
    failure: Option<Failure>,
    retry_after_ms: Option<f64>,
    error: Error,
}

/// The 2xx of a try, or how the try failed.
fn judge(
    client: &Client,
    operation: &OperationMeta,
    attempts: u32,
    url: &str,
    result: Result<HttpResponse, TransportError>,
) -> Result<HttpResponse, Failed> {
    let Shared { surface, transport, .. } = &*client.shared;
    let lost = |failure, error| Failed {
        failure: Some(failure),
        retry_after_ms: None,
        error: Error::of_transport(operation, attempts, error),
    };
    match result {
        Ok(response) if response::status_kind(response.status).is_none() => Ok(response),
        Ok(response) => {
            let retry_after_ms =
                response.header("retry-after").and_then(|header| retry::retry_after(header, transport.now()));
            let error = Error::of_status(operation, attempts, url, &response, retry_after_ms);
            Err(Failed { failure: Some(Failure::Status(status_for_engine(*surface, &error))), retry_after_ms, error })
        }
        Err(TransportError::TooLarge { status }) => {
            Err(Failed { failure: None, retry_after_ms: None, error: too_large(operation, attempts, status) })
        }
        Err(error @ TransportError::NeverLeft(_)) => Err(lost(Failure::NeverLeft, error)),
        Err(error @ TransportError::BodyLost { .. }) => Err(lost(Failure::BodyLost, error)),
        Err(error) => Err(lost(Failure::Lost, error)),
    }
}

/// A route that is not there says nothing of the resource: it is as good as a 405.
fn status_for_engine(surface: Surface, error: &Error) -> u16 {
    let details = error.details();
    let status = details.status_code.unwrap_or_default();
    if surface.is_new(status, details.body.as_ref()) {
        return 449;
    }
    let said = details.body.as_ref().and_then(|body| body.get("message")).and_then(Value::as_str);
    if is_route_unknown(status, said) { 405 } else { status }
}

/// The token that a request carries.
fn secret_of(request: &HttpRequest) -> String {
    let header = request.headers.iter().find(|(name, _)| name == "authorization");
    header.and_then(|(_, value)| value.strip_prefix("Bearer ")).unwrap_or_default().into()
}

fn http_request(
    client: &Client,
    operation: &OperationMeta,
    request: &Request<'_>,
    options: &Options,
    elapsed_ms: f64,
) -> Result<HttpRequest, Fault> {
    let shared = &client.shared;
    let mut headers = options.headers.clone();
    headers.push(("accept".into(), "application/json".into()));
    headers.push(("authorization".into(), shared.token.authorization()?));
    if request.body.is_some() {
        headers.push(("content-type".into(), "application/json".into()));
    }
    Ok(HttpRequest {
        method: operation.method,
        url: format!("{}{}", shared.base_url, request.target),
        headers,
        body: request.body.map(<[u8]>::to_vec),
        timeout_ms: options.timeout_of_try(elapsed_ms),
        max_response_bytes: MAX_RESPONSE_BYTES,
        needs_body: operation.response.is_some(),
    })
}

/// What a transport gave, where it would not have had to fail: only the body of a 2xx can be too large, and only where
/// somebody looks at it.
fn without_useless_body(
    operation: &OperationMeta,
    result: Result<HttpResponse, TransportError>,
) -> Result<HttpResponse, TransportError> {
    match result {
        Err(TransportError::TooLarge { status })
            if operation.response.is_none() || response::status_kind(status).is_some() =>
        {
            Ok(HttpResponse { status, headers: Vec::new(), body: Vec::new() })
        }
        result => result,
    }
}

/// The service has acted, but its answer was not read to its end.
fn too_large(operation: &OperationMeta, attempts: u32, status: u16) -> Error {
    let fault = Fault { detail: MAX_RESPONSE_BYTES.to_string(), ..Fault::of_document(Rule::TooLarge) };
    Error::decode(operation, status, attempts, fault)
}

impl Answer {
    /// What stands for the answer to a call that had succeeded before its last try.
    fn nothing(attempts: u32) -> Self {
        Self { response: HttpResponse { status: 404, headers: Vec::new(), body: Vec::new() }, attempts }
    }

    fn decode<T: DeserializeOwned>(&self, client: &Client, operation: &'static OperationMeta) -> Result<T, Error> {
        let text = match operation.response {
            Some(_) => self.check(client, operation)?,
            None => "null",
        };
        serde_json::from_str(text).map_err(|error| self.undecodable(operation, &error))
    }

    /// Checks the body against the contract; a value of an unexpected kind is treated as the client was told to.
    fn check(&self, client: &Client, operation: &'static OperationMeta) -> Result<&str, Error> {
        let shared = &client.shared;
        let (text, mismatch) =
            response::check_text(operation, &self.response.body).map_err(|fault| self.unusable(operation, fault))?;
        let Some(fault) = mismatch else { return Ok(text) };
        match (shared.validation, &shared.on_mismatch) {
            (ResponseValidation::Throw, _) => return Err(self.unusable(operation, fault)),
            (ResponseValidation::Warn, Some(hook)) => hook(&Mismatch { operation: operation.id, fault }),
            _ => {}
        }
        Ok(text)
    }

    fn unusable(&self, operation: &OperationMeta, fault: Fault) -> Error {
        Error::decode(operation, self.response.status, self.attempts, fault)
    }

    /// The body is valid JSON that the type cannot hold.
    fn undecodable(&self, operation: &OperationMeta, error: &serde_json::Error) -> Error {
        match response::check(operation, &self.response.body) {
            Ok(Some(mismatch)) => self.unusable(operation, mismatch),
            _ => Error::unrepresentable(operation, self.response.status, self.attempts, &error.to_string()),
        }
    }
}
