//! One walk over a document's bytes that checks it against its declared kind.
//!
//! What is sent is checked strictly and the walk ends at the first fault. What is received is checked openly: unknown
//! fields and unknown enum values pass, null stands for any field that is not required, and a value of an unexpected
//! kind is noted while the walk goes on; only a document that nobody could use ends it.

use super::document::Document;
use super::identifier;
use super::json::{MAX_DEPTH, Number, Reader, unescape};
use super::record::Record;
use super::rule::{Fault, Rule};
use crate::schema::{Field, Format, Kind, Model, Range, Sent};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// Checks a document that is to be sent.
pub fn sent(bytes: &[u8], kind: &Kind) -> Result<(), Fault> {
    Walk::new(bytes, true, Record::idle()).document(kind).0.map(drop)
}

/// Checks a document that was received; gives the first value of an unexpected kind, if there is one.
pub fn received(bytes: &[u8], kind: &Kind) -> Result<Option<Fault>, Fault> {
    Walk::new(bytes, false, Record::idle()).document(kind).0
}

/// Checks a document as [`received`] does, and records what the crate is compiled to record of it.
pub fn recorded<'a>(document: Document<'a>, kind: &Kind) -> (Result<Option<Fault>, Fault>, Record<'a>) {
    Walk::new(document.bytes(), false, Record::of(document)).document(kind)
}

