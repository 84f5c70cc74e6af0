//! Stretches of time that are no day: quarters, halves of a year, decades, centuries.

use super::{First, MONTHS, Match, Number, Part, Point, QUARTERS};
use crate::figure::figure_words::Set;
use crate::figure::pattern::Pattern;
use crate::figure::text::Text;

impl Text<'_> {
    /// 二季度, 第三季度, 前11个月, 头三季度: a stretch of a year that is not named.
    pub(super) fn period(&self, at: usize) -> Option<Match> {
        let number = self.number(at)?;
        let fits = |pattern| self.around(pattern, at..number.end);
        let quarter = number.within(QUARTERS);
        let mut from = Point::default();
        let cells = if let Some(cells) = fits(Pattern::FirstQuarters).filter(|_| quarter) {
            from.first = Some(First::Quarters(number.value));
            cells
        } else if let Some(cells) = fits(Pattern::Quarter).filter(|_| quarter) {
            from.quarter = Some(number.value);
            cells
        } else {
            let cells = fits(Pattern::FirstMonths).filter(|_| number.within(2..=*MONTHS.end()))?;
            from.first = Some(First::Months(number.value));
            cells
        };
        // 二季度末, but 二季度初步统计.
        let edge = self.past_pattern(Pattern::Edge, cells.end).filter(|_| quarter);
        Some(Match { start: cells.start, end: edge.unwrap_or(cells.end), from, to: None })
    }

    /// 2007-09年, 2007年与2009年之间: a span of years.
    pub(super) fn years(&self, at: usize) -> Option<Match> {
        let first = self.number(at).filter(Number::is_year)?;
        let joined = self.past_pattern(Pattern::YearAnd, first.end);
        let dash = self.past_pattern(Pattern::SpanSign, first.end);
        let second = self.number(joined.or(dash)?)?;
        let end = self.char_at(second.end, '年')?;
        let year = match joined {
            Some(_) => {
                Some(second.value).filter(|_| second.is_year() && self.fits(Pattern::BetweenYears, end..end))
            }
            None => {
                let ends = (second.digits == 2).then_some(second.value)?;
                Some(first.value / 100 * 100 + ends)
            }
        };
        let year = year.filter(|year| *year > first.value)?;
        let point = |year| Point { year: i32::try_from(year).ok(), ..Point::default() };
        Some(Match { start: at, end, from: point(first.value), to: Some(point(year)) })
    }

    /// What may follow a year without a number of its own: 底, 上半年, 第三季度, 前两个季度.
    pub(super) fn in_year(&self, at: usize, point: &mut Point) -> Option<usize> {
        point.year?;
        let halves = [(Pattern::FirstHalf, 1), (Pattern::SecondHalf, 2)];
        if let Some((end, half)) =
            halves.into_iter().find_map(|(pattern, half)| Some((self.past_pattern(pattern, at)?, half)))
        {
            point.half = Some(half);
            return Some(end);
        }
        self.past_pattern(Pattern::PartOfYear, at).or_else(|| self.numbered_part(at, point))
    }

    /// 第三季度, 前两个季度, 第二季, 前11个月.
    fn numbered_part(&self, at: usize, point: &mut Point) -> Option<usize> {
        let lead = self.past_pattern(Pattern::LeadOfPart, at);
        let number = self.number(lead.unwrap_or(at))?;
        let quarters =
            self.past_pattern(Pattern::QuarterWord, number.end).filter(|_| number.within(QUARTERS));
        let quarter = quarters.or_else(|| {
            let season = number.within(QUARTERS) && self.ch(at) == '第';
            self.past_pattern(Pattern::SeasonWord, number.end).filter(|_| season)
        });
        if let Some(end) = quarter {
            match self.one_of(at, Set::First) {
                true => point.first = Some(First::Quarters(number.value)),
                false => point.quarter = Some(number.value),
            }
            return Some(end);
        }
        let end =
            self.past_pattern(Pattern::MonthWord, number.end).filter(|_| MONTHS.contains(&number.value))?;
        point.first = lead.map(|_| First::Months(number.value));
        lead.map(|_| end)
    }

    /// What may follow a month: 底, 初, 上旬.
    pub(super) fn in_month(&self, at: usize) -> usize {
        self.past_pattern(Pattern::PartOfMonth, at).unwrap_or(at)
    }

    /// 20世纪60年代, 21世纪, 90年代.
    pub(super) fn century(&self, at: usize, point: &mut Point) -> Option<(usize, Point, Option<Part>)> {
        let number = self.number(at)?;
        let century = self.past_pattern(Pattern::CenturyWord, number.end).filter(|_| number.within(1..=30));
        point.century = century.map(|_| number.value);
        let decade = self.decade(century.unwrap_or(at));
        point.decade = decade.map(|(_, decade)| decade);
        let end = decade.map(|(end, _)| end).or(century)?;
        Some((self.past_pattern(Pattern::PartOfAge, end).unwrap_or(end), *point, None))
    }

    /// 60年代, 1960年代: where it ends, and which it is.
    fn decade(&self, at: usize) -> Option<(usize, u32)> {
        let number = self.number(at).filter(|number| number.value.is_multiple_of(10))?;
        let end = self.past_pattern(Pattern::DecadeWord, number.end)?;
        let decade = Some(number.value).filter(|decade| !(100..=1000).contains(decade))?;
        Some((end, decade))
    }
}
