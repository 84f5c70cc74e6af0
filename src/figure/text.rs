//! The cursor that every reader looks through: one text as cells, and the words that may stand there.

use std::ops::Range;

use super::cells::{Cell, Cells, Label};
use super::figure_words::{Cue, FigureWords, Set, UnitId, UnitKind};
use super::numeral::{Memo, Numeral};
use super::words::{Edges, Group, Kind, Lists, Rows};
use super::{Bound, Context};
use crate::page::Role;

/// What the readers of one text share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'c> {
    pub(super) cells: &'c [Cell],
    pub(super) labels: &'c [Label],
    pub(super) lexicon: &'c FigureWords,
    /// What is known of each group of characters.
    pub(super) rows: Rows<'c>,
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
fn taels(context: &Context) -> i64 {
    if context.date.is_some_and(|date| date.year() < TEN_TAELS) { 16 } else { TEN }
}

impl<'c> Text<'c> {
    /// A text of which no figure is known yet.
    pub(super) fn new(cells: &'c Cells, lexicon: &'c FigureWords, memo: &'c Memo, context: &Context) -> Self {
        Self {
            cells: &cells.list,
            labels: &cells.labels,
            lexicon,
            rows: lexicon.groups.rows(),
            role: context.role,
            floor: 0,
            memo,
            taels: taels(context),
        }
    }

    /// The numeral that starts at cell `at`; none where the cells there make no number.
    pub(super) fn numeral(&self, at: usize) -> Option<Numeral> {
        self.memo.read(self, at)
    }

    pub(super) fn ch(&self, at: usize) -> char {
        self.cells.get(at).map_or('\0', |cell| cell.ch)
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.cells.get(at).map_or(Kind::Other, |cell| cell.kind)
    }

    /// Those that the character at `at` is alike.
    #[inline]
    fn group(&self, at: usize) -> Group {
        self.cells.get(at).map_or(Group::NOTHING, |cell| cell.group)
    }

    /// The lists that the character at `at` is on.
    #[inline]
    pub(super) fn lists(&self, at: usize) -> Lists<'c> {
        self.rows.lists(self.group(at))
    }

    /// The patterns that the character at `at` may stand in.
    #[inline]
    pub(super) fn edges(&self, at: usize) -> Edges<'c> {
        self.rows.edges(self.group(at))
    }

    /// The cells of `range` with their places, from the last to the first.
    pub(super) fn backwards(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &'c Cell)> {
        let cells = self.cells.get(range.clone()).unwrap_or_default();
        range.zip(cells).rev()
    }

    /// The character before `at`, if the last figure does not own it.
    pub(super) fn ch_before(&self, at: usize) -> char {
        self.before(at, 1)
    }

    /// The character `back` cells before `at`, if the last figure does not own it.
    pub(super) fn before(&self, at: usize, back: usize) -> char {
        at.checked_sub(back).filter(|&k| k >= self.floor).map_or('\0', |k| self.ch(k))
    }

    /// True where a character of `set` stands at `at`.
    #[inline]
    pub(super) fn one_of(&self, at: usize, set: Set) -> bool {
        self.lists(at).has(set)
    }

    /// True where a character of `set` stands in front of `at` that the last figure does not own.
    pub(super) fn one_before(&self, at: usize, set: Set) -> bool {
        at.checked_sub(1).is_some_and(|before| before >= self.floor && self.one_of(before, set))
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
    #[inline]
    pub(super) fn word_at(&self, cue: Cue, at: usize) -> Option<usize> {
        self.lists(at).may_begin_cue(cue).then(|| self.word_of_cue(cue, at)).flatten()
    }

    fn word_of_cue(&self, cue: Cue, at: usize) -> Option<usize> {
        self.longest_unbroken(self.lexicon.cues.get(cue as usize)?, at).map(|(end, ())| end)
    }

    /// False where no word of `cue` begins with `cell`.
    #[inline]
    pub(super) fn may_start(&self, cue: Cue, cell: &Cell) -> bool {
        self.rows.lists(cell.group).may_begin_cue(cue)
    }

    /// Where the longest word of `cue`, read backwards, starts that ends in front of `at` and belongs to no earlier figure.
    #[inline]
    pub(super) fn word_before(&self, cue: Cue, at: usize) -> Option<usize> {
        let begins = self.lists(at.wrapping_sub(1)).may_begin_cue(cue);
        begins.then(|| self.word_of_cue_before(cue, at)).flatten()
    }

    fn word_of_cue_before(&self, cue: Cue, at: usize) -> Option<usize> {
        self.longest_before(self.lexicon.cues.get(cue as usize)?, at).map(|(start, ())| start)
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(k, c)| self.ch(at + k) == c)
    }

    /// True where a word of `cue`, read backwards, ends in front of `at` and belongs to no earlier figure.
    #[inline]
    pub(super) fn before_word(&self, cue: Cue, at: usize) -> bool {
        self.word_before(cue, at).is_some()
    }

    /// True where a word of `cue` begins at `at`.
    #[inline]
    pub(super) fn behind_word(&self, cue: Cue, at: usize) -> bool {
        self.word_at(cue, at).is_some()
    }

    /// The longest unit that starts at `at`: where it ends, and which it is.
    #[inline]
    pub(super) fn unit_at(&self, at: usize) -> Option<(usize, UnitId)> {
        self.longest(&self.lexicon.unit_words, at)
    }

    /// The longest word of an order that starts at `at`.
    pub(super) fn ordinal_at(&self, at: usize) -> Option<(usize, UnitId)> {
        self.longest(&self.lexicon.ordinals, at)
    }

    /// The longest modifier that starts at `at`, behind a number: where it ends, and how the number is meant.
    pub(super) fn bound_behind(&self, at: usize) -> Option<(usize, Bound)> {
        self.longest(&self.lexicon.after, at)
    }

    /// True where money stands at `at`.
    pub(super) fn money_at(&self, at: usize) -> bool {
        self.unit_at(at).is_some_and(|(_, id)| self.sort(id) == Some(UnitKind::Money))
    }

    /// True where what looks like a one-character unit at `at` begins a longer word: 支部, but not 支部队.
    pub(super) fn begins_word(&self, at: usize) -> bool {
        let longer = self.word_at(Cue::NotUnit, at).filter(|&end| end > at + 1);
        longer.is_some_and(|end| self.word_at(Cue::UnitKeep, at).is_none_or(|kept| kept < end))
    }

    /// True where a unit stands at `at` that is not the beginning of another word.
    pub(super) fn counted(&self, at: usize) -> bool {
        self.unit_sort(at).is_some()
    }

    /// The kind of the unit at `at`, where it is not the beginning of another word.
    pub(super) fn unit_sort(&self, at: usize) -> Option<UnitKind> {
        let (end, id) = self.unit_at(at)?;
        let word = end == at + 1 && self.begins_word(at);
        self.sort(id).filter(|_| !word)
    }

    pub(super) fn sort(&self, id: UnitId) -> Option<UnitKind> {
        self.lexicon.unit(id).map(|unit| unit.sort)
    }
}
