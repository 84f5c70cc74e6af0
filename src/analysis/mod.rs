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
use crate::page::Selection;
use crate::table::{Columns, Rows, Table};
use basis::Basis;

/// What gives a table page by page, in the order of the pages.
pub trait Listing: Sync {
    /// What the table is called.
    const NAME: &'static str;
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
pub trait Analysis: Sync {
    /// What it is called.
    const NAME: &'static str;
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
    type Partial = ();

    fn start(&self) {}

    fn add(&self, _partial: &mut (), _page: &Selection<'_>) {}

    fn merge(&self, _partial: &mut (), _other: ()) {}
}

/// Counts two things in one reading.
impl<A: Analysis, B: Analysis> Analysis for (&A, &B) {
    const NAME: &'static str = "both";
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

/// `value` to so many decimal places.
fn round(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (value * scale).round() / scale
}

#[cfg(test)]
mod laws;
