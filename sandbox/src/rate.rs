//! The request limit: so many in a sliding window, counted for each bucket by itself.

use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, VecDeque};

/// How many requests a window holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateLimit {
    /// How many requests of one HTTP method; at least 1.
    pub limit: u32,
    /// The window's length in milliseconds; at least 1.
    pub window_ms: u32,
}

impl Default for RateLimit {
    /// The contract's: 5 in a second.
    fn default() -> Self {
        Self { limit: 5, window_ms: 1000 }
    }
}

/// The limit and the times of the requests that were let through, by bucket.
#[derive(Debug)]
pub struct Limiter {
    limit: Option<RateLimit>,
    admitted: HashMap<&'static str, VecDeque<i64>>,
}

impl Limiter {
    /// A limiter that has seen no request; `None` lets everything through.
    pub fn new(limit: Option<RateLimit>) -> Self {
        Self { limit, admitted: HashMap::new() }
    }

    /// Lets a request through, or refuses it with a 429.
    pub fn admit(&mut self, bucket: &'static str, now: i64) -> Result<(), Refusal> {
        let Some(RateLimit { limit, window_ms }) = self.limit else {
            return Ok(());
        };
        let admitted = self.admitted.entry(bucket).or_default();
        // A clock that was set back leaves arrivals in the future, which count for nothing.
        admitted.retain(|&at| is_within(at, now, window_ms));
        if admitted.len() < limit as usize {
            admitted.push_back(now);
            return Ok(());
        }
        let free_in_ms = admitted[0] + i64::from(window_ms) - now;
        let seconds = (free_in_ms as u64).div_ceil(1000).max(1);
        Err(Refusal::new(429, format!("too many requests: {limit} {bucket} requests in {window_ms} ms are permitted"))
            .with_header("retry-after", seconds.to_string()))
    }

    /// The headers that tell how much of the limit is left.
    pub fn headers(&self, bucket: &str, now: i64) -> Vec<(String, String)> {
        let Some(RateLimit { limit, window_ms }) = self.limit else {
            return Vec::new();
        };
        let times = self.admitted.get(bucket).into_iter().flatten();
        let used = times.filter(|&&at| is_within(at, now, window_ms)).count();
        let remaining = (limit as usize).saturating_sub(used);
        vec![("x-ratelimit-limit".into(), limit.to_string()), ("x-ratelimit-remaining".into(), remaining.to_string())]
    }
}

fn is_within(at: i64, now: i64, window_ms: u32) -> bool {
    (0..i64::from(window_ms)).contains(&(now - at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retry_after(result: Result<(), Refusal>) -> String {
        result.unwrap_err().headers[0].1.clone()
    }

    #[test]
    fn the_window_slides() {
        let mut limiter = Limiter::new(Some(RateLimit { limit: 2, window_ms: 1000 }));
        for (at, admitted) in [(0, true), (600, true), (999, false), (1000, true), (1599, false), (1600, true)] {
            assert_eq!(limiter.admit("GET", at).is_ok(), admitted, "{at}");
        }
    }

    #[test]
    fn buckets_count_by_themselves_and_a_refused_request_counts_for_nothing() {
        let mut limiter = Limiter::new(Some(RateLimit { limit: 1, window_ms: 1000 }));
        assert!(limiter.admit("GET", 0).is_ok());
        assert!(limiter.admit("POST", 0).is_ok());
        assert!(limiter.admit("GET", 500).is_err());
        assert!(limiter.admit("GET", 1000).is_ok());
    }

    #[test]
    fn retry_after_is_whole_seconds_and_at_least_one() {
        let mut limiter = Limiter::new(Some(RateLimit { limit: 1, window_ms: 2500 }));
        limiter.admit("GET", 0).unwrap();
        assert_eq!(retry_after(limiter.admit("GET", 0)), "3");
        assert_eq!(retry_after(limiter.admit("GET", 600)), "2");
        assert_eq!(retry_after(limiter.admit("GET", 2499)), "1");
    }

    #[test]
    fn headers_say_what_is_left_and_are_absent_without_a_limit() {
        let mut limiter = Limiter::new(Some(RateLimit { limit: 2, window_ms: 1000 }));
        limiter.admit("GET", 0).unwrap();
        let remaining = |at| limiter.headers("GET", at)[1].1.clone();
        assert_eq!((remaining(0), remaining(999), remaining(1000)), ("1".into(), "1".into(), "2".into()));
        assert!(Limiter::new(None).headers("GET", 0).is_empty());
        assert!((0..100).all(|_| Limiter::new(None).admit("GET", 0).is_ok()));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_block() {
        let mut limiter = Limiter::new(Some(RateLimit { limit: 1, window_ms: 1000 }));
        limiter.admit("GET", 50_000).unwrap();
        assert!(limiter.admit("GET", 0).is_ok());
    }
}
