//! One cell of a table.

use std::borrow::Cow;
use std::fmt::Write;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A value that every format can write.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known: an empty cell, `null` in jsonl.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A real number, in the shortest decimal form that reads back as the same, with an exponent where it is very
    /// small (`2.1e-147`); a value that is no number is an empty cell.
    Real(f64),
    /// An exact decimal, with all its digits and no zeros at the end.
    Decimal(Decimal),
    /// `1` or `0`; `true` or `false` in jsonl.
    Flag(bool),
    /// Paragraphs: an array in jsonl, else joined by line ends.
    Lines(Vec<Cow<'a, str>>),
    /// Names: an array in jsonl, else joined by `; `.
    Names(Vec<Cow<'a, str>>),
    /// Roles and names: an array of pairs in jsonl, else `role name; role name`.
    Credits(Vec<(Cow<'a, str>, Cow<'a, str>)>),
}

impl Cell<'_> {
    /// A number that was worked out, to ten significant digits: what a float has after them may depend on the
    /// order in which things were added up. Empty where there is none, or it is infinite.
    pub fn measure(value: Option<f64>) -> Self {
        let value = value.filter(|value| value.is_finite());
        value.map_or(Self::Empty, |value| Self::Real(format!("{value:.9e}").parse().unwrap_or(value)))
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

    /// Appends the cell where it is a whole number or a flag, the most frequent cells that need no second look;
    /// false, and nothing, where it is neither.
    pub(super) fn push_whole(&self, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Integer(number) => out.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes()),
            Self::Flag(flag) => out.push(if *flag { b'1' } else { b'0' }),
            _ => return false,
        }
        true
    }
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

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Self::Text(Cow::Owned(date.to_string()))
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
