//! What units of each kind do to a number: chains (五元三毛, 8天20小时), halves, tenths, and when a unit is none.

use std::ops::Range;

use rust_decimal::Decimal;

use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Set, UnitKind};
use super::numeral::Numeral;
use super::numeral::traits::{ARABIC, DECIMAL, PAIR, SINGLE, STARTS_ARABIC};
use super::pattern::Pattern;
use super::quantity::Amount;
use super::text::Text;
use super::words::{Kind, digit};
use super::{Bound, Class, Value};

/// A unit and the one below it, with how many of those it has.
const LOWER: [(char, char, i64); 4] =
    [('丈', '尺', 10), ('尺', '寸', 10), ('石', '斗', 10), ('斗', '升', 10)];

/// The least number of powers that are counted; one power, two powers and three are of something else.
const POWERS: i64 = 4;

/// A coin and what it is worth.
struct Coin {
    /// The cell behind it.
    end: usize,
    /// In hundredths of a 元.
    value: Decimal,
    /// How far down it stands: 元, 角, 分, 厘.
    level: usize,
}

/// Below 厘, or behind a digit whose coin is not said, nothing follows.
const LAST_LEVEL: usize = 3;

impl Text<'_> {
    /// 三成, 七成六, 半成: tenths are printed as percentages.
    pub(super) fn percent(&self, draft: &mut DraftFigure, amount: &Amount) -> Option<()> {
        let unit = draft.unit_cells().filter(|unit| self.ch(unit.start) == '成')?;
        let times = |value: Decimal| value.checked_mul(Decimal::TEN);
        draft.value = amount.value.and_then(|value| times(value.low)).map(Value::Number);
        draft.value_max = draft.value_max.and_then(times);
        let (end, rest) = self.behind_tenths(unit.end)?;
        draft.add(rest);
        draft.cells.end = end;
        Some(())
    }

    /// The hundredths behind 成, 半 or a digit: where they end, and how many.
    fn behind_tenths(&self, at: usize) -> Option<(usize, Decimal)> {
        if let Some(end) = self.char_at(at, '半') {
            return Some((end, Decimal::from(5)));
        }
        self.kind_at(at, Kind::Numeral)?;
        let rest = self.numeral(at).filter(|rest| rest.has(SINGLE))?;
        self.unit_sort(rest.end)
            .is_none_or(|sort| sort == UnitKind::Noun)
            .then_some((rest.end, rest.value?.low))
    }

    /// 五元三毛, 九十九块九毛九, 伍仟元整; what is 一块 of something is no money.
    pub(super) fn money(&self, draft: &mut DraftFigure, one: bool) -> Option<()> {
        let Some(unit) = draft.unit_cells() else { return Some(()) };
        let thing = one.then_some(unit.start).filter(|_| unit.len() == 1);
        match self.change_behind(&unit) {
            Some((end, part)) => {
                draft.add(part);
                draft.cells.end = end;
            }
            None if thing.is_some_and(|at| self.one_of(at, Set::SmallMoney)) => return None,
            // 《夜灯》一文, 陆文澜: a coin of which one was worth nothing, and a word of many meanings.
            None if self.is_one_wen(draft, &unit) => return None,
            None => {}
        }
        let whole = Some(draft.cells.end).filter(|_| self.kind(draft.cells.start).is_formal());
        draft.cells.end =
            whole.and_then(|end| self.past_pattern(Pattern::WholeMoney, end)).unwrap_or(draft.cells.end);
        Some(())
    }

    /// True for a single 文, which is an article or part of a name.
    fn is_one_wen(&self, draft: &DraftFigure, unit: &Range<usize>) -> bool {
        (self.ch(unit.start), unit.len(), unit.start - draft.cells.start) == ('文', 1, 1)
    }

    /// The coins behind the money in `unit`: where they end, and what part of one of it they are.
    fn change_behind(&self, unit: &Range<usize>) -> Option<(usize, Decimal)> {
        let (first, worth) = match self.ch(unit.start) {
            '元' | '块' | '圆' if unit.len() == 1 => (0, Decimal::ONE_HUNDRED),
            _ if self.one_of(unit.start, Set::Dimes) => (1, Decimal::TEN),
            _ => return None,
        };
        let (mut end, mut level, mut sum) = (unit.end, first, Decimal::ZERO);
        while let Some(coin) = self.coin(end, level, unit) {
            (end, level) = (coin.end, coin.level);
            sum = sum.checked_add(coin.value)?;
        }
        (end > unit.end).then_some((end, sum.checked_div(worth)?))
    }

    /// The coin at `at`, behind one of `level`.
    fn coin(&self, at: usize, level: usize, unit: &Range<usize>) -> Option<Coin> {
        let numeral = self.numeral(at).filter(|numeral| numeral.lacks(DECIMAL))?;
        let number = numeral.value.map(|value| value.low).filter(|&number| number < Decimal::ONE_HUNDRED)?;
        let below = [Decimal::TEN, Decimal::ONE].get(level).copied();
        let coin = |value, end, level| Some(Coin { end, value: number.checked_mul(value)?, level });
        // 一角五一斤: fifteen cents a pound.
        if let Some((weight, part)) = below.zip(self.price_and_amount(at, &numeral)) {
            return Some(Coin { end: at + 1, value: part.checked_mul(weight)?, level: LAST_LEVEL });
        }
        match (self.ch(numeral.end), level) {
            ('角' | '毛', 0) => coin(Decimal::TEN, numeral.end + 1, 1),
            ('分', 0 | 1) => coin(Decimal::ONE, self.past_pattern(Pattern::Cents, numeral.end)?, 2),
            ('厘', 2) => coin(Decimal::new(1, 1), numeral.end + 1, LAST_LEVEL),
            // 九毛九: the last digit has the next lower coin; behind 元 it has none.
            _ => {
                let said = level == 1 || self.ch(unit.start) == '块';
                let last = numeral.is(SINGLE, ARABIC) && self.unit_at(numeral.end).is_none();
                coin(below.filter(|_| said && last)?, numeral.end, LAST_LEVEL)
            }
        }
    }

    /// The last digit of a price that the amount sold for it follows at once: 一角五一斤, 2块5一斤.
    fn price_and_amount(&self, at: usize, numeral: &Numeral) -> Option<Decimal> {
        let single = match (numeral.end - at, numeral.digits) {
            (1, _) | (2, 2) => self.fits(Pattern::OneSold, at + 1..at + 1),
            _ => false,
        };
        digit(self.ch(at)).filter(|_| single).map(Decimal::from)
    }

    /// 1米75, 一米八; three times, 三度, is no measure.
    pub(super) fn measure(&self, draft: &mut DraftFigure, amount: &Amount) -> Option<()> {
        let Some(unit) = draft.unit_cells() else { return Some(()) };
        let read = self
            .part_of_a_metre(draft, amount, &unit)
            .or_else(|| self.taels(draft, &unit))
            .or_else(|| self.lower_parts(draft, amount, &unit))
            .or_else(|| self.half_a_measure(draft, amount, &unit))
            .or_else(|| self.steps(draft, &unit));
        read.or_else(|| (!self.measures_nothing(&amount.numeral, &unit)).then_some(()))
    }

    /// True where what looks like a measure is how often something happened, or a two of what follows.
    fn measures_nothing(&self, numeral: &Numeral, unit: &Range<usize>) -> bool {
        match self.ch(unit.start) {
            '度' => {
                let times =
                    numeral.is(SINGLE, STARTS_ARABIC) && unit.len() == 1 && self.kind(unit.end) == Kind::Han;
                times && self.bound_behind(unit.end).is_none()
            }
            // 2021两会, 16日两名
            '两' => numeral.has(STARTS_ARABIC) && self.fits(Pattern::TwoOfNext, unit.start..unit.start),
            _ => false,
        }
    }

    /// 1米75, 一米八: tenths and hundredths of a metre.
    fn part_of_a_metre(&self, draft: &mut DraftFigure, amount: &Amount, unit: &Range<usize>) -> Option<()> {
        self.char_at(unit.start, '米').filter(|_| unit.len() == 1)?;
        let (end, part) = self.decimals_behind(unit.end)?;
        draft.value = amount.value?.low.checked_add(part).map(Value::Number);
        draft.cells.end = end;
        Some(())
    }

    /// One digit or two behind a unit that are tenths or hundredths of it: where they end, and how much they are.
    pub(super) fn decimals_behind(&self, at: usize) -> Option<(usize, Decimal)> {
        let rest = self.numeral(at).filter(|rest| self.unit_at(rest.end).is_none())?;
        let parts = match rest.digits {
            1 => Decimal::TEN,
            2 => Decimal::ONE_HUNDRED,
            _ => return None,
        };
        Some((rest.end, rest.value?.spelled(rest.has(PAIR)).checked_div(parts)?))
    }

    /// 一斤三两, 3两5钱: the whole in the smaller unit.
    fn taels(&self, draft: &mut DraftFigure, unit: &Range<usize>) -> Option<()> {
        let below = |unit: char| match unit {
            '斤' => Some(('两', self.taels)),
            '两' => Some(('钱', 10)),
            _ => None,
        };
        let Some(Value::Number(mut sum)) = draft.value.filter(|_| unit.len() == 1) else { return None };
        let (mut end, mut last) = (unit.end, self.ch(unit.start));
        while let Some((part, lower, parts)) =
            below(last).and_then(|(lower, parts)| Some((self.part_in(end, lower)?, lower, parts)))
        {
            sum = sum.checked_mul(Decimal::from(parts))?.checked_add(part.value?.low)?;
            (end, last) = (part.end + 1, lower);
        }
        (end > unit.end).then_some(())?;
        draft.value = Some(Value::Number(sum));
        draft.unit = UnitText::Cells(end - 1..end);
        draft.canonical = self.unit_at(end - 1).map(|(_, id)| id);
        draft.cells.end = end;
        Some(())
    }

    /// The number at `at` with `unit` behind it.
    fn part_in(&self, at: usize, unit: char) -> Option<Numeral> {
        self.numeral(at).filter(|part| part.lacks(PAIR) && self.ch(part.end) == unit)
    }

    /// 三丈二尺五寸: what stands behind `unit` in the units below it, in parts of `unit`.
    fn lower_parts(&self, draft: &mut DraftFigure, amount: &Amount, unit: &Range<usize>) -> Option<()> {
        let (mut end, mut sum, mut weight) = (unit.end, Decimal::ZERO, Decimal::ONE);
        let mut last = Some(self.ch(unit.start)).filter(|_| unit.len() == 1)?;
        while let Some((part, lower)) = self.lower_part(end, last) {
            weight = weight.checked_div(Decimal::from(lower.2))?;
            sum = sum.checked_add(part.value?.low.checked_mul(weight)?)?;
            (end, last) = (part.end + 1, lower.1);
        }
        (end > unit.end).then_some(())?;
        draft.value = amount.value.and_then(|value| value.low.checked_add(sum)).map(Value::Number);
        draft.value_max = None;
        draft.cells.end = end;
        Some(())
    }

    /// The digit at `at` with the unit below `unit` behind it.
    fn lower_part(&self, at: usize, unit: char) -> Option<(Numeral, (char, char, i64))> {
        let lower = LOWER.into_iter().find(|lower| lower.0 == unit)?;
        Some((self.part_in(at, lower.1).filter(|part| part.has(SINGLE))?, lower))
    }

    /// 三斤半
    fn half_a_measure(&self, draft: &mut DraftFigure, amount: &Amount, unit: &Range<usize>) -> Option<()> {
        let end = self.char_at(unit.end, '半').filter(|_| self.one_of(unit.end - 1, Set::HalfUnits))?;
        draft.value = amount.value.and_then(|value| value.plus_half()).map(Value::Number);
        draft.cells.end = end;
        Some(())
    }

    /// 一百零八级台阶 are counted, 八级大风 measured.
    fn steps(&self, draft: &mut DraftFigure, unit: &Range<usize>) -> Option<()> {
        self.past_pattern(Pattern::Steps, unit.start)?;
        (draft.class, draft.sort) = (Class::Count, Some(UnitKind::Count));
        Some(())
    }

    /// Which counts are none after all.
    pub(super) fn count(&self, draft: &mut DraftFigure, amount: &Amount) -> Option<()> {
        let Some(unit) = draft.unit_cells() else { return Some(()) };
        self.half_behind(draft, amount);
        let numeral = &amount.numeral;
        let small = numeral.is(SINGLE, STARTS_ARABIC | PAIR);
        let number = draft.cells.start..unit.start;
        let fits = |pattern| self.fits(pattern, number.clone());
        let counts = match (self.ch(unit.start), unit.len(), small) {
            // 二县 is the name of one; two of them are 两县.
            _ if small && self.names_by_two(draft, &unit) => false,
            ('分', 1, _) => return self.points_or_money(draft, numeral, &unit),
            ('强', 1, _) => amount.value.is_none_or(|value| value.low >= Decimal::from(POWERS)),
            ('厂' | '院' | '校' | '子', 1, true) => {
                self.ch(number.start) == '两' || !fits(Pattern::NamesBody)
            }
            ('连' | '营' | '团' | '师', 1, true) => false,
            ('大', 1, _) => fits(Pattern::GreatThings),
            // 解放三路 is a road.
            ('路', 1, _) => small && fits(Pattern::Ways),
            ('方', 1, _) => !fits(Pattern::NoSide),
            ('A', ..) => numeral.has(STARTS_ARABIC),
            _ => true,
        };
        counts.then_some(())
    }

    /// True for 二 with a noun.
    fn names_by_two(&self, draft: &DraftFigure, unit: &Range<usize>) -> bool {
        match (draft.sort, self.ch(draft.cells.start)) {
            (Some(UnitKind::Noun), '二') => self.ch(unit.start) != '人',
            _ => false,
        }
    }

    /// 3分15秒, 零售每份5分, 每局11分, 领先四分: minutes, money or points. 七分 with nothing that tells is a share.
    fn points_or_money(&self, draft: &mut DraftFigure, numeral: &Numeral, unit: &Range<usize>) -> Option<()> {
        if self.chain(draft, unit.clone()).is_some() {
            return Some(());
        }
        let number = draft.cells.start..unit.start;
        let money = self.is_dearer(number.clone());
        let arabic = numeral.has(STARTS_ARABIC);
        let class = match (arabic, numeral.is(SINGLE, PAIR)) {
            (true, _) if money || self.fits(Pattern::PricedGoods, number.clone()) => Class::Money,
            (true, _) | (false, false) => Class::Count,
            (false, true) if self.fits(Pattern::ScoredPoints, number.clone()) => Class::Count,
            (false, true) if money || self.fits(Pattern::PriceNear, number) => Class::Money,
            _ => return None,
        };
        draft.class = class;
        Some(())
    }

    /// 每斤1.31元，比上年提高两分: the change of a price that was said before, and no points.
    fn is_dearer(&self, number: Range<usize>) -> bool {
        self.fits(Pattern::Dearer, number.clone()) && !self.fits(Pattern::AmongPoints, number)
    }

    /// 八架半, 两目半: and half a one more, where 半 begins no word of its own.
    fn half_behind(&self, draft: &mut DraftFigure, amount: &Amount) {
        if let Some(end) = self.past_pattern(Pattern::AndAHalf, draft.cells.end) {
            draft.value = amount.value.and_then(|value| value.plus_half()).map(Value::Number);
            draft.cells.end = end;
        }
    }

    /// 两个多月: over two months.
    pub(super) fn more_inside(&self, draft: &mut DraftFigure) {
        let Some(unit) = draft.unit_cells() else { return };
        let rest = self.past_pattern(Pattern::PiecesMore, unit.start).filter(|&rest| rest < unit.end);
        if let Some(rest) = rest {
            draft.unit = UnitText::Parted(unit.start..unit.start + 1, rest..unit.end);
            draft.bound = Bound::Over;
        }
    }

    /// 一年多, 5元多, 10年余; but 多了6元, 较前一年多5吨.
    pub(super) fn more_behind(&self, draft: &mut DraftFigure, sort: UnitKind) {
        let open = !matches!(sort, UnitKind::Count | UnitKind::Noun | UnitKind::Part);
        let known = Some(draft.cells.end).filter(|_| open && draft.unit != UnitText::None);
        if let Some(end) = known.and_then(|end| self.past_pattern(Pattern::MoreBehind, end)) {
            draft.cells.end = end;
            draft.bound = Bound::Over;
        }
    }
}
