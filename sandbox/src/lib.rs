//! An in-memory respond.io: the twenty operations of the Developer API v2, stateful and strict, with no network; and over
//! the same workspace those that the vendor's own clients call.
//!
//! [`Sandbox`] is a [`Transport`](respond_io_wasm::transport::Transport), so that a plain `cargo test` runs a client
//! against it on the host. [`Service`] is the same without the handle: bytes in, bytes out, the time an argument. What
//! a test needs beside the API (contacts from a number, an incoming message, a frozen clock, faults, webhooks, a journal) are
//! its methods, and [`Command`]s for those who speak JSON.
//!
//! ```
//! use respond_io_sandbox::{Options, Request, Service};
//!
//! let mut service = Service::new(Options::default(), 0).unwrap();
//! service.seed(3, 1, 0).unwrap();
//! let request = Request {
//!     method: "GET",
//!     url: "https://api.respond.io/v2/contact/id:1",
//!     headers: &[("authorization".into(), "Bearer sandbox".into())],
//!     body: b"",
//! };
//! assert_eq!(service.handle(&request, 0).status, 200);
//! ```

mod arguments;
mod clock;
mod control;
mod faults;
mod handlers;
mod journal;
#[cfg(any(test, all(feature = "wasm", target_arch = "wasm32")))]
mod number;
mod options;
mod random;
mod rate;
mod refusal;
mod router;
mod rules;
mod seed;
mod service;
mod snapshot;
mod surface;
mod transport;
#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod wasm;
mod webhooks;
mod workspace;

pub use control::{Command, Outcome};
pub use faults::{FaultKind, FaultRule};
pub use journal::{Entry, JOURNAL_BYTES, JOURNAL_CAPACITY};
pub use options::{DEFAULT_TOKEN, LiveOptions, Options, RateSetting, SeedOptions};
pub use rate::RateLimit;
pub use refusal::Refusal;
pub use seed::MAX_SEED_COUNT;
pub use service::{Request, Response, Service};
pub use snapshot::Snapshot;
pub use surface::Surface;
pub use transport::{START_MS, Sandbox, ServiceGuard};
pub use webhooks::{Delivery, Disturbance, DisturbanceKind, Hook, HookOptions, MAX_FAILURES, MAX_HOOKS, MAX_WAITING};
