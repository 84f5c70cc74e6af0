//! The lines of every page, each with the character at which its text begins: what shows a passage as it is printed, and
//! marks in it what was found.
//!
//! ```
//! use zjgr::analysis::{listed, passages::Passages};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let page = Reader::default().read(zjgr::Document::of("职工有了新家园\n　　昨天上午，东浦机床厂的大楼盖好了。"));
//! let table = listed(&Passages, &[page], Format::CSV)?;
//! assert!(table.starts_with("file,line,begin,article,role,text\n,1,1,1,headline,职工有了新家园\n"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use super::Listing;
use crate::page::{Line, Page, Position, Selection};
use crate::table::{Column, Columns, Row, Rows};

/// The columns of the table.
static COLUMNS: &[Column<PassageRow>] = &[
    Column::<PassageRow>::text("file", "The file, as it was named", |row| (&*row.page.file).into()).ending(),
    Column::integer("line", "The line of the file, from 1", |row| row.position.line.into()),
    Column::integer("begin", "The character of the line at which the text begins, from 1", |row| {
        row.position.column.into()
    }),
    Column::integer("article", "The number of its article; 0 for what no article owns", |row| {
        let article = row.line.article.and_then(|index| row.page.articles.get(index));
        article.map_or(0, |article| article.number).into()
    }),
    Column::text("role", "What the line is", |row| row.line.role.name().into()),
    Column::text("text", "The line", |row| row.page.line_text(row.line).into()),
];

/// What a row is about.
#[derive(Debug)]
struct PassageRow<'p> {
    page: &'p Page,
    line: &'p Line,
    position: Position,
}

impl Row for PassageRow<'static> {
    type At<'p> = PassageRow<'p>;
}

/// The table of the lines of which a page consists, as far as they are of articles that count.
#[derive(Debug, Clone, Copy, Default)]
pub struct Passages;

impl Listing for Passages {
    const NAME: &'static str = "passages";
    const ASKS_WHO: bool = false;

    fn columns(&self) -> Columns {
        COLUMNS.into()
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let page = selection.page();
        let placed = page.lines.iter().zip(page.line_begins());
        for (line, position) in placed.filter(|(line, _)| selection.shows(line.article)) {
            rows.push(COLUMNS, &PassageRow { page, line, position });
        }
    }
}
