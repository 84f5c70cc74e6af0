//! Links from row to row in a workbook: from what stands in an article to the article, from there to its page.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxBuildHasher, FxHasher};

use crate::table::{Cell, Field};

/// Rows of one table that others name.
struct Target {
    /// The table whose rows they are.
    table: &'static str,
    /// The columns that name a row, in its table and in others; the link stands in the last.
    key: &'static [&'static str],
}

const TARGETS: [Target; 2] = [
    Target { table: "articles", key: &["file", "id", "article"] },
    Target { table: "pages", key: &["file", "id", "date", "page"] },
];

/// The rows that were written.
#[derive(Default)]
pub(super) struct Links {
    /// Where the rows of each target stand: how many sheets before, and the row, from 0.
    rows: [HashMap<u64, (u32, u32), FxBuildHasher>; TARGETS.len()],
}

/// The columns of a table that name rows.
pub(super) struct Keys {
    /// Where the key of each target stands among the columns.
    keys: [Option<Vec<usize>>; TARGETS.len()],
    /// The target whose table it is.
    own: Option<usize>,
}

impl Keys {
    /// Those of a table.
    pub(super) fn of(table: &str, fields: &[Field]) -> Self {
        let place = |name: &&str| fields.iter().position(|field| field.name() == *name);
        Self {
            keys: TARGETS.map(|target| target.key.iter().map(place).collect()),
            own: TARGETS.iter().position(|target| target.table == table),
        }
    }
}

impl Links {
    /// The columns of a row that lead to other rows, each with where it leads. The row itself stands at `at`.
    pub(super) fn row(&mut self, keys: &Keys, cells: &[Cell<'_>], at: (u32, u32)) -> Vec<(usize, String)> {
        let mut linked = Vec::new();
        let targets = TARGETS.iter().zip(&keys.keys).zip(&mut self.rows).enumerate();
        for (number, ((target, key), rows)) in targets {
            let Some(key) = key else { continue };
            let Some(&shown) = key.last() else { continue };
            let hash = hash(key.iter().filter_map(|&place| cells.get(place)));
            if keys.own == Some(number) {
                rows.entry(hash).or_insert(at);
            } else if let Some((sheet, row)) = rows.get(&hash) {
                linked.push((shown, format!("#'{}'!A{}", sheet_name(target.table, *sheet), row + 1)));
            }
        }
        linked
    }
}

/// The name of a sheet of a table that fills `full` sheets before.
pub(super) fn sheet_name(table: &str, full: u32) -> String {
    match full {
        0 => table.to_owned(),
        full => format!("{table} {}", full + 1),
    }
}

fn hash<'c>(cells: impl Iterator<Item = &'c Cell<'c>>) -> u64 {
    let mut scratch = String::new();
    let texts: Vec<String> = cells.map(|cell| cell.flat(&mut scratch).to_owned()).collect();
    BuildHasherDefault::<FxHasher>::default().hash_one(texts)
}
