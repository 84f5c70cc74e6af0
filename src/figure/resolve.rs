//! Dates in ISO 8601, with what the text leaves out taken from the page's date.

use jiff::civil::{Date, date};

use super::date::{First, Point};
use super::figure_words::{DayPart, Relative, Step};
use crate::calendar::LunarDay;

/// What earlier dates of the same text have said.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    /// The year that was said last, or that the page's date gave.
    year: Option<i32>,
    month: Option<u32>,
    /// True where the year was said.
    said: bool,
    /// The time of day that was said last in the sentence, with the part of the day that it named.
    clock: Option<(DayPart, u32)>,
}

impl Memory {
    /// Forgets what holds within a sentence only.
    pub(super) fn end_sentence(&mut self) {
        self.clock = None;
    }
}

/// What the words around a date tell of its place in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    /// Nothing: it is near what was said last, or near the page.
    #[default]
    Near,
    /// Near the page, whatever was said before: 记者8日获悉.
    Page,
    /// So many steps off: 去年, 上月, 次年.
    Off(Relative),
    /// Still to come: 将于, 定于.
    Ahead,
    /// The day from which a rule holds, which may be shortly past: 自…起施行.
    Effective,
}

/// The ISO form of a date, as far as it is known.
///
/// The year and month said last hold until others are said. Where none were, a missing year is the one that
/// brings the date nearest to the page's date, a missing month likewise; what is said to lie ahead is the next
/// one; the second end of a span takes over from the first. Years, months and days that remain unknown are left
/// out. A day of the lunar calendar is the day of ours that it fell on, where its year is beyond doubt; its
/// months have no ISO form, nor has a date without any ground, nor a day that its month does not have.
pub(super) fn iso(
    from: &Point,
    to: Option<&Point>,
    page: Option<Date>,
    place: Place,
    memory: &mut Memory,
) -> Option<String> {
    let mut first = *from;
    // 2019年6月1日-6月30日 the left end may lack what the right end has: 19到20日 has its month on the left,
    // 1—5月 nothing but the month.
    let borrowed =
        to.is_some_and(|to| matches!((first.parts(), to.parts()), ([false, true, ..], [false, true, ..])));
    if let Some(to) = to.filter(|_| borrowed) {
        // Of a span of months the end tells the year: 1至8月 in a paper of September.
        let mut end = *to;
        complete(&mut end, page, place, memory)?;
        let over = first.month.zip(end.month).is_some_and(|(a, b)| a > b);
        first.year = end.year.map(|year| if over { year - 1 } else { year });
    }
    complete(&mut first, page, place, memory)?;
    continue_clock(&mut first, memory);
    if let Some(to) = to.filter(|to| to.lunar || (from.lunar && to.day.is_some())) {
        // 正月初一至初七, 腊月廿三至正月十五
        let mut second = *to;
        following(&mut second, &first);
        return Some(format!("{}/{}", print(&first)?, print(&second)?));
    }
    let Some(to) = to else {
        remember(from, &first, place, memory);
        return stretch(&first).or_else(|| print(&first));
    };
    let second = later_end(from, &mut first, *to);
    remember(from, &second, place, memory);
    let mut span = print(&first)?;
    span.push('/');
    span.push_str(&print(&second)?);
    Some(span)
}

/// The later end of a span, with what it takes over from the earlier one, which may get its year from it.
fn later_end(from: &Point, first: &mut Point, to: Point) -> Point {
    let mut second = to;
    if second.is_ageless() {
        second.year = first.year;
        second.short = first.short;
        let day = second.day.or(second.hour);
        second.month = second.month.or(first.month.filter(|_| day.is_some()));
        second.day = second.day.or(first.day.filter(|_| second.hour.is_some()));
        // 12月29日至1月3日 runs over the new year.
        let over = first.month.zip(second.month).is_some_and(|(a, b)| b < a);
        second.year = second.year.map(|year| year + i32::from(over));
    }
    second.part = second.part.or_else(|| later_part(first, &second));
    // 12月29日至2023年1月3日: the page may stand in the new year, the beginning does not.
    if let Some(year) = second.year.filter(|_| from.year.is_none() && to.year.is_some()) {
        let over = first.month.zip(second.month).is_some_and(|(a, b)| a > b);
        first.year = Some(if over { year - 1 } else { year });
    }
    if second.short {
        second.year = second.year.map(full_year);
        second.short = false;
    }
    second
}

