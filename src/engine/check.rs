//! One walk over a document's bytes that checks it against its declared kind.
//!
//! What is sent is checked strictly and the walk ends at the first fault. What is received is checked openly: unknown
//! fields and unknown enum values pass, null stands for any field that is not required, and a value of an unexpected
//! kind is noted while the walk goes on; only a document that nobody could use ends it.

use super::identifier;
use super::json::{MAX_DEPTH, Number, Reader, unescape};
use super::rule::{Fault, Rule};
use crate::schema::{Field, Form, Format, Kind, MAX_SAFE_INTEGER, Model, Sent};
use alloc::borrow::Cow;
use alloc::string::String;

/// Checks a document that is to be sent.
pub fn sent(bytes: &[u8], kind: &Kind) -> Result<(), Fault> {
    Walk::new(bytes, true).document(kind).map(drop)
}

/// Checks a document that was received; gives the first value of an unexpected kind, if there is one.
pub fn received(bytes: &[u8], kind: &Kind) -> Result<Option<Fault>, Fault> {
    Walk::new(bytes, false).document(kind)
}

/// Where the walk is: a list of steps on the call stack, written out only for a fault.
enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn write(&self, text: &mut String) {
        match self {
            Self::Root => {}
            Self::Field(parent, name) => {
                parent.write(text);
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Self::Index(parent, index) => {
                parent.write(text);
                text.push('[');
                push_number(text, *index as i64);
                text.push(']');
            }
        }
    }
}

