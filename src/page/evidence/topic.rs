//! What a line is about: how much of it comes back near by, and whether a word goes on over the line's end.

use rustc_hash::FxHashMap;

use super::super::scan::{Raw, SHORT, is_ideograph};
use super::{Fact, View};
use crate::term::is_word;

pub(super) const FACTS: &[Fact] = &[
    Fact::steps(
        "comes-back",
        "How many of a hundred of its pairs of characters stand in the next eight lines.",
        SHARES,
        |view, i| view.topic.of[i].below,
    )
    .near(),
    Fact::steps(
        "came-before",
        "How many of a hundred of its pairs of characters stand in the last eight lines.",
        SHARES,
        |view, i| view.topic.of[i].above,
    )
    .near(),
    Fact::names(
        "crossing",
        "The longest word that goes on from its end to the next line, in characters.",
        &LENGTHS,
        |view, i| crossing(view, i, i + 1),
    )
    .near(),
    Fact::names("crossing-over", "The same over one line.", &LENGTHS, |view, i| crossing(view, i, i + 2)),
    Fact::names(
        "crossing-from",
        "The longest word that goes on from the end of the last but one line.",
        &LENGTHS,
        |view, i| i.checked_sub(2).map_or(0, |above| crossing(view, above, i)),
    ),
];

const SHARES: &[u32] = &[1, 10, 20, 35, 50, 80];

const LENGTHS: [&str; 4] = ["", "two", "three", "four"];

/// How much of a line comes back.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    above: u32,
    below: u32,
}

/// What lines are about.
#[derive(Debug, Clone, Default)]
pub(in crate::page) struct Topic {
    of: Vec<Share>,
}

/// How many lines above and below are looked at.
const REACH: usize = 8;

impl Topic {
    pub(super) fn of(text: &str, lines: &[Raw]) -> Self {
        // On which line each pair of characters stood last, above and below.
        let mut of = vec![Share::default(); lines.len()];
        let mut last: FxHashMap<(char, char), usize> = FxHashMap::default();
        for i in 0..lines.len() {
            of[i].above = share(text, &lines[i], |pair| last.get(&pair).is_some_and(|&at| i - at <= REACH));
            pairs(text, &lines[i]).for_each(|pair| {
                last.insert(pair, i);
            });
        }
        last.clear();
        for i in (0..lines.len()).rev() {
            of[i].below = share(text, &lines[i], |pair| last.get(&pair).is_some_and(|&at| at - i <= REACH));
            pairs(text, &lines[i]).for_each(|pair| {
                last.insert(pair, i);
            });
        }
        Self { of }
    }
}

/// The pairs of ideographs on a line.
fn pairs(text: &str, line: &Raw) -> impl Iterator<Item = (char, char)> {
    let content = &text[line.start..line.end];
    content.chars().zip(content.chars().skip(1)).filter(|&(a, b)| is_ideograph(a) && is_ideograph(b))
}

/// How many of a hundred pairs of a short line are `known`.
fn share(text: &str, line: &Raw, known: impl Fn((char, char)) -> bool) -> u32 {
    if line.width > SHORT {
        return 0;
    }
    let (mut all, mut found) = (0, 0);
    for pair in pairs(text, line) {
        all += 1;
        found += u32::from(known(pair));
    }
    found * 100 / all.max(1)
}

/// The longest word, of two to four characters, that begins at the end of line `above` and ends on line `below`.
pub(super) fn crossing(view: &View<'_>, above: usize, below: usize) -> u32 {
    let Some(next) = view.lines.get(below) else { return 0 };
    let content = view.lines[above].content(view.text);
    let mut head: Vec<char> = content.chars().rev().take(3).take_while(|&c| is_ideograph(c)).collect();
    head.reverse();
    let tail: Vec<char> = next.content(view.text).chars().take(3).take_while(|&c| is_ideograph(c)).collect();
    let known = |length: usize| {
        (1..length).any(|before| {
            let after = length - before;
            (before <= head.len() && after <= tail.len()) && {
                let word: String = head[head.len() - before..].iter().chain(&tail[..after]).collect();
                is_word(&word)
            }
        })
    };
    (2..=4).rev().find(|&length| known(length)).map_or(0, |length| length as u32 - 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    #[test]
    fn what_comes_back() {
        assert_eq!(said("comes-back", "职工家园\n职工家园"), ">=80 <1");
        assert_eq!(said("came-before", "职工家园\n职工家园"), "<1 >=80");
    }

    #[test]
    fn words_over_line_ends() {
        assert_eq!(said("crossing", "他们的劳\n动竞赛"), "four -");
        assert_eq!(said("crossing-over", "他们的劳\n图\n动竞赛"), "four - -");
        assert_eq!(said("crossing-from", "他们的劳\n图\n动竞赛"), "- - four");
    }
}
