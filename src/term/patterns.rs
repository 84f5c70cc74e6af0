//! Which runs of words are phrases: patterns over their parts of speech.

use crate::{Error, ErrorKind, Result};

/// The patterns that come along, for noun phrases of Chinese.
const BUILTIN: &str = include_str!("../../data/phrases.txt");

/// All patterns together have no more elements than a set of states has bits.
const MOST_ELEMENTS: usize = u64::BITS as usize;

/// Patterns over parts of speech, read side by side in one pass (the position automaton of Glushkov 1961, its states
/// the bits of a number).
///
/// A pattern is a line: what each word must be, with blanks between. A tag stands for all that begin so; `|` is one or
/// the other, `-` leaves some out, and behind it `?` is one or none, `*` none or more, `+` one or more.
///
/// ```
/// let patterns = zjgr::term::PhrasePatterns::parse("a|b|n* n-nr").unwrap();
/// assert!(patterns.fits(&["b", "n", "nz"]));
/// assert!(!patterns.fits(&["b", "nr"]));
/// ```
#[derive(Debug, Clone, Default)]
pub struct PhrasePatterns {
    elements: Vec<Element>,
    /// The elements that a phrase may begin with, and those that it may end with.
    first: u64,
    last: u64,
}

/// What one word of a phrase must be.
#[derive(Debug, Clone)]
struct Element {
    choices: Vec<Choice>,
    /// The elements that may come next, itself included where it may be repeated.
    follow: u64,
}

#[derive(Debug, Clone)]
struct Choice {
    tag: String,
    without: Vec<String>,
}

/// Which elements the words of a phrase so far may have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached(u64);

/// Which elements a word may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fitting(u64);

impl PhrasePatterns {
    /// The patterns of `data/phrases.txt`.
    ///
    /// # Errors
    ///
    /// None, as long as the file that was compiled in is well-formed; a test sees to it.
    pub fn builtin() -> Result<Self> {
        Self::parse(BUILTIN)
    }

    /// Reads patterns, a line each; what follows `#` is a comment.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Words`] with its line where one has no tag where one is expected, or where they have more than 64
    /// elements together.
    pub fn parse(text: &str) -> Result<Self> {
        let mut patterns = Self::default();
        let wrong = |line: u64, what: String| Error::new(ErrorKind::Words(what)).at_line(line);
        for (line, number) in text.lines().zip(1..) {
            let line = line.split_once('#').map_or(line, |(before, _)| before).trim();
            patterns.add(line).map_err(|what| wrong(number, what))?;
        }
        Ok(patterns)
    }

    fn add(&mut self, line: &str) -> std::result::Result<(), String> {
        // The elements that may have come before the one at hand, and whether it may be the first of all.
        let (mut before, mut may_open) = (0_u64, true);
        for written in line.split_whitespace() {
            let number = self.elements.len();
            if number == MOST_ELEMENTS {
                return Err(format!("more than {MOST_ELEMENTS} elements in all patterns"));
            }
            let (tags, count) = match written.strip_suffix(['?', '*', '+']) {
                Some(tags) => (tags, written.chars().next_back()),
                None => (written, None),
            };
            let bit = 1 << number;
            for (element, at) in self.elements.iter_mut().zip(0..) {
                if before >> at & 1 == 1 {
                    element.follow |= bit;
                }
            }
            let follow = if matches!(count, Some('*' | '+')) { bit } else { 0 };
            self.elements.push(Element { choices: choices(tags)?, follow });
            self.first |= if may_open { bit } else { 0 };
            let may_be_left_out = matches!(count, Some('?' | '*'));
            may_open &= may_be_left_out;
            before = if may_be_left_out { before | bit } else { bit };
        }
        self.last |= before;
        Ok(())
    }

