//! Dates and times of day, and spans of them.
//!
//! [`points`] reads one point in time part by part; [`lunar`] knows eras and the lunar calendar, [`periods`]
//! quarters, decades and other stretches, [`clock`] times of day and dates in digits and signs alone.

mod clock;
mod lunar;
mod periods;
mod points;

use self::points::{follows, settle};
use super::cells::Cell;
use super::chars::{Kind, digit};
use super::lexicon::{Cue, Lexicon};
use super::numeral::Memo;

/// What a text says of one point in time; what it leaves out is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Point {
    /// The year; negative before our era. A year of two digits is as printed, with `short` set.
    pub(super) year: Option<i32>,
    pub(super) short: bool,
    /// True where the year is counted in a reign or by the sixty-year cycle, so that it is no year of ours.
    pub(super) era: bool,
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
    /// True for 下午, 晚: hours below 12 belong to the second half of the day.
    pub(super) afternoon: bool,
}

impl Point {
    /// The same day at the time of day of `time`.
    fn at(self, time: Self) -> Self {
        Self { hour: time.hour, minute: time.minute, second: time.second, ..self }
    }
}

/// A date that was read: the cells it covers, and what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) from: Point,
    pub(super) to: Option<Point>,
}

/// A number on the way to a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) end: usize,
    pub(super) value: u32,
    pub(super) digits: usize,
    pub(super) leading_zero: bool,
    pub(super) arabic: bool,
    pub(super) pair: bool,
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

pub(super) struct Dates<'c> {
    pub(super) cells: &'c [Cell],
    pub(super) lexicon: &'c Lexicon,
    pub(super) floor: usize,
    pub(super) memo: &'c Memo,
}

impl Dates<'_> {
    pub(super) fn ch(&self, at: usize) -> char {
        self.cells.get(at).map_or('\0', |cell| cell.ch)
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.cells.get(at).map_or(Kind::Other, |cell| cell.kind)
    }

    pub(super) fn before(&self, at: usize, back: usize) -> char {
        at.checked_sub(back).filter(|&k| k >= self.floor).map_or('\0', |k| self.ch(k))
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(k, c)| self.ch(at + k) == c)
    }

    /// Reads the date whose first numeral stands at `at`, with what belongs to it in front of that.
    pub(super) fn read(&self, at: usize) -> Option<Match> {
        if !self.may_begin(at) {
            return None;
        }
        if let Some(found) = self.lunar_day(at) {
            return Some(found);
        }
        if let Some(found) = self.period(at) {
            return Some(found);
        }
        let (start, era) = self.opening(at);
        let (mut end, mut from, open) = self.point(at, era)?;
        let mut to = None;
        if let Some(right) = self.connector(end)
            && let Some((right_end, right_point, None)) = self.point(right, None)
            && follows(&from, &right_point, open)
        {
            if let Some(part) = open {
                settle(&mut from, part, &right_point);
            }
            end = right_end;
            to = Some(right_point);
        }
        if open.is_some() && to.is_none() {
            return None;
        }
        self.mark_lunar(at, start, &mut from);
        let found = Match { start, end, from, to };
        self.accept(at, &found).then_some(found)
    }

    /// False for most numbers that begin no date: what follows a number of a date, and what comes before one
    /// that nothing follows, is one of a few words.
    fn may_begin(&self, at: usize) -> bool {
        let Some(numeral) = self.memo.read(self.cells, at, self.lexicon) else { return false };
        let behind = match self.ch(numeral.end) {
            '年' | '月' | '日' | '号' | '曰' | '时' | '点' | '世' | '季' | '至' | '到' | '起' | '财'
            | '学' | '赛' => true,
            ':' | '-' | '—' | '~' | '/' | '.' => true,
            '个' => matches!(self.ch(numeral.end + 1), '月' | '季'),
            _ => false,
        };
        // 正月十五, 初三; 20240307; what only looks like a decimal: 2015.05-2016.03
        behind
            || matches!(self.before(at, 1), '月' | '初')
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
    pub(super) fn connector(&self, at: usize) -> Option<usize> {
        let at = at + usize::from(self.ch(at) == '起' && matches!(self.ch(at + 1), '至' | '到'));
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

    /// Part-of-day words at `at`, in front of a number: where they end.
    pub(super) fn lexicon_hours(&self, at: usize) -> Option<usize> {
        (1..=4).rev().map(|length| at + length).find(|&end| {
            self.kind(end).is_numeric()
                && self.lexicon.cue_before(Cue::Hours, self.cells, at, end) == Some(at)
        })
    }

    /// Whether what was read is a date at all.
    fn accept(&self, at: usize, found: &Match) -> bool {
        let point = &found.from;
        let only_day =
            point.day.is_some() && point.month.is_none() && point.year.is_none() && found.to.is_none();
        if only_day && point.hour.is_none() {
            let lasting = self.lexicon.cue_before(Cue::Lasting, self.cells, self.floor, at).is_some();
            let inside =
                ["内", "游", "间", "以内", "之内", "以上", "以下", "后", "余", "多", "行", "夜", "拘留"]
                    .iter()
                    .any(|word| self.is(found.end, word));
            let one =
                self.ch(at) == '一' && found.end == at + 2 && !matches!(self.ch(found.end), '电' | '讯');
            return !(lasting || inside || one);
        }
        let colon = self.ch(found.start + 1) == ':' || self.ch(found.start + 2) == ':';
        if colon && point.month.is_none() && point.year.is_none() && point.day.is_none() {
            return !self.is_score(at, found.end);
        }
        true
    }
}
