//! Scale words: 十 百 千 multiply within a section of four places, 万 亿 兆 close one.

use crate::figure::figure_words::Set;
use rust_decimal::Decimal;

use super::Reader;
use super::span::{Span, power};
use crate::figure::cells::Cell;
use crate::figure::chars::{Kind, scale};

impl Reader<'_> {
    /// 十 百 千, 廿 卅 卌, 万 亿 兆.
    pub(super) fn scale(&mut self, cell: &Cell) -> bool {
        let multiplies = self.lexicon.has(Set::Multipliers, cell.ch);
        if multiplies && self.lexicon.unit_at(self.cells, self.at).is_some_and(|(end, _)| end > self.at + 1) {
            return false;
        }
        let tens = match cell.ch {
            '廿' => 2,
            '卅' => 3,
            '卌' => 4,
            _ => 0,
        };
        self.formal_scales += usize::from(cell.kind == Kind::FormalScale);
        if tens > 0 {
            if self.literal.is_some() || self.section_limit <= 1 {
                // 廿卅
                self.broken |= self.last == 1 && !cell.gap;
                return false;
            }
            self.add(Span::of(Decimal::from(tens * 10)));
            self.section_limit = 1;
            self.last = 1;
            self.scales += 1;
            self.chinese += 1;
            self.at += 1;
            return true;
        }
        let Some(exponent) = scale(cell.ch) else { return false };
        // A bare 兆 measures memory; it is a number only among numerals or in front of money.
        if cell.ch == '兆' && !self.trillion() {
            return false;
        }
        let done = if exponent < 4 { self.small(exponent) } else { self.big(exponent) };
        // A blank parts two numbers, as the columns of a table.
        self.broken |= !done && self.at > self.from && !cell.gap;
        if done {
            self.last = exponent;
            self.zero = false;
            self.scales += 1;
            self.chinese += 1;
            self.at += 1;
        }
        done
    }

    fn trillion(&self) -> bool {
        let next = self.at + 1;
        self.kind(next).is_numeric() || self.lexicon.money_at(self.cells, next) || self.ch(next) == '个'
    }

    pub(super) fn small(&mut self, exponent: u32) -> bool {
        if self.few || (self.more && self.literal.is_none()) {
            return false;
        }
        let coefficient = match self.literal {
            Some(literal) => match literal.value {
                Some(value) => value,
                None => {
                    self.too_long = true;
                    Span::ZERO
                }
            },
            None if self.at == self.from => {
                self.bare = exponent > 1;
                Span::ONE
            }
            // 一百十六, 一万零百一十一; but 百千 is no number.
            None if exponent < self.section_limit && (exponent == 1 || self.zero) => Span::ONE,
            None => return false,
        };
        if exponent >= self.section_limit {
            return self.or_more(coefficient, exponent);
        }
        if self.spells_digits() {
            self.broken = true;
            return false;
        }
        self.literal = None;
        match coefficient.times(power(exponent)) {
            Some(value) => self.add(value),
            None => self.too_long = true,
        }
        self.section_limit = exponent;
        true
    }

    /// True behind three Chinese digits or more, which are the digits of a number and no number of hundreds: 一二三百.
    fn spells_digits(&self) -> bool {
        const MOST: usize = 2;
        let last = self.at.checked_sub(1).map_or(Kind::Other, |last| self.kind(last));
        last.is_chinese() && self.literal.is_some_and(|literal| literal.digits > MOST)
    }

    /// 三千五千, 八百一千: two numbers side by side, the ends of a range.
    fn or_more(&mut self, coefficient: Span, exponent: u32) -> bool {
        let rises = coefficient.times(power(exponent)).filter(|more| more.low > self.section.high);
        let single = coefficient.low < Decimal::TEN && self.last >= 2 && !self.zero && !self.pair;
        let Some(more) = rises.filter(|_| single && self.group_count == 0) else { return false };
        self.literal = None;
        self.section.high = more.high;
        self.section_limit = 0;
        self.pair = true;
        true
    }

    pub(super) fn big(&mut self, exponent: u32) -> bool {
        if self.alternative(exponent) {
            return true;
        }
        let mut sum = self.section;
        let mut any = self.section_limit < 4;
        if let Some(literal) = self.literal.take() {
            any = true;
            match literal.value.and_then(|value| sum.plus(value)) {
                Some(value) => sum = value,
                None => self.too_long = true,
            }
        }
        // What stands under a smaller scale is multiplied too: 一万五千亿, 万万.
        while let Some(&(value, below)) =
            self.group_count.checked_sub(1).and_then(|last| self.groups.get(last))
        {
            let again = below == exponent && !any;
            if below > exponent || (below == exponent && !again) {
                break;
            }
            match sum.plus(value) {
                Some(value) => sum = value,
                None => self.too_long = true,
            }
            any = true;
            self.group_count -= 1;
        }
        if !any {
            if self.at > self.from {
                return false;
            }
            self.bare = true;
            sum = Span::ONE;
        }
        let factor = power(exponent);
        let Some(product) = sum.times(factor) else {
            self.too_long = true;
            return self.group_count < self.groups.len();
        };
        self.tail = Some((sum, factor));
        if let Some(slot) = self.groups.get_mut(self.group_count) {
            *slot = (product, exponent);
            self.group_count += 1;
        } else {
            return false;
        }
        self.section = Span::ZERO;
        self.section_limit = 4;
        true
    }

    /// 五千一万, 十万八万, 十万二十万: two numbers side by side, the ends of a range. 5001 万 would have a 零.
    fn alternative(&mut self, exponent: u32) -> bool {
        let factor = power(exponent);
        let literal = self.literal.and_then(|literal| literal.value.filter(|_| literal.digits == 1));
        let beside =
            literal.filter(|_| exponent == 4 && self.last == 3 && !self.zero && self.group_count == 0);
        let again = match self.groups.get(..self.group_count) {
            Some(&[(value, scale)]) if scale == exponent => Some(value),
            _ => None,
        };
        let ends = match (beside, again) {
            (Some(value), _) => value.times(factor).map(|other| (self.section, other)),
            (None, Some(first)) => {
                self.rest().and_then(|rest| rest.times(factor)).map(|other| (first, other))
            }
            (None, None) => None,
        };
        let Some((first, second)) = ends.filter(|(first, second)| {
            first.low < second.low && beside.is_some() || again.is_some() && first.low != second.low
        }) else {
            return false;
        };
        let span = Span { low: first.low.min(second.low), high: first.high.max(second.high) };
        self.pair = true;
        self.literal = None;
        self.section = Span::ZERO;
        self.section_limit = 4;
        self.group_count = 0;
        if let Some(slot) = self.groups.first_mut() {
            *slot = (span, exponent);
            self.group_count = 1;
        }
        self.tail = None;
        true
    }

    /// What was read since the last 万 or 亿, where there is something.
    fn rest(&self) -> Option<Span> {
        let literal = match self.literal {
            Some(literal) => literal.value?,
            None => Span::ZERO,
        };
        self.section.plus(literal).filter(|rest| !rest.is_zero() && !self.zero)
    }

    pub(super) fn add(&mut self, value: Span) {
        match self.section.plus(value) {
            Some(sum) => self.section = sum,
            None => self.too_long = true,
        }
    }
}
