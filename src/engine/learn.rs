//! How a client learns what the service counts together: the requests of one operation, or all of one HTTP method.

use super::pace::Limit;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

/// Supposes that each operation is counted by itself, which is faster, until that is refuted.
///
/// A 429 cannot come of it, since each operation keeps to its limit; where more requests of the method than are permitted
/// were sent within a window, they explain it: from then on it counts by method. It knows no clock: it is told the time,
/// in milliseconds that never go back.
///
/// ```
/// use respond_io_wasm::engine::learn::Learner;
/// use respond_io_wasm::engine::pace::Limit;
///
/// let limit = Limit { limit: 1, window_ms: 1000.0 };
/// let mut learner = Learner::default();
/// assert_eq!(learner.bucket("getUser", "GET"), "getUser");
/// assert!(!learner.note("GET", &limit, 0.0));
/// assert!(learner.note("GET", &limit, 10.0));
/// assert_eq!(learner.merge(), ["GET"]);
/// assert_eq!(learner.bucket("getUser", "GET"), "GET");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Learner {
    /// When the last requests of each method were let through.
    recent: BTreeMap<&'static str, VecDeque<f64>>,
    is_by_method: bool,
}

impl Learner {
    /// Whether it counts by method by now.
    pub fn is_by_method(&self) -> bool {
        self.is_by_method
    }

    /// The bucket of an operation, which is used from now on.
    pub fn bucket(&mut self, operation: &'static str, method: &'static str) -> &'static str {
        self.recent.entry(method).or_default();
        if self.is_by_method { method } else { operation }
    }

    /// Notes that a request of a method was let through; gives whether its window holds more than it may.
    pub fn note(&mut self, method: &'static str, limit: &Limit, now: f64) -> bool {
        let recent = self.recent.entry(method).or_default();
        recent.push_back(now);
        let excess = recent.len().saturating_sub(limit.limit as usize);
        if excess > 1 {
            recent.pop_front();
        }
        excess > 0 && now - recent[0] < limit.window_ms
    }

    /// Counts by method from now on, as a 429 to a request beyond what a window may hold has shown. Gives the methods
    /// that were used: no request was counted by method yet, so each of them waits as the service asks. None where this
    /// was known.
    pub fn merge(&mut self) -> Vec<&'static str> {
        if self.is_by_method {
            return Vec::new();
        }
        self.is_by_method = true;
        core::mem::take(&mut self.recent).into_keys().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { limit: 2, window_ms: 100.0 };

    #[test]
    fn a_window_that_holds_more_than_it_may_is_noticed() {
        let table: [(&[f64], bool); 6] = [
            (&[0.0], false),
            (&[0.0, 1.0], false),
            (&[0.0, 1.0, 2.0], true),
            (&[0.0, 1.0, 99.9], true),
            (&[0.0, 1.0, 100.0], false),
            (&[0.0, 1.0, 100.0, 100.5], true),
        ];
        for (times, expected) in table {
            let mut learner = Learner::default();
            let noted = times.iter().map(|time| learner.note("GET", &LIMIT, *time)).last();
            assert_eq!(noted, Some(expected), "{times:?}");
        }
    }

    #[test]
    fn methods_are_noted_apart() {
        let mut learner = Learner::default();
        assert!(!["GET", "GET", "POST", "POST"].into_iter().any(|method| learner.note(method, &LIMIT, 0.0)));
        assert!(learner.note("POST", &LIMIT, 0.0));
    }

    #[test]
    fn it_learns_once_and_for_every_method_that_was_used() {
        let mut learner = Learner::default();
        assert_eq!(learner.bucket("sendMessage", "POST"), "sendMessage");
        learner.note("GET", &LIMIT, 0.0);
        assert!(!learner.is_by_method());
        assert_eq!(learner.merge(), ["GET", "POST"]);
        assert!(learner.is_by_method());
        assert_eq!((learner.bucket("sendMessage", "POST"), learner.merge().len()), ("POST", 0));
    }

    #[test]
    fn no_more_is_remembered_than_decides() {
        let mut learner = Learner::default();
        for time in 0..1000 {
            learner.note("GET", &LIMIT, f64::from(time));
        }
        assert_eq!(learner.recent["GET"].len(), 3);
    }
}
