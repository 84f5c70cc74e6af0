//! What is printed at the head of a page, and how much stands on it.

use super::Listing;
use crate::page::{Masthead, Page, Selection, characters};
use crate::table::{Column, Columns, Row, Rows};

/// The columns of the table.
pub static COLUMNS: &[Column<PageRow>] = &[
    Column::text("file", "The page", |row| (&*row.page.file).into()),
    Column::text("id", "The record's own identifier, where the input has records", |row| {
        row.page.id.as_deref().into()
    }),
    Column::text("newspaper", "The paper, as its masthead or the record names it", |row| {
        row.page.newspaper().into()
    }),
    Column::date("date", "The day of issue", |row| row.page.date().into()),
    Column::text("page", "The number of the page in the issue (版次), as printed", |row| {
        row.page.page_of(None).into()
    }),
    Column::text("section", "The name of the page (版名)", |row| row.page.section_of(None).into()),
    Column::text("lunar_date", "The lunar date, as printed", |row| {
        row.masthead().lunar_date.as_deref().into()
    }),
    Column::text("weekday", "The weekday, as printed", |row| row.masthead().weekday.as_deref().into()),
    Column::text("issue_number", "The number of the issue, digits only: 11752 for 总第11752号", |row| {
        row.masthead().issue_number.as_deref().into()
    }),
    Column::text("serial_number", "The serial number (刊号): CN33-0018", |row| {
        row.masthead().serial_number.as_deref().into()
    }),
    Column::text("postal_number", "The number for subscribers by post (邮发代号): 31-2", |row| {
        row.masthead().postal_number.as_deref().into()
    }),
    Column::text("website", "The paper's web address", |row| row.masthead().website.as_deref().into()),
    Column::text("email", "The paper's mail address", |row| row.masthead().email.as_deref().into()),
    Column::integer("articles", "How many articles stand on the page", |row| row.articles.into()),
    Column::<PageRow>::integer(
        "chars",
        "How many characters they have, headlines included, repeated passages left out",
        |row| row.chars.into(),
    )
    .in_unit("characters"),
    Column::<PageRow>::integer("duplicate_chars", "How many characters the repeated passages have", |row| {
        row.duplicate_chars.into()
    })
    .in_unit("characters"),
];

/// What a row is about.
#[derive(Debug)]
pub struct PageRow<'p> {
    page: &'p Page,
    articles: usize,
    chars: usize,
    duplicate_chars: usize,
}

impl Row for PageRow<'static> {
    type At<'p> = PageRow<'p>;
}

impl PageRow<'_> {
    fn masthead(&self) -> &Masthead {
        &self.page.masthead
    }
}

/// The table of pages. The characters of a page are those of the articles that count; furniture is not among them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pages;

impl Listing for Pages {
    const NAME: &'static str = "pages";

    fn columns(&self) -> Columns {
        COLUMNS.into()
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let page = selection.page();
        let mut row = PageRow { page, articles: selection.articles().count(), chars: 0, duplicate_chars: 0 };
        for (at, part) in page.parts.iter().enumerate() {
            if part.article.is_none() || !selection.has(part.article) {
                continue;
            }
            let count = characters(page.part_text(at));
            if part.duplicate_of.is_some() {
                row.duplicate_chars += count;
            } else {
                row.chars += count;
            }
        }
        rows.push(COLUMNS, &row);
    }
}
