//! Quantities: a number with its unit, its modifiers and its range.

use std::ops::Range;

use rust_decimal::Decimal;

use super::chars::Kind;
use super::lexicon::{Cue, Sort, UnitId};
use super::numeral::{self, Numeral, Span};
use super::scan::{Draft, Text, UnitText};
use super::{Bound, Class, Value};

/// A unit that was read behind a number.
#[derive(Debug, Clone)]
struct Unit {
    sort: Sort,
    id: Option<UnitId>,
    /// The unit as printed.
    cells: Range<usize>,
}

/// The number in front and what stands between it and its unit.
#[derive(Debug, Clone, Copy)]
struct Amount {
    numeral: Numeral,
    value: Option<Span>,
    /// Behind the number and 余 or 多.
    end: usize,
    more: bool,
}

impl Text<'_> {
    /// The quantity whose first numeral stands at `at`.
    pub(super) fn quantity(&self, at: usize) -> Option<Draft> {
        // .5 without its zero
        let point = at
            .checked_sub(1)
            .filter(|&k| k >= self.floor && self.ch(k) == '.' && self.kind(at) == Kind::Digit);
        let point = point.filter(|&k| {
            self.cells.get(at).is_some_and(|cell| !cell.gap)
                && (k == self.floor || !self.kind(k - 1).is_numeric())
        });
        let at = point.unwrap_or(at);
        let numeral = numeral::read(self.cells, at, self.lexicon)?;
        let (mut start, few, above) = self.vague(at, &numeral);
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
        let mut amount = self.amount(numeral);
        if negative.is_some() {
            amount.value = amount.value.and_then(|value| value.times(Decimal::NEGATIVE_ONE));
        }
        let mut draft = match self.range(&amount) {
            Some(draft) => draft,
            None => self.single(at, &amount, few || above)?,
        };
        draft.cells.start = start;
        if few {
            draft.value = None;
            draft.value_max = None;
            draft.bound = Bound::Exact;
        }
        if above {
            draft.bound = Bound::Over;
        }
        if numeral.few && amount.end == numeral.end && numeral.end == at + 2 {
            // 十几 by itself has no value; 二十几 and 十几万 are at least that much.
            draft.value = None;
            draft.bound = Bound::Exact;
        }
        self.currency_sign(&mut draft);
        self.modifiers(&mut draft, above);
        Some(draft)
    }

    /// 几十, 数百 and 上百 have no value; 上千万 is over its value.
    fn vague(&self, at: usize, numeral: &Numeral) -> (usize, bool, bool) {
        let scale = self.kind(at) == Kind::Scale && (numeral.bare || self.ch(at) == '十');
        let plain = (at, false, false);
        if !scale || at <= self.floor {
            return plain;
        }
        let before = self.ch(at - 1);
        match before {
            '几' | '数' => (at - 1, true, false),
            '上' => {
                let compound = numeral.end > at + 1;
                (at - 1, !compound, compound)
            }
            _ => plain,
        }
    }

    /// 负 or a minus sign in front of the number: where it stands.
    fn sign(&self, at: usize) -> Option<usize> {
        let sign = at.checked_sub(1).filter(|&k| k >= self.floor)?;
        let before = sign.checked_sub(1).map_or(Kind::Clause, |k| self.kind(k));
        let joined = self.cells.get(at).is_some_and(|cell| !cell.gap);
        let parted = !before.is_numeric() && before != Kind::Letter && before != Kind::Bracket;
        match self.ch(sign) {
            '负' if parted && !matches!(self.ch_before(sign), '胜' | '平' | '担' | '抱' | '肩') => {
                Some(sign)
            }
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
        let mut more = numeral.more;
        let next = self.ch(end);
        let counted = |at: usize| self.lexicon.unit_at(self.cells, at).is_some();
        if matches!(next, '余' | '多' | '来') && !numeral.few && !more {
            let unit = counted(end + 1) || (next != '来' && self.noun(end + 1, false).is_some());
            let round =
                numeral.value.is_some_and(|value| (value.low % Decimal::TEN).is_zero()) || numeral.bare;
            if unit && (round || next == '余') && !(next == '多' && self.is(end + 1, "次") && !round) {
                end += 1;
                more = true;
            }
        }
        Amount { numeral, value: numeral.value, end, more }
    }

    /// N分之M, 百分之N, N又M分之K.
    fn fraction(&self, at: usize, start: usize, first: &Numeral, negative: bool) -> Option<Draft> {
        let mut whole = None;
        let mut lower = *first;
        if self.ch(first.end) == '又' && self.kind(first.end + 1).is_numeric() {
            whole = Some(first.value?.low);
            lower = numeral::read(self.cells, first.end + 1, self.lexicon)?;
        }
        if !self.is(lower.end, "分之") {
            return None;
        }
        let from = lower.end + 2;
        let percent = whole.is_none() && first.bare && first.end == at + 1 && self.ch(at) == '百';
        let vague = usize::from(matches!(self.ch(from), '几' | '数'));
        if percent && vague == 1 && !self.kind(from + 1).is_numeric() {
            let mut draft = Draft::new(start..from + 1, Class::Percent);
            draft.unit = UnitText::Fixed("%");
            return Some(draft);
        }
        let upper = numeral::read(self.cells, from + vague, self.lexicon)?;
        let mut end = upper.end;
        let denominator = lower.value?.low;
        let mut numerator = upper.value?.low;
        if negative {
            numerator = -numerator;
        }
        if percent {
            let mut draft = Draft::new(start..end, Class::Percent);
            draft.value =
                (vague == 0 && !(upper.few && upper.end == from + 2)).then_some(Value::Number(numerator));
            draft.unit = UnitText::Fixed("%");
            if upper.pair {
                draft.value_max = upper.value.map(|value| value.high);
            }
            if upper.more && !upper.few {
                draft.bound = Bound::Over;
            }
            if matches!(self.ch(end), '多' | '余') && !self.kind(end + 1).is_numeric() {
                draft.bound = Bound::Over;
                end += 1;
            }
            if let Some((right_end, high)) = self.percent_range(end) {
                if high > numerator {
                    draft.value_max = Some(high);
                    end = right_end;
                }
            }
            draft.cells.end = end;
            self.modifiers(&mut draft, false);
            return Some(draft);
        }
        if denominator.is_zero() {
            return None;
        }
        let numerator = match whole {
            Some(whole) => whole.checked_mul(denominator)?.checked_add(numerator)?,
            None => numerator,
        };
        let mut draft = Draft::new(start..end, Class::Ratio);
        draft.value = Some(Value::Fraction(numerator, denominator));
        // A fraction of a thing that is counted: 五分之一个.
        if let Some((unit_end, id)) = self.lexicon.unit_at(self.cells, end) {
            if self.is(end, "个") {
                draft.class = Class::Count;
                draft.unit = UnitText::Cells(end..unit_end);
                draft.canonical = Some(id);
                draft.cells.end = unit_end;
            }
        }
        if self.ch(end) == '多' {
            draft.bound = Bound::Over;
            draft.cells.end = end + 1;
        }
        self.modifiers(&mut draft, false);
        Some(draft)
    }

    /// 至百分之三十, 到三十: the upper end of a percentage in words.
    fn percent_range(&self, at: usize) -> Option<(usize, Decimal)> {
        let right = self.connector(at)?;
        let right = if self.is(right, "百分之") { right + 3 } else { right };
        let numeral = numeral::read(self.cells, right, self.lexicon)?;
        if self.lexicon.unit_at(self.cells, numeral.end).is_some() || self.is(numeral.end, "分之") {
            return None;
        }
        Some((numeral.end, numeral.value?.high))
    }

    /// 1:2, 3比1, 3/4, 以3-1战胜.
    fn proportion(&self, at: usize, start: usize, first: &Numeral) -> Option<Draft> {
        if first.more || first.bare || first.pair {
            return None;
        }
        let sign = self.ch(first.end);
        let right = first.end + 1;
        if !self.kind(right).is_numeric() || !matches!(sign, ':' | '比' | '/' | '-' | '—') {
            return None;
        }
        let second = numeral::read(self.cells, right, self.lexicon)?;
        let (left_value, right_value) = (first.value?.low, second.value?.low);
        let mut draft = Draft::new(start..second.end, Class::Ratio);
        match sign {
            ':' | '比' => {
                let arabic = first.starts_arabic || second.starts_arabic || sign == '比';
                let again = self.ch(second.end) == ':' || second.bare || first.leading_zero;
                let large = Decimal::from(1000);
                if !arabic || again || left_value > large || right_value > large {
                    return None;
                }
                if self
                    .lexicon
                    .unit_at(self.cells, second.end)
                    .is_some_and(|(_, id)| self.sort(id) != Some(Sort::Count))
                {
                    return None;
                }
                draft.value = Some(Value::Proportion(left_value, right_value));
            }
            '/' => {
                if !first.arabic || !second.arabic || right_value.is_zero() || first.decimal {
                    return None;
                }
                if left_value > right_value
                    && left_value <= Decimal::from(12)
                    && right_value <= Decimal::from(31)
                    && !self.is(second.end, "个")
                {
                    let mut date = Draft::new(start..second.end, Class::Date);
                    date.point = u32::try_from(left_value).ok().zip(u32::try_from(right_value).ok()).map(
                        |(month, day)| {
                            (
                                super::date::Point {
                                    month: Some(month),
                                    day: Some(day),
                                    ..Default::default()
                                },
                                None,
                            )
                        },
                    );
                    return Some(date);
                }
                draft.value = Some(Value::Fraction(left_value, right_value));
                if let Some((unit_end, id)) = self.lexicon.unit_at(self.cells, second.end) {
                    if self.sort(id) == Some(Sort::Count) {
                        draft.class = Class::Count;
                        draft.unit = UnitText::Cells(second.end..unit_end);
                        draft.canonical = Some(id);
                        draft.cells.end = unit_end;
                    }
                }
            }
            _ => {
                let verbs = [
                    "战胜", "击败", "力克", "大胜", "险胜", "取胜", "获胜", "告负", "轻取", "不敌", "淘汰",
                    "逼平", "战平", "领先", "落后", "胜", "负", "横扫", "逆转",
                ];
                let scored =
                    verbs.iter().any(|verb| self.is(second.end, verb)) || self.is(second.end, "的比分");
                let said = matches!(self.ch_before(at), '以' | '分') && scored;
                if !said || !first.arabic || !second.arabic {
                    return None;
                }
                draft.value = Some(Value::Proportion(left_value, right_value));
            }
        }
        self.modifiers(&mut draft, false);
        Some(draft)
    }

    /// The word between the two ends of a range: where the second number starts.
    fn connector(&self, at: usize) -> Option<usize> {
        let mut at = at;
        if self.is(at, "(含)") {
            at += 3;
        }
        let length = match self.ch(at) {
            '至' | '到' | '~' => 1,
            '-' => 1 + usize::from(self.ch(at + 1) == '-'),
            '—' => 1 + usize::from(self.ch(at + 1) == '—'),
            _ => return None,
        };
        let right = at + length;
        let sign =
            matches!(self.ch(right), '-' | '负') && self.kind(right + 1).is_numeric() && self.ch(at) != '-';
        (self.kind(right).is_numeric() || sign).then_some(right)
    }

    /// 20~30家, 2000元至2600元, 十八至三十万日元.
    fn range(&self, left: &Amount) -> Option<Draft> {
        let left_unit = self.unit(left);
        let left_end = left_unit.as_ref().map_or(left.end, |unit| unit.cells.end);
        let connector = self.connector(left_end)?;
        let negative = matches!(self.ch(connector), '-' | '负');
        let right_at = connector + usize::from(negative);
        let numeral = numeral::read(self.cells, right_at, self.lexicon)?;
        let mut right = self.amount(numeral);
        if negative {
            right.value = right.value.and_then(|value| value.times(Decimal::NEGATIVE_ONE));
        }
        let right_unit = self.unit(&right).or_else(|| self.unknown(&right));
        let unit = match (left_unit, right_unit) {
            (None, Some(right)) => right,
            (Some(left), Some(right)) if self.same_unit(&left, &right) => right,
            _ => return None,
        };
        let end = unit.cells.end;
        self.ranged_amount(left, &right, &unit, end)
    }

    fn ranged_amount(&self, left: &Amount, right: &Amount, unit: &Unit, end: usize) -> Option<Draft> {
        let mut low = left.value?.low;
        let high = right.value?.high;
        // 20~30万: the scale of the second number is that of the first too, where that makes a range.
        if let Some((mantissa, factor)) = right.numeral.tail {
            if left.numeral.tail.is_none() && low < mantissa.high {
                low = low.checked_mul(factor)?;
            }
        }
        if low >= high || left.numeral.leading_zero {
            return None;
        }
        let mut draft = self.draft(unit, left.numeral.end..end);
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

    fn draft(&self, unit: &Unit, cells: Range<usize>) -> Draft {
        let mut draft = Draft::new(cells, unit.sort.class());
        draft.unit = UnitText::Cells(unit.cells.clone());
        draft.canonical = unit.id;
        draft.sort = Some(unit.sort);
        draft
    }

    /// One number with its unit.
    fn single(&self, at: usize, amount: &Amount, few: bool) -> Option<Draft> {
        let numeral = &amount.numeral;
        let Some(unit) = self.unit(amount) else {
            return self.without_unit(at, amount, few);
        };
        let mut draft = self.draft(&unit, at..unit.cells.end);
        draft.value = amount.value.map(|value| Value::Number(value.low));
        draft.value_max = amount.value.filter(|value| value.high != value.low).map(|value| value.high);
        if amount.more {
            draft.bound = Bound::Over;
        }
        let one = numeral.end == at + 1 && self.ch(at) == '一';
        if numeral.weak
            && numeral.digits == 1
            && !matches!(unit.sort, Sort::Money | Sort::Count | Sort::Measure)
        {
            return None;
        }
        match unit.sort {
            Sort::Percent => self.percent(&mut draft, amount),
            Sort::Money => self.money(&mut draft, one)?,
            Sort::Duration => self.duration(&mut draft, amount)?,
            Sort::Measure => self.measure(&mut draft, amount)?,
            Sort::Ratio => {
                if self.ch(unit.cells.end) == '半' {
                    draft.value = amount
                        .value
                        .and_then(|value| value.low.checked_add(Decimal::new(5, 1)))
                        .map(Value::Number);
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
            Sort::Count | Sort::Noun | Sort::Part => {
                draft.article = one;
                self.count(&mut draft, amount)?;
            }
        }
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
                    .filter(|&(_, id)| self.sort(id) == Some(Sort::Duration))
                    .map(|(end, id)| (end, Some(id)))
            });
            if let Some((end, id)) = rest {
                return Some(Unit { sort: Sort::Duration, id, cells: at + 2..end });
            }
        }
        let (end, id) = self.lexicon.unit_at(self.cells, at)?;
        let sort = self.sort(id)?;
        let inner_gap = self.cells.get(at + 1..end).unwrap_or_default().iter().any(|cell| cell.gap);
        if inner_gap && self.cells.get(at).is_some_and(|cell| cell.kind == Kind::Letter) {
            return None;
        }
        if end == at + 1 && self.lexicon.cue_at(Cue::NotUnit, self.cells, at).is_some_and(|word| word > end) {
            return None;
        }
        // A Latin unit ends where its word ends: 5m but not 5G or 3Min.
        if self.kind(at) == Kind::Letter
            && self.kind(end) == Kind::Letter
            && !self.cells.get(end).is_some_and(|cell| cell.gap)
        {
            return None;
        }
        Some(Unit { sort, id: Some(id), cells: at..end })
    }

    /// A noun that no list knows, counted directly: 2380旅客.
    fn unknown(&self, amount: &Amount) -> Option<Unit> {
        let numeral = &amount.numeral;
        if self.cells.get(amount.end).is_some_and(|cell| cell.gap) {
            return None;
        }
        let hundred = numeral.value.is_some_and(|value| value.low >= Decimal::ONE_HUNDRED);
        let counts = numeral.starts_arabic || (hundred && !numeral.bare && numeral.digits == 0);
        if !counts || numeral.leading_zero {
            return None;
        }
        let cells = self.noun(amount.end, true)?;
        Some(Unit { sort: Sort::Noun, id: None, cells })
    }

    /// Two characters that may be a noun.
    fn noun(&self, at: usize, strict: bool) -> Option<Range<usize>> {
        let han =
            |k: usize| self.kind(k) == Kind::Han && !self.cells.get(k).is_some_and(|cell| cell.gap && strict);
        if !han(at) || !han(at + 1) || self.lexicon.cue_at(Cue::ObjectEnd, self.cells, at).is_some() {
            return None;
        }
        if self.lexicon.cue_at(Cue::NotUnit, self.cells, at).is_some() {
            return None;
        }
        (!"的了在是和与及等为将被".contains(self.ch(at + 1))).then_some(at..at + 2)
    }

    /// A number with nothing that it counts.
    fn without_unit(&self, at: usize, amount: &Amount, few: bool) -> Option<Draft> {
        let numeral = &amount.numeral;
        if let Some(unit) = self.unknown(amount).filter(|unit| self.ch(unit.cells.start) != '型') {
            let mut draft = self.draft(&unit, at..unit.cells.end);
            draft.value = amount.value.map(|value| Value::Number(value.low));
            if amount.more {
                draft.bound = Bound::Over;
            }
            return Some(draft);
        }
        // 3000型 is a model.
        if numeral.starts_arabic && self.ch(numeral.end) != '型' {
            let mut draft = Draft::new(at..numeral.end, Class::Count);
            draft.value = numeral.value.map(|value| Value::Number(value.low));
            if numeral.more {
                draft.bound = Bound::Over;
            }
            draft.bare = true;
            return Some(draft);
        }
        // 突破一万大关
        if self.is(numeral.end, "大关") && !few {
            let mut draft = Draft::new(at..numeral.end, Class::Count);
            draft.value = numeral.value.map(|value| Value::Number(value.low));
            return Some(draft);
        }
        None
    }

    /// 三成, 七成六, 半成: tenths are printed as percentages.
    fn percent(&self, draft: &mut Draft, amount: &Amount) {
        let UnitText::Cells(unit) = draft.unit.clone() else { return };
        if self.ch(unit.start) != '成' {
            return;
        }
        let times = |value: Decimal| value.checked_mul(Decimal::TEN);
        draft.value = amount.value.and_then(|value| times(value.low)).map(Value::Number);
        draft.value_max = draft.value_max.and_then(times);
        let add = |draft: &mut Draft, rest: Decimal| {
            if let Some(Value::Number(value)) = draft.value {
                draft.value = value.checked_add(rest).map(Value::Number);
            }
        };
        if self.ch(unit.end) == '半' {
            add(draft, Decimal::from(5));
            draft.cells.end = unit.end + 1;
        } else if self.kind(unit.end) == Kind::Numeral {
            if let Some(rest) = numeral::read(self.cells, unit.end, self.lexicon) {
                if rest.digits == 1 && self.lexicon.unit_at(self.cells, rest.end).is_none() {
                    add(draft, rest.value.map_or(Decimal::ZERO, |value| value.low));
                    draft.cells.end = rest.end;
                }
            }
        }
    }

    /// 五元三毛, 九十九块九毛九, 伍仟元整; what is 一块 of something is no money.
    fn money(&self, draft: &mut Draft, one: bool) -> Option<()> {
        let UnitText::Cells(unit) = draft.unit.clone() else { return Some(()) };
        let whole = self.is(unit.start, "元") || self.is(unit.start, "块") || self.is(unit.start, "圆");
        let mut end = draft.cells.end;
        let length = unit.end - unit.start;
        let mut chained = false;
        let mut last = if whole { 0 } else { 1 };
        if (whole && length == 1) || matches!(self.ch(unit.start), '角' | '毛') {
            let mut cents = Decimal::ZERO;
            while last < 2 {
                let Some(numeral) = Some(end)
                    .filter(|&k| self.kind(k).is_numeric())
                    .and_then(|k| numeral::read(self.cells, k, self.lexicon))
                else {
                    break;
                };
                let Some(value) =
                    numeral.value.filter(|value| value.low < Decimal::ONE_HUNDRED && !numeral.decimal)
                else {
                    break;
                };
                let (weight, step) = match self.ch(numeral.end) {
                    '角' | '毛' if last == 0 => (Decimal::TEN, 1),
                    '分' if self.ch(numeral.end + 1) != '钟' => (Decimal::ONE, 2),
                    // 九毛九: the last digit has the next lower unit.
                    _ if numeral.digits == 1
                        && self.lexicon.unit_at(self.cells, numeral.end).is_none()
                        && !numeral.arabic
                        && (last == 1 || self.ch(unit.start) == '块') =>
                    {
                        (if last == 0 { Decimal::TEN } else { Decimal::ONE }, 3)
                    }
                    _ => break,
                };
                cents = cents.checked_add(value.low.checked_mul(weight)?)?;
                end = numeral.end + usize::from(step != 3);
                chained = true;
                last = step;
            }
            if chained {
                let scale = if whole { Decimal::ONE_HUNDRED } else { Decimal::TEN };
                if let (Some(Value::Number(value)), Some(rest)) = (draft.value, cents.checked_div(scale)) {
                    draft.value = value.checked_add(rest).map(Value::Number);
                }
                draft.cells.end = end;
            }
        }
        if length == 1 && one && !chained && matches!(self.ch(unit.start), '块' | '角' | '毛') {
            return None;
        }
        let formal = self.kind(draft.cells.start).is_formal();
        if formal
            && matches!(self.ch(end), '整' | '正')
            && !matches!(self.ch(end + 1), '个' | '式' | '是' | '在' | '体' | '改' | '理' | '常')
        {
            draft.cells.end = end + 1;
        }
        Some(())
    }

    /// 8天20小时, 三天半, 一个半小时.
    fn duration(&self, draft: &mut Draft, amount: &Amount) -> Option<()> {
        let UnitText::Cells(unit) = draft.unit.clone() else { return Some(()) };
        let half = Decimal::new(5, 1);
        if unit.start == amount.end + 2 && self.ch(amount.end + 1) == '半' {
            draft.value = amount.value.and_then(|value| value.low.checked_add(half)).map(Value::Number);
            return Some(());
        }
        if self.is(unit.start, "年") && unit.end == unit.start + 1 && matches!(self.ch(unit.end), '级' | '代')
        {
            return None;
        }
        if self.is(unit.start, "秒") && unit.end == unit.start + 1 && self.kind(unit.end) == Kind::Digit {
            // 9秒83
            if let Some(rest) = numeral::read(self.cells, unit.end, self.lexicon).filter(|rest| {
                rest.digits <= 2 && rest.arabic && self.lexicon.unit_at(self.cells, rest.end).is_none()
            }) {
                let scale = if rest.digits == 1 { Decimal::TEN } else { Decimal::ONE_HUNDRED };
                let part = rest.value.and_then(|value| value.low.checked_div(scale));
                draft.value =
                    amount.value.zip(part).and_then(|(a, b)| a.low.checked_add(b)).map(Value::Number);
                draft.cells.end = rest.end;
                return Some(());
            }
        }
        if self.ch(unit.end) == '半' && !matches!(self.ch(unit.end + 1), '的' | '数') {
            draft.value = amount.value.and_then(|value| value.low.checked_add(half)).map(Value::Number);
            draft.cells.end = unit.end + 1;
            return Some(());
        }
        let mut end = draft.cells.end;
        let mut chained = false;
        loop {
            let link = usize::from(matches!(self.ch(end), '又' | '零' | '余' | '多'));
            let link = link + usize::from(link == 1 && self.ch(end + link) == '又');
            let next = end + link;
            if !self.kind(next).is_numeric() {
                break;
            }
            let Some(numeral) = numeral::read(self.cells, next, self.lexicon) else { break };
            let after = self
                .lexicon
                .unit_at(self.cells, numeral.end)
                .filter(|&(_, id)| self.sort(id) == Some(Sort::Duration));
            // 三年六个月, 8年6月
            let month = self.ch(numeral.end) == '月' && self.is(unit.start, "年");
            let clock = month || self.ch(numeral.end) == '分' && self.ch(numeral.end + 1) != '之';
            end = match after {
                Some((after, _)) => after,
                None if clock => numeral.end + 1,
                None => break,
            };
            chained = true;
        }
        if chained {
            draft.cells.end = end;
            draft.value = None;
            draft.value_max = None;
            draft.unit = UnitText::None;
            draft.canonical = None;
        }
        Some(())
    }

    /// 1米75, 一米八; 三度 as "three times" is no measure.
    fn measure(&self, draft: &mut Draft, amount: &Amount) -> Option<()> {
        let UnitText::Cells(unit) = draft.unit.clone() else { return Some(()) };
        let numeral = &amount.numeral;
        if self.is(unit.start, "米") && unit.end == unit.start + 1 && self.kind(unit.end).is_numeric() {
            if let Some(rest) = numeral::read(self.cells, unit.end, self.lexicon) {
                let free = self.lexicon.unit_at(self.cells, rest.end).is_none();
                if (1..=2).contains(&rest.digits) && free && !rest.pair {
                    let scale = if rest.digits == 1 { Decimal::TEN } else { Decimal::ONE_HUNDRED };
                    let part = rest.value.and_then(|value| value.low.checked_div(scale));
                    draft.value =
                        amount.value.zip(part).and_then(|(a, b)| a.low.checked_add(b)).map(Value::Number);
                    draft.cells.end = rest.end;
                }
            }
        }
        if self.ch(unit.end) == '半' && "岁米斤吨里亩两尺寸".contains(self.ch(unit.end - 1)) {
            draft.value =
                amount.value.and_then(|value| value.low.checked_add(Decimal::new(5, 1))).map(Value::Number);
            draft.cells.end = unit.end + 1;
            return Some(());
        }
        let times = self.is(unit.start, "度")
            && unit.end == unit.start + 1
            && !numeral.starts_arabic
            && numeral.digits == 1;
        if times
            && self.kind(unit.end) == Kind::Han
            && self.lexicon.after.longest(self.cells, unit.end).is_none()
        {
            return None;
        }
        let weight = self.is(unit.start, "两") && numeral.starts_arabic;
        (!weight).then_some(())
    }

    /// Which counts are none after all.
    fn count(&self, draft: &mut Draft, amount: &Amount) -> Option<()> {
        let UnitText::Cells(unit) = draft.unit.clone() else { return Some(()) };
        let numeral = &amount.numeral;
        let single = unit.end == unit.start + 1;
        let small = !numeral.starts_arabic && numeral.digits == 1 && !numeral.pair;
        if single && self.ch(unit.start) == '分' && self.kind(unit.end).is_numeric() {
            // 3分15秒
            let seconds = numeral::read(self.cells, unit.end, self.lexicon)
                .filter(|seconds| self.ch(seconds.end) == '秒');
            if let Some(seconds) = seconds {
                draft.class = Class::Duration;
                draft.value = None;
                draft.unit = UnitText::None;
                draft.canonical = None;
                draft.cells.end = seconds.end + 1 + usize::from(self.ch(seconds.end + 1) == '钟');
                return Some(());
            }
        }
        match self.ch(unit.start) {
            // 七分 without a decimal or a score around it is a share, not points.
            '分' if single && small => {
                // 每份四分, 售价八分
                let from = draft.cells.start;
                let priced =
                    (1..=4).any(|back| "每价售付".contains(self.ch_before(from.saturating_sub(back - 1))));
                draft.class = Class::Money;
                priced.then_some(())
            }
            '强' if single && amount.value.is_some_and(|value| value.low < Decimal::from(4)) => None,
            '厂' | '院' | '校' | '子'
                if single
                    && small
                    && self.ch(draft.cells.start) != '两'
                    && self.kind(unit.end) == Kind::Han
                    && !matches!(self.ch(unit.end), '两') =>
            {
                None
            }
            '连' | '营' | '团' | '师' if single && small => None,
            '大' if single => {
                let noun = self.kind(unit.end) == Kind::Han || self.kind(unit.end) == Kind::Open;
                noun.then_some(())
            }
            // 第三方, 三方面
            '方' if single
                && self.kind(unit.end) == Kind::Han
                && matches!(self.ch(unit.end), '案' | '式' | '法' | '向' | '针' | '便' | '略') =>
            {
                None
            }
            _ if draft.sort == Some(Sort::Noun)
                && self.ch(draft.cells.start) == '二'
                && small
                && self.ch(unit.start) != '人' =>
            {
                None
            }
            'A' if !numeral.starts_arabic => None,
            _ => Some(()),
        }
    }

    /// 一年多, 5元多, 10年余.
    fn more_behind(&self, draft: &mut Draft, sort: Sort) {
        let end = draft.cells.end;
        let open = matches!(sort, Sort::Money | Sort::Percent | Sort::Ratio | Sort::Measure | Sort::Duration);
        if !open || !matches!(self.ch(end), '多' | '余') || matches!(draft.unit, UnitText::None) {
            return;
        }
        if !matches!(
            self.ch(end + 1),
            '方' | '元' | '样' | '种' | '次' | '个' | '家' | '名' | '项' | '少' | '么' | '位' | '地' | '渠'
        ) {
            draft.cells.end = end + 1;
            draft.bound = Bound::Over;
        }
    }

    /// $5, 人民币3.14, 新台币 177.1 亿元.
    fn currency_sign(&self, draft: &mut Draft) {
        let start = draft.cells.start;
        let Some(before) = start.checked_sub(1).filter(|&k| k >= self.floor) else { return };
        if matches!(self.ch(before), '$' | '¥' | '€' | '£' | '₩')
            && !self.cells.get(start).is_some_and(|cell| cell.gap)
        {
            let dollars =
                before.checked_sub(2).filter(|&k| k >= self.floor && self.is(k, "US") || self.is(k, "HK"));
            draft.cells.start = dollars.unwrap_or(before);
            if draft.class != Class::Money {
                draft.class = Class::Money;
                draft.sort = Some(Sort::Money);
                draft.cells.end = self.amount_end(draft);
                draft.unit = UnitText::Cells(before..before + 1);
                draft.canonical = None;
            }
            draft.bare = false;
            return;
        }
        for (word, with_unit) in
            [("人民币", false), ("新台币", true), ("港币", true), ("台币", true), ("美金", true)]
        {
            let Some(from) = start.checked_sub(word.chars().count()).filter(|&k| k >= self.floor) else {
                continue;
            };
            if !self.is(from, word) {
                continue;
            }
            if draft.class == Class::Money {
                if with_unit {
                    draft.cells.start = from;
                }
            } else if draft.bare {
                draft.class = Class::Money;
                draft.unit = UnitText::Cells(from..start);
                draft.canonical = self.lexicon.unit_at(self.cells, from).map(|(_, id)| id);
                draft.cells.start = from;
                draft.bare = false;
            }
            return;
        }
    }

    fn amount_end(&self, draft: &Draft) -> usize {
        match &draft.unit {
            UnitText::Cells(unit) => unit.start,
            _ => draft.cells.end,
        }
    }

    /// What stands directly before and behind a number and says how it is meant.
    pub(super) fn modifiers(&self, draft: &mut Draft, above: bool) {
        if draft.modified {
            return;
        }
        draft.modified = true;
        let mut end = draft.cells.end;
        if matches!(
            draft.class,
            Class::Money | Class::Percent | Class::Ratio | Class::Count | Class::Measure | Class::Duration
        ) {
            if let Some((after, bound)) = self.lexicon.after.longest(self.cells, end) {
                let next = self.cells.get(end).is_some_and(|cell| !cell.gap);
                if next {
                    end = after;
                    draft.bound = bound;
                    draft.suffixed = true;
                }
            }
            draft.cells.end = end;
            if !above {
                self.modifier_before(draft);
            }
        }
    }

    fn modifier_before(&self, draft: &mut Draft) {
        let start = draft.cells.start;
        let Some((from, Some(bound))) = self.lexicon.before.longest_before(self.cells, self.floor, start)
        else {
            return;
        };
        if self.cells.get(start).is_some_and(|cell| cell.gap) && start - from == 1 {
            return;
        }
        let outer = draft.bound;
        draft.cells.start = from;
        draft.bound = bound;
        if bound == Bound::Nearly && self.ch(from) == '近' && self.reaches_now(draft, from) {
            draft.bound = Bound::Exact;
        }
        // 至少九千块钱以上 and 约500多人 keep the word in front; 近三年多 stays over.
        if outer == Bound::Over && draft.bound == Bound::Exact {
            draft.bound = outer;
        }
    }

    /// 近三年 reaches to now; 历时近三年 is nearly three years.
    fn reaches_now(&self, draft: &Draft, from: usize) -> bool {
        let long = match &draft.unit {
            UnitText::Cells(unit) => {
                ["年", "个月", "月", "天", "日", "周", "星期", "个季度", "个星期", "个多月"]
                    .iter()
                    .any(|word| self.is(unit.start, word))
            }
            _ => false,
        };
        let lasting =
            ["时", "用", "了", "达", "长", "花", "耗", "隔", "续", "待", "过", "逾", "有", "经", "为"];
        draft.class == Class::Duration
            && long
            && !lasting.iter().any(|word| from > self.floor && self.is(from - 1, word))
    }
}