pub(super) struct Walk<'a> {
    pub(super) reader: Reader<'a>,
    strict: bool,
    pub(super) depth: usize,
    /// What was found: the fault that ended the walk, or the first value of an unexpected kind.
    pub(super) fault: Option<Fault>,
    /// How many faults were found: who has walked over a value asks whether one was in it, and says then where.
    pub(super) found: usize,
    pub(super) record: Record<'a>,
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8], strict: bool, record: Record<'a>) -> Self {
        Self { reader: Reader::new(bytes), strict, depth: 0, fault: None, found: 0, record }
    }

    fn document(mut self, kind: &Kind) -> (Result<Option<Fault>, Fault>, Record<'a>) {
        self.value(kind);
        self.reader.end();
        let walked = match self.reader.stopped() {
            None => Ok(self.fault),
            Some(rule) => Err(self.fault.filter(|fault| fault.rule == rule).unwrap_or(Fault::of_document(rule))),
        };
        (walked, self.record)
    }

    /// Reads a value and records it.
    pub(super) fn value(&mut self, kind: &Kind) {
        match (kind, self.reader.peek()) {
            (Kind::List(element), b'[') => return self.nested(|walk| walk.list(element)),
            (Kind::Object(model), b'{') => return self.nested(|walk| walk.object(model)),
            #[cfg(feature = "live")]
            (Kind::Either(either), first) if let Some(kind) = either.kinds.iter().find(|kind| opens(kind, first)) => {
                return self.value(kind);
            }
            _ => {}
        }
        let start = self.reader.position();
        self.plain(kind);
        self.record.value(start, self.reader.position());
    }

    /// Reads a value other than a list or an object as declared.
    fn plain(&mut self, kind: &Kind) {
        match (kind, self.reader.peek()) {
            (Kind::Text(_) | Kind::Choice(_) | Kind::Identifier, b'"') => {
                let raw = self.reader.string();
                if self.strict {
                    self.text(kind, raw);
                }
            }
            (Kind::Identifier, b'{') => self.identifier_object(),
            (Kind::Integer(range), b'-' | b'0'..=b'9') => self.integer(range),
            (Kind::Boolean, b't' | b'f') => self.pass(),
            #[cfg(feature = "live")]
            (Kind::Number, b'-' | b'0'..=b'9') => self.pass(),
            (Kind::AnyObject, b'{') => self.pass(),
            (_, 0) => self.pass(),
            _ => {
                self.mismatched(Rule::Kind, expected(kind));
                self.pass()
            }
        }
    }

    fn text(&mut self, kind: &Kind, raw: &[u8]) {
        let (rule, has_form): (Rule, fn(&[u8]) -> bool) = match kind {
            Kind::Text(Format::NonEmpty) if raw.is_empty() => return self.failed(Rule::Empty, ""),
            Kind::Text(Format::Email) => (Rule::Email, identifier::is_email),
            Kind::Text(Format::Uri) => (Rule::Uri, identifier::is_uri),
            Kind::Text(Format::User) => (Rule::User, identifier::is_user),
            Kind::Identifier => (Rule::Identifier, identifier::is_identifier),
            Kind::Choice(values) => {
                if !values.iter().any(|value| value.as_bytes() == &*key(raw)) {
                    self.failed(Rule::Choice, &listed(values.iter()));
                }
                return;
            }
            _ => return,
        };
        if !has_form(&key(raw)) {
            self.failed(rule, "");
        }
    }

    fn integer(&mut self, range: &Range) {
        match self.reader.number() {
            Number::Large => self.failed(Rule::UnsafeInteger, ""),
            Number::Fraction => self.mismatched(Rule::Kind, "an integer"),
            Number::Integer(value) if !self.strict || (range.min..=range.max).contains(&value) => {}
            Number::Integer(_) => self.mismatched(Rule::Range, &in_words(range)),
        }
    }

    /// An identifier as an object with exactly one of the keys `id`, `email` and `phone`.
    fn identifier_object(&mut self) {
        let raw = self.reader.skip(self.depth);
        if !identifier_text(raw).is_some_and(|text| identifier::is_identifier(&text)) {
            self.mismatched(Rule::Identifier, "");
        }
    }

    fn list(&mut self, element: &Kind) {
        self.reader.expect(b'[');
        let mark = self.record.mark();
        let inner = self.record.names.inner(element);
        let mut index = 0;
        let mut more = !self.reader.meets(b']');
        while more {
            if !self.again(element, inner) {
                let found = self.found;
                self.value(element);
                if self.found != found {
                    self.within(bracketed(index));
                }
            }
            more = self.reader.more(b']');
            index += 1;
        }
        self.record.list(mark);
    }

    fn object(&mut self, model: &'static Model) {
        self.reader.expect(b'{');
        let mark = self.record.mark();
        let mut name = self.record.names.root(model);
        let mut seen = Seen::default();
        let mut more = !self.reader.meets(b'}');
        while more {
            self.member(model, &mut seen, &mut name);
            more = self.reader.more(b'}');
        }
        self.complete(model, &seen);
        self.record.object(mark, name);
    }

    fn member(&mut self, model: &'static Model, seen: &mut Seen<'a>, before: &mut usize) {
        self.reader.peek();
        let start = self.reader.position();
        let name = key(self.reader.string());
        self.reader.expect(b':');
        let known = seen.find(model.fields, &name);
        *before = self.record.name(*before, start, self.reader.position(), known);
        let found = self.found;
        match known {
            Some(field) => self.field(model, field, seen),
            None => self.unknown(model),
        }
        if self.found != found {
            self.within(printable(&name));
        }
    }

    fn field(&mut self, model: &Model, field: &'static Field, seen: &mut Seen<'a>) {
        if self.strict && seen.has(seen.index) {
            return self.failed(Rule::Duplicate, "");
        }
        seen.fields |= 1 << seen.index;
        seen.index += 1;
        if (field.nullable || !self.strict && !field.required) && self.reader.peek() == b'n' {
            return self.skip();
        }
        if let Sent::By { tag, .. } = model.sent
            && tag == field.name
        {
            seen.tag = key(self.reader.clone().string());
        }
        self.value(&field.kind)
    }

    fn unknown(&mut self, model: &Model) {
        if self.strict {
            let known = listed(model.fields.iter().map(|field| &field.name));
            return self.failed(Rule::UnknownField, &known);
        }
        self.skip()
    }

    /// Checks, at the end of an object, that the right fields were there.
    fn complete(&mut self, model: &Model, seen: &Seen) {
        for (index, field) in model.fields.iter().enumerate() {
            let (is_here, found) = (seen.has(index), self.found);
            let required = field.required || self.strict && model.sent.requires(field.name, &seen.tag);
            if required && !is_here {
                self.mismatched(Rule::Required, "");
            }
            if is_here && self.strict && !field.required && model.sent.excludes(field.name, &seen.tag) {
                self.failed(Rule::NotWith, &printable(&seen.tag));
            }
            if self.found != found {
                self.within(String::from(field.name));
            }
        }
    }

    fn nested(&mut self, walk: impl FnOnce(&mut Self)) {
        if self.depth >= MAX_DEPTH {
            return self.reader.stop(Rule::Depth);
        }
        self.depth += 1;
        walk(self);
        self.depth -= 1;
    }

    fn pass(&mut self) {
        self.reader.skip(self.depth);
    }

    /// Reads a value whatever it is, and records it.
    pub(super) fn skip(&mut self) {
        let raw = self.reader.skip(self.depth);
        let end = self.reader.position();
        self.record.value(end - raw.len(), end);
    }

    /// A value of an unexpected kind: the end of the walk where it is sent, a note where it is received.
    fn mismatched(&mut self, rule: Rule, detail: &str) {
        if self.strict {
            self.failed(rule, detail);
        } else if self.fault.is_none() {
            self.note(rule, detail);
        }
    }

    /// The end of the walk.
    fn failed(&mut self, rule: Rule, detail: &str) {
        if self.reader.stopped().is_none() {
            self.note(rule, detail);
            self.reader.stop(rule);
        }
    }

    fn note(&mut self, rule: Rule, detail: &str) {
        self.found += 1;
        self.fault = Some(Fault { rule, path: String::new(), detail: String::from(detail) });
    }

    /// Puts a step before the path of the fault that was just found behind it.
    fn within(&mut self, mut path: String) {
        let Some(fault) = &mut self.fault else { return };
        if !matches!(fault.path.as_bytes().first(), None | Some(b'[')) {
            push_ascii(&mut path, b'.');
        }
        path.push_str(&fault.path);
        fault.path = path;
    }
}

