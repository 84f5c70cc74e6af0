//! A table for a text in Markdown (GitHub's, in which tables have pipes).

use super::format::{Cells, Encode};
use super::{Field, Format};

impl Format {
    /// A table for a text in Markdown: every sign that Markdown would take for one of its own is shown as it is.
    pub const MARKDOWN: Self = Self::new(&Markdown);
}

struct Markdown;

impl Encode for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "A table for a text in Markdown"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    /// The lines that make a table of what follows cannot be left out.
    fn has_header(&self) -> bool {
        true
    }

    fn header(&self, fields: &[Field], out: &mut Vec<u8>) {
        line(fields.iter().map(Field::name), out, cell);
        line(fields.iter(), out, |field, out| {
            out.extend_from_slice(if field.is_right_aligned() { b"---:" } else { b"---" });
        });
    }

    fn row(&self, cells: &mut Cells<'_>, out: &mut Vec<u8>) {
        let mut scratch = String::new();
        line(cells.map(|(_, cell)| cell), out, |value, out| cell(value.flat(&mut scratch), out));
    }
}

fn line<T>(cells: impl Iterator<Item = T>, out: &mut Vec<u8>, mut each: impl FnMut(T, &mut Vec<u8>)) {
    out.push(b'|');
    for cell in cells {
        out.push(b' ');
        each(cell, out);
        out.extend_from_slice(b" |");
    }
    out.push(b'\n');
}

fn cell(text: &str, out: &mut Vec<u8>) {
    for &byte in text.as_bytes() {
        match byte {
            b'\n' => out.extend_from_slice(b"<br>"),
            b'\r' => {}
            b'<' => out.extend_from_slice(b"&lt;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'|' | b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'~' => out.extend_from_slice(&[b'\\', byte]),
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::{column, written};
    use crate::table::{Cell, Type};

    #[test]
    fn no_cell_is_markup() {
        let columns = [column(0, "sub_head", Type::Text), column(1, "count", Type::Integer)];
        let rows = [
            vec!["<b>a|b</b>\n*c*".into(), 7_u32.into()],
            vec!["工会 [1] \\ `x` & ~~y~~".into(), Cell::Empty],
        ];
        insta::assert_snapshot!(written(Format::MARKDOWN, &columns, &rows), @r"
        | sub\_head | count |
        | --- | ---: |
        | &lt;b>a\|b&lt;/b><br>\*c\* | 7 |
        | 工会 \[1\] \\ \`x\` &amp; \~\~y\~\~ |  |
        ");
    }
}
