//! Days, months, quarters and years as numbers that count up, so that a gap between two of them is seen.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How long a period is.
///
/// ```
/// use jiff::civil::date;
/// use zjgr::analysis::period::Length;
///
/// let (first, last) = (Length::Quarter.of(date(2021, 2, 25)), Length::Quarter.of(date(2021, 12, 1)));
/// let names: Vec<String> = first.to(last).map(|period| Length::Quarter.name(period)).collect();
/// assert_eq!(names, ["2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Length {
    /// Each day by itself.
    Day,
    /// Each month.
    #[default]
    Month,
    /// Three months, from January on.
    Quarter,
    /// Each year.
    Year,
}

/// A day, month, quarter or year. The one after it has the next number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period(i32);

impl Length {
    /// The period that `date` lies in.
    pub fn of(self, date: Date) -> Period {
        let (year, month) = (i32::from(date.year()), i32::from(date.month()) - 1);
        Period(match self {
            Self::Day => days_since_start(date),
            Self::Month => year * 12 + month,
            Self::Quarter => year * 4 + month / 3,
            Self::Year => year,
        })
    }

    /// The name of `period`: `2021-02-25`, `2021-02`, `2021-Q1`, `2021`.
    pub fn name(self, period: Period) -> String {
        let Period(number) = period;
        match self {
            Self::Day => START
                .checked_add(jiff::Span::new().days(number))
                .map_or_else(|_| String::new(), |d| d.to_string()),
            Self::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Self::Quarter => format!("{:04}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
            Self::Year => format!("{number:04}"),
        }
    }
}

impl Length {
    /// The period that `name` names, as [`Length::name`] does.
    pub fn parse(self, name: &str) -> Option<Period> {
        let (year, rest) = name.split_at_checked(4)?;
        let within = rest.trim_start_matches(['-', 'Q']);
        let first = |month: i8, day: i8| Date::new(year.parse().ok()?, month, day).ok();
        let day = match self {
            Self::Day => name.parse().ok(),
            Self::Month => first(within.parse().ok()?, 1),
            Self::Quarter => first(within.parse::<i8>().ok()?.checked_mul(3)?, 1),
            Self::Year => first(1, 1),
        };
        day.map(|day| self.of(day))
    }

    /// The first and the last day of `period`; `None` beyond the end of the calendar.
    pub fn days(self, period: Period) -> Option<(Date, Date)> {
        let Period(number) = period;
        let month_of = |per_year: i32, months: i32| {
            let month = i8::try_from(number.rem_euclid(per_year) * months + 1).ok()?;
            Date::new(i16::try_from(number.div_euclid(per_year)).ok()?, month, 1).ok()
        };
        match self {
            Self::Day => START.checked_add(jiff::Span::new().days(number)).ok().map(|day| (day, day)),
            Self::Month => month_of(12, 1).map(|first| (first, first.last_of_month())),
            Self::Quarter => {
                let first = month_of(4, 3)?;
                let last = Date::new(first.year(), first.month() + 2, 1).ok()?;
                Some((first, last.last_of_month()))
            }
            Self::Year => month_of(1, 12).map(|first| (first, first.last_of_year())),
        }
    }
}

/// Day 0.
const START: Date = Date::constant(1970, 1, 1);

fn days_since_start(date: Date) -> i32 {
    // Exact: the difference of two dates is a whole number of days.
    (date.duration_since(START).as_hours() / 24) as i32
}

impl Period {
    /// Every period from this one to `last`.
    pub fn to(self, last: Self) -> impl Iterator<Item = Self> {
        (self.0..=last.0).map(Self)
    }

    /// How many periods after `first` this one is.
    pub fn steps_since(self, first: Self) -> f64 {
        f64::from(self.0 - first.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_length_has_its_name() {
        let day = date(2021, 8, 5);
        let names = [Length::Day, Length::Month, Length::Quarter, Length::Year]
            .map(|length| length.name(length.of(day)));
        assert_eq!(names, ["2021-08-05", "2021-08", "2021-Q3", "2021"]);
    }

    #[test]
    fn a_name_and_the_days_lead_back_to_the_period() {
        for length in [Length::Day, Length::Month, Length::Quarter, Length::Year] {
            for day in [date(1949, 10, 1), date(2021, 8, 5), date(2024, 2, 29)] {
                let period = length.of(day);
                assert_eq!(length.parse(&length.name(period)), Some(period));
                let (first, last) = length.days(period).unwrap();
                assert!(first <= day && day <= last, "{first} {last}");
                assert_eq!((length.of(first), length.of(last)), (period, period));
                assert_ne!(length.of(last.tomorrow().unwrap()), period);
            }
        }
        assert_eq!(
            Length::Month.days(Length::Month.of(date(2024, 2, 3))),
            Some((date(2024, 2, 1), date(2024, 2, 29)))
        );
        for name in ["", "2021", "20xx-01", "2021-13", "人民"] {
            assert_eq!(Length::Month.parse(name), None, "{name}");
        }
    }

    #[test]
    fn no_period_is_missing_between_two() {
        let names = |length: Length, first, last| -> Vec<String> {
            length.of(first).to(length.of(last)).map(|period| length.name(period)).collect()
        };
        assert_eq!(
            names(Length::Month, date(1999, 11, 30), date(2000, 2, 1)),
            ["1999-11", "1999-12", "2000-01", "2000-02"]
        );
        assert_eq!(
            names(Length::Day, date(2024, 2, 28), date(2024, 3, 1)),
            ["2024-02-28", "2024-02-29", "2024-03-01"]
        );
        assert_eq!(names(Length::Day, date(1969, 12, 31), date(1970, 1, 1)), ["1969-12-31", "1970-01-01"]);
        assert_eq!(names(Length::Quarter, date(1956, 12, 1), date(1957, 1, 1)), ["1956-Q4", "1957-Q1"]);
    }
}