/// The fields of an object that were read, a bit each, and the value of the tag that decides on its form.
#[derive(Default)]
struct Seen<'a> {
    fields: u64,
    /// Where the next field is sought: behind the last one.
    index: usize,
    tag: Cow<'a, [u8]>,
}

impl Seen<'_> {
    fn find(&mut self, fields: &'static [Field], name: &[u8]) -> Option<&'static Field> {
        for _ in fields {
            let field = match fields.get(self.index) {
                Some(field) => field,
                None => {
                    self.index = 0;
                    fields.first()?
                }
            };
            if field.name.as_bytes() == name {
                return Some(field);
            }
            self.index += 1;
        }
        None
    }

    fn has(&self, index: usize) -> bool {
        self.fields >> index & 1 == 1
    }
}

/// A name or a value without its escapes, so that none hides a field from its check.
#[allow(clippy::manual_contains, reason = "`contains` searches by words: 350 bytes of wasm for names of ten letters")]
pub(super) fn key(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.iter().any(|byte| *byte == b'\\') {
        Cow::Owned(unescape(raw).unwrap_or_default())
    } else {
        Cow::Borrowed(raw)
    }
}

/// The text of an identifier that is written as an object, `{"id":1}` as `id:1`.
pub fn identifier_text(raw: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(raw);
    reader.expect(b'{');
    let name = key(reader.string());
    reader.expect(b':');
    let value = reader.skip(0);
    reader.expect(b'}');
    if reader.stopped().is_some() {
        return None;
    }
    let mut text = name.to_vec();
    text.extend_from_slice(b":");
    match (&*name, value) {
        (b"id", digits) => text.extend_from_slice(digits),
        (b"email" | b"phone", [b'"', inner @ .., b'"']) => text.extend(unescape(inner)?),
        _ => return None,
    }
    Some(text)
}

/// A name for people, `?` for what is not ASCII: only names that no contract has are met here, and to read UTF-8
/// would cost 300 bytes of the download.
fn printable(name: &[u8]) -> String {
    let mut text = String::new();
    name.iter().for_each(|&byte| push_ascii(&mut text, if byte.is_ascii() { byte } else { b'?' }));
    text
}

/// The step to an element of a list.
fn bracketed(index: usize) -> String {
    let mut text = String::from("[");
    push_number(&mut text, index as i64);
    push_ascii(&mut text, b']');
    text
}

fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) | Kind::Choice(_) => "a string",
        Kind::Integer(_) => "an integer",
        Kind::Boolean => "true or false",
        #[cfg(feature = "live")]
        Kind::Number => "a number",
        Kind::List(_) => "an array",
        Kind::Object(_) | Kind::AnyObject => "an object",
        Kind::Identifier => "an identifier, such as id:1",
        #[cfg(feature = "live")]
        Kind::Either(either) => either.name,
    }
}

/// Whether a value of this kind may begin with this byte.
#[cfg(feature = "live")]
fn opens(kind: &Kind, first: u8) -> bool {
    match kind {
        Kind::Text(_) | Kind::Choice(_) => first == b'"',
        Kind::Identifier => matches!(first, b'"' | b'{'),
        Kind::Integer(_) | Kind::Number => matches!(first, b'-' | b'0'..=b'9'),
        Kind::Boolean => matches!(first, b't' | b'f'),
        Kind::List(_) => first == b'[',
        Kind::Object(_) | Kind::AnyObject => first == b'{',
        Kind::Either(either) => either.kinds.iter().any(|kind| opens(kind, first)),
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a &'static str>) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(name);
    }
    text
}

fn in_words(range: &Range) -> String {
    let mut text = String::from("from ");
    push_number(&mut text, range.min);
    text.push_str(" to ");
    push_number(&mut text, range.max);
    text
}

/// Appends a character of ASCII. `String::push` takes any, which is 42 bytes larger as brotli.
pub(super) fn push_ascii(text: &mut String, byte: u8) {
    // SAFETY: what is below 0x80 is a character of its own.
    unsafe { text.as_mut_vec() }.extend_from_slice(&[byte & 0x7F]);
}

/// Appends an integer in digits. The standard library's own way brings its whole formatting along.
fn push_number(text: &mut String, number: i64) {
    if number < 0 {
        push_ascii(text, b'-');
    }
    let number = number.unsigned_abs();
    if number >= 10 {
        push_number(text, (number / 10) as i64);
    }
    push_ascii(text, b'0' + (number % 10) as u8);
}

/// An integer in digits.
pub(super) fn number(number: i64) -> String {
    let mut text = String::new();
    push_number(&mut text, number);
    text
}

#[cfg(test)]
mod tests;
