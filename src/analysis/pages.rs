//! What is printed at the head of a page, and how much stands on it.
//!
//! ```
//! use zjgr::analysis::{listed, pages::Pages};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let page = Reader::default().read(zjgr::Document::of("东浦工人报\n2021年6月12日 星期六\n\n职工有了新家园\n　　昨天上午，东浦机床厂的大楼盖好了。"));
//! let table = listed(&Pages, &[page], Format::CSV)?;
//! assert!(table.contains(",东浦工人报,2021-06-12,"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use super::Listing;
use crate::page::{Masthead, Page, Selection, characters};
use crate::source::DateFrom;
use crate::table::{Column, Columns, Row, Rows};

/// The columns of the table.
static COLUMNS: &[Column<PageRow>] = &[
    Column::<PageRow>::text("file", "The page", |row| (&*row.page.file).into()).ending(),
    Column::text("id", "The record's own identifier, where the input has records", |row| {
        row.page.id.as_deref().into()
    }),
    Column::text("newspaper", "The paper, as its masthead or the record names it", |row| {
        row.page.newspaper_of(row.first).into()
    }),
    Column::date("date", "The day of issue", |row| row.page.date_of(row.first).into()),
    Column::text("page", "The number of the page in the issue (版次), as printed", |row| {
        row.page.page_of(row.first).into()
    }),
    Column::text("section", "The name of the page (版名)", |row| row.page.section_of(row.first).into()),
    Column::text(
        "date_from",
        "What says the day: corrected, set, pattern, record, page, header, path",
        |row| row.page.date_from(row.first).map(DateFrom::name).into(),
    ),
    Column::text("lunar_date", "The lunar date, as printed", |row| {
        row.of_issue(&row.masthead().lunar_date).into()
    }),
    Column::text("weekday", "The weekday, as printed", |row| row.of_issue(&row.masthead().weekday).into()),
    Column::text("issue_number", "The number of the issue, digits only: 11752 for 总第11752号", |row| {
        row.of_issue(&row.masthead().issue_number).into()
    }),
    Column::text("serial_number", "The serial number (刊号): CN33-0018", |row| {
        row.masthead().serial_number.as_deref().into()
    }),
    Column::text("postal_number", "The number for subscribers by post (邮发代号): 31-2", |row| {
        row.masthead().postal_number.as_deref().into()
    }),
    Column::<PageRow>::text("website", "The paper's web address", |row| {
        row.masthead().website.as_deref().into()
    })
    .link(),
    Column::<PageRow>::text("email", "The paper's mail address", |row| {
        row.masthead().email.as_deref().into()
    })
    .link(),
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
struct PageRow<'p> {
    page: &'p Page,
    /// The first article of the printed page; none where the file has no article.
    first: Option<usize>,
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

    /// What is printed beside the day of the masthead, where the row is about that day.
    fn of_issue<'s>(&self, said: &'s Option<String>) -> Option<&'s str> {
        let day = self.page.masthead.date;
        said.as_deref().filter(|_| day.is_none() || self.page.date_of(self.first) == day)
    }
}

/// The table of pages: a row for every printed page in a file, one for each newspaper, day and number of the page. Its
/// characters are those of the articles that count; furniture is not among them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pages;

impl Listing for Pages {
    const NAME: &'static str = "pages";
    const ASKS_WHO: bool = false;

    fn columns(&self) -> Columns {
        COLUMNS.into()
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let sheets = selection.sheets();
        if sheets.is_empty() {
            return row(selection.page(), &[], rows);
        }
        for articles in &sheets {
            row(selection.page(), articles, rows);
        }
    }
}

/// The row of the printed page that `articles` stand on.
fn row(page: &Page, articles: &[usize], rows: &mut Rows) {
    let first = articles.first().copied();
    let mut row = PageRow { page, first, articles: articles.len(), chars: 0, duplicate_chars: 0 };
    for (at, part) in page.parts.iter().enumerate() {
        if !part.article.is_some_and(|article| articles.contains(&article)) {
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
