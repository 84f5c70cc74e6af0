//! Dates and times of day, and spans of them.
//!
//! [`points`] reads one point in time part by part; [`lunar`] knows eras and the lunar calendar, [`periods`]
//! quarters, decades and other stretches, [`clock`] times of day and dates in digits and signs alone.

mod clock;
mod lunar;
mod periods;
mod points;

use std::ops::RangeInclusive;

use self::points::{follows, settle};
use super::Class;
use super::chars::{Kind, digit};
use super::draft::DraftFigure;
use super::figure_words::{Cue, DayPart, Set};
use super::text::Text;

/// What a text says of one point in time; what it leaves out is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Point {
    /// The year; negative before our era. A year of two digits is as printed, with `short` set.
    pub(super) year: Option<i32>,
    pub(super) short: bool,
    /// True where the year is counted in a reign or by the sixty-year cycle, so that it is no year of ours.
    pub(super) era: bool,
    /// True where the months are those of the lunar calendar, as the era has them.
    pub(super) reign: bool,
    pub(super) century: Option<u32>,
    pub(super) decade: Option<u32>,
    /// 1 or 2 for a half year.
    pub(super) half: Option<u32>,
    pub(super) quarter: Option<u32>,
    pub(super) month: Option<u32>,
    /// True where the month is one of the lunar calendar.
    pub(super) lunar: bool,
    /// True where the text leaves no doubt that it is: 农历, 正月, 初三, 闰.
    pub(super) told: bool,
    /// True for the month that is put in twice: 闰四月.
    pub(super) leap: bool,
    /// The year's place in the cycle of sixty, from 0 for 甲子.
    pub(super) cycle: Option<u8>,
    pub(super) day: Option<u32>,
    pub(super) hour: Option<u32>,
    pub(super) minute: Option<u32>,
    pub(super) second: Option<u32>,
    /// The part of the day that the hour, which is as printed, is in.
    pub(super) part: Option<DayPart>,
    /// The first so many months or quarters of the year: 前11个月.
    pub(super) first: Option<First>,
}

/// How much of a year, from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    Months(u32),
    Quarters(u32),
}

impl Point {
    /// The same day at the time of day of `time`.
    fn at(self, time: Self) -> Self {
        Self { hour: time.hour, minute: time.minute, second: time.second, part: time.part, ..self }
    }

    /// True for a quarter, a half or the first months of a year that is not named.
    pub(super) fn is_stretch(&self) -> bool {
        self.quarter.is_some() || self.half.is_some() || self.first.is_some()
    }

    /// True where it names a day, a month or a year.
    fn is_dated(&self) -> bool {
        self.year.is_some() || self.month.is_some() || self.day.is_some()
    }
}

/// The numbers of months, days, hours, minutes and quarters.
const MONTHS: RangeInclusive<u32> = 1..=12;
const DAYS: RangeInclusive<u32> = 1..=31;
const HOURS: RangeInclusive<u32> = 0..=24;
const MINUTES: RangeInclusive<u32> = 0..=59;
const QUARTERS: RangeInclusive<u32> = 1..=4;

/// The longest words for a part of the day: 今天下午.
const LONGEST_HOURS: usize = 4;

/// A date that was read: the cells it covers, and what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) from: Point,
    pub(super) to: Option<Point>,
}

impl Match {
    /// The figure that it is.
    pub(super) fn draft(self) -> DraftFigure {
        let mut draft = DraftFigure::new(self.start..self.end, Class::Date);
        draft.point = Some(Box::new((self.from, self.to)));
        draft
    }
}

/// A number on the way to a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: u32,
    pub(super) digits: usize,
    pub(super) leading_zero: bool,
    pub(super) arabic: bool,
    pub(super) pair: bool,
}

impl Number {
    /// True for one number, no pair of them, in `range`.
    fn within(&self, range: RangeInclusive<u32>) -> bool {
        !self.pair && range.contains(&self.value)
    }
}

/// The parts of a date, from the greatest to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Part {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

