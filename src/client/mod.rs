//! The Rust driver: it puts the engine to work over a [`Transport`].
//!
//! ```no_run
//! # async fn run() -> Result<(), respond_io_wasm::Error> {
//! use respond_io_wasm::Client;
//! use respond_io_wasm::model::MessageContent;
//!
//! let client = Client::builder().api_token("your token").build()?;
//! let contact = client.contacts().get("email:aida@example.com").await?;
//! client.messaging().send(contact.id.unwrap(), MessageContent::text("Hello!")).await?;
//! # Ok(())
//! # }
//! ```

mod base_url;
mod builder;
mod call;
#[cfg(target_arch = "wasm32")]
mod console;
#[cfg(target_arch = "wasm32")]
mod fetch;
mod header;
mod limiter;
mod pages;
#[cfg(any(target_arch = "wasm32", test))]
mod path;
mod resources;
mod surface;
#[cfg(target_arch = "wasm32")]
mod timer;
mod token;

pub use builder::Builder;
pub use call::{Call, MAX_RESPONSE_BYTES, Response};
pub use limiter::{BucketKey, Limiter, RateLimit};
#[cfg(feature = "live")]
pub(crate) use pages::Cursors;
#[cfg(feature = "live")]
pub(crate) use resources::resources;
pub use resources::{Comments, Contacts, Conversations, CustomFields, Messaging, Tags};
pub(crate) use surface::Surface;

use crate::engine::Fault;
use crate::engine::retry::Policy;
use crate::operation::{Operation, OperationMeta};
use crate::transport::Transport;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use serde_json::Value;
use token::Token;

/// Speaks to the service. A clone shares everything with the original.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    surface: Surface,
    transport: Arc<dyn Transport>,
    base_url: String,
    token: Token,
    options: Options,
    limiter: Option<Limiter>,
    validation: ResponseValidation,
    on_mismatch: Option<MismatchHook>,
}

/// Takes what an answer holds that the contract does not expect.
type MismatchHook = Arc<dyn Fn(&Mismatch) + Send + Sync>;

/// What may be set for a client and for a single call.
#[derive(Clone)]
struct Options {
    timeout_ms: u32,
    total_timeout_ms: u32,
    max_retries: u32,
    max_retry_delay_ms: u32,
    retry_unsafe: bool,
    headers: Vec<(String, String)>,
}

impl Options {
    fn policy(&self) -> Policy {
        Policy {
            max_retries: self.max_retries,
            max_delay_ms: self.max_retry_delay_ms.into(),
            total_ms: self.total_timeout_ms.into(),
            retry_unsafe: self.retry_unsafe,
        }
    }

    /// How long the next try may take, in milliseconds; 0 for no bound.
    fn timeout_of_try(&self, elapsed_ms: f64) -> f64 {
        let timeout = f64::from(self.timeout_ms);
        let left = self.left(elapsed_ms);
        match timeout {
            0.0 if left.is_infinite() => 0.0,
            0.0 => left,
            _ => timeout.min(left),
        }
    }

    /// How much is left of what the call may take in all, in milliseconds.
    fn left(&self, elapsed_ms: f64) -> f64 {
        match self.total_timeout_ms {
            0 => f64::INFINITY,
            total => f64::from(total) - elapsed_ms,
        }
    }
}

/// What becomes of a 2xx that is JSON but holds a value of another kind than the contract's.
///
/// What cannot be used at all (not JSON, truncated, an id beyond 2^53-1 and so on) is always an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseValidation {
    /// It is handed over, the value in question in the model's `extra`, and reported to [`Builder::on_mismatch`].
    #[default]
    Warn,
    /// It is an [`Error::Decode`](crate::Error::Decode).
    Throw,
    /// It is handed over.
    Off,
}

/// A value in an answer of another kind than the contract's.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// The contract's `operationId`.
    pub operation: &'static str,
    /// Where the value is and what it must be.
    pub fault: Fault,
}

impl Client {
    /// Starts the making of a client.
    pub fn builder() -> Builder {
        Builder::new(Surface::Contract)
    }

    fn driver(&self) -> &Self {
        self
    }

    /// Calls an operation, given as the struct of its arguments. The resources' methods do the same.
    ///
    /// ```no_run
    /// # async fn run(client: respond_io_wasm::Client) -> Result<(), respond_io_wasm::Error> {
    /// use respond_io_wasm::operation::DeleteTag;
    ///
    /// client.call(DeleteTag { tag_id: 3 }).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn call<O: Operation>(&self, operation: O) -> Call<O::Response> {
        Call::new(self.clone(), O::META, &operation)
    }

    /// Calls an operation with arguments and answer as JSON, for those who know the operation at run time only.
    ///
    /// The arguments are checked as strictly as typed ones. An operation without a response body gives null.
    ///
    /// ```no_run
    /// # async fn run(client: respond_io_wasm::Client) -> Result<(), respond_io_wasm::Error> {
    /// use respond_io_wasm::operation::{GetContact, Operation};
    /// use serde_json::json;
    ///
    /// let contact = client.call_json(GetContact::META, &json!({ "identifier": "id:1" })).await?;
    /// assert_eq!(contact["id"], 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn call_json(&self, operation: &'static OperationMeta, arguments: &Value) -> Call<Value> {
        Call::new(self.clone(), operation, arguments)
    }
}

impl fmt::Debug for Client {
    /// Leaves token and headers out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.shared.base_url).finish_non_exhaustive()
    }
}
