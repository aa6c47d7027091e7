//! What an answer is judged to be does not depend on what the walk learns and records, and what is put together from the
//! record of a body is what serde_json reads of it.

#[cfg(feature = "record")]
use crate::record::is_whole;
use crate::surfaces::operations;
use respond_io_wasm::engine::document::{Document, PADDING};
#[cfg(not(feature = "record"))]
use respond_io_wasm::engine::record::Record;
use respond_io_wasm::engine::response;
use respond_io_wasm::operation::OperationMeta;

/// Shorter bodies are not recorded.
const TOO_LONG: usize = 2000;

/// Judges a body as the answer of every operation.
pub fn reader(body: &[u8]) {
    for operation in operations() {
        judge(operation, body);
    }
}

/// Judges a body, with white space before it, as the answer of one operation; says whether there was a value.
///
/// # Panics
///
/// Where the record says another thing than serde_json, or recording changes what the check says.
pub fn judge(operation: &OperationMeta, body: &[u8]) -> bool {
    let padded = [&[b' '; TOO_LONG], body, &[0; PADDING]].concat();
    let document = Document::new(&padded);
    let (checked, record) = response::read(operation, document);
    assert_eq!(checked, response::check(operation, document.bytes()));
    checked.is_ok() && is_whole(record, body)
}

/// Whether JSON.parse would read the body.
#[cfg(not(feature = "record"))]
fn is_whole(_: Record, body: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(body).is_ok()
}
