//! How one place of the dictionary's double array is packed.

/// A character on the way through the dictionary: which one it is, whether a word ends with it, and where what may
/// follow it stands.
///
/// | bits | what |
/// | --- | --- |
/// | 0 to 21 | base: a following character stands where this and its code, bit by bit added, point; 0 where none follows |
/// | 22 to 35 | code of the character itself |
/// | 36 to 49 | rank of the frequency of the word that ends here, from 1; 0 where none does |
/// | 50 to 55 | number of its tag |
/// | 56 to 63 | which following characters there may be: one bit for all codes alike in their last three bits |
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Slot(pub(crate) u64);

impl Slot {
    pub(crate) const BASES: usize = 1 << 22;
    pub(crate) const CODES: usize = 1 << 14;
    pub(crate) const RANKS: usize = 1 << 14;
    pub(crate) const TAGS: usize = 1 << 6;

    /// The slot of the character with `code`, in which no word ends and behind which nothing follows.
    pub(crate) fn of(code: u16) -> Self {
        Self(u64::from(code) << 22)
    }

    /// The slot where a word ends too, of that rank and with that tag.
    pub(crate) fn with_word(self, rank: u64, tag: u64) -> Self {
        Self(self.0 | rank << 36 | tag << 50)
    }

    /// The slot behind which the characters with `codes` follow, at `base`.
    pub(crate) fn with_children(self, base: usize, codes: impl Iterator<Item = u16>) -> Self {
        Self(codes.fold(self.0 | base as u64, |slot, code| slot | follows(code)))
    }

    #[inline]
    pub(crate) fn base(self) -> usize {
        (self.0 & 0x3f_ffff) as usize
    }

    #[inline]
    pub(crate) fn code(self) -> u16 {
        (self.0 >> 22 & 0x3fff) as u16
    }

    #[inline]
    pub(crate) fn rank(self) -> usize {
        (self.0 >> 36 & 0x3fff) as usize
    }

    #[inline]
    pub(crate) fn tag(self) -> usize {
        (self.0 >> 50 & 0x3f) as usize
    }

    /// False where the character with `code` cannot follow, which most often saves a look at its slot; it follows where
    /// this is true and the code in its slot is the same.
    #[inline]
    pub(crate) fn may_go_on(self, code: u16) -> bool {
        self.0 & follows(code) != 0
    }
}

fn follows(code: u16) -> u64 {
    1 << (56 + code % 8)
}
