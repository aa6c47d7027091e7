//! What a walk leaves of a received document, for JavaScript to put its value together without reading it again.
//!
//! - A JSON array of what JSON.parse reads best: long and escaped strings, unusual numbers, unknown values. It is ASCII,
//!   which is decoded and parsed at twice the speed.
//! - The elements of another JSON array for what holds bytes beyond ASCII, so who decodes it has judged them all; among
//!   them the names of objects.
//! - A text of all short strings, nearly each of them once, each with the quote behind it.
//! - A table of the lists and objects, each behind those that it holds, so that they are made with a stack: a code, how
//!   many of what was made last it holds, and the slots of its values.
//!
//! A slot is a small integer itself, or the complement of four times an index and of what the index is of.

use super::document::{Document, End, HIGH_BITS, before, ending, through, unusual};
use super::names::{NONE, Names};
use crate::schema::Field;
use alloc::vec;
use alloc::vec::Vec;
use core::num::NonZero;

/// A value within the record.
pub type Slot = i32;

/// What the index of a slot is of: the ASCII array, the short strings, the stack of what was made, the other array.
const TEXTS: i32 = 0;
const SHORTS: i32 = 1;
const MADE: i32 = 2;
const WIDE: i32 = 3;

const fn slot(index: usize, of: i32) -> Slot {
    !(4 * index as i32 + of)
}

/// How many constants the array that is not ASCII begins with, which JavaScript puts there: null, true and false.
const CONSTANTS: usize = 3;
const NULL: Slot = slot(0, WIDE);
const TRUE: Slot = slot(1, WIDE);
const FALSE: Slot = slot(2, WIDE);

/// The code of a list; those of objects are the numbers of their shapes, from 1 on.
const LIST: i32 = 0;

/// The longest short string. V8 copies what is cut to at most 12 characters, so that no value keeps a whole page alive.
const SHORT: usize = 12;
/// What stands behind each element of an array.
const COMMA: u64 = b',' as u64;
/// How many short strings are remembered, each at a place of its own.
const PLACES: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 10;

/// Room for what is put around the pieces of a text, and for the rest of a word behind the last one.
const MARGIN: usize = 32;
/// How many bytes of a document there are for a number of the table, at least: the shortest member is `"a":"b",`.
const SLOT: usize = 8;
/// A document below this many bytes is parsed faster than it is put together.
const SMALL: usize = 2000;

/// The record of a walk over a document.
pub struct Record<'a> {
    pub(super) document: Document<'a>,
    pub(super) names: Names,
    /// Whether nothing is recorded, or no longer: the value is better made by JSON.parse.
    is_idle: bool,
    /// Three words for each place: the letters of a short string with the quote behind them, and its slot.
    memory: Vec<u64>,
    texts: Text,
    wide: Text,
    shorts: Text,
    /// What the texts are written to. It is not zeroed, which would take as long as a tenth of the walk.
    _room: Vec<u8>,
    /// From the start the lists and objects; from the end downwards the slots of those that are not at their end yet.
    /// Where they meet, the document is no list of objects.
    table: Vec<i32>,
    filled: usize,
    open: usize,
    /// How many lists and objects wait on the stack.
    made: usize,
}

/// Where a list or an object began.
#[derive(Clone, Copy)]
pub struct Mark {
    filled: usize,
    open: usize,
    made: usize,
    shapes: usize,
}

impl<'a> Record<'a> {
    /// A record that stays empty.
    pub fn idle() -> Self {
        Self::with_room(Document::EMPTY, 0)
    }

    /// The record of a document, where it is worth one.
    pub fn of(document: Document<'a>) -> Self {
        let length = document.bytes().len();
        Self::with_room(document, if length < SMALL { 0 } else { length })
    }

    fn with_room(document: Document<'a>, room: usize) -> Self {
        let size = room + MARGIN;
        let mut texts = Vec::with_capacity(3 * size);
        let start = texts.as_mut_ptr();
        let mut record = Self {
            document,
            names: Names::new(room != 0),
            is_idle: room == 0,
            memory: vec![0; if room == 0 { 0 } else { 3 * PLACES }],
            texts: Text::new(start, size),
            wide: Text::new(start.wrapping_add(size), size),
            shorts: Text::new(start.wrapping_add(2 * size), size),
            _room: texts,
            table: vec![0; room / SLOT],
            filled: 0,
            open: room / SLOT,
            made: 0,
        };
        record.texts.end(0, b'['.into());
        record
    }

    /// Whether nothing is recorded.
    pub fn is_idle(&self) -> bool {
        self.is_idle
    }

    /// Notes a value that is no list and no object, given by where it stands.
    pub fn value(&mut self, start: usize, end: usize) {
        if self.is_idle {
            return;
        }
        match self.document.byte(start) {
            b'"' if self.string(start).is_some() => {}
            b'0'..=b'9' if self.integer(start).is_some() => {}
            b'n' => self.push(NULL),
            b't' => self.push(TRUE),
            b'f' => self.push(FALSE),
            _ => self.text(start, end),
        }
    }