/// The part of the day that a span ends in where it does not say so: 下午2点到5点, 上午9点到5点.
fn later_part(first: &Point, second: &Point) -> Option<DayPart> {
    let (start, end) = (first.hour?, second.hour?);
    match first.part? {
        DayPart::Morning | DayPart::Any if end < start => Some(DayPart::Afternoon),
        part => Some(part),
    }
}

/// The first months or quarters of a year: 2020年前11个月.
fn stretch(point: &Point) -> Option<String> {
    let (unit, width, last) = match point.first? {
        First::Months(last) => ("", 2, last),
        First::Quarters(last) => ("Q", 1, last),
    };
    let year = point.year?;
    Some(format!("{year:04}-{unit}{:0width$}/{year:04}-{unit}{last:0width$}", 1))
}

/// 晚七时开演，十时散场: the part of the day that was said last holds for a later time of the same day.
fn continue_clock(point: &mut Point, memory: &mut Memory) {
    let later = memory.clock.filter(|&(_, earlier)| point.hour.is_some_and(|hour| hour > earlier));
    if (point.part, point.day) == (None, None) {
        point.part = later.map(|(part, _)| part);
    }
    memory.clock = point.part.zip(point.hour);
}

/// Keeps the year and the month that hold for what follows.
fn remember(printed: &Point, point: &Point, place: Place, memory: &mut Memory) {
    if [point.era, point.lunar, printed.lunar, place == Place::Page].contains(&true) {
        return;
    }
    match point.year {
        Some(year) => {
            let again = memory.said && memory.year == Some(year);
            memory.said = again || printed.year.is_some() || matches!(place, Place::Off(_));
            (memory.year, memory.month) = (Some(year), point.month);
        }
        None => memory.month = point.month.or(memory.month),
    }
}

/// Two digits of a year: 98 is 1998, 07 is 2007.
fn full_year(year: i32) -> i32 {
    match year {
        0..=39 => 2000 + year,
        40..=99 => 1900 + year,
        _ => year,
    }
}

/// Fills in what the text leaves out; none where the date is placed by something that is not known.
fn complete(point: &mut Point, page: Option<Date>, place: Place, memory: &Memory) -> Option<()> {
    if point.short {
        point.year = point.year.map(full_year);
        point.short = false;
    }
    if point.lunar {
        lunar(point, page, place, memory);
        return Some(());
    }
    // Of a reign the months are lunar; the year is known all the same.
    if point.reign {
        (point.month, point.day) = (None, None);
    }
    if !point.is_ageless() {
        return Some(());
    }
    match (place, page) {
        (Place::Off(relative), _) => return off(point, page, relative, memory),
        (Place::Ahead, Some(page)) if ahead(point, page, 0) => {}
        (Place::Effective, Some(page)) if ahead(point, page, SHORTLY) => {}
        (Place::Near | Place::Ahead | Place::Effective, _) if continue_date(point, memory) => {}
        (_, Some(page)) => near_page(point, page),
        _ => {}
    }
    Some(())
}

/// Places a date that is so many steps off; none where what it is counted from is not known.
fn off(point: &mut Point, page: Option<Date>, relative: Relative, memory: &Memory) -> Option<()> {
    let year = |page: Date| i32::from(page.year());
    let months = |page: Date| year(page) * 12 + i32::from(page.month()) - 1;
    match relative.step {
        // 当年 may be a year long past; 次年 is the one behind the year that was spoken of.
        Step::Following => {
            let year = memory.year.filter(|_| memory.said || relative.steps > 0)?;
            point.year = Some(year + relative.steps);
        }
        Step::Years => point.year = page.map(|page| year(page) + relative.steps),
        Step::Months => {
            if let Some(month) = page.map(|page| months(page) + relative.steps) {
                point.year = Some(month.div_euclid(12));
                point.month = u32::try_from(month.rem_euclid(12) + 1).ok();
            }
        }
        Step::Quarters => {
            let quarter = months(page?) / 3 + relative.steps;
            point.year = Some(quarter.div_euclid(4));
            point.quarter = u32::try_from(quarter.rem_euclid(4) + 1).ok();
        }
    }
    Some(())
}

