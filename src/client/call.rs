use super::{Client, Mismatch, Options, ResponseValidation, header};
use crate::engine::retry::{self, Failure};
use crate::engine::{Fault, Request, Rule, request, response};
use crate::error::Error;
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
    let mut attempts = 0;
    let invalid = |fault| Error::validation(operation, 0, fault);
    let request = request::build(operation, arguments).map_err(invalid)?;
    header::check(&options.headers).map_err(invalid)?;
    let transport = &client.shared.transport;
    loop {
        let request = http_request(client, operation, &request, options).map_err(|fault| match attempts {
            0 => invalid(fault),
            _ => Error::unrepeatable(operation, attempts, &fault),
        })?;
        let url = request.url.clone();
        attempts += 1;
        let (failure, retry_after, error) = match without_useless_body(operation, transport.send(request).await) {
            Ok(response) if response::status_kind(response.status).is_none() => {
                return Ok(Answer { response, attempts });
            }
            Ok(response) => {
                let header = response.header("retry-after");
                let retry_after = header.and_then(|header| retry::retry_after(header, transport.now()));
                let error = Error::of_status(operation, attempts, &url, &response, retry_after);
                (Failure::Status(response.status), retry_after, error)
            }
            Err(TransportError::TooLarge { status }) => return Err(too_large(operation, attempts, status)),
            Err(error) => (Failure::Lost, None, Error::of_transport(operation, attempts, error)),
        };
        let retries_left = options.max_retries.saturating_sub(attempts - 1);
        match retry::decide(operation, failure, retries_left, attempts, retry_after, transport.random()) {
            Some(ms) => transport.sleep(ms).await,
            None => return Err(error),
        }
    }
}

fn http_request(
    client: &Client,
    operation: &OperationMeta,
    request: &Request<'_>,
    options: &Options,
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
        timeout_ms: options.timeout_ms.into(),
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
