//! The general dictionary: jieba's, as a double array made when the program was built.

mod ends;
mod guess;
mod route;
#[allow(dead_code, reason = "what build.rs makes is read here")]
mod slot;

use std::num::NonZeroU32;
use std::sync::LazyLock;

pub use self::ends::WordEnds;
pub(super) use self::route::{cut, tag};
use self::slot::Slot;

/// What it is called, with its version.
pub(super) const NAME: &str = "jieba-rs 0.11.0";
/// The SHA-256 of its file.
pub(super) const SHA256: &str = "139519822fe8ab9e10d9d07e68ea0451045380aedaf54ecc51e2a28c6b42a13f";

/// The code of each character of the basic plane, 0 for one that no word has.
static CODES: &[[u8; 2]] = include_bytes!(concat!(env!("OUT_DIR"), "/codes")).as_chunks().0;
/// The double array. The first characters of all words stand at their codes.
static SLOTS: &[[u8; 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/slots")).as_chunks().0;
/// The sum of all frequencies, then every frequency that a word has, by rank.
static FREQUENCIES: &[[u8; 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/frequencies")).as_chunks().0;
/// The parts of speech, by number, a line each.
static TAGS: &str = include_str!(concat!(env!("OUT_DIR"), "/tags"));

/// A word's place in the dictionary, which no other word has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(NonZeroU32);

impl Place {
    /// The place of `word`, where the dictionary has it.
    pub(super) fn of(word: &str) -> Option<Self> {
        let (mut slot, mut base) = (0, Some(0));
        for c in word.chars() {
            slot = base? ^ usize::from(code(c));
            if code(c) == 0 || at(slot).code() != code(c) {
                return None;
            }
            base = Some(at(slot).base()).filter(|&base| base > 0);
        }
        Self::at(slot as u32).filter(|_| at(slot).rank() > 0)
    }

    /// The place in `slot`; none for 0, where no word ends.
    #[inline]
    fn at(slot: u32) -> Option<Self> {
        NonZeroU32::new(slot).map(Self)
    }

    /// The place as a number, to index a list with that has an entry for each.
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0.get() as usize
    }

    /// One more than the largest index.
    pub(super) fn end() -> usize {
        SLOTS.len()
    }

    /// How often the word occurs in the text that the dictionary was made from.
    fn frequency(self) -> u64 {
        FREQUENCIES.get(at(self.index()).rank()).map_or(0, |&bytes| u64::from_le_bytes(bytes))
    }

    /// The part of speech of the word, in jieba's tag set; empty where the dictionary says none.
    pub(super) fn tag(self) -> &'static str {
        static LIST: LazyLock<Vec<&str>> = LazyLock::new(|| TAGS.lines().collect());
        LIST.get(at(self.index()).tag()).copied().unwrap_or_default()
    }
}

/// How often `word` occurs in the text that the general dictionary was made from, and how many words that has; 0 for a
/// word that the dictionary does not have.
///
/// ```
/// let (count, size) = zjgr::term::general_frequency("工会");
/// assert!(count > 0 && count < size);
/// assert_eq!(zjgr::term::general_frequency("浙工惠"), (0, size));
/// ```
pub fn general_frequency(word: &str) -> (u64, u64) {
    let size = FREQUENCIES.first().map_or(0, |&bytes| u64::from_le_bytes(bytes));
    (Place::of(word).map_or(0, Place::frequency), size)
}

/// The logarithms of the probabilities of words, by rank of frequency; first that of a character in no word.
fn probabilities() -> &'static [f64] {
    static LIST: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let mut frequencies = FREQUENCIES.iter().map(|&bytes| u64::from_le_bytes(bytes) as f64);
        let total = frequencies.next().unwrap_or(1.0).ln();
        std::iter::once(1.0).chain(frequencies).map(|frequency| frequency.ln() - total).collect()
    });
    &LIST
}

#[inline]
fn code(c: char) -> u16 {
    CODES.get(c as usize).map_or(0, |&bytes| u16::from_le_bytes(bytes))
}

#[inline]
fn at(slot: usize) -> Slot {
    Slot(SLOTS.get(slot).map_or(0, |&bytes| u64::from_le_bytes(bytes)))
}