    /// Notes the string at `start` where it is written without escapes; gives where it ends.
    #[inline(never)]
    pub(super) fn string(&mut self, start: usize) -> End {
        let at = start + 1;
        let [first, second] = self.document.words(at);
        // Two words whatever the length, without a branch: it would be mispredicted for every other string.
        let (ends, too) = (unusual(first), unusual(second));
        let both = before(ends) / 8;
        let length = before(ends) + (before(too) & both.wrapping_neg());
        if length > SHORT || self.document.byte(at + length) != b'"' {
            return self.long(start);
        }
        self.short(first & through(ends), second & through(too) & (both as u64).wrapping_neg(), length + 1);
        NonZero::new(at + length + 1)
    }

    /// Notes a short string, given by its letters and the quote behind them.
    #[inline(always)]
    fn short(&mut self, first: u64, second: u64, length: usize) {
        let mixed = (first ^ second.rotate_left(25)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = 3 * (mixed >> (64 - PLACE_BITS)) as usize;
        let Some([one, two, known, ..]) = self.memory.get_mut(place..) else { return };
        if *one != first || *two != second {
            (*one, *two, *known) = (first, second, slot(self.shorts.count, SHORTS) as u64);
            self.shorts.put(0, first);
            self.shorts.put(8, second);
            self.shorts.pass(length);
        }
        let slot = *known as Slot;
        self.push(slot);
    }

    /// Notes a string that is no short one, where it is written without escapes; gives where it ends.
    fn long(&mut self, start: usize) -> End {
        let (mut at, mut seen) = (start + 1, 0);
        self.texts.put(0, b'"'.into());
        let found = loop {
            let word = self.document.word(at);
            self.texts.put(at - start, word);
            let found = ending(word);
            seen |= word & through(found);
            if found != 0 {
                break found;
            }
            at += 8;
        };
        at += before(found);
        if self.document.byte(at) != b'"' {
            return None;
        }
        let slot = if seen & HIGH_BITS == 0 {
            self.texts.end(at + 1 - start, COMMA);
            slot(self.texts.count - 2, TEXTS)
        } else {
            self.wide(start, at + 1)
        };
        self.push(slot);
        NonZero::new(at + 1)
    }

    /// Notes the integer at `start` where it is a small one without fraction and exponent; gives where it ends.
    pub(super) fn integer(&mut self, start: usize) -> End {
        let (value, at) = self.document.integer(start)?;
        self.push(i32::try_from(value).ok()?);
        NonZero::new(at)
    }

    /// Notes a value that JSON.parse is to read.
    fn text(&mut self, start: usize, end: usize) {
        let length = end - start;
        let slot = if self.texts.copy(self.document, start, length) {
            self.texts.end(length, COMMA);
            slot(self.texts.count - 2, TEXTS)
        } else {
            self.wide(start, end)
        };
        self.push(slot);
    }

    /// Notes what is not ASCII, or might not be.
    fn wide(&mut self, start: usize, end: usize) -> Slot {
        self.wide.copy(self.document, start, end - start);
        self.wide.end(end - start, COMMA);
        slot(self.wide.count + CONSTANTS - 1, WIDE)
    }

    /// Begins a list or an object; the mark is for its end.
    pub fn mark(&self) -> Mark {
        Mark { filled: self.filled, open: self.open, made: self.made, shapes: self.names.shapes() }
    }

    /// Forgets the lists, the objects and the slots since the mark.
    pub fn reset(&mut self, mark: Mark) {
        (self.filled, self.open, self.made) = (mark.filled, mark.open, mark.made);
        self.names.forget_shapes(mark.shapes);
    }

    /// Ends a list.
    pub fn list(&mut self, mark: Mark) {
        let (length, held) = (mark.open - self.open, self.made - mark.made);
        self.add(LIST);
        self.add(held as i32);
        self.add(length as i32);
        // Where what was made last is the whole list, its slots say nothing more.
        if held == length {
            self.open = mark.open;
        }
        self.close(mark);
    }

    /// Learns the name from `start` to `end`, with its colon, that comes after the name `before`, of that field; gives
    /// its key.
    pub fn name(&mut self, before: usize, start: usize, end: usize, field: Option<&'static Field>) -> usize {
        if self.is_idle {
            return NONE;
        }
        self.names.learn(before, self.document, start, end, field)
    }

    /// Ends an object whose last name is `key`; where it is [`NONE`] there was no room for its names.
    pub fn object(&mut self, mark: Mark, key: usize) {
        self.is_idle |= key == NONE;
        if self.is_idle {
            return;
        }
        let (shape, is_new) = self.names.shape(key);
        self.add(shape as i32);
        if is_new {
            self.add((self.wide.count + CONSTANTS) as i32);
            self.copy_names(key);
        }
        self.add((self.made - mark.made) as i32);
        self.close(mark);
    }

    /// The names that end with `key`, last first.
    fn copy_names(&mut self, mut key: usize) {
        let count = self.wide.count;
        self.wide.end(0, b'['.into());
        while let Some((start, end, before)) = self.names.place(key) {
            self.wide.copy(self.document, start, end - start);
            self.wide.end(end - start, COMMA);
            key = before;
        }
        self.wide.close();
        self.wide.end(0, COMMA);
        self.wide.count = count + 1;
    }

    /// Moves the open slots behind their entry, and puts what is made of it on the stack.
    fn close(&mut self, mark: Mark) {
        let count = mark.open - self.open;
        let (entries, slots) = self.table.split_at_mut_checked(self.open).unwrap_or_default();
        let mut slots = slots.get(..count).unwrap_or_default().iter();
        for place in entries.get_mut(self.filled..).unwrap_or_default() {
            let Some(slot) = slots.next_back() else { break };
            *place = *slot;
        }
        self.is_idle |= !slots.as_slice().is_empty();
        self.filled += count;
        self.open = mark.open;
        self.push(slot(mark.made, MADE));
        self.made = mark.made + 1;
    }

    /// Adds a value to the innermost list or object. Where the slots run into the entries, the next entry tells.
    #[inline(always)]
    fn push(&mut self, slot: Slot) {
        match self.table.get_mut(self.open.wrapping_sub(1)) {
            Some(place) => {
                *place = slot;
                self.open -= 1;
            }
            None => self.is_idle = true,
        }
    }

    #[inline(always)]
    fn add(&mut self, number: i32) {
        match self.table.get_mut(self.filled) {
            Some(place) if self.filled < self.open => {
                *place = number;
                self.filled += 1;
            }
            _ => self.is_idle = true,
        }
    }

    /// Ends the record and gives the slot of the whole; `None` where the value is better made by JSON.parse.
    pub fn finish(&mut self) -> Option<Slot> {
        self.texts.close();
        let is_whole = self.texts.is_whole() && self.wide.is_whole() && self.shorts.is_whole();
        let is_usable = is_whole && !self.is_idle && self.filled <= self.open;
        self.table.get(self.open).copied().filter(|_| is_usable)
    }

    /// The texts: the JSON array that is ASCII, the elements of the other one with a comma behind each, the short strings
    /// with a quote behind each.
    pub fn texts(&self) -> [&[u8]; 3] {
        [self.texts.bytes(), self.wide.bytes(), self.shorts.bytes()]
    }

    /// The lists and objects.
    pub fn table(&self) -> &[i32] {
        self.table.get(..self.filled).unwrap_or_default()
    }
}

/// A text of pieces of a document, each with a mark behind it.
///
/// Its room is as large as the document: each piece comes from another place in it, with a byte behind it.
struct Text {
    start: *const u8,
    /// Where the next piece begins.
    next: *mut u8,
    end: *const u8,
    /// How many pieces there are.
    count: usize,
}

impl Text {
    /// An empty text with so much room.
    fn new(start: *mut u8, size: usize) -> Self {
        Self { start, next: start, end: start.wrapping_add(size), count: 0 }
    }

