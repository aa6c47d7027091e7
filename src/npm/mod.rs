//! The exports of the npm package's wasm module.
//!
//! Numbers go in and numbers come out; documents lie in one buffer. The driver writes a document where [`reserve`]
//! says, calls an export, and finds what came of it in the four words at [`output`]: pointers and lengths. What lies
//! there is valid until the next `reserve`. No object lives across calls, so a call that never ends leaves nothing.

mod arena;

use crate::engine::retry::{self, Failure};
use crate::engine::rule::Fault;
use crate::engine::{request as requests, response as responses};
use crate::operation::{OPERATIONS, OperationMeta};
use core::arch::wasm32::unreachable;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use wasm_bindgen::prelude::wasm_bindgen;

static OUTPUT: [AtomicU32; 4] = [const { AtomicU32::new(0) }; 4];

/// Makes room for a document of so many bytes and says where; forgets the document before.
#[wasm_bindgen]
pub fn reserve(length: usize) -> *mut u8 {
    arena::reserve(length)
}

/// Where the four words are that the other exports leave their results in.
#[wasm_bindgen]
pub fn output() -> *const u32 {
    OUTPUT.as_ptr().cast()
}

/// Builds a request from the arguments in the buffer.
///
/// Returns 0 and leaves target and body, or the code of a [`Rule`](crate::engine::Rule) and leaves path and detail.
#[wasm_bindgen]
pub fn request(operation: usize, length: usize) -> u32 {
    match requests::build(meta(operation), arena::document(length)) {
        Ok(request) => {
            leave(request.target.as_bytes(), request.body.unwrap_or_default());
            core::mem::forget(request.target);
            0
        }
        Err(fault) => leave_fault(fault),
    }
}

/// Checks the response body in the buffer.
///
/// Returns 0, or the code of a [`Rule`](crate::engine::Rule) and leaves path and detail.
#[wasm_bindgen]
pub fn response(operation: usize, length: usize) -> u32 {
    match responses::check(meta(operation), arena::document(length)) {
        Ok(None) => 0,
        Ok(Some(fault)) | Err(fault) => leave_fault(fault),
    }
}

/// Decides on another try after the HTTP status, or 0 for a lost connection: the milliseconds to wait, or -1 to give up.
///
/// `retry_after` is in milliseconds, or negative where the server asks for nothing.
#[wasm_bindgen]
pub fn retry(operation: usize, status: u16, retries_left: u32, attempt: u32, retry_after: f64, random: f64) -> f64 {
    let failure = if status == 0 { Failure::Lost } else { Failure::Status(status) };
    let retry_after = (retry_after >= 0.0).then_some(retry_after);
    retry::decide(meta(operation), failure, retries_left, attempt, retry_after, random).unwrap_or(-1.0)
}

fn meta(operation: usize) -> &'static OperationMeta {
    match OPERATIONS.get(operation) {
        Some(meta) => meta,
        None => unreachable(),
    }
}

fn leave(first: &[u8], second: &[u8]) {
    let [first_at, first_length, second_at, second_length] = &OUTPUT;
    first_at.store(first.as_ptr() as u32, Relaxed);
    first_length.store(first.len() as u32, Relaxed);
    second_at.store(second.as_ptr() as u32, Relaxed);
    second_length.store(second.len() as u32, Relaxed);
}

fn leave_fault(fault: Fault) -> u32 {
    leave(fault.path.as_bytes(), fault.detail.as_bytes());
    core::mem::forget((fault.path, fault.detail));
    fault.rule as u32
}
