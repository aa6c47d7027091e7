//! Long random sequences of operations leave a workspace in order: what its snapshot restores is the same again.

use crate::support::Api;
use respond_io_wasm::model::MessageContent;
use serde_json::{Value, json};
use std::collections::HashSet;

/// A small linear congruential generator; the sequences only have to be repeatable.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn step(api: &mut Api, dice: &mut Dice) -> u16 {
    let id = 1 + dice.below(40);
    let who = match dice.below(3) {
        0 => format!("id:{id}"),
        1 => format!("email:p{}@b.c", dice.below(30)),
        _ => format!("phone:+60{}", dice.below(30)),
    };
    let tag = format!("t{}", dice.below(8));
    let mut profile = json!({"firstName": format!("N{id}")});
    if dice.below(2) == 0 {
        profile["email"] = json!(format!("P{}@b.c", dice.below(30)));
    }
    if dice.below(2) == 0 {
        profile["phone"] = json!(format!("60{}", dice.below(30)));
    }
    if dice.below(3) == 0 {
        profile["customFields"] = json!([{"name": format!("f{}", dice.below(4)), "value": "1"}]);
    }
    let profile = profile.to_string();
    match dice.below(13) {
        0 | 1 => api.status("POST", "/contact", &profile),
        2 => api.status("POST", &format!("/contact/create_or_update/{who}"), &profile),
        3 => api.status("PUT", &format!("/contact/{who}"), &profile),
        4 => api.status("DELETE", &format!("/contact/{who}"), ""),
        5 => {
            let body = json!({"primaryContactId": id, "secondaryContactId": 1 + dice.below(40)}).to_string();
            api.status("POST", "/contact/merge", &body)
        }
        6 => api.status("POST", &format!("/contact/{who}/tag"), &json!([tag, "t0"]).to_string()),
        7 => api.status("DELETE", &format!("/contact/{who}/tag"), &json!([tag]).to_string()),
        8 => {
            let body = json!({"channelId": 1 + dice.below(5), "message": {"type": "text", "text": "a"}}).to_string();
            api.status("POST", &format!("/contact/{who}/message"), &body)
        }
        9 => {
            let status = if dice.below(2) == 0 { "open" } else { "close" };
            api.status("POST", &format!("/contact/{who}/conversation"), &json!({"status": status}).to_string())
        }
        10 => match dice.below(3) {
            0 => api.status("POST", "/tag", &json!({"name": tag}).to_string()),
            1 => api.status("PUT", &format!("/tag/{}", 1 + dice.below(20)), &json!({"name": tag}).to_string()),
            _ => api.status("DELETE", &format!("/tag/{}", 1 + dice.below(20)), ""),
        },
        11 => {
            let field = json!({"name": format!("f{}", dice.below(4)), "type": "number"}).to_string();
            api.status("POST", "/custom_field", &field)
        }
        _ => match api.service.receive(&who.as_str().into(), MessageContent::text("b"), None, 0) {
            Ok(_) => 200,
            Err(refusal) => refusal.status,
        },
    }
}

fn check(api: &mut Api) {
    let snapshot = api.service.snapshot();
    // Restoring checks every reference and builds every index again from nothing.
    api.service.restore(snapshot.clone()).unwrap();
    assert_eq!(api.service.snapshot(), snapshot);
    let page = api.ok("GET", "/contact/list?limit=100", "");
    let contacts = page["items"].as_array().unwrap();
    for (field, prefix) in [("email", "email:"), ("phone", "phone:")] {
        let mut seen = HashSet::new();
        for contact in contacts.iter().filter(|contact| contact[field].is_string()) {
            let value = contact[field].as_str().unwrap();
            assert!(seen.insert(value.to_lowercase().replace('+', "")), "{value} twice");
            assert_eq!(&api.ok("GET", &format!("/contact/{prefix}{value}"), ""), contact);
        }
    }
}

#[test]
fn random_operations_keep_the_workspace_in_order() {
    let mut seen: HashSet<u16> = HashSet::new();
    for seed in 0..20 {
        let mut api = Api::new();
        let mut dice = Dice(seed);
        for round in 0..400 {
            seen.insert(step(&mut api, &mut dice));
            if round % 40 == 39 {
                let lookup_before = lookups(&mut api);
                check(&mut api);
                assert_eq!(lookups(&mut api), lookup_before, "the indices were right before they were built again");
            }
        }
    }
    assert_eq!(seen, HashSet::from([200, 400, 404, 409]));
}

/// What every email and phone that the sequences use leads to.
fn lookups(api: &mut Api) -> Vec<Value> {
    let emails = (0..30).map(|n| format!("/contact/email:p{n}@b.c"));
    let phones = (0..30).map(|n| format!("/contact/phone:60{n}"));
    emails.chain(phones).map(|path| api.call("GET", &path, "").1["id"].clone()).collect()
}
