//! The sandbox from outside, in one test binary.

mod control;
mod filters;
mod invariants;
mod live;
mod operations;
mod protocol;
mod support;
mod transport;
mod webhooks;