impl Text<'_> {
    /// Reads the date whose first numeral stands at `at`, with what belongs to it in front of that.
    pub(in crate::figure) fn date(&self, at: usize) -> Option<Match> {
        if !self.may_begin(at) {
            return None;
        }
        if let Some(found) = self.lunar_day(at) {
            return Some(found);
        }
        if let Some(found) = self.period(at) {
            return Some(found);
        }
        if let Some(found) = self.years(at) {
            return Some(found);
        }
        let opening = self.opening(at);
        let (mut end, mut from, open) = self.point(at, opening.era)?;
        if opening.first_year && from.year.is_none() {
            from.in_era(opening.era, 1);
        }
        if from.hour.is_some() && !from.is_dated() && from.part.is_none() {
            from.part = self.part_before(opening.start);
        }
        let later = self.later_end(end, &from, open);
        if let Some((right_end, right)) = &later {
            if let Some(part) = open {
                settle(&mut from, part, right);
            }
            end = *right_end;
        }
        if open.is_some() && later.is_none() {
            return None;
        }
        self.mark_lunar(at, opening.start, &mut from);
        let found = Match { start: opening.start, end, from, to: later.map(|(_, to)| to) };
        self.accept(at, &found).then_some(found)
    }

    /// The later end of a span whose earlier one ends at `end`: where it ends, and what it says.
    fn later_end(&self, end: usize, from: &Point, open: Option<Part>) -> Option<(usize, Point)> {
        let right = self.date_connector(end)?;
        let dated =
            self.point(right, None).filter(|(_, right, inner)| inner.is_none() && follows(from, right, open));
        match dated {
            Some((end, point, _)) if point.is_dated() || from.hour.is_none() => Some((end, point)),
            // 上午9点至下午5点, 下午1点半到3点
            _ if from.hour.is_some() => self.time_of_day(right),
            _ => None,
        }
    }

    /// 昨(22)日, 今（7）日: the day stands in brackets.
    pub(super) fn bracketed_day(&self, at: usize) -> Option<Match> {
        let near = self.lexicon.has(Set::NearDays, self.before(at, 2));
        let number = self.number(at).filter(|_| near && self.before(at, 1) == '(')?;
        let day = self.is(number.end, ")日") && number.within(DAYS);
        let from = Point { day: Some(number.value), ..Point::default() };
        day.then_some(Match { start: at, end: number.end + 2, from, to: None })
    }

    /// True where N号 is a day: 24号起, 15号发工资; what is named by a number is none.
    pub(super) fn is_day_number(&self, number: &Number) -> bool {
        let day = number.within(DAYS) && !number.leading_zero;
        let behind = number.end + 1;
        let cue = |cue, at| self.lexicon.cue_at(cue, self.cells, at).is_some();
        let before = |cue| self.lexicon.cue_before(cue, self.cells, self.floor, number.start).is_some();
        if !day || self.ch(number.end) != '号' || cue(Cue::HaoName, behind) || before(Cue::Address) {
            return false;
        }
        let day_behind = cue(Cue::HaoDayBehind, behind) || self.lexicon_hours(behind).is_some();
        let named_span = self
            .connector(behind)
            .and_then(|right| self.number(right))
            .is_some_and(|right| self.ch(right.end) != '号' || cue(Cue::HaoName, right.end + 1));
        self.before(number.start, 1) == '月' || (before(Cue::HaoDay) || day_behind) && !named_span
    }

    /// False for most numbers that begin no date: what follows a number of a date, and what comes before one
    /// that nothing follows, is one of a few words.
    fn may_begin(&self, at: usize) -> bool {
        let Some(numeral) = self.memo.read(self.cells, at, self.lexicon) else { return false };
        let behind = match self.ch(numeral.end) {
            '年' | '月' | '日' | '号' | '曰' | '时' | '点' | '世' | '季' | '至' | '到' | '起' | '财'
            | '学' | '赛' => true,
            ':' | '-' | '—' | '~' | '/' | '.' | '(' => true,
            '个' => self.one_of(numeral.end + 1, Set::Months),
            _ => false,
        };
        // 正月十五, 初三; 20240307; what only looks like a decimal: 2015.05-2016.03
        behind
            || self.lexicon.has(Set::BeforeLunar, self.before(at, 1))
            || (self.before(at, 1) == '年' && self.before(at, 2) == '大')
            || numeral.digits >= 8
            || numeral.decimal
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        if !self.kind(at).is_numeric() {
            return None;
        }
        let numeral = self.memo.read(self.cells, at, self.lexicon)?;
        if numeral.decimal || numeral.more || numeral.bare || numeral.grouped || numeral.weak {
            return None;
        }
        let span = numeral.value?;
        let value = u32::try_from(span.low).ok()?;
        Some(Number {
            start: at,
            end: numeral.end,
            value,
            digits: numeral.digits,
            leading_zero: numeral.leading_zero,
            arabic: numeral.arabic,
            pair: numeral.pair,
        })
    }

    /// Arabic digits and nothing else: where they end, their value, how many.
    pub(super) fn digits(&self, at: usize) -> Option<(usize, u32, usize)> {
        let mut value = 0_u32;
        let mut end = at;
        while self.kind(end) == Kind::Digit && end - at < 9 {
            if end > at && self.cells.get(end).is_some_and(|cell| cell.gap) {
                break;
            }
            value = value.checked_mul(10)?.checked_add(u32::from(digit(self.ch(end)).unwrap_or(0)))?;
            end += 1;
        }
        (end > at).then_some((end, value, end - at))
    }

    /// The word between the two ends of a span: where the second end starts.
    pub(super) fn date_connector(&self, at: usize) -> Option<usize> {
        let at = self.past_weekday(at);
        let at = at + usize::from(self.ch(at) == '起' && self.one_of(at + 1, Set::Until));
        let length = match self.ch(at) {
            '至' | '到' | '-' | '~' => 1,
            '—' => 1 + usize::from(self.ch(at + 1) == '—'),
            _ => return None,
        };
        // 5:00--6:00 and 3月——5月 are as common as single dashes.
        let length = length + usize::from(self.ch(at) == '-' && self.ch(at + 1) == '-');
        let right = at + length;
        let known = self.kind(right).is_numeric() || self.lexicon_hours(right).is_some();
        known.then_some(right)
    }

    /// Behind the weekday that stands at `at`, in brackets or not: （星期一）, 周五, (五).
    pub(super) fn past_weekday(&self, at: usize) -> usize {
        let bracket = usize::from(self.ch(at) == '(');
        let named = [("星期", 2), ("礼拜", 2), ("周", 1)];
        let name =
            named.into_iter().find(|(name, _)| self.is(at + bracket, name)).map_or(0, |(_, length)| length);
        let day = at + bracket + name;
        let told = self.one_of(day, Set::Weekdays);
        let closed = bracket == 0 || self.ch(day + 1) == ')';
        if told && closed && bracket + name > 0 { day + 1 + bracket } else { at }
    }

    /// Part-of-day words at `at`, in front of a number: where they end, and which part it is.
    pub(super) fn lexicon_hours(&self, at: usize) -> Option<(usize, DayPart)> {
        (1..=LONGEST_HOURS).rev().map(|length| at + length).find_map(|end| {
            let (start, part) = self.lexicon.hours.longest_before(self.cells, at, end)?;
            (start == at && self.kind(end).is_numeric()).then_some((end, part))
        })
    }

    /// The part of the day that the words in front of `at` name.
    fn part_before(&self, at: usize) -> Option<DayPart> {
        self.lexicon.hours.longest_before(self.cells, self.floor, at).map(|(_, part)| part)
    }

    /// Whether what was read is a date at all.
    fn accept(&self, at: usize, found: &Match) -> bool {
        let point = &found.from;
        let only_day =
            point.day.is_some() && point.month.is_none() && point.year.is_none() && found.to.is_none();
        if only_day && point.hour.is_none() {
            let lasting = self.before_word(Cue::Lasting, at);
            let inside = self.behind_word(Cue::LastingBehind, found.end);
            let one = self.ch(at) == '一' && found.end == at + 2 && !self.one_of(found.end, Set::Wires);
            return !(lasting || inside || one);
        }
        // 距今约2300年 is a length of time, and so are years that no paper has seen.
        let only_year = point.year.is_some() && point.month.is_none() && found.to.is_none();
        if only_year && self.before_word(Cue::Since, found.start) {
            return false;
        }
        let colon = self.ch(found.start + 1) == ':' || self.ch(found.start + 2) == ':';
        if colon && point.month.is_none() && point.year.is_none() && point.day.is_none() {
            return !self.is_score(at, found.end);
        }
        true
    }
}
