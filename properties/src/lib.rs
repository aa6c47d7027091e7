//! What holds for every input, however broken: a function a property, from bytes to a panic or nothing.
//!
//! `tests/seeded.rs` feeds them documents that [`generate`] makes from the schema tables and then breaks; the targets
//! in `fuzz/` feed them what libFuzzer finds. Each is judged by somebody else's reader where there is one: serde_json
//! for documents, `http` for headers, `httpdate` for dates.

pub mod decoder;
pub mod generate;
pub mod headers;
pub mod identifiers;
pub mod reader;
#[cfg(feature = "record")]
mod record;
pub mod router;
pub mod surfaces;
mod tree;
