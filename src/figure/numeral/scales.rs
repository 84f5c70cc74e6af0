//! Scale words: 十 百 千 multiply within a section of four places, 万 亿 兆 close one.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::span::{Span, power};
use super::{Literal, Reader};
use crate::figure::cells::Cell;
use crate::figure::figure_words::Set;
use crate::figure::pattern::Pattern;
use crate::figure::words::{Kind, scale};

/// The exponent of 万, from which on a scale closes a section.
pub(super) const MYRIAD: u32 = 4;

/// Two tens and more that have a word of their own.
const TENS: [(char, i64); 3] = [('廿', 20), ('卅', 30), ('卌', 40)];

impl Reader<'_> {
    /// 十 百 千, 廿 卅 卌, 万 亿 兆.
    pub(super) fn scale(&mut self, cell: &Cell) -> bool {
        if self.begins_unit() {
            return false;
        }
        self.formal_scales += usize::from(cell.kind == Kind::FormalScale);
        if let Some((_, tens)) = TENS.into_iter().find(|tens| tens.0 == cell.ch) {
            return self.tens(cell, tens);
        }
        // A bare 兆 measures memory; it is a number only among numerals or in front of money.
        let memory = cell.ch == '兆' && !self.near.fits(Pattern::Trillion, self.at..self.at);
        let Some(exponent) = scale(cell.ch).filter(|_| !memory) else { return false };
        let done = if exponent < MYRIAD { self.small(exponent) } else { self.big(exponent) };
        // A blank parts two numbers, as the columns of a table.
        let breaks = self.at > self.from && !cell.gap;
        self.broken |= !done && breaks;
        if done {
            self.zero = false;
            self.past_scale(exponent);
        }
        done
    }

    /// True for 千 of 千米 and the like: the scale begins a unit.
    fn begins_unit(&self) -> bool {
        let unit = || self.near.unit_at(self.at).is_some_and(|(end, _)| end > self.at + 1);
        self.one_of(self.at, Set::Multipliers) && unit()
    }

    /// Goes on behind the scale word of that exponent.
    pub(super) fn past_scale(&mut self, exponent: u32) {
        self.last = exponent;
        self.scales += 1;
        self.chinese += 1;
        self.at += 1;
    }

    /// 廿, 卅 and 卌.
    fn tens(&mut self, cell: &Cell, tens: i64) -> bool {
        if self.literal.is_some() || self.section_limit <= 1 {
            // 廿卅
            self.broken |= self.last == 1 && !cell.gap;
            return false;
        }
        self.add(Span::of(Decimal::from(tens)));
        self.section_limit = 1;
        self.past_scale(1);
        true
    }

    /// What is multiplied by a small scale of that exponent; none where it makes no number.
    fn coefficient(&mut self, exponent: u32) -> Option<Span> {
        match self.literal {
            Some(Literal { value: Some(value), .. }) => Some(value),
            Some(_) => {
                self.too_long = true;
                Some(Span::ZERO)
            }
            None if self.more => None,
            None if self.at == self.from => {
                self.bare = exponent > 1;
                Some(Span::ONE)
            }
            // 一百十六, 一万零百一十一; but 百千 is no number.
            None if exponent < self.section_limit => (exponent == 1 || self.zero).then_some(Span::ONE),
            None => None,
        }
    }

    pub(super) fn small(&mut self, exponent: u32) -> bool {
        if self.few {
            return false;
        }
        let Some(coefficient) = self.coefficient(exponent) else { return false };
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
        let plain = (self.zero, self.pair, self.group_count) == (false, false, 0);
        let single = coefficient.low < Decimal::TEN && self.last >= 2;
        let Some(more) = rises.filter(|_| plain && single) else { return false };
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
            let under = match below.cmp(&exponent) {
                Ordering::Less => true,
                Ordering::Equal => !any,
                Ordering::Greater => false,
            };
            if !under {
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
        let state = (exponent, self.last, self.zero, self.group_count);
        let single = self.literal.filter(|literal| literal.digits == 1).and_then(|literal| literal.value);
        let beside = single.filter(|_| state == (MYRIAD, MYRIAD - 1, false, 0));
        let ends = match (beside, self.groups.get(..self.group_count)) {
            (Some(value), _) => value
                .times(factor)
                .map(|other| (self.section, other))
                .filter(|(low, high)| low.low < high.low),
            (None, Some(&[(first, scale)])) if scale == exponent => {
                let other = self.rest().and_then(|rest| rest.times(factor));
                other.map(|other| (first, other)).filter(|(first, other)| first.low != other.low)
            }
            _ => None,
        };
        let Some((first, second)) = ends else { return false };
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
        self.section.plus(literal).filter(|rest| !(rest.is_zero() || self.zero))
    }

    pub(super) fn add(&mut self, value: Span) {
        match self.section.plus(value) {
            Some(sum) => self.section = sum,
            None => self.too_long = true,
        }
    }
}
