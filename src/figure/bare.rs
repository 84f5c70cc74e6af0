//! Halves, short years, and numbers with nothing beside them that says what they are.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::chars::{Kind, digit};
use super::date::Point;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitKind};
use super::name::Name;
use super::numeral::Numeral;
use super::scan::Step;
use super::text::Text;
use super::{Bound, Class, Value};
use crate::page::Role;

/// The years that four digits by themselves can be.
const YEARS: RangeInclusive<i32> = 1840..=2100;

/// How many digits a number has that identifies, where nothing stands beside it.
const LONG: usize = 5;

impl Text<'_> {
    /// 一半: one half of a whole.
    pub(super) fn one_half(&self, at: usize) -> Option<DraftFigure> {
        let mut draft = DraftFigure::new(at..at + 2, Class::Ratio);
        draft.value = Some(Value::Fraction(Decimal::ONE, Decimal::TWO));
        self.is(at, "一半").then(|| {
            self.modifiers(&mut draft, false);
            draft
        })
    }

    /// 半年, 半个小时, 半成: one half of a length of time or a weight.
    pub(super) fn half(&self, at: usize) -> Step {
        if matches!(self.word(at), Some(Name::Ordinary(_))) || self.one_before(at, Set::BeforeHalf) {
            return Step::Skip(at + 1);
        }
        let from = at + 1;
        let Some((end, id)) = self.lexicon.unit_at(self.cells, from) else { return Step::Skip(from) };
        let sort = self.sort(id);
        let tenths = self.ch(from) == '成' && self.lexicon.cue_at(Cue::NotUnit, self.cells, from).is_none();
        let weighed =
            matches!(sort, Some(UnitKind::Duration)) && self.ch(from) != '天' && self.ch(from) != '日';
        if !(tenths || weighed || (sort == Some(UnitKind::Measure) && self.one_of(from, Set::Halved))) {
            return Step::Skip(from);
        }
        let mut draft = DraftFigure::new(at..end, sort.map_or(Class::Measure, UnitKind::class));
        draft.value = Some(Value::Number(if tenths { Decimal::from(5) } else { Decimal::new(5, 1) }));
        draft.unit = UnitText::Cells(from..end);
        draft.canonical = Some(id);
        draft.sort = sort;
        if self.ch(end) == '多' {
            draft.bound = Bound::Over;
            draft.cells.end = end + 1;
        }
        self.modifiers(&mut draft, false);
        Step::Found(draft)
    }

    /// ’22 for 2022.
    pub(super) fn short_year(&self, at: usize) -> Option<DraftFigure> {
        let apostrophe = self.one_before(at, Set::Apostrophes);
        let two = self.cells.get(at..at + 2)?.iter().all(|cell| cell.kind == Kind::Digit);
        if !apostrophe || !two || self.kind(at + 2).is_numeric() || self.ch(at + 2) == '.' {
            return None;
        }
        let year = self
            .cells
            .get(at..at + 2)?
            .iter()
            .filter_map(|cell| digit(cell.ch))
            .fold(0, |year, d| year * 10 + i32::from(d));
        let mut date = DraftFigure::new(at - 1..at + 2, Class::Date);
        date.point = Some(Box::new((Point { year: Some(year), short: true, ..Point::default() }, None)));
        Some(date)
    }

    /// A number with nothing beside it: a year, a number that identifies, or just a number.
    pub(super) fn bare(&self, at: usize, mut draft: DraftFigure) -> Step {
        let end = draft.cells.end;
        let Some(numeral) = self.numeral(at) else { return Step::Skip(at + 1) };
        let plain = numeral.arabic && !numeral.decimal && !numeral.grouped && draft.cells.start == at;
        if let Some(end) = self.glued_word(end) {
            return Step::Skip(end);
        }
        if let Some(year) = self.bare_year(&numeral).filter(|_| plain) {
            let mut date = DraftFigure::new(at..end, Class::Date);
            date.point = Some(Box::new((Point { year: Some(year), ..Point::default() }, None)));
            return Step::Found(date);
        }
        // — 2 —: the number of a page.
        if self.is_page_number(at, end) || plain && self.is_cell(at, end, &numeral) {
            return Step::Skip(end);
        }
        if plain && (numeral.leading_zero || numeral.digits >= LONG) {
            return Step::Found(DraftFigure::new(at..self.past_exchange(end), Class::Identifier));
        }
        if numeral.leading_zero {
            return Step::Skip(end);
        }
        draft.bare = false;
        Step::Found(draft)
    }

    /// Where the Latin word ends that a number runs into at `at`.
    fn glued_word(&self, at: usize) -> Option<usize> {
        let latin = |at: usize| matches!(self.kind(at), Kind::Letter | Kind::Digit) && self.glued(at);
        let run = (at..self.cells.len()).take_while(|&at| latin(at)).count();
        (self.kind(at) == Kind::Letter && run > 0).then_some(at + run)
    }

    /// Four digits that are a year.
    fn bare_year(&self, numeral: &Numeral) -> Option<i32> {
        let value = numeral.value.and_then(|value| i32::try_from(value.low).ok());
        value.filter(|value| numeral.digits == 4 && YEARS.contains(value))
    }

    /// A number beside another in a table says nothing: 农业 8800 4.1%, 制造业 12500 3.2%.
    fn is_cell(&self, at: usize, end: usize, numeral: &Numeral) -> bool {
        let parted = |at: usize| self.cells.get(at).is_none_or(|cell| cell.gap);
        let next = self.kind(end).is_numeric() || self.one_of(end, Set::CellSigns);
        let beside = next && end < self.cells.len() && (at == 0 || parted(at));
        let long = !numeral.leading_zero && numeral.digits >= LONG && at > 0 && parted(at);
        self.role == Role::Body && parted(end) && (beside || long)
    }

    /// Behind the name of the exchange that a share is traded at: 00388.HK.
    fn past_exchange(&self, end: usize) -> usize {
        let named = self.ch(end) == '.' && (end + 1..end + 3).all(|k| self.kind(k) == Kind::Letter);
        if named { end + 3 } else { end }
    }
}
