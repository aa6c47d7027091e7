//! The service as accounts meet it today, where it differs from the contract.

pub mod model;
