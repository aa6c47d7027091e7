//! A response's body is usable exactly where it is JSON within the documented bounds, and what is said of it is true.
//!
//! The bounds: at most 100 levels of nesting, and no integer beyond 2^53-1 in a field that holds integers.

use crate::surfaces::{is_live, operations};
use crate::tree::Tree;
use respond_io_wasm::engine::json::MAX_DEPTH;
use respond_io_wasm::engine::{Fault, Rule, response};
use respond_io_wasm::live::operation as live;
use respond_io_wasm::operation::{self as contract, Operation, OperationMeta};
use respond_io_wasm::schema::{Kind, MAX_SAFE_INTEGER, Model};
use serde::de::IgnoredAny;
use serde_json::{Number, Value};

/// Judges a body as the answer of every operation.
pub fn decoder(body: &[u8]) {
    for operation in operations() {
        judge(operation, body);
    }
}

/// Judges a body as the answer of one operation; gives the rule that it breaks, if it breaks one.
///
/// # Panics
///
/// Where the engine and serde_json disagree.
pub fn judge(operation: &OperationMeta, body: &[u8]) -> Option<Rule> {
    let unread = response::check(operation, body);
    let checked = response::check_text(operation, body);
    let Ok(text) = std::str::from_utf8(body) else {
        assert_eq!(checked, Err(Fault::of_document(Rule::Encoding)));
        return Some(Rule::Encoding);
    };
    assert_eq!(checked.clone().map(|(_, mismatch)| mismatch), unread, "the two checks differ in the encoding alone");
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(kind) = &operation.response else {
        assert_eq!(checked, Ok((text, None)), "nobody looks at this body");
        return None;
    };
    let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
    match &checked {
        Ok((given, _)) => {
            assert_eq!(*given, text);
            assert!(is_json && depth(text) <= MAX_DEPTH, "it is usable");
        }
        Err(Fault { rule: Rule::Syntax | Rule::Truncated, .. }) => assert!(!is_json, "it is JSON"),
        Err(Fault { rule: Rule::Depth, .. }) => assert!(depth(text) > MAX_DEPTH, "it is not deep"),
        Err(fault) => assert_eq!(fault.rule, Rule::UnsafeInteger),
    }
    let mismatch = checked.map(|(_, mismatch)| mismatch);
    // serde_json reads neither half a surrogate pair nor a number beyond all floats, both of which JSON.parse takes.
    if is_json
        && depth(text) <= MAX_DEPTH
        && let Ok(tree) = serde_json::from_str::<Tree>(text)
    {
        same_faults(kind, &tree, &mismatch);
        same_content(operation, text, &mismatch);
    }
    mismatch.map_or_else(|fault| Some(fault.rule), |found| found.map(|fault| fault.rule))
}

/// How deep the brackets outside of strings are nested.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The engine's fault is the first that a reader of the whole tree finds.
fn same_faults(kind: &Kind, tree: &Tree, checked: &Result<Option<Fault>, Fault>) {
    let mut all = Faults::default();
    all.value(kind, tree, "");
    if all.is_unsure {
        return;
    }
    let told = |fault: &Fault| (fault.rule, fault.path.clone());
    let fatal = all.found.iter().find(|(rule, _)| rule.is_fatal());
    match checked {
        Ok(mismatch) => assert_eq!((mismatch.as_ref().map(told).as_ref(), None), (all.found.first(), fatal)),
        Err(fault) => assert_eq!(Some(&told(fault)), fatal),
    }
}

/// The faults of a tree, in the order of the text.
#[derive(Default)]
struct Faults {
    found: Vec<(Rule, String)>,
    /// Whether a number is too close to an integer, or to the largest one, for a float to tell.
    is_unsure: bool,
}

impl Faults {
    fn value(&mut self, kind: &Kind, tree: &Tree, path: &str) {
        match (kind, tree) {
            (Kind::Text(_) | Kind::Choice(_), Tree::Text)
            | (Kind::Boolean, Tree::Boolean)
            | (Kind::AnyObject, Tree::Object(_)) => {}
            (Kind::Integer(_), Tree::Number(number)) => self.integer(number, path),
            (Kind::List(element), Tree::List(list)) => {
                for (index, tree) in list.iter().enumerate() {
                    self.value(element, tree, &format!("{path}[{index}]"));
                }
            }
            (Kind::Object(model), Tree::Object(members)) => self.object(model, members, path),
            (Kind::Number, Tree::Number(_)) => {}
            (Kind::Either(either), tree) => match either.kinds.iter().find(|kind| is_like(kind, tree)) {
                Some(kind) => self.value(kind, tree, path),
                None => self.push(Rule::Kind, path),
            },
            _ => self.push(Rule::Kind, path),
        }
    }

