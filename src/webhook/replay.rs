//! A guard against deliveries that come again.

use alloc::collections::BTreeMap;
use alloc::string::String;

/// Remembers in memory which events were there.
///
/// ```
/// use respond_io_wasm::webhook::ReplayGuard;
///
/// let mut guard = ReplayGuard::default();
/// assert!(guard.claim("e1", 0), "it is new");
/// assert!(!guard.claim("e1", 60_000), "it came again after a minute");
/// guard.release("e1"); // nothing came of it, so it may come again
/// assert!(guard.claim("e1", 61_000));
/// ```
#[derive(Clone, Debug)]
pub struct ReplayGuard {
    max_ids: usize,
    ttl_ms: u64,
    claims: BTreeMap<String, Claim>,
    /// The ids by the numbers of their claims, the oldest first.
    order: BTreeMap<u64, String>,
    next: u64,
}

#[derive(Clone, Copy, Debug)]
struct Claim {
    number: u64,
    until_ms: u64,
}

impl Default for ReplayGuard {
    /// 10,000 ids for 24 hours.
    fn default() -> Self {
        Self::new(10_000, 86_400_000)
    }
}

impl ReplayGuard {
    /// Remembers at most `max_ids` events, each for `ttl_ms` milliseconds; beyond it forgets the oldest.
    pub fn new(max_ids: usize, ttl_ms: u64) -> Self {
        Self { max_ids, ttl_ms, claims: BTreeMap::new(), order: BTreeMap::new(), next: 0 }
    }

    /// Remembers an id, such as that of [`Event::replay_id`](super::Event::replay_id); false where it is remembered
    /// already. `now_ms` is the time in milliseconds, by a clock that never goes back.
    pub fn claim(&mut self, id: &str, now_ms: u64) -> bool {
        if self.claims.get(id).is_some_and(|claim| claim.until_ms > now_ms) {
            return false;
        }
        self.release(id);
        self.claims.insert(id.into(), Claim { number: self.next, until_ms: now_ms.saturating_add(self.ttl_ms) });
        self.order.insert(self.next, id.into());
        self.next += 1;
        if self.claims.len() > self.max_ids {
            self.forget_oldest();
        }
        true
    }

    /// Forgets an id, since nothing came of its event: a repeated delivery counts as new.
    pub fn release(&mut self, id: &str) {
        if let Some(claim) = self.claims.remove(id) {
            self.order.remove(&claim.number);
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, id)) = self.order.pop_first() {
            self.claims.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_claimed_once_until_it_expires() {
        let mut guard = ReplayGuard::new(10, 1000);
        assert!(guard.claim("a", 5));
        assert!(!guard.claim("a", 1004));
        assert!(guard.claim("a", 1005));
        assert!(!guard.claim("a", 2004));
        assert!(guard.claim("b", u64::MAX - 1));
        assert!(!guard.claim("b", u64::MAX - 1), "the end of time is no overflow");
    }

    #[test]
    fn a_released_id_counts_as_new() {
        let mut guard = ReplayGuard::default();
        guard.release("a");
        assert!(guard.claim("a", 0));
        guard.release("a");
        assert!(guard.claim("a", 0));
        assert!(!guard.claim("a", 86_399_999));
    }

    #[test]
    fn the_oldest_claims_are_forgotten_beyond_the_bound() {
        let mut guard = ReplayGuard::new(3, 1000);
        for id in ["a", "b", "c"] {
            assert!(guard.claim(id, 0));
        }
        assert!(guard.claim("a", 1000), "it has expired, and is the youngest now");
        assert!(guard.claim("d", 1000));
        assert!(!guard.claim("a", 1001));
        assert!(!guard.claim("d", 1001));
        assert!(guard.claim("b", 999), "it was the oldest");
        for number in 0..10_000 {
            guard.claim(&alloc::format!("{number}"), 0);
            assert!(guard.claims.len() <= 3 && guard.order.len() == guard.claims.len());
        }
    }
}
