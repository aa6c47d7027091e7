//! What can come of a call other than its value: one enum, a variant a kind.

use crate::engine::response::{StatusKind, status_kind};
use crate::engine::{Fault, Outcome, Rule};
use crate::operation::OperationMeta;
use crate::transport::{HttpResponse, TransportError};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use serde_json::Value;

/// How many bytes of an error's body are kept.
pub const MAX_BODY_BYTES: usize = 64 * 1024;
/// What stands in the place of a token.
const HIDDEN: &str = "[token]";

macro_rules! errors {
    ($($(#[doc = $doc:literal])* $kind:ident $name:literal),* $(,)?) => {
        /// Why a call gave no value.
        ///
        /// A call that is dropped before its end is aborted, so there is no variant for that.
        ///
        /// ```
        /// use respond_io_wasm::Error;
        ///
        /// fn explain(error: &Error) -> String {
        ///     match error {
        ///         Error::NotFound(_) => "There is no such contact.".into(),
        ///         Error::RateLimit(details) => format!("Too fast; wait {:?} s.", details.retry_after),
        ///         Error::Validation(details) => format!("Please correct it: {}", details.message),
        ///         other => other.to_string(),
        ///     }
        /// }
        /// ```
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Error {
            $($(#[doc = $doc])* $kind(Box<Details>),)*
        }

        impl Error {
            /// The name of the kind, the same as that of the JavaScript class: `NotFoundError`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$kind(_) => $name,)* }
            }

            /// All that is known of the failure.
            pub fn details(&self) -> &Details {
                match self { $(Self::$kind(details) => details,)* }
            }

            fn details_mut(&mut self) -> &mut Details {
                match self { $(Self::$kind(details) => details,)* }
            }
        }
    };
}

errors! {
    /// 400: the service could not make sense of the request.
    BadRequest "BadRequestError",
    /// 401: the token is missing or wrong.
    Authentication "AuthenticationError",
    /// 403: the token does not permit this.
    Permission "PermissionError",
    /// 404: there is no such resource.
    NotFound "NotFoundError",
    /// 409: it is in conflict with what is there, such as another contact with the same email.
    Conflict "ConflictError",
    /// 429: too many requests. Without a status it comes from the client, where the call would wait too long for its turn.
    RateLimit "RateLimitError",
    /// 5xx: the service failed.
    Server "ServerError",
    /// Any other status, a redirect included: redirects are not followed.
    Status "StatusError",
    /// The connection could not be made or was lost, or there was no token to try once more with.
    Connection "ConnectionError",
    /// The time for one try ran out.
    Timeout "TimeoutError",
    /// The service answered 2xx, and so has acted, but the body is unusable.
    Decode "DecodeError",
    /// The arguments or options are wrong; nothing was sent with them.
    Validation "ValidationError",
    /// A fault of this library.
    Internal "InternalError",
}

/// All that is known of a failure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// The contract's `operationId`; `None` where a client could not be built.
    pub operation: Option<&'static str>,
    /// The HTTP status of the last answer. It is 0 where a browser hides a redirect.
    pub status_code: Option<u16>,
    /// The service's message where it gave one, else what went wrong.
    pub message: String,
    /// The body of an answer other than 2xx: JSON as it is, anything else as a string, up to [`MAX_BODY_BYTES`].
    pub body: Option<Value>,
    /// How many times the request was sent.
    pub attempts: u32,
    /// Whether the service has acted, as far as is known from all tries.
    pub outcome: Outcome,
    /// The seconds that the service asks to wait, where it does.
    pub retry_after: Option<f64>,
    /// Where in the arguments or in the answer the fault is, as `contact.email`.
    pub path: Option<String>,
    /// The rule that is broken there.
    pub rule: Option<Rule>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = self.details();
        if let Some(operation) = details.operation {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = details.status_code {
            write!(f, "{status} ")?;
        }
        f.write_str(&details.message)?;
        if details.attempts > 1 {
            write!(f, " (after {} tries)", details.attempts)?;
        }
        Ok(())
    }
}

impl core::error::Error for Error {}

impl Error {
    /// Arguments or options of a call that break a rule.
    pub(crate) fn validation(operation: &OperationMeta, attempts: u32, fault: Fault) -> Self {
        Self::Validation(Box::new(Details { operation: Some(operation.id), attempts, ..Details::of_fault(fault) }))
    }

    /// A try after the first that could not be made. Something was sent before, which a validation error would deny.
    pub(crate) fn unrepeatable(operation: &OperationMeta, attempts: u32, fault: &Fault) -> Self {
        let message = format!("the request could not be repeated: {fault}");
        Self::Connection(Box::new(Details { operation: Some(operation.id), message, attempts, ..Details::default() }))
    }

    /// The same error with what is known by now; where that is nothing, with how to find out.
    pub(crate) fn with_outcome(mut self, operation: &OperationMeta, outcome: Outcome) -> Self {
        let details = self.details_mut();
        details.outcome = outcome;
        if outcome == Outcome::Unknown && !operation.advice.is_empty() {
            details.message.push_str(". It may have been carried out: ");
            details.message.push_str(operation.advice);
        }
        self
    }

    /// The same error without a secret that the service may have repeated.
    pub(crate) fn without(mut self, secret: &str) -> Self {
        if secret.is_empty() {
            return self;
        }
        let details = self.details_mut();
        details.message = details.message.replace(secret, HIDDEN);
        details.body.iter_mut().for_each(|body| hide(body, secret));
        self
    }

    /// A call that got no turn: what it would have sent was not.
    pub(crate) fn refused(operation: &OperationMeta, attempts: u32, reason: &str, wait_ms: f64) -> Self {
        Self::RateLimit(Box::new(Details {
            operation: Some(operation.id),
            message: format!("it was not {}: {reason}", if attempts == 0 { "sent" } else { "tried again" }),
            attempts,
            retry_after: Some(wait_ms / 1000.0),
            ..Details::default()
        }))
    }

    /// A client's option that breaks a rule.
    pub(crate) fn option(fault: Fault) -> Self {
        Self::Validation(Box::new(Details::of_fault(fault)))
    }

    /// A fault of this library, before anything was sent.
    pub(crate) fn internal(operation: &OperationMeta, message: String) -> Self {
        Self::Internal(Box::new(Details { operation: Some(operation.id), message, ..Details::default() }))
    }

    /// An answer that nobody can use.
    pub(crate) fn decode(operation: &OperationMeta, status: u16, attempts: u32, fault: Fault) -> Self {
        Self::Decode(Box::new(Details {
            operation: Some(operation.id),
            status_code: Some(status),
            attempts,
            outcome: Outcome::Applied,
            ..Details::of_fault(fault)
        }))
    }

    /// An answer that is valid JSON of the right kinds, but holds what no Rust value can: half a surrogate pair.
    pub(crate) fn unrepresentable(operation: &OperationMeta, status: u16, attempts: u32, cause: &str) -> Self {
        Self::Decode(Box::new(Details {
            operation: Some(operation.id),
            status_code: Some(status),
            message: format!("the document holds what no Rust value can, such as half a surrogate pair: {cause}"),
            attempts,
            outcome: Outcome::Applied,
            ..Details::default()
        }))
    }

    /// No answer.
    pub(crate) fn of_transport(operation: &OperationMeta, attempts: u32, error: TransportError) -> Self {
        let status_code = match error {
            TransportError::BodyLost { status, .. } => Some(status),
            _ => None,
        };
        let details = |message: String| {
            Box::new(Details { operation: Some(operation.id), status_code, message, attempts, ..Details::default() })
        };
        match error {
            TransportError::NeverLeft(cause) => Self::Connection(details(format!("no connection was made: {cause}"))),
            TransportError::Connection(cause) => Self::Connection(details(format!("the connection failed: {cause}"))),
            TransportError::Timeout => Self::Timeout(details("the time ran out".into())),
            TransportError::BodyLost { is_timeout: true, .. } => {
                Self::Timeout(details("the time ran out before the body was read".into()))
            }
            TransportError::BodyLost { .. } => Self::Connection(details("the body was lost".into())),
            TransportError::TooLarge { status } => {
                Self::decode(operation, status, attempts, Fault::of_document(Rule::TooLarge))
            }
        }
    }

    /// An answer other than 2xx; `url` is what was asked and `retry_after` is in milliseconds.
    pub(crate) fn of_status(
        operation: &OperationMeta,
        attempts: u32,
        url: &str,
        response: &HttpResponse,
        retry_after: Option<f64>,
    ) -> Self {
        let body = kept_body(&response.body);
        let details = Box::new(Details {
            operation: Some(operation.id),
            status_code: Some(response.status),
            message: message(url, response.status, body.as_ref()),
            body,
            attempts,
            retry_after: retry_after.map(|ms| ms / 1000.0),
            ..Details::default()
        });
        match status_kind(response.status) {
            Some(StatusKind::BadRequest) => Self::BadRequest(details),
            Some(StatusKind::Authentication) => Self::Authentication(details),
            Some(StatusKind::Permission) => Self::Permission(details),
            Some(StatusKind::NotFound) => Self::NotFound(details),
            Some(StatusKind::Conflict) => Self::Conflict(details),
            Some(StatusKind::RateLimit) => Self::RateLimit(details),
            Some(StatusKind::Server) => Self::Server(details),
            Some(StatusKind::Other) | None => Self::Status(details),
        }
    }
}

/// An option that is not what it must be.
pub(crate) fn option_fault(path: &str, expected: &str) -> Fault {
    Fault { rule: Rule::Kind, path: path.to_string(), detail: expected.to_string() }
}

impl Details {
    fn of_fault(fault: Fault) -> Self {
        Self { message: fault.to_string(), path: Some(fault.path), rule: Some(fault.rule), ..Self::default() }
    }
}

/// The body as JSON where it is, else as text; nothing where it is empty.
fn kept_body(bytes: &[u8]) -> Option<Value> {
    if bytes.is_empty() {
        return None;
    }
    let kept = &bytes[..bytes.len().min(MAX_BODY_BYTES)];
    Some(serde_json::from_slice(kept).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(kept).into_owned())))
}

