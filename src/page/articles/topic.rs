//! What lines are about: how many of their pairs of characters stood, or will stand, near by.

use std::ops::Range;

use super::super::scan::{Raw, is_ideograph};

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

/// The shares of every piece; `lines` has the pieces in order, `stretches` where the text behind each heading stands
/// among them, one behind the other.
pub(super) fn shares(text: &str, lines: &[&Raw], stretches: &[Range<usize>]) -> Vec<Shares> {
    let mut shares = vec![Shares::default(); lines.len()];
    let mut last = vec![0usize; PLACES];
    for (number, stretch) in stretches.iter().enumerate() {
        let before = number.checked_sub(1).map_or(stretch.start, |before| stretches[before].start);
        for i in stretch.clone() {
            for place in pairs(text, lines[i]) {
                let share = &mut shares[i];
                share.pairs += 1;
                match last[place] {
                    0 => {}
                    at if at > stretch.start => share.own += 1,
                    at if at > before => share.last += 1,
                    _ => share.earlier += 1,
                }
            }
            pairs(text, lines[i]).for_each(|place| last[place] = i + 1);
        }
    }
    last.fill(usize::MAX);
    for stretch in stretches.iter().rev() {
        for i in stretch.clone().rev() {
            shares[i].ahead = pairs(text, lines[i]).filter(|&place| last[place] < stretch.end).count() as u32;
            pairs(text, lines[i]).for_each(|place| last[place] = i);
        }
    }
    shares
}

/// The places of the pairs of ideographs on a line.
pub(super) fn pairs<'t>(text: &'t str, line: &Raw) -> impl Iterator<Item = usize> + use<'t> {
    let content = line.content(text);
    let mut before = None;
    content.chars().filter_map(move |c| {
        let a = before.replace(c).filter(|&a| is_ideograph(a))?;
        is_ideograph(c).then(|| {
            (a as usize).wrapping_mul(0x9E35).wrapping_add((c as usize).wrapping_mul(0x85EB)) % PLACES
        })
    })
}
