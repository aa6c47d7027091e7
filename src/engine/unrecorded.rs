//! What a walk keeps of a received document that JSON.parse will read: its names, so that elements like one before are
//! read fast. It has the functions of the record that it stands in for.

use super::document::{Document, End, before, ending};
use super::names::{NONE, Names};
use crate::schema::Field;
use core::num::NonZero;

/// The memory of a walk over a document.
pub struct Record<'a> {
    pub(super) document: Document<'a>,
    pub(super) names: Names,
    /// Whether no names are learned, or no longer, since there is room for no more: each element is walked as the first one.
    is_idle: bool,
}

/// Where a list or an object began: how many shapes there were.
#[derive(Clone, Copy)]
pub struct Mark(usize);

impl<'a> Record<'a> {
    /// One that learns nothing.
    pub fn idle() -> Self {
        Self::that_learns(Document::EMPTY, false)
    }

    /// That of a document. Even a single contact is read a fifth faster by the names of its custom fields; the smallest
    /// document takes 0.04 µs more.
    pub fn of(document: Document<'a>) -> Self {
        Self::that_learns(document, true)
    }

    fn that_learns(document: Document<'a>, learns: bool) -> Self {
        Self { document, names: Names::new(learns), is_idle: !learns }
    }

    /// Whether nothing is learned.
    pub fn is_idle(&self) -> bool {
        self.is_idle
    }

    /// Notes nothing of a value, which a record would.
    pub fn value(&mut self, _start: usize, _end: usize) {}

    /// Where the string at `start` ends, if it is written without escapes.
    pub(super) fn string(&mut self, start: usize) -> End {
        let mut at = start + 1;
        let found = loop {
            match ending(self.document.word(at)) {
                0 => at += 8,
                found => break found,
            }
        };
        at += before(found);
        NonZero::new(at + 1).filter(|_| self.document.byte(at) == b'"')
    }

    /// Where the integer at `start` ends, if it is a small one without fraction and exponent.
    pub(super) fn integer(&mut self, start: usize) -> End {
        NonZero::new(self.document.integer(start)?.1)
    }

    /// Begins a list or an object; the mark is for its end.
    pub fn mark(&self) -> Mark {
        Mark(self.names.shapes())
    }

    /// Forgets the shapes since the mark.
    pub fn reset(&mut self, mark: Mark) {
        self.names.forget_shapes(mark.0);
    }

    /// Notes nothing of a list that ends, which a record would.
    pub fn list(&mut self, _mark: Mark) {}

    /// Learns the name from `start` to `end`, with its colon, that comes after the name `before`, of that field; gives
    /// its key.
    pub fn name(&mut self, before: usize, start: usize, end: usize, field: Option<&'static Field>) -> usize {
        if self.is_idle {
            return NONE;
        }
        self.names.learn(before, self.document, start, end, field)
    }

    /// Ends an object whose last name is `key`; where it is [`NONE`] there was no room for its names.
    pub fn object(&mut self, _mark: Mark, key: usize) {
        self.is_idle |= key == NONE;
        if !self.is_idle {
            self.names.shape(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::recorded;
    use super::super::document::PADDING;
    use super::*;
    use crate::model::Tag;
    use crate::schema::Wire;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    /// The length of what the function takes of a value that a comma follows.
    fn length(value: &str, end: fn(&mut Record, usize) -> End) -> Option<usize> {
        let padded = [format!(" {value},").as_bytes(), &[0; PADDING]].concat();
        end(&mut Record::of(Document::new(&padded)), 1).map(|end| end.get() - 1)
    }

    #[test]
    fn strings_without_escapes_end() {
        for value in
            ["\"\"", "\"a\"", "\"abcdefg\"", "\"abcdefgh\"", "\"a string of three words and more\"", "\"日本語\""]
        {
            assert_eq!(length(value, |record, at| record.string(at)), Some(value.len()), "{value}");
        }
        for value in ["\"a\\n\"", "\"a\nb\"", "\"a\0\"", "\"abcdefghijk", "\""] {
            assert_eq!(length(value, |record, at| record.string(at)), None, "{value}");
        }
    }

    #[test]
    fn small_integers_end() {
        for value in ["0", "7", "10", "2147483648", "9999999999"] {
            assert_eq!(length(value, |record, at| record.integer(at)), Some(value.len()), "{value}");
        }
        for value in ["01", "00", "1.5", "1e3", "1E3", "12345678901"] {
            assert_eq!(length(value, |record, at| record.integer(at)), None, "{value}");
        }
    }

    #[test]
    fn it_learns_until_there_is_no_room() {
        for (count, is_idle) in [(500, false), (1500, true)] {
            let names: Vec<String> = (0..count).map(|number| format!(r#""{number}":0"#)).collect();
            let padded = [format!("{{{}}}", names.join(",")).as_bytes(), &[0; PADDING]].concat();
            let (checked, record) = recorded(Document::new(&padded), &Tag::KIND);
            assert!(checked.is_ok());
            assert_eq!(record.is_idle(), is_idle, "{count} names");
        }
    }
}
