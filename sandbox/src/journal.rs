//! Every request and its response, as a test wants to read them.

use serde::Serialize;
use std::collections::VecDeque;

/// How many exchanges the journal holds; the oldest make room.
pub const JOURNAL_CAPACITY: usize = 10_000;
/// How many bytes their bodies have together; the oldest exchanges make room, all but the last.
pub const JOURNAL_BYTES: usize = 32 << 20;

/// Headers whose values are nobody's business.
const SECRET_HEADERS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// A request and its response.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The exchange's number, 1 for the first, ascending.
    pub seq: u64,
    /// When the request came, in Unix milliseconds of the sandbox's clock.
    pub time: i64,
    /// The HTTP method.
    pub method: String,
    /// The path and the query.
    pub url: String,
    /// The contract's `operationId`; none where no route was found.
    pub operation: Option<&'static str>,
    /// Names, in lower case, and values of the request's headers; secrets are replaced by `[redacted]`.
    pub request_headers: Vec<(String, String)>,
    /// The request's body, as text.
    pub request_body: String,
    /// The response's status, sent or lost on the way; none where the connection was reset before there was one.
    pub status: Option<u16>,
    /// The response's body as it was sent, as text.
    pub response_body: String,
    /// Whether the operation was carried out.
    pub acted: bool,
    /// The fault that hit the request.
    pub fault: Option<&'static str>,
    /// How long the response was delayed, in milliseconds.
    pub delay_ms: u64,
}

/// The last exchanges.
#[derive(Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    bytes: usize,
    last_seq: u64,
}

impl Entry {
    fn bytes(&self) -> usize {
        self.request_body.len() + self.response_body.len()
    }
}

impl Journal {
    /// Writes an exchange down and numbers it.
    pub fn push(&mut self, mut entry: Entry) {
        self.last_seq += 1;
        entry.seq = self.last_seq;
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
        while self.entries.len() > 1 && self.is_overfull() {
            self.bytes -= self.entries.pop_front().map_or(0, |oldest| oldest.bytes());
        }
    }

    fn is_overfull(&self) -> bool {
        self.entries.len() > JOURNAL_CAPACITY || self.bytes > JOURNAL_BYTES
    }

    /// The exchanges with a number greater than `since`.
    pub fn since(&self, since: u64) -> Vec<Entry> {
        let first = self.entries.partition_point(|entry| entry.seq <= since);
        self.entries.range(first..).cloned().collect()
    }

    /// Forgets all exchanges; the numbers go on.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }
}

/// The headers as they are written down.
pub fn redacted(headers: &[(String, String)]) -> Vec<(String, String)> {
    let written = |(name, value): &(String, String)| {
        let name = name.to_ascii_lowercase();
        let value = if SECRET_HEADERS.contains(&name.as_str()) { "[redacted]".into() } else { value.clone() };
        (name, value)
    };
    headers.iter().map(written).collect()
}
