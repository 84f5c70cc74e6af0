//! Bigrams: pairs of ideographs that stand side by side, blanks left out.

use super::scan::{Raw, is_blank, is_ideograph};

/// The first ideograph of the block that [`is_ideograph`] knows, and the number of bits that tell those of it apart.
const FIRST: u32 = 0x4E00;
const BITS: u32 = 15;

/// Two ideographs, the first in the upper half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Bigram(u32);

impl Bigram {
    /// One of `places` places of a table: two bigrams may share one.
    pub(super) fn place(self, places: usize) -> usize {
        let (a, b) = ((self.0 >> BITS) + FIRST, (self.0 & ((1 << BITS) - 1)) + FIRST);
        (a as usize).wrapping_mul(0x9E35).wrapping_add((b as usize).wrapping_mul(0x85EB)) % places
    }
}

/// The bigrams of `text`, in order.
pub(super) fn bigrams(text: &str) -> impl Iterator<Item = Bigram> + '_ {
    let mut before = None;
    text.chars().filter(|&c| !is_blank(c)).filter_map(move |c| {
        let here = is_ideograph(c).then(|| u32::from(c) - FIRST);
        let pair = before.zip(here);
        before = here;
        pair.map(|(a, b)| Bigram(a << BITS | b))
    })
}

/// The bigrams of all lines, one line behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Bigrams {
    all: Vec<Bigram>,
    ends: Vec<usize>,
}

impl Bigrams {
    /// Those of `lines`, which stand in `text`.
    pub(super) fn of(text: &str, lines: &[Raw]) -> Self {
        let mut bigrams = Self { all: Vec::with_capacity(text.len() / 3), ends: Vec::new() };
        for line in lines {
            bigrams.all.extend(self::bigrams(line.content(text)));
            bigrams.ends.push(bigrams.all.len());
        }
        bigrams
    }

    /// Those of line `i`, in order.
    pub(super) fn on(&self, i: usize) -> &[Bigram] {
        let start = i.checked_sub(1).map_or(0, |above| self.ends[above]);
        &self.all[start..self.ends[i]]
    }
}
