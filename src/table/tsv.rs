//! Tab-separated values without quotes: whatever would break a line is written with a backslash.

use super::{Cell, Columns, Encode};

pub(super) struct Tsv;

impl Encode for Tsv {
    fn header(&self, columns: &Columns, out: &mut Vec<u8>) {
        for (i, name) in columns.plain().iter().enumerate() {
            if i > 0 {
                out.push(b'\t');
            }
            field(name, out);
        }
        out.push(b'\n');
    }

    fn row(&self, columns: &Columns, cells: &[Cell<'_>], out: &mut Vec<u8>) {
        let mut scratch = String::new();
        for (i, cell) in cells.iter().take(columns.plain().len()).enumerate() {
            if i > 0 {
                out.push(b'\t');
            }
            field(cell.flat(&mut scratch), out);
        }
        out.push(b'\n');
    }
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
