//! Quantities: a number with its unit, its modifiers and its range.

use std::ops::Range;

use rust_decimal::Decimal;

use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, UnitId, UnitKind};
use super::numeral::traits::{ABOUT, BARE, CLOSED, COMPOSED, FEW, LEADING_ZERO, MORE, PAIR, SINGLE, WEAK};
use super::numeral::{Numeral, Scaling, Span, scaling};
use super::pattern::Pattern;
use super::text::Text;
use super::words::Kind;
use super::{Bound, Value};

/// A unit that was read behind a number.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) sort: UnitKind,
    pub(super) id: Option<UnitId>,
    /// The unit as printed.
    pub(super) cells: Range<usize>,
    /// Where the noun starts that ends in it: 犹太人.
    pub(super) noun: Option<usize>,
}

/// The number in front and what stands between it and its unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    pub(super) numeral: Numeral,
    pub(super) value: Option<Span>,
    /// Behind the number and 余 or 多.
    pub(super) end: usize,
    pub(super) more: bool,
    /// True for 十来个: about ten.
    pub(super) about: bool,
}

impl Amount {
    /// Gives `draft` its value and how it is meant.
    pub(super) fn fill(&self, draft: &mut DraftFigure) {
        draft.set_span(self.value);
        draft.bound = match (self.about, self.more) {
            (true, _) => Bound::About,
            (false, true) => Bound::Over,
            (false, false) => Bound::Exact,
        };
    }
}

/// What stands in front of a scale word and leaves its number open.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Vague {
    /// 几十, 数百, 上百: no value.
    pub(super) few: bool,
    /// 上千万, 过亿: over its value.
    pub(super) above: bool,
}

