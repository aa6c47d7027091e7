//! What is put together from the record of a body is what serde_json reads of it.

use respond_io_wasm::engine::record::Slot;
use respond_io_wasm::engine::response;
use respond_io_wasm::operation::{OPERATIONS, OperationMeta};
use serde_json::{Map, Value};

/// Shorter bodies are not recorded.
const PADDING: usize = 2000;

/// Judges a body as the answer of every operation.
pub fn reader(body: &[u8]) {
    for operation in OPERATIONS {
        judge(operation, body);
    }
}

/// Judges a body, with white space before it, as the answer of one operation; says whether there was a value to compare.
///
/// # Panics
///
/// Where the record says another thing than serde_json, or recording changes what the check says.
pub fn judge(operation: &OperationMeta, body: &[u8]) -> bool {
    let padded = [&[b' '; PADDING], body].concat();
    let (checked, record) = response::read(operation, &padded);
    assert_eq!(checked, response::check(operation, &padded));
    let (json, table, root) = record.finish();
    if checked.is_err() || table.is_empty() {
        return false;
    }
    let (json, text) = (std::str::from_utf8(&json), std::str::from_utf8(body));
    assert_eq!(json.is_ok(), text.is_ok(), "the record holds all that is not ASCII");
    let (Ok(json), Ok(text)) = (json, text) else { return false };
    // serde_json reads neither half a surrogate pair nor a number beyond all floats.
    let (Ok(json), Ok(expected)) = (serde_json::from_str(json), serde_json::from_str(text)) else { return false };
    let value = put_together(json, &table, root);
    assert!(is_same(&value, &expected), "{value} is not {expected}");
    true
}

/// What `js/reader.ts` does.
fn put_together(mut json: Vec<Value>, table: &[i32], root: Slot) -> Value {
    let pool = json.pop().and_then(|pool| pool.as_str().map(String::from)).expect("the pool comes last");
    let mut pool = pool.as_str();
    let mut json = json.into_iter();
    let mut values = vec![Value::Null, Value::from(true), Value::from(false)];
    let mut shapes = Vec::new();
    let mut table = table.iter().copied();
    while let Some(code) = table.next() {
        let mut slots =
            |count: usize| table.by_ref().take(count).map(|slot| value_of(slot, &values)).collect::<Vec<_>>();
        let value = match code {
            0..13 => {
                let (cut, rest) = pool.split_at(code as usize);
                pool = rest;
                Value::from(cut)
            }
            13 => json.next().expect("a value of the array"),
            14 => {
                let count = slots(1)[0].as_u64().expect("a length");
                Value::from(slots(count as usize))
            }
            _ => {
                let shape = code as usize - 15;
                if shape == shapes.len() {
                    shapes.push(names(json.next().expect("names")));
                }
                let names: &Vec<String> = &shapes[shape];
                names.iter().cloned().zip(slots(names.len())).collect::<Map<_, _>>().into()
            }
        };
        values.push(value);
    }
    assert!(pool.is_empty() && json.next().is_none(), "something was left over");
    value_of(root, &values)
}

fn value_of(slot: Slot, values: &[Value]) -> Value {
    if slot < 0 { values[!slot as usize].clone() } else { Value::from(slot) }
}

/// The names of a shape, which come last first behind a zero at the end.
fn names(list: Value) -> Vec<String> {
    let mut names: Vec<String> =
        list.as_array().expect("a list").iter().filter_map(Value::as_str).map(Into::into).collect();
    names.reverse();
    names
}

/// The integer 5 may be written 5.0.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| is_same(value, other)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}
