//! One cell of a sheet.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Worksheet, XlsxError};
use unicode_width::UnicodeWidthChar;

use super::WIDTHS;
use crate::table::{Cell, Field, Shown};

/// More digits than this a spreadsheet does not keep.
const MOST_DIGITS: usize = 15;
/// So many UTF-16 units a cell holds.
const MOST_UNITS: usize = 32_767;
/// Text that is longer than this, in bytes, stands in one line, so that rows stay low.
const WRAPPED: usize = 600;
/// A text inside a formula is no longer than this, in UTF-16 units.
const LONGEST_LINK: usize = 255;

/// A row of a sheet.
pub(super) struct Row<'r> {
    pub(super) fields: &'r [Field],
    pub(super) cells: &'r [Cell<'r>],
    /// The columns whose cells lead somewhere in the workbook.
    pub(super) linked: Vec<(usize, String)>,
    /// How text looks that is not wrapped.
    pub(super) wide: &'r Style,
}

impl Row<'_> {
    /// Writes the cell of `column`. Returns how wide it is, in characters of half width, as far as that matters.
    pub(super) fn write(&self, sheet: &mut Worksheet, row: u32, column: usize) -> Result<usize, XlsxError> {
        let (Some(field), Some(cell)) = (self.fields.get(column), self.cells.get(column)) else {
            return Ok(0);
        };
        let mut scratch = String::new();
        let text = cell.flat(&mut scratch);
        let width = width(text);
        let at = column as u16;
        let linked =
            self.linked.iter().find(|(linked, _)| *linked == column).map(|(_, target)| target.as_str());
        let number = number(cell);
        let target = linked.map(Cow::Borrowed).or_else(|| address(field, text).map(Cow::Owned));
        let day = excel_day(cell);
        let written = match (cell, number, target, day) {
            _ if text.is_empty() => return Ok(0),
            (.., Some(target), _) => sheet.write_formula(row, at, hyperlink(&target, text, number.is_some())),
            (Cell::Flag(flag), ..) => sheet.write_boolean(row, at, *flag),
            (_, Some(number), ..) => sheet.write_number(row, at, number),
            (.., Some(day)) => sheet.write_datetime(row, at, &day),
            _ if text.len() > WRAPPED => {
                sheet.write_string_with_format(row, at, fitting(text, &self.rest()), self.wide)
            }
            _ => sheet.write_string(row, at, text),
        };
        written.map(|_| width)
    }

    /// Where the rest of a cell of this row is to be read.
    fn rest(&self) -> String {
        let named = |name: &str| {
            let place = self.fields.iter().position(|field| field.name() == name);
            place.and_then(|place| self.cells.get(place))
        };
        let mut scratch = String::new();
        let file = named("file").map(|cell| cell.flat(&mut scratch).to_owned()).unwrap_or_default();
        let line = named("first_line").or_else(|| named("line"));
        let line = line.map(|cell| format!(":{}", cell.flat(&mut scratch))).unwrap_or_default();
        format!("{file}{line}")
    }
}

/// The number of a cell that a spreadsheet keeps with all its digits.
fn number(cell: &Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Integer(number) => has_few_digits(Decimal::from(*number)).then_some(*number as f64),
        Cell::Decimal(number) => number.to_f64().filter(|_| has_few_digits(*number)),
        Cell::Real(number) => Some(*number).filter(|number| number.is_finite()),
        _ => None,
    }
}

fn has_few_digits(number: Decimal) -> bool {
    let digits = number.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len() <= MOST_DIGITS
}

/// The day as a spreadsheet counts days. Of those before March 1900 spreadsheets do not think alike.
fn excel_day(cell: &Cell<'_>) -> Option<ExcelDateTime> {
    const FIRST: Date = jiff::civil::date(1900, 3, 1);
    let Cell::Date(day) = cell else { return None };
    let year = u16::try_from(day.year()).ok().filter(|_| *day >= FIRST)?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

/// Where `text` leads to on the web, in a column of addresses.
fn address(field: &Field, text: &str) -> Option<String> {
    let plain = (field.shown() == Shown::Link)
        .then_some(text)
        .filter(|text| text.chars().all(|c| c.is_ascii_graphic()))?;
    let address = match (plain.contains("://"), plain.contains('@')) {
        (true, _) => plain.to_owned(),
        (_, true) => format!("mailto:{plain}"),
        _ => format!("http://{plain}"),
    };
    (address.len() <= LONGEST_LINK).then_some(address)
}

/// The formula that shows `text` and leads to `target`.
fn hyperlink(target: &str, text: &str, number: bool) -> Formula {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let shown = if number { text.to_owned() } else { quoted(text) };
    Formula::new(format!("=HYPERLINK({},{shown})", quoted(target))).set_result(text)
}

/// `text` as a cell can hold it: cut, with a note that says how much is missing and that it stands in `rest`.
pub(super) fn fitting<'t>(text: &'t str, rest: &str) -> Cow<'t, str> {
    let units = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    // No character has more UTF-16 units than bytes.
    if text.len() <= MOST_UNITS || units(text) <= MOST_UNITS {
        return text.into();
    }
    let note = |missing: usize| format!(" […cut: a cell holds no more; {missing} characters more in {rest}]");
    let room = MOST_UNITS.saturating_sub(units(&note(text.len())));
    let mut taken = 0;
    let too_far = text.char_indices().find(|(_, c)| {
        taken += c.len_utf16();
        taken > room
    });
    let (kept, missing) = text.split_at(too_far.map_or(text.len(), |(at, _)| at));
    format!("{kept}{}", note(missing.chars().count())).into()
}

/// How wide the widest line of `text` is, as far as it matters.
fn width(text: &str) -> usize {
    let mut widest = 0;
    let mut line = 0;
    for c in text.chars().take(*WIDTHS.end()) {
        line = if c == '\n' { 0 } else { line + c.width().unwrap_or_default() };
        widest = widest.max(line);
    }
    widest
}
