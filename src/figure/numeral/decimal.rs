//! Decimals in words: 三点五, 二点四万.

use crate::figure::figure_words::Set;
use rust_decimal::Decimal;

use super::span::Span;
use super::{Literal, Reader};
use crate::figure::chars::{Kind, digit};

impl Reader<'_> {
    /// 点 and the digits behind it.
    pub(super) fn fraction(&mut self) -> bool {
        if self.decimal || self.more || self.pair {
            return false;
        }
        let start = self.at + 1;
        let (mut mantissa, mut digits) = (0_i128, 0_u32);
        let mut at = start;
        let arabic = self.kind(start) == Kind::Digit;
        while let Some(cell) = self.cell(at) {
            let fits = if arabic {
                cell.kind == Kind::Digit
            } else {
                matches!(cell.kind, Kind::Numeral | Kind::Formal)
            };
            if !fits || cell.ch == '两' {
                break;
            }
            let value = i128::from(digit(cell.ch).unwrap_or(0));
            match mantissa.checked_mul(10).and_then(|m| m.checked_add(value)) {
                Some(m) => mantissa = m,
                None => self.too_long = true,
            }
            digits += 1;
            at += 1;
        }
        let next = self.ch(at);
        let after = self.ch(at + 1);
        // 八点三十分, 八点五分, 八点一刻 are times of day; 五点五分钟 is a length of time.
        let minutes = next == '分' && after != '钟' && after != '之' && after != '米';
        if digits == 0 || next == '十' || next == '刻' || minutes {
            return false;
        }
        let scaled = self.lexicon.has(Set::Scales, next);
        let unit = self.lexicon.unit_at(self.cells, at).is_some_and(|(_, unit)| !self.lexicon.is_clock(unit));
        let starts_arabic = self.kind(self.from) == Kind::Digit;
        if (starts_arabic || arabic) && !(scaled || unit) {
            let zero = self.at == self.from + 1 && digit(self.ch(self.from)) == Some(0);
            if !zero {
                return false;
            }
        }
        let Some(whole) = self.total() else {
            self.too_long = true;
            self.at = at;
            return true;
        };
        let fraction =
            if digits <= 28 { Decimal::try_from_i128_with_scale(mantissa, digits).ok() } else { None };
        let value = fraction.and_then(|f| whole.plus(Span::of(f)));
        self.too_long |= value.is_none();
        self.group_count = 0;
        self.section = Span::ZERO;
        self.section_limit = 4;
        self.tail = None;
        self.literal = Some(Literal { value, digits: 0 });
        self.decimal = true;
        self.last = 0;
        self.chinese += 1;
        self.at = self.past_second_point(at);
        true
    }

    /// Behind a second point and its digits at `at`, which make the number none: 一点五点六.
    fn past_second_point(&mut self, at: usize) -> usize {
        let second = self.cells.get(at + 1..).unwrap_or_default();
        let digits = second.iter().take_while(|cell| cell.kind.is_chinese()).count();
        if self.ch(at) != '点' || digits == 0 {
            return at;
        }
        self.broken = true;
        at + 1 + digits
    }
}
