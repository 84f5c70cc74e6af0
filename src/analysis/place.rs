//! Where a row stands: what every table of things found in text begins with.
//!
//! ```
//! use zjgr::analysis::place::Place;
//! use zjgr::page::Reader;
//!
//! let page = Reader::default().read(zjgr::Document::of("职工有了新家园\n　　昨天上午，东浦机床厂的大楼盖好了。"));
//! let at = page.text().find("机床厂").unwrap();
//! let place = Place::of(&page, Some(0), page.position(at));
//! assert_eq!((place.headline.as_deref(), place.line, place.column), (Some("职工有了新家园"), 2, 10));
//! ```

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::page::{Leaf, Page, Position};
use crate::source::{Area, Document, Placement};
use crate::table::{Cell, Column, Row};

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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
    /// Where the line stands on the picture of its page, where the file tells.
    pub spot: Option<Spot>,
}

/// A place on the picture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// Which page of the file it is on, from 1.
    pub sheet: u32,
    /// Its left edge, upper edge, width and height: in pixels of the image, or points of a PDF.
    pub area: [i64; 4],
    /// How sure the OCR program is of the text there, in hundredths.
    pub confidence: Option<u8>,
}

impl Spot {
    /// Where line `number` of the file stands.
    pub fn of_line(document: &Document, number: u32) -> Option<Self> {
        Self::around(placement(document, number))
    }

    /// What lies around the lines of article `index`, as far as they stand on the page of the file that it begins on.
    pub fn of_article(page: &Page, index: usize) -> Option<Self> {
        let (first, last) = page.articles.get(index)?.lines;
        let from = page.lines.partition_point(|line| line.number < first);
        let lines = page.lines.get(from..)?.iter().take_while(|line| line.number <= last);
        let own = lines.filter(|line| line.article == Some(index));
        Self::around(own.filter_map(|line| placement(page.document(), line.number)))
    }

    fn around<'p>(lines: impl IntoIterator<Item = &'p Placement>) -> Option<Self> {
        let mut lines = lines.into_iter().peekable();
        let sheet = lines.peek()?.sheet;
        let (mut area, mut sure) = (None::<Area>, (0.0, 0.0));
        for line in lines.filter(|line| line.sheet == sheet) {
            area = Some(area.map_or(line.area, |area| area.with(line.area)));
            let weight = line.area.width.max(1.0);
            sure = line.confidence.map_or(sure, |value| (sure.0 + value * weight, sure.1 + weight));
        }
        let area = area?;
        let confidence = (sure.1 > 0.0).then(|| (sure.0 / sure.1 * 100.0).round() as u8);
        let area = [area.x, area.y, area.width, area.height].map(|edge| edge.round() as i64);
        Some(Self { sheet, area, confidence })
    }
}

fn placement(document: &Document, number: u32) -> Option<&Placement> {
    let at = number.checked_sub(document.first_line)?;
    document.placements.get(at as usize).filter(|placement| placement.sheet > 0)
}

/// The columns that say where on the picture of its page a row stands: left out unless they are asked for. `spot` tells
/// the place of a row.
macro_rules! spot_columns {
    ($row:ty, $spot:expr) => {
        [
            $crate::table::Column::<$row>::integer("sheet", "Which page of the file it is on, from 1", |row| {
                ($spot)(row).map(|spot: $crate::analysis::place::Spot| spot.sheet).into()
            })
            .optional(),
            $crate::table::Column::<$row>::text(
                "box",
                "Where on that page: left edge, upper edge, width, height, in pixels of the image or points of a PDF",
                |row| ($spot)(row).map_or($crate::table::Cell::Empty, |spot| spot.shown()),
            )
            .optional(),
            $crate::table::Column::<$row>::decimal(
                "ocr_confidence",
                "How sure the OCR program is of the text there, from 0 to 1",
                |row| ($spot)(row).map_or($crate::table::Cell::Empty, |spot| spot.sure()),
            )
            .optional(),
        ]
    };
}
pub(crate) use spot_columns;

impl Spot {
    pub(crate) fn shown(self) -> Cell<'static> {
        Cell::Text(self.area.map(|edge| edge.to_string()).join(",").into())
    }

    pub(crate) fn sure(self) -> Cell<'static> {
        self.confidence.map_or(Cell::Empty, |hundredths| Cell::Real(f64::from(hundredths) / 100.0))
    }
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
        let own = Self {
            file: Cow::Borrowed(&page.file),
            id: page.id.as_deref().map(Cow::Borrowed),
            date: page.date_of(index),
            page: page.page_of(index).map(Cow::Borrowed),
            section: page.section_of(index).map(Cow::Borrowed),
            article: article.map_or(0, |article| article.number),
            headline: index.and_then(|index| page.headline(index)).map(Cow::Borrowed),
            line: position.line,
            column: position.column,
            spot: None,
        };
        match page.leaf(position.leaf) {
            Some(leaf) => own.on(leaf),
            None => Self { spot: Spot::of_line(page.document(), position.line), ..own },
        }
    }

    /// The same place on another page, which the article goes on on.
    fn on(self, leaf: &'p Leaf) -> Self {
        let document = leaf.document();
        let said = |text: &'p Option<String>| text.as_deref().map(Cow::Borrowed);
        Self {
            file: Cow::Borrowed(&document.file),
            id: said(&document.meta.id),
            page: said(&document.meta.page),
            section: said(&document.meta.section),
            article: leaf.article(),
            spot: Spot::of_line(document, self.line),
            ..self
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

/// The columns of a table whose rows have a place: those of the place, then `rest`, and last where on the picture of
/// its page that is.
pub fn and<R: Row, const N: usize>(rest: [Column<R>; N]) -> Vec<Column<R>>
where
    for<'p> R::At<'p>: Placed,
{
    let place: [Column<R>; 9] = [
        Column::<R>::text("file", "The file, as it was named", |row| (&*row.place().file).into()).ending(),
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
    let spots: [Column<R>; 3] = spot_columns!(R, |row: &R::At<'_>| row.place().spot);
    place.into_iter().chain(rest).chain(spots).collect()
}
