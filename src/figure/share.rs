//! Fractions, percentages in words, proportions and scores.

use rust_decimal::Decimal;

use super::date::Point;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::{Cue, Set, UnitId, UnitKind};
use super::numeral::Numeral;
use super::numeral::traits::{ARABIC, BARE, DECIMAL, FEW, LEADING_ZERO, MORE, PAIR, STARTS_ARABIC};
use super::pattern::{Beside, Pattern};
use super::text::Text;
use super::{Bound, Class, Value};

/// The most sets that a match has behind the first.
const SCORES: usize = 6;

/// The greatest side of a proportion that is printed with a sign: 1:1000.
const GREATEST_SIDE: i64 = 1000;

/// The parts of a fraction that is written out: 二又三分之一.
struct Fraction {
    whole: Option<Decimal>,
    lower: Numeral,
    /// Behind 分之.
    from: usize,
}

/// A numeral, a sign, and another: 1:2.
struct Sides {
    at: usize,
    first: Numeral,
    sign: char,
    second: Numeral,
    left: Decimal,
    right: Decimal,
}

impl Sides {
    /// True where both sides have one digit or two.
    fn are_small(&self) -> bool {
        self.first.digits.max(self.second.digits) <= 2
    }

    fn are_arabic(&self) -> bool {
        [self.first, self.second].iter().all(|side| side.has(ARABIC))
    }
}

