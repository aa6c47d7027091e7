//! The bytes of a received document, with zeros behind them.

use core::num::NonZero;

/// How many zeros stand behind a document.
pub const PADDING: usize = 16;

/// Where something ends, if it is what was asked for. It fits a register: the walk waits for it at every value.
pub(super) type End = Option<NonZero<usize>>;

/// A document that is read without asking at every byte whether it has ended: the zeros behind it end every string and
/// every word, and whoever reads on does so only behind a byte that is not 0. The checks would cost an eighth of the
/// time of a page.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    padded: &'a [u8],
}

impl<'a> Document<'a> {
    /// A document without a byte.
    pub const EMPTY: Self = Self { padded: &[0; PADDING] };

    /// The document before the zeros that `padded` ends with.
    ///
    /// # Panics
    ///
    /// Where there are fewer than [`PADDING`].
    pub fn new(padded: &'a [u8]) -> Self {
        assert!(padded.ends_with(&[0; PADDING]), "a document is padded");
        Self { padded }
    }

    /// Its bytes, without the zeros.
    pub fn bytes(self) -> &'a [u8] {
        &self.padded[..self.padded.len() - PADDING]
    }

    /// The byte at `at`, which is at most the document's length.
    #[inline(always)]
    pub(super) fn byte(self, at: usize) -> u8 {
        debug_assert!(at < self.padded.len());
        // SAFETY: zeros stand at the document's length.
        unsafe { *self.padded.as_ptr().add(at) }
    }

    /// The sixteen bytes at `at`, which is at most the document's length.
    #[inline(always)]
    pub(super) fn words(self, at: usize) -> [u64; 2] {
        [self.word(at), self.word(at + 8)]
    }

    /// The eight bytes at `at`, which is at most the document's length and 8.
    #[inline(always)]
    pub(super) fn word(self, at: usize) -> u64 {
        debug_assert!(at + 8 <= self.padded.len());
        // SAFETY: sixteen zeros stand at the document's length.
        u64::from_le_bytes(unsafe { self.padded.as_ptr().add(at).cast::<[u8; 8]>().read() })
    }

    /// The integer at `start` and where it ends, if it is one of at most ten digits without fraction and exponent.
    #[inline(always)]
    pub(super) fn integer(self, start: usize) -> Option<(u64, usize)> {
        let mut value: u64 = 0;
        let mut at = start;
        while let digit @ b'0'..=b'9' = self.byte(at) {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            at += 1;
        }
        let is_plain = !matches!(self.byte(at), b'.' | b'e' | b'E');
        let is_canonical = at == start + 1 || self.byte(start) != b'0';
        (at < start + 11 && is_plain && is_canonical).then_some((value, at))
    }
}

/// The first `count` bytes of a word.
#[inline(always)]
pub(super) fn letters(word: u64, count: usize) -> u64 {
    if count < 8 { word & ((1 << (count * 8)) - 1) } else { word }
}

const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
pub(super) const HIGH_BITS: u64 = ONES * 0x80;

/// The highest bit of bytes of a word, of which the lowest is that of the first byte that is a quote, a backslash or a
/// control character; 0 where there is no such byte.
#[inline(always)]
pub(super) fn ending(word: u64) -> u64 {
    let (quotes, backslashes) = (word ^ (ONES * b'"' as u64), word ^ (ONES * b'\\' as u64));
    let zeros = quotes.wrapping_sub(ONES) & !quotes | backslashes.wrapping_sub(ONES) & !backslashes;
    // Where bytes borrow from those before them they are behind one that was found.
    (zeros | word.wrapping_sub(ONES * 0x20) & !word) & HIGH_BITS
}

/// As [`ending`], for what is no character of ASCII as well.
#[cfg(any(feature = "record", test))]
#[inline(always)]
pub(super) fn unusual(word: u64) -> u64 {
    let (quotes, backslashes) = (word ^ (ONES * b'"' as u64), word ^ (ONES * b'\\' as u64));
    let found = quotes.wrapping_sub(ONES) | backslashes.wrapping_sub(ONES) | word.wrapping_sub(ONES * 0x20) | word;
    found & HIGH_BITS
}

/// How many bytes come before the first that was found; 8 where none was.
#[inline(always)]
pub(super) fn before(found: u64) -> usize {
    found.trailing_zeros() as usize / 8
}

/// A mask of the bytes up to the first that was found and with it; of all where none was.
#[cfg(any(feature = "record", test))]
#[inline(always)]
pub(super) fn through(found: u64) -> u64 {
    found ^ found.wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &[u8; 8]) -> u64 {
        u64::from_le_bytes(*text)
    }

    #[test]
    fn words() {
        for (text, expected) in [
            (b"abcdefgh", 8),
            (b"abc\"efgh", 3),
            (b"\\bcdefgh", 0),
            (b"abcdefg\n", 7),
            (b"abcd\0fgh", 4),
            (b"\xFF\x80\x7Fd\"fgh", 4),
            (b"\"\"\\\\\x1F\x1F  ", 0),
            (b"a!#[]^ \"", 7),
        ] {
            assert_eq!(before(ending(of(text))), expected, "{text:?}");
        }
        for byte in 0..=u8::MAX {
            let word = of(b"abcdefgh") & !0xFF00 | u64::from(byte) << 8;
            assert_eq!(before(ending(word)) == 1, matches!(byte, b'"' | b'\\' | 0..0x20), "{byte}");
            let is_unusual = matches!(byte, b'"' | b'\\' | 0..0x20 | 0x80..);
            assert_eq!(before(unusual(word)), if is_unusual { 1 } else { 8 }, "{byte}");
        }
        assert_eq!(of(b"ab\"cdefg") & through(unusual(of(b"ab\"cdefg"))), of(b"ab\"\0\0\0\0\0"));
        assert_eq!(through(0), u64::MAX);
        assert_eq!(letters(of(b"abcdefgh"), 3), of(b"abc\0\0\0\0\0"));
        assert_eq!(letters(of(b"abcdefgh"), 9), of(b"abcdefgh"));
    }

    #[test]
    fn reads_behind_the_end() {
        let padded = [&b"ab"[..], &[0; PADDING]].concat();
        let document = Document::new(&padded);
        assert_eq!(document.bytes(), b"ab");
        assert_eq!(document.words(2), [0, 0]);
        assert_eq!(document.words(0), [u64::from(b'a') | u64::from(b'b') << 8, 0]);
        assert_eq!(document.byte(2), 0);
    }
}