    /// Puts a word of a piece behind what is there and `offset` more.
    #[inline(always)]
    fn put(&mut self, offset: usize, word: u64) {
        let at = self.next.wrapping_add(offset);
        if at.wrapping_add(8).cast_const() <= self.end {
            // SAFETY: there is room for eight bytes, and the record that the text is of holds the room.
            unsafe { at.cast::<[u8; 8]>().write(word.to_le_bytes()) };
        }
    }

    /// Copies what stands in a document, a word at a time: copying memory at once costs a call each. Says whether it is
    /// all ASCII; it may say no because of what stands behind.
    fn copy(&mut self, document: Document, start: usize, length: usize) -> bool {
        let mut seen = 0;
        let mut at = 0;
        while at < length {
            let word = document.word(start + at);
            self.put(at, word);
            seen |= word;
            at += 8;
        }
        seen & HIGH_BITS == 0
    }

    /// Ends a piece of so many bytes, which were put.
    #[inline(never)]
    fn end(&mut self, length: usize, mark: u64) {
        self.put(length, mark);
        self.pass(length + 1);
    }

    /// Goes past a piece with its mark, so many bytes.
    fn pass(&mut self, length: usize) {
        self.next = self.next.wrapping_add(length);
        self.count += 1;
    }

    /// Ends an array whose elements have commas behind them.
    fn close(&mut self) {
        self.put(0, b'0'.into());
        self.end(1, b']'.into());
    }

    /// Whether there was room for all of its words.
    fn is_whole(&self) -> bool {
        self.next.wrapping_add(8).cast_const() <= self.end
    }

    /// What was put; nothing where there was no room for all of it.
    fn bytes(&self) -> &[u8] {
        let length = if self.is_whole() { self.next as usize - self.start as usize } else { 0 };
        // SAFETY: every byte before the next piece was put before it was passed, and the record holds the room.
        unsafe { core::slice::from_raw_parts(self.start, length) }
    }
}
