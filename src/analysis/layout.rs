//! How each line of a page was understood.
//!
//! ```
//! use zjgr::analysis::{layout::Layout, listed};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let page = Reader::default().read(zjgr::Document::of("职工有了新家园\n　　昨天上午，东浦机床厂的大楼盖好了。"));
//! let table = listed(&Layout::default(), &[page], Format::CSV)?;
//! assert!(table.starts_with("file,line,role,article,joins,"));
//! assert!(table.lines().nth(1).is_some_and(|row| row.starts_with(",1,headline,1,0,")), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::sync::LazyLock;

use super::Listing;
use super::place::{Spot, spot_columns};
use crate::page::learn::Explained;
use crate::page::{Line, Page, Reader, Selection};
use crate::table::{Cell, Column, Columns, Row, Rows};

/// The columns of the table.
static COLUMNS: LazyLock<Vec<Column<LineRow>>> = LazyLock::new(|| {
    let spots =
        spot_columns!(LineRow, |row: &LineRow<'_>| Spot::of_line(row.page.document(), row.line.number));
    LINES.iter().cloned().chain(spots).collect()
});

static LINES: &[Column<LineRow>] = &[
    Column::<LineRow>::text("file", "The file, as it was named", |row| (&*row.page.file).into()).ending(),
    Column::integer("line", "The line of the file, from 1", |row| row.line.number.into()),
    Column::text("role", "What the line is: masthead, column, kicker, headline, …", |row| {
        row.line.role.name().into()
    }),
    Column::integer("article", "The number of its article; 0 for what no article owns", |row| {
        row.article().into()
    }),
    Column::boolean("joins", "1 where it continues an earlier line of the same article and role", |row| {
        row.line.joins.into()
    }),
    Column::integer("duplicate_of", "The line where the same text already stood", |row| {
        row.line.duplicate_of.into()
    }),
    Column::decimal("confidence", "How likely the line is what it was taken for, from 0 to 1", |row| {
        Cell::rounded(row.line.confidence)
    }),
    Column::text("text", "The line", |row| row.page.line_text(row.line).into()),
];

/// The columns that say why, behind the others.
static REASONS: &[Column<LineRow>] = &[
    Column::text("state", "Its role, and whether an article begins with it, or it is left open", |row| {
        row.why.map(|why| why.state.as_str()).into()
    }),
    Column::text("rival", "The next likely state", |row| row.why.map(|why| why.rival.as_str()).into()),
    Column::decimal(
        "margin",
        "How much more the state weighs than its rival: the sum of all reasons",
        |row| Cell::rounded(row.why.map(|why| why.reasons.iter().map(|reason| reason.weight).sum())),
    ),
    Column::<LineRow>::list("why", "The reasons that weigh most, each with its weight", |row| {
        let reasons = row.why.into_iter().flat_map(|why| why.reasons.iter().take(MOST_REASONS));
        Cell::Names(reasons.map(|reason| format!("{} {:+.2}", reason.fact, reason.weight).into()).collect())
    })
    .nested(),
];

/// How many reasons are shown.
const MOST_REASONS: usize = 12;

/// The columns of the table with those that say why.
static REASONED: LazyLock<Vec<Column<LineRow>>> =
    LazyLock::new(|| COLUMNS.iter().chain(REASONS).cloned().collect());

/// What a row is about.
#[derive(Debug)]
struct LineRow<'p> {
    page: &'p Page,
    line: &'p Line,
    why: Option<&'p Explained>,
}

impl Row for LineRow<'static> {
    type At<'p> = LineRow<'p>;
}

impl LineRow<'_> {
    fn article(&self) -> u32 {
        let article = self.line.article.and_then(|index| self.page.articles.get(index));
        article.map_or(0, |article| article.number)
    }
}

/// The table of lines: every one that is not blank. Lines that repeat others are always among them: the table is there
/// to show them.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Layout {
    /// Lines of which the reader is surer than this are left out.
    pub max_confidence: Option<f32>,
    /// The reader that says why it takes each line for what it does; none to say nothing.
    pub why: Option<Reader>,
}

impl Layout {
    fn own(&self) -> &'static [Column<LineRow<'static>>] {
        if self.why.is_some() { &REASONED } else { &COLUMNS }
    }
}

impl Listing for Layout {
    const NAME: &'static str = "layout";
    const ASKS_WHO: bool = false;

    fn columns(&self) -> Columns {
        self.own().into()
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let page = selection.page();
        let why = self.why.as_ref().map(|reader| reader.explain(page.document())).unwrap_or_default();
        let doubtful = |line: &&Line| line.confidence.unwrap_or(1.0) <= self.max_confidence.unwrap_or(1.0);
        for line in page.lines.iter().filter(|line| selection.shows(line.article)).filter(doubtful) {
            rows.push(self.own(), &LineRow { page, line, why: why.get(&line.number) });
        }
    }
}
