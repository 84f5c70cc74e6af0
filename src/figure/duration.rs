//! Lengths of time: chains of units (8天20小时, 3分42秒), halves (三年半), tenths of a second (9秒83).

use std::ops::Range;

use rust_decimal::Decimal;

use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Set, UnitKind};
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
        if unit.start == amount.end + 2 && self.ch(amount.end + 1) == '半' {
            draft.value = plus_half().map(Value::Number);
            if self.is(unit.start, "月") {
                draft.unit = UnitText::Parted(amount.end..amount.end + 1, unit);
                draft.canonical = self.lexicon.unit_named("月");
            }
            return Some(());
        }
        let single = unit.end == unit.start + 1;
        if single && self.is(unit.start, "年") && self.one_of(unit.end, Set::YearEnds) {
            return None;
        }
        if single && self.is(unit.start, "秒") && self.parts_of_a_second(draft, amount, unit.end).is_some() {
            return Some(());
        }
        if self.ch(unit.end) == '半' && self.ch(unit.end + 1) != '数' {
            draft.value = plus_half().map(Value::Number);
            draft.cells.end = unit.end + 1;
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
            let step = SMALLER.iter().find(|step| step.0 == last && step.1 == name);
            sum = sum
                .zip(step)
                .and_then(|(sum, step)| sum.checked_mul(Decimal::from(step.2))?.checked_add(number));
            (end, last, smallest) = (part_end, name, part..part_end);
        }
        // 2分5秒38
        if end > unit.end && last == "秒" {
            let parts = self.numeral(end).filter(|parts| parts.arabic && parts.digits <= 2);
            if let Some(parts) = parts.filter(|parts| self.lexicon.unit_at(self.cells, parts.end).is_none()) {
                let scale = if parts.digits == 1 { Decimal::TEN } else { Decimal::ONE_HUNDRED };
                let part = parts.value.and_then(|value| value.low.checked_div(scale));
                sum = sum.zip(part).and_then(|(sum, part)| sum.checked_add(part));
                end = parts.end;
            }
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
        let link = usize::from(self.one_of(at, Set::TimeLinks));
        let link = link + usize::from(link == 1 && self.ch(at + link) == '又');
        let numeral = self.numeral(at + link).filter(|numeral| !numeral.pair)?;
        self.time_unit(numeral.end)?;
        Some((numeral.value?.low, numeral.end))
    }

    /// The unit of time at `at`: where it ends, and its canonical name. 月 and 分 are such units in a chain only.
    fn time_unit(&self, at: usize) -> Option<(usize, &str)> {
        match self.ch(at) {
            '月' => return Some((at + 1, "月")),
            '分' if self.ch(at + 1) != '之' && self.ch(at + 1) != '钟' => return Some((at + 1, "分钟")),
            _ => {}
        }
        let (end, id) = self.lexicon.unit_at(self.cells, at)?;
        let unit = self.lexicon.unit(id).filter(|unit| unit.sort == UnitKind::Duration)?;
        Some((end, &*unit.canonical))
    }
}
