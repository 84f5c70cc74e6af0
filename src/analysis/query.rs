//! What a text is searched for: terms as they are written, or regular expressions.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::{Regex, RegexBuilder};

use crate::page::plain_form;
use crate::slogan::Fold;
use crate::{ErrorKind, Result};

/// The longest text, in bytes, that a regular expression is searched for in as a whole; no article comes near it.
const LONGEST_PIECE: usize = 1 << 16;

/// Finds terms in a text. Built once, shared by all threads. Terms are looked for as pages have them: with plain
/// characters for those that only look like them ([`plain_form`]).
///
/// ```
/// use zjgr::analysis::query::{Case, Query, Script};
///
/// let query = Query::terms(&["工会", "总工会"], Case::Distinct, Script::Folded)?;
/// let text = "市總工會的工会";
/// let hits: Vec<&str> = query.find(text).map(|hit| &text[hit]).collect();
/// assert_eq!(hits, ["總工會", "工会"]);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Query {
    kind: Kind,
    script: Script,
}

/// How Traditional and Simplified characters are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Script {
    /// 會 is not 会.
    #[default]
    Distinct,
    /// 會 is 会, and 著 is 着 where it stands for it (`data/fold.txt`).
    Folded,
}

impl Script {
    /// `term` as it is looked for.
    fn of(self, term: &str) -> String {
        let plain = plain_form(term);
        if self == Self::Folded { Fold::get().text(&plain) } else { plain.into_owned() }
    }
}

#[derive(Debug, Clone)]
enum Kind {
    Terms(AhoCorasick),
    Pattern(Regex),
}

/// How letters are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// `a` is not `A`.
    #[default]
    Distinct,
    /// `a` is `A`: for terms in ASCII only, for regular expressions in Unicode.
    Ignored,
}

impl Query {
    /// Finds any of `terms`; where several start at the same place, the longest.
    ///
    /// # Errors
    /// Where there is no term, or an empty one.
    pub fn terms<T: AsRef<str>>(terms: &[T], case: Case, script: Script) -> Result<Self> {
        check(terms)?;
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(case == Case::Ignored)
            // A few terms over much text: the time to build it never shows.
            .kind((terms.len() <= 100).then_some(AhoCorasickKind::DFA))
            .build(terms.iter().map(|term| script.of(term.as_ref())))
            .map_err(|error| ErrorKind::Usage(format!("too many terms: {error}")))?;
        Ok(Self { kind: Kind::Terms(automaton), script })
    }

    /// Finds what matches any of `patterns`; where several match at the same place, the first of them.
    /// A match of no character is no hit.
    ///
    /// # Errors
    /// Where there is no pattern, or one that is no regular expression.
    pub fn patterns<T: AsRef<str>>(patterns: &[T], case: Case, script: Script) -> Result<Self> {
        check(patterns)?;
        let wrong = |error: regex::Error| ErrorKind::Usage(format!("no regular expression: {error}"));
        for pattern in patterns {
            // Each by itself, so that a bracket left open in one is not closed by the next.
            Regex::new(pattern.as_ref()).map_err(wrong)?;
        }
        let joined: Vec<String> =
            patterns.iter().map(|pattern| format!("(?:{})", script.of(pattern.as_ref()))).collect();
        let regex = RegexBuilder::new(&joined.join("|"))
            .case_insensitive(case == Case::Ignored)
            .build()
            .map_err(wrong)?;
        Ok(Self { kind: Kind::Pattern(regex), script })
    }

    /// Where the hits stand in `text`, from left to right; none overlaps another. In a text of more than 64 KiB no hit
    /// of a pattern goes on over the end of a sentence on which it is divided.
    pub fn find<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = Range<usize>> + 't> {
        match self.script {
            Script::Distinct => self.find_in(text),
            // A place in the folded text is the same place in the text.
            Script::Folded => Box::new(self.find_in(&Fold::get().text(text)).collect::<Vec<_>>().into_iter()),
        }
    }

    fn find_in<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = Range<usize>> + 't> {
        match &self.kind {
            Kind::Terms(automaton) => Box::new(automaton.find_iter(text).map(|hit| hit.range())),
            Kind::Pattern(regex) => Box::new(pieces(text).flat_map(|(at, piece)| {
                let hits = regex.find_iter(piece).map(move |hit| at + hit.start()..at + hit.end());
                hits.filter(|range| !range.is_empty())
            })),
        }
    }
}

