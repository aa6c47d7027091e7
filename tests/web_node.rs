//! The suite for `wasm-pack test --node`.
#![cfg(all(target_arch = "wasm32", feature = "bindings"))]

mod suite;
