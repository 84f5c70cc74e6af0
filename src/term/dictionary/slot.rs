//! How one place of the dictionary's double array is packed.

/// A character on the way through the dictionary: which one it is, whether a word ends with it, and where what may
/// follow it stands.
///
/// | bits | what |
/// | --- | --- |
/// | 0 to 23 | base: the place of a following character is this and its code, added bit by bit; 0 where nothing follows |
/// | 24 to 39 | code of the character itself |
/// | 40 to 55 | rank of the frequency of the word that ends here, from 1; 0 where none does |
/// | 56 to 63 | number of its tag |
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Slot(pub(crate) u64);

impl Slot {
    #[inline]
    pub(crate) fn base(self) -> usize {
        (self.0 & 0xff_ffff) as usize
    }

    #[inline]
    pub(crate) fn code(self) -> u16 {
        (self.0 >> 24) as u16
    }

    #[inline]
    pub(crate) fn rank(self) -> usize {
        usize::from((self.0 >> 40) as u16)
    }

    #[inline]
    pub(crate) fn tag(self) -> usize {
        (self.0 >> 56) as usize
    }
}
