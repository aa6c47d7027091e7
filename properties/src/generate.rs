//! Seeded inputs: documents that follow the schema tables, requests, identifiers and headers, and what breaks them.
//!
//! Random bytes alone find nothing: nearly all of them fail at the first.

use crate::router::SEPARATOR;
use crate::surfaces::{base_path, operations};
use fastrand::Rng;
use respond_io_wasm::operation::{OperationMeta, Place};
use respond_io_wasm::schema::{Format, Kind, Model, Sent};

const TEXTS: [&str; 14] = [
    "",
    "a",
    "Aida",
    "Aïda",
    "日本",
    r"\n\t\/",
    r"\u0041",
    r"\ud83d\ude00",
    "😀",
    r"\ud800",
    r#"\""#,
    r"\u0000",
    "open",
    "2026-01-02",
];
const INTEGERS: [&str; 16] = [
    "0",
    "1",
    "-1",
    "-0",
    "5.0",
    "50e-1",
    "0.5e1",
    "1e3",
    "1.5",
    "1e-400",
    "1783996922",
    "9007199254740991",
    "-9007199254740991",
    "9007199254740992",
    "1e400",
    "1.00000000000000000001",
];
const LITERALS: [&str; 5] = ["null", "true", "false", "{}", "[]"];
const EMAILS: [&str; 4] = ["aida@example.com", "a/../../tag@b", "ü@b.c", "a?x=1#y@b%2f"];
const PHONES: [&str; 3] = ["+60123456789", "1", "123456789012345"];
const NAMES: [&str; 6] = ["new", "__proto__", "constructor", "é", "", r"\u0069d"];
const SPACES: [&str; 4] = ["", " ", "\n", "\t\r "];
/// What a mutation puts in: tokens of JSON, of URLs and of headers at which a reader may stumble.
const TOKENS: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "null",
    "true",
    "-",
    ".",
    "e",
    "1e400",
    "0",
    "\u{feff}",
    "9007199254740993",
    "\"__proto__\":",
    "/",
    "..",
    "%2e%2e",
    "%2F",
    "%",
    "?",
    "#",
    "&",
    "=",
    "+",
    "@",
    "id:",
    "email:",
    "phone:",
    "\r\n",
    "\n\n",
    "\0",
    "é",
    "Bearer ",
    "\u{202e}",
];
const URLS: [&str; 6] =
    ["https://example.com/a.png", "mailto:a@b", "data:,x", "https://a/%20", "x:y", "https://[::1]/"];
const DATES: [&str; 4] = [
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
    "Thu, 29 Feb 2024 00:00:00 GMT",
];

/// Makes inputs; the same seed, the same inputs.
pub struct Generator {
    rng: Rng,
}