struct Walk<'a> {
    reader: Reader<'a>,
    strict: bool,
    depth: usize,
    mismatch: Option<Fault>,
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8], strict: bool) -> Self {
        Self {
            reader: Reader::new(bytes),
            strict,
            depth: 0,
            mismatch: None,
        }
    }

    fn document(mut self, kind: &Kind) -> Result<Option<Fault>, Fault> {
        self.value(kind, &Path::Root)?;
        self.reader.end().map_err(Fault::of_document)?;
        Ok(self.mismatch)
    }

    fn value(&mut self, kind: &Kind, path: &Path) -> Result<(), Fault> {
        match (kind, self.read(path, Reader::peek)?) {
            (Kind::Text(format), b'"') => {
                let raw = self.read(path, Reader::string)?;
                self.text(*format, raw, path)
            }
            (Kind::Choice(values), b'"') => {
                let raw = self.read(path, Reader::string)?;
                self.choice(values, raw, path)
            }
            (Kind::Identifier, b'"') => {
                let raw = self.read(path, Reader::string)?;
                self.form(Rule::Identifier, raw, identifier::is_identifier, path)
            }
            (Kind::Identifier, b'{') => self.identifier_object(path),
            (Kind::Integer { min, max }, b'-' | b'0'..=b'9') => self.integer(*min, *max, path),
            (Kind::Boolean, b't' | b'f') => self.skip(path),
            (Kind::List(element), b'[') => self.nested(path, |walk| walk.list(element, path)),
            (Kind::Object(model), b'{') => self.nested(path, |walk| walk.object(model, path)),
            (Kind::AnyObject, b'{') | (Kind::Any, _) => self.skip(path),
            _ => {
                self.mismatched(Rule::Kind, path, expected(kind))?;
                self.skip(path)
            }
        }
    }

    fn text(&mut self, format: Format, raw: &[u8], path: &Path) -> Result<(), Fault> {
        if !self.strict {
            return Ok(());
        }
        match format {
            Format::Any => Ok(()),
            Format::NonEmpty if raw.is_empty() => self.mismatched(Rule::Empty, path, ""),
            Format::NonEmpty => Ok(()),
            Format::Email => self.form(Rule::Email, raw, identifier::is_email, path),
            Format::Uri => self.form(Rule::Uri, raw, identifier::is_uri, path),
            Format::User => self.form(Rule::User, raw, identifier::is_user, path),
        }
    }

    fn form(&mut self, rule: Rule, raw: &[u8], has_form: fn(&str) -> bool, path: &Path) -> Result<(), Fault> {
        if unescape(raw).is_some_and(|text| has_form(&text)) {
            return Ok(());
        }
        self.mismatched(rule, path, "")
    }

    fn choice(&mut self, values: &[&'static str], raw: &[u8], path: &Path) -> Result<(), Fault> {
        if !self.strict || values.iter().any(|value| value.as_bytes() == raw) {
            return Ok(());
        }
        self.mismatched(Rule::Choice, path, &listed(values.iter()))
    }

    fn integer(&mut self, min: i64, max: i64, path: &Path) -> Result<(), Fault> {
        match self.read(path, Reader::number)? {
            Number::Integer(value) if value.unsigned_abs() > MAX_SAFE_INTEGER => {
                Err(fault(Rule::UnsafeInteger, path, ""))
            }
            Number::Large => Err(fault(Rule::UnsafeInteger, path, "")),
            Number::Fraction => self.mismatched(Rule::Kind, path, "an integer"),
            Number::Integer(value) if self.strict && !(min..=max).contains(&value) => {
                self.mismatched(Rule::Range, path, &range(min, max))
            }
            Number::Integer(_) => Ok(()),
        }
    }

    /// An identifier as an object with exactly one of the keys `id`, `email` and `phone`.
    fn identifier_object(&mut self, path: &Path) -> Result<(), Fault> {
        let mut ahead = self.reader.clone();
        let raw = ahead.skip(self.depth).map_err(|rule| fault(rule, path, ""))?;
        self.reader = ahead;
        if identifier_text(raw).is_some_and(|text| identifier::is_identifier(&text)) {
            return Ok(());
        }
        self.mismatched(Rule::Identifier, path, "")
    }

    fn list(&mut self, element: &Kind, path: &Path) -> Result<(), Fault> {
        self.read(path, |reader| reader.expect(b'['))?;
        if self.read(path, |reader| reader.is_empty(b']'))? {
            return Ok(());
        }
        let mut index = 0;
        loop {
            self.value(element, &Path::Index(path, index))?;
            if !self.read(path, |reader| reader.more(b']'))? {
                return Ok(());
            }
            index += 1;
        }
    }

    fn object(&mut self, model: &Model, path: &Path) -> Result<(), Fault> {
        self.read(path, |reader| reader.expect(b'{'))?;
        let mut seen = Seen::default();
        if !self.read(path, |reader| reader.is_empty(b'}'))? {
            loop {
                self.member(model, &mut seen, path)?;
                if !self.read(path, |reader| reader.more(b'}'))? {
                    break;
                }
            }
        }
        self.complete(model, &seen, path)
    }

    fn member(&mut self, model: &Model, seen: &mut Seen<'a>, path: &Path) -> Result<(), Fault> {
        let raw = self.read(path, Reader::string)?;
        let name = key(raw);
        self.read(path, |reader| reader.expect(b':'))?;
        let Some(index) = model.fields.iter().position(|field| field.name == name) else {
            return self.unknown(model, &Path::Field(path, &name));
        };
        let field = &model.fields[index];
        let path = Path::Field(path, field.name);
        if self.strict && seen.has(index) {
            return Err(fault(Rule::Duplicate, &path, ""));
        }
        seen.fields |= 1 << index;
        if self.is_permitted_null(field, &path)? {
            return self.skip(&path);
        }
        if let Sent::By { tag, .. } = model.sent
            && tag == field.name
        {
            seen.tag = self.reader.clone().string().ok();
        }
        self.value(&field.kind, &path)
    }

    fn is_permitted_null(&mut self, field: &Field, path: &Path) -> Result<bool, Fault> {
        let permitted = field.nullable || !self.strict && !field.required;
        Ok(permitted && self.read(path, Reader::peek)? == b'n')
    }

    fn unknown(&mut self, model: &Model, path: &Path) -> Result<(), Fault> {
        if self.strict {
            let known = listed(model.fields.iter().map(|field| &field.name));
            return Err(fault(Rule::UnknownField, path, &known));
        }
        self.skip(path)
    }

    /// Checks, at the end of an object, that the right fields were there.
    fn complete(&mut self, model: &Model, seen: &Seen, path: &Path) -> Result<(), Fault> {
        for (index, field) in model.fields.iter().enumerate() {
            if field.required && !seen.has(index) {
                self.mismatched(Rule::Required, &Path::Field(path, field.name), "")?;
            }
        }
        if !self.strict {
            return Ok(());
        }
        match &model.sent {
            Sent::AsDeclared => Ok(()),
            Sent::Requires(names) => require(model, names, seen, path),
            Sent::By { tag, forms } => self.one_form(model, tag, forms, seen, path),
        }
    }

    fn one_form(&self, model: &Model, tag: &str, forms: &[Form], seen: &Seen, path: &Path) -> Result<(), Fault> {
        let value = seen.tag.unwrap_or_default();
        let Some(form) = forms.iter().find(|form| form.value.as_bytes() == value) else {
            return Ok(());
        };
        require(model, form.required, seen, path)?;
        for (index, field) in model.fields.iter().enumerate() {
            let goes_with = field.name == tag
                || form.required.contains(&field.name)
                || form.optional.contains(&field.name);
            if seen.has(index) && !goes_with {
                let mut other = String::from(tag);
                other.push(' ');
                other.push_str(form.value);
                return Err(fault(Rule::NotWith, &Path::Field(path, field.name), &other));
            }
        }
        Ok(())
    }

    fn nested(&mut self, path: &Path, walk: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(fault(Rule::Depth, path, ""));
        }
        self.depth += 1;
        let result = walk(self);
        self.depth -= 1;
        result
    }

    fn skip(&mut self, path: &Path) -> Result<(), Fault> {
        let depth = self.depth;
        self.read(path, |reader| reader.skip(depth).map(drop))
    }

    fn read<T>(&mut self, path: &Path, read: impl FnOnce(&mut Reader<'a>) -> Result<T, Rule>) -> Result<T, Fault> {
        read(&mut self.reader).map_err(|rule| fault(rule, path, ""))
    }

    /// A value of an unexpected kind: the end of the walk where it is sent, a note where it is received.
    fn mismatched(&mut self, rule: Rule, path: &Path, detail: &str) -> Result<(), Fault> {
        if self.strict {
            return Err(fault(rule, path, detail));
        }
        if self.mismatch.is_none() {
            self.mismatch = Some(fault(rule, path, detail));
        }
        Ok(())
    }
}

