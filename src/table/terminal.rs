//! Columns in line, for a person to look at: long cells are cut off, numbers rounded to four digits. For a program to
//! read, take another format.
//!
//! How wide a column is only the last row tells. So rows are kept as they come, cells divided by control characters
//! that no cell can hold here, and laid out at the end.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Cell, Columns, Encode};

/// How many columns of the terminal a cell may take before its end is cut off.
const WIDEST: usize = 72;

/// What stands between two columns.
const GAP: &str = "  ";

const CELL_END: char = '\u{1f}';
const ROW_END: char = '\u{1e}';
const IS_NUMBER: char = '\u{1}';

pub(super) struct Terminal;

impl Encode for Terminal {
    fn header(&self, columns: &Columns, out: &mut Vec<u8>) {
        let mut row = String::new();
        columns.plain().iter().for_each(|name| push(&mut row, name));
        row.push(ROW_END);
        out.extend_from_slice(row.as_bytes());
    }

    fn row(&self, columns: &Columns, cells: &[Cell<'_>], out: &mut Vec<u8>) {
        let (mut scratch, mut row) = (String::new(), String::new());
        for cell in cells.iter().take(columns.plain().len()) {
            if cell.is_number() {
                row.push(IS_NUMBER);
            }
            // Nobody reads ten digits.
            let short = match cell {
                Cell::Real(number) => &Cell::Real(format!("{number:.3e}").parse().unwrap_or(*number)),
                cell => cell,
            };
            push(&mut row, short.flat(&mut scratch));
        }
        row.push(ROW_END);
        out.extend_from_slice(row.as_bytes());
    }

    fn waits_for_the_end(&self) -> bool {
        true
    }

    fn lay_out(&self, columns: &Columns, encoded: &str) -> String {
        let rows: Vec<Vec<&str>> =
            encoded.split_terminator(ROW_END).map(|row| row.split_terminator(CELL_END).collect()).collect();
        let mut layouts = vec![Layout::default(); columns.plain().len()];
        for (number, row) in rows.iter().enumerate() {
            for (layout, cell) in layouts.iter_mut().zip(row) {
                layout.see(cell, number == 0);
            }
        }
        for (layout, name) in layouts.iter_mut().zip(columns.plain()) {
            layout.right |= columns.is_right_aligned(name);
        }
        let mut out = String::new();
        for row in rows {
            let start = out.len();
            for (number, (layout, cell)) in layouts.iter().zip(row).enumerate() {
                if number > 0 {
                    out.push_str(GAP);
                }
                layout.write(cell.trim_start_matches(IS_NUMBER), &mut out);
            }
            let end = out[start..].trim_end_matches(' ').len();
            out.truncate(start + end);
            out.push('\n');
        }
        out
    }
}

/// Appends a cell; what would move the cursor becomes a blank.
fn push(row: &mut String, text: &str) {
    row.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
    row.push(CELL_END);
}

#[derive(Debug, Clone)]
struct Layout {
    width: usize,
    /// True where the column stands flush right: all its cells are numbers.
    right: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self { width: 0, right: true }
    }
}

impl Layout {
    fn see(&mut self, cell: &str, is_header: bool) {
        let text = cell.trim_start_matches(IS_NUMBER);
        self.width = self.width.max(text.width().min(WIDEST));
        self.right &= is_header || text.is_empty() || text.len() < cell.len();
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
    use super::*;

    fn shown(columns: &Columns, rows: &[&[Cell<'_>]]) -> String {
        let mut encoded = Vec::new();
        Terminal.header(columns, &mut encoded);
        rows.iter().for_each(|row| Terminal.row(columns, row, &mut encoded));
        Terminal.lay_out(columns, &String::from_utf8(encoded).unwrap())
    }

    #[test]
    fn chinese_takes_two_columns_a_character() {
        let columns = Columns::new(["left", "node", "count"]).right_aligned(&["left"]);
        let rows: [&[Cell<'_>]; 2] = [
            &["省总".into(), "工会".into(), 7_u32.into()],
            &["市a总，".into(), "工会b".into(), 12_u32.into()],
        ];
        insta::assert_snapshot!(shown(&columns, &rows), @r"
           left  node   count
           省总  工会       7
        市a总，  工会b     12
        ");
    }

    #[test]
    fn no_cell_moves_the_cursor_or_breaks_the_line() {
        let columns = Columns::new(["a", "b"]);
        assert_eq!(
            shown(&columns, &[&["x\u{1b}[2J\n".into(), "y\u{1f}z".into()]]),
            "a       b\nx [2J   y z\n"
        );
    }

    #[test]
    fn a_long_cell_is_cut() {
        let columns = Columns::new(["a", "b"]);
        let long = "工".repeat(50);
        let shown = shown(&columns, &[&[long.as_str().into(), "b".into()]]);
        let expected = format!("{}…   b", "工".repeat(35));
        assert_eq!(shown.lines().nth(1), Some(expected.as_str()));
    }
}
