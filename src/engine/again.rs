//! Values that are written like one before, read fast.
//!
//! A list's elements have mostly the same names in the same order, and values of the usual forms without white space. What
//! is otherwise is left to the walk, value by value; where even the names are others, it walks the whole element anew.

use super::check::Walk;
use super::document::End;
use crate::schema::Kind;
use core::num::NonZero;

impl Walk<'_> {
    /// Reads an element, and records it where that is done, if it is like one before; else nothing has happened.
    pub(super) fn again(&mut self, kind: &Kind, inner: usize) -> bool {
        if self.record.is_idle() {
            return false;
        }
        let (start, depth, mark) = (self.reader.position(), self.depth, self.record.mark());
        let (fault, found) = (self.fault.take(), self.found);
        let end = self.like(Some(kind), inner, false, start).filter(|_| self.fault.is_none());
        (self.fault, self.found) = (fault, found);
        self.depth = depth;
        self.reader.go(end.map_or(start, NonZero::get));
        if end.is_none() {
            self.record.reset(mark);
        }
        end.is_some()
    }

    /// Reads a value of that kind, of any where nothing is declared; gives where it ends.
    fn like(&mut self, kind: Option<&Kind>, inner: usize, may_be_null: bool, at: usize) -> End {
        let byte = self.record.document.byte(at);
        match (kind, byte) {
            (Some(Kind::Object(_)), b'{') => return self.members(inner, at + 1),
            (Some(Kind::List(element)), b'[') => return self.elements(element, inner, at + 1),
            _ => self.reader.go(at),
        }
        match kind {
            Some(kind) if byte != b'n' || !may_be_null => self.value(kind),
            _ => self.skip(),
        }
        NonZero::new(self.reader.position()).filter(|_| self.reader.stopped().is_none())
    }

    /// Reads a string without escapes or a small integer, where they are declared.
    #[inline(always)]
    fn usual(&mut self, kind: Option<&Kind>, at: usize) -> End {
        match (kind, self.record.document.byte(at)) {
            (Some(Kind::Text(_) | Kind::Choice(_)), b'"') => self.record.string(at),
            (Some(Kind::Integer(_)), b'0'..=b'9') => self.record.integer(at),
            _ => None,
        }
    }

    fn elements(&mut self, kind: &Kind, inner: usize, mut at: usize) -> End {
        let mark = self.record.mark();
        self.depth += 1;
        if self.record.document.byte(at) != b']' {
            loop {
                at = match self.usual(Some(kind), at) {
                    Some(end) => end.get(),
                    None => self.like(Some(kind), inner, false, at)?.get(),
                };
                match self.record.document.byte(at) {
                    b',' => at += 1,
                    b']' => break,
                    _ => return None,
                }
            }
        }
        self.depth -= 1;
        self.record.list(mark);
        NonZero::new(at + 1)
    }

    fn members(&mut self, root: usize, mut at: usize) -> End {
        let mark = self.record.mark();
        let document = self.record.document;
        self.depth += 1;
        let mut key = root;
        loop {
            let (next, known) = self.record.names.next(key, document, at)?;
            key = next;
            at += known.length;
            let (field, inner) = (known.field, known.inner);
            let kind = field.map(|field| &field.kind);
            at = match self.usual(kind, at) {
                Some(end) => end.get(),
                None => self.like(kind, inner, field.is_some_and(|field| !field.required), at)?.get(),
            };
            match document.byte(at) {
                b',' => at += 1,
                b'}' => break,
                _ => return None,
            }
        }
        if !self.record.names.has_shape(key) {
            return None;
        }
        self.depth -= 1;
        self.record.object(mark, key);
        NonZero::new(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{received, recorded};
    use super::super::document::{Document, PADDING};
    use crate::model::Tag;
    use crate::schema::{Kind, Wire};
    use alloc::vec::Vec;
    use alloc::{format, string::String};

    const TAGS: Kind = <Vec<Tag> as Wire>::KIND;

    /// Asserts that a list is judged as by a walk without a record, and gives whether it is as declared.
    fn judged(kind: &Kind, elements: &[&str]) -> bool {
        let padding: String = " ".repeat(2000);
        let text = format!("{padding}[{}]", elements.join(","));
        let padded = [text.as_bytes(), &[0; PADDING]].concat();
        let (checked, record) = recorded(Document::new(&padded), kind);
        assert_eq!(checked, received(text.as_bytes(), kind), "{elements:?}");
        assert!(!record.is_idle(), "{elements:?}");
        checked.expect("usable").is_none()
    }

    #[test]
    fn elements_are_judged_as_by_a_walk() {
        let usual = r#"{"id":1,"name":"vip"}"#;
        for (other, is_as_declared) in [
            (usual, true),
            (r#"{"id":1}"#, false),
            (r#"{"name":"vip"}"#, true),
            (r#"{"id":null,"name":"vip"}"#, true),
            (r#"{"id":1,"name":null}"#, false),
            (r#"{"id":"1","name":"vip"}"#, false),
            (r#"{"id":1.5,"name":"vip"}"#, false),
            ("5", false),
        ] {
            assert_eq!(judged(&TAGS, &[usual, usual, other, usual]), is_as_declared, "{other}");
        }
    }

    #[cfg(feature = "live")]
    #[test]
    fn what_is_first_seen_within_an_element_is_judged_as_well() {
        use crate::schema::{Either, Format};
        const EITHER: Kind =
            Kind::Either(&Either { name: "tags or a string", kinds: &[TAGS, Kind::Text(Format::Any)] });
        let usual = r#"[{"id":1,"name":"vip"}]"#;
        for (other, is_as_declared) in [
            (usual, true),
            (r#""vip""#, true),
            (r#"[{"name":"vip"}]"#, true),
            (r#"[{"id":1}]"#, false),
            (r#"[{"id":1},{"id":2}]"#, false),
        ] {
            assert_eq!(judged(&Kind::List(&EITHER), &[usual, other, usual]), is_as_declared, "{other}");
        }
    }
}
