//! One point in time, its parts in falling order: 2021年2月25日上午9时30分.

use std::ops::RangeInclusive;

use super::clock::{BEFORE_REPUBLIC, REPUBLIC};
use super::{DAYS, HOURS, MINUTES, MONTHS, Number, Part, Point};
use crate::figure::chars::Kind;
use crate::figure::figure_words::{Cue, Era, Set};
use crate::figure::text::Text;

impl Number {
    /// True for what can be a year of the Republic in three digits: 112.
    fn is_republic(&self) -> bool {
        self.digits == 3 && self.arabic && REPUBLIC.contains(&self.value)
    }
}

impl Text<'_> {
    /// One point: parts in falling order. The third of the answer is the part of a number that has no unit
    /// of its own and takes that of the other end (1—5月).
    pub(super) fn point(&self, at: usize, era: Option<Era>) -> Option<(usize, Point, Option<Part>)> {
        if let Some(found) = self.numeric(at) {
            return Some(found);
        }
        let mut point = Point { era: era.is_some_and(|era| era.first == 0), ..Point::default() };
        let mut next = Part::Year;
        let mut end = at;
        let mut read = false;
        loop {
            let mut from = end;
            if read && next <= Part::Month {
                if let Some(after) = self.in_year(from, &mut point) {
                    return Some((after, point, None));
                }
                if self.one_of(from, Set::Lunar) && self.ch(from + 1) == '历' {
                    from += 2;
                    (point.lunar, point.told) = (true, true);
                }
                if self.ch(from) == '闰' {
                    from += 1;
                    (point.lunar, point.told, point.leap) = (true, true, true);
                }
                for (name, month) in [('正', 1), ('冬', 11), ('腊', 12)] {
                    if self.ch(from) == name && self.ch(from + 1) == '月' && point.month.is_none() {
                        point.month = Some(month);
                        (point.lunar, point.told) = (true, true);
                        from += 2;
                        end = from;
                        next = Part::Day;
                    }
                }
            }
            let first = next == Part::Day && self.ch(from) == '初';
            if first {
                from += 1;
            }
            if next >= Part::Day && next <= Part::Hour && read {
                let told = self.past_weekday(from);
                if self.lexicon_hours(told).is_some() {
                    return Some(match self.time_of_day(told) {
                        Some((end, time)) => (end, point.at(time), None),
                        None => (end, point, None),
                    });
                }
                if self.kind(told) == Kind::Digit
                    && next == Part::Hour
                    && let Some((end, time)) = self.clock(told)
                {
                    return Some((end, point.at(time), None));
                }
            }
            let Some(number) = self.number(from) else { break };
            // A blank between two whole dates parts them, unless the second begins with a lesser part.
            let suffix = self.ch(number.end);
            let part = self.part(&number, suffix, next, era.is_some() && !read);
            match part {
                Some((part, length)) => {
                    let after = number.end + length;
                    put(&mut point, part, &number);
                    if part == Part::Year && era.is_some() {
                        point.in_era(era, i32::try_from(number.value).unwrap_or(0));
                    }
                    if part == Part::Hour {
                        end = self.past_hour(after, &mut point);
                        return Some((end, point, None));
                    }
                    end = after;
                    read = true;
                    next = match part {
                        Part::Year => Part::Month,
                        Part::Month => Part::Day,
                        Part::Day => Part::Hour,
                        Part::Hour => Part::Minute,
                        Part::Minute | Part::Second => Part::Second,
                    };
                    if part == Part::Second {
                        break;
                    }
                }
                None if next == Part::Day
                    && point.month.is_some()
                    && (first || self.bare_lunar_day(&number)) =>
                {
                    point.day = Some(number.value);
                    point.lunar = true;
                    point.told |= first;
                    end = number.end;
                    next = Part::Hour;
                }
                None => {
                    if let Some(part) = self.open_part(&number, next) {
                        put(&mut point, part, &number);
                        return Some((number.end, point, Some(part)));
                    }
                    break;
                }
            }
        }
        if !read {
            return self.century(at, &mut point);
        }
        if point.month.is_some() && point.day.is_none() {
            end = self.in_month(end, &mut point);
        }
        Some((end, point, None))
    }

    /// Which part the number is by the word behind it, and how many cells that word takes.
    pub(super) fn part(&self, number: &Number, suffix: char, next: Part, era: bool) -> Option<(Part, usize)> {
        if next == Part::Year
            && let Some(length) = self.year_word(number, suffix, era)
        {
            return Some((Part::Year, length));
        }
        let (part, range) = lesser_part(suffix)?;
        // Minutes stand behind an hour only, the greater parts behind anything greater.
        let in_order = next == part || next < part && part <= Part::Hour;
        let after = number.end + 1;
        let told = match suffix {
            '日' | '号' | '曰' => self.is_told_day(number, next),
            '点' => self.is_hour(number, next),
            '分' => !self.one_of(after, Set::NoMinute),
            '秒' => self.ch(after) != '钟',
            _ => true,
        };
        let length = if self.is(number.end, "月份") { 2 } else { 1 };
        (in_order && told && number.within(range)).then_some((part, length))
    }

    /// How many cells the word takes that makes `number` a year: 2023财年, 2022学年, 2023赛季.
    fn year_word(&self, number: &Number, suffix: char, era: bool) -> Option<usize> {
        let after = number.end + 1;
        let whole = || number.arabic && self.is_year(number);
        match suffix {
            '年' if self.one_of(after, Set::YearEnds) => None,
            '年' => self.is_any_year(number, era).then_some(1),
            '财' | '学' => (self.ch(after) == '年' && whole()).then_some(2),
            '赛' => (self.ch(after) == '季' && whole()).then_some(0),
            _ => None,
        }
    }

    /// True for a year of any form: 2021, 98, 三十四 of an era, 112 of the Republic.
    fn is_any_year(&self, number: &Number, era: bool) -> bool {
        let short = || number.digits == 2 && number.within(0..=99) && self.is_short_year(number);
        let reign = era && number.within(0..=999);
        reign || self.is_year(number) || short() || self.republic_year(number)
    }

    /// True where N日 or N号 is a day: not 日元, and no number that names.
    fn is_told_day(&self, number: &Number, next: Part) -> bool {
        let day = self.ch(number.end) == '日' && !self.one_of(number.end + 1, Set::Yen);
        day || next == Part::Day || self.is_day_number(number)
    }

    /// 112年10月: a year of the Republic that does not say so.
    fn republic_year(&self, number: &Number) -> bool {
        let month = self.number(number.end + 1).is_some_and(|month| self.ch(month.end) == '月');
        number.is_republic() && month
    }

    pub(super) fn is_year(&self, number: &Number) -> bool {
        let spelled = number.digits == 4 && !number.leading_zero && (1000..=2999).contains(&number.value);
        let counted = number.digits == 0
            && !number.arabic
            && (1900..=2100).contains(&number.value)
            && !number.value.is_multiple_of(100);
        spelled || counted
    }

    /// A year of two digits: 98年4月, 07年, 八五年.
    fn is_short_year(&self, number: &Number) -> bool {
        let after = number.end + 1;
        let month = self.number(after).is_some_and(|month| self.ch(month.end) == '月' && month.value <= 12);
        let placed = usize::from(self.ch(after) == '第');
        let quarter = self.number(after + placed).is_some_and(|quarter| {
            self.is(quarter.end, "季度") || (placed == 1 && self.is(quarter.end, "个月"))
        });
        let rest = self.one_of(after, Set::YearParts) && self.kind(after) == Kind::Han;
        // 九三年 spells a year out: ninety-three years would be 九十三年.
        let spelled = !number.arabic;
        let length = self.ends_length(after) || self.before_word(Cue::Lasting, number.start);
        let recent = number.value >= 50 && (spelled || !length);
        month || quarter || rest || number.leading_zero || recent
    }

    /// True for words behind 年 that make it a length of time: 80年来, 60年前, 70年历史.
    fn ends_length(&self, at: usize) -> bool {
        self.behind_word(Cue::YearLength, at) || self.kind(at) == Kind::Stop
    }

    /// A number that shares the unit of the other end of a span.
    fn open_part(&self, number: &Number, next: Part) -> Option<Part> {
        let right = self.date_connector(number.end)?;
        let other = self.number(right)?;
        let (part, _) = self.part(&other, self.ch(other.end), next, false)?;
        let fits = match part {
            Part::Year => self.is_year(number) || (number.digits == 2 && self.is_year(&other)),
            Part::Month => number.within(MONTHS),
            Part::Day => number.within(DAYS),
            Part::Hour => number.value <= 24 && next <= Part::Hour,
            Part::Minute | Part::Second => false,
        };
        let rises = part == Part::Year || number.value < other.value;
        (fits && rises && !number.pair).then_some(part)
    }
}

