//! What units of each kind do to a number: chains (五元三毛, 8天20小时), halves, tenths, and when a unit is none.

use std::ops::Range;

use rust_decimal::Decimal;

use super::chars::{Kind, digit};
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitKind};
use super::numeral::Numeral;
use super::quantity::Amount;
use super::text::Text;
use super::{Bound, Class, Value};

/// The longest name of a team between 领先 and the points.
const TEAM: usize = 8;

/// How far back in its sentence an amount of 分 looks for a price.
const SENTENCE: usize = 32;

/// What has steps, which are counted.
const STEPS: [&str; 5] = ["台阶", "石阶", "阶梯", "楼梯", "石级"];

impl Text<'_> {
    /// 三成, 七成六, 半成: tenths are printed as percentages.
    pub(super) fn percent(&self, draft: &mut DraftFigure, amount: &Amount) {
        let UnitText::Cells(unit) = draft.unit.clone() else { return };
        if self.ch(unit.start) != '成' {
            return;
        }
        let times = |value: Decimal| value.checked_mul(Decimal::TEN);
        draft.value = amount.value.and_then(|value| times(value.low)).map(Value::Number);
        draft.value_max = draft.value_max.and_then(times);
        let add = |draft: &mut DraftFigure, rest: Decimal| {
            if let Some(Value::Number(value)) = draft.value {
                draft.value = value.checked_add(rest).map(Value::Number);
            }
        };
        if self.ch(unit.end) == '半' {
            add(draft, Decimal::from(5));
            draft.cells.end = unit.end + 1;
        } else if self.kind(unit.end) == Kind::Numeral
            && let Some(rest) = self.numeral(unit.end)
            && rest.digits == 1
            && self.unit_sort(rest.end).is_none_or(|sort| sort == UnitKind::Noun)
        {
            add(draft, rest.value.map_or(Decimal::ZERO, |value| value.low));
            draft.cells.end = rest.end;
        }
    }

    /// 五元三毛, 九十九块九毛九, 伍仟元整; what is 一块 of something is no money.
    pub(super) fn money(&self, draft: &mut DraftFigure, one: bool) -> Option<()> {
        let UnitText::Cells(unit) = draft.unit.clone() else { return Some(()) };
        let whole = self.is(unit.start, "元") || self.is(unit.start, "块") || self.is(unit.start, "圆");
        let mut end = draft.cells.end;
        let length = unit.end - unit.start;
        let mut chained = false;
        let mut last = if whole { 0 } else { 1 };
        if (whole && length == 1) || self.one_of(unit.start, Set::Dimes) {
            let mut cents = Decimal::ZERO;
            while last < 3 {
                let Some(numeral) =
                    Some(end).filter(|&k| self.kind(k).is_numeric()).and_then(|k| self.numeral(k))
                else {
                    break;
                };
                let Some(value) =
                    numeral.value.filter(|value| value.low < Decimal::ONE_HUNDRED && !numeral.decimal)
                else {
                    break;
                };
                // 一角五一斤: fifteen cents a pound.
                if let Some(part) = self.price_and_amount(end, &numeral).filter(|_| last == 1 || whole) {
                    let weight = if last == 0 { Decimal::TEN } else { Decimal::ONE };
                    cents = cents.checked_add(part.checked_mul(weight)?)?;
                    end += 1;
                    chained = true;
                    break;
                }
                let (weight, step) = match self.ch(numeral.end) {
                    '角' | '毛' if last == 0 => (Decimal::TEN, 1),
                    '分' if last < 2 && self.ch(numeral.end + 1) != '钟' => (Decimal::ONE, 2),
                    '厘' if last == 2 => (Decimal::new(1, 1), 4),
                    // 九毛九: the last digit has the next lower unit.
                    _ if last < 2
                        && numeral.digits == 1
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
        if length == 1 && one && !chained && self.one_of(unit.start, Set::SmallMoney) {
            return None;
        }
        let formal = self.kind(draft.cells.start).is_formal();
        if formal && self.one_of(end, Set::Whole) && !self.one_of(end + 1, Set::BehindWhole) {
            draft.cells.end = end + 1;
        }
        Some(())
    }

    /// The last digit of a price that the amount sold for it follows at once: 一角五一斤, 2块5一斤.
    fn price_and_amount(&self, at: usize, numeral: &Numeral) -> Option<Decimal> {
        let one = at + 1;
        let amount = self.ch(one) == '一'
            && matches!(self.sort_at(one + 1), Some(UnitKind::Measure | UnitKind::Count));
        let single = numeral.end == one || (numeral.end == one + 1 && numeral.digits == 2);
        (amount && single).then(|| digit(self.ch(at)).map(Decimal::from)).flatten()
    }

    fn sort_at(&self, at: usize) -> Option<UnitKind> {
        self.lexicon.sort_at(self.cells, at)
    }

    /// 1米75, 一米八; 三度 as "three times" is no measure.
    pub(super) fn measure(&self, draft: &mut DraftFigure, amount: &Amount) -> Option<()> {
        let UnitText::Cells(unit) = draft.unit.clone() else { return Some(()) };
        let numeral = &amount.numeral;
        if self.is(unit.start, "米")
            && unit.end == unit.start + 1
            && self.kind(unit.end).is_numeric()
            && let Some(rest) = self.numeral(unit.end)
        {
            let free = self.lexicon.unit_at(self.cells, rest.end).is_none();
            if (1..=2).contains(&rest.digits) && free {
                let scale = if rest.digits == 1 { Decimal::TEN } else { Decimal::ONE_HUNDRED };
                let part = rest.value.and_then(|value| value.spelled(rest.pair).checked_div(scale));
                draft.value =
                    amount.value.zip(part).and_then(|(a, b)| a.low.checked_add(b)).map(Value::Number);
                draft.cells.end = rest.end;
            }
        }
        if self.taels(draft, unit.clone()).is_some() {
            return Some(());
        }
        if let Some((end, part)) = self.lower_parts(unit.clone()) {
            draft.value = amount.value.and_then(|value| value.low.checked_add(part)).map(Value::Number);
            draft.value_max = None;
            draft.cells.end = end;
            return Some(());
        }
        if self.ch(unit.end) == '半' && self.one_of(unit.end - 1, Set::HalfUnits) {
            draft.value = amount.value.and_then(|value| value.plus_half()).map(Value::Number);
            draft.cells.end = unit.end + 1;
            return Some(());
        }
        // 一百零八级台阶 are counted, 八级大风 measured.
        if self.is(unit.start, "级") && STEPS.iter().any(|steps| self.is(unit.end, steps)) {
            (draft.class, draft.sort) = (Class::Count, Some(UnitKind::Count));
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
        // 2021两会, 16日两名: the two is of what follows.
        let two = self.is(unit.start, "两")
            && numeral.starts_arabic
            && (self.counted(unit.end) || self.behind_word(Cue::NotUnit, unit.start));
        (!two).then_some(())
    }

    /// 一斤三两, 3两5钱: the whole in the smaller unit.
    fn taels(&self, draft: &mut DraftFigure, unit: Range<usize>) -> Option<()> {
        let below = |unit: char| match unit {
            '斤' => Some(('两', self.taels)),
            '两' => Some(('钱', 10)),
            _ => None,
        };
        let Some(Value::Number(mut sum)) = draft.value.filter(|_| unit.len() == 1) else { return None };
        let mut end = unit.end;
        let mut last = self.ch(unit.start);
        while let Some((lower, parts)) = below(last) {
            let Some(part) = self.numeral(end).filter(|part| self.ch(part.end) == lower && !part.pair) else {
                break;
            };
            sum = sum.checked_mul(Decimal::from(parts))?.checked_add(part.value?.low)?;
            (end, last) = (part.end + 1, lower);
        }
        if end == unit.end {
            return None;
        }
        draft.value = Some(Value::Number(sum));
        draft.unit = UnitText::Cells(end - 1..end);
        draft.canonical = self.lexicon.unit_at(self.cells, end - 1).map(|(_, id)| id);
        draft.cells.end = end;
        Some(())
    }

    /// 三丈二尺五寸: what stands behind `unit` in the units below it, each a tenth of the one above; where it ends
    /// and how many of `unit` it is.
    fn lower_parts(&self, unit: Range<usize>) -> Option<(usize, Decimal)> {
        let below = |unit: char| match unit {
            '丈' => Some('尺'),
            '尺' => Some('寸'),
            '石' => Some('斗'),
            '斗' => Some('升'),
            _ => None,
        };
        let mut last = self.ch(unit.start);
        let (mut end, mut sum, mut weight) = (unit.end, Decimal::ZERO, Decimal::ONE);
        while let Some(lower) = below(last).filter(|_| self.kind(end).is_numeric()) {
            let Some(part) = self.numeral(end).filter(|part| part.digits == 1 && self.ch(part.end) == lower)
            else {
                break;
            };
            weight = weight.checked_div(Decimal::TEN)?;
            sum = sum.checked_add(part.value?.low.checked_mul(weight)?)?;
            (end, last) = (part.end + 1, lower);
        }
        (unit.len() == 1 && end > unit.end).then_some((end, sum))
    }

    /// Which counts are none after all.
    pub(super) fn count(&self, draft: &mut DraftFigure, amount: &Amount) -> Option<()> {
        let UnitText::Cells(unit) = draft.unit.clone() else { return Some(()) };
        let numeral = &amount.numeral;
        let single = unit.end == unit.start + 1;
        let small = !numeral.starts_arabic && numeral.digits == 1 && !numeral.pair;
        self.half_behind(draft, amount);
        // 3分15秒
        if single && self.ch(unit.start) == '分' && self.chain(draft, unit.clone()).is_some() {
            return Some(());
        }
        match self.ch(unit.start) {
            // 零售每份5分, but 每局11分.
            '分' if single && numeral.starts_arabic => {
                let from = draft.cells.start;
                if self.priced(from) || self.dearer(from) {
                    draft.class = Class::Money;
                }
                Some(())
            }
            // 七分 without a decimal or a score around it is a share, not points.
            // 领先四分
            '分' if single && small && self.scored(draft.cells.start, unit.end) => Some(()),
            '分' if single && small => {
                // 每份四分, 售价八分
                let from = draft.cells.start;
                let priced =
                    (1..=4).any(|back| self.one_before(from.saturating_sub(back - 1), Set::PriceNear));
                draft.class = Class::Money;
                (priced || self.dearer(from)).then_some(())
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
            // 兵分三路, 三路大军; 解放三路 is a road.
            '路' if single => {
                let led = self.one_before(draft.cells.start, Set::BeforeWays);
                let troops = ["人马", "大军", "纵队", "记者", "专家", "并进"];
                (small && (led || troops.iter().any(|word| self.is(unit.end, word)))).then_some(())
            }
            // 第三方, 三方面
            '方' if single
                && self.kind(unit.end) == Kind::Han
                && self.one_of(unit.end, Set::BehindSideWord) =>
            {
                None
            }
            _ if draft.sort == Some(UnitKind::Noun)
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

    /// 八架半, 两目半: and half a one more, where 半 begins no word of its own.
    fn half_behind(&self, draft: &mut DraftFigure, amount: &Amount) {
        let half = draft.cells.end;
        let word = self.behind_word(Cue::HalfWord, half) || self.counted(half + 1);
        if self.ch(half) != '半' || word {
            return;
        }
        draft.value = amount.value.and_then(|value| value.plus_half()).map(Value::Number);
        draft.cells.end = half + 1;
    }

    /// True for points of a score.
    fn scored(&self, from: usize, end: usize) -> bool {
        // 领先上海队两分
        let against = || {
            let name = (1..=TEAM).map_while(|back| from.checked_sub(back));
            name.take_while(|&at| self.kind(at) == Kind::Han)
                .any(|at| self.before_word(Cue::PointsAgainst, at))
        };
        self.before_word(Cue::PointsBefore, from) || self.behind_word(Cue::PointsBehind, end) || against()
    }

    /// 每斤1.31元，比上年提高两分: the change of a price that was said before, and no points.
    fn dearer(&self, from: usize) -> bool {
        let near = |cue| {
            let sentence = (1..=SENTENCE).map_while(|back| from.checked_sub(back));
            sentence.take_while(|&at| self.kind(at) != Kind::Stop).any(|at| self.behind_word(cue, at))
        };
        self.before_word(Cue::Cheaper, from) && near(Cue::PriceNear) && !near(Cue::PointsNear)
    }

    /// True where goods or a price stand right before the amount: 每份, 售价.
    fn priced(&self, from: usize) -> bool {
        let goods = self.ch_before(from.saturating_sub(1)) == '每' && self.one_before(from, Set::Goods);
        goods || self.one_before(from, Set::Price)
    }

    /// 两个多月: over two months.
    pub(super) fn more_inside(&self, draft: &mut DraftFigure) {
        let UnitText::Cells(unit) = draft.unit.clone() else { return };
        let rest = unit.start + 2;
        if self.ch(unit.start) != '个' || !self.one_of(rest - 1, Set::More) || unit.end <= rest {
            return;
        }
        draft.unit = UnitText::Parted(unit.start..unit.start + 1, rest..unit.end);
        draft.bound = Bound::Over;
    }

    /// 一年多, 5元多, 10年余.
    pub(super) fn more_behind(&self, draft: &mut DraftFigure, sort: UnitKind) {
        let end = draft.cells.end;
        let open = matches!(
            sort,
            UnitKind::Money | UnitKind::Percent | UnitKind::Ratio | UnitKind::Measure | UnitKind::Duration
        );
        if !open || !self.one_of(end, Set::More) || matches!(draft.unit, UnitText::None) {
            return;
        }
        // 多了6元, 较前一年多5吨: a verb, or what there is more of.
        if !self.behind_word(Cue::NoMore, end + 1) && !self.kind(end + 1).is_numeric() {
            draft.cells.end = end + 1;
            draft.bound = Bound::Over;
        }
    }
}
