//! How each line of a page was understood.

use std::sync::LazyLock;

use super::Listing;
use super::place::{Spot, spot_columns};
use crate::page::{Line, Page, Selection};
use crate::table::{Column, Columns, Row, Rows};

/// The columns of the table.
static COLUMNS: LazyLock<Vec<Column<LineRow>>> = LazyLock::new(|| {
    let spots = spot_columns!(LineRow, |row: &LineRow<'_>| Spot::of_line(row.page, row.line.number));
    LINES.iter().cloned().chain(spots).collect()
});

static LINES: &[Column<LineRow>] = &[
    Column::text("file", "The file, as it was named", |row| (&*row.page.file).into()),
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
        crate::table::Cell::rounded(row.line.confidence)
    }),
    Column::text("text", "The line", |row| row.page.line_text(row.line).into()),
];

/// What a row is about.
#[derive(Debug)]
struct LineRow<'p> {
    page: &'p Page,
    line: &'p Line,
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
#[derive(Debug, Clone, Copy, Default)]
pub struct Layout;

impl Listing for Layout {
    const NAME: &'static str = "layout";

    fn columns(&self) -> Columns {
        (&*COLUMNS).into()
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let page = selection.page();
        for line in page.lines.iter().filter(|line| selection.has(line.article)) {
            rows.push(&COLUMNS, &LineRow { page, line });
        }
    }
}
