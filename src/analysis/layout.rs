//! How each line of a page was understood.

use crate::page::{Line, Selection};
use crate::table::{Cell, Rows};

/// The columns of the table.
pub const COLUMNS: &[&str] = &["file", "line", "role", "article", "joins", "duplicate_of", "text"];

/// Adds a row for every line of `selection` that is not blank. Lines that repeat others are always among them:
/// the table is there to show them.
pub fn rows(selection: &Selection<'_>, rows: &mut Rows) {
    let page = selection.page();
    for line in page.lines.iter().filter(|line| selection.has(line.article)) {
        let Line { number, role, article, joins, duplicate_of, .. } = *line;
        let article = article.and_then(|index| page.articles.get(index)).map_or(0, |article| article.number);
        rows.push(&[
            Cell::from(&*page.file),
            number.into(),
            role.name().into(),
            article.into(),
            joins.into(),
            duplicate_of.into(),
            page.line_text(line).into(),
        ]);
    }
}
