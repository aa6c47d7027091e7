//! The service as accounts meet it today: the operations and models of the vendor's published clients, where they differ
//! from the contract. `docs/live.md` says how, and how sure each of it is.

#[cfg(feature = "client")]
mod client;
pub mod model;
pub mod operation;

#[cfg(feature = "client")]
pub use client::*;
