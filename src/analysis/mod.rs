//! One file per analysis: its options, a partial that merges, the rows it prints.
//!
//! What gives its rows page by page is a [`Listing`]. What counts is an [`Analysis`]: a page is added to a partial,
//! partials are merged; where a table comes of it, it is a [`Tabulate`] as well. [`crate::run::Corpus`] runs any of
//! them over files and threads.

pub mod articles;
pub mod basis;
pub mod collocates;
pub mod concordance;
pub mod discover;
pub mod figures;
pub mod group;
pub mod keyness;
pub mod layout;
mod ledger;
pub mod lengths;
pub mod lessons;
pub mod names;
pub mod pages;
pub mod partial;
pub mod passages;
pub mod period;
mod pinyin;
pub mod place;
pub mod query;
pub mod reprints;
pub mod rising;
mod sample;
pub mod scope;
pub mod shown;
pub mod slogans;
pub mod stats;
mod tally;
pub mod terms;
pub mod trends;
mod word_places;

use crate::Result;
use crate::page::{Duplicates, Page, Selection};
use crate::table::{Columns, Destination, Format, Memory, Rows, Table};
use basis::Basis;

/// What gives a table page by page, in the order of the pages.
///
/// ```
/// use zjgr::analysis::{Listing, listed};
/// use zjgr::page::{Reader, Selection};
/// use zjgr::table::{Column, Columns, Format, Row, Rows};
///
/// /// A row per headline.
/// struct Headlines;
///
/// struct Headline<'p>(&'p str);
///
/// impl Row for Headline<'static> {
///     type At<'p> = Headline<'p>;
/// }
///
/// static COLUMNS: &[Column<Headline>] = &[Column::text("headline", "The headline", |row| row.0.into())];
///
/// impl Listing for Headlines {
///     const NAME: &'static str = "headlines";
///
///     fn columns(&self) -> Columns {
///         COLUMNS.into()
///     }
///
///     fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
///         for (index, _) in selection.articles() {
///             if let Some(headline) = selection.page().headline(index) {
///                 rows.push(COLUMNS, &Headline(headline));
///             }
///         }
///     }
/// }
///
/// let page = Reader::default().read(zjgr::Document::of("职工有了新家园\n　　昨天上午，东浦机床厂的大楼盖好了。"));
/// assert_eq!(listed(&Headlines, &[page], Format::CSV)?, "headline\n职工有了新家园\n");
/// # Ok::<(), zjgr::Error>(())
/// ```
pub trait Listing: Sync {
    /// What the table is called.
    const NAME: &'static str;
    /// False where it asks of no article who wrote it, who took its pictures and where it came from: pages are then read
    /// without, in less time.
    const ASKS_WHO: bool = true;
    /// The columns of the table.
    fn columns(&self) -> Columns;
    /// Adds the rows of one page.
    fn rows(&self, page: &Selection<'_>, rows: &mut Rows);
    /// The lists that its rows were found with.
    fn basis(&self) -> Basis {
        Basis::default()
    }
}

/// What counts.
///
/// The law: however the pages are dealt out to partials, in whatever order they are added and the partials merged, the
/// result is the same. Threads, and runs on several machines, rest on it.
///
/// ```
/// use zjgr::analysis::Analysis;
/// use zjgr::page::Selection;
/// use zjgr::run::Corpus;
/// use zjgr::source::Inputs;
///
/// /// How many articles there are.
/// struct Articles;
///
/// impl Analysis for Articles {
///     const NAME: &'static str = "how many articles";
///     type Partial = usize;
///
///     fn start(&self) -> usize {
///         0
///     }
///
///     fn add(&self, partial: &mut usize, selection: &Selection<'_>) {
///         *partial += selection.articles().count();
///     }
///
///     fn merge(&self, partial: &mut usize, other: usize) {
///         *partial += other;
///     }
/// }
///
/// let (articles, outcome) = Corpus::new(Inputs::find(["data/pages"], None)).count(&Articles)?;
/// assert!(articles as u64 > outcome.documents);
/// # Ok::<(), zjgr::Error>(())
/// ```
pub trait Analysis: Sync {
    /// What it is called.
    const NAME: &'static str;
    /// As [`Listing::ASKS_WHO`].
    const ASKS_WHO: bool = true;
    /// What was counted in some of the pages.
    type Partial: Send;
    /// A partial that has seen nothing.
    fn start(&self) -> Self::Partial;
    /// Adds a page.
    fn add(&self, partial: &mut Self::Partial, page: &Selection<'_>);
    /// Adds what was counted in other pages.
    fn merge(&self, partial: &mut Self::Partial, other: Self::Partial);
    /// What the numbers rest on that are worked out of `partial`.
    fn basis(&self, _partial: &Self::Partial) -> Basis {
        Basis::default()
    }
}

/// Counts nothing.
impl Analysis for () {
    const NAME: &'static str = "nothing";
    const ASKS_WHO: bool = false;
    type Partial = ();

