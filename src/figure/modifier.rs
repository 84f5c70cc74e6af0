//! What stands directly beside a quantity: a currency, and the words that say how it is meant.

use rust_decimal::Decimal;

use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitKind};
use super::pattern::Pattern;
use super::text::Text;
use super::{Bound, Class, Value};

impl Text<'_> {
    /// $5, 人民币3.14, 新台币 177.1 亿元.
    pub(super) fn currency_sign(&self, draft: &mut DraftFigure) {
        let start = draft.cells.start;
        let Some(sign) = self.around(Pattern::CurrencySign, start..start) else {
            self.currency_name(draft);
            return;
        };
        draft.cells.start = sign.start;
        draft.bare = false;
        if draft.class != Class::Money {
            draft.class = Class::Money;
            draft.sort = Some(UnitKind::Money);
            draft.cells.end = draft.unit_cells().map_or(draft.cells.end, |unit| unit.start);
            draft.unit = UnitText::Cells(start - 1..start);
            draft.canonical = None;
        }
    }

    /// 人民币3.14, 新台币 177.1 亿元, 美元五百万: the name of money in front of an amount.
    fn currency_name(&self, draft: &mut DraftFigure) {
        let start = draft.cells.start;
        let Some(from) = self.word_before(Cue::Currency, start) else {
            return;
        };
        match (draft.class, &draft.unit) {
            (Class::Count | Class::Money, UnitText::None) => {
                draft.class = Class::Money;
                draft.unit = UnitText::Cells(from..start);
                draft.canonical = self.unit_at(from).map(|(_, id)| id);
                draft.cells.start = from;
                draft.bare = false;
            }
            (Class::Money, _) if !self.is(from, "人民币") => draft.cells.start = from,
            _ => {}
        }
    }

    /// What stands directly before and behind a number and says how it is meant.
    pub(super) fn modifiers(&self, draft: &mut DraftFigure, above: bool) {
        if std::mem::replace(&mut draft.modified, true) || !Class::QUANTITIES.contains(&draft.class) {
            return;
        }
        let end = draft.cells.end;
        if let Some((after, bound)) = self.bound_behind(end).filter(|_| self.glued(end)) {
            draft.cells.end = after;
            draft.bound = bound;
            draft.suffixed = true;
        }
        if !above {
            self.modifier_before(draft);
        }
    }

    pub(super) fn modifier_before(&self, draft: &mut DraftFigure) {
        let start = draft.cells.start;
        let bound = self.longest_before(&self.lexicon.before, start);
        let beside = self.longest_before(&self.lexicon.beside, start);
        let beside = beside.map(|(from, bound)| (from, Some(bound)));
        let Some((from, Some(bound))) = bound.or(beside) else { return };
        // 附近 30 路 ends a word; in 约 30 人 the characters of the text all stand apart.
        if start == from + 1 && self.fits(Pattern::EndsWord, from..start) {
            return;
        }
        let now = (self.ch(from), bound) == ('近', Bound::Nearly) && self.reaches_now(draft, from);
        let inner = if now { Bound::Exact } else { bound };
        // 至少九千块钱以上 and 约500多人 keep the word in front; 近三年多 stays over.
        draft.bound = match (draft.bound, inner) {
            (Bound::Over, Bound::Exact) => Bound::Over,
            _ => inner,
        };
        draft.cells.start = from;
    }

    /// 近三年 reaches to now; 历时近三年 is nearly three years.
    fn reaches_now(&self, draft: &DraftFigure, from: usize) -> bool {
        let Some(unit) = draft.unit_cells() else { return false };
        let few = matches!(draft.value, Some(Value::Number(value)) if value <= Decimal::TEN);
        let lasted = self.fits(Pattern::Lasted, from..from);
        match draft.class {
            Class::Duration if self.fits(Pattern::ReachingUnit, unit.start..unit.start) => {
                !lasted || self.fits(Pattern::SinceThen, draft.cells.clone())
            }
            _ => few && self.one_of(unit.start, Set::Rounds) && !lasted,
        }
    }
}
