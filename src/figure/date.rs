//! Dates and times of day, and spans of them.

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
    pub(super) day: Option<u32>,
    pub(super) hour: Option<u32>,
    pub(super) minute: Option<u32>,
    pub(super) second: Option<u32>,
    /// True for 下午, 晚: hours below 12 belong to the second half of the day.
    pub(super) afternoon: bool,
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
        let found = Match { start, end, from, to };
        self.accept(at, &found).then_some(found)
    }

    /// False for most numbers that begin no date: what follows a number of a date, and what comes before one
    /// that nothing follows, is one of a few words.
    fn may_begin(&self, at: usize) -> bool {
        let Some(numeral) = self.memo.read(self.cells, at, self.lexicon) else { return false };
        let behind = match self.ch(numeral.end) {
            '年' | '月' | '日' | '号' | '曰' | '时' | '点' | '世' | '季' | '至' | '到' | '起' => {
                true
            }
            ':' | '-' | '—' | '~' | '/' | '.' => true,
            '个' => matches!(self.ch(numeral.end + 1), '月' | '季'),
            _ => false,
        };
        // 正月十五, 初三; 20240307; what only looks like a decimal: 2015.05-2016.03
        behind || matches!(self.before(at, 1), '月' | '初') || numeral.digits >= 8 || numeral.decimal
    }

    /// 二季度, 第三季度, 前11个月, 头三季度: a stretch of a year that is not named.
    fn period(&self, at: usize) -> Option<Match> {
        let number = self.number(at)?;
        let counted = usize::from(self.ch(number.end) == '个');
        let unit = number.end + counted;
        let quarter = self.is(unit, "季度") && (1..=4).contains(&number.value);
        let month = self.is(unit, "月") && (1..=12).contains(&number.value);
        let lead = self.before(at, 1);
        let first = matches!(lead, '前' | '头') && !matches!(self.before(at, 2), '之' | '以');
        let mut from = Point::default();
        let (start, end) = match (quarter, month) {
            (true, _) if first => (at - 1, unit + 2),
            (true, _) if counted == 0 => {
                from.quarter = Some(number.value);
                (at - usize::from(lead == '第'), unit + 2)
            }
            (_, true) if first && number.value > 1 => (at - 1, unit + 1),
            _ => return None,
        };
        Some(Match { start, end, from, to: None })
    }

    /// What may stand in front of the first numeral: an era, a year of the sixty-year cycle, 闰, ’.
    fn opening(&self, at: usize) -> (usize, Option<bool>) {
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
    fn cyclic_year(&self, end: usize) -> Option<usize> {
        if self.before(end, 1) != '年' {
            return None;
        }
        let stem = "甲乙丙丁戊己庚辛壬癸".contains(self.before(end, 3));
        let branch = "子丑寅卯辰巳午未申酉戌亥".contains(self.before(end, 2));
        (stem && branch && end >= 3).then(|| end - 3)
    }

    /// 正月十五, 壬寅年腊月初七, 大年初一: the month has no numeral, so the day is the first.
    fn lunar_day(&self, at: usize) -> Option<Match> {
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
    fn lexicon_hours(&self, at: usize) -> Option<usize> {
        (1..=4).rev().map(|length| at + length).find(|&end| {
            self.kind(end).is_numeric()
                && self.lexicon.cue_before(Cue::Hours, self.cells, at, end) == Some(at)
        })
    }

    /// One point: parts in falling order. The third of the answer is the part of a number that has no unit
    /// of its own and takes that of the other end (1—5月).
    fn point(&self, at: usize, era: Option<bool>) -> Option<(usize, Point, Option<Part>)> {
        if let Some(found) = self.numeric(at) {
            return Some(found);
        }
        let mut point = Point { era: era == Some(true), ..Point::default() };
        let mut next = Part::Year;
        let mut end = at;
        let mut read = false;
        loop {
            let mut from = end;
            if read && next <= Part::Month {
                if let Some(after) = self.in_year(from, &mut point) {
                    return Some((after, point, None));
                }
                if matches!(self.ch(from), '农' | '阴') && self.ch(from + 1) == '历' {
                    from += 2;
                    point.lunar = true;
                }
                if self.ch(from) == '闰' {
                    from += 1;
                    point.lunar = true;
                }
                for (name, month) in [('正', 1), ('冬', 11), ('腊', 12)] {
                    if self.ch(from) == name && self.ch(from + 1) == '月' && point.month.is_none() {
                        point.month = Some(month);
                        point.lunar = true;
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
                if let Some(after) = self.lexicon_hours(from) {
                    let word = self.ch(from);
                    point.afternoon =
                        self.ch(from) == '下' || "晚傍夜深".contains(word) || self.is(from, "午后");
                    if let Some((end, time)) = self.time(after) {
                        point.hour = time.hour;
                        point.minute = time.minute;
                        point.second = time.second;
                        return Some((end, point, None));
                    }
                    return Some((end, point, None));
                }
                if self.kind(from) == Kind::Digit
                    && next == Part::Hour
                    && let Some((end, time)) = self.clock(from)
                {
                    point.hour = time.hour;
                    point.minute = time.minute;
                    point.second = time.second;
                    return Some((end, point, None));
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
                    if part == Part::Hour && suffix == '点' {
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
        let after = self.ch(number.end + 1);
        match suffix {
            '年' if next == Part::Year && after != '级' && after != '代' => {
                let year = self.is_year(number) || (era && number.value < 1000 && !number.pair);
                let short = number.digits == 2 && !number.pair && self.short_year(number);
                (year || short).then_some((Part::Year, 1))
            }
            '月' if next <= Part::Month && (1..=12).contains(&number.value) && !number.pair => {
                Some((Part::Month, 1 + usize::from(after == '份')))
            }
            '日' | '号' | '曰' if next <= Part::Day && (1..=31).contains(&number.value) && !number.pair => {
                let dated = next == Part::Day || (suffix == '日' && !matches!(after, '元' | '币' | '圆'));
                dated.then_some((Part::Day, 1))
            }
            '时' if next <= Part::Hour && number.value <= 24 && !number.pair => Some((Part::Hour, 1)),
            '点' if next <= Part::Hour
                && number.value <= 24
                && !number.pair
                && self.is_hour(number, next) =>
            {
                Some((Part::Hour, 1))
            }
            '分' if next == Part::Minute && number.value < 60 && !matches!(after, '钟' | '之' | '米') => {
                Some((Part::Minute, 1))
            }
            '秒' if next == Part::Second && number.value < 60 && after != '钟' => Some((Part::Second, 1)),
            _ => None,
        }
    }

    fn is_year(&self, number: &Number) -> bool {
        let spelled = number.digits == 4 && !number.leading_zero && (1000..=2999).contains(&number.value);
        let counted = number.digits == 0
            && !number.arabic
            && (1900..=2100).contains(&number.value)
            && !number.value.is_multiple_of(100);
        spelled || counted
    }

    /// A year of two digits: 98年4月, 07年, 八五年.
    fn short_year(&self, number: &Number) -> bool {
        let after = number.end + 1;
        let month = self.number(after).is_some_and(|month| self.ch(month.end) == '月' && month.value <= 12);
        let quarter = self.is(after, "第")
            && self.number(after + 1).is_some_and(|q| self.is(q.end, "季度") || self.is(q.end, "个月"));
        let rest = "底初末春夏秋冬".contains(self.ch(after)) && self.kind(after) == Kind::Han;
        // 九三年 spells a year out: ninety-three years would be 九十三年.
        let spelled = !number.arabic;
        let recent = number.value >= 50 && (spelled || !self.ends_length(after));
        month || quarter || rest || number.leading_zero || recent
    }

    /// True for words behind 年 that make it a length of time: 80年来, 60年前, 70年历史.
    fn ends_length(&self, at: usize) -> bool {
        let words = [
            "来",
            "前",
            "后",
            "间",
            "内",
            "以",
            "历史",
            "的",
            "了",
            "如一日",
            "左右",
            "多",
            "之",
            "风",
            "华诞",
            "校庆",
            "里",
            "光",
            "中",
            "过",
            "岁月",
            "从",
            "党龄",
        ];
        words.iter().any(|word| self.is(at, word)) || self.kind(at) == Kind::Stop
    }

    /// 八月十五, with no 日 behind it: a day of the lunar calendar.
    fn bare_lunar_day(&self, number: &Number) -> bool {
        let fits = !number.arabic && !number.pair && (1..=30).contains(&number.value);
        let month_end = number.end;
        fits && self.lexicon.unit_at(self.cells, month_end).is_none()
            && !matches!(self.ch(month_end), '至' | '到' | '、')
    }

    /// A number that shares the unit of the other end of a span.
    fn open_part(&self, number: &Number, next: Part) -> Option<Part> {
        let right = self.connector(number.end)?;
        let other = self.number(right)?;
        let (part, _) = self.part(&other, self.ch(other.end), next, false)?;
        let fits = match part {
            Part::Year => self.is_year(number) || (number.digits == 2 && self.is_year(&other)),
            Part::Month => (1..=12).contains(&number.value),
            Part::Day => (1..=31).contains(&number.value),
            Part::Hour => number.value <= 24 && next <= Part::Hour,
            Part::Minute | Part::Second => false,
        };
        let rises = part == Part::Year || number.value < other.value;
        (fits && rises && !number.pair).then_some(part)
    }

    /// What may follow a year without a number of its own: 底, 上半年, 第三季度, 前两个季度.
    fn in_year(&self, at: usize, point: &mut Point) -> Option<usize> {
        point.year?;
        for (word, half) in [('上', 1), ('下', 2)] {
            if self.ch(at) == word && self.is(at + 1, "半年") {
                point.half = Some(half);
                return Some(at + 3);
            }
        }
        if matches!(self.ch(at), '底' | '末') || (self.ch(at) == '初' && !self.kind(at + 1).is_numeric()) {
            return Some(at + 1);
        }
        let lead = usize::from(matches!(self.ch(at), '第' | '前' | '头'));
        if self.ch(at) == '首' && (self.is(at + 1, "季度") || self.ch(at + 1) == '月') {
            return Some(at + if self.ch(at + 1) == '季' { 3 } else { 2 });
        }
        let number = self.number(at + lead)?;
        let unit = number.end + usize::from(self.ch(number.end) == '个');
        if self.is(unit, "季度") && (1..=4).contains(&number.value) {
            if self.ch(at) != '前' && self.ch(at) != '头' {
                point.quarter = Some(number.value);
            }
            return Some(unit + 2);
        }
        if self.is(unit, "季") && self.ch(at) == '第' && (1..=4).contains(&number.value) {
            point.quarter = Some(number.value);
            return Some(unit + 1);
        }
        if self.is(unit, "月") && lead == 1 && number.value <= 12 {
            return Some(unit + 1);
        }
        None
    }

    /// What may follow a month: 底, 初, 上旬.
    fn in_month(&self, at: usize, _point: &mut Point) -> usize {
        if matches!(self.ch(at), '上' | '中' | '下') && self.ch(at + 1) == '旬' {
            return at + 2;
        }
        if matches!(self.ch(at), '底' | '末' | '初') {
            return at + 1;
        }
        at
    }

    /// 20世纪60年代, 21世纪, 90年代.
    fn century(&self, at: usize, point: &mut Point) -> Option<(usize, Point, Option<Part>)> {
        let number = self.number(at)?;
        let mut end = None;
        let mut from = at;
        if self.is(number.end, "世纪") && (1..=30).contains(&number.value) && !number.pair {
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

    /// Whether what was read is a date at all.
    fn accept(&self, at: usize, found: &Match) -> bool {
        let point = &found.from;
        let only_day =
            point.day.is_some() && point.month.is_none() && point.year.is_none() && found.to.is_none();
        if only_day && point.hour.is_none() {
            let lasting = self.lexicon.cue_before(Cue::Lasting, self.cells, self.floor, at).is_some();
            let inside = ["内", "游", "间", "以内", "之内", "以上", "以下", "后", "余", "多", "行", "夜"]
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

/// True where `right` can be the later end of a span that `left` begins.
fn follows(left: &Point, right: &Point, open: Option<Part>) -> bool {
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
fn settle(from: &mut Point, part: Part, right: &Point) {
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

fn put(point: &mut Point, part: Part, number: &Number) {
    match part {
        Part::Year => {
            point.year = i32::try_from(number.value).ok();
            point.short = number.digits == 2 && number.value < 100 && !point.era;
        }
        Part::Month => point.month = Some(number.value),
        Part::Day => point.day = Some(number.value),
        Part::Hour => point.hour = Some(number.value),
        Part::Minute => point.minute = Some(number.value),
        Part::Second => point.second = Some(number.value),
    }
}