    fn start(&self) {}

    fn add(&self, _partial: &mut (), _page: &Selection<'_>) {}

    fn merge(&self, _partial: &mut (), _other: ()) {}
}

/// Counts two things in one reading.
impl<A: Analysis, B: Analysis> Analysis for (&A, &B) {
    const NAME: &'static str = "both";
    const ASKS_WHO: bool = A::ASKS_WHO | B::ASKS_WHO;
    type Partial = (A::Partial, B::Partial);

    fn start(&self) -> Self::Partial {
        (self.0.start(), self.1.start())
    }

    fn add(&self, partial: &mut Self::Partial, page: &Selection<'_>) {
        self.0.add(&mut partial.0, page);
        self.1.add(&mut partial.1, page);
    }

    fn merge(&self, partial: &mut Self::Partial, other: Self::Partial) {
        self.0.merge(&mut partial.0, other.0);
        self.1.merge(&mut partial.1, other.1);
    }
}

/// What counts and shows the result as a table.
pub trait Tabulate: Analysis {
    /// The columns of the table. Some have a column for every group or period that was met.
    fn columns(&self, partial: &Self::Partial) -> Columns;
    /// Writes the rows into `table`, which was made for these columns.
    ///
    /// # Errors
    /// Where the table cannot be written, or what was put aside while counting cannot be read again.
    fn rows(&self, partial: &mut Self::Partial, table: &mut Table) -> Result<()>;
}

/// The table that `listing` gives of `pages`, as text: for a few pages in a program of one's own.
/// [`crate::run::Corpus::list`] goes over files.
///
/// ```
/// use zjgr::analysis::{articles::Articles, listed};
/// use zjgr::page::Reader;
/// use zjgr::table::Format;
///
/// let page = Reader::default().read(zjgr::Document::of("职工有了新家园\n　　昨天上午，东浦机床厂的大楼盖好了。"));
/// let table = listed(&Articles::default(), &[page], Format::JSONL)?;
/// assert!(table.contains(r#""headline":"职工有了新家园""#), "{table}");
/// # Ok::<(), zjgr::Error>(())
/// ```
///
/// # Errors
/// None for a format of text.
pub fn listed(listing: &impl Listing, pages: &[Page], format: Format) -> Result<String> {
    let memory = Memory::default();
    let mut table = Table::new(Destination::stream(memory.clone()), format, listing.columns());
    for page in pages {
        let mut rows = table.rows();
        listing.rows(&Selection::all(page, Duplicates::Skip), &mut rows);
        table.append(&rows)?;
    }
    table.finish()?;
    Ok(memory.text())
}

/// The table of what `analysis` counts in `pages`, as text. [`crate::run::Corpus::count`] goes over files.
///
/// ```
/// use zjgr::analysis::{counted, stats::Stats};
/// use zjgr::page::Reader;
/// use zjgr::table::Format;
/// use zjgr::term::{Segmenter, SegmenterOptions};
///
/// let stats = Stats::new(Segmenter::new(SegmenterOptions::default()));
/// let pages = ["职工参加比赛。", "比赛开始，职工到场。"].map(|text| Reader::default().read(zjgr::Document::of(text)));
/// let table = counted(&stats, &pages, Format::CSV)?;
/// assert!(table.starts_with("rank,term,pos,count,"));
/// # Ok::<(), zjgr::Error>(())
/// ```
///
/// # Errors
/// None for a format of text.
pub fn counted<A: Tabulate>(analysis: &A, pages: &[Page], format: Format) -> Result<String> {
    let mut partial = analysis.start();
    pages.iter().for_each(|page| analysis.add(&mut partial, &Selection::all(page, Duplicates::Skip)));
    as_text(analysis, &mut partial, format)
}

/// The table of what was counted, as text.
fn as_text<A: Tabulate>(analysis: &A, partial: &mut A::Partial, format: Format) -> Result<String> {
    let memory = Memory::default();
    let columns = analysis.columns(partial);
    let mut table = Table::new(Destination::stream(memory.clone()), format, columns);
    analysis.rows(partial, &mut table)?;
    table.finish()?;
    Ok(memory.text())
}

/// `value` to so many decimal places.
fn round(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (value * scale).round() / scale
}

#[cfg(test)]
mod laws;
