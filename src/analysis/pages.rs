//! What is printed at the head of a page, and how much stands on it.

use crate::page::{Selection, characters};
use crate::table::{Cell, Rows};

/// The columns of the table.
pub const COLUMNS: &[&str] = &[
    "file",
    "newspaper",
    "date",
    "lunar_date",
    "weekday",
    "issue_number",
    "serial_number",
    "postal_number",
    "website",
    "email",
    "articles",
    "chars",
    "duplicate_chars",
];

/// Adds the row of one page. Its characters are those of the articles that count; furniture is not among them.
pub fn rows(selection: &Selection<'_>, rows: &mut Rows) {
    let page = selection.page();
    let masthead = &page.masthead;
    let (mut chars, mut duplicate_chars) = (0, 0);
    for (at, part) in page.parts.iter().enumerate() {
        if part.article.is_none() || !selection.has(part.article) {
            continue;
        }
        let count = characters(page.part_text(at));
        if part.duplicate_of.is_some() {
            duplicate_chars += count;
        } else {
            chars += count;
        }
    }
    rows.push(&[
        Cell::from(&*page.file),
        page.newspaper().into(),
        page.date().into(),
        masthead.lunar_date.as_deref().into(),
        masthead.weekday.as_deref().into(),
        masthead.issue_number.as_deref().into(),
        masthead.serial_number.as_deref().into(),
        masthead.postal_number.as_deref().into(),
        masthead.website.as_deref().into(),
        masthead.email.as_deref().into(),
        selection.articles().count().into(),
        chars.into(),
        duplicate_chars.into(),
    ]);
}
