//! Warnings on the console of the JavaScript engine.

use super::path::without_indices;
use super::{Mismatch, MismatchHook};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::sync::Arc;
use std::sync::Mutex;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn warn(text: &str);
}

/// How many different warnings a client gives, so that its memory is bounded.
const MAX_WARNINGS: usize = 1000;

/// Warns of each operation and path once; elements of a list count as one.
pub(super) fn warn_once() -> MismatchHook {
    let seen = Mutex::new(BTreeSet::new());
    Arc::new(move |mismatch: &Mismatch| {
        let key = (mismatch.operation, without_indices(&mismatch.fault.path));
        let mut seen = seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if seen.len() < MAX_WARNINGS && seen.insert(key) {
            warn(&format!("respond.io {}: by the contract {}", mismatch.operation, mismatch.fault));
        }
    })
}
