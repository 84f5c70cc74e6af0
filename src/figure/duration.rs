//! Lengths of time: chains of units (8天20小时, 3分42秒), halves (三年半), tenths of a second (9秒83).

use std::ops::Range;

use rust_decimal::Decimal;

use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Set, UnitKind};
use super::numeral::traits::PAIR;
use super::pattern::Pattern;
use super::quantity::Amount;
use super::text::Text;
use super::{Class, Value};

/// A unit, the next smaller one that may stand behind it, and how many of those it has. Days and hours are kept apart,
/// as are months and days.
const SMALLER: [(&str, &str, i64); 3] = [("年", "月", 12), ("小时", "分钟", 60), ("分钟", "秒", 60)];

impl Text<'_> {
    /// What a unit of time does to its number; none where it is no length of time.
    pub(super) fn duration(&self, draft: &mut DraftFigure, amount: &Amount) -> Option<()> {
        let UnitText::Cells(unit) = draft.unit.clone() else { return Some(()) };
        let plus_half = || amount.value.and_then(|value| value.plus_half());
        // 两个半月
        if self.past_pattern(Pattern::PieceAndHalf, amount.end) == Some(unit.start) {
            draft.value = plus_half().map(Value::Number);
            if self.is(unit.start, "月") {
                draft.unit = UnitText::Parted(amount.end..amount.end + 1, unit);
                draft.canonical = self.lexicon.unit_named("月");
            }
            return Some(());
        }
        match (self.ch(unit.start), unit.len()) {
            ('年', 1) if self.one_of(unit.end, Set::YearEnds) => return None,
            ('秒', 1) if self.parts_of_a_second(draft, amount, unit.end).is_some() => return Some(()),
            _ => {}
        }
        if let Some(end) = self.past_pattern(Pattern::HalfPast, unit.end) {
            draft.value = plus_half().map(Value::Number);
            draft.cells.end = end;
            return Some(());
        }
        self.chain(draft, unit);
        Some(())
    }

    /// 9秒83, 四十三秒二: tenths or hundredths of a second.
    fn parts_of_a_second(&self, draft: &mut DraftFigure, amount: &Amount, at: usize) -> Option<()> {
        let (end, part) = self.decimals_behind(at)?;
        draft.value = amount.value?.low.checked_add(part).map(Value::Number);
        draft.cells.end = end;
        Some(())
    }

    /// What stands behind `unit` in smaller units, the whole in the smallest: 4小时17分 is 257 分. Where a part has
    /// no fixed number of the next (a month of days) the whole has no value. None where nothing stands behind it.
    pub(super) fn chain(&self, draft: &mut DraftFigure, unit: Range<usize>) -> Option<()> {
        let mut end = unit.end;
        let mut last = self.time_unit(unit.start)?.1;
        let mut sum = match draft.value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        let mut smallest = unit.clone();
        while let Some((number, part)) = self.next_part(end) {
            let (part_end, name) = self.time_unit(part)?;
            let step = SMALLER.iter().find(|step| (step.0, step.1) == (last, name));
            sum = sum
                .zip(step)
                .and_then(|(sum, step)| sum.checked_mul(Decimal::from(step.2))?.checked_add(number));
            (end, last, smallest) = (part_end, name, part..part_end);
        }
        // 2分5秒38
        let parts = self.decimals_behind(end).filter(|_| end > unit.end && last == "秒");
        if let Some((parts_end, part)) = parts {
            sum = sum.and_then(|sum| sum.checked_add(part));
            end = parts_end;
        }
        if end == unit.end {
            return None;
        }
        draft.class = Class::Duration;
        draft.cells.end = end;
        draft.value = sum.map(Value::Number);
        draft.value_max = None;
        draft.unit = sum.map_or(UnitText::None, |_| UnitText::Cells(smallest));
        draft.canonical = sum.and_then(|_| self.lexicon.unit_named(last));
        Some(())
    }

    /// The next part of a chain behind `at`: its number, and where its unit starts.
    fn next_part(&self, at: usize) -> Option<(Decimal, usize)> {
        let number = self.past_pattern(Pattern::TimeLink, at).unwrap_or(at);
        let numeral = self.numeral(number).filter(|numeral| numeral.lacks(PAIR))?;
        self.time_unit(numeral.end)?;
        Some((numeral.value?.low, numeral.end))
    }

    /// The unit of time at `at`: where it ends, and its canonical name. 月 and 分 are such units in a chain only.
    fn time_unit(&self, at: usize) -> Option<(usize, &str)> {
        if let Some(end) = self.char_at(at, '月') {
            return Some((end, "月"));
        }
        if let Some(end) = self.past_pattern(Pattern::ChainedMinutes, at) {
            return Some((end, "分钟"));
        }
        let (end, id) = self.unit_at(at)?;
        let unit = self.lexicon.unit(id).filter(|unit| unit.sort == UnitKind::Duration)?;
        Some((end, &*unit.canonical))
    }
}
