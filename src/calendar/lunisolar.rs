//! Days of the lunar calendar as days of ours.
//!
//! The days are those of the calendar as it was printed (the Purple Mountain Observatory's, since 2017 the
//! standard GB/T 33661), as the tables of `icu_calendar` have them.

use icu_calendar::Date as LunarDate;
use icu_calendar::cal::Iso;
use icu_calendar::types::Month;
use jiff::civil::Date;

/// A day of some lunar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    /// 1 for 正月 to 12 for 腊月.
    pub(crate) month: u32,
    /// True for the month that is put in twice.
    pub(crate) leap: bool,
    /// 1 to 30.
    pub(crate) day: u32,
}

impl Day {
    /// The day of our calendar that this is in the lunar year that begins in `year`; none where that year has
    /// no such day.
    pub(crate) fn in_lunar_year(self, year: i32) -> Option<Date> {
        let number = u8::try_from(self.month).ok()?;
        let month = if self.leap { Month::leap(number) } else { Month::new(number) };
        let on = |day| LunarDate::try_new_chinese_traditional(year, month, day).ok();
        // 大年三十 is the last day of the year, which has a thirtieth in every other year.
        let eve = self.month == 12 && self.day == 30;
        let iso = on(u8::try_from(self.day).ok()?).or_else(|| on(29).filter(|_| eve))?.to_calendar(Iso);
        let year = i16::try_from(iso.year().extended_year()).ok()?;
        Date::new(year, i8::try_from(iso.month().ordinal).ok()?, i8::try_from(iso.day_of_month().0).ok()?)
            .ok()
    }

    /// The day in the year that is printed with it. 2023年腊月廿三 may be meant as a day of the lunar year that
    /// begins in 2023, which is in 2024, or as the one that fell in 2023: then it is none.
    pub(crate) fn in_year(self, year: i32) -> Option<Date> {
        let found = self.in_lunar_year(year)?;
        let here = |date: &Date| i32::from(date.year()) == year;
        let doubtful = self.in_lunar_year(year.checked_sub(1)?).is_some_and(|date| here(&date));
        (here(&found) && !doubtful).then_some(found)
    }

    /// The day in the year of that place in the cycle of sixty (0 for 甲子) that is nearest to `page`.
    pub(crate) fn in_cycle(self, cycle: u8, page: Date) -> Option<Date> {
        // The year 4 was 甲子.
        let behind = i32::from(cycle) - (i32::from(page.year()) - 4);
        self.in_lunar_year(i32::from(page.year()) + (behind + 30).rem_euclid(60) - 30)
    }

    /// The day in the year of `page`, or, where that is more than `far` days off, the nearest one.
    pub(crate) fn nearest(self, page: Date, far: i64) -> Option<Date> {
        let own = i32::from(page.year());
        let days = |date: &Date| (page.duration_until(*date).as_hours() / 24).abs();
        let near = (own - 1..=own + 1).filter_map(|year| self.in_lunar_year(year)).min_by_key(days);
        let here = (own - 1..=own)
            .filter_map(|year| self.in_lunar_year(year))
            .filter(|date| date.year() == page.year())
            .min_by_key(days);
        here.filter(|date| days(date) <= far).or(near)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Day;

    fn day(month: u32, day: u32) -> Day {
        Day { month, leap: false, day }
    }

    #[test]
    fn known_new_years_days() {
        // 1954 and 1985 had their first new moon minutes before midnight.
        for (year, month, on) in [(1949, 1, 29), (1954, 2, 3), (1985, 2, 20), (2022, 2, 1), (2033, 1, 31)] {
            assert_eq!(day(1, 1).in_year(year), Some(date(year as i16, month, on)));
        }
        assert_eq!(Day { leap: true, ..day(2, 2) }.in_year(2023), Some(date(2023, 3, 23)));
        assert_eq!(Day { leap: true, ..day(3, 2) }.in_year(2023), None);
    }

    #[test]
    fn a_year_that_may_be_either_is_none() {
        assert_eq!(day(12, 23).in_year(2023), None);
        assert_eq!(day(8, 15).in_year(2023), Some(date(2023, 9, 29)));
    }

    #[test]
    fn a_cyclic_year_is_the_nearest() {
        // 壬寅 has place 38.
        assert_eq!(day(11, 2).in_cycle(38, date(2022, 11, 25)), Some(date(2022, 11, 25)));
        assert_eq!(day(12, 29).in_cycle(38, date(2023, 1, 20)), Some(date(2023, 1, 20)));
    }

    #[test]
    fn without_a_year_it_is_that_of_the_page() {
        assert_eq!(day(12, 23).nearest(date(2022, 12, 29), 250), Some(date(2023, 1, 14)));
        assert_eq!(day(1, 15).nearest(date(2022, 2, 10), 250), Some(date(2022, 2, 15)));
        assert_eq!(day(12, 30).nearest(date(2022, 1, 25), 250), Some(date(2022, 1, 31)));
    }
}
