//! Which pairs of characters stand on a line: 摄 at its end, 地址, 责编, a numeral at its head.
//!
//! What words tell is too much for lists that somebody writes. So the pairs that tell most of what a line is are drawn
//! from annotated pages (`examples/fit`), and stand in `data/page/pairs.txt`. The ends of a line count as characters,
//! all numerals as one, and all Latin letters; what stands far from both ends of a long line is not looked at.

use super::super::page_words::PAIRS;
use super::super::scan::{SHORT, clean, is_blank};
use super::super::word_index::pair;
use super::View;
use crate::chain::{Name, Names};

/// What stands for the ends of a line, for its numerals, its Latin letters, and what is left out in the middle.
const HEAD: char = '^';
const FOOT: char = '$';
const NUMERAL: char = '0';
const LETTER: char = 'A';
const GAP: char = ' ';

/// How many characters at each end of a line are looked at.
const REACH: usize = 30;

/// What the names of the facts open with: of a line that may be a heading, and of a longer one.
const PREFIXES: [&str; 2] = ["has ", "long, has "];

/// What each says of a line, behind the names without a pair.
pub(super) const SAYS: [(&str, &str); 2] = [
    ("has …", "It is short, and this pair of characters stands on it."),
    ("long, has …", "It is long, and this pair of characters stands at its ends."),
];

/// The numbers that a model has for pairs on short lines and on long ones.
#[derive(Debug, Clone)]
pub(super) struct PairNumbers([Vec<u32>; 2]);

impl PairNumbers {
    /// Those that `names` gives them.
    pub(super) fn of<N: Names>(names: &mut N) -> Self {
        Self(PREFIXES.map(|prefix| {
            let prefix = N::Name::of(prefix);
            PAIRS.lines().map(|pair| names.number(&prefix.and(&N::Name::of(pair)))).collect()
        }))
    }

    /// Adds to `held` those that hold of line `i`, each once.
    pub(super) fn add(&self, view: &View<'_>, i: usize, held: &mut Vec<u32>) {
        let numbers = &self.0[length(view, i)];
        let known = |[a, b]: [char; 2]| view.page_words.pairs.get(pair(a, b));
        let mut own: Vec<u32> = pairs(view, i).into_iter().filter_map(known).collect();
        own.sort_unstable();
        own.dedup();
        held.extend(own.into_iter().filter_map(|pair| numbers.get(pair as usize)));
    }
}

/// The names of the facts that would hold of line `i` if every pair was on the list.
pub(in crate::page) fn names(view: &View<'_>, i: usize) -> impl Iterator<Item = String> {
    let prefix = PREFIXES[length(view, i)];
    pairs(view, i).into_iter().map(move |[a, b]| format!("{prefix}{a}{b}"))
}

/// Whether line `i` is short (0) or long (1).
fn length(view: &View<'_>, i: usize) -> usize {
    usize::from(view.lines[i].width > SHORT)
}

/// The pairs of line `i`, in order.
fn pairs(view: &View<'_>, i: usize) -> Vec<[char; 2]> {
    let content = clean(view.lines[i].content(view.text));
    let inner = content.chars().filter(|&c| !is_blank(c)).map(told);
    let mut all: Vec<char> = [HEAD].into_iter().chain(inner).chain([FOOT]).collect();
    let far = REACH + 1..all.len().saturating_sub(REACH + 1);
    if !far.is_empty() {
        all.splice(far, [GAP]);
    }
    let pairs = all.windows(2).filter_map(|pair| <[char; 2]>::try_from(pair).ok());
    pairs.filter(|pair| !pair.contains(&GAP)).collect()
}

/// What a character counts as.
fn told(c: char) -> char {
    match c {
        '0'..='9' | '０'..='９' => NUMERAL,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => LETTER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::page::byline::BylineReader;
    use crate::page::learn::with_view;
    use crate::page::page_words::PageWords;

    fn told_of(text: &str) -> Vec<String> {
        with_view(&Document::of(text), &PageWords::built_in(), &BylineReader::built_in(), |view, _, _| {
            names(view, 0).collect()
        })
    }

    #[test]
    fn ends_count_and_numerals_are_alike() {
        assert_eq!(
            told_of("地 址：12号"),
            ["has ^地", "has 地址", "has 址：", "has ：0", "has 00", "has 0号", "has 号$"]
        );
    }

    #[test]
    fn of_a_long_line_its_ends_are_looked_at() {
        let pairs = told_of(&["甲", &"乙".repeat(90), "丙"].concat());
        assert_eq!(pairs.len(), 2 * REACH);
        assert_eq!((pairs[0].as_str(), pairs[59].as_str()), ("long, has ^甲", "long, has 丙$"));
    }

    #[test]
    fn the_list_is_in_order_and_each_line_of_it_a_pair() {
        let pairs: Vec<&str> = PAIRS.lines().collect();
        assert!(pairs.is_sorted_by(|a, b| a < b));
        assert!(pairs.iter().all(|pair| pair.chars().count() == 2), "{pairs:?}");
    }
}
