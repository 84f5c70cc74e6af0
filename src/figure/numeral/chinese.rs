//! Runs of Chinese digits: 三, 二〇二一, and pairs that mean a range.

use rust_decimal::Decimal;

use super::span::Span;
use super::{Literal, Reader};
use crate::figure::chars::{Kind, digit};
use crate::figure::figure_words::{Cue, UnitKind};

impl Reader<'_> {
    /// A run of Chinese digits.
    pub(super) fn chinese(&mut self) -> bool {
        if self.literal.is_some() || self.few || self.follows_a_fraction() {
            return false;
        }
        let start = self.at;
        let mut end = self.digits_end(start);
        let cells = self.cells;
        let value_at = |at: usize| cells.get(at).and_then(|cell| digit(cell.ch)).unwrap_or(0);
        if end == start || self.is_price(start, end) {
            return false;
        }
        // 三千五一个月: one month costs 3500.
        if start > self.from && end == start + 2 && value_at(start) > 0 && self.is_price(start + 1, end) {
            end -= 1;
        }
        let formal = cells.get(start..end).unwrap_or_default();
        self.formal_digits += formal.iter().filter(|cell| cell.kind == Kind::Formal).count();
        let mut first = start;
        if start > self.from && !self.spells_out(start, end) {
            // 零 between two scales only says that one is missing.
            while first < end && value_at(first) == 0 {
                first += 1;
                self.zero = true;
            }
            if first == end {
                if !matches!(self.kind(end), Kind::Digit | Kind::Scale | Kind::FormalScale)
                    && self.ch(end) != '几'
                {
                    return false;
                }
                self.at = end;
                return true;
            }
        }
        let count = end - first;
        let pair =
            |high: usize| Span { low: Decimal::from(value_at(first)), high: Decimal::from(value_at(high)) };
        let literal = if let Some(second) = self.paused_pair(first, end) {
            self.pair = true;
            end = second + 1;
            Literal { value: Some(pair(second)), digits: 2 }
        } else if count == 1 {
            Literal { value: Some(Span::of(Decimal::from(value_at(first)))), digits: 1 }
        } else if count == 2 && is_pair(value_at(first), value_at(first + 1)) {
            self.pair = true;
            Literal { value: Some(pair(first + 1)), digits: 2 }
        } else {
            let mut value = Some(0_i128);
            for at in first..end {
                value = value.and_then(|v| v.checked_mul(10)?.checked_add(i128::from(value_at(at))));
            }
            let value = value.and_then(|v| Decimal::try_from_i128_with_scale(v, 0).ok());
            Literal { value: value.map(Span::of), digits: count }
        };
        if start > self.from && count > 2 {
            if !self.spells_out(start, end) {
                return false;
            }
            self.spell_out_before();
        }
        self.leading_zero |= start == self.from && value_at(start) == 0 && count > 1;
        self.chinese += count;
        self.literals += 1;
        self.literal = Some(literal);
        self.at = end;
        true
    }

    /// Where the run of Chinese digits ends that starts at `start`.
    fn digits_end(&self, start: usize) -> usize {
        let apart = self.apart_year(start);
        let mut end = start;
        while let Some(cell) = self.cell(end) {
            let digit_like = matches!(cell.kind, Kind::Numeral | Kind::Formal)
                || (end > start && is_zero(cell.ch) && self.zero_inside(end));
            if !digit_like || self.is_tael(start, end) || (end > start && cell.gap && !apart) {
                break;
            }
            end += 1;
        }
        end
    }

    /// True for a 0 that was typed among Chinese digits: 二0二三年, 一九九0年.
    fn zero_inside(&self, at: usize) -> bool {
        let zeros = self.cells.get(at..).unwrap_or_default().iter().take(4);
        let end = at + zeros.take_while(|cell| is_zero(cell.ch)).count();
        self.kind(end) == Kind::Numeral || self.ch(end) == '年'
    }

    /// True where the digits of a year stand apart, as all of the text does: 二 〇 二 三 年.
    fn apart_year(&self, start: usize) -> bool {
        let gap = |at: usize| self.cell(at).is_some_and(|cell| cell.gap);
        (1..=4).all(|k| gap(start + k)) && self.ch(start + 4) == '年'
    }

    /// True for the weight 两, false for the number: 两 begins a number (两百) or a pair (一两个, 两三百).
    fn is_tael(&self, start: usize, at: usize) -> bool {
        if self.ch(at) != '两' {
            return false;
        }
        let counts = |at: usize| self.counted(at) && !self.lexicon.begins_word(self.cells, at);
        let scaled = matches!(self.kind(at + 1), Kind::Scale | Kind::FormalScale);
        match at - start {
            // 一两个, 一两百; but 一两银子.
            1 if self.ch(start) == '一' && self.at == self.from => !(scaled || counts(at + 1)),
            0 if start == self.from => false,
            // 三千两百, 一万两三千; but 三千两.
            0 => !(scaled || (self.ch(at + 1) == '三' && self.kind(at + 2) == Kind::Scale)),
            _ => true,
        }
    }

    /// True for the one unit that a price is paid for: 八百一吨, 14万一套. The price ends in front of it.
    fn is_price(&self, start: usize, end: usize) -> bool {
        let one = start > self.from && end == start + 1 && self.ch(start) == '一' && self.last >= 2;
        let unit = || {
            self.lexicon.unit_at(self.cells, end).and_then(|(unit_end, id)| {
                let word = unit_end == end + 1 && self.lexicon.begins_word(self.cells, end);
                self.lexicon.unit(id).map(|unit| unit.sort).filter(|_| !word)
            })
        };
        one && !self.zero && unit().is_some_and(UnitKind::is_sold)
    }

    /// 七、八个, 二、三十斤: the second of two neighbouring digits that a pause parts and that mean a range.
    fn paused_pair(&self, first: usize, end: usize) -> Option<usize> {
        let second = end + 1;
        let single = end == first + 1 && self.ch(end) == '、' && self.kind(second) == Kind::Numeral;
        let behind = second + 2;
        let tael = self.ch(second + 1) == '两' && !(self.counted(behind) || self.kind(behind).is_numeric());
        let more = self.kind(second + 1) == Kind::Numeral;
        if !single || more != tael || self.kind(second + 1) == Kind::Pause {
            return None;
        }
        let value = |at: usize| digit(self.ch(at)).unwrap_or(0);
        let before = self.from.checked_sub(1);
        let ordinal = before.is_some_and(|k| self.ch(k) == '第');
        let marker = self.ch(first) == '一' && first == self.from && self.before_is_boundary();
        let names = !tael && self.lexicon.cue_at(Cue::ListedNumber, self.cells, second + 1).is_some();
        let counted =
            matches!(self.kind(second + 1), Kind::Scale | Kind::FormalScale) || self.counted(second + 1);
        let range = is_pair(value(first), value(second)) && !(ordinal || marker || names);
        (range && counted).then_some(second)
    }

    /// True for a run of four digits behind 万 that spells out what is left: 五八万六〇一九户.
    fn spells_out(&self, start: usize, end: usize) -> bool {
        self.last == 4 && end - start == 4 && self.group_count == 1 && self.section_limit == 4
    }

    /// What stands before digits that are spelled out is spelled out too: 五六万 is 56 there, no range.
    fn spell_out_before(&mut self) {
        if let Some((value, _)) = self.groups.first_mut().filter(|_| self.pair) {
            *value = Span::of(value.spelled(true));
            self.pair = false;
        }
    }
}

/// True for two digits that together mean "from this to that": 三五, 七八, 一两.
fn is_pair(first: u8, second: u8) -> bool {
    first > 0 && (second == first + 1 || (first, second) == (3, 5))
}

/// A zero that was typed for 〇.
fn is_zero(c: char) -> bool {
    matches!(c, '0' | 'O' | 'o')
}
