//! Times of day, and dates in digits and signs alone: 8时30分, 17:55:23, 2015-06-12.

use std::ops::RangeInclusive;

use super::{HOURS, MINUTES, Number, Part, Point};
use crate::figure::chars::Kind;
use crate::figure::figure_words::{Cue, DayPart, Set};
use crate::figure::text::Text;

/// The years of the Republic that have three digits and are near enough to be meant.
pub(super) const REPUBLIC: RangeInclusive<u32> = 100..=130;

/// The year before the first of the Republic.
pub(super) const BEFORE_REPUBLIC: i32 = 1911;

impl Text<'_> {
    /// 2015-06-12, 2015.5.13, 2019/04/19 09:36, 8:30, 20240307.
    pub(super) fn numeric(&self, at: usize) -> Option<(usize, Point, Option<Part>)> {
        let (end, year, digits) = self.digits(at)?;
        if digits == 8 && !self.kind(end).is_numeric() {
            let (y, m, d) = (year / 10_000, year / 100 % 100, year % 100);
            let valid = (1900..2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
            let bare = self.lexicon.unit_at(self.cells, end).is_none() && !self.one_of(end, Set::NoDay);
            let point =
                Point { year: i32::try_from(y).ok(), month: Some(m), day: Some(d), ..Point::default() };
            return (valid && bare).then_some((end, point, None));
        }
        if let Some(found) = self.republic(end, year, digits) {
            return Some(found);
        }
        if digits == 4 && (1000..=2999).contains(&year) {
            let sign = self.ch(end);
            if self.lexicon.has(Set::DateSigns, sign) {
                let (month_end, month, month_digits) = self.digits(end + 1)?;
                if (1..=12).contains(&month) && month_digits <= 2 {
                    let mut point =
                        Point { year: i32::try_from(year).ok(), month: Some(month), ..Point::default() };
                    if self.one_of(month_end, Set::DateSigns)
                        && let Some((day_end, day, day_digits)) = self.digits(month_end + 1)
                        && (1..=31).contains(&day)
                        && day_digits <= 2
                    {
                        point.day = Some(day);
                        if let Some((end, time)) = self.time_behind(day_end) {
                            return Some((end, point.at(time), None));
                        }
                        return Some((day_end, point, None));
                    }
                    let range = self.ch(month_end) == '-'
                        && self.digits(month_end + 1).is_some_and(|(_, y, n)| n == 4 && y >= year);
                    let after_range = at >= 2 && self.before(at, 1) == '-' && month_digits == 2;
                    if month_digits == 2
                        && (sign == '-' || range || after_range)
                        && !self.kind(month_end).is_numeric()
                    {
                        return Some((month_end, point, None));
                    }
                }
            }
            return None;
        }
        self.clock(at).map(|(end, point)| (end, point, None))
    }

    /// 8:30, 17:55:23, 2:00pm.
    pub(super) fn clock(&self, at: usize) -> Option<(usize, Point)> {
        let (end, hour, digits) = self.digits(at)?;
        if self.ch(end) != ':' || hour > 24 || digits > 2 {
            return None;
        }
        let (mut end, minute, minute_digits) = self.digits(end + 1)?;
        if minute > 59 || minute_digits != 2 {
            return None;
        }
        let mut point = Point { hour: Some(hour), minute: Some(minute), ..Point::default() };
        if self.ch(end) == ':'
            && let Some((second_end, second, 2)) = self.digits(end + 1)
            && second < 60
        {
            point.second = Some(second);
            end = second_end;
        }
        for word in ["pm", "am", "PM", "AM", "p.m.", "a.m."] {
            if self.is(end, word) {
                let afternoon = word.starts_with(['p', 'P']);
                point.part = Some(if afternoon { DayPart::Afternoon } else { DayPart::Morning });
                return Some((end + word.len(), point));
            }
        }
        if self.ch(end) == '时' {
            end += 1;
        }
        Some((end, point))
    }

    /// 112/10/5: the year is one of the Republic.
    fn republic(&self, end: usize, year: u32, digits: usize) -> Option<(usize, Point, Option<Part>)> {
        let sign = self.ch(end);
        if digits != 3 || !REPUBLIC.contains(&year) || !self.lexicon.has(Set::RepublicSigns, sign) {
            return None;
        }
        let (month_end, month, month_digits) = self.digits(end + 1)?;
        let (day_end, day, day_digits) = self.digits(month_end + 1).filter(|_| self.ch(month_end) == sign)?;
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && month_digits.max(day_digits) <= 2;
        let year = i32::try_from(year).ok().map(|year| year + BEFORE_REPUBLIC);
        let point = Point { year, month: Some(month), day: Some(day), ..Point::default() };
        fits.then_some((day_end, point, None))
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
        if self.ch(at) == '半' && self.ch(at + 1) != '数' {
            point.minute = Some(30);
            return at + 1;
        }
        if self.is(at, "整") || (self.is(at, "钟") && self.ch(at + 1) != '头') {
            point.minute = Some(0);
            return at + 1;
        }
        let Some(number) = self.number(at).filter(|number| number.within(MINUTES)) else { return at };
        match self.ch(number.end) {
            '刻' if number.value <= 3 => {
                point.minute = Some(number.value * 15);
                number.end + 1
            }
            '分' if !self.one_of(number.end + 1, Set::NoMinute) => {
                point.minute = Some(number.value);
                self.past_minute(number.end + 1, point)
            }
            _ if number.digits == 2
                && number.arabic
                && self.lexicon.unit_at(self.cells, number.end).is_none() =>
            {
                point.minute = Some(number.value);
                number.end
            }
            _ => at,
        }
    }

    /// The seconds behind N分.
    fn past_minute(&self, at: usize, point: &mut Point) -> usize {
        match self.number(at).filter(|second| self.ch(second.end) == '秒' && second.value < 60) {
            Some(second) => {
                point.second = Some(second.value);
                second.end + 1
            }
            None => at,
        }
    }

    /// True where N点 is a time of day and no list of points and no points of an index.
    pub(super) fn is_hour(&self, number: &Number, next: Part) -> bool {
        let after = number.end + 1;
        let behind =
            ["半", "整", "钟", "一刻", "三刻", "多钟", "左右", "许", "以前", "以后", "前", "后", "起"];
        if next == Part::Hour || behind.iter().any(|word| self.is(after, word)) {
            return true;
        }
        let minute = self.number(after).is_some_and(|m| {
            m.value < 60 && (self.ch(m.end) == '分' || (m.digits == 2 && m.arabic) || m.value >= 10)
        });
        let before = number.start;
        if minute || self.part_before(before).is_some() || self.date_connector(after).is_some() {
            return true;
        }
        let index = self.lexicon.has(Set::BeforePoints, self.before(before, 1));
        let listed = self.kind(after) == Kind::Han && !self.one_of(after, Set::BehindHour);
        let told = self.one_of(after, Set::Colons);
        let few = !number.arabic && number.value < 7 && self.before(before, 1) != '\0';
        !(index || listed || told || (few && !self.lexicon.has(Set::BeforeHour, self.before(before, 1))))
    }

    /// True for a score or a proportion that looks like a time of day: 以21:15, 21:15战胜, 头节19:17.
    pub(super) fn is_score(&self, at: usize, end: usize) -> bool {
        // 比例为1:20
        let linked = usize::from(self.lexicon.has(Set::ScoreLinks, self.before(at, 1)));
        self.before_word(Cue::ScoreBefore, at - linked) || self.behind_word(Cue::ScoreBehind, end)
    }
}
