//! The table of `pace/cases.json`, which the TypeScript pace has recorded, through the Rust one.
#![cfg(not(target_arch = "wasm32"))]

use respond_io_wasm::engine::pace::{Limit, Pace, Slot, Waiter};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    limit: u32,
    window_ms: f64,
    steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    step: String,
    at: f64,
    said: Vec<Value>,
    queued: usize,
    in_flight: usize,
    limit: u32,
}

#[test]
fn every_recorded_step() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("pace/cases.json")).unwrap();
    assert!(cases.iter().map(|case| case.steps.len()).sum::<usize>() >= 900);
    for (number, case) in cases.iter().enumerate() {
        let limit = Limit { limit: case.limit, window_ms: case.window_ms };
        let mut replay = Replay { pace: Pace::default(), waiters: HashMap::new(), slots: HashMap::new(), limit };
        for (index, step) in case.steps.iter().enumerate() {
            replay.take_step(step, &format!("case {number}, step {index}: {step:?}"));
        }
    }
}

struct Replay {
    pace: Pace,
    waiters: HashMap<u64, Waiter>,
    slots: HashMap<u64, Slot>,
    limit: Limit,
}

impl Replay {
    fn take_step(&mut self, step: &Step, shown: &str) {
        let Step { at, said, .. } = step;
        let number = |index: usize| said[index].as_f64();
        let id = said[0].as_u64().unwrap_or_default();
        match step.step.as_str() {
            "enter" => {
                let waiter = self.pace.enter(*at, said[1].as_bool().unwrap());
                self.waiters.insert(id, waiter);
            }
            "leave" => self.pace.leave(&self.waiters.remove(&id).unwrap()),
            "wait" => {
                let waiter = self.waiters.get_mut(&id).unwrap();
                let wait = self.pace.wait(waiter, &self.limit, *at);
                assert_close(wait, number(1).unwrap(), shown);
                assert_close(waiter.opens_at, number(2).unwrap(), shown);
            }
            "take" => {
                let waiter = self.waiters.remove(&id).unwrap();
                self.slots.insert(id, self.pace.take(&waiter, number(1).unwrap(), *at));
            }
            "limited" => {
                let is_news = self.pace.limited(number(0).unwrap(), number(1), &self.limit, *at);
                assert_eq!(Value::Bool(is_news), said[2], "{shown}");
            }
            "told" => {
                let header = |index: usize| number(index).map(|value| value as u32);
                let shared = self.pace.told(number(0).unwrap(), header(1), header(2), &self.limit, *at);
                assert_eq!(Value::Bool(shared), said[3], "{shown}");
            }
            end => {
                let slot = self.slots.remove(&id).unwrap();
                match end {
                    "answered" => self.pace.answered(&slot, number(1).unwrap(), *at),
                    "lost" => self.pace.lost(&slot, *at),
                    "abandoned" => self.pace.abandoned(&slot, &self.limit, *at),
                    "unused" => self.pace.unused(&slot),
                    other => panic!("unknown step {other}"),
                }
            }
        }
        let state = (self.pace.queued(), self.pace.in_flight(), self.pace.effective(&self.limit));
        assert_eq!(state, (step.queued, step.in_flight, step.limit), "{shown}");
    }
}

/// Sums of the same numbers in another order differ in the last bits.
fn assert_close(seen: f64, expected: f64, shown: &str) {
    assert!((seen - expected).abs() < 1e-6, "{seen} is not {expected} in {shown}");
}
