//! Words short enough to be their own keys.

use super::TermId;

/// A word of one to twelve bytes, which is four Chinese characters, as two numbers: its bytes, zeros behind them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ShortWord {
    low: u64,
    high: u32,
}

impl ShortWord {
    /// `word` as a key. None where it is empty or longer, or ends with a zero, which would not be told from none.
    #[inline]
    pub(super) fn of(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        let length = bytes.len();
        // Two numbers of one width that overlap cover every length from that width to twice that.
        let (low, high) = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            let low = u32::from_le_bytes(*first);
            let last = u64::from(u32::from_le_bytes(*last));
            match length {
                4..=8 => (u64::from(low) | last << (8 * (length - 4)), 0),
                9..=12 => {
                    let low = u64::from_le_bytes(*bytes.first_chunk()?);
                    (low, (last >> (8 * (12 - length))) as u32)
                }
                _ => return None,
            }
        } else {
            let (&first, &last) = (bytes.first()?, bytes.last()?);
            let middle = u64::from(*bytes.get(length / 2)?);
            (u64::from(first) | middle << (8 * (length / 2)) | u64::from(last) << (8 * (length - 1)), 0)
        };
        (*bytes.last()? != 0).then_some(Self { low, high })
    }

    /// A number that differs between words in its highest bits.
    #[inline]
    fn hash(self) -> u64 {
        // Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4; the odd number nearest to 2^64 / phi.
        const PHI: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed = self.low ^ u64::from(self.high).wrapping_mul(PHI).rotate_left(32);
        let mixed = mixed.wrapping_mul(PHI);
        // What the first bytes differ in has not reached the top yet where the last ones are alike.
        (mixed ^ mixed >> 32).wrapping_mul(PHI)
    }
}

/// A map from short words to their numbers, by open addressing: one look at memory finds most words.
#[derive(Debug, Default)]
pub(super) struct ShortWords {
    /// As many as a power of two, a third more than there are words at the least; or none.
    slots: Vec<Slot>,
    words: usize,
}

/// A word and its number, of sixteen bytes, so that none lies across two lines of the cache; zeros where there is
/// none.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    low: u64,
    high: u32,
    id: TermId,
}

impl Slot {
    #[inline]
    fn word(self) -> ShortWord {
        ShortWord { low: self.low, high: self.high }
    }

    #[inline]
    fn is_free(self) -> bool {
        self.word() == ShortWord::default()
    }
}

impl ShortWords {
    /// The number of `word`.
    pub(super) fn get(&self, word: ShortWord) -> Option<TermId> {
        let mut at = self.place(word);
        loop {
            let slot = self.slots.get(at)?;
            if slot.word() == word {
                return Some(slot.id);
            }
            if slot.is_free() {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Gives `word`, which has none yet, the number `id`.
    pub(super) fn insert(&mut self, word: ShortWord, id: TermId) {
        if 3 * self.slots.len() < 4 * (self.words + 1) {
            let larger = vec![Slot::default(); (2 * self.slots.len()).max(1 << 12)];
            let smaller = std::mem::replace(&mut self.slots, larger);
            smaller.into_iter().filter(|slot| !slot.is_free()).for_each(|slot| self.put(slot));
        }
        self.words += 1;
        self.put(Slot { low: word.low, high: word.high, id });
    }

    fn put(&mut self, new: Slot) {
        let mut at = self.place(new.word());
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.is_free() {
                *slot = new;
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn place(&self, word: ShortWord) -> usize {
        let bits = self.slots.len().trailing_zeros();
        (word.hash() >> 1 >> (63 - bits.min(63))) as usize
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_is_its_own_key_up_to_twelve_bytes() {
        for word in ["工", "工会", "a", "ab", "abcd", "C++", "职工之家", "abcdefgh", "abcdefghi"] {
            let key = ShortWord::of(word).expect("a short word");
            let mut bytes = [key.low.to_le_bytes().as_slice(), &key.high.to_le_bytes()].concat();
            bytes.truncate(word.len());
            assert_eq!(bytes, word.as_bytes());
        }
        for word in ["", "a\0", "浙江工人日报"] {
            assert_eq!(ShortWord::of(word), None, "{word:?}");
        }
    }

    proptest! {
        #[test]
        fn different_words_have_different_keys(one in "[工会a\\x00]{0,5}", other in "[工会a\\x00]{0,5}") {
            if let (Some(a), Some(b)) = (ShortWord::of(&one), ShortWord::of(&other)) {
                prop_assert_eq!(a == b, one == other);
            }
        }
    }
}
