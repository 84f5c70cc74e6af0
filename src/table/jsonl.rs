//! One JSON object a line, with numbers as numbers and lists as arrays.

use std::borrow::Cow;
use std::io::Write;

use super::format::{Cells, Encode};
use super::{Cell, Format};

impl Format {
    /// One JSON object a line.
    pub const JSONL: Self = Self::new(&Jsonl);
}

struct Jsonl;

impl Encode for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "A JSON object a row"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn has_nested(&self) -> bool {
        true
    }

    fn row(&self, cells: &mut Cells<'_>, out: &mut Vec<u8>) {
        out.push(b'{');
        for (i, (field, cell)) in cells.enumerate() {
            if i > 0 {
                out.push(b',');
            }
            string(field.name(), out);
            out.push(b':');
            value(&cell, out);
        }
        out.extend_from_slice(b"}\n");
    }
}

fn value(cell: &Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Text(text) => string(text, out),
        // Writing to memory cannot fail.
        Cell::Integer(number) => drop(write!(out, "{number}")),
        Cell::Real(number) if number.is_finite() => drop(write!(out, "{number}")),
        Cell::Empty | Cell::Real(_) => out.extend_from_slice(b"null"),
        Cell::Decimal(number) => drop(write!(out, "{}", number.normalize())),
        Cell::Date(day) => drop(write!(out, "\"{day}\"")),
        Cell::Flag(flag) => drop(write!(out, "{flag}")),
        Cell::Lines(items) | Cell::Names(items) => array(items, out, |item, out| string(item, out)),
        Cell::Credits(pairs) => array(pairs, out, |(role, name): &(Cow<'_, str>, Cow<'_, str>), out| {
            array(&[role, name], out, |item, out| string(item, out));
        }),
    }
}

fn array<T>(items: &[T], out: &mut Vec<u8>, mut each: impl FnMut(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        each(item, out);
    }
    out.push(b']');
}

fn string(text: &str, out: &mut Vec<u8>) {
    // Only a failing writer makes this fail, and memory is none.
    let _ = serde_json::to_writer(out, text);
}
