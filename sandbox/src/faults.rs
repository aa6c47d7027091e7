//! Faults on purpose: which requests they hit and what they do to them.

use crate::random::Random;
use crate::refusal::Refusal;
use crate::surface::Surface;
use respond_io_wasm::operation::OperationMeta;
use serde::{Deserialize, Serialize};

/// A fault, and the requests that it hits: those that have a route, a token and room in the request limit.
///
/// Delays add up, to 2,147,483,647 ms at most; of the other faults the first that hits is the only one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FaultRule {
    /// The `operationId` of the requests, of either surface; left out, any.
    pub operation: Option<String>,
    /// The HTTP method of the requests, in capitals; left out, any.
    pub method: Option<String>,
    /// How many requests are hit, at least 1; left out, no bound.
    pub count: Option<u32>,
    /// How likely a request is hit, from 0 to 1, by the sandbox's own repeatable dice; left out, surely.
    pub probability: Option<f64>,
    /// What happens to them.
    pub kind: FaultKind,
}

impl FaultRule {
    /// A fault that hits every request.
    pub fn new(kind: FaultKind) -> Self {
        Self { operation: None, method: None, count: None, probability: None, kind }
    }
}

/// What a fault does to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum FaultKind {
    /// The answer is this status, and nothing is acted upon.
    Status {
        /// The status, 300 to 599.
        status: u16,
        /// The `Retry-After` header, in seconds.
        retry_after: Option<u32>,
        /// The message of the Error body.
        message: Option<String>,
    },
    /// The answer comes later.
    Delay {
        /// How much later, in milliseconds; at most 2,147,483,647.
        ms: u32,
    },
    /// The connection is reset before anything is acted upon.
    ResetBefore {},
    /// The connection is reset after the request was acted upon.
    ResetAfter {},
    /// The answer's body is cut in half.
    Truncate {},
    /// Bytes of the answer's body are overwritten, so that it is neither UTF-8 nor JSON.
    Garble {},
    /// The first half of the answer's body comes and the rest never does.
    Stall {},
}

impl FaultKind {
    /// The name, as it is written in a command.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Delay { .. } => "delay",
            Self::ResetBefore {} => "reset_before",
            Self::ResetAfter {} => "reset_after",
            Self::Truncate {} => "truncate",
            Self::Garble {} => "garble",
            Self::Stall {} => "stall",
        }
    }
}

/// The longest delay, in milliseconds: what JavaScript's timers count to; they fire at once for anything beyond.
pub const MAX_DELAY_MS: u32 = i32::MAX as u32;

/// What hits one request.
#[derive(Debug, Default)]
pub struct Hit {
    /// How much later the answer comes, in milliseconds.
    pub delay_ms: u64,
    /// The fault, delays aside.
    pub kind: Option<FaultKind>,
}

impl Hit {
    /// The name of what hit, where something did.
    pub fn name(&self) -> Option<&'static str> {
        let delay = (self.delay_ms > 0).then_some("delay");
        self.kind.as_ref().map(FaultKind::name).or(delay)
    }
}

#[derive(Debug)]
struct Active {
    id: u64,
    rule: FaultRule,
    left: Option<u32>,
}

/// The faults that are in force.
#[derive(Debug, Default)]
pub struct Faults {
    active: Vec<Active>,
    last_id: u64,
}

impl Faults {
    /// Puts a fault in force and gives its number.
    pub fn add(&mut self, rule: FaultRule) -> Result<u64, Refusal> {
        check(&rule).map_err(Refusal::bad_request)?;
        self.last_id += 1;
        self.active.push(Active { id: self.last_id, left: rule.count, rule });
        Ok(self.last_id)
    }

    /// Ends the fault with this number, or all; gives how many ended.
    pub fn clear(&mut self, id: Option<u64>) -> usize {
        let before = self.active.len();
        self.active.retain(|fault| id.is_some_and(|id| id != fault.id));
        before - self.active.len()
    }

    /// Decides what hits a request of this operation.
    pub fn hit(&mut self, operation: &OperationMeta, random: &mut Random) -> Hit {
        let mut hit = Hit::default();
        for fault in &mut self.active {
            let is_delay = matches!(fault.rule.kind, FaultKind::Delay { .. });
            if !fault.rule.concerns(operation) || !is_delay && hit.kind.is_some() {
                continue;
            }
            if fault.rule.probability.is_some_and(|probability| random.unit() >= probability) {
                continue;
            }
            fault.left = fault.left.map(|left| left - 1);
            match fault.rule.kind {
                FaultKind::Delay { ms } => hit.delay_ms = (hit.delay_ms + u64::from(ms)).min(MAX_DELAY_MS.into()),
                _ => hit.kind = Some(fault.rule.kind.clone()),
            }
        }
        self.active.retain(|fault| fault.left != Some(0));
        hit
    }
}

impl FaultRule {
    fn concerns(&self, operation: &OperationMeta) -> bool {
        self.operation.as_ref().is_none_or(|id| id == operation.id)
            && self.method.as_ref().is_none_or(|method| method == operation.method.as_str())
    }
}

