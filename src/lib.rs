#![doc = include_str!("../README.md")]
#![cfg_attr(all(feature = "npm", not(feature = "client"), target_arch = "wasm32"), no_std)]

extern crate alloc;

#[cfg(feature = "client")]
pub mod client;
pub mod engine;
pub mod model;
#[cfg(all(feature = "npm", target_arch = "wasm32"))]
pub mod npm;
pub mod operation;
pub mod schema;
pub mod transport;
