//! Arabic digits, with thousands separators, a decimal point, and the blanks that an OCR program put in.

use crate::figure::figure_words::Set;
use rust_decimal::Decimal;

use super::span::{Span, power};
use super::{Literal, Reader};
use crate::figure::chars::{Kind, digit};

impl Reader<'_> {
    /// Arabic digits with separators and a decimal point.
    pub(super) fn arabic(&mut self) -> bool {
        if self.literal.is_some() || (self.few && self.at > self.from) || self.follows_a_fraction() {
            return false;
        }
        let start = self.at;
        let (mut mantissa, mut fits, mut digits, mut fraction) = (0_i128, true, 0_usize, 0_u32);
        let mut point = false;
        let mut at = start;
        let mut wide = true;
        while let Some(cell) = self.cell(at) {
            let spaced = self.spaced_point(start, at);
            if at > start && cell.gap && !(fraction == 0 && point) && !spaced && !self.parted(start, at) {
                break;
            }
            match cell.kind {
                Kind::Digit => {
                    let value = i128::from(digit(cell.ch).unwrap_or(0));
                    wide &= cell.length > 1;
                    // No decimal holds more than 29 digits; leading zeros are none.
                    fits &= mantissa < 10_i128.pow(29);
                    if fits {
                        mantissa = mantissa * 10 + value;
                    }
                    digits += 1;
                    fraction += u32::from(point);
                    at += 1;
                }
                Kind::Clause if cell.ch == ',' && !point && self.thousands(at, start, digits, wide) => {
                    self.grouped = true;
                    at += 1;
                }
                Kind::Other
                    if self.lexicon.has(Set::Points, cell.ch) && !point && (spaced || self.point(at)) =>
                {
                    point = true;
                    self.decimal = true;
                    at += 1;
                }
                _ => break,
            }
        }
        if digits == 0 {
            return false;
        }
        self.leading_zero |=
            start == self.from && self.ch(start) == '0' && digits > 1 && self.kind(start + 1) == Kind::Digit;
        let value = if fits && fraction <= 28 {
            Decimal::try_from_i128_with_scale(mantissa, fraction).ok()
        } else {
            None
        };
        self.literals += 1;
        self.literal = Some(Literal { value: value.map(Span::of), digits });
        self.at = at;
        true
    }

    /// Notes that more digits behind the scale of a decimal make no number: 1.5万5千, 2.5百3.
    pub(super) fn follows_a_fraction(&mut self) -> bool {
        self.broken |= self.decimal;
        self.decimal
    }

    /// True for the decimal point of a number whose characters all stand apart: 5 . 6 万 元.
    fn spaced_point(&self, start: usize, at: usize) -> bool {
        let gap = |at: usize| self.cell(at).is_some_and(|cell| cell.gap);
        let point = self.ch(at) == '.' && (start + 1..=at + 1).all(gap) && self.kind(at + 1) == Kind::Digit;
        let end = at
            + 1
            + self
                .cells
                .get(at + 1..)
                .unwrap_or_default()
                .iter()
                .take(4)
                .take_while(|cell| cell.kind == Kind::Digit)
                .count();
        point && gap(end) && (self.counted(end) || self.ch(end) == '%')
    }

    /// True for a comma with exactly three digits behind it and one to three, or such a group, before.
    fn thousands(&self, comma: usize, start: usize, digits: usize, wide: bool) -> bool {
        let digit_at = |at: usize| self.cell(at).is_some_and(|cell| cell.kind == Kind::Digit && !cell.gap);
        let three = (1..=3).all(|k| digit_at(comma + k)) && !digit_at(comma + 4);
        let first = self.grouped || comma - start <= 3;
        // A full-width comma between half-width digits parts two numbers, unless a decimal point follows.
        let narrow = self.cell(comma).is_some_and(|cell| cell.length == 1);
        let point = self.ch(comma + 4) == '.' && digit_at(comma + 5);
        let more = self.ch(comma + 4) == ',' && self.thousands_tail(comma + 4);
        three
            && first
            && digits > 0
            && (self.ch(start) != '0' || self.remainder(start, digits))
            && (narrow || wide || point || more || self.grouped || self.counted_thousands(comma, start))
    }

    /// 共1，234人: behind a character of the text, what a wide comma parts is one number where a unit ends it.
    fn counted_thousands(&self, comma: usize, start: usize) -> bool {
        let before = start.checked_sub(1).and_then(|k| self.cell(k));
        let led = before.is_some_and(|cell| cell.kind == Kind::Han && cell.ch != '第');
        led && start == self.from && self.counted(comma + 4)
    }

    /// True for a zero that stands in the place of the thousands behind 万: 2万0,518票.
    fn remainder(&self, start: usize, digits: usize) -> bool {
        start > self.from && self.last == 4 && digits == 1
    }

    fn thousands_tail(&self, comma: usize) -> bool {
        let digit_at = |at: usize| self.cell(at).is_some_and(|cell| cell.kind == Kind::Digit && !cell.gap);
        (1..=3).all(|k| digit_at(comma + k)) && self.ch(comma + 4) == '.' && digit_at(comma + 5)
    }

    /// True for a decimal point: a digit behind it, and no second point behind that.
    fn point(&self, at: usize) -> bool {
        let Some(next) = self.cell(at + 1) else { return false };
        if next.kind != Kind::Digit {
            return false;
        }
        let Some(this) = self.cell(at) else { return false };
        // 1. 5月 is a list marker and a month; 14. 48% a number that the OCR parted.
        if next.gap && at - self.from < 2 && at == self.from + 1 && self.before_is_boundary() {
            return false;
        }
        let after = self
            .cells
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .take(8)
            .position(|cell| cell.kind != Kind::Digit);
        let end = after.map_or(at + 9, |n| at + 1 + n);
        let second = self.ch(end) == '.' && self.kind(end + 1) == Kind::Digit;
        if this.ch == '·' {
            // A raised point is a decimal point only in front of a unit: 3·5%, but 9·11.
            let unit = self.one_of(end, Set::Scaled) || self.lexicon.unit_at(self.cells, end).is_some();
            return unit && !second;
        }
        !second
    }

    /// True for a blank at `at` that the OCR program put into a number: 5 000 元 with three digits behind it, or
    /// 增长1 2.5% where no blank stands before the number and a unit behind.
    fn parted(&self, start: usize, at: usize) -> bool {
        // 达 1 2 8 万元: where every character stands apart, so do the digits of one number.
        let apart = |k: usize| self.cell(k).is_some_and(|cell| cell.gap);
        let digits_end =
            |at: usize| (at..at + 8).find(|&k| !(self.kind(k) == Kind::Digit && apart(k))).unwrap_or(at);
        let whole = digits_end(at);
        let point = self.ch(whole) == '.' && apart(whole) && digits_end(whole + 1) > whole + 1;
        let last = if point { digits_end(whole + 1) } else { whole };
        if (start..at).all(apart) && apart(last) && self.counted(last) {
            return true;
        }
        let digits = |from: usize| {
            let run = self.cells.get(from..).unwrap_or_default().iter().take(8);
            run.enumerate().take_while(|(k, cell)| cell.kind == Kind::Digit && (*k == 0 || !cell.gap)).count()
        };
        let behind = digits(at);
        let mut end = at + behind;
        let decimal = self.ch(end) == '.' && digits(end + 1) > 0;
        if decimal {
            end += 1 + digits(end + 1);
        }
        let unit = self.counted(end);
        let groups = behind == 3 && at - start <= 3 && end == at + 3;
        let before = start.checked_sub(1).and_then(|k| self.cell(k));
        let glued = before.is_some_and(|cell| cell.kind == Kind::Han && cell.ch != '第')
            && self.cell(start).is_some_and(|cell| !cell.gap);
        // In a table, 甲 12 300元 are two columns.
        let grows = before.is_none_or(|cell| self.lexicon.has(Set::Grows, cell.ch));
        let led = glued || before.is_none_or(|cell| self.lexicon.has(Set::LeadsNumber, cell.ch));
        // 赛欧3 1.5手动版: the name of a car ends in a number.
        let one = glued && at - start <= 2 && behind <= 3 && (grows || !decimal);
        unit && ((groups && led) || one)
    }

    /// 5×10^4 and 10^4: what the literal is multiplied by, or the power that it is itself.
    pub(super) fn power_of_ten(&mut self) -> bool {
        let Some(literal) = self.literal.filter(|literal| literal.digits > 0) else { return false };
        let alone = self.ch(self.at) == '^';
        let mark = if alone { self.at } else { self.at + 3 };
        let tens = if alone { mark.saturating_sub(2) } else { self.at + 1 };
        if (self.ch(tens), self.ch(tens + 1), self.ch(mark)) != ('1', '0', '^')
            || (alone && self.at != self.from + 2)
        {
            return false;
        }
        let negative = self.ch(mark + 1) == '-';
        let start = mark + 1 + usize::from(negative);
        let (mut at, mut exponent) = (start, 0_u32);
        while let Some(digit) =
            self.cell(at).filter(|cell| cell.kind == Kind::Digit && !cell.gap).and_then(|cell| digit(cell.ch))
        {
            exponent = (exponent * 10 + u32::from(digit)).min(99);
            at += 1;
        }
        if at == start {
            return false;
        }
        let factor = (exponent <= 20)
            .then(|| if negative { Decimal::try_new(1, exponent).ok() } else { Some(power(exponent)) })
            .flatten();
        let value = if alone { Some(Span::ONE) } else { literal.value };
        self.literal = Some(Literal {
            value: value.zip(factor).and_then(|(value, factor)| value.times(factor)),
            digits: 0,
        });
        self.scales += 1;
        self.at = at;
        true
    }

    /// True where a unit stands at `at`, or what may stand between a number and its unit.
    pub(super) fn counted(&self, at: usize) -> bool {
        self.one_of(at, Set::Counted) || self.lexicon.unit_at(self.cells, at).is_some()
    }

    pub(super) fn before_is_boundary(&self) -> bool {
        self.from.checked_sub(1).and_then(|k| self.cell(k)).is_none_or(|cell| cell.kind.ends_clause())
    }
}
