//! What lines are about: how many of their pairs of characters stood, or will stand, near by.

use std::ops::Range;

use super::super::bigrams::Bigrams;

/// How many places the table has that remembers where a pair stood last. Two pairs may share one: that is rare enough.
const PLACES: usize = 1 << 14;

/// How many pairs of a line stand in each of four stretches around it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shares {
    /// All pairs of the line.
    pub(super) pairs: u32,
    /// Those that stand above it, behind the same heading.
    pub(super) own: u32,
    /// Those that stand behind the heading before that, and not behind this one.
    pub(super) last: u32,
    /// Those that stand further above, and nowhere nearer.
    pub(super) earlier: u32,
    /// Those that stand below it, before the next heading.
    pub(super) ahead: u32,
}

/// The shares of every piece; `lines` has the lines of the pieces in order, `stretches` where the text behind each
/// heading stands among them, one behind the other.
pub(super) fn shares(bigrams: &Bigrams, lines: &[usize], stretches: &[Range<usize>]) -> Vec<Shares> {
    let mut shares = vec![Shares::default(); lines.len()];
    let places = |i: usize| bigrams.on(lines[i]).iter().map(|bigram| bigram.place(PLACES));
    let mut last = vec![0; PLACES];
    for (number, stretch) in stretches.iter().enumerate() {
        let before = number.checked_sub(1).map_or(stretch.start, |before| stretches[before].start);
        for i in stretch.clone() {
            let share = &mut shares[i];
            for place in places(i) {
                share.pairs += 1;
                match last[place] {
                    0 => {}
                    at if at > stretch.start as u32 => share.own += 1,
                    at if at > before as u32 => share.last += 1,
                    _ => share.earlier += 1,
                }
            }
            places(i).for_each(|place| last[place] = i as u32 + 1);
        }
    }
    last.fill(u32::MAX);
    for stretch in stretches.iter().rev() {
        for i in stretch.clone().rev() {
            shares[i].ahead = places(i).filter(|&place| last[place] < stretch.end as u32).count() as u32;
            places(i).for_each(|place| last[place] = i as u32);
        }
    }
    shares
}