/// The part of a date below the year that `suffix` names, and which numbers it can have.
fn lesser_part(suffix: char) -> Option<(Part, RangeInclusive<u32>)> {
    Some(match suffix {
        '月' => (Part::Month, MONTHS),
        '日' | '号' | '曰' => (Part::Day, DAYS),
        '时' | '点' => (Part::Hour, HOURS),
        '分' => (Part::Minute, MINUTES),
        '秒' => (Part::Second, MINUTES),
        _ => return None,
    })
}

/// True where `right` can be the later end of a span that `left` begins.
pub(super) fn follows(left: &Point, right: &Point, open: Option<Part>) -> bool {
    match open {
        Some(Part::Year) => right.year.is_some(),
        Some(Part::Month) => right.month.is_some() && right.year.is_none(),
        Some(Part::Day) => right.day.is_some() && right.month.is_none(),
        Some(Part::Hour) => right.hour.is_some() && right.day.is_none(),
        Some(Part::Minute | Part::Second) => false,
        None => {
            let dated = |point: &Point| point.year.is_some() || point.month.is_some() || point.day.is_some();
            // 2021年到3个 cannot happen: the right end is a point of its own. A time follows a time or a date.
            dated(right)
                || left.hour.is_some()
                || (dated(left) && right.hour.is_some())
                || right.century.is_some()
                || right.decade.is_some()
        }
    }
}

/// Gives the number without a unit the unit of the other end.
pub(super) fn settle(from: &mut Point, part: Part, right: &Point) {
    if part == Part::Year
        && let (Some(year), Some(other)) = (from.year, right.year)
    {
        // 20至2025年
        if year < 100 && other >= 1000 {
            from.year = Some(other / 100 * 100 + year);
            from.short = false;
        }
    }
}

pub(super) fn put(point: &mut Point, part: Part, number: &Number) {
    match part {
        Part::Year => {
            let years = if number.is_republic() && !point.era { BEFORE_REPUBLIC } else { 0 };
            point.year = i32::try_from(number.value).ok().map(|year| year + years);
            point.short = number.digits == 2 && number.value < 100 && !point.era;
        }
        Part::Month => point.month = Some(number.value),
        Part::Day => point.day = Some(number.value),
        Part::Hour => point.hour = Some(number.value),
        Part::Minute => point.minute = Some(number.value),
        Part::Second => point.second = Some(number.value),
    }
}
