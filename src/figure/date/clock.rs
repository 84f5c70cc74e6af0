//! Times of day, and dates in digits and signs alone: 8时30分, 17:55:23, 2015-06-12.

use std::ops::RangeInclusive;

use super::{DAYS, HOURS, MINUTES, MONTHS, Number, Part, Point};
use crate::figure::figure_words::{DayPart, Set};
use crate::figure::pattern::Pattern;
use crate::figure::text::Text;

/// The years of the Republic that have three digits and are near enough to be meant.
pub(super) const REPUBLIC: RangeInclusive<u32> = 100..=130;

/// The year before the first of the Republic.
pub(super) const BEFORE_REPUBLIC: i32 = 1911;

/// The years that a date in digits can be of, in four digits.
const YEARS: RangeInclusive<u32> = 1000..=2999;

/// The years that eight digits in a row can begin with.
const COMPACT_YEARS: RangeInclusive<u32> = 1900..=2099;

/// Digits with a meaning: where they end, their value, how many.
type Digits = (usize, u32, usize);

impl Point {
    fn of_day(year: u32, month: u32, day: Option<u32>) -> Self {
        Self { year: i32::try_from(year).ok(), month: Some(month), day, ..Self::default() }
    }
}

impl Text<'_> {
    /// 2015-06-12, 2015.5.13, 2019/04/19 09:36, 8:30, 20240307.
    pub(super) fn numeric(&self, at: usize) -> Option<(usize, Point, Option<Part>)> {
        let year = self.digits(at)?;
        let found = match year {
            (end, whole, 8) if !self.kind(end).is_numeric() => self.whole_date(end, whole),
            (_, 1000..=2999, 4) => self.signed_date(at, year),
            (_, _, 3) => self.republic(year).or_else(|| self.clock(at)),
            _ => self.clock(at),
        };
        found.map(|(end, point)| (end, point, None))
    }

    /// 20240307
    fn whole_date(&self, end: usize, whole: u32) -> Option<(usize, Point)> {
        let (year, month, day) = (whole / 10_000, whole / 100 % 100, whole % 100);
        let valid = COMPACT_YEARS.contains(&year) && MONTHS.contains(&month) && DAYS.contains(&day);
        let alone = !self.fits(Pattern::NoWholeDate, end..end);
        (valid && alone).then(|| (end, Point::of_day(year, month, Some(day))))
    }

    /// One digit or two at `at` that are in `range`.
    fn part_in_digits(&self, at: usize, range: RangeInclusive<u32>) -> Option<Digits> {
        self.digits(at).filter(|(_, value, digits)| *digits <= 2 && range.contains(value))
    }

    /// 2015-06-12, 2015.5.13, 2019/04/19 09:36, 2016-03.
    fn signed_date(&self, at: usize, (end, year, _): Digits) -> Option<(usize, Point)> {
        let part = |end, range| self.part_in_digits(self.past_pattern(Pattern::DateSign, end)?, range);
        let (month_end, month, month_digits) = part(end, MONTHS)?;
        if let Some((day_end, day, _)) = part(month_end, DAYS) {
            let point = Point::of_day(year, month, Some(day));
            let time = self.time_behind(day_end);
            return Some(time.map_or((day_end, point), |(end, time)| (end, point.at(time))));
        }
        let spans = self.ch(end) == '-'
            || self.fits(Pattern::JoinedByDash, at..at)
            || self.char_at(month_end, '-').is_some_and(|at| self.is_later_year(at, year));
        let whole = month_digits == 2 && !self.kind(month_end).is_numeric();
        (whole && spans).then(|| (month_end, Point::of_day(year, month, None)))
    }

    /// True for four digits at `at` that are `year` or a later one.
    fn is_later_year(&self, at: usize, year: u32) -> bool {
        let later = self.digits(at).filter(|(_, _, digits)| *digits == 4);
        later.is_some_and(|(_, later, _)| (year..=*YEARS.end()).contains(&later))
    }

    /// 8:30, 17:55:23, 2:00pm.
    pub(super) fn clock(&self, at: usize) -> Option<(usize, Point)> {
        let past_colon = |end| self.past_pattern(Pattern::Colon, end);
        let two_digits = |at| self.part_in_digits(at, MINUTES).filter(|(_, _, digits)| *digits == 2);
        let (hour_end, hour, _) = self.part_in_digits(at, HOURS)?;
        let (minute_end, minute, _) = two_digits(past_colon(hour_end)?)?;
        let mut point = Point { hour: Some(hour), minute: Some(minute), ..Point::default() };
        let second = past_colon(minute_end).and_then(two_digits);
        point.second = second.map(|second| second.1);
        let end = second.map_or(minute_end, |second| second.0);
        let halves = [(Pattern::BeforeNoon, DayPart::Morning), (Pattern::AfterNoon, DayPart::Afternoon)];
        for (pattern, part) in halves {
            if let Some(end) = self.past_pattern(pattern, end) {
                point.part = Some(part);
                return Some((end, point));
            }
        }
        Some((self.char_at(end, '时').unwrap_or(end), point))
    }

    /// 112/10/5: the year is one of the Republic.
    fn republic(&self, (end, year, _): Digits) -> Option<(usize, Point)> {
        let sign = Some(self.ch(end)).filter(|_| REPUBLIC.contains(&year))?;
        let (month_end, month, _) =
            self.part_in_digits(self.past_pattern(Pattern::RepublicSign, end)?, MONTHS)?;
        let (day_end, day, _) = self.part_in_digits(self.char_at(month_end, sign)?, DAYS)?;
        let point = Point::of_day(year, month, Some(day));
        let year = point.year.map(|year| year + BEFORE_REPUBLIC);
        Some((day_end, Point { year, ..point }))
    }

    /// A time of day behind a date in digits, with a weekday or a part of the day between: 下午 02:26:26.
    fn time_behind(&self, at: usize) -> Option<(usize, Point)> {
        let from = self.past_weekday(at);
        if self.lexicon_hours(from).is_some() { self.time_of_day(from) } else { self.clock(from) }
    }

    /// A time of day with the part of the day in front of it, where one is named.
    pub(super) fn time_of_day(&self, at: usize) -> Option<(usize, Point)> {
        let (from, part) = self.lexicon_hours(at).map_or((at, None), |(end, part)| (end, Some(part)));
        let (end, time) = self.time(from)?;
        Some((end, Point { part: part.or(time.part), ..time }))
    }

    /// A time of day: 8:30, 8时30分, 八点半.
    pub(super) fn time(&self, at: usize) -> Option<(usize, Point)> {
        if let Some(found) = self.clock(at) {
            return Some(found);
        }
        let number = self.number(at).filter(|number| number.within(HOURS))?;
        let mut point = Point { hour: Some(number.value), ..Point::default() };
        let hour = self.one_of(number.end, Set::Hours);
        hour.then(|| (self.past_hour(number.end + 1, &mut point), point))
    }

    /// What follows N点 or N时: 半, 整, 钟, 一刻, minutes.
    pub(super) fn past_hour(&self, at: usize, point: &mut Point) -> usize {
        let past = |pattern, at| self.past_pattern(pattern, at);
        if let Some(end) = past(Pattern::HalfPast, at) {
            point.minute = Some(30);
            return end;
        }
        if past(Pattern::OnTheHour, at).is_some() {
            point.minute = Some(0);
            return at + 1;
        }
        let Some(number) = self.number(at).filter(|number| number.within(MINUTES)) else { return at };
        if let Some(end) = past(Pattern::QuartersPast, number.end).filter(|_| number.value <= 3) {
            point.minute = Some(number.value * 15);
            return end;
        }
        let minutes = past(Pattern::MinutesPast, number.end);
        let alone = || self.unit_at(number.end).is_none();
        match (minutes, number.digits, number.arabic) {
            (Some(end), ..) => {
                point.minute = Some(number.value);
                self.past_minute(end, point)
            }
            (None, 2, true) if alone() => {
                point.minute = Some(number.value);
                number.end
            }
            _ => at,
        }
    }

    /// The seconds behind N分.
    fn past_minute(&self, at: usize, point: &mut Point) -> usize {
        let second = self.number(at).filter(|second| MINUTES.contains(&second.value));
        let end = second.and_then(|second| self.past_pattern(Pattern::SecondsPast, second.end));
        point.second = point.second.or(second.filter(|_| end.is_some()).map(|second| second.value));
        end.unwrap_or(at)
    }

    /// True where N点 is a time of day and no list of points and no points of an index.
    pub(super) fn is_hour(&self, number: &Number, next: Part) -> bool {
        /// Below, a number that is spelled out is more likely one of points.
        const FEW: u32 = 7;
        let cells = number.start..number.end;
        let fits = |pattern| self.fits(pattern, cells.clone());
        let after = number.end + 1;
        let few = !number.arabic && number.value < FEW;
        let told = next == Part::Hour
            || fits(Pattern::ToldHour)
            || self.has_minutes(after)
            || self.part_before(number.start).is_some()
            || self.date_connector(after).is_some();
        told || !(fits(Pattern::PointsOfList) || few && fits(Pattern::SmallPoints))
    }

    /// True where minutes stand at `at`: 05分, 05, 十五.
    fn has_minutes(&self, at: usize) -> bool {
        let Some(minute) = self.number(at).filter(|minute| MINUTES.contains(&minute.value)) else {
            return false;
        };
        match (minute.value, minute.digits, minute.arabic) {
            (10.., ..) | (_, 2, true) => true,
            _ => self.ch(minute.end) == '分',
        }
    }

    /// True for a score or a proportion that looks like a time of day: 以21:15, 21:15战胜, 头节19:17.
    pub(super) fn is_score(&self, at: usize, end: usize) -> bool {
        self.fits(Pattern::LooksLikeTime, at..end)
    }
}
