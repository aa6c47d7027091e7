//! What a walk leaves of a received document, for JavaScript to put its value together without reading it again.
//!
//! - A table of numbers, an entry a value, each after those that it is made of: a short string by its length, a list or
//!   an object by the slots of what it holds, anything else by [`TEXT`].
//! - A JSON array of what JSON.parse reads better: long, escaped and non-ASCII strings, unusual numbers, unknown values,
//!   the names of objects. It is the only text that can hold bytes beyond ASCII, so who decodes it has judged them all.
//!   Its last element is the text that the short strings are cut from.
//!
//! A slot is a small integer itself, or `!index` of an entry. The names of an object are a leaf of a tree of all the
//! sequences of names that the document has shown: a name costs a comparison with the one that came here before.

use super::json::{HIGH_BITS, specials, word};
use crate::schema::Model;
use alloc::vec;
use alloc::vec::Vec;

/// A value within the record: an integer from 0 to 2^31 - 1, or the complement of an entry's index.
pub type Slot = i32;

/// The entries that every document begins with.
pub const NULL: Slot = !0;
const TRUE: Slot = !1;
const FALSE: Slot = !2;
const CONSTANTS: i32 = 3;

/// The longest short string. V8 copies what is cut to at most 12 characters, so that no value keeps a whole page alive.
const SHORT: usize = 12;
/// Codes of entries beyond the lengths of short strings: the next element of the JSON array, a list, and from `OBJECT`
/// on the shapes of objects.
const TEXT: i32 = 13;
const LIST: i32 = 14;
const OBJECT: i32 = 15;

/// How many names of sequences are learned; what shows more is not made of objects that are alike.
const MAX_KEYS: usize = 1000;
/// How many short strings are remembered, each at a place of its own.
const PLACES: usize = 512;
/// A document below this many bytes is parsed faster than it is put together.
const SMALL: usize = 2000;

/// No name: the document itself.
pub const NO_KEY: usize = 0;
/// The field of a name that no model declares.
pub const UNKNOWN: usize = usize::MAX;

/// A name in a sequence of names.
#[derive(Default)]
struct Key {
    /// Where it stands, and its lengths: the name with its quotes, and all up to the colon.
    start: usize,
    name: usize,
    length: usize,
    field: usize,
    is_text: bool,
    parent: usize,
    child: usize,
    sibling: usize,
    /// The number of the shape that ends here; 0 where none has yet.
    shape: i32,
}

/// A short string, as two words that say its letters and its length.
#[derive(Clone, Copy, Default)]
struct Short {
    first: u64,
    rest: u64,
    slot: Slot,
}

/// The record of a walk over `bytes`.
pub struct Record<'a> {
    bytes: &'a [u8],
    /// Whether nothing is recorded, or no longer: the value is better made by JSON.parse.
    is_idle: bool,
    keys: Vec<Key>,
    roots: Vec<(&'static Model, usize)>,
    shorts: Vec<Short>,
    pool: Vec<u8>,
    text: Vec<u8>,
    /// From the start the entries; from the end downwards the slots of what is not at its end yet. As large as the
    /// document: where they meet, JSON.parse takes less memory.
    table: Vec<i32>,
    filled: usize,
    open: usize,
    entries: i32,
    shapes: i32,
}

impl<'a> Record<'a> {
    /// A record that stays empty.
    pub fn idle() -> Self {
        Self::of(&[])
    }

    /// The record of a document, where it is worth one.
    pub fn of(bytes: &'a [u8]) -> Self {
        let is_idle = bytes.len() < SMALL;
        let (length, places) = if is_idle { (0, 0) } else { (bytes.len(), PLACES) };
        let mut text = Vec::with_capacity(length);
        text.push(b'[');
        Self {
            bytes,
            is_idle,
            keys: vec![Key::default()],
            roots: Vec::new(),
            shorts: vec![Short::default(); places],
            pool: Vec::new(),
            text,
            table: vec![0; length / 4],
            filled: 0,
            open: length / 4,
            entries: CONSTANTS,
            shapes: 0,
        }
    }

