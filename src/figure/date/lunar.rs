//! What another calendar counts: eras, the sixty-year cycle, days of the lunar year.

use super::{Dates, Match, Number, Point};
use crate::figure::lexicon::Cue;

impl Dates<'_> {
    /// What may stand in front of the first numeral: an era, a year of the sixty-year cycle, 闰, ’.
    pub(super) fn opening(&self, at: usize) -> (usize, Option<bool>) {
        if let Some(start) = self.lexicon.cue_before(Cue::Era, self.cells, self.floor, at) {
            let before_christ = self.before(at, 1) == '前';
            let ours = self.is(start, "公元") || self.is(start, "西元");
            return (start, Some(!ours || before_christ));
        }
        if self.before(at, 1) == '年'
            && self.before(at, 2) == '元'
            && at >= 2
            && let Some(start) = self.lexicon.cue_before(Cue::Era, self.cells, self.floor, at - 2)
        {
            return (start, Some(true));
        }
        let leap = usize::from(self.before(at, 1) == '闰');
        match self.cyclic_year(at - leap) {
            Some(start) => (start, Some(true)),
            None => (at - leap, None),
        }
    }

    /// A year of the cycle, 辛丑年, that ends before `end`: where it starts.
    pub(super) fn cyclic_year(&self, end: usize) -> Option<usize> {
        if self.before(end, 1) != '年' {
            return None;
        }
        let stem = "甲乙丙丁戊己庚辛壬癸".contains(self.before(end, 3));
        let branch = "子丑寅卯辰巳午未申酉戌亥".contains(self.before(end, 2));
        (stem && branch && end >= 3).then(|| end - 3)
    }

    /// 正月十五, 壬寅年腊月初七, 大年初一: the month has no numeral, so the day is the first.
    pub(super) fn lunar_day(&self, at: usize) -> Option<Match> {
        let day = self.number(at)?;
        if day.value == 0 || day.value > 30 || day.pair {
            return None;
        }
        let first = usize::from(self.before(at, 1) == '初');
        let month_end = at - first;
        let new_year = first == 1 && self.before(month_end, 1) == '年' && self.before(month_end, 2) == '大';
        let month_start = match self.lexicon.cue_before(Cue::Lunar, self.cells, self.floor, month_end) {
            Some(start) => start,
            None if new_year => month_end - 2,
            None => return None,
        };
        let month = match self.ch(month_start) {
            '冬' => 11,
            '腊' => 12,
            _ => 1,
        };
        let leap = usize::from(self.before(month_start, 1) == '闰');
        let start = self.cyclic_year(month_start - leap).unwrap_or(month_start - leap);
        let from = Point { month: Some(month), lunar: true, day: Some(day.value), ..Point::default() };
        let end = day.end + usize::from(self.ch(day.end) == '日');
        Some(Match { start, end, from, to: None })
    }

    /// 八月十五, with no 日 behind it: a day of the lunar calendar.
    pub(super) fn bare_lunar_day(&self, number: &Number) -> bool {
        let fits = !number.arabic && !number.pair && (1..=30).contains(&number.value);
        let month_end = number.end;
        fits && self.lexicon.unit_at(self.cells, month_end).is_none()
            && !matches!(self.ch(month_end), '至' | '到' | '、')
    }
}
