//! From JSON to JavaScript values.

use crate::schema::MAX_SAFE_INTEGER;
use serde::Serialize;
use serde_json::{Number, Value};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::JsValue;

/// The value that `JSON.parse` would give.
pub(super) fn to_js(mut value: Value) -> Result<JsValue, JsValue> {
    round(&mut value);
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// Rounds the integers that JavaScript would: fields outside the contract may hold them.
fn round(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(round),
        Value::Object(values) => values.values_mut().for_each(round),
        Value::Number(number) if !is_safe(number) => {
            if let Some(rounded) = number.as_f64().and_then(Number::from_f64) {
                *number = rounded;
            }
        }
        _ => {}
    }
}

fn is_safe(number: &Number) -> bool {
    match (number.as_u64(), number.as_i64()) {
        (Some(positive), _) => positive <= MAX_SAFE_INTEGER,
        (None, Some(negative)) => negative.unsigned_abs() <= MAX_SAFE_INTEGER,
        (None, None) => true,
    }
}
