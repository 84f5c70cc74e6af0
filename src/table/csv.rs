//! Comma-separated values (RFC 4180), plain or for a spreadsheet.

use super::format::{Cells, Encode};
use super::{Field, Format};

impl Format {
    /// Comma-separated values as in RFC 4180, in UTF-8, lines ended by LF.
    pub const CSV: Self = Self::new(&Csv { excel: false });

    /// Comma-separated values that a spreadsheet opens without a question: a byte order mark, CRLF, and a quote before
    /// every cell that it would run as a formula.
    pub const EXCEL: Self = Self::new(&Csv { excel: true });
}

struct Csv {
    /// Write for a program that guesses: a byte order mark, CRLF, no formulas.
    excel: bool,
}

impl Csv {
    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.excel { b"\r\n" } else { b"\n" });
    }

    /// What stands before `text`, so that no spreadsheet runs it.
    fn guard(&self, text: &str) -> &'static str {
        if self.excel && would_run(text) { "'" } else { "" }
    }
}

impl Encode for Csv {
    fn name(&self) -> &'static str {
        if self.excel { "excel" } else { "csv" }
    }

    fn about(&self) -> &'static str {
        "UTF-8, RFC 4180, a header line"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn for_spreadsheet(&self) -> Option<Format> {
        Some(Format::EXCEL)
    }

    fn header(&self, fields: &[Field], out: &mut Vec<u8>) {
        if self.excel {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
        for (i, column) in fields.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            field(column.name(), self.guard(column.name()), out);
        }
        self.end(out);
    }

    fn row(&self, cells: &mut Cells<'_>, out: &mut Vec<u8>) {
        let mut scratch = String::new();
        let start = out.len();
        for (i, (_, cell)) in cells.enumerate() {
            if i > 0 {
                out.push(b',');
            }
            if cell.push_number(out) {
                continue;
            }
            let text = cell.flat(&mut scratch);
            field(text, if cell.is_number() { "" } else { self.guard(text) }, out);
        }
        // A row of one empty cell must not look like no row at all.
        if out.len() == start {
            out.extend_from_slice(b"\"\"");
        }
        self.end(out);
    }
}

/// Appends one field, `guard` before it, quoted where it must be.
fn field(text: &str, guard: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    // Most fields are short: all bytes at once costs less than a search that could stop early.
    let quoted = bytes.iter().fold(false, |quoted, b| quoted | matches!(b, b',' | b'"' | b'\n' | b'\r'));
    if !quoted {
        out.extend_from_slice(guard.as_bytes());
        out.extend_from_slice(bytes);
        return;
    }
    out.push(b'"');
    out.extend_from_slice(guard.as_bytes());
    let mut rest = 0;
    for at in memchr::memchr_iter(b'"', bytes) {
        out.extend_from_slice(&bytes[rest..=at]);
        out.push(b'"');
        rest = at + 1;
    }
    out.extend_from_slice(&bytes[rest..]);
    out.push(b'"');
}

/// True for text that a spreadsheet would take for a formula: it opens with a sign that starts one, in its
/// ASCII or full-width form, and is no plain number such as `-3.5`.
fn would_run(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && !text.strip_prefix(['+', '-']).is_some_and(is_plain_number)
}

fn is_plain_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
        && text.matches('.').count() <= 1
}
