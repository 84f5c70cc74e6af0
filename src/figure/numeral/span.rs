//! A number on the way to its value: one, or the two ends of a range.

use rust_decimal::Decimal;

/// A number and the one it runs up to: the same where no range is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::figure) struct Span {
    pub(in crate::figure) low: Decimal,
    pub(in crate::figure) high: Decimal,
}

impl Span {
    pub(super) const ZERO: Self = Self { low: Decimal::ZERO, high: Decimal::ZERO };
    pub(super) const ONE: Self = Self { low: Decimal::ONE, high: Decimal::ONE };

    pub(super) fn of(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// True where it is one number. Two ends of one value that are written differently count as two.
    fn is_point(self) -> bool {
        self.low.mantissa() == self.high.mantissa() && self.low.scale() == self.high.scale()
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        // Most of what is added up is one number and nothing before it.
        if self.is_zero() {
            return Some(other);
        }
        if other.is_zero() {
            return Some(self);
        }
        let low = self.low.checked_add(other.low)?;
        let point = self.is_point() && other.is_point();
        Some(Self { low, high: if point { low } else { self.high.checked_add(other.high)? } })
    }

    pub(in crate::figure) fn times(self, factor: Decimal) -> Option<Self> {
        let low = self.low.checked_mul(factor)?;
        Some(Self { low, high: if self.is_point() { low } else { self.high.checked_mul(factor)? } })
    }

    /// A half more than its lower end.
    pub(in crate::figure) fn plus_half(self) -> Option<Decimal> {
        self.low.checked_add(Decimal::new(5, 1))
    }

    /// The number that its digits spell where they stand one by one: 七八 is 78 in 一米七八, whatever `pair` of
    /// ends it is elsewhere.
    pub(in crate::figure) fn spelled(self, pair: bool) -> Decimal {
        if pair { self.low * Decimal::TEN + self.high } else { self.low }
    }

    pub(super) fn is_zero(self) -> bool {
        self.low.is_zero() && self.high.is_zero()
    }
}

/// The powers of ten up to that of 垓.
const POWERS: [Decimal; 21] = {
    let mut powers = [Decimal::ONE; 21];
    let mut exponent = 0;
    while exponent < powers.len() {
        let power = 10_u128.pow(exponent as u32);
        powers[exponent] =
            Decimal::from_parts(power as u32, (power >> 32) as u32, (power >> 64) as u32, false, 0);
        exponent += 1;
    }
    powers
};

/// Ten to the `exponent`, which is at most 20, that of 垓.
pub(super) fn power(exponent: u32) -> Decimal {
    POWERS.get(exponent as usize).copied().unwrap_or(Decimal::MAX)
}
