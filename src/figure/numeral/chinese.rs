//! Runs of Chinese digits: 三, 二〇二一, and pairs that mean a range.

use rust_decimal::Decimal;

use super::span::Span;
use super::{Literal, Reader};
use crate::figure::chars::{Kind, digit};

impl Reader<'_> {
    /// A run of Chinese digits.
    pub(super) fn chinese(&mut self) -> bool {
        if self.literal.is_some() || self.few {
            return false;
        }
        let start = self.at;
        let mut end = start;
        while let Some(cell) = self.cell(end) {
            let zero_between = cell.ch == '0' || cell.ch == 'O' || cell.ch == 'o';
            let digit_like = matches!(cell.kind, Kind::Numeral | Kind::Formal)
                || (zero_between && end > start && self.kind(end + 1) == Kind::Numeral);
            // 两 begins a number or a pair (一两个) and else is the weight: 二两.
            let weight = cell.ch == '两' && end > start && !(end == start + 1 && self.ch(start) == '一');
            if !digit_like || weight || (end > start && cell.gap) {
                break;
            }
            self.formal_digits += usize::from(cell.kind == Kind::Formal);
            end += 1;
        }
        let cells = self.cells;
        let value_at = |at: usize| cells.get(at).and_then(|cell| digit(cell.ch)).unwrap_or(0);
        let mut first = start;
        if start > self.from {
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
        // 两 counts and never spells out: 一两 may be a pair, 二〇两 is nothing.
        let literal = if count == 1 {
            Literal { value: Some(Span::of(Decimal::from(value_at(first)))), digits: 1 }
        } else if count == 2 && is_pair(value_at(first), value_at(first + 1)) {
            self.pair = true;
            let span = Span { low: Decimal::from(value_at(first)), high: Decimal::from(value_at(first + 1)) };
            Literal { value: Some(span), digits: 2 }
        } else {
            let mut value = Some(0_i128);
            for at in first..end {
                value = value.and_then(|v| v.checked_mul(10)?.checked_add(i128::from(value_at(at))));
            }
            let value = value.and_then(|v| Decimal::try_from_i128_with_scale(v, 0).ok());
            Literal { value: value.map(Span::of), digits: count }
        };
        if start > self.from && count > 2 {
            return false;
        }
        self.leading_zero |= start == self.from && value_at(start) == 0 && count > 1;
        self.chinese += count;
        self.literal = Some(literal);
        self.at = end;
        true
    }
}

/// True for two digits that together mean "from this to that": 三五, 七八, 一两.
fn is_pair(first: u8, second: u8) -> bool {
    first > 0 && (second == first + 1 || (first, second) == (3, 5))
}
