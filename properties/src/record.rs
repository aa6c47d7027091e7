//! What is put together from the record of a body is what serde_json reads of it.

use respond_io_wasm::engine::record::{Record, Slot};
use serde_json::{Map, Value};

/// Whether there was a value to compare.
///
/// # Panics
///
/// Where the record says another thing than serde_json.
pub fn is_whole(mut record: Record, body: &[u8]) -> bool {
    let Some(root) = record.finish() else { return false };
    let [texts, wide, shorts] = record.texts();
    assert!(texts.is_ascii());
    let (wide, text) = (std::str::from_utf8(wide), std::str::from_utf8(body));
    assert_eq!(wide.is_ok(), text.is_ok(), "the record holds all that is not ASCII");
    let (Ok(wide), Ok(text)) = (wide, text) else { return false };
    // serde_json reads neither half a surrogate pair nor a number beyond all floats.
    let (Ok(texts), Ok(wide), Ok(expected)) =
        (serde_json::from_slice(texts), serde_json::from_str(&constants(wide)), serde_json::from_str(text))
    else {
        return false;
    };
    let shorts = std::str::from_utf8(shorts).expect("short strings are ASCII");
    let value = put_together(texts, wide, shorts, record.table(), root);
    assert!(is_same(&value, &expected), "{value} is not {expected}");
    true
}

/// The array that is not ASCII, of which the elements are recorded.
fn constants(wide: &str) -> String {
    format!("[null,true,false,{wide}0]")
}

/// What slots stand for.
struct Values {
    texts: Vec<Value>,
    shorts: Vec<Value>,
    made: Vec<Value>,
    wide: Vec<Value>,
}

impl Values {
    fn of(&self, slot: Slot) -> Value {
        if slot >= 0 {
            return Value::from(slot);
        }
        let list = [&self.texts, &self.shorts, &self.made, &self.wide][(!slot & 3) as usize];
        list[(!slot >> 2) as usize].clone()
    }
}

/// What `js/reader.ts` does.
fn put_together(texts: Vec<Value>, wide: Vec<Value>, shorts: &str, table: &[i32], root: Slot) -> Value {
    let shorts = shorts.split('"').map(Value::from).collect();
    let mut values = Values { texts, shorts, made: Vec::new(), wide };
    let mut shapes = Vec::new();
    let mut table = table.iter().copied();
    while let Some(code) = table.next() {
        let mut number = || table.next().expect("a number") as usize;
        if code != 0 && code as usize > shapes.len() {
            shapes.push(names(&values.wide[number()]));
        }
        let kept = values.made.len() - number();
        let value = if code == 0 {
            let length = number();
            if kept + length == values.made.len() {
                Value::from(values.made[kept..].to_vec())
            } else {
                table.by_ref().take(length).map(|slot| values.of(slot)).collect()
            }
        } else {
            let names: &Vec<String> = &shapes[code as usize - 1];
            let slots = table.by_ref().take(names.len()).map(|slot| values.of(slot));
            names.iter().cloned().zip(slots).collect::<Map<_, _>>().into()
        };
        values.made.truncate(kept);
        values.made.push(value);
    }
    assert!(values.made.len() <= 1, "something was left over");
    values.of(root)
}

/// The names of a shape, which come last first behind a zero at the end.
fn names(list: &Value) -> Vec<String> {
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
