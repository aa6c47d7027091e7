//! A webhook of the workspace: where events go, which, and by which key they are signed.

use crate::refusal::Refusal;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use respond_io_wasm::engine::identifier::is_uri;
use respond_io_wasm::webhook::EVENTS;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::VecDeque;

/// A webhook to be added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HookOptions {
    /// Where deliveries go: an address that begins with `http://` or `https://`.
    pub url: String,
    /// What they are signed with; left out, one is made up.
    pub key: Option<String>,
    /// The types of the events that are wanted; left out, all, those that are not known included.
    pub events: Option<Vec<String>>,
}

impl HookOptions {
    /// A webhook for all events, with a key that is made up.
    pub fn new(url: &str) -> Self {
        Self { url: url.into(), ..Self::default() }
    }

    /// Checks what can be wrong.
    pub fn check(&self) -> Result<(), Refusal> {
        let is_web = self.url.starts_with("http://") || self.url.starts_with("https://");
        if !is_web || !is_uri(self.url.as_bytes()) {
            return Err(Refusal::bad_request("url must be a web address such as https://example.com/webhook"));
        }
        if self.key.as_ref().is_some_and(String::is_empty) {
            return Err(Refusal::bad_request("key must not be empty"));
        }
        let events = self.events.iter().flatten();
        match events.into_iter().find(|event| !EVENTS.iter().any(|known| known.event_type == *event)) {
            Some(unknown) => Err(Refusal::bad_request(format!("events: there is no event {unknown:?}"))),
            None => Ok(()),
        }
    }
}

/// A webhook, as it is listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hook {
    /// Its number.
    pub id: u64,
    /// Where deliveries go.
    pub url: String,
    /// What they are signed with.
    pub key: String,
    /// The types of the events that are wanted; none where all are.
    pub events: Option<Vec<String>>,
    /// Whether it gets deliveries.
    pub enabled: bool,
    /// How many deliveries in a row were not answered with 200.
    pub failures: u32,
    /// The numbers of the deliveries that wait.
    #[serde(skip)]
    pub(crate) waiting: VecDeque<u64>,
}

impl Hook {
    /// Whether an event of this type is to be delivered; a type that is not known is of interest to who wants all.
    pub fn wants(&self, event_type: &str) -> bool {
        self.enabled && self.events.as_ref().is_none_or(|events| events.iter().any(|event| event == event_type))
    }

    /// The signature of a body: base64 of HMAC-SHA256 by the hook's key.
    pub fn sign(&self, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.as_bytes()).expect("HMAC takes keys of any length");
        mac.update(body);
        STANDARD.encode(mac.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf %s "$BODY" | openssl dgst -sha256 -mac HMAC -macopt "key:$KEY" -binary | base64`
    #[test]
    fn signatures_are_those_of_openssl() {
        let body = r#"{"event_type":"contact.sneezed","event_id":"e-1","text":"Grüße 谢谢"}"#;
        let long = "k".repeat(100);
        for (key, signature) in [
            ("secret", "jYmch5EpO74IdVSyOn2WYxPdhpj3tvP9JkS7Hu03YwM="),
            ("schlüssel ✓", "xuPh+2yAJ4Pzfw4vGbqKcP/5Y/ZaAIWm2eNhXcSTe0c="),
            (&long, "rcwkCCzGjtxERD4X8nEdC0pMcltUd4p5tzKSwb4KRA4="),
        ] {
            let key = key.to_string();
            let hook = Hook {
                id: 1,
                url: String::new(),
                key,
                events: None,
                enabled: true,
                failures: 0,
                waiting: VecDeque::new(),
            };
            assert_eq!(hook.sign(body.as_bytes()), signature, "{}", hook.key);
        }
    }
}
