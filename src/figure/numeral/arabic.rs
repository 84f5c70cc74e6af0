//! Arabic digits, with thousands separators, a decimal point, and the blanks that an OCR program put in.

use std::ops::Range;

use rust_decimal::Decimal;

use super::span::{Span, power};
use super::{Literal, Reader};
use crate::figure::figure_words::Set;
use crate::figure::pattern::Pattern;
use crate::figure::words::{Kind, digit};

/// No decimal holds more digits than 29, nor more than 28 behind its point.
const MOST_DIGITS: u32 = 29;

/// The greatest exponent that is written out: 10^20.
const MOST_TENS: u32 = 20;

/// A run of digits as far as it was read.
struct Run {
    start: usize,
    /// Its digits, leading zeros left out.
    mantissa: i128,
    /// False once it has more digits than a decimal.
    fits: bool,
    digits: usize,
    /// How many digits stand behind the point, where one was read.
    fraction: Option<u32>,
    /// True while every digit is one of full width.
    wide: bool,
}

impl Run {
    fn new(start: usize) -> Self {
        Self { start, mantissa: 0, fits: true, digits: 0, fraction: None, wide: true }
    }

    fn push(&mut self, value: u8, wide: bool) {
        self.wide &= wide;
        self.fits &= self.mantissa < 10_i128.pow(MOST_DIGITS);
        if self.fits {
            self.mantissa = self.mantissa * 10 + i128::from(value);
        }
        self.digits += 1;
        self.fraction = self.fraction.map(|digits| digits + 1);
    }

    fn value(&self) -> Option<Decimal> {
        let digits = self.fraction.unwrap_or(0);
        let whole = self.fits.then_some(self.mantissa)?;
        Decimal::try_from_i128_with_scale(whole, digits).ok().filter(|_| digits < MOST_DIGITS)
    }
}