impl Generator {
    /// The inputs of the number `seed`.
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed) }
    }

    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        self.rng.usize(..bound)
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Any operation of either surface.
    pub fn operation(&mut self) -> &'static OperationMeta {
        let all: Vec<_> = operations().collect();
        self.pick(&all)
    }

    /// A body as the service may answer: of the declared kinds for the most part, with unknown fields and odd values.
    pub fn received(&mut self, kind: &Kind) -> Vec<u8> {
        let mut text = String::new();
        if self.one_in(50) {
            text.push('\u{feff}');
        }
        Writer { generator: self, text: &mut text, is_sent: false }.value(kind, 0);
        text.into_bytes()
    }

    /// A document that the strict check takes.
    pub fn sent(&mut self, kind: &Kind) -> Vec<u8> {
        let mut text = String::new();
        Writer { generator: self, text: &mut text, is_sent: true }.value(kind, 0);
        text.into_bytes()
    }

    /// The bytes with one flaw to four: cut, flipped, put in, left out, said twice, nested.
    pub fn mutated(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.below(4) {
            self.mutate(&mut bytes);
        }
        bytes
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = at + self.below((bytes.len() - at).min(16) + 1);
        match self.below(9) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            2 if at < bytes.len() => bytes[at] = self.rng.u8(..),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let again = bytes[at..end].to_vec();
                self.insert(bytes, &again);
            }
            5 => {
                let depth = self.pick(&[3, 60, 99, 100, 101, 120]);
                let opening = self.pick(&["[", "{\"a\":"]).repeat(depth);
                let closing = if opening.starts_with('[') { "]" } else { "}" }.repeat(depth);
                bytes.splice(end..end, closing.into_bytes());
                bytes.splice(at..at, opening.into_bytes());
            }
            6 => {
                let byte = self.rng.u8(..);
                self.insert(bytes, &[byte]);
            }
            _ => {
                let token = self.pick(&TOKENS);
                self.insert(bytes, token.as_bytes());
            }
        }
    }

    fn insert(&mut self, bytes: &mut Vec<u8>, piece: &[u8]) {
        let at = self.below(bytes.len() + 1);
        bytes.splice(at..at, piece.iter().copied());
    }

    /// A contact's identifier.
    pub fn identifier(&mut self) -> String {
        match self.below(3) {
            0 => format!("id:{}", 1 + self.below(6)),
            1 => format!("email:{}", self.pick(&EMAILS)),
            _ => format!("phone:{}", self.pick(&PHONES)),
        }
    }

    /// A header, `name: value`.
    pub fn header(&mut self) -> String {
        let name = self.pick(&["retry-after", "x-request-id", "Authorization", "accept", "X_1", "a b", ""]);
        let value = match self.below(5) {
            0 => self.rng.u32(..).to_string(),
            1 => self.pick(&DATES).to_string(),
            2 => {
                httpdate::fmt_http_date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(self.rng.u32(..).into()))
            }
            3 => "token-1.abc".into(),
            _ => "a b\tc".into(),
        };
        format!("{name}: {value}")
    }

    /// A few requests of the API, written down as [`router`](crate::router::router) reads them.
    pub fn requests(&mut self) -> String {
        let count = 1 + self.below(4);
        let mut requests: Vec<String> = (0..count).map(|_| self.request()).collect();
        if self.one_in(4) {
            requests.extend(requests.last().cloned());
        }
        requests.join(SEPARATOR)
    }

    fn request(&mut self) -> String {
        let operation = self.operation();
        let base = base_path(operation);
        let mut path = operation.path.to_string();
        let (mut query, mut body) = (String::new(), String::new());
        for (field, place) in operation.input.fields.iter().zip(operation.places) {
            match (place, &field.kind) {
                (Place::Path, Kind::Identifier) => path = path.replace("{identifier}", &escaped(&self.identifier())),
                (Place::Path, _) => {
                    path = path.replace(&format!("{{{}}}", field.name), &(1 + self.below(6)).to_string())
                }
                (Place::Query, _) => query = self.pick(&["", "?limit=5", "?cursorId=2&limit=1", "?limit=0"]).into(),
                (Place::Body, kind) => body = String::from_utf8(self.sent(kind)).unwrap_or_default(),
            }
        }
        let host = self.pick(&["", "https://api.respond.io", "HTTP://x"]);
        let method = operation.method.as_str();
        let token = if self.one_in(20) { "Bearer no" } else { "Bearer sandbox" };
        let content_type = if self.one_in(20) { "text/plain" } else { "application/json" };
        format!("{method} {host}{base}{path}{query}\nauthorization: {token}\ncontent-type: {content_type}\n\n{body}")
    }
}

/// An identifier as it stands in a path.
fn escaped(identifier: &str) -> String {
    let mut path = String::new();
    respond_io_wasm::engine::identifier::push_segment(&mut path, identifier.as_bytes());
    path
}

/// Writes one document.
struct Writer<'a> {
    generator: &'a mut Generator,
    text: &'a mut String,
    is_sent: bool,
}