/// A text in pieces that a regular expression is searched for in, and where they start: as a rule one. A search that
/// looks to the end from every place takes time with the square of the length, so that a very long text is searched
/// sentence by sentence.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let at = text.len() - now.len();
        if now.len() <= LONGEST_PIECE {
            rest = None;
            return Some((at, now));
        }
        let end = (0..=LONGEST_PIECE).rev().find(|&end| now.is_char_boundary(end)).unwrap_or_default();
        let (near, _) = now.split_at(end);
        let end = near
            .rfind(['。', '！', '？', '\n'])
            .map_or(end, |last| last + near[last..].chars().next().map_or(0, char::len_utf8));
        rest = now.get(end..);
        now.get(..end).map(|piece| (at, piece))
    })
}

fn check<T: AsRef<str>>(terms: &[T]) -> Result<()> {
    let wrong = if terms.is_empty() {
        "nothing to look for: name a term"
    } else if terms.iter().any(|term| term.as_ref().is_empty()) {
        "nothing to look for: a term must have at least one character"
    } else {
        return Ok(());
    };
    Err(ErrorKind::Usage(wrong.into()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(finder: &Query, text: &str) -> Vec<String> {
        finder.find(text).map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn of_terms_that_start_together_the_longest_counts() {
        let finder = Query::terms(&["工会", "工会主席"], Case::Distinct, Script::Distinct).unwrap();
        assert_eq!(found(&finder, "工会主席到工会"), ["工会主席", "工会"]);
    }

    #[test]
    fn patterns_are_tried_in_turn_and_empty_matches_dropped() {
        let finder = Query::patterns(&["[一二三]等奖", "奖*"], Case::Distinct, Script::Distinct).unwrap();
        assert_eq!(found(&finder, "获一等奖和奖金"), ["一等奖", "奖"]);
    }

    #[test]
    fn letters_may_be_compared_without_case() {
        let finder = Query::terms(&["app"], Case::Ignored, Script::Distinct).unwrap();
        assert_eq!(found(&finder, "下载App"), ["App"]);
        let finder = Query::patterns(&["p+"], Case::Ignored, Script::Distinct).unwrap();
        assert_eq!(found(&finder, "下载APP"), ["PP"]);
    }

    #[test]
    fn what_cannot_be_searched_for_is_refused() {
        assert!(Query::terms::<&str>(&[], Case::Distinct, Script::Distinct).is_err());
        assert!(Query::terms(&[""], Case::Distinct, Script::Distinct).is_err());
        assert!(Query::patterns(&["(工会"], Case::Distinct, Script::Distinct).is_err());
        assert!(Query::patterns(&["a(", "b)"], Case::Distinct, Script::Distinct).is_err());
    }

    #[test]
    fn traditional_and_simplified_may_be_one() {
        let finder = Query::terms(&["職工"], Case::Distinct, Script::Folded).unwrap();
        assert_eq!(found(&finder, "總工會的職工和职工"), ["職工", "职工"]);
        let finder = Query::patterns(&["[總县]工會"], Case::Distinct, Script::Folded).unwrap();
        assert_eq!(found(&finder, "總工會和縣工会"), ["總工會", "縣工会"]);
    }

    #[test]
    fn a_term_is_looked_for_in_its_plain_form() {
        let finder = Query::terms(&["１９９８", "⼯会"], Case::Distinct, Script::Distinct).unwrap();
        assert_eq!(found(&finder, "1998年的工会"), ["1998", "工会"]);
    }
}
