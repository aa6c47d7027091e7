//! Disturbances on purpose: which deliveries they hit and what they do to them.

use crate::faults::MAX_DELAY_MS;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// A disturbance, and the deliveries that it hits.
///
/// Delays add up, to 2,147,483,647 ms at most; of the other disturbances the first that hits is the only one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disturbance {
    /// The number of the webhook; left out, any.
    pub hook: Option<u64>,
    /// How many deliveries are hit, at least 1; left out, no bound.
    pub count: Option<u32>,
    /// What happens to them.
    pub kind: DisturbanceKind,
}

impl Disturbance {
    /// A disturbance that hits every delivery.
    pub fn new(kind: DisturbanceKind) -> Self {
        Self { hook: None, count: None, kind }
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.count == Some(0) {
            return Err(Refusal::bad_request("disturbance.count must be at least 1"));
        }
        match self.kind {
            DisturbanceKind::Delay { ms } if ms > MAX_DELAY_MS => {
                Err(Refusal::bad_request(format!("disturbance.kind.ms must be at most {MAX_DELAY_MS}")))
            }
            _ => Ok(()),
        }
    }
}

/// What a disturbance does to a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum DisturbanceKind {
    /// The body is changed after it was signed; it is still JSON.
    Tamper {},
    /// It is sent twice, with the same `event_id`.
    Duplicate {},
    /// It is sent later, and so is all that waits for the same webhook.
    Delay {
        /// How much later, in milliseconds; at most 2,147,483,647.
        ms: u32,
    },
    /// It is held back until the next one was delivered, or none has come for a while.
    Reorder {},
}

impl DisturbanceKind {
    /// The name, as it is written in a command.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tamper {} => "tamper",
            Self::Duplicate {} => "duplicate",
            Self::Delay { .. } => "delay",
            Self::Reorder {} => "reorder",
        }
    }
}

/// What hits one delivery.
#[derive(Debug, Default)]
pub struct Hit {
    /// How much later it is sent, in milliseconds.
    pub delay_ms: u64,
    /// The disturbance, delays aside.
    pub kind: Option<DisturbanceKind>,
}

impl Hit {
    /// The name of what hit, where something did.
    pub fn name(&self) -> Option<&'static str> {
        let delay = (self.delay_ms > 0).then_some("delay");
        self.kind.map(DisturbanceKind::name).or(delay)
    }
}

/// The disturbances that are in force, each with its number.
#[derive(Debug, Default)]
pub struct Disturbances {
    active: Vec<(u64, Disturbance)>,
    last_id: u64,
}

impl Disturbances {
    /// Puts a disturbance in force and gives its number.
    pub fn add(&mut self, disturbance: Disturbance) -> Result<u64, Refusal> {
        disturbance.check()?;
        self.last_id += 1;
        self.active.push((self.last_id, disturbance));
        Ok(self.last_id)
    }

    /// Ends the disturbance with this number, or all; gives how many ended.
    pub fn clear(&mut self, id: Option<u64>) -> usize {
        let before = self.active.len();
        self.active.retain(|(other, _)| id.is_some_and(|id| id != *other));
        before - self.active.len()
    }

    /// Decides what hits a delivery to this webhook.
    pub fn hit(&mut self, hook: u64) -> Hit {
        let mut hit = Hit::default();
        for (_, Disturbance { hook: only, count, kind }) in &mut self.active {
            if only.is_some_and(|only| only != hook) {
                continue;
            }
            match *kind {
                DisturbanceKind::Delay { ms } => {
                    hit.delay_ms = (hit.delay_ms + u64::from(ms)).min(MAX_DELAY_MS.into());
                }
                _ if hit.kind.is_some() => continue,
                kind => hit.kind = Some(kind),
            }
            *count = count.map(|left| left - 1);
        }
        self.active.retain(|(_, disturbance)| disturbance.count != Some(0));
        hit
    }
}

/// A body with one more field; a body is an object.
pub fn tampered(body: &str) -> String {
    let rest = body.strip_prefix('{').unwrap_or(body);
    let comma = if rest == "}" { "" } else { "," };
    format!("{{\"tampered\":true{comma}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_add_up_and_one_other_hits_as_often_as_it_says() {
        let mut disturbances = Disturbances::default();
        let delay = |ms| DisturbanceKind::Delay { ms };
        for kind in [delay(10), DisturbanceKind::Tamper {}, DisturbanceKind::Duplicate {}, delay(MAX_DELAY_MS - 5)] {
            disturbances.add(Disturbance { count: Some(1), hook: Some(2), kind }).unwrap();
        }
        let mut hit = |hook| {
            let hit = disturbances.hit(hook);
            (hit.delay_ms, hit.name())
        };
        assert_eq!(hit(1), (0, None));
        assert_eq!(hit(2), (MAX_DELAY_MS.into(), Some("tamper")));
        assert_eq!(hit(2), (0, Some("duplicate")));
        assert_eq!(hit(2), (0, None));
        disturbances.add(Disturbance::new(delay(7))).unwrap();
        let hit = disturbances.hit(1);
        assert_eq!((hit.delay_ms, hit.name()), (7, Some("delay")));
    }

    #[test]
    fn what_was_tampered_with_is_still_json() {
        for body in ["{}", r#"{"a":1}"#] {
            let changed: serde_json::Value = serde_json::from_str(&tampered(body)).unwrap();
            assert_eq!(changed["tampered"], true, "{body}");
        }
    }
}
