//! Annotated figures and slogans of pages, and how well a page agrees with them.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use zjgr::analysis::figures::Figures;
use zjgr::analysis::slogans::Slogans;
use zjgr::analysis::{Listing, counted};
use zjgr::figure::{Class, Scanner};
use zjgr::page::{Duplicates, Page, Selection};
use zjgr::slogan::{Lexicon, Overlap, Slogan, SloganFinder};
use zjgr::table::{Destination, Format, Memory, Table};

use super::{f1, squash};

/// A row of a table, its cells by the names of their columns.
type Row = HashMap<String, String>;

/// The fields of a figure that are compared. A whole row has all of them right but what is counted.
pub(crate) const FIELDS: [&str; 6] = ["class", "value", "value_max", "unit", "bound", "object"];

/// What was found of the figures that are annotated.
#[derive(Debug, Default)]
pub(crate) struct FigureScore {
    gold: usize,
    said: usize,
    found: usize,
    whole: usize,
    /// How many of the found figures have each of [`FIELDS`] right.
    right: [usize; FIELDS.len()],
}

impl FigureScore {
    /// F1 of figures, F1 of whole rows, then of the found figures the share that have each of [`FIELDS`] right.
    pub(crate) fn shares(&self) -> [f64; 2 + FIELDS.len()] {
        let right = |at: usize| self.right[at] as f64 / self.found.max(1) as f64;
        std::array::from_fn(|at| match at {
            0 => f1(self.found, self.said, self.gold),
            1 => f1(self.whole, self.said, self.gold),
            at => right(at - 2),
        })
    }

    /// Adds those of `page`, held against the table `gold`.
    pub(crate) fn add(&mut self, page: &Page, gold: &str) {
        let (gold, mut said) = (table(gold), figures_of(page));
        self.gold += gold.len();
        self.said += said.len();
        for wanted in &gold {
            let is_it =
                |row: &Row| row["line"] == wanted["line"] && squash(&row["text"]) == squash(&wanted["text"]);
            let Some(at) = said.iter().position(is_it) else { continue };
            let row = said.remove(at);
            let right = FIELDS.map(|field| agree(field, &wanted[field], &row));
            self.found += 1;
            self.whole += usize::from(right[..5].iter().all(|&right| right));
            self.right.iter_mut().zip(right).for_each(|(count, right)| *count += usize::from(right));
        }
    }
}

/// The figures of every class on `page`, in passages that repeat others too.
fn figures_of(page: &Page) -> Vec<Row> {
    let mut figures = Figures::new(Scanner::new(&[]).unwrap());
    figures.classes = Class::ALL.to_vec();
    let memory = Memory::default();
    let mut written = Table::new(Destination::stream(memory.clone()), Format::TSV, figures.columns());
    let mut rows = written.rows();
    figures.rows(&Selection::all(page, Duplicates::Keep), &mut rows);
    written.append(&rows).unwrap();
    written.finish().unwrap();
    table(&memory.text())
}

fn agree(field: &str, gold: &str, said: &Row) -> bool {
    match field {
        // 2/3 and 1:2 stand in a column of their own.
        "value" if said["value"].is_empty() => is_same_number(gold, &said["ratio"]),
        "value" | "value_max" => is_same_number(gold, &said[field]),
        _ => squash(gold) == squash(&said[field]),
    }
}

/// True where both are the same number, a fraction to four places.
fn is_same_number(a: &str, b: &str) -> bool {
    let number = |text: &str| match text.split_once('/') {
        Some((upper, lower)) => {
            let parts = upper.parse::<Decimal>().ok().zip(lower.parse::<Decimal>().ok());
            parts.and_then(|(upper, lower)| upper.checked_div(lower)).map(|number| number.round_dp(4))
        }
        None => text.parse::<Decimal>().ok(),
    };
    a == b || number(a).is_some_and(|a| number(b) == Some(a))
}

/// Which slogans of the table `gold` are counted otherwise on `page`: their names, with both counts.
pub(crate) fn miscounted_slogans(page: Page, gold: &str) -> Vec<String> {
    let (gold, known) = (table(gold), Lexicon::builtin().unwrap());
    let mut asked = Lexicon::default();
    for row in &gold {
        let slogan = Slogan::parse(&row["slogan"]).unwrap();
        asked.add(known.get(&slogan.name).cloned().unwrap_or(slogan));
    }
    let slogans = Slogans::new(SloganFinder::new(asked, Overlap::Both));
    let said = table(&counted(&slogans, &[page], Format::TSV).unwrap());
    let count = |name: &str| said.iter().find(|row| row["slogan"] == name).map_or("0", |row| &row["count"]);
    let wrong = gold.iter().filter(|row| count(&row["slogan"]) != row["count"]);
    wrong
        .map(|row| format!("{}: {}, counted {}", row["slogan"], row["count"], count(&row["slogan"])))
        .collect()
}

/// The rows of a table with tabs.
fn table(text: &str) -> Vec<Row> {
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned));
    let names: Vec<String> = lines.next().into_iter().flatten().collect();
    lines.map(|cells| names.iter().cloned().zip(cells).collect()).collect()
}

/// The table `ending` that is annotated of the page `name` in `folder`, where there is one.
pub(crate) fn annotated(folder: &Path, name: &str, ending: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    fs::read_to_string(folder.join("gold").join(format!("{name}.{ending}"))).ok()
}
