//! The exports of the npm package's wasm module.
//!
//! Numbers go in and numbers come out; documents lie in one buffer. The driver writes a document where [`reserve`]
//! says, calls an export, and finds what came of it in the words at [`output`]: pointers and lengths. What lies
//! there is valid until the next `reserve`. No object lives across calls, so a call that never ends leaves nothing.
//!
//! The module speaks one surface: that of `live` where the feature is on, else the contract's.

mod arena;

use crate::engine::outcome::Outcome;
use crate::engine::record::Record;
use crate::engine::retry::{self, Attempt, Decision, Failure, Policy};
use crate::engine::rule::Fault;
use crate::engine::{request as requests, response as responses};
#[cfg(feature = "live")]
use crate::live::operation::OPERATIONS;
#[cfg(not(feature = "live"))]
use crate::operation::OPERATIONS;
use crate::operation::OperationMeta;
use core::arch::wasm32::unreachable;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use wasm_bindgen::prelude::wasm_bindgen;

static OUTPUT: [AtomicU32; 13] = [const { AtomicU32::new(0) }; 13];

/// Makes room for a document of so many bytes and says where; forgets the document before.
#[wasm_bindgen]
pub fn reserve(length: usize) -> *mut u8 {
    arena::reserve(length)
}

/// Where the words are that the other exports leave their results in.
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
            leave(0, request.target.as_bytes());
            leave(1, request.body.unwrap_or_default());
            core::mem::forget(request.target);
            0
        }
        Err(fault) => leave_fault(fault),
    }
}

/// Checks the response body in the buffer and records it, where the module has the feature `record`.
///
/// Returns 0, or the code of a [`Rule`](crate::engine::Rule) and leaves path and detail. After them it leaves the
/// [`Record`](crate::engine::record): its three texts, its table, the slot of the whole. The table is empty where the value
/// is better made by JSON.parse, as it always is without the feature; where there is no fault either, -1 says so.
#[wasm_bindgen]
pub fn response(operation: usize, length: usize) -> i32 {
    let (checked, record) = responses::read(meta(operation), arena::padded(length));
    let is_recorded = leave_record(record);
    match checked {
        Ok(None) if is_recorded => 0,
        Ok(None) => -1,
        Ok(Some(fault)) | Err(fault) => leave_fault(fault) as i32,
    }
}

/// Decides what follows a failed try: the milliseconds to wait before another one, -1 to give up, or -2 where the call
/// has succeeded all the same. Leaves the code of what is known by now, an [`Outcome`], in the first word of [`output`].
///
/// - `status`: the HTTP status, or 0 for a lost connection, 1 for a request that never left, 2 for a 2xx whose body was
///   lost.
/// - `before`: the code of what the tries before this one left.
/// - `retry_after`: in milliseconds, or negative where the service asks for nothing.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "only numbers pass the boundary without glue")]
pub fn retry(
    operation: usize,
    status: u16,
    number: u32,
    before: usize,
    retry_after: f64,
    elapsed: f64,
    max_retries: u32,
    max_delay: f64,
    total: f64,
    retry_unsafe: bool,
    random: f64,
) -> f64 {
    let failure = match status {
        0 => Failure::Lost,
        1 => Failure::NeverLeft,
        2 => Failure::BodyLost,
        status => Failure::Status(status),
    };
    let before = Outcome::ALL[before & 3];
    OUTPUT[0].store(before.max(Outcome::of(failure)) as u32, Relaxed);
    let retry_after_ms = (retry_after >= 0.0).then_some(retry_after);
    let attempt = Attempt { number, failure, before, retry_after_ms, elapsed_ms: elapsed };
    let policy = Policy { max_retries, max_delay_ms: max_delay, total_ms: total, retry_unsafe };
    match retry::decide(meta(operation), &attempt, &policy, random) {
        Decision::Retry(wait) => wait,
        Decision::GiveUp => -1.0,
        Decision::Done => -2.0,
    }
}

fn meta(operation: usize) -> &'static OperationMeta {
    match OPERATIONS.get(operation) {
        Some(meta) => meta,
        None => unreachable(),
    }
}

/// Leaves where something is and how many elements it has, as the pair `number` of the output.
fn leave<T>(number: usize, data: &[T]) {
    let [at, length] = [2 * number, 2 * number + 1];
    OUTPUT[at].store(data.as_ptr() as u32, Relaxed);
    OUTPUT[length].store(data.len() as u32, Relaxed);
}

/// Leaves a record and says whether there is one.
#[cfg(feature = "record")]
fn leave_record(mut record: Record) -> bool {
    let Some(root) = record.finish() else {
        leave::<i32>(5, &[]);
        return false;
    };
    let [texts, wide, shorts] = record.texts();
    leave(2, texts);
    leave(3, wide);
    leave(4, shorts);
    leave(5, record.table());
    OUTPUT[12].store(root as u32, Relaxed);
    core::mem::forget(record);
    true
}

#[cfg(not(feature = "record"))]
fn leave_record(_: Record) -> bool {
    false
}

fn leave_fault(fault: Fault) -> u32 {
    leave(0, fault.path.as_bytes());
    leave(1, fault.detail.as_bytes());
    core::mem::forget((fault.path, fault.detail));
    fault.rule as u32
}