/// Gives the date the year, or the month, that makes it the next one from the page's day on, or from so many days
/// before; false where it has neither a month nor a day.
fn ahead(point: &mut Point, page: Date, past: i64) -> bool {
    let year = i32::from(page.year());
    let comes = |year: i32, month: u32, day: u32| {
        civil(year, month, day).is_some_and(|date| days_from(page, date) >= -past)
    };
    match (point.month, point.day) {
        (Some(month), day) => {
            let last = day.unwrap_or_else(|| last_day(year, month));
            point.year = Some(if comes(year, month, last) { year } else { year + 1 });
        }
        (None, Some(day)) => {
            let found = months_around(page, [0, 1]).find(|&(year, month)| comes(year, month, day));
            let Some((year, month)) = found else { return false };
            (point.year, point.month) = (Some(year), Some(month));
        }
        (None, None) => return false,
    }
    true
}

/// A date goes on in the year and the month that were said last; false where none were.
fn continue_date(point: &mut Point, memory: &Memory) -> bool {
    match (point.month, point.day, memory.month) {
        (Some(month), _, last) if memory.said => {
            // 2021年12月20日…,1月5日 is of the next year.
            let over = last == Some(12) && month == 1;
            point.year = memory.year.map(|year| year + i32::from(over));
            true
        }
        (None, Some(_), Some(month)) => {
            (point.year, point.month) = (memory.year, Some(month));
            true
        }
        (None, None, _) if memory.said && point.is_stretch() => {
            point.year = memory.year;
            true
        }
        _ => false,
    }
}

/// The year and month that bring a date nearest to the page's.
fn near_page(point: &mut Point, page: Date) {
    match (point.month, point.day) {
        (Some(month), day) => {
            // The page's own year, unless another is much nearer: 12月28日 in a paper of January.
            let own = i32::from(page.year());
            let distance = |year: i32| days_apart(year, month, day.unwrap_or(15), page);
            let far = distance(own) > OWN_YEAR;
            let nearest = [own - 1, own, own + 1].into_iter().min_by_key(|&year| distance(year));
            point.year = if far { nearest } else { Some(own) };
        }
        (None, Some(day)) => {
            let nearest = months_around(page, [-1, 0, 1])
                .filter(|&(year, month)| civil(year, month, day).is_some())
                .min_by_key(|&(year, month)| days_apart(year, month, day, page));
            if let Some((year, month)) = nearest {
                (point.year, point.month) = (Some(year), Some(month));
            }
        }
        // Of which day a time of day is, the text seldom says.
        (None, None) if point.is_stretch() => point.year = Some(i32::from(page.year())),
        (None, None) => {}
    }
}

/// The months so many off from the page's.
fn months_around<const N: usize>(page: Date, offsets: [i32; N]) -> impl Iterator<Item = (i32, u32)> {
    let own = i32::from(page.year()) * 12 + i32::from(page.month()) - 1;
    offsets
        .into_iter()
        .map(move |offset| ((own + offset).div_euclid(12), (own + offset).rem_euclid(12) as u32 + 1))
}

/// The last day of a month; 28 where there is no such month.
fn last_day(year: i32, month: u32) -> u32 {
    (28..=31).rev().find(|&day| civil(year, month, day).is_some()).unwrap_or(28)
}

/// Days from the page's date to `date`.
fn days_from(page: Date, date: Date) -> i64 {
    page.duration_until(date).as_hours() / 24
}

/// How many days a rule may hold already where a paper says from which day it does.
const SHORTLY: i64 = 90;

/// Puts the day of our calendar in the place of a day of the lunar one, where it is known.
fn lunar(point: &mut Point, page: Option<Date>, place: Place, memory: &Memory) {
    let (Some(month), Some(day), true) = (point.month, point.day, point.told) else { return };
    let said = LunarDay { month, leap: point.leap, day };
    let near = |year: &i32| page.is_none_or(|page| (year - i32::from(page.year())).abs() <= 1);
    let years = match place {
        Place::Off(Relative { step: Step::Years, steps }) => Some(steps),
        _ => None,
    };
    let found = match (point.cycle, point.year, years, page) {
        (Some(cycle), _, _, Some(page)) => said.in_cycle(cycle, page),
        (Some(_), ..) => None,
        _ if point.era => None,
        (None, Some(year), ..) => said.in_year(year),
        (None, None, Some(offset), Some(page)) => said.in_year(i32::from(page.year()) + offset),
        (None, None, _, page) => match (memory.year.filter(near), page) {
            (Some(year), _) => said.in_year(year),
            (None, Some(page)) => said.nearest(page, OWN_YEAR),
            (None, None) => None,
        },
    };
    if let Some(found) = found {
        put(point, found);
    }
}