/// The fields of an object that were read, a bit each, and the value of the tag that decides on its form.
#[derive(Default)]
struct Seen<'a> {
    fields: u64,
    tag: Option<&'a [u8]>,
}

impl Seen<'_> {
    fn has(&self, index: usize) -> bool {
        self.fields >> index & 1 == 1
    }
}

fn require(model: &Model, names: &[&str], seen: &Seen, path: &Path) -> Result<(), Fault> {
    for (index, field) in model.fields.iter().enumerate() {
        if names.contains(&field.name) && !seen.has(index) {
            return Err(fault(Rule::Required, &Path::Field(path, field.name), ""));
        }
    }
    Ok(())
}

/// A member's name; a name with escapes is resolved, so that none hides a field from its check.
fn key(raw: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(raw) {
        Ok(name) if !raw.contains(&b'\\') => Cow::Borrowed(name),
        _ => Cow::Owned(unescape(raw).unwrap_or_default()),
    }
}

/// The text of an identifier that is written as an object, `{"id":1}` as `id:1`.
pub fn identifier_text(raw: &[u8]) -> Option<String> {
    let mut reader = Reader::new(raw);
    reader.expect(b'{').ok()?;
    let name = key(reader.string().ok()?);
    reader.expect(b':').ok()?;
    let value = reader.skip(0).ok()?;
    reader.expect(b'}').ok()?;
    let mut text = String::from(&*name);
    text.push(':');
    match (&*name, value) {
        ("id", digits) => text.push_str(core::str::from_utf8(digits).ok()?),
        ("email" | "phone", [b'"', inner @ .., b'"']) => text.push_str(&unescape(inner)?),
        _ => return None,
    }
    Some(text)
}

fn fault(rule: Rule, path: &Path, detail: &str) -> Fault {
    let mut text = String::new();
    path.write(&mut text);
    let mut detail = String::from(detail);
    if rule == Rule::Depth {
        push_number(&mut detail, MAX_DEPTH as i64);
    }
    Fault {
        rule,
        path: text,
        detail,
    }
}

fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) | Kind::Choice(_) => "a string",
        Kind::Integer { .. } => "an integer",
        Kind::Boolean => "true or false",
        Kind::List(_) => "an array",
        Kind::Object(_) | Kind::AnyObject => "an object",
        Kind::Identifier => "an identifier, such as id:1",
        Kind::Any => "a value",
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

fn range(min: i64, max: i64) -> String {
    let mut text = String::from("from ");
    push_number(&mut text, min);
    text.push_str(" to ");
    push_number(&mut text, max);
    text
}

fn push_number(text: &mut String, number: i64) {
    if number < 0 {
        text.push('-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    text.extend(digits[at..].iter().map(|&digit| digit as char));
}

#[cfg(test)]
mod tests;
