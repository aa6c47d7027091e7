//! Webhooks: who is told what happens, and what became of each delivery. Sending is left to the caller.

mod delivery;
mod disturbance;
mod event;
mod hook;
mod service;

pub use delivery::Delivery;
pub use disturbance::{Disturbance, DisturbanceKind};
pub use hook::{Hook, HookOptions};

use crate::journal::Journal;
use crate::random::Random;
use crate::refusal::Refusal;
use base64::{Engine, engine::general_purpose::STANDARD};
use disturbance::{Disturbances, tampered};
use respond_io_wasm::webhook::Event;
use serde_json::json;
use std::collections::VecDeque;

/// How many webhooks a sandbox has at most.
pub const MAX_HOOKS: usize = 20;
/// How many deliveries wait for one webhook at most; the oldest make room.
pub const MAX_WAITING: usize = 1_000;
/// After how many deliveries in a row that were not answered with 200 a webhook is disabled.
pub const MAX_FAILURES: u32 = 5;

/// The webhooks of a sandbox and their deliveries.
#[derive(Debug)]
pub struct Webhooks {
    hooks: Vec<Hook>,
    last_id: u64,
    disturbances: Disturbances,
    deliveries: Journal<Delivery>,
    random: Random,
}

impl Webhooks {
    /// No webhooks; keys and event ids are made up from the number `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            hooks: Vec::new(),
            last_id: 0,
            disturbances: Disturbances::default(),
            deliveries: Journal::default(),
            // Not the sequence of the faults, which began with the same number.
            random: Random::new(!seed),
        }
    }

    /// Whether anybody is to be told of anything.
    pub fn are_heard(&self) -> bool {
        self.hooks.iter().any(|hook| hook.enabled)
    }

    fn add(&mut self, options: HookOptions) -> Result<&Hook, Refusal> {
        options.check()?;
        if self.hooks.len() == MAX_HOOKS {
            return Err(Refusal::new(409, format!("there are {MAX_HOOKS} webhooks already")));
        }
        self.last_id += 1;
        let HookOptions { url, key, events } = options;
        let key = key.unwrap_or_else(|| made_up_key(&mut self.random));
        let hook = Hook { id: self.last_id, url, key, events, enabled: true, failures: 0, waiting: VecDeque::new() };
        self.hooks.push(hook);
        Ok(&self.hooks[self.hooks.len() - 1])
    }

    fn remove(&mut self, id: u64) -> Result<(), Refusal> {
        let at = self.position(id)?;
        let hook = self.hooks.remove(at);
        self.give_up(hook.waiting, "the webhook was removed");
        Ok(())
    }

    fn enable(&mut self, id: u64) -> Result<(), Refusal> {
        let at = self.position(id)?;
        let hook = &mut self.hooks[at];
        (hook.enabled, hook.failures) = (true, 0);
        Ok(())
    }

    fn test(&mut self, id: u64, now: i64) -> Result<(), Refusal> {
        let at = self.position(id)?;
        if !self.hooks[at].enabled {
            return Err(Refusal::new(409, "the webhook is disabled"));
        }
        let contact = json!({ "id": 1, "firstName": "Test", "lastName": "Contact", "email": "test@example.com" });
        let fields = [("event_id", self.next_event_id().into()), ("contact", contact)];
        let event = Event::Test(fields.map(|(name, value)| (name.to_string(), value)).into_iter().collect());
        self.deliver(at, &event, &written(&event)?, now);
        Ok(())
    }

    /// Puts an event on its way to all who want it; gives how many do.
    fn publish(&mut self, event: &Event, now: i64) -> Result<usize, Refusal> {
        let wants = |at: &usize| self.hooks[*at].wants(event.event_type());
        let wanting: Vec<usize> = (0..self.hooks.len()).filter(wants).collect();
        if wanting.is_empty() {
            return Ok(0);
        }
        let body = written(event)?;
        wanting.iter().for_each(|&at| self.deliver(at, event, &body, now));
        Ok(wanting.len())
    }

    fn deliver(&mut self, at: usize, event: &Event, body: &str, now: i64) {
        let hook = &self.hooks[at];
        let hit = self.disturbances.hit(hook.id);
        let is_tampered = hit.kind == Some(DisturbanceKind::Tamper {});
        let delivery = Delivery {
            seq: 0,
            time: now,
            hook: hook.id,
            url: hook.url.clone(),
            event_type: Some(event.event_type()).filter(|name| !name.is_empty()).map(Into::into),
            event_id: event.event_id().map(Into::into),
            signature: hook.sign(body.as_bytes()),
            body: if is_tampered { tampered(body) } else { body.into() },
            disturbance: hit.name(),
            delay_ms: hit.delay_ms,
            status: None,
            error: None,
        };
        if hit.kind == Some(DisturbanceKind::Duplicate {}) {
            self.queue(at, delivery.clone());
        }
        self.queue(at, delivery);
    }

    fn queue(&mut self, at: usize, delivery: Delivery) {
        let seq = self.deliveries.push(delivery);
        let waiting = &mut self.hooks[at].waiting;
        waiting.push_back(seq);
        if waiting.len() > MAX_WAITING {
            let oldest = waiting.pop_front();
            self.give_up(oldest, "too many deliveries waited");
        }
    }

    /// The numbers of the webhooks for which a delivery waits.
    fn waiting(&self) -> impl Iterator<Item = u64> {
        self.hooks.iter().filter(|hook| !hook.waiting.is_empty()).map(|hook| hook.id)
    }

    /// The next delivery to a webhook, which is then under way. The journal may have forgotten those that waited long.
    fn take(&mut self, hook: u64) -> Option<Delivery> {
        let at = self.position(hook).ok()?;
        while let Some(seq) = self.hooks[at].waiting.pop_front() {
            if let Some(delivery) = self.deliveries.get_mut(seq) {
                return Some(delivery.clone());
            }
        }
        None
    }

    /// Writes down what came of a delivery; who fails too often is disabled.
    fn answered(&mut self, seq: u64, answer: Result<u16, String>) {
        let Some(delivery) = self.deliveries.get_mut(seq).filter(|delivery| !delivery.is_over()) else {
            return;
        };
        match answer {
            Ok(status) => delivery.status = Some(status),
            Err(reason) => delivery.error = Some(reason),
        }
        let (is_success, hook) = (delivery.status == Some(200), delivery.hook);
        let Ok(at) = self.position(hook) else {
            return;
        };
        let hook = &mut self.hooks[at];
        hook.failures = if is_success { 0 } else { hook.failures + 1 };
        if hook.failures >= MAX_FAILURES {
            hook.enabled = false;
            let waiting = std::mem::take(&mut hook.waiting);
            self.give_up(waiting, "the webhook was disabled");
        }
    }

    fn give_up(&mut self, deliveries: impl IntoIterator<Item = u64>, reason: &str) {
        for seq in deliveries {
            if let Some(delivery) = self.deliveries.get_mut(seq) {
                delivery.error = Some(reason.into());
            }
        }
    }

    fn position(&self, id: u64) -> Result<usize, Refusal> {
        let found = self.hooks.iter().position(|hook| hook.id == id);
        found.ok_or_else(|| Refusal::new(404, "there is no such webhook"))
    }

    /// A UUID of version 4, as far as its form goes.
    fn next_event_id(&mut self) -> String {
        let high = self.random.bits() & !0xF000 | 0x4000;
        let low = self.random.bits() & !(0b11 << 62) | 0b10 << 62;
        let [node, sequence] = [low & 0xFFFF_FFFF_FFFF, low >> 48];
        format!("{:08x}-{:04x}-{:04x}-{sequence:04x}-{node:012x}", high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF)
    }
}

fn written(event: &Event) -> Result<String, Refusal> {
    serde_json::to_string(event).map_err(|error| Refusal::new(500, error.to_string()))
}

fn made_up_key(random: &mut Random) -> String {
    let bytes = [random.bits(), random.bits(), random.bits(), random.bits()].map(u64::to_be_bytes);
    STANDARD.encode(bytes.as_flattened())
}
