//! Columns in line, for a person to look at: long cells are cut off, numbers rounded to four digits. For a program to
//! read, take another format.
//!
//! How wide a column is only the last row tells. So rows are kept as they come, cells divided by control characters
//! that no cell can hold here, and laid out at the end.

use std::borrow::Cow;
use std::io::Write;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::format::{Cells, Encode};
use super::harmless::steers;
use super::sink::{Sheet, Sink};
use super::{About, Cell, Destination, Field, Format};
use crate::Result;

impl Format {
    /// Columns in line, long cells cut off: to look at.
    pub const TABLE: Self = Self::new(&Terminal);
}

/// How many columns of the terminal a cell may take before its end is cut off.
const WIDEST: usize = 72;

/// What stands between two columns.
const GAP: &str = "  ";

const CELL_END: char = '\u{1f}';
const ROW_END: char = '\u{1e}';

struct Terminal;

impl Encode for Terminal {
    fn name(&self) -> &'static str {
        "table"
    }

    fn about(&self) -> &'static str {
        "Columns in line, long cells cut off: to look at in a terminal"
    }

    fn header(&self, fields: &[Field], out: &mut Vec<u8>) {
        let mut row = String::new();
        fields.iter().for_each(|field| push(&mut row, field.name()));
        row.push(ROW_END);
        out.extend_from_slice(row.as_bytes());
    }

    fn row(&self, cells: &mut Cells<'_>, out: &mut Vec<u8>) {
        let (mut scratch, mut row) = (String::new(), String::new());
        for (_, cell) in cells {
            // Nobody reads ten digits.
            let short = match cell {
                Cell::Real(number) => Cell::Real(format!("{number:.3e}").parse().unwrap_or(number)),
                cell => cell,
            };
            push(&mut row, short.flat(&mut scratch));
        }
        row.push(ROW_END);
        out.extend_from_slice(row.as_bytes());
    }

    fn sink(&self, sheet: Sheet<'_>, destination: Destination) -> Result<Box<dyn Sink>> {
        let mut rows = Vec::new();
        if sheet.header {
            self.header(sheet.fields, &mut rows);
        }
        Ok(Box::new(Laid { fields: sheet.fields.to_vec(), rows, destination }))
    }
}

/// Rows that wait for the last.
struct Laid {
    fields: Vec<Field>,
    rows: Vec<u8>,
    destination: Destination,
}

impl Sink for Laid {
    fn append(&mut self, rows: &[u8]) -> Result<()> {
        self.rows.extend_from_slice(rows);
        Ok(())
    }

    fn finish(mut self: Box<Self>, _about: &About) -> Result<()> {
        let encoded = str::from_utf8(&self.rows).unwrap_or_default();
        let rows: Vec<Vec<&str>> =
            encoded.split_terminator(ROW_END).map(|row| row.split_terminator(CELL_END).collect()).collect();
        let mut layouts: Vec<Layout> = self.fields.iter().map(Layout::new).collect();
        for row in &rows {
            layouts.iter_mut().zip(row).for_each(|(layout, cell)| layout.see(cell));
        }
        let mut line = String::new();
        for row in rows {
            line.clear();
            for (number, (layout, cell)) in layouts.iter().zip(row).enumerate() {
                if number > 0 {
                    line.push_str(GAP);
                }
                layout.write(cell, &mut line);
            }
            let written = writeln!(self.destination, "{}", line.trim_end_matches(' '));
            written.map_err(|error| self.destination.blame(error.into()))?;
        }
        self.destination.finish()
    }
}

/// Appends a cell; what would move the cursor or turn the line becomes a blank.
fn push(row: &mut String, text: &str) {
    row.extend(text.chars().map(|c| if steers(c) || c.is_control() { ' ' } else { c }));
    row.push(CELL_END);
}

#[derive(Debug, Clone)]
struct Layout {
    width: usize,
    /// True where the column stands flush right.
    right: bool,
}

impl Layout {
    fn new(field: &Field) -> Self {
        Self { width: 0, right: field.is_right_aligned() }
    }

    fn see(&mut self, cell: &str) {
        self.width = self.width.max(cell.width().min(WIDEST));
    }

    fn write(&self, text: &str, out: &mut String) {
        let shown: Cow<'_, str> = match text.width() > self.width {
            true => format!("{}…", cut(text, self.width.saturating_sub(1))).into(),
            false => text.into(),
        };
        let blanks = std::iter::repeat_n(' ', self.width.saturating_sub(shown.width()));
        if self.right {
            out.extend(blanks);
            out.push_str(&shown);
        } else {
            out.push_str(&shown);
            out.extend(blanks);
        }
    }
}

/// As much of the start of `text` as fits into `width` columns.
fn cut(text: &str, width: usize) -> &str {
    let mut taken = 0;
    let too_far = text.grapheme_indices(true).find(|(_, character)| {
        taken += character.width();
        taken > width
    });
    too_far.map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{column, written};
    use super::*;
    use crate::table::Type;

    #[test]
    fn chinese_takes_two_columns_a_character() {
        let columns = [
            column(0, "left", Type::Text).right_aligned(),
            column(1, "node", Type::Text),
            column(2, "count", Type::Integer),
        ];
        let rows = [
            vec!["省总".into(), "工会".into(), 7_u32.into()],
            vec!["市a总，".into(), "工会b".into(), 12_u32.into()],
        ];
        insta::assert_snapshot!(written(Format::TABLE, &columns, &rows), @r"
           left  node   count
           省总  工会       7
        市a总，  工会b     12
        ");
    }

    fn texts(cells: [&'static str; 2]) -> String {
        let columns = [column(0, "a", Type::Text), column(1, "b", Type::Text)];
        written(Format::TABLE, &columns, &[cells.iter().map(|&cell| Cell::from(cell)).collect()])
    }

    #[test]
    fn no_cell_moves_the_cursor_or_breaks_the_line() {
        assert_eq!(texts(["x\u{1b}[2J\n", "y\u{1f}z"]), "a       b\nx [2J   y z\n");
    }

    #[test]
    fn a_long_cell_is_cut() {
        let shown = texts([
            "工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工",
            "b",
        ]);
        let expected = format!("{}…   b", "工".repeat(35));
        assert_eq!(shown.lines().nth(1), Some(expected.as_str()));
    }
}