    /// Which elements a word with this part of speech may be.
    pub(crate) fn fitting(&self, tag: &str) -> Fitting {
        let fits = |element: &Element| element.choices.iter().any(|choice| choice.has(tag));
        Fitting(
            self.elements.iter().zip(0..).filter(|(element, _)| fits(element)).map(|(_, at)| 1 << at).sum(),
        )
    }

    /// Where a phrase comes to whose first word this is; none where none begins so.
    pub(crate) fn begin(&self, word: Fitting) -> Option<Reached> {
        reached(self.first & word.0)
    }

    /// Where it comes to with this word as the next; none where no phrase goes on so.
    pub(crate) fn go_on(&self, at: Reached, word: Fitting) -> Option<Reached> {
        let mut next = 0;
        let mut left = at.0;
        while left != 0 {
            next |= self.elements.get(left.trailing_zeros() as usize).map_or(0, |element| element.follow);
            left &= left - 1;
        }
        reached(next & word.0)
    }

    /// True where a phrase may end here.
    pub(crate) fn is_whole(&self, at: Reached) -> bool {
        at.0 & self.last != 0
    }

    /// True where words with these parts of speech are a phrase.
    pub fn fits(&self, tags: &[&str]) -> bool {
        let mut words = tags.iter().map(|tag| self.fitting(tag));
        let first = words.next().and_then(|word| self.begin(word));
        let end = first.and_then(|first| words.try_fold(first, |at, word| self.go_on(at, word)));
        end.is_some_and(|end| self.is_whole(end))
    }
}

fn reached(states: u64) -> Option<Reached> {
    (states != 0).then_some(Reached(states))
}

fn choices(tags: &str) -> std::result::Result<Vec<Choice>, String> {
    let is_tag = |tag: &str| !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric());
    let choice = |written: &str| {
        let mut names = written.split('-').map(str::to_owned);
        let choice = Choice { tag: names.next().unwrap_or_default(), without: names.collect() };
        let whole = is_tag(&choice.tag) && choice.without.iter().all(|tag| is_tag(tag));
        whole
            .then_some(choice)
            .ok_or_else(|| format!("`{written}` is no part of speech: write n, v|vn, n-nr or n*"))
    };
    tags.split('|').map(choice).collect()
}

impl Choice {
    fn has(&self, tag: &str) -> bool {
        tag.starts_with(&self.tag) && !self.without.iter().any(|without| tag.starts_with(without))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_or_none_one_or_more_or_one_of_several() {
        let fits = |pattern: &str, tags: &str| {
            let tags: Vec<&str> = tags.split(' ').collect();
            PhrasePatterns::parse(pattern).unwrap().fits(&tags)
        };
        for (pattern, tags, expected) in [
            ("n", "nz", true),
            ("n-nz", "nz", false),
            ("a? n", "n", true),
            ("a? n", "a n", true),
            ("a? n", "a a n", false),
            ("a? n", "a", false),
            ("v|a* n+", "a v v n n", true),
            ("v|a* n+", "a n v n", false),
            ("n\na v", "a v", true),
            ("n\na v", "n v", false),
            ("a? b? c?", "a c", true),
            ("", "n", false),
        ] {
            assert_eq!(fits(pattern, tags), expected, "{pattern:?} {tags}");
        }
    }

    #[test]
    fn a_wrong_pattern_is_named_with_its_line() {
        let error = |text: &str| PhrasePatterns::parse(text).unwrap_err().to_string();
        assert_eq!(error("n\n名词 n"), "line 2: `名词` is no part of speech: write n, v|vn, n-nr or n*");
        assert_eq!(error("n | v"), "line 1: `` is no part of speech: write n, v|vn, n-nr or n*");
        assert_eq!(error(&"n ".repeat(65)), "line 1: more than 64 elements in all patterns");
    }

    #[test]
    fn the_patterns_that_come_along_are_well_formed() {
        let patterns = PhrasePatterns::builtin().unwrap();
        assert!(patterns.fits(&["n", "vn"]));
        assert!(!patterns.fits(&["d", "v"]));
    }
}
