//! A quick look whether something may begin at a character: at most places of a text nothing does.

use serde::{Deserialize, Serialize};

/// The characters that words begin with, a few others taken for some of them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Openings {
    /// One bit for each value of the ten low bits of a character.
    bits: [u64; 16],
}

impl Openings {
    /// False where none of the words begins with `c`.
    #[inline]
    pub(crate) fn may_open(&self, c: char) -> bool {
        let (at, bit) = place(c);
        self.bits[at] & bit != 0
    }
}

impl FromIterator<char> for Openings {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut openings = Self::default();
        for (at, bit) in characters.into_iter().map(place) {
            openings.bits[at] |= bit;
        }
        openings
    }
}

fn place(c: char) -> (usize, u64) {
    let low = c as usize & 0x3FF;
    (low >> 6, 1 << (low & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_may_open_and_most_else_may_not() {
        let openings: Openings = "民国光绪".chars().collect();
        assert!("民国光绪".chars().all(|c| openings.may_open(c)));
        assert!(!"工会职工".chars().any(|c| openings.may_open(c)));
    }
}
