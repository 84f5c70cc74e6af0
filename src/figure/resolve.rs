//! Dates in ISO 8601, with what the text leaves out taken from the page's date.

use jiff::civil::{Date, date};

use super::date::Point;
use super::lunisolar;

/// What earlier dates of the same text have said.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    year: Option<i32>,
    month: Option<u32>,
}

/// The words in front of a date that place it: 今年, 去年, 明年.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Relative {
    #[default]
    Nearest,
    /// This many years from the page's.
    Years(i32),
}

/// The ISO form of a date, as far as it is known.
///
/// A missing year is the one that brings the date nearest to the page's date, a missing month likewise; the
/// second end of a span takes over from the first. Years, months and days that remain unknown are left out.
/// A day of the lunar calendar is the day of ours that it fell on, where its year is beyond doubt; its months,
/// and the years of a reign, have no ISO form, nor has a date without any ground.
pub(super) fn iso(
    from: &Point,
    to: Option<&Point>,
    page: Option<Date>,
    relative: Relative,
    memory: &mut Memory,
) -> Option<String> {
    let mut first = *from;
    // 2019年6月1日-6月30日 the left end may lack what the right end has: 19到20日 has its month on the left,
    // 1—5月 nothing but the month.
    let borrowed = to.is_some_and(|to| {
        first.year.is_none() && first.month.is_some() && to.month.is_some() && to.year.is_none()
    });
    if let Some(to) = to.filter(|_| borrowed) {
        // Of a span of months the end tells the year: 1至8月 in a paper of September.
        let mut end = *to;
        complete(&mut end, page, relative, memory);
        let over = first.month.zip(end.month).is_some_and(|(a, b)| a > b);
        first.year = end.year.map(|year| if over { year - 1 } else { year });
    }
    complete(&mut first, page, relative, memory);
    if let Some(to) = to.filter(|to| to.lunar || (from.lunar && to.day.is_some())) {
        // 正月初一至初七, 腊月廿三至正月十五
        let mut second = *to;
        following(&mut second, &first);
        return Some(format!("{}/{}", print(&first)?, print(&second)?));
    }
    let start = print(&first)?;
    let Some(to) = to else {
        remember(from, &first, memory);
        return Some(start);
    };
    let mut second = *to;
    if second.year.is_none() && second.century.is_none() && second.decade.is_none() {
        second.year = first.year;
        second.short = first.short;
        if second.month.is_none() && (second.day.is_some() || second.hour.is_some()) {
            second.month = first.month;
        }
        if second.day.is_none() && second.hour.is_some() {
            second.day = first.day;
        }
        // 12月29日至1月3日 runs over the new year.
        if let (Some(year), Some(a), Some(b)) = (second.year, first.month, second.month)
            && b < a
        {
            second.year = Some(year + 1);
        }
    }
    if second.hour.is_some() && to.hour.is_some() && first.afternoon {
        second.afternoon = true;
    }
    if let Some(year) = second.year {
        // 12月29日至2023年1月3日: the page may stand in the new year, the beginning does not.
        if from.year.is_none() && to.year.is_some() {
            let same = first.month.zip(second.month).is_some_and(|(a, b)| a > b);
            first.year = Some(if same { year - 1 } else { year });
        }
    }
    if second.short {
        second.year = second.year.map(full_year);
        second.short = false;
    }
    remember(from, &second, memory);
    let mut span = print(&first)?;
    span.push('/');
    span.push_str(&print(&second)?);
    Some(span)
}

