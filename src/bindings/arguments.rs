//! From JavaScript values to JSON, strictly: what JSON cannot say is refused with its path.

use crate::engine::json::MAX_DEPTH;
use crate::engine::{Fault, Rule};
use crate::operation::OperationMeta;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use js_sys::{Array, Function, JsString, Reflect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use wasm_bindgen::prelude::{JsCast, JsValue};

/// The arguments as one object, by the names of the operation's input; undefined ones are left out.
pub(super) fn named(operation: &OperationMeta, arguments: &[JsValue]) -> Result<Value, Fault> {
    let mut object = Map::new();
    for (field, argument) in operation.input.fields.iter().zip(arguments) {
        if let Some(value) = value(argument, field.name)? {
            object.insert(field.name.into(), value);
        }
    }
    Ok(Value::Object(object))
}

/// The value as JSON, `None` for undefined; `name` is where its path starts.
pub(super) fn value(value: &JsValue, name: &str) -> Result<Option<Value>, Fault> {
    Walk { path: name.into(), ancestors: Vec::new() }.value(value)
}

/// A member of an object or an array, left as it is by serde-wasm-bindgen.
#[derive(Deserialize)]
struct Member(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);

struct Walk {
    path: String,
    ancestors: Vec<JsValue>,
}

impl Walk {
    fn value(&mut self, value: &JsValue) -> Result<Option<Value>, Fault> {
        if value.is_undefined() {
            return Ok(None);
        }
        if let Some(number) = value.as_f64() {
            return self.number(number).map(Some);
        }
        if let Some(text) = value.dyn_ref::<JsString>() {
            return self.text(text).map(Some);
        }
        if value.is_object() {
            return self.nested(value);
        }
        match (value.is_null(), value.as_bool()) {
            (true, _) => Ok(Some(Value::Null)),
            (_, Some(truth)) => Ok(Some(Value::Bool(truth))),
            _ => Err(self.fault(Rule::NotJson, &kind(value))),
        }
    }

    /// A whole number is written without a fraction, as JavaScript does.
    fn number(&self, number: f64) -> Result<Value, Fault> {
        let whole = number as i64;
        if whole as f64 == number && whole.unsigned_abs() < 1 << 63 {
            return Ok(whole.into());
        }
        Number::from_f64(number).map(Value::Number).ok_or_else(|| self.fault(Rule::NotFinite, ""))
    }

    fn text(&self, text: &JsString) -> Result<Value, Fault> {
        if !text.is_valid_utf16() {
            return Err(self.fault(Rule::NotJson, "half a surrogate pair"));
        }
        Ok(Value::String(text.into()))
    }

    fn nested(&mut self, value: &JsValue) -> Result<Option<Value>, Fault> {
        if self.ancestors.contains(value) {
            return Err(self.fault(Rule::Cycle, ""));
        }
        if self.ancestors.len() > MAX_DEPTH {
            return Err(self.fault(Rule::Depth, &MAX_DEPTH.to_string()));
        }
        self.ancestors.push(value.clone());
        let nested = match to_json(value) {
            Some(replaced) => self.value(&replaced?),
            None if Array::is_array(value) => self.list(value).map(Some),
            None => self.object(value).map(Some),
        };
        self.ancestors.pop();
        nested
    }

    fn list(&mut self, list: &JsValue) -> Result<Value, Fault> {
        let members: Vec<Member> = self.members(list)?;
        let values = members.iter().enumerate().map(|(index, member)| {
            let value = self.member(&format!("[{index}]"), member)?;
            Ok(value.unwrap_or(Value::Null))
        });
        values.collect::<Result<Vec<_>, _>>().map(Value::Array)
    }

    fn object(&mut self, object: &JsValue) -> Result<Value, Fault> {
        let members: BTreeMap<String, Member> = self.members(object)?;
        let mut values = Map::new();
        for (name, member) in members {
            if let Some(value) = self.member(&format!(".{name}"), &member)? {
                values.insert(name, value);
            }
        }
        Ok(Value::Object(values))
    }

    fn members<T: DeserializeOwned>(&self, value: &JsValue) -> Result<T, Fault> {
        serde_wasm_bindgen::from_value(value.clone()).map_err(|_| self.fault(Rule::NotJson, &kind(value)))
    }

    fn member(&mut self, step: &str, member: &Member) -> Result<Option<Value>, Fault> {
        let length = self.path.len();
        self.path.push_str(step);
        let value = self.value(&member.0);
        self.path.truncate(length);
        value
    }

    fn fault(&self, rule: Rule, detail: &str) -> Fault {
        Fault { rule, path: self.path.clone(), detail: detail.into() }
    }
}

/// What the value's own `toJSON` gives, where it has one; dates do.
fn to_json(value: &JsValue) -> Option<Result<JsValue, Fault>> {
    let method: Function = Reflect::get(value, &"toJSON".into()).ok()?.dyn_into().ok()?;
    Some(method.call0(value).map_err(|_| Fault::of_document(Rule::NotJson)))
}

fn kind(value: &JsValue) -> String {
    value.js_typeof().as_string().unwrap_or_default()
}