    /// Notes the string that begins at `start` where it is a short one, and gives its length.
    #[inline(always)]
    pub fn short(&mut self, start: usize) -> Option<usize> {
        if self.is_idle {
            return None;
        }
        let (first, second) = (word(self.bytes, start)?, word(self.bytes, start + 8)?);
        let (ends, later) = (specials(first), specials(second));
        // Two words whatever the length: a loop is mispredicted for every other string.
        let length = if ends != 0 { ends.trailing_zeros() / 8 } else { later.trailing_zeros() / 8 + 8 } as usize;
        let (first, second) = (letters(first, length), letters(second, length.saturating_sub(8)));
        let is_whole = matches!(self.bytes.get(start + length), Some(b'"'));
        if length > SHORT || (first | second) & HIGH_BITS != 0 || !is_whole {
            return None;
        }
        self.cut(first, second | (length as u64 + 1) << 56, start, length);
        Some(length)
    }

    fn cut(&mut self, first: u64, rest: u64, start: usize, length: usize) {
        let mixed = (first ^ rest.rotate_left(25)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let Some(known) = self.shorts.get_mut((mixed >> 55) as usize) else { return };
        if known.first == first && known.rest == rest {
            let slot = known.slot;
            return self.push(slot);
        }
        *known = Short { first, rest, slot: !self.entries };
        self.pool.extend_from_slice(self.bytes.get(start..start + length).unwrap_or_default());
        self.made(length as i32);
    }

    /// Notes any value, given by where it stands.
    pub fn value(&mut self, start: usize, end: usize) {
        match self.bytes.get(start) {
            Some(b'n') => self.push(NULL),
            Some(b't') => self.push(TRUE),
            Some(b'f') => self.push(FALSE),
            _ => self.raw(start, end),
        }
    }

    /// Notes a value that JSON.parse is to read, given by where it stands.
    pub fn raw(&mut self, start: usize, end: usize) {
        if self.is_idle {
            return;
        }
        self.push_text(start, end);
        self.made(TEXT);
    }

    fn push_text(&mut self, start: usize, end: usize) {
        self.text.extend_from_slice(self.bytes.get(start..end).unwrap_or_default());
        self.text.push(b',');
    }

    /// Begins a list or an object; the mark is for its end.
    pub fn mark(&self) -> usize {
        self.open
    }

    /// Adds a value to the innermost list or object.
    pub fn push(&mut self, slot: Slot) {
        if self.open > self.filled
            && let Some(place) = self.table.get_mut(self.open - 1)
        {
            *place = slot;
            self.open -= 1;
        } else {
            self.is_idle = true;
        }
    }

    fn add(&mut self, number: i32) {
        if self.open > self.filled
            && let Some(place) = self.table.get_mut(self.filled)
        {
            *place = number;
            self.filled += 1;
        } else {
            self.is_idle = true;
        }
    }

    /// Adds an entry that is whole, and its slot.
    fn made(&mut self, code: i32) {
        self.push(!self.entries);
        self.entry(code);
    }

    fn entry(&mut self, code: i32) {
        self.add(code);
        self.entries += 1;
    }

    /// Ends a list.
    pub fn list(&mut self, mark: usize) {
        self.entry(LIST);
        self.add(mark.wrapping_sub(self.open) as i32);
        self.close(mark);
    }

    /// Whether an object with just the names up to `key` has come before.
    pub fn has_shape(&self, key: usize) -> bool {
        self.keys.get(key).is_some_and(|key| key.shape != 0)
    }

    /// Ends an object whose last name is `key`.
    pub fn object(&mut self, mark: usize, key: usize) {
        if self.is_idle {
            return;
        }
        if self.keys[key].shape == 0 {
            self.shapes += 1;
            self.keys[key].shape = self.shapes;
            self.push_names(key);
        }
        self.entry(OBJECT + self.keys[key].shape - 1);
        self.close(mark);
    }

    /// The names that end with `key`, last first.
    fn push_names(&mut self, mut key: usize) {
        self.text.push(b'[');
        while let Key { start, name, parent, length: 1.., .. } = self.keys[key] {
            self.push_text(start, start + name);
            key = parent;
        }
        self.text.extend_from_slice(b"0],");
    }

    fn close(&mut self, mark: usize) {
        let (entries, slots) = self.table.split_at_mut(self.open);
        let places = entries.get_mut(self.filled..).unwrap_or_default();
        let slots = slots.get(..mark - self.open).unwrap_or_default();
        self.is_idle |= places.len() < slots.len();
        for (place, slot) in places.iter_mut().zip(slots.iter().rev()) {
            *place = *slot;
        }
        self.filled += slots.len();
        self.open = mark;
        self.push(!(self.entries - 1));
    }

    /// The root of the sequences of a model's names.
    pub fn root(&mut self, model: &'static Model) -> usize {
        if let Some((_, root)) = self.roots.iter().find(|(known, _)| core::ptr::eq(*known, model)) {
            return *root;
        }
        let root = self.keep(Key::default());
        if root != NO_KEY {
            self.roots.push((model, root));
        }
        root
    }

    /// The name at `at`, where it has come after `key` before: its key, its field and its length up to the colon.
    #[inline(always)]
    pub fn follow(&self, key: usize, at: usize) -> Option<(usize, usize, usize)> {
        let mut next = self.keys.get(key)?.child;
        while next != NO_KEY {
            let known = self.keys.get(next)?;
            if is_same(self.bytes, known.start, at, known.length) {
                return Some((next, known.field, known.length));
            }
            next = known.sibling;
        }
        None
    }

    /// Whether strings are declared to follow the name `key`.
    #[inline(always)]
    pub fn is_text(&self, key: usize) -> bool {
        self.keys.get(key).is_some_and(|key| key.is_text)
    }

    /// Learns the name at `start`, of so many bytes with its quotes and up to the colon.
    pub fn learn(
        &mut self,
        parent: usize,
        start: usize,
        name: usize,
        length: usize,
        field: usize,
        is_text: bool,
    ) -> usize {
        let sibling = self.keys[parent].child;
        let key = self.keep(Key { start, name, length, field, is_text, parent, sibling, ..Key::default() });
        if key != NO_KEY {
            self.keys[parent].child = key;
        }
        key
    }

    fn keep(&mut self, key: Key) -> usize {
        self.is_idle |= self.keys.len() >= MAX_KEYS;
        if self.is_idle {
            return NO_KEY;
        }
        self.keys.push(key);
        self.keys.len() - 1
    }

    /// The JSON array, the table and the slot of the whole; the table is empty where nothing was recorded.
    pub fn finish(mut self) -> (Vec<u8>, Vec<i32>, Slot) {
        if self.is_idle {
            self.filled = 0;
        }
        let root = self.table.get(self.open).copied().unwrap_or_default();
        self.table.truncate(self.filled);
        self.text.push(b'"');
        self.text.append(&mut self.pool);
        self.text.extend_from_slice(b"\"]");
        (self.text, self.table, root)
    }
}

/// The first `count` bytes of a word.
#[inline(always)]
fn letters(word: u64, count: usize) -> u64 {
    if count < 8 { word & ((1 << (count * 8)) - 1) } else { word }
}

/// Whether `length` bytes at two places are the same. Near the document's end it may say no, which only costs time.
#[inline(always)]
fn is_same(bytes: &[u8], one: usize, other: usize, length: usize) -> bool {
    let mut done = 0;
    while done < length {
        let (Some(a), Some(b)) = (word(bytes, one + done), word(bytes, other + done)) else { return false };
        if letters(a ^ b, length - done) != 0 {
            return false;
        }
        done += 8;
    }
    true
}
