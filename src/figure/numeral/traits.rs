//! What a numeral is like: a set of traits, so that one question asks for several.

use std::ops::BitOr;

use super::Numeral;

/// A set of traits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::figure) struct Traits(u16);

/// No trait.
pub(in crate::figure) const NONE: Traits = Traits(0);
/// 余, 多 or 几 stands inside: 500余万, 二十几.
pub(in crate::figure) const MORE: Traits = Traits(1);
/// It is 来 that stands inside: 四十来万.
pub(in crate::figure) const ABOUT: Traits = Traits(1 << 1);
/// 几 stands inside.
pub(in crate::figure) const FEW: Traits = Traits(1 << 2);
/// Arabic digits and nothing else.
pub(in crate::figure) const ARABIC: Traits = Traits(1 << 3);
/// Arabic digits at the start.
pub(in crate::figure) const STARTS_ARABIC: Traits = Traits(1 << 4);
/// A scale word at the start that has no digit in front: 百, 千万.
pub(in crate::figure) const BARE: Traits = Traits(1 << 5);
/// A zero at the start of the literal.
pub(in crate::figure) const LEADING_ZERO: Traits = Traits(1 << 6);
/// A decimal point.
pub(in crate::figure) const DECIMAL: Traits = Traits(1 << 7);
/// Thousands separators.
pub(in crate::figure) const GROUPED: Traits = Traits(1 << 8);
/// Two neighbouring digits that mean a range: 三五, 七八.
pub(in crate::figure) const PAIR: Traits = Traits(1 << 9);
/// Nothing but formal digits without a formal scale.
pub(in crate::figure) const WEAK: Traits = Traits(1 << 10);
/// A scale follows that makes no sense: 三百二十五 of 三百二十五十六.
pub(in crate::figure) const BROKEN: Traits = Traits(1 << 11);
/// One digit that stands alone.
pub(in crate::figure) const SINGLE: Traits = Traits(1 << 12);
/// Scale words, or a point: more than a run of digits.
pub(in crate::figure) const COMPOSED: Traits = Traits(1 << 13);
/// 万 or 亿 at the end.
pub(in crate::figure) const CLOSED: Traits = Traits(1 << 14);

impl Traits {
    /// The traits of the list that hold.
    pub(super) fn of<const N: usize>(list: [(Self, bool); N]) -> Self {
        list.into_iter().fold(NONE, |all, (one, holds)| all | Self(one.0 * u16::from(holds)))
    }
}

impl BitOr for Traits {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Numeral {
    /// True where it has all of `traits`.
    pub(in crate::figure) fn has(&self, traits: Traits) -> bool {
        self.is(traits, NONE)
    }

    /// True where it has none of `traits`.
    pub(in crate::figure) fn lacks(&self, traits: Traits) -> bool {
        self.is(NONE, traits)
    }

    /// True where it has all of `these` and none of `those`.
    pub(in crate::figure) fn is(&self, these: Traits, those: Traits) -> bool {
        self.traits.0 & (these.0 | those.0) == these.0
    }
}
