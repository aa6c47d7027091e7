//! Errors as JavaScript sees them.

use super::value;
use crate::error::Error;
use alloc::string::ToString;
use js_sys::Reflect;
use wasm_bindgen::prelude::JsValue;

/// A JavaScript `Error` whose `name` is the kind's, with all that is known of the failure as properties.
pub(super) fn to_js(error: &Error) -> JsValue {
    let details = error.details();
    let thrown = js_sys::Error::new(&error.to_string());
    thrown.set_name(error.name());
    let body = details.body.clone().map(|body| value::to_js(body).unwrap_or(JsValue::UNDEFINED));
    let properties = [
        ("operation", details.operation.map(JsValue::from)),
        ("statusCode", details.status_code.map(JsValue::from)),
        ("body", body),
        ("attempts", Some(details.attempts.into())),
        ("outcome", Some(details.outcome.name().into())),
        ("retryAfter", details.retry_after.map(JsValue::from)),
        ("path", details.path.as_deref().map(JsValue::from)),
        ("rule", details.rule.map(|rule| rule.name().into())),
    ];
    for (name, property) in properties {
        // A new error object takes every property.
        let _ = Reflect::set(&thrown, &name.into(), &property.unwrap_or(JsValue::UNDEFINED));
    }
    thrown.into()
}
