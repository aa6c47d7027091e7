//! The engine: checks input, builds requests, classifies and checks responses, decides on retries.
//!
//! It is synchronous and does no I/O: it knows no clock, no network and no randomness. What it needs of them comes in
//! as arguments, so every rule is a pure function with a table of tests. Two drivers put it to work: the Rust
//! [`client`](crate::client) and the TypeScript of the npm package.

mod again;
pub mod check;
pub mod document;
pub mod identifier;
pub mod json;
#[cfg(feature = "client")]
pub mod learn;
pub mod names;
pub mod outcome;
#[cfg(feature = "client")]
pub mod pace;
#[cfg(feature = "record")]
pub mod record;
#[cfg(not(feature = "record"))]
#[path = "unrecorded.rs"]
pub mod record;
pub mod request;
pub mod response;
pub mod retry;
pub mod rule;

pub use outcome::Outcome;
pub use request::Request;
pub use rule::{Fault, Rule};
