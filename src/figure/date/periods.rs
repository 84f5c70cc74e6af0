//! Stretches of time that are no day: quarters, halves of a year, decades, centuries.

use super::{First, MONTHS, Match, Part, Point, QUARTERS};
use crate::figure::figure_words::Set;
use crate::figure::text::Text;

impl Text<'_> {
    /// 二季度, 第三季度, 前11个月, 头三季度: a stretch of a year that is not named.
    pub(super) fn period(&self, at: usize) -> Option<Match> {
        let number = self.number(at)?;
        let counted = usize::from(self.ch(number.end) == '个');
        let unit = number.end + counted;
        let quarter = self.is(unit, "季度") && number.within(QUARTERS);
        let month = self.is(unit, "月") && number.within(MONTHS);
        let lead = self.before(at, 1);
        let first =
            self.lexicon.has(Set::First, lead) && !self.lexicon.has(Set::BeforeFront, self.before(at, 2));
        let mut from = Point::default();
        let (start, end) = match (quarter, month) {
            (true, _) if first => {
                from.first = Some(First::Quarters(number.value));
                (at - 1, unit + 2)
            }
            (true, _) if counted == 0 => {
                from.quarter = Some(number.value);
                (at - usize::from(lead == '第'), unit + 2)
            }
            (_, true) if first && number.value > 1 => {
                from.first = Some(First::Months(number.value));
                (at - 1, unit + 1)
            }
            _ => return None,
        };
        // 二季度末, but 二季度初步统计.
        let edge = quarter
            && (self.one_of(end, Set::End)
                || self.ch(end) == '初' && !self.one_of(end + 1, Set::BehindFirst));
        let end = end + usize::from(edge);
        Some(Match { start, end, from, to: None })
    }

    /// 2007-09年, 2007年与2009年之间: a span of years.
    pub(super) fn years(&self, at: usize) -> Option<Match> {
        let first = self.number(at).filter(|first| first.is_year())?;
        let dash = self.one_of(first.end, Set::Span);
        let joined = self.ch(first.end) == '年' && self.one_of(first.end + 1, Set::And);
        let second = self
            .number(first.end + if joined { 2 } else { 1 })
            .filter(|second| self.ch(second.end) == '年')?;
        let short = dash && second.digits == 2 && second.value > first.value % 100;
        let between = self.is(second.end + 1, "之间") || self.ch(second.end + 1) == '间';
        let year = if short { first.value / 100 * 100 + second.value } else { second.value };
        let span = short || joined && between && second.is_year() && second.value > first.value;
        let point = |year| Point { year: i32::try_from(year).ok(), ..Point::default() };
        let (from, to) = (point(first.value), Some(point(year)));
        span.then_some(Match { start: at, end: second.end + 1, from, to })
    }

    /// What may follow a year without a number of its own: 底, 上半年, 第三季度, 前两个季度.
    pub(super) fn in_year(&self, at: usize, point: &mut Point) -> Option<usize> {
        point.year?;
        for (word, half) in [('上', 1), ('下', 2)] {
            if self.ch(at) == word && self.is(at + 1, "半年") {
                point.half = Some(half);
                return Some(at + 3);
            }
        }
        if self.one_of(at, Set::End) || (self.ch(at) == '初' && !self.kind(at + 1).is_numeric()) {
            return Some(at + 1);
        }
        let lead = usize::from(self.one_of(at, Set::FirstOrPlace));
        if self.ch(at) == '首' && (self.is(at + 1, "季度") || self.ch(at + 1) == '月') {
            return Some(at + if self.ch(at + 1) == '季' { 3 } else { 2 });
        }
        let number = self.number(at + lead)?;
        let unit = number.end + usize::from(self.ch(number.end) == '个');
        if self.is(unit, "季度") && number.within(QUARTERS) {
            if self.one_of(at, Set::First) {
                point.first = Some(First::Quarters(number.value));
            } else {
                point.quarter = Some(number.value);
            }
            return Some(unit + 2);
        }
        if self.is(unit, "季") && self.ch(at) == '第' && number.within(QUARTERS) {
            point.quarter = Some(number.value);
            return Some(unit + 1);
        }
        if self.is(unit, "月") && lead == 1 && number.value <= 12 {
            point.first = Some(First::Months(number.value));
            return Some(unit + 1);
        }
        None
    }

    /// What may follow a month: 底, 初, 上旬.
    pub(super) fn in_month(&self, at: usize) -> usize {
        if self.one_of(at, Set::Thirds) && self.ch(at + 1) == '旬' {
            return at + 2;
        }
        if self.one_of(at, Set::Edges) {
            return at + 1;
        }
        at
    }

    /// 20世纪60年代, 21世纪, 90年代.
    pub(super) fn century(&self, at: usize, point: &mut Point) -> Option<(usize, Point, Option<Part>)> {
        let number = self.number(at)?;
        let mut end = None;
        let mut from = at;
        if self.is(number.end, "世纪") && number.within(1..=30) {
            point.century = Some(number.value);
            from = number.end + 2;
            end = Some(from);
        }
        if let Some(decade) = self.number(from)
            && self.is(decade.end, "年代")
            && decade.value % 10 == 0
            && (decade.value < 100 || decade.value > 1000)
        {
            point.decade = Some(decade.value);
            end = Some(decade.end + 2);
        }
        let end = end?;
        let tail =
            ["初期", "前期", "中期", "后期", "末期", "初", "末"].iter().find(|word| self.is(end, word));
        Some((end + tail.map_or(0, |word| word.chars().count()), *point, None))
    }
}
