//! What stands directly beside a quantity: a currency, and the words that say how it is meant.

use rust_decimal::Decimal;

use super::chars::Kind;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitKind};
use super::text::Text;
use super::{Bound, Class, Value};

impl Text<'_> {
    /// $5, 人民币3.14, 新台币 177.1 亿元.
    pub(super) fn currency_sign(&self, draft: &mut DraftFigure) {
        let start = draft.cells.start;
        let Some(before) = start.checked_sub(1).filter(|&k| k >= self.floor) else { return };
        if self.one_of(before, Set::CurrencySigns) && !self.cells.get(start).is_some_and(|cell| cell.gap) {
            let dollars =
                before.checked_sub(2).filter(|&k| k >= self.floor && self.is(k, "US") || self.is(k, "HK"));
            draft.cells.start = dollars.unwrap_or(before);
            if draft.class != Class::Money {
                draft.class = Class::Money;
                draft.sort = Some(UnitKind::Money);
                draft.cells.end = self.amount_end(draft);
                draft.unit = UnitText::Cells(before..before + 1);
                draft.canonical = None;
            }
            draft.bare = false;
            return;
        }
        self.currency_name(draft);
    }

    /// 人民币3.14, 新台币 177.1 亿元, 美元五百万: the name of money in front of an amount.
    fn currency_name(&self, draft: &mut DraftFigure) {
        let start = draft.cells.start;
        let Some(from) = self.lexicon.cue_before(Cue::Currency, self.cells, self.floor, start) else {
            return;
        };
        if draft.unit == UnitText::None && matches!(draft.class, Class::Count | Class::Money) {
            draft.class = Class::Money;
            draft.unit = UnitText::Cells(from..start);
            draft.canonical = self.lexicon.unit_at(self.cells, from).map(|(_, id)| id);
            draft.cells.start = from;
            draft.bare = false;
        } else if draft.class == Class::Money && !self.is(from, "人民币") {
            draft.cells.start = from;
        }
    }

    fn amount_end(&self, draft: &DraftFigure) -> usize {
        match &draft.unit {
            UnitText::Cells(unit) => unit.start,
            _ => draft.cells.end,
        }
    }

    /// What stands directly before and behind a number and says how it is meant.
    pub(super) fn modifiers(&self, draft: &mut DraftFigure, above: bool) {
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

    pub(super) fn modifier_before(&self, draft: &mut DraftFigure) {
        let start = draft.cells.start;
        let lexicon = self.lexicon;
        let bound = lexicon.before.longest_before(self.cells, self.floor, start);
        let beside = lexicon.beside.longest_before(self.cells, self.floor, start);
        let beside = beside.map(|(from, bound)| (from, Some(bound)));
        let Some((from, Some(bound))) = bound.or(beside) else { return };
        // 附近 30 路 ends a word; in 约 30 人 the characters of the text all stand apart.
        let gap = |at: usize| self.cells.get(at).is_some_and(|cell| cell.gap);
        let free = from.checked_sub(1).is_none_or(|k| gap(from) || self.kind(k) != Kind::Han);
        if gap(start) && start - from == 1 && !free {
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
    fn reaches_now(&self, draft: &DraftFigure, from: usize) -> bool {
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
        let rounds = match (&draft.unit, draft.value) {
            (UnitText::Cells(unit), Some(Value::Number(value))) => {
                self.one_of(unit.start, Set::Rounds) && value <= Decimal::TEN
            }
            _ => false,
        };
        let long = long && draft.class == Class::Duration;
        let end = draft.cells.end;
        let since = long && (self.ch(end) == '来' || self.is(end, "以来"));
        let lasted = lasting.iter().any(|word| from > self.floor && self.is(from - 1, word));
        since || (long || rounds) && !lasted
    }
}
