//! The filter language of the live surface: each operator on each kind of field.

use crate::support::{Api, START};
use serde_json::{Value, json};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Three contacts, created on three days: 2026-07-14, 15 and 16, each at 02:42:02 UTC.
fn api() -> Api {
    assert_eq!(START, 1_783_996_922_000);
    let mut api = Api::live();
    for (name, data_type) in
        [("Plan", "text"), ("Seats", "number"), ("Renewal", "date"), ("Trial", "checkbox"), ("Call", "text")]
    {
        api.ok("POST", "/space/custom_field", &json!({"name": name, "dataType": data_type}).to_string());
    }
    let contacts = [
        (
            "aida@example.com",
            json!({"firstName": "Aida", "lastName": "Rahman", "phone": "+601", "language": "ms",
            "custom_fields": [{"name": "Plan", "value": "gold"}, {"name": "Seats", "value": 5},
                {"name": "Renewal", "value": "2027-01-31"}, {"name": "Trial", "value": true}]}),
        ),
        (
            "ben@example.org",
            json!({"firstName": "Ben", "countryCode": "GB",
            "custom_fields": [{"name": "Plan", "value": "free"}, {"name": "Seats", "value": 50},
                {"name": "Call", "value": "2026-07-14T09:00:00+08:00"}]}),
        ),
        ("chen@example.com", json!({"firstName": "Chen", "lastName": "Li", "phone": "+603"})),
    ];
    for (index, (email, fields)) in contacts.into_iter().enumerate() {
        api.service.advance(if index == 0 { 0 } else { DAY_MS }, 0).unwrap();
        api.ok("POST", &format!("/contact/email:{email}"), &fields.to_string());
    }
    api.ok("POST", "/contact/id:1/tag", r#"["vip","new"]"#);
    api.ok("POST", "/contact/id:2/tag", r#"["vip"]"#);
    api.ok("POST", "/contact/id:1/lifecycle/update", r#"{"name":"Customer"}"#);
    api.ok("POST", "/contact/id:3/lifecycle/update", r#"{"name":null}"#);
    api.ok("POST", "/contact/id:2/conversation/assignee", r#"{"assignee":5}"#);
    api.ok("POST", "/contact/id:2/conversation/status", r#"{"status":"open"}"#);
    api
}

fn found(api: &mut Api, filter: Value) -> Value {
    let page = api.ok("POST", "/contact/list", &filter.to_string());
    page["items"].as_array().unwrap().iter().map(|contact| contact["id"].clone()).collect()
}

fn condition(category: &str, field: Value, operator: &str, value: Value) -> Value {
    json!({"category": category, "field": field, "operator": operator, "value": value})
}

fn field(name: &str, operator: &str, value: Value) -> Value {
    condition("contactField", json!(name), operator, value)
}

fn tags(operator: &str, value: Value) -> Value {
    condition("contactTag", Value::Null, operator, value)
}

fn stage(operator: &str, value: Value) -> Value {
    condition("lifecycle", Value::Null, operator, value)
}

#[test]
fn conditions() {
    let range = |from: &str, to: &str| json!({"from": from, "to": to});
    let table = [
        (field("firstName", "isEqualTo", json!("Aida")), json!([1])),
        (field("firstName", "isEqualTo", json!("aida")), json!([])),
        (field("firstName", "isNotEqualTo", json!("Aida")), json!([2, 3])),
        (field("lastName", "isNotEqualTo", json!("Li")), json!([1, 2])),
        (field("lastName", "exists", Value::Null), json!([1, 3])),
        (field("lastName", "doesNotExist", Value::Null), json!([2])),
        (field("email", "isEqualTo", json!("AIDA@example.com")), json!([1])),
        (field("phone", "isEqualTo", json!("603")), json!([3])),
        (field("language", "hasAnyOf", json!(["ms", "en"])), json!([1])),
        (field("countryCode", "hasNoneOf", json!(["GB"])), json!([1, 3])),
        (field("profilePic", "exists", Value::Null), json!([])),
        (field("id", "isGreaterThan", json!("1")), json!([2, 3])),
        (field("status", "isEqualTo", json!("open")), json!([2])),
        (field("assignee", "isEqualTo", json!("MEI@example.com")), json!([2])),
        (field("assignee", "isEqualTo", json!("5")), json!([2])),
        (field("assignee", "doesNotExist", Value::Null), json!([1, 3])),
        (field("Plan", "isEqualTo", json!("gold")), json!([1])),
        (field("Plan", "isNotEqualTo", json!("gold")), json!([2, 3])),
        (field("Plan", "hasAnyOf", json!(["free", "gold"])), json!([1, 2])),
        (field("Plan", "hasAllOf", json!(["gold"])), json!([1])),
        (field("Plan", "hasAllOf", json!(["gold", "free"])), json!([])),
        (field("Plan", "hasNoneOf", json!(["gold"])), json!([2, 3])),
        (field("Plan", "doesNotExist", Value::Null), json!([3])),
        (field("Plan", "isGreaterThan", json!("1")), json!([])),
        (field("Trial", "isEqualTo", json!("true")), json!([1])),
        (field("Seats", "isEqualTo", json!("5.0")), json!([1])),
        (field("Seats", "isGreaterThan", json!("5")), json!([2])),
        (field("Seats", "isLessThan", json!("50")), json!([1])),
        (field("Seats", "isBetween", range("5", "50")), json!([1, 2])),
        (field("Seats", "isBetween", range("5.5", "49")), json!([])),
        (field("Renewal", "isTimestampAfter", json!("2027-01-30")), json!([1])),
        (field("Renewal", "isTimestampAfter", json!("2027-01-31")), json!([])),
        (field("Renewal", "isTimestampBefore", json!("2027-02-01")), json!([1])),
        (field("Renewal", "isTimestampBetween", range("2027-01-31", "2027-01-31")), json!([1])),
        (field("Call", "isTimestampBefore", json!("2026-07-14T01:00:01Z")), json!([2])),
        (field("Call", "isTimestampBefore", json!("2026-07-14T01:00:00Z")), json!([])),
        (field("created_at", "isTimestampAfter", json!("2026-07-14")), json!([2, 3])),
        (field("created_at", "isTimestampAfter", json!("2026-07-15T02:42:01Z")), json!([2, 3])),
        (field("created_at", "isTimestampAfter", json!("2026-07-15T02:42:02Z")), json!([3])),
        (field("created_at", "isTimestampBefore", json!("1784083322")), json!([1])),
        (field("created_at", "isTimestampBetween", range("2026-07-15", "2026-07-16")), json!([2, 3])),
        (tags("isEqualTo", json!("new")), json!([1])),
        (tags("isNotEqualTo", json!("new")), json!([2, 3])),
        (tags("exists", Value::Null), json!([1, 2])),
        (tags("doesNotExist", Value::Null), json!([3])),
        (tags("hasAnyOf", json!(["new", "old"])), json!([1])),
        (tags("hasAllOf", json!(["vip", "new"])), json!([1])),
        (tags("hasNoneOf", json!(["vip"])), json!([3])),
        (tags("hasAnyOf", json!([])), json!([])),
        (stage("isEqualTo", json!("Customer")), json!([1])),
        (stage("isNotEqualTo", json!("Customer")), json!([2, 3])),
        (stage("hasAnyOf", json!(["Customer", "New Lead"])), json!([1, 2])),
        (stage("hasNoneOf", json!(["Customer", "New Lead"])), json!([3])),
        (stage("exists", Value::Null), json!([1, 2])),
        (stage("doesNotExist", Value::Null), json!([3])),
    ];
    let mut api = api();
    for (condition, expected) in table {
        for name in ["$and", "$or"] {
            let filter = json!({"timezone": "UTC", "filter": {name: [condition]}});
            assert_eq!(found(&mut api, filter), expected, "{name} {condition}");
        }
    }
}

#[test]
fn all_of_one_list_and_one_of_the_other() {
    let (gold, free) = (field("Plan", "isEqualTo", json!("gold")), field("Plan", "isEqualTo", json!("free")));
    let vip = tags("hasAnyOf", json!(["vip"]));
    let mut api = api();
    for (filter, expected) in [
        (json!({}), json!([1, 2, 3])),
        (json!({"$and": [], "$or": []}), json!([1, 2, 3])),
        (json!({"$and": [gold, vip]}), json!([1])),
        (json!({"$and": [gold, free]}), json!([])),
        (json!({"$or": [gold, free]}), json!([1, 2])),
        (json!({"$and": [vip], "$or": [free, field("phone", "isEqualTo", json!("603"))]}), json!([2])),
    ] {
        assert_eq!(found(&mut api, json!({"timezone": "UTC", "filter": filter})), expected, "{filter}");
    }
}

#[test]
fn a_search_looks_at_names_emails_and_phone_numbers() {
    let mut api = api();
    for (search, expected) in [
        ("", json!([1, 2, 3])),
        ("AIDA", json!([1])),
        ("aida rah", json!([1])),
        ("example.com", json!([1, 3])),
        ("+60", json!([1, 3])),
        ("gold", json!([])),
    ] {
        let filter = json!({"search": search, "timezone": "UTC", "filter": {}});
        assert_eq!(found(&mut api, filter), expected, "{search}");
    }
    let filter = json!({"search": "example.com", "timezone": "UTC", "filter": {"$and": [tags("exists", Value::Null)]}});
    assert_eq!(found(&mut api, filter), json!([1]));
}

#[test]
fn days_are_those_of_the_time_zone() {
    let mut api = api();
    for (timezone, day, expected) in [
        ("UTC", "2026-07-14", json!([1])),
        ("Asia/Kuala_Lumpur", "2026-07-14", json!([1])),
        ("-05:00", "2026-07-14", json!([2])),
        ("America/Sao_Paulo", "2026-07-13", json!([1])),
        ("Europe/Berlin", "2026-07-14", json!([1])),
        ("America/New_York", "2026-07-14", json!([2])),
    ] {
        let on = field("created_at", "isTimestampBetween", json!({"from": day, "to": day}));
        let filter = json!({"timezone": timezone, "filter": {"$and": [on]}});
        assert_eq!(found(&mut api, filter), expected, "{timezone}");
    }
    let nowhere = |condition: Value| json!({"timezone": "Asia/Nowhere", "filter": {"$and": [condition]}}).to_string();
    let after = nowhere(field("created_at", "isTimestampAfter", json!("2026-07-14")));
    let (status, message) = api.refused("POST", "/contact/list", &after);
    assert!(status == 400 && message.contains("the timezone \"Asia/Nowhere\" is not known"), "{message}");
    api.ok("POST", "/contact/list", &nowhere(field("firstName", "exists", Value::Null)));
}

#[test]
fn what_does_not_go_together_is_refused() {
    let range = json!({"from": "1", "to": "2"});
    let text = "takes a string";
    let shape = "takes an object with from and to";
    let list = "takes a list of strings";
    let table = [
        (field("isEqualTo?", "isEqualTo", json!("a")), "there is no custom field \"isEqualTo?\""),
        (condition("contactField", Value::Null, "exists", Value::Null), "must name the field"),
        (field("Plan", "isEqualTo", json!(["gold"])), text),
        (field("Plan", "isEqualTo", Value::Null), text),
        (field("Plan", "isNotEqualTo", range.clone()), text),
        (field("Plan", "exists", json!("")), "takes null"),
        (field("Plan", "doesNotExist", json!([])), "takes null"),
        (field("Seats", "isGreaterThan", json!("many")), "takes a number"),
        (field("Seats", "isGreaterThan", json!("inf")), "takes a number"),
        (field("Seats", "isLessThan", range.clone()), text),
        (field("Seats", "isBetween", json!("1")), shape),
        (field("Renewal", "isTimestampAfter", json!("soon")), "takes a day"),
        (field("Renewal", "isTimestampBefore", json!(["2026-01-01"])), text),
        (field("Renewal", "isTimestampBetween", json!("2026-01-01")), shape),
        (tags("hasAnyOf", json!("vip")), list),
        (tags("hasAllOf", Value::Null), list),
        (tags("hasNoneOf", range.clone()), list),
        (tags("isGreaterThan", json!("1")), "does not go with contactTag"),
        (stage("isTimestampAfter", json!("2026-01-01")), "does not go with lifecycle"),
        (stage("isBetween", range), "does not go with lifecycle"),
    ];
    let mut api = api();
    for (condition, words) in table {
        let filter = json!({"timezone": "UTC", "filter": {"$or": [condition]}});
        let (status, message) = api.refused("POST", "/contact/list", &filter.to_string());
        assert!(status == 400 && message.contains(words), "{condition}: {status} {message}");
    }
}

#[test]
fn pages_hold_what_fits_alone() {
    let mut api = Api::live();
    api.service.seed(200, 1, 0).unwrap();
    let body = json!({"timezone": "UTC", "filter": {"$and": [tags("hasAnyOf", json!(["vip"]))]}}).to_string();
    let (mut path, mut ids) = ("/contact/list?limit=7".to_string(), Vec::new());
    loop {
        let page = api.ok("POST", &path, &body);
        for contact in page["items"].as_array().unwrap() {
            assert!(contact["tags"].as_array().unwrap().contains(&json!("vip")));
            ids.push(contact["id"].as_u64().unwrap());
        }
        let Some(next) = page["pagination"]["next"].as_str() else { break };
        assert_eq!(page["items"].as_array().unwrap().len(), 7);
        path = next.replace("https://api.respond.io/live/v2", "");
    }
    assert!(ids.is_sorted() && ids.len() > 20, "{}", ids.len());
    let whole = found(&mut api, json!({"timezone": "UTC", "filter": {"$and": [tags("hasAnyOf", json!(["vip"]))]}}));
    assert_eq!(json!(ids[..10]), whole, "ten is what a page holds unless told");
}
