//! Quantities: a number with its unit, its modifiers and its range.

use std::ops::Range;

use rust_decimal::Decimal;

use super::chars::Kind;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitId, UnitKind};
use super::numeral::{Numeral, Span};
use super::text::Text;
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
        let point = at
            .checked_sub(1)
            .filter(|&k| k >= self.floor && self.ch(k) == '.' && self.kind(at) == Kind::Digit);
        let point = point.filter(|&k| {
            self.cells.get(at).is_some_and(|cell| !cell.gap)
                && (k == self.floor || !(self.kind(k - 1).is_numeric() || self.ch(k - 1) == '.'))
        });
        let at = point.unwrap_or(at);
        let numeral = self.numeral(at)?;
        let (mut start, vague) = self.vague(at, &numeral);
        let negative = self.sign(start);
        if let Some(sign) = negative {
            start = sign;
        }
        if let Some(draft) = self.fraction(at, start, &numeral, negative.is_some()) {
            return Some(draft);
        }
        if let Some(draft) = self.proportion(at, start, &numeral) {
            return Some(draft);
        }
        if let Some(mut draft) = self.price(at, &numeral) {
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
        if numeral.few && amount.end == numeral.end && numeral.end == at + 2 {
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
        let scale = self.kind(at) == Kind::Scale && (numeral.bare || self.ch(at) == '十');
        let few = Vague { few: true, above: false };
        let above = Vague { few: false, above: true };
        match self.ch_before(at) {
            // 票房过10亿元, 过八成; but 去过3次.
            '过' if self.is_passed(at, numeral) => (at - 1, above),
            '几' | '数' if scale => (at - 1, few),
            '上' if scale => (at - 1, if numeral.end > at + 1 { above } else { few }),
            _ => (at, Vague::default()),
        }
    }

    /// True where the 过 in front of the number goes over it: a bare scale, or a number with 万 or in tenths.
    fn is_passed(&self, at: usize, numeral: &Numeral) -> bool {
        let bare = numeral.bare && self.kind(at) == Kind::Scale;
        (bare || !numeral.bare && self.is_great(numeral)) && self.passes(at - 1)
    }

    /// True for the 过 of 投资过亿元 and 藏书过万册, false where it ends a verb: 走过千山, 经过百年.
    fn passes(&self, at: usize) -> bool {
        !self.before_word(Cue::Many, at) && at > self.floor
    }

    /// True for millions and tenths, which 过 goes over.
    fn is_great(&self, numeral: &Numeral) -> bool {
        let percent = self.unit_sort(numeral.end) == Some(UnitKind::Percent);
        numeral.tail.is_some() || percent
    }

    /// 负, 零下 or a minus sign in front of the number: where it stands.
    fn sign(&self, at: usize) -> Option<usize> {
        let sign = at.checked_sub(1).filter(|&k| k >= self.floor)?;
        let before = sign.checked_sub(1).map_or(Kind::Clause, |k| self.kind(k));
        let joined = self.cells.get(at).is_some_and(|cell| !cell.gap);
        // 4300 -1.5%: in a table a blank parts the sign from what stands before it.
        let cell = self.cells.get(sign).is_some_and(|cell| cell.gap);
        let parted = cell || (!before.is_numeric() && before != Kind::Letter && before != Kind::Bracket);
        match self.ch(sign) {
            // 零 was passed over before, as no figure.
            '下' if sign > 0 && self.ch(sign - 1) == '零' => Some(sign - 1),
            '负' if parted && !self.one_before(sign, Set::BeforeMinus) => Some(sign),
            '-' if parted
                && joined
                && (self.kind(at) == Kind::Digit || self.ch(at) == '.')
                && self.ch_before(sign) != '-' =>
            {
                // A dash between two words is no sign; one behind a comma, a verb or a bracket is.
                Some(sign)
            }
            _ => None,
        }
    }

    fn amount(&self, numeral: Numeral) -> Amount {
        let mut end = numeral.end;
        let mut more = numeral.more && !numeral.about;
        let mut about = numeral.about;
        let next = self.ch(end);
        let counted = |at: usize| self.lexicon.unit_at(self.cells, at).is_some();
        if self.lexicon.has(Set::MoreOrAbout, next) && !numeral.few && !numeral.more {
            let unit = counted(end + 1) || (next != '来' && self.is_counted_over(&numeral, end + 1));
            let round =
                numeral.value.is_some_and(|value| (value.low % Decimal::TEN).is_zero()) || numeral.bare;
            if unit && (round || next == '余') && !(next == '多' && self.is(end + 1, "次") && !round) {
                end += 1;
                about = next == '来';
                more = !about;
            }
        }
        // 百把斤, 千把人: about a hundred, where 把 has no thing of its own behind it.
        if next == '把' && numeral.bare && counted(end + 1) {
            end += 1;
            about = true;
        }
        Amount { numeral, value: numeral.value, end, more, about }
    }

    /// True where what stands at `at`, behind 余 or 多, goes on with the number or leaves it to itself: 四万多装修.
    fn is_counted_over(&self, numeral: &Numeral, at: usize) -> bool {
        self.noun(at, false).is_some() || numeral.digits == 0 && self.closes_number(at)
    }

    /// The word between the two ends of a range: where the second number starts.
    pub(super) fn connector(&self, at: usize) -> Option<usize> {
        let mut at = at;
        if self.is(at, "(含)") {
            at += 3;
        }
        let signed =
            self.ch(at) == '-' && self.cells.get(at).is_some_and(|cell| cell.gap) && self.glued(at + 1);
        let length = match self.ch(at) {
            _ if signed => return None,
            '至' | '到' | '~' => 1,
            '-' => 1 + usize::from(self.ch(at + 1) == '-'),
            '—' => 1 + usize::from(self.ch(at + 1) == '—'),
            _ => return None,
        };
        let right = at + length;
        let sign = self.sign_at(right);
        let signed = sign > 0 && self.kind(right + sign).is_numeric() && self.ch(at) != '-';
        (self.kind(right).is_numeric() || signed).then_some(right)
    }

    /// How many cells the sign of a negative number takes that stands at `at`; 0 where there is none.
    fn sign_at(&self, at: usize) -> usize {
        match self.ch(at) {
            '-' | '负' => 1,
            '零' if self.ch(at + 1) == '下' => 2,
            _ => 0,
        }
    }

    /// 20~30家, 2000元至2600元, 十八至三十万日元.
    fn range(&self, at: usize, left: &Amount, left_unit: Option<&Unit>) -> Option<DraftFigure> {
        let left_end = left_unit.map_or(left.end, |unit| unit.cells.end);
        let connector = self.connector(left_end)?;
        let sign = self.sign_at(connector);
        let negative = sign > 0;
        let right_at = connector + sign;
        let numeral = self.numeral(right_at)?;
        let mut right = self.amount(numeral);
        if negative {
            right.value = right.value.and_then(|value| value.times(Decimal::NEGATIVE_ONE));
        }
        let right_unit = self.unit(&right).or_else(|| self.unknown(&right));
        let unit = match (left_unit, right_unit) {
            (None, Some(right)) => right,
            (Some(left), Some(right)) if self.same_unit(left, &right) => right,
            _ => return None,
        };
        // 增加7宗至312宗: by how many, and to how many.
        let changed = left_unit.is_some() && self.before_word(Cue::ChangeAmount, at);
        let (low, high) = (left.value?.low, right.value?.high);
        if changed && low.checked_mul(Decimal::TEN).is_some_and(|far| far < high) {
            return None;
        }
        let end = unit.cells.end;
        self.ranged_amount(left, &right, &unit, end)
    }

    fn ranged_amount(&self, left: &Amount, right: &Amount, unit: &Unit, end: usize) -> Option<DraftFigure> {
        let mut low = left.value?.low;
        let high = right.value?.high;
        // 三至四百名, 2至3千吨
        if let Some((lead, factor)) = right.numeral.lead
            && left.numeral.digits == 1
            && low < lead
            && right.numeral.tail.is_none_or(|(mantissa, _)| mantissa.high != lead)
        {
            low = low.checked_mul(factor)?;
        }
        // 20~30万: the scale of the second number is that of the first too, where that makes a range.
        if let Some((mantissa, factor)) = right.numeral.tail
            && left.numeral.tail.is_none()
            && left.value.is_some_and(|left| left.low == low)
            && low < mantissa.high
        {
            low = low.checked_mul(factor)?;
        }
        if low >= high || left.numeral.leading_zero {
            return None;
        }
        let mut draft = self.with_unit(unit, left.numeral.end..end);
        draft.cells.end = end;
        draft.value = Some(Value::Number(low));
        draft.value_max = Some(high);
        if right.more {
            draft.bound = Bound::Over;
        }
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
        let numeral = &amount.numeral;
        let Some(unit) = unit else {
            return self.unitless(at, amount, vague);
        };
        let mut draft = self.with_unit(&unit, at..unit.cells.end);
        amount.fill(&mut draft);
        let one = numeral.end == at + 1 && self.ch(at) == '一';
        if numeral.weak
            && numeral.digits == 1
            && !matches!(unit.sort, UnitKind::Money | UnitKind::Count | UnitKind::Measure)
        {
            return None;
        }
        match unit.sort {
            UnitKind::Percent => self.percent(&mut draft, amount).unwrap_or_default(),
            UnitKind::Money => self.money(&mut draft, one)?,
            UnitKind::Duration => self.duration(&mut draft, amount)?,
            UnitKind::Measure => self.measure(&mut draft, amount)?,
            UnitKind::Ratio => {
                // 九五折 is 9.5.
                let tenths =
                    |value: Decimal| if value >= Decimal::TEN { value / Decimal::TEN } else { value };
                if self.is(unit.cells.start, "折") && numeral.digits == 2 && !numeral.pair {
                    draft.value = amount.value.map(|value| Value::Number(tenths(value.low)));
                }
                if self.ch(unit.cells.end) == '半' {
                    draft.value = amount.value.and_then(|value| value.plus_half()).map(Value::Number);
                    draft.cells.end = unit.cells.end + 1;
                }
                if one
                    && self.is(unit.cells.start, "番")
                    && self.ch_before(at) != '翻'
                    && self.ch_before(at) != '了'
                {
                    return None;
                }
            }
            UnitKind::Count | UnitKind::Noun | UnitKind::Part => {
                draft.article = one;
                self.count(&mut draft, amount)?;
            }
        }
        self.more_inside(&mut draft);
        self.more_behind(&mut draft, unit.sort);
        Some(draft)
    }

    /// The unit behind `amount`, where a known one stands there and fits the number.
    fn unit(&self, amount: &Amount) -> Option<Unit> {
        let at = amount.end;
        if self.is(at, "个半") {
            // 一个半小时, 两个半月
            let rest = if self.ch(at + 2) == '月' { Some((at + 3, None)) } else { None };
            let rest = rest.or_else(|| {
                self.lexicon
                    .unit_at(self.cells, at + 2)
                    .filter(|&(_, id)| self.sort(id) == Some(UnitKind::Duration))
                    .map(|(end, id)| (end, Some(id)))
            });
            if let Some((end, id)) = rest {
                return Some(Unit { sort: UnitKind::Duration, id, cells: at + 2..end, noun: None });
            }
        }
        // 二三百号人; 号 with anything else behind it is no classifier.
        if self.is(at, "号人") {
            return Some(Unit { sort: UnitKind::Count, id: None, cells: at..at + 1, noun: None });
        }
        let (end, id) = self.lexicon.unit_at(self.cells, at)?;
        let sort = self.sort(id)?;
        // 王五人民币两万元: the name of money belongs to the amount behind it.
        // 还给赵六两百元: the two is of the amount behind it.
        if self.is(at, "两") && matches!(self.kind(at + 1), Kind::Scale | Kind::FormalScale) {
            return None;
        }
        if sort == UnitKind::Money && self.kind(end).is_numeric() && self.before_word(Cue::Currency, end) {
            return None;
        }
        let inner_gap = self.cells.get(at + 1..end).unwrap_or_default().iter().any(|cell| cell.gap);
        if inner_gap && self.cells.get(at).is_some_and(|cell| cell.kind == Kind::Letter) {
            return None;
        }
        if end == at + 1 && self.lexicon.begins_word(self.cells, at) {
            return None;
        }
        // A Latin unit ends where its word ends: 5m but not 5G or 3Min.
        if self.kind(at) == Kind::Letter
            && self.kind(end) == Kind::Letter
            && !self.cells.get(end).is_some_and(|cell| cell.gap)
        {
            return None;
        }
        Some(Unit { sort, id: Some(id), cells: at..end, noun: None })
    }
}
