//! Fractions, percentages in words, proportions and scores.

use rust_decimal::Decimal;

use super::chars::Kind;
use super::date::Point;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitKind};
use super::numeral::Numeral;
use super::text::Text;
use super::{Bound, Class, Value};

/// The most sets that a match has behind the first.
const SCORES: usize = 6;

impl Text<'_> {
    /// N分之M, 百分之N, N又M分之K.
    pub(super) fn fraction(
        &self,
        at: usize,
        start: usize,
        first: &Numeral,
        negative: bool,
    ) -> Option<DraftFigure> {
        let mut whole = None;
        let mut lower = *first;
        if self.ch(first.end) == '又' && self.kind(first.end + 1).is_numeric() {
            whole = Some(first.value?.low);
            lower = self.numeral(first.end + 1)?;
        }
        if !self.is(lower.end, "分之") {
            return None;
        }
        let from = lower.end + 2;
        let percent = whole.is_none() && first.bare && first.end == at + 1 && self.ch(at) == '百';
        let vague = usize::from(self.one_of(from, Set::Few));
        if percent && vague == 1 && !self.kind(from + 1).is_numeric() {
            let mut draft = DraftFigure::new(start..from + 1, Class::Percent);
            draft.unit = UnitText::Fixed("%");
            return Some(draft);
        }
        let upper = self.numeral(from + vague)?;
        let mut end = upper.end;
        let denominator = lower.value?.low;
        let mut numerator = upper.value?.low;
        if negative {
            numerator = -numerator;
        }
        if percent {
            let mut draft = DraftFigure::new(start..end, Class::Percent);
            draft.value =
                (vague == 0 && !(upper.few && upper.end == from + 2)).then_some(Value::Number(numerator));
            draft.unit = UnitText::Fixed("%");
            if upper.pair {
                draft.value_max = upper.value.map(|value| value.high);
            }
            if upper.more && !upper.few {
                draft.bound = Bound::Over;
            }
            if self.one_of(end, Set::More) && !self.kind(end + 1).is_numeric() {
                draft.bound = Bound::Over;
                end += 1;
            }
            if let Some((right_end, high)) = self.percent_range(end)
                && high > numerator
            {
                draft.value_max = Some(high);
                end = right_end;
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
        let mut draft = DraftFigure::new(start..end, Class::Ratio);
        draft.value = Some(Value::Fraction(numerator, denominator));
        // A fraction of a thing that is counted: 五分之一个.
        if let Some((unit_end, id)) = self.lexicon.unit_at(self.cells, end)
            && self.is(end, "个")
        {
            draft.class = Class::Count;
            draft.unit = UnitText::Cells(end..unit_end);
            draft.canonical = Some(id);
            draft.cells.end = unit_end;
        }
        if self.ch(end) == '多' && self.ch(end + 1) != '数' {
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
        let numeral = self.numeral(right)?;
        if self.lexicon.unit_at(self.cells, numeral.end).is_some() || self.is(numeral.end, "分之") {
            return None;
        }
        Some((numeral.end, numeral.value?.high))
    }

    /// The third part of a proportion, 12:45:43, behind the second: where it ends, and its value.
    fn third(&self, sign: char, at: usize) -> Option<(usize, Decimal)> {
        let third = (self.ch(at) == sign && self.kind(at + 1).is_numeric())
            .then(|| self.numeral(at + 1))
            .flatten()?;
        let plain = !third.bare && !third.pair && !third.more && self.ch(third.end) != sign;
        plain.then_some((third.end, third.value?.low))
    }

    /// 11/20開賣: month and day in digits, where the words around them or the numbers themselves say so.
    fn slash_date(&self, at: usize, start: usize, first: &Numeral, second: &Numeral) -> Option<DraftFigure> {
        let (month, day) = (first.value?.low, second.value?.low);
        let fits = month <= Decimal::from(12) && day <= Decimal::from(31) && !month.is_zero();
        let told = self.behind_word(Cue::SlashDate, second.end)
            || self.one_before(at, Set::BeforeDay)
            || self.past_weekday(second.end) > second.end;
        let share = self.behind_word(Cue::SlashRatio, second.end) || self.one_before(at, Set::BeforePart);
        let counted = self.counted(second.end);
        // A part of a whole has a small number below; 12/15 by itself is a day.
        let likely = day > Decimal::from(12) || month > day;
        let date = told || likely && month != Decimal::ONE && !counted;
        if !fits || !date || share && !told || self.is(second.end, "个") {
            return None;
        }
        let mut draft = DraftFigure::new(start..second.end, Class::Date);
        let ends = u32::try_from(month).ok().zip(u32::try_from(day).ok());
        draft.point = ends.map(|(month, day)| {
            Box::new((Point { month: Some(month), day: Some(day), ..Point::default() }, None))
        });
        Some(draft)
    }

    /// The next of a list of scores: 21-18、19-21.
    pub(super) fn next_score(&self, at: usize, last: Option<&DraftFigure>) -> Option<DraftFigure> {
        let last = last.filter(|last| matches!(last.value, Some(Value::Proportion(..))))?;
        let listed = last.cells.end + 1 == at && self.one_of(at - 1, Set::ListSigns);
        self.quantity(at).filter(|draft| listed && draft.class == Class::Ratio)
    }

    /// True where what follows a score says that it is one.
    fn is_scored(&self, end: usize) -> bool {
        self.behind_word(Cue::ScoreBehind, end) || self.past_scores(end).is_some()
    }

    /// True for a score that a verb of two characters follows, or that stands in a list of scores: 21-18、19-21获胜.
    fn is_listed_score(&self, at: usize, end: usize) -> bool {
        let verb = self.lexicon.cue_at(Cue::ScoreBehind, self.cells, end).is_some_and(|word| word > end + 1);
        let behind_another = at >= 4
            && self.one_of(at - 1, Set::ListSigns)
            && self.kind(at - 2) == Kind::Digit
            && (self.one_of(at - 3, Set::LongDashes) || self.one_of(at - 4, Set::LongDashes));
        verb || behind_another && (self.is_scored(end) || self.ch(at - 1) == '、')
    }

    /// Behind a list of scores that goes on at `end` and that a verb follows: where that stands.
    fn past_scores(&self, end: usize) -> Option<usize> {
        let mut at = end;
        for _ in 0..SCORES {
            if !self.one_of(at, Set::ListSigns) {
                break;
            }
            let left = self.numeral(at + 1).filter(|left| left.arabic && left.digits <= 2)?;
            let right = self
                .numeral(left.end + 1)
                .filter(|right| right.arabic && self.one_of(left.end, Set::ScoreSigns))?;
            at = right.end;
        }
        (at > end && self.behind_word(Cue::ScoreBehind, at)).then_some(at)
    }

    /// 1:2, 3比1, 3/4, 以3-1战胜.
    pub(super) fn proportion(&self, at: usize, start: usize, first: &Numeral) -> Option<DraftFigure> {
        if first.more || first.bare || first.pair {
            return None;
        }
        let sign = self.ch(first.end);
        let right = first.end + 1;
        if !self.kind(right).is_numeric() || !self.lexicon.has(Set::ProportionSigns, sign) {
            return None;
        }
        let second = self.numeral(right)?;
        let (left_value, right_value) = (first.value?.low, second.value?.low);
        let mut draft = DraftFigure::new(start..second.end, Class::Ratio);
        match sign {
            ':' | '比' => {
                let arabic = first.starts_arabic || second.starts_arabic || sign == '比';
                let third = self.third(sign, second.end);
                let again = self.ch(second.end) == ':' || second.bare || first.leading_zero;
                if let Some((end, third)) = third.filter(|_| arabic && !second.bare) {
                    draft.value = Some(Value::Shares(left_value, right_value, third));
                    draft.cells.end = end;
                    self.modifiers(&mut draft, false);
                    return Some(draft);
                }
                let large = Decimal::from(1000);
                if !arabic || again || left_value > large || right_value > large {
                    return None;
                }
                if self
                    .lexicon
                    .unit_at(self.cells, second.end)
                    .is_some_and(|(_, id)| self.sort(id) != Some(UnitKind::Count))
                {
                    return None;
                }
                draft.value = Some(Value::Proportion(left_value, right_value));
            }
            '/' => {
                if !first.arabic || !second.arabic || right_value.is_zero() || first.decimal {
                    return None;
                }
                if self.kind(second.end) == Kind::Letter && self.glued(second.end) {
                    return None;
                }
                if let Some(date) = self.slash_date(at, start, first, &second) {
                    return Some(date);
                }
                // 140/90毫米汞柱: two amounts that share a unit, no fraction of one.
                if left_value > right_value
                    && let Some((unit_end, id)) = self.lexicon.unit_at(self.cells, second.end)
                    && self.sort(id) == Some(UnitKind::Measure)
                {
                    draft.cells.end = first.end;
                    draft.class = Class::Measure;
                    draft.value = Some(Value::Number(left_value));
                    draft.unit = UnitText::Cells(second.end..unit_end);
                    draft.canonical = Some(id);
                    draft.sort = Some(UnitKind::Measure);
                    self.modifier_before(&mut draft);
                    draft.modified = true;
                    return Some(draft);
                }
                draft.value = Some(Value::Fraction(left_value, right_value));
                if let Some((unit_end, id)) = self.lexicon.unit_at(self.cells, second.end)
                    && self.sort(id) == Some(UnitKind::Count)
                    && (left_value > right_value || self.behind_word(Cue::Portion, second.end))
                {
                    draft.class = Class::Count;
                    draft.unit = UnitText::Cells(second.end..unit_end);
                    draft.canonical = Some(id);
                    draft.cells.end = unit_end;
                }
            }
            _ => {
                let small = first.digits <= 2 && second.digits <= 2;
                let said = self.before_word(Cue::ScoreBefore, at) && self.is_scored(second.end)
                    || small && self.is_listed_score(at, second.end)
                    || at >= self.floor + 2 && self.is(at - 2, "比分");
                if !said || !first.arabic || !second.arabic {
                    return None;
                }
                draft.value = Some(Value::Proportion(left_value, right_value));
            }
        }
        self.modifiers(&mut draft, false);
        Some(draft)
    }
}