/// Puts something else in the place of a secret in all texts of a value, which serde_json has nested no deeper than 128.
fn hide(value: &mut Value, secret: &str) {
    match value {
        Value::String(text) => *text = text.replace(secret, HIDDEN),
        Value::Array(items) => items.iter_mut().for_each(|item| hide(item, secret)),
        Value::Object(fields) => fields.values_mut().for_each(|field| hide(field, secret)),
        _ => {}
    }
}

/// The service's message, or what its status says.
fn message(url: &str, status: u16, body: Option<&Value>) -> String {
    let said = body.and_then(|body| body.get("message")).and_then(Value::as_str);
    let mut text = match (said, status) {
        (Some(said), _) => said.to_string(),
        (None, 0 | 300..=399) => "the service answered with a redirect, which is not followed".into(),
        (None, _) => "the service gave no message".into(),
    };
    if is_route_unknown(status, said) && url.starts_with("https://api.respond.io/") {
        text.push_str("; the contract and live accounts differ in their routes: see respond_io_wasm::live");
    }
    text
}

/// Whether it is the route, not the resource, that the service does not know.
pub(crate) fn is_route_unknown(status: u16, said: Option<&str>) -> bool {
    let said = said.unwrap_or_default().to_ascii_lowercase();
    let is_of_route = said.is_empty() || said.starts_with("cannot ") || said.contains("route");
    status == 405 || status == 404 && is_of_route
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{GetContact, Operation};
    use alloc::vec::Vec;

    fn of(url: &str, status: u16, body: &str) -> Error {
        let response = HttpResponse { status, headers: Vec::new(), body: body.as_bytes().to_vec() };
        Error::of_status(GetContact::META, 3, url, &response, Some(1500.0))
    }

    const VENDOR: &str = "https://api.respond.io/v2/contact/id:1";

    #[test]
    fn it_says_what_happened() {
        let error = of(VENDOR, 404, r#"{"message":"Contact not found","status":404}"#);
        assert_eq!(error.to_string(), "getContact: 404 Contact not found (after 3 tries)");
        assert_eq!(error.details().retry_after, Some(1.5));
        assert_eq!(error.details().body.as_ref().unwrap()["status"], 404);
    }

    #[test]
    fn a_route_that_the_vendor_does_not_know_gets_a_hint() {
        for (url, status, body, hint) in [
            (VENDOR, 404, r#"{"message":"Contact not found"}"#, false),
            (VENDOR, 404, "<html>", true),
            (VENDOR, 404, r#"{"message":"Cannot GET /v2/contact/id:1"}"#, true),
            (VENDOR, 404, r#"{"message":"No such route"}"#, true),
            (VENDOR, 404, "", true),
            (VENDOR, 405, r#"{"message":"Method not allowed"}"#, true),
            (VENDOR, 403, "", false),
            ("http://127.0.0.1:4010/v2/contact/id:1", 404, "", false),
            ("https://api.respond.io.example.com/v2/contact/id:1", 405, "", false),
        ] {
            let message = of(url, status, body).details().message.clone();
            assert_eq!(message.contains("respond_io_wasm::live"), hint, "{url} {status} {body}");
        }
    }

    #[test]
    fn bodies_are_kept_as_json_or_text_and_bounded() {
        assert_eq!(of(VENDOR, 500, "").details().body, None);
        assert_eq!(of(VENDOR, 502, "Bad Gateway").details().body, Some("Bad Gateway".into()));
        let long = of(VENDOR, 500, &"é".repeat(MAX_BODY_BYTES)).details().body.clone().unwrap();
        assert_eq!(long.as_str().unwrap().chars().count(), MAX_BODY_BYTES / 2);
    }

    #[test]
    fn errors_travel_between_threads() {
        fn travels<T: core::error::Error + Clone + PartialEq + Send + Sync + 'static>() {}
        travels::<Error>();
    }
}