impl Text<'_> {
    /// The quantity whose first numeral stands at `at`.
    pub(super) fn quantity(&self, at: usize) -> Option<DraftFigure> {
        // .5 without its zero
        let at = self.around(Pattern::PointFirst, at..at).map_or(at, |cells| cells.start);
        let numeral = self.numeral(at)?;
        let (mut start, vague) = self.vague(at, &numeral);
        let number = self.beside(start..start);
        let below = number.covers(Pattern::BelowZero).map(|cells| cells.start - 1);
        let negative = below.or_else(|| number.covers(Pattern::Negative).map(|cells| cells.start));
        start = negative.unwrap_or(start);
        let behind = self.beside(numeral.end..numeral.end);
        let share = self.fraction(at, start, &numeral, &behind, negative.is_some());
        if let Some(draft) = share.or_else(|| self.proportion(at, start, &numeral, &behind)) {
            return Some(draft);
        }
        if let Some(mut draft) = self.price(at, &numeral, &behind) {
            self.modifiers(&mut draft, vague.above);
            return Some(draft);
        }
        let mut amount = self.amount(numeral);
        if negative.is_some() {
            amount.value = amount.value.and_then(|value| value.times(Decimal::NEGATIVE_ONE));
        }
        let unit = self.unit(&amount);
        let mut draft = match self.range(at, &amount, unit.as_ref()) {
            Some(draft) => draft,
            None => self.single(at, &amount, unit, vague)?,
        };
        draft.cells.start = start;
        if vague.few {
            draft.value = None;
            draft.value_max = None;
            draft.bound = Bound::Exact;
        }
        if vague.above {
            draft.bound = Bound::Over;
        }
        if (numeral.has(FEW), amount.end, numeral.end) == (true, at + 2, at + 2) {
            // 十几 by itself has no value; 二十几 and 十几万 are at least that much.
            draft.value = None;
            draft.bound = Bound::Exact;
        }
        self.currency_sign(&mut draft);
        self.modifiers(&mut draft, vague.above);
        Some(draft)
    }

    /// 几十, 数百 and 上百 have no value; 上千万 and 过亿 are over their value.
    fn vague(&self, at: usize, numeral: &Numeral) -> (usize, Vague) {
        let scale = self.kind(at) == Kind::Scale && (numeral.has(BARE) || self.ch(at) == '十');
        let few = Vague { few: true, above: false };
        let above = Vague { few: false, above: true };
        match (self.ch_before(at), scale) {
            // 票房过10亿元, 过八成; but 去过3次.
            ('过', _) if self.is_passed(at, numeral) => (at - 1, above),
            ('几' | '数', true) => (at - 1, few),
            ('上', true) => (at - 1, if numeral.end > at + 1 { above } else { few }),
            _ => (at, Vague::default()),
        }
    }

    /// True where the 过 in front of the number goes over it: a bare scale, or a number with 万 or in tenths; false
    /// where it ends a verb: 走过千山, 经过百年.
    fn is_passed(&self, at: usize, numeral: &Numeral) -> bool {
        let great = match numeral.has(BARE) {
            true => self.kind(at) == Kind::Scale,
            false => numeral.has(CLOSED) || self.unit_sort(numeral.end) == Some(UnitKind::Percent),
        };
        great && self.fits(Pattern::Passed, at..at)
    }

    fn amount(&self, numeral: Numeral) -> Amount {
        let about = numeral.has(ABOUT);
        let known =
            Amount { numeral, value: numeral.value, end: numeral.end, more: numeral.is(MORE, ABOUT), about };
        let behind = numeral.end + 1;
        let counted = || self.unit_at(behind).is_some();
        let over = || counted() || self.is_counted_over(&numeral, behind);
        let tens = || numeral.value.is_some_and(|value| (value.low % Decimal::TEN).is_zero());
        let round = || numeral.has(BARE) || tens();
        let (more, about) = match (self.ch(numeral.end), numeral.lacks(FEW | MORE)) {
            ('余', true) => (over(), false),
            ('多', true) => (round() && over(), false),
            ('来', true) => (false, round() && counted()),
            // 百把斤, 千把人: about a hundred, where 把 has no thing of its own behind it.
            ('把', _) => (false, numeral.has(BARE) && counted()),
            _ => (false, false),
        };
        if more || about { Amount { end: behind, more, about, ..known } } else { known }
    }

    /// True where what stands at `at`, behind 余 or 多, goes on with the number or leaves it to itself: 四万多装修.
    fn is_counted_over(&self, numeral: &Numeral, at: usize) -> bool {
        self.noun(at, false).is_some() || numeral.has(COMPOSED) && self.closes_number(at)
    }

    /// The word between the two ends of a range: where the second number starts.
    pub(super) fn connector(&self, at: usize) -> Option<usize> {
        let from = self.past_pattern(Pattern::Inclusive, at).unwrap_or(at);
        self.past_pattern(Pattern::Connector, from)
    }

    /// 20~30家, 2000元至2600元, 十八至三十万日元.
    fn range(&self, at: usize, left: &Amount, left_unit: Option<&Unit>) -> Option<DraftFigure> {
        let left_end = left_unit.map_or(left.end, |unit| unit.cells.end);
        let connector = self.connector(left_end)?;
        let sign = self.past_pattern(Pattern::NumberSign, connector);
        let numeral = self.numeral(sign.unwrap_or(connector))?;
        let mut right = self.amount(numeral);
        if sign.is_some() {
            right.value = right.value.and_then(|value| value.times(Decimal::NEGATIVE_ONE));
        }
        let right_unit = self.unit(&right).or_else(|| self.unknown(&right));
        let unit = match (left_unit, right_unit) {
            (None, Some(right)) => right,
            (Some(left), Some(right)) if self.same_unit(left, &right) => right,
            _ => return None,
        };
        // 增加7宗至312宗: by how many, and to how many.
        let (low, high) = (left.value?.low, right.value?.high);
        let far = low.checked_mul(Decimal::TEN).is_some_and(|far| far < high);
        if far && left_unit.is_some() && self.before_word(Cue::ChangeAmount, at) {
            return None;
        }
        self.ranged_amount(left, &right, sign.unwrap_or(connector), &unit)
    }

    /// The range from `left` to `right`, whose number starts at `at`.
    fn ranged_amount(&self, left: &Amount, right: &Amount, at: usize, unit: &Unit) -> Option<DraftFigure> {
        let (printed, high) = (left.value?.low, right.value?.high);
        let factor = shared_factor(&left.numeral, &scaling(self, at), printed).unwrap_or(Decimal::ONE);
        let low = printed.checked_mul(factor).filter(|low| *low < high)?;
        if left.numeral.has(LEADING_ZERO) {
            return None;
        }
        let mut draft = self.with_unit(unit, left.numeral.end..unit.cells.end);
        draft.value = Some(Value::Number(low));
        draft.value_max = Some(high);
        draft.bound = if right.more { Bound::Over } else { Bound::Exact };
        Some(draft)
    }

    fn same_unit(&self, left: &Unit, right: &Unit) -> bool {
        let canonical =
            |unit: &Unit| unit.id.and_then(|id| self.lexicon.unit(id)).map(|unit| unit.canonical.clone());
        left.sort.class() == right.sort.class() && canonical(left) == canonical(right)
    }

    pub(super) fn with_unit(&self, unit: &Unit, cells: Range<usize>) -> DraftFigure {
        let mut draft = DraftFigure::new(cells, unit.sort.class());
        draft.unit = UnitText::Cells(unit.cells.clone());
        draft.canonical = unit.id;
        draft.noun = unit.noun;
        draft.sort = Some(unit.sort);
        draft
    }

    /// One number with its unit.
    fn single(&self, at: usize, amount: &Amount, unit: Option<Unit>, vague: Vague) -> Option<DraftFigure> {
        let Some(unit) = unit else {
            return self.unitless(at, amount, vague);
        };
        let mut draft = self.with_unit(&unit, at..unit.cells.end);
        amount.fill(&mut draft);
        let one = (self.ch(at), amount.numeral.end) == ('一', at + 1);
        match (unit.sort, amount.numeral.has(WEAK | SINGLE)) {
            (
                UnitKind::Percent | UnitKind::Ratio | UnitKind::Duration | UnitKind::Noun | UnitKind::Part,
                true,
            ) => {
                return None;
            }
            (UnitKind::Percent, _) => self.percent(&mut draft, amount).unwrap_or_default(),
            (UnitKind::Money, _) => self.money(&mut draft, one)?,
            (UnitKind::Duration, _) => self.duration(&mut draft, amount)?,
            (UnitKind::Measure, _) => self.measure(&mut draft, amount)?,
            (UnitKind::Ratio, _) => self.ratio(&mut draft, amount, &unit)?,
            (UnitKind::Count | UnitKind::Noun | UnitKind::Part, _) => {
                draft.article = one;
                self.count(&mut draft, amount)?;
            }
        }
        self.more_inside(&mut draft);
        self.more_behind(&mut draft, unit.sort);
        Some(draft)
    }

    /// 九五折 is 9.5; 一番 is none but in 翻一番.
    fn ratio(&self, draft: &mut DraftFigure, amount: &Amount, unit: &Unit) -> Option<()> {
        let numeral = &amount.numeral;
        if (self.ch(unit.cells.start), numeral.digits, numeral.has(PAIR)) == ('折', 2, false) {
            let tenths = |value: Decimal| if value >= Decimal::TEN { value / Decimal::TEN } else { value };
            draft.value = amount.value.map(|value| Value::Number(tenths(value.low)));
        }
        if let Some(end) = self.char_at(unit.cells.end, '半') {
            draft.value = amount.value.and_then(|value| value.plus_half()).map(Value::Number);
            draft.cells.end = end;
        }
        (!self.fits(Pattern::NoTurn, draft.cells.start..draft.cells.start)).then_some(())
    }

    /// The unit behind `amount`, where a known one stands there and fits the number.
    fn unit(&self, amount: &Amount) -> Option<Unit> {
        let at = amount.end;
        let number = self.beside(at..at);
        // 一个半小时, 两个半月
        if let Some(unit) = number.past(Pattern::PieceAndHalf).and_then(|at| self.time_behind_half(at)) {
            return Some(unit);
        }
        // 二三百号人; 号 with anything else behind it is no classifier.
        if let Some(end) = number.past(Pattern::PersonsByNumber) {
            return Some(Unit { sort: UnitKind::Count, id: None, cells: at..end, noun: None });
        }
        let (end, id) = self.unit_at(at)?;
        let sort = self.sort(id)?;
        let unit = Unit { sort, id: Some(id), cells: at..end, noun: None };
        (!self.is_no_unit(&unit)).then_some(unit)
    }

    /// The unit of time at `at`, behind 个半. A month has none by itself.
    fn time_behind_half(&self, at: usize) -> Option<Unit> {
        let month = self.char_at(at, '月').map(|end| (end, None));
        let time = || {
            let (end, id) = self.unit_at(at)?;
            self.sort(id).filter(|&sort| sort == UnitKind::Duration).map(|_| (end, Some(id)))
        };
        let (end, id) = month.or_else(time)?;
        Some(Unit { sort: UnitKind::Duration, id, cells: at..end, noun: None })
    }

    /// True where what looks like a unit belongs to what stands behind it.
    fn is_no_unit(&self, unit: &Unit) -> bool {
        let Range { start, end } = unit.cells;
        let belongs = match (self.kind(start), unit.sort) {
            // A Latin unit ends where its word ends: 5m but not 5G or 3Min.
            (Kind::Letter, _) => {
                self.fits(Pattern::GluedLetter, end..end) || (start + 1..end).any(|at| !self.glued(at))
            }
            // 王五人民币两万元: the name of money belongs to the amount behind it.
            (_, UnitKind::Money) => self.kind(end).is_numeric() && self.before_word(Cue::Currency, end),
            // 还给赵六两百元: the two is of the amount behind it.
            _ => self.fits(Pattern::TwoOfAmount, start..start),
        };
        belongs || end == start + 1 && self.begins_word(start)
    }
}

/// What the first number of a range is multiplied by, which shares the scale of the second: 三至四百名, 20~30万.
fn shared_factor(left: &Numeral, right: &Scaling, low: Decimal) -> Option<Decimal> {
    let tail = right.tail.filter(|_| left.lacks(CLOSED));
    // 2至3千吨: the digit of the second number is no more than that.
    let lead = right.lead.filter(|&(lead, _)| {
        left.digits == 1 && right.tail.is_none_or(|(mantissa, _)| mantissa.high != lead)
    });
    let lead = lead.filter(|&(lead, _)| low < lead).map(|(_, factor)| factor);
    lead.or_else(|| tail.filter(|(mantissa, _)| low < mantissa.high).map(|(_, factor)| factor))
}
