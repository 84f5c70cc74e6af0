//! The key of a name: by it facts have their rows in what `build.rs` packs, and by it they are found.

/// A hash of a name, of which the hash of a longer name can be made without a look at its characters: a polynomial of
/// its bytes, modulo 2⁶⁴ (Karp, R. & Rabin, M. (1987): Efficient randomized pattern-matching algorithms. *IBM Journal of
/// Research and Development* 31(2), 249–260).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) hash: u64,
    /// What the hash of something is multiplied by that stands before the name.
    shift: u64,
}

/// What the hash is a polynomial of: an odd number without a pattern.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

impl Key {
    pub(crate) fn of(name: &str) -> Self {
        let empty = Self { hash: 0, shift: 1 };
        name.bytes().fold(empty, |key, byte| key.and(Self { hash: u64::from(byte), shift: BASE }))
    }

    /// The key of this name with `more` behind it.
    pub(crate) fn and(self, more: Self) -> Self {
        Self {
            hash: self.hash.wrapping_mul(more.shift).wrapping_add(more.hash),
            shift: self.shift.wrapping_mul(more.shift),
        }
    }
}
