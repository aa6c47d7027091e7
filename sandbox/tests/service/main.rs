//! The sandbox from outside, in one test binary.

mod control;
mod invariants;
mod operations;
mod protocol;
mod support;
mod transport;
mod webhooks;
