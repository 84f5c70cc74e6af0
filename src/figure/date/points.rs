//! One point in time, its parts in falling order: 2021年2月25日上午9时30分.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::clock::{BEFORE_REPUBLIC, REPUBLIC};
use super::{DAYS, HOURS, MINUTES, MONTHS, Number, Part, Point};
use crate::figure::figure_words::{Era, Set};
use crate::figure::pattern::Pattern;
use crate::figure::text::Text;

/// The months of the lunar calendar that have names.
const MONTH_NAMES: [(&str, u32); 3] = [("正月", 1), ("冬月", 11), ("腊月", 12)];

/// Where a point ends, what it says, and the part of a number that has no unit of its own and takes that of the other
/// end of the span: 1—5月.
type Found = (usize, Point, Option<Part>);

/// A point as far as it was read.
struct Reading {
    point: Point,
    end: usize,
    /// The greatest part that may come next.
    next: Part,
    era: Option<Era>,
}

/// How reading went on.
enum Progress {
    /// By a part.
    Part,
    /// To the end of the point.
    Whole(Option<Part>),
    /// Not at all.
    Nothing,
}

impl Part {
    /// The part below.
    fn below(self) -> Self {
        match self {
            Self::Year => Self::Month,
            Self::Month => Self::Day,
            Self::Day => Self::Hour,
            Self::Hour => Self::Minute,
            Self::Minute | Self::Second => Self::Second,
        }
    }
}

impl Number {
    /// True for what can be a year of the Republic in three digits: 112.
    fn is_republic(&self) -> bool {
        (self.digits, self.arabic) == (3, true) && REPUBLIC.contains(&self.value)
    }

    /// True for a year in full: 2021, 二〇二一, 二千零一.
    pub(super) fn is_year(&self) -> bool {
        match (self.digits, self.leading_zero, self.arabic) {
            (4, false, _) => (1000..=2999).contains(&self.value),
            (0, _, false) => (1900..=2100).contains(&self.value) && !self.value.is_multiple_of(100),
            _ => false,
        }
    }
}