fn check(rule: &FaultRule) -> Result<(), String> {
    if let Some(id) = &rule.operation
        && !Surface::all_operations().any(|operation| operation.id == id)
    {
        return Err(format!("fault.operation: there is no operation {id:?}"));
    }
    if let Some(method) = &rule.method
        && !Surface::all_operations().any(|operation| operation.method.as_str() == method)
    {
        return Err(format!("fault.method: no operation has the method {method:?}"));
    }
    if rule.count == Some(0) {
        return Err("fault.count must be at least 1".into());
    }
    if rule.probability.is_some_and(|probability| !(0.0..=1.0).contains(&probability)) {
        return Err("fault.probability must be from 0 to 1".into());
    }
    match rule.kind {
        FaultKind::Status { status, .. } if !(300..600).contains(&status) => {
            Err("fault.kind.status must be from 300 to 599".into())
        }
        FaultKind::Delay { ms } if ms > MAX_DELAY_MS => Err(format!("fault.kind.ms must be at most {MAX_DELAY_MS}")),
        _ => Ok(()),
    }
}

/// The first half of a body.
pub fn truncated(mut body: Vec<u8>) -> Vec<u8> {
    body.truncate(body.len() / 2);
    body
}

/// The body with about one byte in eight, and at least the first, overwritten by 0xFF, which stands in no UTF-8.
pub fn garbled(mut body: Vec<u8>, random: &mut Random) -> Vec<u8> {
    for (index, byte) in body.iter_mut().enumerate() {
        if index == 0 || random.below(8) == 0 {
            *byte = 0xFF;
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use respond_io_wasm::operation::{GetContact, Operation, SendMessage};

    fn rule(kind: FaultKind) -> FaultRule {
        FaultRule::new(kind)
    }

    #[test]
    fn a_fault_hits_what_it_names_as_often_as_it_says() {
        let mut faults = Faults::default();
        let mut random = Random::new(1);
        faults
            .add(FaultRule { operation: Some("sendMessage".into()), count: Some(2), ..rule(FaultKind::Truncate {}) })
            .unwrap();
        let mut hit = |operation| faults.hit(operation, &mut random).name();
        assert_eq!(hit(GetContact::META), None);
        assert_eq!(
            [hit(SendMessage::META), hit(SendMessage::META), hit(SendMessage::META)],
            [Some("truncate"), Some("truncate"), None]
        );
    }

    #[test]
    fn delays_add_up_and_one_other_fault_hits() {
        let mut faults = Faults::default();
        for kind in [FaultKind::Delay { ms: 10 }, FaultKind::Stall {}, FaultKind::Garble {}, FaultKind::Delay { ms: 5 }]
        {
            faults.add(FaultRule { count: Some(1), ..rule(kind) }).unwrap();
        }
        let mut random = Random::new(1);
        let first = faults.hit(GetContact::META, &mut random);
        assert_eq!((first.delay_ms, first.name()), (15, Some("stall")));
        assert_eq!(faults.hit(GetContact::META, &mut random).name(), Some("garble"));
        assert_eq!(faults.hit(GetContact::META, &mut random).name(), None);
    }

    #[test]
    fn probability_is_repeatable_and_near_its_value() {
        let count = || {
            let mut faults = Faults::default();
            faults
                .add(FaultRule { method: Some("GET".into()), probability: Some(0.3), ..rule(FaultKind::Stall {}) })
                .unwrap();
            let mut random = Random::new(7);
            (0..1000).filter(|_| faults.hit(GetContact::META, &mut random).kind.is_some()).count()
        };
        assert_eq!(count(), count());
        assert!((250..350).contains(&count()), "{}", count());
    }

    #[test]
    fn wrong_rules_are_refused() {
        let good = rule(FaultKind::Stall {});
        let status = |status| rule(FaultKind::Status { status, retry_after: None, message: None });
        let wrong = [
            FaultRule { operation: Some("get".into()), ..good.clone() },
            FaultRule { method: Some("get".into()), ..good.clone() },
            FaultRule { count: Some(0), ..good.clone() },
            FaultRule { probability: Some(1.1), ..good.clone() },
            FaultRule { probability: Some(f64::NAN), ..good.clone() },
            status(200),
            status(600),
            rule(FaultKind::Delay { ms: u32::MAX }),
        ];
        for rule in wrong {
            assert!(Faults::default().add(rule.clone()).is_err(), "{rule:?}");
        }
    }

    #[test]
    fn delays_add_up_to_what_a_timer_can_wait() {
        let mut faults = Faults::default();
        let mut delay = |ms| {
            faults.add(rule(FaultKind::Delay { ms })).unwrap();
            faults.hit(GetContact::META, &mut Random::new(1)).delay_ms
        };
        assert_eq!([delay(40), delay(2), delay(MAX_DELAY_MS - 42), delay(1)], [40, 42, 2_147_483_647, 2_147_483_647]);
    }

    #[test]
    fn faults_end_by_number_or_all() {
        let mut faults = Faults::default();
        let ids: Vec<u64> = (0..3).map(|_| faults.add(rule(FaultKind::Stall {})).unwrap()).collect();
        assert_eq!((faults.clear(Some(ids[1])), faults.clear(Some(ids[1])), faults.clear(None)), (1, 0, 2));
    }
}
