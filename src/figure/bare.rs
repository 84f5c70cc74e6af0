//! Halves, short years, and numbers with nothing beside them that says what they are.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::date::Point;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::UnitKind;
use super::name::Name;
use super::numeral::Numeral;
use super::numeral::traits::{ARABIC, DECIMAL, GROUPED, LEADING_ZERO};
use super::pattern::Pattern;
use super::scan::Step;
use super::text::Text;
use super::words::{Kind, digit};
use super::{Bound, Class, Value};
use crate::page::Role;

/// The years that four digits by themselves can be.
const YEARS: RangeInclusive<i32> = 1840..=2100;

/// How many digits a number has that identifies, where nothing stands beside it.
const LONG: usize = 5;

impl Text<'_> {
    /// 一半: one half of a whole.
    pub(super) fn one_half(&self, at: usize) -> Option<DraftFigure> {
        self.is(at, "一半").then(|| {
            let mut draft = DraftFigure::new(at..at + 2, Class::Ratio);
            draft.value = Some(Value::Fraction(Decimal::ONE, Decimal::TWO));
            self.modifiers(&mut draft, false);
            draft
        })
    }

    /// 半年, 半个小时, 半成: one half of a length of time or a weight.
    pub(super) fn half(&self, at: usize) -> Step {
        if let Some(Name::Ordinary(_)) = self.word(at) {
            return Step::Skip(at + 1);
        }
        let Some(half) = self.around(Pattern::Half, at..at) else { return Step::Skip(at + 1) };
        let from = at + 1;
        let Some((end, id)) = self.unit_at(from) else { return Step::Skip(from) };
        let sort = self.sort(id);
        let tenths = self.ch(from) == '成';
        let mut draft = DraftFigure::new(half.start..end, sort.map_or(Class::Measure, UnitKind::class));
        draft.value = Some(Value::Number(if tenths { Decimal::from(5) } else { Decimal::new(5, 1) }));
        draft.unit = UnitText::Cells(from..end);
        draft.canonical = Some(id);
        draft.sort = sort;
        if let Some(end) = self.char_at(end, '多') {
            draft.bound = Bound::Over;
            draft.cells.end = end;
        }
        self.modifiers(&mut draft, false);
        Step::Found(draft)
    }

    /// ’22 for 2022.
    pub(super) fn short_year(&self, at: usize) -> Option<DraftFigure> {
        let cells = self.around(Pattern::ShortYear, at..at)?;
        let digits = (at..cells.end).filter_map(|at| digit(self.ch(at)));
        let year = digits.fold(0, |year, d| year * 10 + i32::from(d));
        let mut date = DraftFigure::new(cells, Class::Date);
        date.point = Some(Box::new((Point { year: Some(year), short: true, ..Point::default() }, None)));
        Some(date)
    }

    /// A number with nothing beside it: a year, a number that identifies, or just a number.
    pub(super) fn bare(&self, at: usize, mut draft: DraftFigure) -> Step {
        let end = draft.cells.end;
        let Some(numeral) = self.numeral(at) else { return Step::Skip(at + 1) };
        let plain = numeral.is(ARABIC, DECIMAL | GROUPED) && draft.cells.start == at;
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
        let zero = numeral.has(LEADING_ZERO);
        match (plain, zero, numeral.digits) {
            (true, true, _) | (true, _, LONG..) => {
                let end = self.past_pattern(Pattern::Exchange, end).unwrap_or(end);
                Step::Found(DraftFigure::new(at..end, Class::Identifier))
            }
            (false, true, _) => Step::Skip(end),
            _ => {
                draft.bare = false;
                Step::Found(draft)
            }
        }
    }

    /// Where the Latin word ends that a number runs into at `at`.
    fn glued_word(&self, at: usize) -> Option<usize> {
        let letters = self.kind_at(at, Kind::Letter).filter(|_| self.glued(at))?;
        let of_word = |at: &usize| [Kind::Letter, Kind::Digit].contains(&self.kind(*at));
        let run = (letters..self.cells.len()).take_while(of_word).take_while(|&at| self.glued(at));
        Some(run.last().map_or(letters, |last| last + 1))
    }

    /// Four digits that are a year.
    fn bare_year(&self, numeral: &Numeral) -> Option<i32> {
        let value = numeral.value.and_then(|value| i32::try_from(value.low).ok());
        value.filter(|value| numeral.digits == 4 && YEARS.contains(value))
    }

    /// A number beside another in a table says nothing: 农业 8800 4.1%, 制造业 12500 3.2%.
    fn is_cell(&self, at: usize, end: usize, numeral: &Numeral) -> bool {
        let parted = |at: usize| self.cells.get(at).is_none_or(|cell| cell.gap);
        if self.role != Role::Body || !parted(end) {
            return false;
        }
        let beside = self.fits(Pattern::NextCellBegins, at..end);
        match (at, parted(at)) {
            (0, _) => beside,
            (_, true) => beside || numeral.lacks(LEADING_ZERO) && numeral.digits >= LONG,
            _ => false,
        }
    }
}