    fn object(&mut self, model: &Model, members: &[(String, Tree)], path: &str) {
        let below = |name: &str| if path.is_empty() { name.into() } else { format!("{path}.{name}") };
        for (name, tree) in members {
            let Some(field) = model.fields.iter().find(|field| field.name == name) else { continue };
            let is_permitted_null = matches!(tree, Tree::Null) && (field.nullable || !field.required);
            if !is_permitted_null {
                self.value(&field.kind, tree, &below(name));
            }
        }
        for field in model.fields.iter().filter(|field| field.required) {
            if !members.iter().any(|(name, _)| name == field.name) {
                self.push(Rule::Required, &below(field.name));
            }
        }
    }

    fn integer(&mut self, number: &Number, path: &str) {
        let magnitude = number.as_u64().or(number.as_i64().map(i64::unsigned_abs));
        match (magnitude, number.as_f64().unwrap_or_default()) {
            (Some(magnitude), _) if magnitude <= MAX_SAFE_INTEGER => {}
            (Some(_), _) => self.push(Rule::UnsafeInteger, path),
            (None, float) if float.fract() != 0.0 => self.push(Rule::Kind, path),
            (None, float) if float.abs() > 2.0 * MAX_SAFE_INTEGER as f64 => self.push(Rule::UnsafeInteger, path),
            (None, _) => self.is_unsure = true,
        }
    }

    fn push(&mut self, rule: Rule, path: &str) {
        self.found.push((rule, path.into()));
    }
}

/// Whether a value is of a kind as far as its first character tells.
fn is_like(kind: &Kind, tree: &Tree) -> bool {
    match kind {
        Kind::Text(_) | Kind::Choice(_) => matches!(tree, Tree::Text),
        Kind::Integer(_) | Kind::Number => matches!(tree, Tree::Number(_)),
        Kind::Boolean => matches!(tree, Tree::Boolean),
        Kind::List(_) => matches!(tree, Tree::List(_)),
        Kind::Object(_) | Kind::AnyObject => matches!(tree, Tree::Object(_)),
        Kind::Identifier | Kind::Either(_) => false,
    }
}

/// What the engine takes for declared is read into the operation's type, and written again it has lost nothing.
fn same_content(operation: &OperationMeta, text: &str, checked: &Result<Option<Fault>, Fault>) {
    let (Ok(mismatch), Ok(value)) = (checked, serde_json::from_str::<Value>(text)) else { return };
    match rewriter(operation)(text) {
        Ok(rewritten) => assert!(is_same(&rewritten, &value), "{rewritten} is not the same"),
        Err(error) => assert!(mismatch.is_some(), "the type does not read it: {error}"),
    }
}

/// Null is what an optional field holds that is left out; an integer may be written as 5.0.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let has_more = other.iter().any(|(key, value)| !one.contains_key(key) && !value.is_null());
            !has_more && one.iter().all(|(key, value)| is_same(value, other.get(key).unwrap_or(&Value::Null)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

type Rewriter = fn(&str) -> serde_json::Result<Value>;

/// Reads a text into the type of the operation's answer and writes it again.
fn rewriter(operation: &OperationMeta) -> Rewriter {
    macro_rules! rewriters {
        ($surface:ident: $($operation:ident)*) => {
            &[$(($surface::$operation::META, rewrite::<$surface::$operation> as Rewriter)),*]
        };
    }
    let contract: &[(&OperationMeta, Rewriter)] = rewriters![
        contract: CreateContact CreateOrUpdateContact ListContacts GetContact UpdateContact MergeContacts
        ListContactChannels SendMessage GetMessage UpdateConversationStatus CreateTag ListCustomFields CreateCustomField
    ];
    let live: &[(&OperationMeta, Rewriter)] = rewriters![
        live: GetContact CreateContact UpdateContact DeleteContact CreateOrUpdateContact MergeContacts ListContacts
        AddContactTags RemoveContactTags ListContactChannels UpdateLifecycle SendMessage GetMessage ListMessages
        CreateComment AssignConversation UpdateConversationStatus ListUsers GetUser CreateCustomField ListCustomFields
        GetCustomField ListClosingNotes ListChannels ListTemplates CreateTag UpdateTag DeleteTag
    ];
    let all = if is_live(operation) { live } else { contract };
    let found = all.iter().find(|(meta, _)| meta.id == operation.id);
    found.unwrap_or_else(|| panic!("{} is not among the rewriters", operation.id)).1
}

fn rewrite<O: Operation>(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str::<O::Response>(text).and_then(serde_json::to_value)
}
