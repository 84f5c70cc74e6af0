//! Dates and times of day, and spans of them.
//!
//! [`points`] reads one point in time part by part; [`lunar`] knows eras and the lunar calendar, [`periods`]
//! quarters, decades and other stretches, [`clock`] times of day and dates in digits and signs alone.

mod clock;
mod lunar;
mod periods;
mod points;

use std::ops::{Range, RangeInclusive};

use self::points::{follows, settle};
use super::Class;
use super::draft::DraftFigure;
use super::figure_words::{Cue, DayPart, Set};
use super::numeral::traits::{ARABIC, BARE, DECIMAL, GROUPED, LEADING_ZERO, MORE, PAIR, WEAK};
use super::pattern::Pattern;
use super::text::Text;
use super::words::{Kind, digit};

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
        let number = self.quarter.or(self.half);
        number.is_some() || self.first.is_some()
    }

    /// True where it names neither a year nor a century nor a decade.
    pub(super) fn is_ageless(&self) -> bool {
        self.year.is_none() && self.century.or(self.decade).is_none()
    }

    /// True where it names a day, a month or a year.
    fn is_dated(&self) -> bool {
        self.year.is_some() || self.month.or(self.day).is_some()
    }

    /// What it names: year, month, day and hour.
    pub(super) fn parts(&self) -> [bool; 4] {
        [self.year.is_some(), self.month.is_some(), self.day.is_some(), self.hour.is_some()]
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
        self.lunar_day(at).or_else(|| self.period(at)).or_else(|| self.years(at)).or_else(|| self.points(at))
    }

    /// One point in time, or a span from one to another.
    fn points(&self, at: usize) -> Option<Match> {
        let opening = self.opening(at);
        let (mut end, mut from, open) = self.point(at, opening.era)?;
        if opening.first_year && from.year.is_none() {
            from.in_era(opening.era, 1);
        }
        if let [false, false, false, true] = from.parts() {
            from.part = from.part.or_else(|| self.part_before(opening.start));
        }
        let later = self.later_end(end, &from, open);
        match (open, &later) {
            (Some(_), None) => return None,
            (Some(part), Some((_, right))) => settle(&mut from, part, right),
            (None, _) => {}
        }
        end = later.map_or(end, |(end, _)| end);
        self.mark_lunar(at, opening.start, &mut from);
        let found = Match { start: opening.start, end, from, to: later.map(|(_, to)| to) };
        self.accept(at, &found).then_some(found)
    }

    /// The later end of a span whose earlier one ends at `end`: where it ends, and what it says.
    fn later_end(&self, end: usize, from: &Point, open: Option<Part>) -> Option<(usize, Point)> {
        let right = self.date_connector(end)?;
        let closed = self.point(right, None).filter(|(_, _, inner)| inner.is_none());
        let dated = closed.filter(|(_, right, _)| follows(from, right, open));
        match (dated, from.hour) {
            (Some((end, point, _)), None) => Some((end, point)),
            (Some((end, point, _)), _) if point.is_dated() => Some((end, point)),
            // 上午9点至下午5点, 下午1点半到3点
            (_, Some(_)) => self.time_of_day(right),
            (None, None) => None,
        }
    }

    /// 昨(22)日, 今（7）日: the day stands in brackets.
    pub(super) fn bracketed_day(&self, at: usize) -> Option<Match> {
        let number = self.number(at).filter(|number| number.within(DAYS))?;
        let end = self.around(Pattern::BracketedDay, at..number.end)?.end;
        let from = Point { day: Some(number.value), ..Point::default() };
        Some(Match { start: at, end, from, to: None })
    }

    /// True where N号 is a day: 24号起, 15号发工资; what is named by a number is none.
    pub(super) fn is_day_number(&self, number: &Number) -> bool {
        let cells = number.start..number.end;
        let fits = |pattern| self.fits(pattern, cells.clone());
        if !fits(Pattern::NumberOfNoThing) || number.leading_zero || !number.within(DAYS) {
            return false;
        }
        let told = fits(Pattern::HaoDay) || self.lexicon_hours(number.end + 1).is_some();
        self.before(number.start, 1) == '月' || told && !self.spans_things(number.end + 1)
    }

    /// True where a span of numbers that name things goes on at `at`: 8号至12号窗口.
    fn spans_things(&self, at: usize) -> bool {
        let right = self.connector(at).and_then(|right| self.number(right));
        right.is_some_and(|right| !self.fits(Pattern::NumberOfNoThing, right.end..right.end))
    }

    /// False for most numbers that begin no date: what follows a number of a date, and what comes before one
    /// that nothing follows, is one of a few words.
    fn may_begin(&self, at: usize) -> bool {
        /// 20240307
        const WHOLE_DATE: usize = 8;
        let Some(numeral) = self.numeral(at) else { return false };
        // What only looks like a decimal: 2015.05-2016.03
        let like_decimal = numeral.digits >= WHOLE_DATE || numeral.has(DECIMAL);
        like_decimal || self.fits(Pattern::BeginsDate, at..numeral.end)
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        let numeric = Some(at).filter(|&at| self.kind(at).is_numeric())?;
        let numeral = self.numeral(numeric)?;
        if !numeral.lacks(DECIMAL | MORE | BARE | GROUPED | WEAK) {
            return None;
        }
        let value = u32::try_from(numeral.value?.low).ok()?;
        Some(Number {
            start: at,
            end: numeral.end,
            value,
            digits: numeral.digits,
            leading_zero: numeral.has(LEADING_ZERO),
            arabic: numeral.has(ARABIC),
            pair: numeral.has(PAIR),
        })
    }

    /// Arabic digits and nothing else: where they end, their value, how many.
    pub(super) fn digits(&self, at: usize) -> Option<(usize, u32, usize)> {
        const MOST: usize = 9;
        let cells = self.cells.get(at..).unwrap_or_default().iter().take(MOST);
        let cells = cells.enumerate().take_while(|(k, cell)| *k == 0 || !cell.gap);
        let digits = cells.map_while(|(_, cell)| Some(cell).filter(|cell| cell.kind == Kind::Digit));
        let digits = digits.map(|cell| digit(cell.ch).unwrap_or(0));
        let (length, value) =
            digits.fold((0, 0_u32), |(length, value), digit| (length + 1, value * 10 + u32::from(digit)));
        (length > 0).then_some((at + length, value, length))
    }

    /// The word between the two ends of a span: where the second end starts.
    pub(super) fn date_connector(&self, at: usize) -> Option<usize> {
        let right = self.past_pattern(Pattern::DateSpan, self.past_weekday(at))?;
        let known = self.kind(right).is_numeric() || self.lexicon_hours(right).is_some();
        known.then_some(right)
    }

    /// Behind the weekday that stands at `at`, in brackets or not: （星期一）, 周五, (五).
    pub(super) fn past_weekday(&self, at: usize) -> usize {
        self.past_pattern(Pattern::Weekday, at).unwrap_or(at)
    }

    /// Part-of-day words at `at`, in front of a number: where they end, and which part it is.
    pub(super) fn lexicon_hours(&self, at: usize) -> Option<(usize, DayPart)> {
        let near = Self { floor: at, ..*self };
        (1..=LONGEST_HOURS).rev().map(|length| at + length).find_map(|end| {
            let (start, part) = near.longest_before(&self.lexicon.hours, end)?;
            (start == at && self.kind(end).is_numeric()).then_some((end, part))
        })
    }

    /// The part of the day that the words in front of `at` name.
    fn part_before(&self, at: usize) -> Option<DayPart> {
        self.longest_before(&self.lexicon.hours, at).map(|(_, part)| part)
    }

    /// Whether what was read is a date at all.
    fn accept(&self, at: usize, found: &Match) -> bool {
        let cells = found.start..found.end;
        let day = at..found.end;
        match (found.from.parts(), found.to) {
            // 距今约2300年 is a length of time, and so are years that no paper has seen.
            ([true, false, ..], None) => !self.before_word(Cue::Since, found.start),
            ([false, false, true, false], None) => {
                !self.fits(Pattern::DaysLong, day.clone()) && !self.is_one_day(&day)
            }
            ([false, false, false, _], _) => {
                !self.fits(Pattern::InDigits, cells.start..cells.start) || !self.is_score(at, found.end)
            }
            _ => true,
        }
    }

    /// 一日 is one day, unless wires are dated by it: 新华社北京一日电.
    fn is_one_day(&self, day: &Range<usize>) -> bool {
        let one = (self.ch(day.start), day.len()) == ('一', 2);
        one && !self.one_of(day.end, Set::Wires)
    }
}
