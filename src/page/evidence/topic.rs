//! What a line is about: how much of it comes back near by, and whether a word goes on over the line's end.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::super::bigrams::{Bigram, Bigrams};
use super::super::scan::{Raw, SHORT, is_ideograph};
use super::{Fact, View};
use crate::term::{dictionary_tag, is_word};

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
        |view, i| view.topic.crossing[i][0],
    )
    .near(),
    Fact::names(
        "first-word",
        "What part of speech the longest word that it opens with has, where it may be a heading.",
        &TAGS,
        |view, i| tag(view, i, first_words),
    )
    .near(),
    Fact::names("last-word", "The same of the word that it ends with.", &TAGS, |view, i| {
        tag(view, i, last_words)
    })
    .near(),
    Fact::names("crossing-over", "The same over one line.", &LENGTHS, |view, i| view.topic.crossing[i][1]),
    Fact::names(
        "crossing-from",
        "The longest word that goes on from the end of the last but one line.",
        &LENGTHS,
        |view, i| i.checked_sub(2).map_or(0, |above| view.topic.crossing[above][1]),
    ),
];

const SHARES: &[u32] = &[1, 10, 20, 35, 50, 80];

const LENGTHS: [&str; 4] = ["", "two", "three", "four"];

/// Parts of speech as the general dictionary names them, by the letters that its tags open with; the longer first.
const TAGS: [&str; 16] =
    ["", "none", "nr", "ns", "nt", "vn", "n", "v", "a", "m", "t", "d", "p", "r", "f", "other"];

/// The part of speech of the longest of the words that `ends` finds on line `i`.
fn tag(view: &View<'_>, i: usize, ends: fn(&str) -> Vec<&str>) -> u32 {
    if !view.lines[i].could_head() {
        return 0;
    }
    let content = view.lines[i].content(view.text).trim_matches(QUOTES);
    let tag = ends(content).into_iter().find_map(dictionary_tag);
    let Some(tag) = tag else { return 1 };
    TAGS[2..].iter().position(|known| tag.starts_with(known)).map_or(TAGS.len() - 1, |at| at + 2) as u32
}

/// What stands around words that are quoted.
const QUOTES: [char; 7] = ['“', '”', '「', '」', '《', '》', '"'];
/// The longest word that is looked up, at the ends of a heading or across a line's end, in characters.
const LONGEST: usize = 4;

/// What `text` opens with, four characters to one.
fn first_words(text: &str) -> Vec<&str> {
    let ends: Vec<usize> = text.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8()).collect();
    ends.into_iter().rev().map(|end| &text[..end]).collect()
}

/// What `text` ends with, four characters to one.
fn last_words(text: &str) -> Vec<&str> {
    let starts: Vec<usize> = text.char_indices().rev().take(LONGEST).map(|(at, _)| at).collect();
    starts.into_iter().rev().map(|start| &text[start..]).collect()
}

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
    /// The longest word that goes on from the end of each line to the next one, and to the one behind that.
    crossing: Vec<[u32; 2]>,
}

/// How many lines above and below are looked at.
const REACH: usize = 8;

impl Topic {
    /// What each of `lines` shares with those around it. Long lines share nothing, and nothing is noted but what a
    /// short line may ask for.
    pub(super) fn of(text: &str, lines: &[Raw], bigrams: &Bigrams) -> Self {
        let mut near = vec![false; lines.len()];
        for i in (0..lines.len()).filter(|&i| lines[i].width <= SHORT) {
            near[i.saturating_sub(REACH)..(i + REACH + 1).min(lines.len())].fill(true);
        }
        let shares = |order: &mut dyn Iterator<Item = usize>| {
            // On which line each bigram stood last.
            let noted = (0..lines.len()).filter(|&i| near[i]).map(|i| bigrams.on(i).len()).sum();
            let mut last: FxHashMap<Bigram, usize> =
                FxHashMap::with_capacity_and_hasher(noted, FxBuildHasher);
            let mut shares = vec![0; lines.len()];
            for i in order.filter(|&i| near[i]) {
                if lines[i].width <= SHORT {
                    let own = bigrams.on(i);
                    let near = |bigram: &&Bigram| last.get(bigram).is_some_and(|&at| at.abs_diff(i) <= REACH);
                    shares[i] = (own.iter().filter(near).count() * 100 / own.len().max(1)) as u32;
                }
                last.extend(bigrams.on(i).iter().map(|&bigram| (bigram, i)));
            }
            shares
        };
        let above = shares(&mut (0..lines.len()));
        let below = shares(&mut (0..lines.len()).rev());
        let crosses = |i: usize| [1, 2].map(|away| crossing(text, lines, i, i + away));
        Self {
            of: above.into_iter().zip(below).map(|(above, below)| Share { above, below }).collect(),
            crossing: (0..lines.len()).map(crosses).collect(),
        }
    }
}

/// How many bytes an ideograph takes.
const WIDE: usize = 3;

/// The longest word, of two to four characters, that begins at the end of line `above` and ends on line `below`.
pub(super) fn crossing(text: &str, lines: &[Raw], above: usize, below: usize) -> u32 {
    let Some(next) = lines.get(below) else { return 0 };
    let head = lines[above].content(text).chars().rev().take(LONGEST - 1).take_while(|&c| is_ideograph(c));
    let tail = next.content(text).chars().take(LONGEST - 1).take_while(|&c| is_ideograph(c));
    let (head, tail) = (head.count() * WIDE, tail.count() * WIDE);
    if head.min(tail) == 0 {
        return 0;
    }
    let (end, start) = (lines[above].end, next.start);
    let seam = [&text[end - head..end], &text[start..start + tail]].concat();
    let known = |&length: &usize| {
        let befores = (1..length).map(|before| head.checked_sub(before * WIDE));
        let mut words = befores.filter_map(|start| seam.get(start?..start? + length * WIDE));
        words.any(is_word)
    };
    (2..=LONGEST).rev().find(known).map_or(0, |length| length as u32 - 1)
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
    fn parts_of_speech() {
        assert_eq!(said("first-word", "北京工会\n修建大楼\n开会。"), "ns v -");
        assert_eq!(said("last-word", "北京工会\n大家来学习"), "n v");
    }

    #[test]
    fn words_over_line_ends() {
        assert_eq!(said("crossing", "他们的劳\n动竞赛"), "four -");
        assert_eq!(said("crossing-over", "他们的劳\n图\n动竞赛"), "four - -");
        assert_eq!(said("crossing-from", "他们的劳\n图\n动竞赛"), "- - four");
    }
}
