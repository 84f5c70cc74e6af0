//! Who and what is named: every mention, every name with how often, and which names stand together.
//!
//! ```
//! use zjgr::analysis::names::{Mentions, Wanted};
//! use zjgr::analysis::listed;
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let page = Reader::default().read(zjgr::Document::of("东海市总工会主席王建国到车间看望职工。"));
//! let table = listed(&Mentions::new(Wanted::default()), &[page], Format::CSV)?;
//! assert!(table.contains(",王建国,person,王建国,主席,"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

pub mod count;
pub mod pairs;

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::Listing;
use super::place::{self, Place, Placed};
use super::scope::Scope;
use crate::name::{self, Finder, Mention, NameType, Scratch};
use crate::page::{Page, Selection, first_characters, last_characters};
use crate::table::{Cell, Column, Columns, Row, Rows};

/// The columns of the table of mentions.
static COLUMNS: LazyLock<Vec<Column<MentionRow>>> = LazyLock::new(|| {
    place::and([
        Column::text("text", "The name as it is printed", |row| (&*row.text).into()),
        Column::text("type", "What it names: person, organisation, place, title, work", |row| {
            row.mention.kind.name().into()
        }),
        Column::text("normal", "The name in full, as the article gives it", |row| {
            (&row.mention.normal).into()
        }),
        Column::list("title", "The titles of a person, here or where the article first names them", |row| {
            titles(row.mention)
        }),
        Column::text("context", "The text around it, 20 characters on either side", |row| {
            (&row.context).into()
        }),
    ])
});

/// How many characters are shown on either side of a mention.
const CONTEXT: usize = 20;

/// Which names a table has.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Wanted {
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// Which types; every type where there is none.
    pub types: Vec<NameType>,
}

/// A mention with where it stands on its page.
#[derive(Debug, Clone)]
pub(super) struct Found {
    mention: Mention,
    /// The part it stands in.
    part: usize,
    /// Where it starts in the text of the page, in bytes.
    offset: usize,
    /// True for one who wrote the article or took its photos.
    is_byline: bool,
}

impl Wanted {
    /// The names of each article that are wanted, in the order of the texts that are searched, with the number of the
    /// article.
    pub(super) fn of(&self, selection: &Selection<'_>) -> Vec<(usize, Vec<Found>)> {
        thread_local!(static SCRATCH: RefCell<Scratch> = RefCell::default());
        let page = selection.page();
        let indices: Vec<usize> = selection.articles().map(|(index, _)| index).collect();
        let parts: Vec<Vec<usize>> = indices
            .iter()
            .map(|&index| self.scope.parts(selection, index).map(|(at, _)| at).collect())
            .collect();
        let texts: Vec<Vec<&str>> =
            parts.iter().map(|parts| parts.iter().map(|&at| page.part_text(at)).collect()).collect();
        let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
        let mentions =
            SCRATCH.with_borrow_mut(|scratch| name::mentions_of_page(Finder::get(), &texts, scratch));
        let wanted = |mention: &Mention| self.types.is_empty() || self.types.contains(&mention.kind);
        let articles = indices.into_iter().zip(&parts).zip(mentions);
        articles
            .map(|((index, parts), mentions)| {
                let found = |mention: Mention| {
                    let part = *parts.get(mention.text)?;
                    let offset = page.parts.get(part)?.range.start + mention.range.start;
                    let is_byline = signs(page, index, &mention);
                    Some(Found { mention, part, offset, is_byline })
                };
                (index, mentions.into_iter().filter(wanted).filter_map(found).collect())
            })
            .collect()
    }
}

/// True for one who wrote article `index` or took its photos, and for what stands before the name there: 本报记者.
fn signs(page: &Page, index: usize, mention: &Mention) -> bool {
    let Some(article) = page.articles.get(index) else { return false };
    let name = &mention.normal;
    match mention.kind {
        NameType::Person => {
            article.bylines.iter().any(|byline| byline.name == *name) || article.photographers.contains(name)
        }
        NameType::Title => {
            article.bylines.iter().any(|byline| !byline.role.is_empty() && name.ends_with(&byline.role))
        }
        _ => false,
    }
}

fn titles(mention: &Mention) -> Cell<'_> {
    Cell::Names(mention.titles.iter().map(|title| Cow::Borrowed(title.as_str())).collect())
}

/// A row of the table of mentions.
#[derive(Debug)]
struct MentionRow<'p> {
    place: Place<'p>,
    text: Cow<'p, str>,
    mention: &'p Mention,
    context: String,
}

impl Row for MentionRow<'static> {
    type At<'p> = MentionRow<'p>;
}

impl Placed for MentionRow<'_> {
    fn place(&self) -> &Place<'_> {
        &self.place
    }
}

/// Every mention of a name, in source order.
#[derive(Debug)]
#[non_exhaustive]
pub struct Mentions {
    /// Which names.
    pub wanted: Wanted,
}

impl Mentions {
    /// Shows the names that are `wanted`.
    pub fn new(wanted: Wanted) -> Self {
        Self { wanted }
    }
}

impl Listing for Mentions {
    const NAME: &'static str = "names";

    fn columns(&self) -> Columns {
        Columns::from(&*COLUMNS)
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let page = selection.page();
        let of_article =
            |(index, found): (usize, Vec<Found>)| found.into_iter().map(move |found| (index, found));
        let mut all: Vec<(usize, Found)> =
            self.wanted.of(selection).into_iter().flat_map(of_article).collect();
        all.sort_by_key(|(_, found)| found.offset);
        let mut cursor = page.cursor();
        for (index, found) in &all {
            let Range { start, end } = found.mention.range;
            let text = page.part_text(found.part);
            let (before, after) = (text.get(..start), text.get(end..));
            let context = [
                last_characters(before.unwrap_or_default(), CONTEXT),
                text.get(start..end).unwrap_or_default(),
                first_characters(after.unwrap_or_default(), CONTEXT),
            ];
            let place = Place::of(page, Some(*index), cursor.position(found.offset));
            let printed = page.printed(found.offset..found.offset + (end - start));
            let row = MentionRow { place, text: printed, mention: &found.mention, context: context.concat() };
            rows.push(&COLUMNS, &row);
        }
    }
}
