//! One cell of a table.

use std::borrow::Cow;
use std::fmt::Write;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A value that every format can write.
///
/// ```
/// use zjgr::table::Cell;
///
/// assert_eq!(Cell::from(12_u32), Cell::Integer(12));
/// assert_eq!(Cell::from(None::<&str>), Cell::Empty);
/// assert_eq!(Cell::measure(Some(f64::NAN)), Cell::Empty);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell<'a> {
    /// Nothing is known: an empty cell, `null` in jsonl.
    Empty,
    /// Text.
    Text(#[serde(borrow)] Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A real number, in the shortest decimal form that reads back as the same, with an exponent where it is very
    /// small (`2.1e-147`); a value that is no number is an empty cell.
    Real(f64),
    /// A day, as `2021-02-25`.
    Date(Date),
    /// An exact decimal, with all its digits and no zeros at the end.
    Decimal(Decimal),
    /// `1` or `0`; `true` or `false` in jsonl.
    Flag(bool),
    /// Paragraphs: an array in jsonl, else joined by line ends.
    Lines(#[serde(borrow)] Vec<Cow<'a, str>>),
    /// Names: an array in jsonl, else joined by `; `.
    Names(#[serde(borrow)] Vec<Cow<'a, str>>),
    /// Roles and names: an array of pairs in jsonl, else `role name; role name`.
    Credits(#[serde(borrow)] Vec<(Cow<'a, str>, Cow<'a, str>)>),
}

impl Cell<'_> {
    /// A number that was worked out, to ten significant digits: what a float has after them may depend on the
    /// order in which things were added up. Empty where there is none, or it is infinite.
    pub fn measure(value: Option<f64>) -> Self {
        let value = value.filter(|value| value.is_finite());
        value.map_or(Self::Empty, |value| Self::Real(format!("{value:.9e}").parse().unwrap_or(value)))
    }

    /// A probability, to three decimals; nothing where there is none.
    pub(crate) fn rounded(value: Option<f32>) -> Self {
        value.map_or(Self::Empty, |value| Self::Real((f64::from(value) * 1000.0).round() / 1000.0))
    }

    /// The cell as one piece of text, for formats without nested values; `scratch` lends its memory.
    pub(super) fn flat<'s>(&'s self, scratch: &'s mut String) -> &'s str {
        scratch.clear();
        // Writing to a string cannot fail.
        let _ = match self {
            Self::Empty => Ok(()),
            Self::Text(text) => return text,
            Self::Integer(number) => write!(scratch, "{number}"),
            Self::Real(number) if number.abs() < 1e-5 && *number != 0.0 => write!(scratch, "{number:e}"),
            Self::Real(number) if number.is_finite() => write!(scratch, "{number}"),
            Self::Real(_) => Ok(()),
            Self::Decimal(number) => write!(scratch, "{}", number.normalize()),
            Self::Date(day) => write!(scratch, "{day}"),
            Self::Flag(flag) => write!(scratch, "{}", u8::from(*flag)),
            Self::Lines(items) => {
                join(scratch, items, "\n");
                Ok(())
            }
            Self::Names(items) => {
                join(scratch, items, "; ");
                Ok(())
            }
            Self::Credits(pairs) => pairs.iter().enumerate().try_for_each(|(i, (role, name))| {
                let between = if i == 0 { "" } else { "; " };
                let blank = if role.is_empty() { "" } else { " " };
                write!(scratch, "{between}{role}{blank}{name}")
            }),
        };
        scratch
    }

    /// True for what is a number by type, and so no formula to a spreadsheet.
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Real(_) | Self::Decimal(_) | Self::Flag(_))
    }

    /// Appends the cell where it is a plain number or a flag, the most frequent cells that need no second look; false,
    /// and nothing, where it is not.
    pub(super) fn push_number(&self, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Integer(number) => out.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes()),
            Self::Flag(flag) => out.push(if *flag { b'1' } else { b'0' }),
            Self::Real(number) => return push_short(*number, out),
            _ => return false,
        }
        true
    }
}

/// Appends a number that has four decimals or fewer, and fifteen digits or fewer; false, and nothing, for others.
///
/// Of decimals with fifteen digits no two are the same float, so that the one which is `number` is its shortest form.
/// Finding that for any float takes ten times as long.
fn push_short(number: f64, out: &mut Vec<u8>) -> bool {
    const DECIMALS: usize = 4;
    const PARTS: u64 = 10_u64.pow(DECIMALS as u32);
    let scaled = (number * PARTS as f64).round();
    if number.is_sign_negative() || scaled >= 1e15 || scaled / PARTS as f64 != number {
        return false;
    }
    let (whole, mut rest) = (scaled as u64 / PARTS, scaled as u64 % PARTS);
    out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
    if rest > 0 {
        out.push(b'.');
    }
    let mut part = PARTS / 10;
    while rest > 0 {
        out.push(b'0' + (rest / part) as u8);
        rest %= part;
        part /= 10;
    }
    true
}

fn join(out: &mut String, items: &[Cow<'_, str>], between: &str) {
    out.reserve(items.iter().map(|item| item.len() + between.len()).sum());
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(between);
        }
        out.push_str(item);
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Cell<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Decimal> for Cell<'_> {
    fn from(number: Decimal) -> Self {
        Self::Decimal(number)
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The number in short where it is a short one.
    fn short(number: f64) -> Option<String> {
        let mut out = Vec::new();
        push_short(number, &mut out).then(|| String::from_utf8(out).expect("digits"))
    }

    #[test]
    fn a_number_of_few_decimals_is_written_at_once() {
        for (number, text) in
            [(0.0, "0"), (7.0, "7"), (0.5, "0.5"), (198.82, "198.82"), (0.0001, "0.0001"), (10.05, "10.05")]
        {
            assert_eq!(short(number).as_deref(), Some(text));
        }
        for number in [0.1 + 0.2, 1e-5, 1e15, -0.5, -0.0, f64::NAN, f64::INFINITY] {
            assert_eq!(short(number), None, "{number}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_at_once_is_the_shortest_form(parts in 0..10_u64.pow(15), shift in 0..12_u32) {
            let number = (parts / 10_u64.pow(shift)) as f64 / 1e4;
            prop_assert_eq!(short(number), Some(number.to_string()));
        }

        #[test]
        fn any_number_in_short_is_the_same_number(number in any::<f64>()) {
            if let Some(text) = short(number) {
                prop_assert_eq!(text, number.to_string());
            }
        }
    }
}
