//! What tells where the phrase ends that names what is counted, and how much it weighs.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::packed::{Problem, Table};

/// The weights, a fact a line with what it weighs in hundredths.
const FILE: &str = "data/figures/objects.tsv";

/// How many bits a character of a fact takes, and one of the letters by which tags are written.
const CHARACTER: u32 = 16;
const LETTER: u32 = 8;
/// Where in a fact its view begins.
const VIEW: u32 = 56;

/// What is looked at where a phrase may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum View {
    /// Nothing.
    Always,
    /// The last character of the phrase.
    Last1,
    /// The last two.
    Last2,
    /// The character behind it.
    Next1,
    /// The two behind it.
    Next2,
    /// The classifier, and the length of the phrase.
    Classifier,
    /// How many characters are left, and what stands behind them.
    Left,
    /// The length and tag of the word that ends the phrase.
    LastWord,
    /// Those of the word behind it.
    NextWord,
    /// The tags of the last two words and of the next.
    LastTags,
    /// The tags of the last word and of the next two.
    NextTags,
    /// The tags of the next two, and what is left.
    LeftTags,
    /// The place inside a word, its length and its tag.
    Inside,
    /// A list that has a word which begins behind the phrase, and the word's length.
    Begins,
    /// What lies across: a noun, a word of a list.
    Lies,
    /// What all lists say together.
    Lists,
    /// What kind of classifier it is, and what the lists say with it.
    Group,
    /// The nouns behind the phrase: how many, which list has the last, and what follows.
    Run,
    /// How far on the next word of a list may end the phrase, and what follows that.
    Ahead,
}

impl View {
    /// Every view with its name, in this order.
    const ALL: [(Self, &str); 19] = [
        (Self::Always, "always"),
        (Self::Last1, "last-1"),
        (Self::Last2, "last-2"),
        (Self::Next1, "next-1"),
        (Self::Next2, "next-2"),
        (Self::Classifier, "classifier"),
        (Self::Left, "left"),
        (Self::LastWord, "last-word"),
        (Self::NextWord, "next-word"),
        (Self::LastTags, "last-tags"),
        (Self::NextTags, "next-tags"),
        (Self::LeftTags, "left-tags"),
        (Self::Inside, "inside"),
        (Self::Begins, "begins"),
        (Self::Lies, "lies"),
        (Self::Lists, "lists"),
        (Self::Group, "group"),
        (Self::Run, "run"),
        (Self::Ahead, "ahead"),
    ];

    /// How many bits one character of it takes.
    fn bits(self) -> u32 {
        if (self as u8) < Self::Left as u8 { CHARACTER } else { LETTER }
    }
}

/// Something that holds where a phrase may end: a view, and the characters seen in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fact(pub(crate) u64);

impl Fact {
    /// The fact that `view` has `seen`.
    #[inline]
    pub(crate) fn new(view: View, seen: impl IntoIterator<Item = char>) -> Self {
        let bits = view.bits();
        let add = |code: u64, c: char| code << bits | u64::from(c as u32) & ((1 << bits) - 1);
        let code = seen.into_iter().fold(0, add);
        Self(u64::from(view as u8) << VIEW | code & ((1 << VIEW) - 1))
    }

    /// The fact that is written so.
    fn parse(name: &str) -> Option<Self> {
        let (view, seen) = name.split_once(' ').unwrap_or((name, ""));
        let view = View::ALL.iter().find(|(_, name)| *name == view)?.0;
        Some(Self::new(view, seen.chars().map(|c| if c == NOTHING { '\0' } else { c })))
    }
}

/// What is written for what stands outside the phrase.
const NOTHING: char = '·';

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((view, name)) = View::ALL.get((self.0 >> VIEW) as usize) else { return Ok(()) };
        f.write_str(name)?;
        let (bits, code) = (view.bits(), self.0 & ((1 << VIEW) - 1));
        let length = (u64::BITS - code.leading_zeros()).div_ceil(bits);
        for at in (0..length).rev() {
            let c = char::from_u32((code >> (at * bits)) as u32 & ((1 << bits) - 1)).unwrap_or(NOTHING);
            let space = if at + 1 == length { " " } else { "" };
            write!(f, "{space}{}", if c == '\0' { NOTHING } else { c })?;
        }
        Ok(())
    }
}

/// What each fact weighs for an end of the phrase where it holds, and for one further on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct PhraseWeights(Table);

impl PhraseWeights {
    /// The weights of `text`.
    ///
    /// # Errors
    /// Where a line is not a fact and two whole numbers, with tabs between.
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        let entry = |(number, line): (usize, &str)| {
            let what = || format!("`{line}` is no fact with two weights");
            read(line).ok_or_else(|| Problem { file: FILE, line: Some(number + 1), what: what() })
        };
        let entries: Result<Vec<_>, _> = text.lines().enumerate().map(entry).collect();
        Ok(Self(entries?.into_iter().collect()))
    }

    /// What `fact` weighs for an end just there, and for one further on.
    #[inline]
    pub(crate) fn get(&self, fact: Fact) -> [i32; 2] {
        let weights = self.0.get(fact.0).unwrap_or_default();
        [weights as i16, (weights >> CHARACTER) as i16].map(i32::from)
    }
}

/// A fact and its weights, from a line.
fn read(line: &str) -> Option<(u64, u32)> {
    let mut cells = line.split('\t');
    let fact = Fact::parse(cells.next()?)?;
    let mut weight = || cells.next()?.parse::<i16>().ok().map(|weight| u32::from(weight as u16));
    Some((fact.0, weight()? | weight()? << CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_as_they_are_written() {
        for (number, (view, _)) in View::ALL.into_iter().enumerate() {
            assert_eq!(number, view as usize);
            let seen: &[char] = if view.bits() == CHARACTER { &['工', '人'] } else { &['v', 'n'] };
            let fact = Fact::new(view, seen.iter().copied());
            assert_eq!(Fact::parse(&fact.to_string()), Some(fact), "{fact}");
        }
        assert_eq!(Fact::new(View::Next2, ['参', '\0']).to_string(), "next-2 参·");
        assert_eq!(Fact::parse("nowhere 人"), None);
    }

    #[test]
    fn a_line_that_is_no_weight_is_named() {
        let weights = PhraseWeights::parse("next-2 参加\t120\t-7\nalways\t-1\t2").unwrap();
        assert_eq!(weights.get(Fact::new(View::Next2, ['参', '加'])), [120, -7]);
        assert_eq!((weights.get(Fact::new(View::Always, [])), weights.get(Fact(3))), ([-1, 2], [0, 0]));
        let problem = PhraseWeights::parse("always\t1\t1\nalways\t1").err().unwrap();
        assert_eq!(
            problem.to_string(),
            "data/figures/objects.tsv:2: `always\t1` is no fact with two weights"
        );
    }
}