impl Writer<'_> {
    fn value(&mut self, kind: &Kind, depth: usize) {
        self.space();
        if !self.is_sent && self.generator.one_in(25) {
            return self.odd(depth);
        }
        match kind {
            Kind::Text(format) => self.formatted(*format),
            Kind::Integer(range) if self.is_sent => {
                let below = self.generator.below(5) as i64;
                self.text.push_str(&(range.min + below).min(range.max).to_string());
            }
            Kind::Integer(_) | Kind::Number => self.one_of(&INTEGERS[..12]),
            Kind::Boolean => self.one_of(&["true", "false"]),
            Kind::Choice(values) => {
                let value = self.generator.pick(values);
                self.quoted(value);
            }
            Kind::List(element) => {
                let count = self.generator.below(4);
                self.items('[', ']', count, |writer, _| writer.value(element, depth + 1));
            }
            Kind::Object(model) => self.object(model, depth),
            Kind::AnyObject => {
                let count = self.generator.below(3);
                self.items('{', '}', count, |writer, _| {
                    writer.name();
                    writer.odd(depth + 1);
                });
            }
            Kind::Identifier => {
                let identifier = self.generator.identifier();
                self.quoted(&identifier);
            }
            Kind::Either(either) => {
                let kind = self.generator.pick(either.kinds);
                self.value(&kind, depth);
            }
        }
    }

    fn object(&mut self, model: &Model, depth: usize) {
        let tag = match model.sent {
            Sent::By { forms, .. } if self.is_sent => Some(self.generator.pick(&forms.iter().collect::<Vec<_>>())),
            _ => None,
        };
        let mut fields: Vec<_> = model.fields.iter().collect();
        fields.retain(|field| {
            let is_tag = matches!(model.sent, Sent::By { tag, .. } if tag == field.name);
            let required = match (&model.sent, tag) {
                (Sent::Requires(names), _) => names.contains(&field.name),
                (_, Some(form)) => is_tag || form.required.contains(&field.name),
                _ => false,
            };
            let excluded = tag.is_some_and(|form| !is_tag && !required && !form.optional.contains(&field.name));
            let must = field.required || self.is_sent && required;
            let left_out = if self.is_sent { !must && self.generator.one_in(3) } else { self.generator.one_in(8) };
            !excluded && !left_out
        });
        if !self.is_sent {
            self.generator.rng.shuffle(&mut fields);
            if let (Some(field), true) = (fields.first().copied(), self.generator.one_in(30)) {
                fields.push(field);
            }
        }
        self.items('{', '}', fields.len(), |writer, index| {
            let field = fields[index];
            if !writer.is_sent && writer.generator.one_in(12) {
                writer.name();
                writer.odd(depth + 1);
                writer.text.push(',');
            }
            writer.quoted(field.name);
            writer.space();
            writer.text.push(':');
            let is_tag = matches!(model.sent, Sent::By { tag, .. } if tag == field.name);
            match tag {
                Some(form) if is_tag => writer.quoted(form.value),
                _ if !writer.is_sent && writer.generator.one_in(10) => writer.text.push_str("null"),
                _ => writer.value(&field.kind, depth + 1),
            }
        });
    }

    fn items(&mut self, open: char, close: char, count: usize, mut each: impl FnMut(&mut Self, usize)) {
        self.text.push(open);
        for index in 0..count {
            if index > 0 {
                self.text.push(',');
            }
            self.space();
            each(self, index);
            self.space();
        }
        self.text.push(close);
    }

    /// Any value at all.
    fn odd(&mut self, depth: usize) {
        match self.generator.below(if depth > 5 { 3 } else { 5 }) {
            0 => self.one_of(&INTEGERS),
            1 => self.one_of(&LITERALS),
            2 => self.formatted(Format::Any),
            3 => {
                let count = self.generator.below(3);
                self.items('[', ']', count, |writer, _| writer.odd(depth + 1));
            }
            _ => {
                let count = self.generator.below(3);
                self.items('{', '}', count, |writer, _| {
                    writer.name();
                    writer.odd(depth + 1);
                });
            }
        }
    }

    fn name(&mut self) {
        let name = self.generator.pick(&NAMES);
        self.quoted(name);
        self.text.push(':');
    }

    fn formatted(&mut self, format: Format) {
        let (texts, prefix): (&[&str], _) = match format {
            Format::Any => (&TEXTS, ""),
            Format::NonEmpty => (&TEXTS[1..], ""),
            Format::Email => (&EMAILS, ""),
            Format::Uri => (&URLS, ""),
            Format::User => (&EMAILS, "email:"),
        };
        let text = self.generator.pick(texts);
        self.quoted(&format!("{prefix}{text}"));
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        self.text.push_str(text);
        self.text.push('"');
    }

    fn one_of(&mut self, texts: &[&str]) {
        let text = self.generator.pick(texts);
        self.text.push_str(text);
    }

    fn space(&mut self) {
        if self.generator.one_in(6) {
            self.one_of(&SPACES);
        }
    }
}