/// Puts the day of our calendar in the place of the lunar day that ends a span; `first` is its beginning.
fn following(point: &mut Point, first: &Point) {
    let date = |point: &Point| civil(point.year?, point.month?, point.day?);
    let (Some(month), Some(day), Some(begin)) = (point.month, point.day, date(first)) else { return };
    let said = LunarDay { month, leap: point.leap, day };
    if let Some(found) = said.nearest(begin, 0).filter(|found| *found > begin && point.told) {
        put(point, found);
    }
}

fn put(point: &mut Point, found: Date) {
    point.year = Some(i32::from(found.year()));
    point.month = u32::try_from(found.month()).ok();
    point.day = u32::try_from(found.day()).ok();
    (point.lunar, point.era) = (false, false);
}

fn civil(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// How many days a date may lie from the page's and still be of the same year without saying so.
const OWN_YEAR: i64 = 250;

/// Days between a date and the page's. A year has 372 here, which is near enough to compare by.
fn days_apart(year: i32, month: u32, day: u32, page: Date) -> i64 {
    let first = i16::try_from(year).ok().zip(i8::try_from(month).ok());
    let Some((year, month)) = first else { return i64::MAX };
    if !(1..=12).contains(&month) || !(-9999..=9999).contains(&year) {
        return i64::MAX;
    }
    let start = date(year, month, 1);
    let from_epoch = |d: Date| (i64::from(d.year()) * 372) + (i64::from(d.month()) * 31) + i64::from(d.day());
    (from_epoch(start) + i64::from(day) - 1 - from_epoch(page)).abs()
}

/// A year that has every day: where the year is not known, 29 February may be meant.
const LEAP_YEAR: i32 = 2000;

/// False for the 30th of February.
fn exists(point: &Point) -> bool {
    let (Some(month), Some(day)) = (point.month, point.day) else { return true };
    civil(point.year.unwrap_or(LEAP_YEAR), month, day).is_some()
}

fn print(point: &Point) -> Option<String> {
    if point.era || point.lunar || !exists(point) {
        return None;
    }
    let mut text = String::with_capacity(20);
    let Some(year) = point.year else {
        without_year(&mut text, point);
        return Some(text).filter(|text| !text.is_empty());
    };
    if year < 0 {
        text.push('-');
    }
    pad(&mut text, year.unsigned_abs(), 4);
    match (point.quarter, point.half, point.month) {
        (Some(quarter), ..) => {
            text.push_str("-Q");
            pad(&mut text, quarter, 1);
        }
        (None, Some(half), _) => {
            text.push_str("-H");
            pad(&mut text, half, 1);
        }
        (None, None, Some(month)) => {
            dashed(&mut text, "-", month);
            day(&mut text, "-", point);
        }
        _ => {}
    }
    Some(text)
}

/// A century, a decade, or a day of no year that is known.
fn without_year(text: &mut String, point: &Point) {
    match (point.century, point.decade, point.month) {
        // 20世纪60年代
        (Some(century), Some(decade), _) => {
            pad(text, century.saturating_sub(1), 2);
            pad(text, decade / 10, 1);
            text.push('X');
        }
        (Some(century), None, _) => {
            pad(text, century.saturating_sub(1), 2);
            text.push_str("XX");
        }
        (None, Some(decade), _) => {
            // 90年代 by itself is of the last century, 10年代 of this.
            match decade {
                ..30 => text.push_str("20"),
                30..=1000 => text.push_str("19"),
                _ => {}
            }
            pad(text, decade / 10, 1);
            text.push('X');
        }
        (None, None, Some(month)) => {
            dashed(text, "--", month);
            day(text, "-", point);
        }
        (None, None, None) => {
            if point.day.is_none() {
                clock(text, point);
            }
            day(text, "---", point);
        }
    }
}

/// The day, where there is one, and then the time of day.
fn day(text: &mut String, sign: &str, point: &Point) {
    if let Some(day) = point.day {
        dashed(text, sign, day);
        clock(text, point);
    }
}

/// The time of day, where there is one.
fn clock(text: &mut String, point: &Point) {
    let Some(hour) = point.hour else { return };
    let hour = point.part.map_or(hour, |part| part.hour(hour));
    dashed(text, "T", hour);
    dashed(text, ":", point.minute.unwrap_or(0));
    if let Some(second) = point.second {
        dashed(text, ":", second);
    }
}

fn dashed(text: &mut String, sign: &str, value: u32) {
    text.push_str(sign);
    pad(text, value, 2);
}

/// Writes `value` with at least `width` digits.
fn pad(text: &mut String, value: u32, width: usize) {
    let mut digits = itoa::Buffer::new();
    let digits = digits.format(value);
    (digits.len()..width).for_each(|_| text.push('0'));
    text.push_str(digits);
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use crate::figure::{Class, Context, Scanner};

    fn iso(text: &str, page: Option<Date>) -> Option<String> {
        let context = Context { date: page, ..Context::default() };
        Scanner::new(&[]).unwrap().scan(text, &context).first().and_then(|figure| figure.iso.clone())
    }

    #[test]
    fn a_day_that_does_not_exist_has_no_iso_form() {
        for text in
            ["2021年2月30日", "2月30日", "2023年2月29日", "4月31日至5月3日", "2021-02-30", "4月30日至31日"]
        {
            assert_eq!(iso(text, None), None, "{text}");
        }
        assert_eq!(iso("2月29日", Some(date(2021, 3, 1))), None);
        assert_eq!(iso("2月29日", None).as_deref(), Some("--02-29"));
        assert_eq!(iso("2024年2月29日", None).as_deref(), Some("2024-02-29"));
    }

    #[test]
    fn what_is_not_printed_comes_from_the_page() {
        let november = Some(date(2022, 11, 24));
        assert_eq!(iso("5月24日至25日，", november).as_deref(), Some("2022-05-24/2022-05-25"));
        assert_eq!(iso("24日启动", november).as_deref(), Some("2022-11-24"));
        assert_eq!(iso("去年3月启动", november).as_deref(), Some("2021-03"));
        assert_eq!(iso("1至8月，", Some(date(2013, 9, 3))).as_deref(), Some("2013-01/2013-08"));
    }

    #[test]
    fn a_span_may_run_over_the_new_year() {
        assert_eq!(iso("12月28日，", Some(date(2023, 1, 3))).as_deref(), Some("2022-12-28"));
        let december = Some(date(2022, 12, 29));
        assert_eq!(iso("12月29日至2023年1月3日", december).as_deref(), Some("2022-12-29/2023-01-03"));
    }

    #[test]
    fn a_lunar_day_is_the_day_it_fell_on() {
        let november = Some(date(2022, 11, 24));
        assert_eq!(iso("农历壬寅年十一月初一", november).as_deref(), Some("2022-11-24"));
        assert_eq!(iso("农历八月十五", november).as_deref(), Some("2022-09-10"));
        assert_eq!(iso("2013年正月初一", None).as_deref(), Some("2013-02-10"));
        assert_eq!(iso("腊月廿三", Some(date(2022, 12, 29))).as_deref(), Some("2023-01-14"));
        assert_eq!(iso("正月初一至初七", Some(date(2022, 1, 30))).as_deref(), Some("2022-02-01/2022-02-07"));
        assert_eq!(iso("正月初五到十五，", Some(date(2022, 2, 8))).as_deref(), Some("2022-02-05/2022-02-15"));
        assert_eq!(iso("八月初五至九月初一", november).as_deref(), Some("2022-08-31/2022-09-26"));
        assert_eq!(iso("大年三十", Some(date(2022, 1, 30))).as_deref(), Some("2022-01-31"));
    }

    #[test]
    fn what_nothing_tells_is_left_out() {
        assert_eq!(iso("8月底", None).as_deref(), Some("--08"));
        assert_eq!(iso("20世纪60年代", None).as_deref(), Some("196X"));
        assert_eq!(iso("农历四月", Some(date(2022, 2, 15))), None);
        assert_eq!(iso("去年腊月廿八", Some(date(2022, 2, 15))), None);
    }

    /// Every date of `text`, with those that have no ISO form as `-`.
    fn all(text: &str, page: Date) -> String {
        let context = Context { date: Some(page), ..Context::default() };
        let figures = Scanner::new(&[]).unwrap().scan(text, &context);
        let dates = figures.iter().filter(|figure| figure.class == Class::Date);
        dates.map(|figure| figure.iso.as_deref().unwrap_or("-").to_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_year_and_month_said_last_hold() {
        let page = date(2023, 9, 1);
        for (text, dates) in [
            ("1948年12月24日围城，25日总攻。", "1948-12-24 1948-12-25"),
            ("案件于2021年5月3日立案，8日开庭，6月2日宣判。", "2021-05-03 2021-05-08 2021-06-02"),
            ("去年10月29日封路，30日通车。", "2022-10-29 2022-10-30"),
            ("他2019年3月入职，次年5月离开。", "2019-03 2020-05"),
            ("2021年的3月开工，当年8月完工。", "2021 2021-03 2021-08"),
            ("1999年12月30日出发，1月5日到达。", "1999-12-30 2000-01-05"),
            ("2020年5月3日立案，记者9月1日获悉。", "2020-05-03 2023-09-01"),
        ] {
            assert_eq!(all(text, page), dates, "{text}");
        }
    }

    #[test]
    fn what_lies_ahead_is_the_next_one() {
        let page = date(2021, 3, 5);
        for (text, dates) in [
            ("大会将于本月28日召开。", "2021-03-28"),
            ("比赛定于10月1日开幕。", "2021-10-01"),
            ("工程预计11月完工。", "2021-11"),
            ("拟于2月10日动工。", "2022-02-10"),
            ("新规自1月1日起施行。", "2021-01-01"),
            ("新规自12月1日起施行。", "2021-12-01"),
            ("下一季度投产，上一季度完成。", "2021-Q2 2020-Q4"),
            ("上月15日开工，下月5日停工。", "2021-02-15 2021-04-05"),
            ("将军3月1日到任。", "2021-03-01"),
            ("昨（4）日下雪。", "2021-03-04"),
        ] {
            assert_eq!(all(text, page), dates, "{text}");
        }
    }

    #[test]
    fn spans_of_every_form() {
        let page = date(2021, 3, 5);
        for (text, dates) in [
            ("今年前两个月，2020年前三季度。", "2021-01/2021-02 2020-Q1/2020-Q3"),
            ("2020年头10个月。", "2020-01/2020-10"),
            ("2011年与2014年之间建成。", "2011/2014"),
            ("2015-18年。", "2015/2018"),
            ("2022年6月6日（星期一）至6月10日（星期五）。", "2022-06-06/2022-06-10"),
            ("3月5（周五）至7日（周日）举行。", "2021-03-05/2021-03-07"),
            ("19年二季度。", "2019-Q2"),
        ] {
            assert_eq!(all(text, page), dates, "{text}");
        }
    }

    #[test]
    fn times_of_day_know_their_half_of_the_day() {
        let page = date(2021, 3, 5);
        for (text, dates) in [
            ("下午3时20分开会。", "T15:20"),
            ("晚九点半结束。", "T21:30"),
            ("凌晨12点下班。", "T00:00"),
            ("中午12时半用餐，中午1点午休。", "T12:30 T13:00"),
            ("上午9点到下午5点。", "T09:00/T17:00"),
            ("下午2点到5点半。", "T14:00/T17:30"),
            ("3月4日晚上10点到3月5日凌晨2点。", "2021-03-04T22:00/2021-03-05T02:00"),
            ("9月21号下午5点~9月22号上午5点。", "2021-09-21T17:00/2021-09-22T05:00"),
            ("2019年7月2日星期二傍晚6点05分。", "2019-07-02T18:05"),
            ("2020/10/9 下午 02:26:26", "2020-10-09T14:26:26"),
            ("傍晚六时三刻，深夜2点。", "T18:45 T02:00"),
            ("主队21:15获胜。", ""),
        ] {
            assert_eq!(all(text, page), dates, "{text}");
        }
    }

    #[test]
    fn years_of_a_reign_are_years_of_ours() {
        let page = date(1947, 3, 5);
        for (text, dates) in [
            ("民国三十四年八月十五日。", "1945-08-15"),
            ("民国元年三月。", "1912-03"),
            ("光绪二十四年变法，康熙六十一年。", "1898 1722"),
            ("昭和二十年八月。", "1945-08"),
            ("公元前221年。", "-0220"),
            ("公元79年。", "0079"),
            ("112年10月5日，112/10/6。", "2023-10-05 2023-10-06"),
            ("建元二年。", "-"),
        ] {
            assert_eq!(all(text, page), dates, "{text}");
        }
    }
}
