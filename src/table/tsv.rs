//! Tab-separated values without quotes: whatever would break a line is written with a backslash.

use super::format::{Cells, Encode};
use super::{Field, Format};

impl Format {
    /// Tab-separated values; a tab, line end or backslash inside a cell is written `\t`, `\n`, `\r`, `\\`.
    pub const TSV: Self = Self::new(&Tsv);
}

struct Tsv;

impl Encode for Tsv {
    fn name(&self) -> &'static str {
        "tsv"
    }

    fn about(&self) -> &'static str {
        "Tabs between cells, no quotes"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["tsv", "tab"]
    }

    fn header(&self, fields: &[Field], out: &mut Vec<u8>) {
        line(fields.iter().map(Field::name), out, field);
    }

    fn row(&self, cells: &mut Cells<'_>, out: &mut Vec<u8>) {
        let mut scratch = String::new();
        line(cells.map(|(_, cell)| cell), out, |cell, out| field(cell.flat(&mut scratch), out));
    }
}

fn line<T>(cells: impl Iterator<Item = T>, out: &mut Vec<u8>, mut each: impl FnMut(T, &mut Vec<u8>)) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(b'\t');
        }
        each(cell, out);
    }
    out.push(b'\n');
}

fn field(text: &str, out: &mut Vec<u8>) {
    for &byte in text.as_bytes() {
        match byte {
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\\' => out.extend_from_slice(b"\\\\"),
            _ => out.push(byte),
        }
    }
}
