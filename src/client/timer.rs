//! One timer of the JavaScript engine: the global functions that windows, workers, Node and workerd all have.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, ms: f64) -> JsValue;
    /// The milliseconds of a clock that never goes back.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(super) fn performance_now() -> f64;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// The longest delay that `setTimeout` takes; it calls at once after a longer one.
const MAX_DELAY_MS: f64 = i32::MAX as f64;

/// Calls a function after a while, unless it is dropped before.
pub(super) struct Timer(JsValue);

impl Timer {
    pub(super) fn new(callback: &JsValue, ms: f64) -> Self {
        Self(set_timeout(callback, ms.min(MAX_DELAY_MS)))
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}
