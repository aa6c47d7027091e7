//! What the Rust client asks of the world: to carry a request, to wait, to tell the time, to roll a die.

use crate::operation::Method;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::pin::Pin;

/// A future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests to the service and back.
///
/// The default, over `fetch`, comes with the feature `client` on wasm32; the sandbox is another, so that a plain
/// `cargo test` runs against it.
pub trait Transport: Send + Sync {
    /// Sends the request and reads the response. Redirects are not followed.
    ///
    /// What goes wrong with the body is an error only where the body is what was asked for: that of a 2xx, unless
    /// [`HttpRequest::needs_body`] is false. Of a refusal the status counts, even if its body is lost on the way.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;

    /// Waits for so many milliseconds.
    fn sleep(&self, ms: f64) -> BoxFuture<'_, ()>;

    /// The time, in Unix milliseconds.
    fn now(&self) -> f64;

    /// The milliseconds of a clock that never goes back, from any start: that of waits and durations.
    ///
    /// Where it is left out it is [`now`](Self::now), which suits a clock that nobody sets.
    fn monotonic(&self) -> f64 {
        self.now()
    }

    /// A random number from 0 up to, not including, 1.
    fn random(&self) -> f64;
}

/// A request as it is sent.
#[derive(Clone, PartialEq)]
pub struct HttpRequest {
    /// The HTTP method.
    pub method: Method,
    /// The absolute URL, percent-encoded.
    pub url: String,
    /// Names and values of the headers, the bearer token among them.
    pub headers: Vec<(String, String)>,
    /// The JSON body, where there is one.
    pub body: Option<Vec<u8>>,
    /// How long the whole exchange may take, in milliseconds; 0 for no bound.
    pub timeout_ms: f64,
    /// How many bytes of a 2xx's body are read; more is [`TransportError::TooLarge`]. Of any other body a transport may
    /// cut off what is beyond 64 KiB.
    pub max_response_bytes: usize,
    /// Whether anybody looks at the body of a 2xx. Where it is false, the headers of a 2xx are the whole answer: a body
    /// that is lost, stalls or is too large counts as an empty one.
    pub needs_body: bool,
}

impl fmt::Debug for HttpRequest {
    /// Leaves the headers' values out: one of them is the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// A response as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// Names, in lower case, and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// The value of the header with this name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The request surely never left: no connection could be made, for example; the text says why.
    NeverLeft(String),
    /// The connection was lost, and nobody knows whether the request arrived; the text says how.
    Connection(String),
    /// The time ran out before the headers of a response came.
    Timeout,
    /// The headers of a 2xx came, but its body did not: the service has acted.
    BodyLost {
        /// The HTTP status of the response.
        status: u16,
        /// Whether the time ran out; else the connection was lost.
        is_timeout: bool,
    },
    /// The body of a 2xx is larger than was permitted.
    TooLarge {
        /// The HTTP status of the response.
        status: u16,
    },
}
