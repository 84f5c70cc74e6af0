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
    /// The key of `name`. What is known when the program is built costs nothing when it runs.
    pub(crate) const fn of(name: &str) -> Self {
        let (mut key, mut rest) = (Self { hash: 0, shift: 1 }, name.as_bytes());
        while let [byte, more @ ..] = rest {
            (key, rest) = (key.and(Self { hash: *byte as u64, shift: BASE }), more);
        }
        key
    }

    /// The key of this name with `more` behind it.
    pub(crate) const fn and(self, more: Self) -> Self {
        Self {
            hash: self.hash.wrapping_mul(more.shift).wrapping_add(more.hash),
            shift: self.shift.wrapping_mul(more.shift),
        }
    }
}
