//! Decimals in words: 三点五, 二点四万.

use rust_decimal::Decimal;

use super::scales::MYRIAD;
use super::span::Span;
use super::{Literal, Reader};
use crate::figure::figure_words::Set;
use crate::figure::pattern::Pattern;
use crate::figure::words::{Kind, digit};

/// The most digits that a decimal has behind its point.
const MOST_DIGITS: u32 = 28;

impl Reader<'_> {
    /// 点 and the digits behind it.
    pub(super) fn fraction(&mut self) -> bool {
        if [self.decimal, self.more, self.pair].contains(&true) {
            return false;
        }
        let at = self.fraction_end(self.at + 1);
        if at == self.at + 1 || !self.is_fraction(at) {
            return false;
        }
        let digits = (self.at + 1..at).map(|at| i128::from(digit(self.ch(at)).unwrap_or(0)));
        let mantissa =
            digits.into_iter().try_fold(0_i128, |sum, digit| sum.checked_mul(10)?.checked_add(digit));
        let scale = u32::try_from(at - self.at - 1).ok().filter(|&digits| digits <= MOST_DIGITS);
        let fraction =
            mantissa.zip(scale).and_then(|(m, digits)| Decimal::try_from_i128_with_scale(m, digits).ok());
        let whole = self.total();
        let value = whole.zip(fraction).and_then(|(whole, fraction)| whole.plus(Span::of(fraction)));
        self.too_long |= value.is_none();
        if whole.is_none() {
            self.at = at;
            return true;
        }
        self.group_count = 0;
        self.section = Span::ZERO;
        self.section_limit = MYRIAD;
        self.tail = None;
        self.literal = Some(Literal { value, digits: 0 });
        self.decimal = true;
        self.last = 0;
        self.chinese += 1;
        self.at = self.past_second_point(at);
        true
    }

    /// Where the digits end that start at `start`, of one script.
    fn fraction_end(&self, start: usize) -> usize {
        let arabic = self.kind(start) == Kind::Digit;
        let digits =
            self.near.cells.get(start..).unwrap_or_default().iter().take_while(|cell| match cell.kind {
                Kind::Digit => arabic,
                Kind::Numeral | Kind::Formal => !arabic && cell.ch != '两',
                _ => false,
            });
        start + digits.count()
    }

    /// True where the digits up to `end` are part of a number. 八点三十分, 八点五分, 八点一刻 are times of day; 五点五分钟
    /// is a length of time.
    fn is_fraction(&self, end: usize) -> bool {
        let near = &self.near;
        let zero = (self.at, digit(self.ch(self.from))) == (self.from + 1, Some(0));
        let arabic = [self.from, self.at + 1].iter().any(|&at| self.kind(at) == Kind::Digit);
        match near.fits(Pattern::TimeOfDay, end..end) {
            true => false,
            false if !arabic => true,
            false => zero || self.is_measured(end),
        }
    }

    /// True where a scale or a unit stands at `at` that ends no time of day.
    fn is_measured(&self, at: usize) -> bool {
        let unit = self.near.unit_at(at).filter(|&(_, unit)| !self.near.lexicon.is_clock(unit));
        self.one_of(at, Set::Scales) || unit.is_some()
    }

    /// Behind a second point and its digits at `at`, which make the number none: 一点五点六.
    fn past_second_point(&mut self, at: usize) -> usize {
        let second = self.near.cells.get(at + 1..).unwrap_or_default();
        let digits = second.iter().take_while(|cell| cell.kind.is_chinese()).count();
        if self.ch(at) != '点' || digits == 0 {
            return at;
        }
        self.broken = true;
        at + 1 + digits
    }
}
