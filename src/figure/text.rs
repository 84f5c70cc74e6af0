//! The cursor that every reader looks through: one text as cells, and the words that may stand there.

use super::Context;
use super::cells::{Cell, Label};
use super::figure_words::{Cue, FigureWords, Set, UnitId, UnitKind};
use super::numeral::{Memo, Numeral};
use super::words::Kind;
use crate::page::Role;

/// What the readers of one text share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'c> {
    pub(super) cells: &'c [Cell],
    pub(super) labels: &'c [Label],
    pub(super) lexicon: &'c FigureWords,
    pub(super) role: Role,
    /// Nothing before this cell belongs to the next figure.
    pub(super) floor: usize,
    pub(super) memo: &'c Memo,
    /// How many 两 a 斤 has.
    pub(super) taels: i64,
}

/// The year since which a 斤 has ten 两. Before it had sixteen.
const TEN_TAELS: i16 = 1959;

/// How many 两 a 斤 has since.
pub(super) const TEN: i64 = 10;

/// How many 两 a 斤 has on a page of `context`.
pub(super) fn taels(context: &Context) -> i64 {
    if context.date.is_some_and(|date| date.year() < TEN_TAELS) { 16 } else { TEN }
}

impl<'c> Text<'c> {
    /// The numeral that starts at cell `at`; none where the cells there make no number.
    pub(super) fn numeral(&self, at: usize) -> Option<Numeral> {
        self.memo.read(self.cells, at, self.lexicon)
    }

    pub(super) fn ch(&self, at: usize) -> char {
        self.cells.get(at).map_or('\0', |cell| cell.ch)
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.cells.get(at).map_or(Kind::Other, |cell| cell.kind)
    }

    /// The character before `at`, if the last figure does not own it.
    pub(super) fn ch_before(&self, at: usize) -> char {
        at.checked_sub(1).filter(|&k| k >= self.floor).map_or('\0', |k| self.ch(k))
    }

    /// The character `back` cells before `at`, if the last figure does not own it.
    pub(super) fn before(&self, at: usize, back: usize) -> char {
        at.checked_sub(back).filter(|&k| k >= self.floor).map_or('\0', |k| self.ch(k))
    }

    /// True where a character of `set` stands at `at`.
    pub(super) fn one_of(&self, at: usize, set: Set) -> bool {
        self.lexicon.has(set, self.ch(at))
    }

    /// True where a character of `set` stands in front of `at` that the last figure does not own.
    pub(super) fn one_before(&self, at: usize, set: Set) -> bool {
        self.lexicon.has(set, self.ch_before(at))
    }

    /// Behind the character `c`, where it stands at `at`.
    pub(super) fn char_at(&self, at: usize, c: char) -> Option<usize> {
        (self.ch(at) == c).then_some(at + 1)
    }

    /// Behind a character of `kind`, where one stands at `at`.
    pub(super) fn kind_at(&self, at: usize, kind: Kind) -> Option<usize> {
        (self.kind(at) == kind).then_some(at + 1)
    }

    /// Behind the longest word of `cue` that begins at `at`.
    pub(super) fn word_at(&self, cue: Cue, at: usize) -> Option<usize> {
        self.lexicon.cue_at(cue, self.cells, at)
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(k, c)| self.ch(at + k) == c)
    }

    /// True where a word of `cue`, read backwards, ends in front of `at` and belongs to no earlier figure.
    pub(super) fn before_word(&self, cue: Cue, at: usize) -> bool {
        self.lexicon.cue_before(cue, self.cells, self.floor, at).is_some()
    }

    /// True where a word of `cue` begins at `at`.
    pub(super) fn behind_word(&self, cue: Cue, at: usize) -> bool {
        self.lexicon.cue_at(cue, self.cells, at).is_some()
    }

    /// True where a unit stands at `at` that is not the beginning of another word.
    pub(super) fn counted(&self, at: usize) -> bool {
        self.unit_sort(at).is_some()
    }

    /// The kind of the unit at `at`, where it is not the beginning of another word.
    pub(super) fn unit_sort(&self, at: usize) -> Option<UnitKind> {
        let (end, id) = self.lexicon.unit_at(self.cells, at)?;
        let word = end == at + 1 && self.lexicon.begins_word(self.cells, at);
        self.sort(id).filter(|_| !word)
    }

    pub(super) fn sort(&self, id: UnitId) -> Option<UnitKind> {
        self.lexicon.unit(id).map(|unit| unit.sort)
    }
}
