//! Numerals that count nothing: ordinary words, fixed names, slogans of four characters.

use std::cmp::Ordering;
use std::ops::Range;

use super::figure_words::{Cue, Set, Word};
use super::numeral::run_end;
use super::pattern::Pattern;
use super::text::Text;
use super::words::{Kind, Trie};

/// How far in front of its numeral a word may begin.
const BEFORE: usize = 4;

/// The cells of a word, and what it means.
type Covering = (Range<usize>, Word);

/// What the numeral at some place turned out to be part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// An ordinary word that ends at this cell.
    Ordinary(usize),
    /// A name that covers these cells.
    Named(Range<usize>),
}

impl Text<'_> {
    /// The word of the lists that covers the numeral at `at`: the longest one decides.
    pub(super) fn word(&self, at: usize) -> Option<Name> {
        let formal = self.kind(at).is_formal();
        let words = if formal { &self.lexicon.formal_words } else { &self.lexicon.words };
        // Few characters begin a word that has a numeral just there.
        let starts = self.backwards(self.floor.max(at.saturating_sub(BEFORE))..at + 1);
        let starts = starts.filter(|(start, cell)| cell.places >> (at - start) & 1 == 1);
        let covering = starts.filter_map(|(start, _)| self.word_from(words, start, at));
        let longer = |one: Covering, other: Covering| if other.0.len() > one.0.len() { other } else { one };
        let (cells, word) = covering.reduce(longer)?;
        match word {
            Word::Ordinary if !self.joins_another(at, &cells) => Some(Name::Ordinary(cells.end)),
            Word::Named if !self.counts_after_all(at, &cells) => Some(Name::Named(cells)),
            _ => None,
        }
    }

    /// The longest of `words` that starts at `start` and covers the numeral at `at`.
    fn word_from(&self, words: &Trie<Word>, start: usize, at: usize) -> Option<Covering> {
        let (end, word) = self.longest(words, start).filter(|&(end, _)| end > at)?;
        let ordinal = start == at && self.ch_before(at) == '第';
        let unbroken = (start + 1..end).all(|k| self.glued(k));
        (unbroken && !(ordinal || self.parts_number(start, at, end))).then_some((start..end, word))
    }

    /// True where the word from `start` to `end` ends inside a number: 统一六国 does, 一点五 and 一块二 are numbers.
    fn parts_number(&self, start: usize, at: usize, end: usize) -> bool {
        match (self.kind(end).is_numeric(), self.kind(end - 1).is_numeric()) {
            (true, true) if start == at => true,
            (true, true) => end > at + 1 || self.one_of(start, Set::OpenWords),
            (true, false) => (start, end) == (at, at + 2) && self.one_of(at + 1, Set::SplitUnits),
            (false, _) => false,
        }
    }

    /// 五小时, 三公里, 八一年: a name whose last part begins a longer unit, or a spelled number with a unit behind.
    fn counts_after_all(&self, at: usize, name: &Range<usize>) -> bool {
        let end = run_end(self.cells, at);
        let unit = self.unit_at(end);
        match end.cmp(&name.end) {
            _ if name.start != at => false,
            Ordering::Greater => false,
            Ordering::Less => unit.is_some_and(|(unit, _)| unit > name.end) || self.joins_another(at, name),
            Ordering::Equal => self.fits(Pattern::CountsAfterName, at..end),
        }
    }

    /// 三农场, 两会场, 四清点: the last character of the word begins another.
    fn joins_another(&self, at: usize, word: &Range<usize>) -> bool {
        let end = run_end(self.cells, at);
        (word.start, word.end) == (at, end + 1) && self.behind_word(Cue::JoinsName, end)
    }

    /// A slogan of four: 一县一策, 两学一做, 六治六提.
    pub(super) fn four(&self, at: usize) -> Option<Range<usize>> {
        let end = self.shaped_slogan(at)?;
        let pattern = match (self.ch(at), self.ch(at + 2)) {
            ('一', '一') => Pattern::OneByOne,
            // A place or a person with a number counts: 三省一市 above, 两男一女 here.
            _ if self.is_unit(at + 1) || self.word(at + 2).is_some() => return None,
            _ => Pattern::Slogan,
        };
        let longer = self.unit_at(at + 3).is_some_and(|(unit, _)| unit > end);
        let named = self.fits(pattern, at..at) && (pattern == Pattern::OneByOne || !longer);
        named.then_some(at..end)
    }

    /// A numeral and a character, twice, and nothing more: where they end.
    fn shaped_slogan(&self, at: usize) -> Option<usize> {
        let digit = |at: usize| self.kind_at(at, Kind::Numeral).filter(|_| !self.one_of(at, Set::Zeros));
        let first = digit(at)?;
        let second = digit(self.kind_at(first, Kind::Han)?)?;
        let end = self.kind_at(second, Kind::Han).filter(|&end| !self.kind(end).is_numeric())?;
        let unbroken = (first..end).all(|k| self.glued(k));
        (unbroken && self.ch(first) != self.ch(second)).then_some(end)
    }

    /// True where a unit or a word of an order stands at `at`.
    fn is_unit(&self, at: usize) -> bool {
        self.unit_at(at).or_else(|| self.ordinal_at(at)).is_some()
    }

    /// 5·12, 9·11: a day that stands for what happened on it.
    pub(super) fn anniversary(&self, at: usize) -> Option<Range<usize>> {
        let (dot, month, _) = self.digits(at)?;
        let (end, day, _) = self.digits(self.char_at(dot, '·')?)?;
        let alone = !self.fits(Pattern::NoAnniversary, end..end);
        (alone && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(at..end)
    }
}
