//! The last exchanges, numbered: every request and its response, as a test wants to read them, and every delivery.

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
    /// The `operationId`, of either surface; none where no route was found.
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

/// What a journal holds.
pub trait Record: Clone {
    /// Its number.
    fn seq(&mut self) -> &mut u64;
    /// How many bytes its bodies have.
    fn bytes(&self) -> usize;
}

impl Record for Entry {
    fn seq(&mut self) -> &mut u64 {
        &mut self.seq
    }

    fn bytes(&self) -> usize {
        self.request_body.len() + self.response_body.len()
    }
}

/// The last exchanges of a kind, by ascending numbers without a gap.
#[derive(Debug)]
pub struct Journal<R> {
    entries: VecDeque<R>,
    bytes: usize,
    last_seq: u64,
}

impl<R> Default for Journal<R> {
    fn default() -> Self {
        Self { entries: VecDeque::new(), bytes: 0, last_seq: 0 }
    }
}

impl<R: Record> Journal<R> {
    /// Writes an exchange down and gives it its number.
    pub fn push(&mut self, mut entry: R) -> u64 {
        self.last_seq += 1;
        *entry.seq() = self.last_seq;
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
        while self.entries.len() > 1 && self.is_overfull() {
            self.bytes -= self.entries.pop_front().map_or(0, |oldest| oldest.bytes());
        }
        self.last_seq
    }

    fn is_overfull(&self) -> bool {
        self.entries.len() > JOURNAL_CAPACITY || self.bytes > JOURNAL_BYTES
    }

    /// The exchanges with a number greater than `since`.
    pub fn since(&self, since: u64) -> Vec<R> {
        let known = since.saturating_sub(self.last_seq - self.entries.len() as u64);
        self.entries.iter().skip(usize::try_from(known).unwrap_or(usize::MAX)).cloned().collect()
    }

    /// The exchange with this number, where it is not forgotten.
    pub fn get_mut(&mut self, seq: u64) -> Option<&mut R> {
        let forgotten = self.last_seq - self.entries.len() as u64;
        let index = seq.checked_sub(forgotten + 1)?;
        self.entries.get_mut(usize::try_from(index).ok()?)
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