/// Keeps the year that was printed, and the month.
fn remember(printed: &Point, point: &Point, memory: &mut Memory) {
    if point.era || point.lunar || printed.lunar {
        return;
    }
    if printed.year.is_some() && point.month.is_some() {
        memory.year = point.year;
    }
    if point.month.is_some() {
        memory.month = point.month;
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

fn complete(point: &mut Point, page: Option<Date>, relative: Relative, memory: &Memory) {
    if point.short {
        point.year = point.year.map(full_year);
        point.short = false;
    }
    if point.lunar {
        lunar(point, page, relative, memory);
        return;
    }
    let Some(page) = page else {
        // Without a page date, what the text itself said last is all there is.
        if point.year.is_none() && !point.lunar && point.century.is_none() && point.decade.is_none() {
            point.year = memory.year;
            if point.month.is_none() && point.day.is_some() {
                point.month = memory.month;
                point.year = memory.month.and(memory.year);
            }
        }
        return;
    };
    if point.year.is_some() || point.century.is_some() || point.decade.is_some() || point.lunar {
        return;
    }
    if let Relative::Years(offset) = relative {
        point.year = Some(i32::from(page.year()) + offset);
        return;
    }
    match (point.month, point.day) {
        (Some(month), day) => {
            // A story that has just told of a day of some year goes on in that year.
            if let Some(year) = memory.year.filter(|year| (year - i32::from(page.year())).abs() <= 1) {
                point.year = Some(year);
                return;
            }
            // The page's own year, unless another is much nearer: 12月28日 in a paper of January.
            let own = i32::from(page.year());
            let distance = |year: i32| days_apart(year, month, day.unwrap_or(15), page);
            let far = distance(own) > OWN_YEAR;
            let nearest = [own - 1, own, own + 1].into_iter().min_by_key(|&year| distance(year));
            point.year = if far { nearest } else { Some(own) };
        }
        (None, Some(day)) => {
            let months = [-1, 0, 1].map(|offset| {
                let month = i32::from(page.year()) * 12 + i32::from(page.month()) - 1 + offset;
                (month.div_euclid(12), month.rem_euclid(12) as u32 + 1)
            });
            let nearest = months
                .into_iter()
                .filter(|&(year, month)| exists(year, month, day))
                .min_by_key(|&(year, month)| days_apart(year, month, day, page));
            if let Some((year, month)) = nearest {
                point.year = Some(year);
                point.month = Some(month);
            }
        }
        // Of which day a time of day is, the text seldom says.
        (None, None) if point.hour.is_some() => {}
        (None, None) => {
            if point.quarter.is_some() || point.half.is_some() {
                point.year = Some(i32::from(page.year()));
            }
        }
    }
}

/// Puts the day of our calendar in the place of a day of the lunar one, where it is known.
fn lunar(point: &mut Point, page: Option<Date>, relative: Relative, memory: &Memory) {
    let (Some(month), Some(day), true) = (point.month, point.day, point.told) else { return };
    let said = lunisolar::Day { month, leap: point.leap, day };
    let near = |year: &i32| page.is_none_or(|page| (year - i32::from(page.year())).abs() <= 1);
    let found = match (point.cycle, point.year, relative, page) {
        (Some(cycle), _, _, Some(page)) => said.in_cycle(cycle, page),
        (Some(_), ..) => None,
        (None, None, ..) if point.era => None,
        (None, Some(_), ..) if point.era => None,
        (None, Some(year), ..) => said.in_year(year),
        (None, None, Relative::Years(offset), Some(page)) => said.in_year(i32::from(page.year()) + offset),
        (None, None, _, page) => match (memory.year.filter(near), page) {
            (Some(year), _) => said.in_year(year),
            (None, Some(page)) => said.nearest(page, OWN_YEAR),
            (None, None) => None,
        },
    };
    if let Some(found) = found {
        place(point, found);
    }
}

/// Puts the day of our calendar in the place of the lunar day that ends a span; `first` is its beginning.
fn following(point: &mut Point, first: &Point) {
    let date = |point: &Point| civil(point.year?, point.month?, point.day?);
    let (Some(month), Some(day), Some(begin)) = (point.month, point.day, date(first)) else { return };
    let said = lunisolar::Day { month, leap: point.leap, day };
    if let Some(found) = said.nearest(begin, 0).filter(|found| *found > begin && point.told) {
        place(point, found);
    }
}

fn place(point: &mut Point, found: Date) {
    point.year = Some(i32::from(found.year()));
    point.month = u32::try_from(found.month()).ok();
    point.day = u32::try_from(found.day()).ok();
    (point.lunar, point.era) = (false, false);
}

fn exists(year: i32, month: u32, day: u32) -> bool {
    civil(year, month, day).is_some()
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

fn print(point: &Point) -> Option<String> {
    if point.era || point.lunar {
        return None;
    }
    let mut text = String::with_capacity(20);
    let Some(year) = point.year else {
        match (point.century, point.decade, point.month, point.day) {
            // 20世纪60年代
            (Some(century), Some(decade), ..) => {
                pad(&mut text, century.saturating_sub(1), 2);
                pad(&mut text, decade / 10, 1);
                text.push('X');
            }
            (Some(century), None, ..) => {
                pad(&mut text, century.saturating_sub(1), 2);
                text.push_str("XX");
            }
            (None, Some(decade), ..) => {
                // 90年代 by itself is of the last century, 10年代 of this.
                if decade <= 1000 {
                    text.push_str(if decade >= 30 { "19" } else { "20" });
                }
                pad(&mut text, decade / 10, 1);
                text.push('X');
            }
            (None, None, Some(month), day) => {
                dashed(&mut text, "--", month);
                if let Some(day) = day {
                    dashed(&mut text, "-", day);
                    clock(&mut text, point);
                }
            }
            (None, None, None, day) => {
                if let Some(day) = day {
                    dashed(&mut text, "---", day);
                }
                clock(&mut text, point);
            }
        }
        return Some(text).filter(|text| !text.is_empty());
    };
    if year < 0 {
        text.push('-');
    }
    pad(&mut text, year.unsigned_abs(), if year < 0 { 3 } else { 4 });
    match (point.quarter, point.half, point.month, point.day) {
        (Some(quarter), ..) => {
            text.push_str("-Q");
            pad(&mut text, quarter, 1);
        }
        (None, Some(half), ..) => {
            text.push_str("-H");
            pad(&mut text, half, 1);
        }
        (None, None, Some(month), day) => {
            dashed(&mut text, "-", month);
            if let Some(day) = day {
                dashed(&mut text, "-", day);
                clock(&mut text, point);
            }
        }
        _ => {}
    }
    Some(text)
}

/// The time of day, where there is one.
fn clock(text: &mut String, point: &Point) {
    let Some(hour) = point.hour else { return };
    let hour = if point.afternoon && hour < 12 { hour + 12 } else { hour };
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

    use crate::figure::{Context, Scanner};

    fn iso(text: &str, page: Option<Date>) -> Option<String> {
        let context = Context { date: page, ..Context::default() };
        Scanner::new(&[]).unwrap().scan(text, &context).first().and_then(|figure| figure.iso.clone())
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
}
