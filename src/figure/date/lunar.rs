//! What another calendar counts: eras, the sixty-year cycle, days of the lunar year.

use super::{MONTHS, Match, Number, Point};
use crate::figure::figure_words::{Cue, Era, Months};
use crate::figure::pattern::Pattern;
use crate::figure::text::Text;

/// The ten stems and the twelve branches, which together name sixty years.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// The last day of a month that has thirty days.
const LAST_DAY: u32 = 30;

/// What stands in front of the first numeral of a date.
pub(super) struct Opening {
    /// Where the date starts.
    pub(super) start: usize,
    /// The era that its year is counted in.
    pub(super) era: Option<Era>,
    /// True for 元年.
    pub(super) first_year: bool,
}

impl Point {
    /// Gives it the year `year` of `era`.
    pub(super) fn in_era(&mut self, era: Option<Era>, year: i32) {
        let Some(era) = era else { return };
        self.year = era.year(year);
        self.short = false;
        self.era = self.year.is_none();
        self.reign = era.months == Months::Lunar;
    }
}

impl Text<'_> {
    /// What may stand in front of the first numeral: an era, its first year, a year of the sixty-year cycle, 闰.
    pub(super) fn opening(&self, at: usize) -> Opening {
        let first = self.around(Pattern::FirstYear, at..at);
        let first_year = first.is_some();
        let end = first.map_or(at, |first| first.start);
        if let Some((start, era)) = self.longest_before(&self.lexicon.eras, end) {
            return Opening { start, era: Some(era), first_year };
        }
        let leap = usize::from(self.before(at, 1) == '闰');
        let cyclic = Era { first: 0, months: Months::Lunar };
        match self.cyclic_year(at - leap) {
            Some(start) => Opening { start, era: Some(cyclic), first_year: false },
            None => Opening { start: at - leap, era: None, first_year: false },
        }
    }

    /// A year of the cycle, 辛丑年, that ends before `end`: where it starts.
    pub(super) fn cyclic_year(&self, end: usize) -> Option<usize> {
        self.around(Pattern::CyclicYear, end..end).map(|year| year.start)
    }

    /// Which year of the cycle of sixty is named at `at`, from 0 for 甲子; none for a pair that the cycle lacks.
    fn cycle(&self, at: usize) -> Option<u8> {
        let place = |row: &str, at: usize| row.chars().position(|c| c == self.ch(at));
        let (stem, branch) = (place(STEMS, at)?, place(BRANCHES, at + 1)?);
        (0..60).find(|&year| (usize::from(year) % 10, usize::from(year) % 12) == (stem, branch))
    }

    /// What stands in front of the first numeral at `at` and tells that the date is one of the lunar calendar:
    /// 壬寅年 from `start` on, 闰, 农历.
    pub(super) fn mark_lunar(&self, at: usize, start: usize, point: &mut Point) {
        let named = self.fits(Pattern::BehindLunarCalendar, start..start);
        let leap = self.before(at, 1) == '闰';
        point.cycle = self.cycle(start).filter(|_| start < at);
        if [named, leap, point.cycle.is_some()].contains(&true) {
            point.lunar = point.month.is_some();
            point.told = point.lunar;
        }
        point.leap |= leap;
        // 2022年农历新年
        point.lunar &= point.month.is_some();
    }

    /// 正月十五, 壬寅年腊月初七, 大年初一: the month has no numeral, so the day is the first.
    pub(super) fn lunar_day(&self, at: usize) -> Option<Match> {
        let day = self.number(at).filter(|day| day.within(1..=LAST_DAY))?;
        let first = usize::from(self.before(at, 1) == '初');
        let month_end = at - first;
        let named = self.word_before(Cue::Lunar, month_end);
        // 大年初一, 大年三十
        let new_year = || self.around(Pattern::NewYear, month_end..month_end).map(|year| year.start);
        let eve = first == 0 && day.value < LAST_DAY;
        let month_start = named.or_else(|| new_year().filter(|_| !eve))?;
        let month = match (self.ch(month_start), first) {
            ('冬', _) => 11,
            ('腊', _) | ('大', 0) => 12,
            _ => 1,
        };
        let leap = usize::from(self.before(month_start, 1) == '闰');
        let start = self.cyclic_year(month_start - leap).unwrap_or(month_start - leap);
        let from = Point {
            month: Some(month),
            lunar: true,
            told: true,
            leap: leap == 1,
            cycle: self.cycle(start),
            day: Some(day.value),
            ..Point::default()
        };
        let end = day.end + usize::from(self.ch(day.end) == '日');
        match self.lunar_end(end, month) {
            Some((end, to)) => Some(Match { start, end, from, to: Some(to) }),
            None => Some(Match { start, end, from, to: None }),
        }
    }

    /// 至初七, 到十五, 至二月初二: the later end of a span that begins in the lunar month `month`.
    fn lunar_end(&self, at: usize, month: u32) -> Option<(usize, Point)> {
        let right = at + 1;
        let day_at = match (self.ch(at), self.ch(right)) {
            ('至' | '到', '初') => right + 1,
            ('至' | '到' | '-' | '—' | '~', _) => right,
            _ => return None,
        };
        let number = self.number(day_at)?;
        let (month, day) = match self.ch(number.end) {
            '月' if day_at == right => {
                let first = usize::from(self.ch(number.end + 1) == '初');
                (number.value, self.number(number.end + 1 + first)?)
            }
            _ => (month, number),
        };
        let told = day.end > number.end || day_at > right || self.bare_lunar_day(&day);
        let to = Point { month: Some(month), lunar: true, told, day: Some(day.value), ..Point::default() };
        let fits = MONTHS.contains(&month) && !day.arabic && day.within(1..=LAST_DAY);
        (told && fits).then_some((day.end, to))
    }

    /// 八月十五, with no 日 behind it: a day of the lunar calendar.
    pub(super) fn bare_lunar_day(&self, number: &Number) -> bool {
        // Up to the tenth they are told by 初.
        let fits = !number.arabic && number.within(10..=LAST_DAY);
        fits && !self.fits(Pattern::NoLunarDay, number.end..number.end)
    }
}