impl Text<'_> {
    /// N分之M, 百分之N, N又M分之K.
    pub(super) fn fraction(
        &self,
        at: usize,
        start: usize,
        first: &Numeral,
        behind: &Beside<'_>,
        negative: bool,
    ) -> Option<DraftFigure> {
        let parts = self.fraction_parts(first, behind)?;
        let hundredths = first.has(BARE) && self.fits(Pattern::Hundredths, at..at);
        if let (None, true) = (parts.whole, hundredths) {
            return self.percentage(start, parts.from, negative);
        }
        let upper = self.numeral(parts.from)?;
        let lower = parts.lower.value?.low;
        let sign = if negative { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
        let whole = parts.whole.unwrap_or_default().checked_mul(lower)?;
        let upper_part = whole.checked_add(upper.value?.low.checked_mul(sign)?)?;
        let mut draft = DraftFigure::new(start..upper.end, Class::Ratio);
        draft.value =
            Some(lower).filter(|lower| !lower.is_zero()).map(|lower| Value::Fraction(upper_part, lower));
        draft.value?;
        // A fraction of a thing that is counted: 五分之一个.
        if let Some(unit) = self.unit_of_part(Pattern::PartOfPiece, upper.end) {
            draft.count_in(unit);
        }
        if let Some(end) = self.past_pattern(Pattern::MoreThanPart, draft.cells.end) {
            draft.bound = Bound::Over;
            draft.cells.end = end;
        }
        self.modifiers(&mut draft, false);
        Some(draft)
    }

    fn fraction_parts(&self, first: &Numeral, behind: &Beside<'_>) -> Option<Fraction> {
        match behind.past(Pattern::MixedFraction) {
            Some(lower) => {
                let (whole, lower) = (Some(first.value?.low), self.numeral(lower)?);
                Some(Fraction { whole, lower, from: self.past_pattern(Pattern::PartsOf, lower.end)? })
            }
            None => Some(Fraction { whole: None, lower: *first, from: behind.past(Pattern::PartsOf)? }),
        }
    }

    /// The percentage in words whose number stands at `from`: 百分之三十, 百分之几, 百分之十几.
    fn percentage(&self, start: usize, from: usize, negative: bool) -> Option<DraftFigure> {
        let mut draft = DraftFigure::new(start..from, Class::Percent);
        draft.unit = UnitText::Fixed("%");
        if let Some(end) = self.past_pattern(Pattern::FewPercent, from) {
            draft.cells.end = end;
            return Some(draft);
        }
        let vague = self.past_pattern(Pattern::Few, from);
        let upper = self.numeral(vague.unwrap_or(from))?;
        let number = upper.value?.low;
        let number = if negative { -number } else { number };
        let open = vague.is_some() || upper.has(FEW) && upper.end == from + 2;
        draft.value = (!open).then_some(Value::Number(number));
        draft.value_max = upper.value.filter(|_| upper.has(PAIR)).map(|value| value.high);
        draft.cells.end = upper.end;
        let over = self.past_pattern(Pattern::MorePercent, upper.end);
        draft.cells.end = over.unwrap_or(upper.end);
        if over.is_some() || upper.is(MORE, FEW) {
            draft.bound = Bound::Over;
        }
        if let Some((end, high)) = self.percent_range(draft.cells.end).filter(|range| range.1 > number) {
            draft.value_max = Some(high);
            draft.cells.end = end;
        }
        self.modifiers(&mut draft, false);
        Some(draft)
    }

    /// 至百分之三十, 到三十: the upper end of a percentage in words.
    fn percent_range(&self, at: usize) -> Option<(usize, Decimal)> {
        let right = self.connector(at)?;
        let numeral = self.numeral(self.past_pattern(Pattern::OfHundred, right)?)?;
        let alone = !self.fits(Pattern::PartOrUnit, numeral.end..numeral.end);
        Some((numeral.end, numeral.value?.high)).filter(|_| alone)
    }

    /// The unit of a part, where `pattern` says at `at` that it has one.
    fn unit_of_part(&self, pattern: Pattern, at: usize) -> Option<(usize, usize, UnitId)> {
        self.past_pattern(pattern, at)?;
        self.unit_at(at).map(|(end, id)| (at, end, id))
    }

    /// The third part of a proportion, 12:45:43, behind the second: where it ends, and its value.
    fn third(&self, sides: &Sides) -> Option<(usize, Decimal)> {
        let third_at = self.char_at(sides.second.end, sides.sign)?;
        let third = self.numeral(third_at).filter(|third| third.lacks(BARE | PAIR | MORE))?;
        Some((third.end, third.value?.low)).filter(|&(end, _)| self.ch(end) != sides.sign)
    }

    /// 11/20開賣: month and day in digits, where the words around them or the numbers themselves say so.
    fn slash_date(&self, start: usize, sides: &Sides) -> Option<DraftFigure> {
        let month = u32::try_from(sides.left).ok().filter(|month| (1..=12).contains(month))?;
        let day = u32::try_from(sides.right).ok().filter(|day| *day <= 31)?;
        let cells = sides.at..sides.second.end;
        let told = self.fits(Pattern::SlashDate, cells.clone()) || self.past_weekday(cells.end) > cells.end;
        // A part of a whole has a small number below; 12/15 by itself is a day.
        let likely = match month {
            1 => false,
            _ => (day > 12 || month > day) && !self.counted(cells.end),
        };
        let share = self.fits(Pattern::SlashRatio, cells.clone());
        let dated = match (told, likely, share) {
            (true, ..) | (false, true, false) => self.char_at(cells.end, '个').is_none(),
            _ => false,
        };
        let mut draft = DraftFigure::new(start..cells.end, Class::Date);
        let point = Point { month: Some(month), day: Some(day), ..Point::default() };
        draft.point = Some(Box::new((point, None)));
        dated.then_some(draft)
    }

    /// The next of a list of scores: 21-18、19-21.
    pub(super) fn next_score(&self, at: usize, last: Option<&DraftFigure>) -> Option<DraftFigure> {
        let last = last.filter(|last| last.cells.end + 1 == at)?;
        let Some(Value::Proportion(..)) = last.value else { return None };
        self.quantity(at).filter(|draft| draft.class == Class::Ratio && self.one_of(at - 1, Set::ListSigns))
    }

    /// Behind a list of scores that goes on at `end` and that a verb follows: where that stands.
    fn past_scores(&self, end: usize) -> Option<usize> {
        let next = |&at: &usize| self.past_score(at);
        let last = std::iter::successors(self.past_score(end), next).take(SCORES).last()?;
        self.fits(Pattern::Scored, last..last).then_some(last)
    }

    /// Behind the score that goes on with a list at `at`.
    fn past_score(&self, at: usize) -> Option<usize> {
        let left = self.numeral(self.past_pattern(Pattern::NextScore, at)?)?;
        let right = self.numeral(self.past_pattern(Pattern::ScoreSign, left.end)?)?;
        let arabic = [left, right].iter().all(|side| side.has(ARABIC));
        (arabic && left.digits <= 2).then_some(right.end)
    }

    /// True where the words around the two numbers, or other scores, say that they are a score: 以3-1战胜.
    fn is_score_by_words(&self, sides: &Sides) -> bool {
        let cells = sides.at..sides.second.end;
        let fits = |pattern| self.fits(pattern, cells.clone());
        let verb = self.word_at(Cue::ScoreBehind, cells.end).map_or(0, |end| end - cells.end);
        let scored = verb > 0 || self.past_scores(cells.end).is_some();
        match (verb, sides.are_small()) {
            // 21-18、19-21获胜
            (2.., true) => true,
            (_, true) if scored && fits(Pattern::BehindScore) => true,
            (_, true) if fits(Pattern::BehindListedScore) => true,
            _ => fits(Pattern::ScoreNamed) || scored && fits(Pattern::ScoreLed),
        }
    }

    /// 1:2, 3比1, 3/4, 以3-1战胜.
    pub(super) fn proportion(
        &self,
        at: usize,
        start: usize,
        first: &Numeral,
        behind: &Beside<'_>,
    ) -> Option<DraftFigure> {
        let second_at = behind.past(Pattern::ProportionSign)?;
        let sign = self.ch(first.end);
        let second = self.numeral(second_at).filter(|_| first.lacks(MORE | BARE | PAIR))?;
        let (left, right) = (first.value?.low, second.value?.low);
        let sides = Sides { at, first: *first, sign, second, left, right };
        let mut draft = DraftFigure::new(start..second.end, Class::Ratio);
        match sign {
            ':' | '比' => self.sides_of_whole(&mut draft, &sides)?,
            '/' => return self.stroke(draft, &sides),
            _ => {
                draft.value = (sides.are_arabic() && self.is_score_by_words(&sides))
                    .then_some(Value::Proportion(left, right));
                draft.value?;
            }
        }
        self.modifiers(&mut draft, false);
        Some(draft)
    }

    /// 1:2, 3比1, 12:45:43.
    fn sides_of_whole(&self, draft: &mut DraftFigure, sides: &Sides) -> Option<()> {
        let &Sides { first, sign, second, left, right, .. } = sides;
        let printed = [first, second].iter().any(|side| side.has(STARTS_ARABIC)) || sign == '比';
        if !printed || second.has(BARE) {
            return None;
        }
        if let Some((end, third)) = self.third(sides) {
            draft.value = Some(Value::Shares(left, right, third));
            draft.cells.end = end;
            return Some(());
        }
        let goes_on = self.fits(Pattern::GoesOnOrMeasures, second.end..second.end);
        let large = left.max(right) > Decimal::from(GREATEST_SIDE);
        draft.value = Some(Value::Proportion(left, right));
        (!goes_on && !large && first.lacks(LEADING_ZERO)).then_some(())
    }

    /// 3/4, 11/20開賣, 140/90毫米汞柱.
    fn stroke(&self, mut draft: DraftFigure, sides: &Sides) -> Option<DraftFigure> {
        let &Sides { first, second, left, right, .. } = sides;
        let plain = sides.are_arabic() && first.lacks(DECIMAL) && !right.is_zero();
        if !plain || self.fits(Pattern::GluedLetter, second.end..second.end) {
            return None;
        }
        if let Some(date) = self.slash_date(draft.cells.start, sides) {
            return Some(date);
        }
        draft.value = Some(Value::Fraction(left, right));
        let unit = self.unit_at(second.end).map(|(end, id)| (second.end, end, id));
        match unit.map(|unit| (self.sort(unit.2), left > right, unit)) {
            // Two amounts that share a unit, no fraction of one.
            Some((Some(UnitKind::Measure), true, (start, end, id))) => {
                draft.cells.end = first.end;
                draft.class = Class::Measure;
                draft.value = Some(Value::Number(left));
                draft.unit = UnitText::Cells(start..end);
                draft.canonical = Some(id);
                draft.sort = Some(UnitKind::Measure);
                self.modifier_before(&mut draft);
                draft.modified = true;
            }
            Some((Some(UnitKind::Count), true, unit)) => draft.count_in(unit),
            Some((Some(UnitKind::Count), false, unit)) if self.fits(Pattern::Portion, unit.0..unit.0) => {
                draft.count_in(unit);
            }
            _ => {}
        }
        self.modifiers(&mut draft, false);
        Some(draft)
    }
}
