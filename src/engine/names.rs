//! The names of objects that a document has shown.
//!
//! They are a tree of all their sequences, a root for each model: to read a name that came here before costs a comparison
//! with it, and the leaf of a sequence says whether the object is like one before.

use super::document::{Document, letters};
use crate::schema::{Field, Kind, Model};
use alloc::vec::Vec;

/// How many names of sequences are learned; what shows more is not made of objects that are alike.
const MAX_KEYS: usize = 1000;
/// How many names that follow the same one are compared. One behind them is learned anew and stands before them then,
/// until there is no room for more: a document of a thousand names would else be compared with all of them at each one.
const MAX_SIBLINGS: usize = 32;
/// How much of a name is compared at once: two words.
const WORDS: usize = 16;

/// The key of no name; also what stands for a name that there was no room for.
pub const NONE: usize = 0;

/// A name in a sequence of names.
#[derive(Clone, Copy, Default)]
pub struct Key {
    words: [u64; 2],
    masks: [u64; 2],
    /// How long it is up to the colon and with it.
    pub length: usize,
    /// The field that it names; `None` for what no model declares.
    pub field: Option<&'static Field>,
    /// The root of the names of the object that is its value or of the objects that its value lists.
    pub inner: usize,
    /// The number of the shape that ends here; 0 where none has yet.
    shape: usize,
    start: usize,
    before: usize,
    child: usize,
    sibling: usize,
}

/// All sequences of names.
pub struct Names {
    keys: Vec<Key>,
    /// The root that was added last; its siblings are the others. What starts it is the address of its model.
    roots: usize,
    shapes: usize,
}

impl Names {
    /// No names yet, and room for some where any are to be learned.
    pub fn new(learns: bool) -> Self {
        let mut names = Self { keys: Vec::with_capacity(if learns { MAX_KEYS } else { 1 }), roots: NONE, shapes: 0 };
        names.keep(Key::default());
        names
    }

    /// The key from which a model's sequences start.
    pub fn root(&mut self, model: &'static Model) -> usize {
        let address = core::ptr::from_ref(model).addr();
        let mut root = self.roots;
        while let Some(known) = self.keys.get(root).filter(|_| root != NONE) {
            if known.start == address {
                return root;
            }
            root = known.sibling;
        }
        self.roots = self.keep(Key { start: address, sibling: self.roots, ..Key::default() });
        self.roots
    }

    /// The root for the objects in a value of that kind; 0 where there are none.
    pub fn inner(&mut self, kind: &Kind) -> usize {
        match kind {
            Kind::Object(model) => self.root(model),
            Kind::List(element) => self.inner(element),
            _ => NONE,
        }
    }

    /// The name at `at` with its key, where it has come after the name `before`.
    #[inline(always)]
    pub fn next(&self, before: usize, document: Document, at: usize) -> Option<(usize, &Key)> {
        let [first, second] = document.words(at);
        let mut key = self.keys.get(before)?.child;
        for _ in 0..MAX_SIBLINGS {
            let known = self.keys.get(key).filter(|_| key != NONE)?;
            let [differ, too] = [(first ^ known.words[0]) & known.masks[0], (second ^ known.words[1]) & known.masks[1]];
            if differ | too == 0 && (known.length <= WORDS || known.is_at(document, at)) {
                return Some((key, known));
            }
            key = known.sibling;
        }
        None
    }

    /// Learns the name from `start` to `end`, with its colon, that comes after the name `before`, and the field that it is
    /// of, if it is declared; [`NONE`] where there is no room for more.
    pub fn learn(
        &mut self,
        before: usize,
        document: Document,
        start: usize,
        end: usize,
        field: Option<&'static Field>,
    ) -> usize {
        if let Some((key, _)) = self.next(before, document, start) {
            return key;
        }
        let length = end - start;
        let masks = [letters(!0, length), letters(!0, length.saturating_sub(8))];
        let words = document.words(start);
        let inner = field.map_or(NONE, |field| self.inner(&field.kind));
        let Some(sibling) = self.keys.get(before).filter(|_| before != NONE).map(|known| known.child) else {
            return NONE;
        };
        let new = self.keep(Key { words, masks, length, field, inner, start, before, sibling, ..Key::default() });
        if let Some(known) = self.keys.get_mut(before).filter(|_| new != NONE) {
            known.child = new;
        }
        new
    }

    /// Keeps a key; [`NONE`] where there is no room for it. To grow where there is none would cost 80 bytes.
    fn keep(&mut self, key: Key) -> usize {
        let new = self.keys.len();
        let Some(place) = self.keys.spare_capacity_mut().first_mut() else { return NONE };
        place.write(key);
        // SAFETY: the next element was written.
        unsafe { self.keys.set_len(new + 1) };
        new
    }

    /// Whether an object with just the names up to `key` has come before.
    pub fn has_shape(&self, key: usize) -> bool {
        self.keys.get(key).is_some_and(|key| key.shape != 0)
    }

    /// The number of the shape of the names up to `key`, from 1 on, and whether it is a new one.
    pub fn shape(&mut self, key: usize) -> (usize, bool) {
        let Some(key) = self.keys.get_mut(key) else { return (NONE, false) };
        let is_new = key.shape == 0;
        if is_new {
            self.shapes += 1;
            key.shape = self.shapes;
        }
        (key.shape, is_new)
    }

    /// How many shapes there are.
    pub fn shapes(&self) -> usize {
        self.shapes
    }

    /// Forgets the shapes beyond so many.
    pub fn forget_shapes(&mut self, count: usize) {
        if self.shapes > count {
            self.shapes = count;
            self.keys.iter_mut().filter(|key| key.shape > count).for_each(|key| key.shape = 0);
        }
    }

    /// Where a name starts and ends, without its colon, and the one before it; `None` for a root.
    pub fn place(&self, key: usize) -> Option<(usize, usize, usize)> {
        let key = self.keys.get(key).filter(|key| key.length != 0)?;
        Some((key.start, key.start + key.length - 1, key.before))
    }
}

impl Key {
    /// Whether the name stands at `at` as well.
    fn is_at(&self, document: Document, at: usize) -> bool {
        let bytes = document.bytes();
        bytes.get(at..at + self.length) == bytes.get(self.start..self.start + self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::PADDING;
    use super::*;
    use alloc::format;

    #[test]
    fn a_crowd_of_names_is_compared_with_few() {
        let text: alloc::string::String = (0..900).map(|number| format!(r#""{number:04}":"#)).collect();
        let padded = [text.as_bytes(), &[0; PADDING]].concat();
        let document = Document::new(&padded);
        let mut names = Names::new(true);
        let root = names.keep(Key::default());
        for start in (0..text.len()).step_by(7) {
            names.learn(root, document, start, start + 7, None);
        }
        assert!(names.next(root, document, 0).is_none(), "it is behind hundreds of others");
        let key = names.learn(root, document, 0, 7, None);
        assert_eq!(names.next(root, document, 0).map(|(key, _)| key), Some(key), "now it is the first");
    }
}
