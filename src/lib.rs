#![cfg_attr(feature = "client", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "client"), doc = "Models, operations and engine of a client for the respond.io API.")]
#![cfg_attr(all(feature = "npm", not(feature = "client"), target_arch = "wasm32"), no_std)]

extern crate alloc;

#[cfg(all(feature = "bindings", target_arch = "wasm32"))]
pub mod bindings;
#[cfg(feature = "client")]
pub mod client;
pub mod engine;
#[cfg(feature = "client")]
pub mod error;
#[cfg(feature = "live")]
pub mod live;
pub mod model;
#[cfg(all(feature = "npm", not(feature = "client"), target_arch = "wasm32"))]
pub mod npm;
pub mod operation;
pub mod schema;
pub mod transport;
#[cfg(feature = "webhooks")]
pub mod webhook;

#[cfg(feature = "client")]
pub use client::Client;
#[cfg(feature = "client")]
pub use error::Error;

/// Its examples are run with the tests.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../docs/rust.md")]
struct RustGuide;
