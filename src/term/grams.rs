//! N-grams in few bytes each, as a corpus has tens of millions.

use super::TermId;

/// What a number stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry {
    /// A word: where it stands in the arena.
    Word { start: u32, length: u32 },
    /// An n-gram: the term without its last word, and that word.
    Gram { head: TermId, last: TermId },
}

/// The same in eight bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packed {
    /// Where the word starts, or the number of the head.
    first: u32,
    /// The length of the word with `WORD` added, or the number of the last word.
    second: u32,
}

/// What no number of a term and no length of a word has.
const WORD: u32 = 1 << 31;

impl Packed {
    #[inline]
    pub(super) fn word(start: u32, length: u32) -> Self {
        Self { first: start, second: length | WORD }
    }

    #[inline]
    pub(super) fn gram(head: TermId, last: TermId) -> Self {
        Self { first: head.0, second: last.0 }
    }

    #[inline]
    pub(super) fn unpack(self) -> Entry {
        match self.second & WORD {
            0 => Entry::Gram { head: TermId(self.first), last: TermId(self.second) },
            _ => Entry::Word { start: self.first, length: self.second & !WORD },
        }
    }

    /// A number that differs between n-grams in its highest bits.
    #[inline]
    fn hash(self) -> u64 {
        // Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4; the odd number nearest to 2^64 / phi.
        const PHI: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed = (u64::from(self.first) << 32 | u64::from(self.second)).wrapping_mul(PHI);
        (mixed ^ mixed >> 32).wrapping_mul(PHI)
    }
}

/// The numbers of n-grams, by open addressing. What an n-gram is stands in the list of all terms alone.
#[derive(Debug, Default)]
pub(super) struct Grams {
    /// One more than the number of an n-gram; 0 where there is none. As many as a power of two, a third more than there
    /// are n-grams at the least; or none.
    slots: Vec<u32>,
    grams: usize,
}

impl Grams {
    /// The number of `gram`.
    #[inline]
    pub(super) fn get(&self, gram: Packed, terms: &[Packed]) -> Option<TermId> {
        let mut at = self.place(gram);
        loop {
            let id = self.slots.get(at)?.checked_sub(1)?;
            if terms.get(id as usize) == Some(&gram) {
                return Some(TermId(id));
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Takes in the n-gram `id` of `terms`.
    pub(super) fn insert(&mut self, id: TermId, terms: &[Packed]) {
        self.grams += 1;
        if 3 * self.slots.len() >= 4 * self.grams {
            return self.put(id.0, terms);
        }
        let larger = (2 * self.slots.len()).max(1 << 12);
        // Made anew from the terms, so that the smaller one need not stay.
        self.slots = Vec::new();
        self.slots = vec![0; larger];
        let is_gram = |term: &Packed| matches!(term.unpack(), Entry::Gram { .. });
        let grams = terms.iter().zip(0..).filter(|(term, _)| is_gram(term));
        grams.for_each(|(_, id)| self.put(id, terms));
    }

    fn put(&mut self, id: u32, terms: &[Packed]) {
        let Some(&gram) = terms.get(id as usize) else { return };
        let mut at = self.place(gram);
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == 0 {
                *slot = id + 1;
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn place(&self, gram: Packed) -> usize {
        let bits = self.slots.len().trailing_zeros();
        (gram.hash() >> 1 >> (63 - bits.min(63))) as usize
    }
}
