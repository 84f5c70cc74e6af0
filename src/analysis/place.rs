//! Where a row stands: what every table of things found in text begins with.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::page::{Page, Position};
use crate::table::{Column, Row};

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'p> {
    /// The file, as it was named.
    pub file: Cow<'p, str>,
    /// The record's own identifier.
    pub id: Option<Cow<'p, str>>,
    /// The day of issue.
    pub date: Option<Date>,
    /// The number of the page in the issue (版次), as printed.
    pub page: Option<Cow<'p, str>>,
    /// The name of the page (版名).
    pub section: Option<Cow<'p, str>>,
    /// The number of the article in its file or record; 0 for what no article owns.
    pub article: u32,
    /// Its headline.
    pub headline: Option<Cow<'p, str>>,
    /// The line of the file, from 1.
    pub line: u32,
    /// The column of the line, in characters as a reader counts them, from 1.
    pub column: u32,
}

/// What has a place.
pub trait Placed {
    /// Where it stands.
    fn place(&self) -> &Place<'_>;
}

impl<'p> Place<'p> {
    /// The place at `position` in article `index` of `page`, or in what no article owns.
    pub fn of(page: &'p Page, index: Option<usize>, position: Position) -> Self {
        let article = index.and_then(|index| page.articles.get(index));
        Self {
            file: Cow::Borrowed(&page.file),
            id: page.id.as_deref().map(Cow::Borrowed),
            date: page.date_of(index),
            page: page.page_of(index).map(Cow::Borrowed),
            section: page.section_of(index).map(Cow::Borrowed),
            article: article.map_or(0, |article| article.number),
            headline: index.and_then(|index| page.headline(index)).map(Cow::Borrowed),
            line: position.line,
            column: position.column,
        }
    }

    /// The place without its page.
    pub fn into_owned(self) -> Place<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Place {
            file: owned(self.file),
            id: self.id.map(owned),
            page: self.page.map(owned),
            section: self.section.map(owned),
            headline: self.headline.map(owned),
            ..self
        }
    }
}

/// The columns of a table whose rows have a place: those of the place, then `rest`.
pub fn and<R: Row, const N: usize>(rest: [Column<R>; N]) -> Vec<Column<R>>
where
    for<'p> R::At<'p>: Placed,
{
    let place: [Column<R>; 9] = [
        Column::text("file", "The file, as it was named", |row| (&*row.place().file).into()),
        Column::text("id", "The record's own identifier, where the input has records", |row| {
            row.place().id.as_deref().into()
        }),
        Column::date("date", "The day of issue", |row| row.place().date.into()),
        Column::text("page", "The number of the page in the issue (版次), as printed", |row| {
            row.place().page.as_deref().into()
        }),
        Column::text("section", "The name of the page (版名)", |row| row.place().section.as_deref().into()),
        Column::integer(
            "article",
            "The number of the article in its file or record; 0 for what no article owns",
            |row| row.place().article.into(),
        ),
        Column::text("headline", "The headline of the article", |row| row.place().headline.as_deref().into()),
        Column::integer("line", "The line of the file, from 1", |row| row.place().line.into()),
        Column::integer("column", "The character of the line at which it begins, from 1", |row| {
            row.place().column.into()
        }),
    ];
    place.into_iter().chain(rest).collect()
}
