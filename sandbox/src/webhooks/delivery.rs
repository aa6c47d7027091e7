//! A delivery: an event on its way to one webhook, and what came of it.

use crate::journal::Record;
use serde::Serialize;

/// An event for one webhook.
///
/// It waits while both `status` and `error` are none, or is under way.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// The delivery's number, 1 for the first, ascending.
    pub seq: u64,
    /// When the event happened, in Unix milliseconds of the sandbox's clock.
    pub time: i64,
    /// The number of the webhook.
    pub hook: u64,
    /// Where it goes.
    pub url: String,
    /// The type of the event; none where it lacks one, as the dashboard's test does.
    pub event_type: Option<String>,
    /// What tells the event from all others; none where it lacks that.
    pub event_id: Option<String>,
    /// The body, as it goes over the wire.
    pub body: String,
    /// The header `X-Webhook-Signature`.
    pub signature: String,
    /// The disturbance that hit it. A `reorder` is for whoever sends it to carry out; `tamper` and `duplicate` are
    /// carried out already.
    pub disturbance: Option<&'static str>,
    /// How long to wait before it is sent, in milliseconds.
    pub delay_ms: u64,
    /// The status that answered it.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<String>,
}

impl Delivery {
    /// Whether it is known what came of it.
    pub fn is_over(&self) -> bool {
        self.status.is_some() || self.error.is_some()
    }
}

impl Record for Delivery {
    fn seq(&mut self) -> &mut u64 {
        &mut self.seq
    }

    fn bytes(&self) -> usize {
        self.body.len()
    }
}