impl Reader<'_> {
    /// Arabic digits with separators and a decimal point.
    pub(super) fn arabic(&mut self) -> bool {
        match (self.few, self.literal) {
            (true, _) if self.at > self.from => return false,
            (_, Some(_)) => return false,
            _ if self.follows_a_fraction() => return false,
            _ => {}
        }
        let mut run = Run::new(self.at);
        let mut at = self.at;
        while self.take_cell(&mut run, at) {
            at += 1;
        }
        if run.digits == 0 {
            return false;
        }
        self.leading_zero |=
            run.start == self.from && self.near.fits(Pattern::LeadingZero, run.start..run.start);
        self.literals += 1;
        self.literal = Some(Literal { value: run.value().map(Span::of), digits: run.digits });
        self.at = at;
        true
    }

    /// Takes the cell at `at` into `run`, where it belongs to it.
    fn take_cell(&mut self, run: &mut Run, at: usize) -> bool {
        let Some(cell) = self.cell(at).filter(|_| at == run.start || self.is_joined(run, at)) else {
            return false;
        };
        match (cell.kind, run.fraction) {
            (Kind::Digit, _) => run.push(digit(cell.ch).unwrap_or(0), cell.length > 1),
            (Kind::Clause, None) if self.thousands(at, run) => self.grouped = true,
            (Kind::Other, None) if self.is_point(run, at) => {
                run.fraction = Some(0);
                self.decimal = true;
            }
            _ => return false,
        }
        true
    }

    /// True where no blank parts the cell at `at` from `run`, or one that the OCR program put in.
    fn is_joined(&self, run: &Run, at: usize) -> bool {
        let glued = self.cell(at).is_some_and(|cell| !cell.gap);
        glued || run.fraction == Some(0) || self.spaced_point(run.start, at) || self.parted(run.start, at)
    }

    /// Notes that more digits behind the scale of a decimal make no number: 1.5万5千, 2.5百3.
    pub(super) fn follows_a_fraction(&mut self) -> bool {
        self.broken |= self.decimal;
        self.decimal
    }

    /// True for the decimal point of a number whose characters all stand apart: 5 . 6 万 元.
    fn spaced_point(&self, start: usize, at: usize) -> bool {
        self.stands_apart(at..at + 1)
            && self.near.fits(Pattern::SpacedPoint, at..at)
            && self.stands_apart(start + 1..at)
    }

    /// True where a blank stands before every cell of `cells`.
    fn stands_apart(&self, mut cells: Range<usize>) -> bool {
        cells.all(|at| self.cell(at).is_some_and(|cell| cell.gap))
    }

    /// True for a comma with exactly three digits behind it and one to three, or such a group, before.
    fn thousands(&self, comma: usize, run: &Run) -> bool {
        let near = &self.near;
        let begins = match (run.digits, self.ch(run.start)) {
            (0, _) => false,
            (_, '0') if !self.remainder(run) => false,
            _ => self.grouped || comma - run.start <= 3,
        };
        if !begins || !near.fits(Pattern::Thousands, comma..comma) {
            return false;
        }
        // A full-width comma between half-width digits parts two numbers, unless a decimal point follows.
        let narrow = self.cell(comma).is_some_and(|cell| cell.length == 1);
        if [narrow, run.wide, self.grouped].contains(&true) {
            return true;
        }
        near.fits(Pattern::ThousandsAndPoint, comma..comma) || self.counted_thousands(comma, run.start)
    }

    /// 共1，234人: behind a character of the text, what a wide comma parts is one number where a unit ends it.
    fn counted_thousands(&self, comma: usize, start: usize) -> bool {
        start == self.from && self.near.fits(Pattern::CountedThousands, start..comma + 4)
    }

    /// True for a zero that stands in the place of the thousands behind 万: 2万0,518票.
    fn remainder(&self, run: &Run) -> bool {
        run.start > self.from && (self.last, run.digits) == (4, 1)
    }

    /// True for a decimal point: a digit behind it, and no second point behind that.
    fn is_point(&self, run: &Run, at: usize) -> bool {
        let digit = self.cell(at + 1).filter(|cell| cell.kind == Kind::Digit);
        match (self.ch(at), digit.map(|digit| digit.gap)) {
            _ if self.spaced_point(run.start, at) => true,
            (_, None) => false,
            _ if self.has_second_point(at + 1) => false,
            // 1. 5月 is a list marker and a month; 14. 48% a number that the OCR parted.
            (_, Some(true)) if at == self.from + 1 => !self.before_is_boundary(),
            // A raised point is a decimal point only in front of a unit: 3·5%, but 9·11.
            ('·', _) => self.near.fits(Pattern::RaisedDecimal, at + 1..at + 1),
            _ => self.one_of(at, Set::Points),
        }
    }

    /// True where a few digits at `at` have a point behind them with another digit: 3.5.1.
    fn has_second_point(&self, at: usize) -> bool {
        const MOST: usize = 8;
        let cells = self.near.cells.get(at..).unwrap_or_default().iter().take(MOST);
        let end = at + cells.take_while(|cell| cell.kind == Kind::Digit).count();
        (self.ch(end), self.kind(end + 1)) == ('.', Kind::Digit)
    }

    /// True for a blank at `at` that the OCR program put into a number: 5 000 元 with three digits behind it, or
    /// 增长1 2.5% where no blank stands before the number and a unit behind.
    fn parted(&self, start: usize, at: usize) -> bool {
        let near = &self.near;
        // 达 1 2 8 万元: where every character stands apart, so do the digits of one number.
        if near.fits(Pattern::SpacedDigits, at..at) && self.stands_apart(start..at) {
            return true;
        }
        let glued = near.fits(Pattern::GluedNumber, start..start);
        let fits = |pattern| near.fits(pattern, at..at);
        match (at - start, glued) {
            // 赛欧3 1.5手动版: the name of a car ends in a number.
            (..=2, true) if fits(Pattern::DigitsAndUnit) => true,
            (..=2, true) if fits(Pattern::DecimalAndUnit) => self.leads_to(Set::Grows, start),
            // In a table, 甲 12 300元 are two columns.
            (..=3, _) if fits(Pattern::GroupAndUnit) => glued || self.leads_to(Set::LeadsNumber, start),
            _ => false,
        }
    }

    /// True where a character of `set` stands before `start`, or nothing.
    fn leads_to(&self, set: Set, start: usize) -> bool {
        start.checked_sub(1).is_none_or(|before| self.one_of(before, set))
    }

    /// 5×10^4 and 10^4: what the literal is multiplied by, or the power that it is itself.
    pub(super) fn power_of_ten(&mut self) -> bool {
        let Some(literal) = self.literal.filter(|literal| literal.digits > 0) else { return false };
        let near = &self.near;
        let power_at = match self.ch(self.at) {
            '^' if self.at == self.from + 2 => near.past_pattern(Pattern::TenTo, self.from),
            _ => near.past_pattern(Pattern::TimesTenTo, self.at),
        };
        let Some(start) = power_at else { return false };
        let exponent_digits = (start..).map_while(|at| self.glued_digit(at));
        let (length, exponent) = exponent_digits
            .fold((0, 0_u32), |(length, sum), digit| (length + 1, (sum * 10 + u32::from(digit)).min(99)));
        if length == 0 {
            return false;
        }
        let negative = self.ch(start - 1) == '-';
        let factor = match (exponent, negative) {
            (..=MOST_TENS, true) => Decimal::try_new(1, exponent).ok(),
            (..=MOST_TENS, false) => Some(power(exponent)),
            _ => None,
        };
        let value = if self.ch(self.at) == '^' { Some(Span::ONE) } else { literal.value };
        let value = value.zip(factor).and_then(|(value, factor)| value.times(factor));
        self.literal = Some(Literal { value, digits: 0 });
        self.scales += 1;
        self.at = start + length;
        true
    }

    /// The digit at `at`, where no blank stands before it.
    fn glued_digit(&self, at: usize) -> Option<u8> {
        self.cell(at)
            .filter(|cell| !cell.gap)
            .filter(|cell| cell.kind == Kind::Digit)
            .and_then(|cell| digit(cell.ch))
    }

    /// True where nothing stands before the number, or the end of a clause.
    pub(super) fn before_is_boundary(&self) -> bool {
        self.from.checked_sub(1).and_then(|k| self.cell(k)).is_none_or(|cell| cell.kind.ends_clause())
    }
}
