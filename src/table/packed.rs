//! Rows as typed cells, in few bytes: what formats keep that are written by one thread, cell by cell.

use std::io;

use super::Cell;
use super::format::Cells;
use crate::{ErrorKind, Result};

/// Appends a row.
pub(super) fn push(cells: &mut Cells<'_>, out: &mut Vec<u8>) {
    for (_, cell) in cells {
        let kept = out.len();
        let packed = postcard::to_extend(&cell, std::mem::take(out));
        // Only what has no length beforehand cannot be packed, and every cell has one.
        *out = packed.unwrap_or_default();
        debug_assert!(out.len() > kept, "{cell:?}");
    }
}

/// Calls `each` for every row of `width` cells.
///
/// # Errors
/// The first of `each`, and where `rows` are none.
pub(super) fn each_row<'r>(
    mut rows: &'r [u8],
    width: usize,
    mut each: impl FnMut(&[Cell<'r>]) -> Result<()>,
) -> Result<()> {
    let mut row = Vec::with_capacity(width);
    while !rows.is_empty() {
        row.clear();
        for _ in 0..width {
            let (cell, rest) = postcard::take_from_bytes(rows).map_err(damaged)?;
            row.push(cell);
            rows = rest;
        }
        each(&row)?;
    }
    Ok(())
}

fn damaged(error: postcard::Error) -> ErrorKind {
    let what = format!("rows that were put aside cannot be read again: {error}");
    ErrorKind::Io(io::Error::new(io::ErrorKind::InvalidData, what))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rust_decimal::Decimal;

    use super::*;
    use crate::table::{Field, Type};

    #[test]
    fn rows_come_back_as_they_were() {
        let row = [
            Cell::Empty,
            "工会".into(),
            (-7_i64).into(),
            0.1.into(),
            date(1921, 7, 1).into(),
            Decimal::new(12_345, 3).into(),
            true.into(),
            Cell::Lines(vec!["一".into(), "".into()]),
            Cell::Names(vec!["甲".into()]),
            Cell::Credits(vec![("记者".into(), "乙".into())]),
        ];
        let field = Field::new(Type::Text, "a".into(), "");
        let mut packed = Vec::new();
        for _ in 0..2 {
            push(&mut row.iter().map(|cell| (&field, cell.clone())), &mut packed);
        }
        let mut seen = 0;
        each_row(&packed, row.len(), |cells| {
            assert_eq!(cells, row);
            seen += 1;
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, 2);
        assert!(each_row(&packed[..packed.len() - 1], row.len(), |_| Ok(())).is_err());
    }
}