impl Text<'_> {
    /// One point: parts in falling order.
    pub(super) fn point(&self, at: usize, era: Option<Era>) -> Option<Found> {
        if let Some(found) = self.numeric(at) {
            return Some(found);
        }
        let point = Point { era: era.is_some_and(|era| era.first == 0), ..Point::default() };
        let mut reading = Reading { point, end: at, next: Part::Year, era };
        loop {
            match self.read_next(&mut reading) {
                Progress::Part => {}
                Progress::Whole(open) => return Some((reading.end, reading.point, open)),
                Progress::Nothing => break,
            }
        }
        match (reading.next, reading.point.month, reading.point.day) {
            (Part::Year, ..) => self.century(at, &mut reading.point),
            (_, Some(_), None) => Some((self.in_month(reading.end), reading.point, None)),
            _ => Some((reading.end, reading.point, None)),
        }
    }

    /// Reads the part at the end of `reading`.
    fn read_next(&self, reading: &mut Reading) -> Progress {
        let last = match reading.next {
            Part::Month => self.in_year(reading.end, &mut reading.point),
            Part::Day | Part::Hour => self.time_behind_part(reading),
            _ => None,
        };
        if let Some(end) = last {
            reading.end = end;
            return Progress::Whole(None);
        }
        let from = self.lunar_month(reading);
        let first = self.char_at(from, '初').filter(|_| reading.next == Part::Day);
        let Some(number) = self.number(first.unwrap_or(from)) else { return Progress::Nothing };
        let era = reading.era.is_some_and(|_| reading.next == Part::Year);
        match self.part(&number, self.ch(number.end), reading.next, era) {
            Some((part, length)) => self.take(reading, part, length, &number),
            None => self.take_without_unit(reading, &number, first.is_some()),
        }
    }

    /// The time of day behind a day, or behind a month that has none: where it ends.
    fn time_behind_part(&self, reading: &mut Reading) -> Option<usize> {
        let told = self.past_weekday(reading.end);
        let time = match self.lexicon_hours(told) {
            Some(_) => self.time_of_day(told).or(Some((reading.end, Point::default()))),
            None => self.clock(told).filter(|_| reading.next == Part::Hour),
        };
        let (end, time) = time?;
        reading.point = reading.point.at(time);
        Some(end)
    }

    /// Reads 农历, 闰 and a month that has a name, behind a year; says where the next number may stand.
    fn lunar_month(&self, reading: &mut Reading) -> usize {
        if reading.next != Part::Month {
            return reading.end;
        }
        let point = &mut reading.point;
        let calendar = self.past_pattern(Pattern::LunarCalendar, reading.end);
        let leap = self.char_at(calendar.unwrap_or(reading.end), '闰');
        point.leap |= leap.is_some();
        let from = leap.or(calendar).unwrap_or(reading.end);
        let named = MONTH_NAMES.into_iter().find(|(name, _)| self.is(from, name));
        if leap.or(calendar).is_some() || named.is_some() {
            (point.lunar, point.told) = (true, true);
        }
        let Some((name, month)) = named else { return from };
        point.month = Some(month);
        reading.next = Part::Day;
        reading.end = from + name.chars().count();
        reading.end
    }

    /// Takes `number` for `part`, whose word has so many cells.
    fn take(&self, reading: &mut Reading, part: Part, length: usize, number: &Number) -> Progress {
        put(&mut reading.point, part, number);
        reading.end = number.end + length;
        reading.next = part.below();
        match part {
            Part::Year => reading.point.in_era(reading.era, i32::try_from(number.value).unwrap_or(0)),
            Part::Hour => reading.end = self.past_hour(reading.end, &mut reading.point),
            _ => {}
        }
        match part {
            Part::Hour | Part::Second => Progress::Whole(None),
            _ => Progress::Part,
        }
    }

    /// Takes `number`, which no word makes a part: a day of the lunar calendar, or one that shares the unit of the
    /// other end of a span.
    fn take_without_unit(&self, reading: &mut Reading, number: &Number, first: bool) -> Progress {
        let day = reading.point.month.filter(|_| reading.next == Part::Day);
        if day.is_some_and(|_| first || self.bare_lunar_day(number)) {
            reading.point.day = Some(number.value);
            reading.point.lunar = true;
            reading.point.told |= first;
            reading.end = number.end;
            reading.next = Part::Hour;
            return Progress::Part;
        }
        let Some(part) = self.open_part(number, reading.next) else { return Progress::Nothing };
        put(&mut reading.point, part, number);
        reading.end = number.end;
        Progress::Whole(Some(part))
    }

    /// Which part the number is by the word behind it, and how many cells that word takes.
    pub(super) fn part(&self, number: &Number, suffix: char, next: Part, era: bool) -> Option<(Part, usize)> {
        let year = (next == Part::Year).then(|| self.year_word(number, suffix, era)).flatten();
        if let Some(length) = year {
            return Some((Part::Year, length));
        }
        let (part, range) = lesser_part(suffix)?;
        let told = match (suffix, part.partial_cmp(&next)?) {
            (_, Ordering::Less) => false,
            // Minutes stand behind an hour only, the greater parts behind anything greater.
            (_, Ordering::Greater) if part > Part::Hour => false,
            ('日' | '号' | '曰', _) => self.is_told_day(number, next),
            ('点', _) => self.is_hour(number, next),
            ('分', _) => !self.one_of(number.end + 1, Set::NoMinute),
            ('秒', _) => self.ch(number.end + 1) != '钟',
            _ => true,
        };
        let length = if self.is(number.end, "月份") { 2 } else { 1 };
        (told && number.within(range)).then_some((part, length))
    }

    /// How many cells the word takes that makes `number` a year: 2023财年, 2022学年, 2023赛季.
    fn year_word(&self, number: &Number, suffix: char, era: bool) -> Option<usize> {
        if suffix == '年' {
            let year = !self.one_of(number.end + 1, Set::YearEnds);
            return (year && self.is_any_year(number, era)).then_some(1);
        }
        let covered = self.past_pattern(Pattern::YearOfBusiness, number.end)?;
        (number.arabic && number.is_year()).then_some(covered - number.end)
    }

    /// True for a year of any form: 2021, 98, 三十四 of an era, 112 of the Republic.
    fn is_any_year(&self, number: &Number, era: bool) -> bool {
        match number.digits {
            _ if era && number.within(0..=999) => true,
            2 => number.within(0..=99) && self.is_short_year(number),
            3 => number.is_republic() && self.fits(Pattern::YearWithMonth, number.start..number.end),
            _ => number.is_year(),
        }
    }

    /// True where N日 or N号 is a day: not 日元, and no number that names.
    fn is_told_day(&self, number: &Number, next: Part) -> bool {
        next == Part::Day
            || self.fits(Pattern::DayWord, number.start..number.end)
            || self.is_day_number(number)
    }

    /// A year of two digits: 98年4月, 07年, 八五年.
    fn is_short_year(&self, number: &Number) -> bool {
        /// From this year on they are of the last century, and no length of time that many papers tell of.
        const RECENT: u32 = 50;
        let fits = |pattern| self.fits(pattern, number.start..number.end);
        match (number.leading_zero, number.value >= RECENT, number.arabic) {
            _ if fits(Pattern::YearWithPart) => true,
            (true, ..) => true,
            // 九三年 spells a year out: ninety-three years would be 九十三年.
            (_, true, false) => true,
            // 80年来, 60年前, 70年历史 are lengths of time.
            (_, true, true) => !fits(Pattern::YearsLong),
            (_, false, _) => false,
        }
    }

    /// A number that shares the unit of the other end of a span.
    fn open_part(&self, number: &Number, next: Part) -> Option<Part> {
        let right = self.date_connector(number.end)?;
        let other = self.number(right)?;
        let (part, _) = self.part(&other, self.ch(other.end), next, false)?;
        let fits = match part {
            Part::Year => number.is_year() || number.digits == 2 && other.is_year(),
            _ if number.value >= other.value => false,
            Part::Month => number.within(MONTHS),
            Part::Day => number.within(DAYS),
            Part::Hour => number.within(HOURS) && next <= Part::Hour,
            Part::Minute | Part::Second => false,
        };
        Some(part).filter(|_| fits && !number.pair)
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
    match (open, right.parts()) {
        (Some(Part::Year), [year, ..]) => year,
        (Some(Part::Month), [false, month, ..]) => month,
        (Some(Part::Day), [_, false, day, _]) => day,
        (Some(Part::Hour), [_, _, false, hour]) => hour,
        (Some(_), _) => false,
        // 2021年到3个 cannot happen: the right end is a point of its own. A time follows a time or a date.
        (None, _) if right.is_dated() => true,
        (None, _) => {
            let time = left.hour.or(right.hour.filter(|_| left.is_dated()));
            time.or(right.century).or(right.decade).is_some()
        }
    }
}

/// Gives the number without a unit the unit of the other end: 20至2025年.
pub(super) fn settle(from: &mut Point, part: Part, right: &Point) {
    let years = from.year.zip(right.year).filter(|_| part == Part::Year);
    if let Some((year @ ..100, other @ 1000..)) = years {
        from.year = Some(other / 100 * 100 + year);
        from.short = false;
    }
}

pub(super) fn put(point: &mut Point, part: Part, number: &Number) {
    match part {
        Part::Year => {
            let republic = Some(BEFORE_REPUBLIC).filter(|_| number.is_republic() && !point.era);
            point.year = i32::try_from(number.value).ok().map(|year| year + republic.unwrap_or(0));
            point.short = !point.era && number.digits == 2;
        }
        Part::Month => point.month = Some(number.value),
        Part::Day => point.day = Some(number.value),
        Part::Hour => point.hour = Some(number.value),
        Part::Minute => point.minute = Some(number.value),
        Part::Second => point.second = Some(number.value),
    }
}
