//! The suite for `wasm-pack test --headless --chrome` and `--firefox`.
#![cfg(all(target_arch = "wasm32", feature = "bindings"))]

mod suite;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
