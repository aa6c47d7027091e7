//! Where sources disagree on a field of the live surface, each variant is read: every kind of a value, a list or its
//! element, null, and nothing, one field at a time, in the answer of every operation.

use respond_io_properties::decoder::judge;
use respond_io_wasm::live::operation::OPERATIONS;
use respond_io_wasm::schema::{Field, Kind, Model};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The values of a kind that differ in what they are; the first is the usual one.
fn variants(kind: &Kind) -> Vec<Value> {
    match kind {
        Kind::Text(_) | Kind::Identifier => vec![json!("a"), json!("")],
        Kind::Integer(_) => vec![json!(1), json!(1_783_996_922_700_277_u64)],
        Kind::Number => vec![json!(1.5), json!(-1)],
        Kind::Boolean => vec![json!(true), json!(false)],
        Kind::Choice(values) => values.iter().copied().chain(["unheard_of"]).map(Value::from).collect(),
        Kind::AnyObject => vec![json!({ "name": "Lead" }), json!({})],
        Kind::Either(either) => either.kinds.iter().flat_map(variants).collect(),
        Kind::List(element) => {
            let elements = variants(element);
            let lists = elements.iter().map(|element| json!([element]));
            lists.chain([json!([]), json!([elements[0], elements[0]])]).collect()
        }
        Kind::Object(model) => objects(model),
    }
}

/// An object with every field, and others that differ from it in one.
fn objects(model: &Model) -> Vec<Value> {
    let whole: Map<String, Value> =
        model.fields.iter().map(|field| (field.name.into(), variants(&field.kind).swap_remove(0))).collect();
    let changed = model.fields.iter().flat_map(|field| {
        let with = |value: Value| whole.clone().into_iter().chain([(field.name.into(), value)]).collect();
        variants(&field.kind).into_iter().skip(1).chain(is_optional(field).then_some(Value::Null)).map(with)
    });
    let left_out = model.fields.iter().filter(|field| !field.required).map(|field| {
        whole
            .iter()
            .filter(|(name, _)| *name != field.name)
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    });
    let more: Map<String, Value> = whole.clone().into_iter().chain([("new_field".into(), json!([1, null]))]).collect();
    let all = [whole.clone()].into_iter().chain(changed).chain(left_out).chain([more]);
    all.map(Value::Object).collect()
}

fn is_optional(field: &Field) -> bool {
    field.nullable || !field.required
}

#[test]
fn every_variant_of_every_field_is_read_and_loses_nothing() {
    let mut count = 0;
    for operation in OPERATIONS {
        for value in variants(&operation.response.unwrap()) {
            assert_eq!(judge(operation, value.to_string().as_bytes()), None, "{} {value}", operation.id);
            count += 1;
        }
    }
    println!("{count} answers");
    assert!(count > 800, "{count}");
}

/// Where a value may be of several kinds, by model and field.
fn fields_of_several_kinds(kind: &Kind, found: &mut BTreeMap<String, &'static str>, seen: &mut BTreeSet<&'static str>) {
    match kind {
        Kind::List(element) => fields_of_several_kinds(element, found, seen),
        Kind::Either(either) => either.kinds.iter().for_each(|kind| fields_of_several_kinds(kind, found, seen)),
        Kind::Object(model) if seen.insert(model.name) => {
            for field in model.fields {
                if let Kind::Either(either) = field.kind {
                    found.insert(format!("{}.{}", model.name, field.name), either.name);
                }
                fields_of_several_kinds(&field.kind, found, seen);
            }
        }
        _ => {}
    }
}

#[test]
fn the_fields_on_which_sources_disagree_are_of_several_kinds() {
    let (mut found, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for operation in OPERATIONS {
        fields_of_several_kinds(&operation.response.unwrap(), &mut found, &mut seen);
    }
    let found: Vec<_> = found.iter().map(|(field, kinds)| (field.as_str(), *kinds)).collect();
    let [number, stage] = ["a string or an integer", "a string or an object"];
    let expected = [
        ("Acknowledgement.code", number),
        ("Channel.lastIncomingMessageTime", number),
        ("Channel.lastMessageTime", number),
        ("Contact.lifecycle", stage),
        ("CustomFieldValue.value", "a string, a number or a boolean"),
        ("Message.channelMessageId", number),
        ("Message.status", "a status or a list of them"),
        ("Message.timestamp", number),
        ("MessageStatus.timestamp", number),
    ];
    assert_eq!(found, expected);
}
