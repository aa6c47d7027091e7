//! What a body says.

use super::event::Event;
use super::piece::{Piece, split};
use crate::engine::json;
use alloc::borrow::Cow;
use alloc::string::String;
use serde_json::{Map, Value};

/// The text of a JSON document in UTF-8, without a byte order mark; `None` where it is none, or is nested too deeply.
pub(super) fn text_of(bytes: &[u8]) -> Option<&str> {
    let text = core::str::from_utf8(bytes).ok()?;
    json::check(bytes).ok()?;
    Some(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// Reads a JSON object.
pub(super) fn read(bytes: &[u8]) -> Option<Event> {
    let fields: Map<String, Value> = serde_json::from_str(&mended(text_of(bytes)?)).ok()?;
    Some(fields.into())
}

/// The document with each half of a surrogate pair replaced, which no string can hold: a text that was cut within an
/// emoji ends in one, and its event is worth having all the same.
fn mended(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((piece, tail)) = split(rest) {
        mended.push_str(match piece {
            Piece::Half(_) => "\\ufffd",
            Piece::Char(_) => &rest[..rest.len() - tail.len()],
        });
        rest = tail;
    }
    Cow::Owned(mended)
}
