//! Around it all: many files, all cores, output in order, one bad page that stops nothing.
//!
//! A [`Corpus`] says what is read and which of it counts. It runs in one of two ways: [`Corpus::in_order`] (and
//! [`Corpus::list`] for tables) hands on what each page gives, in the order of the input; [`Corpus::count`] adds
//! pages up into partials, one a thread, and merges these.

mod feed;
mod filter;
mod joining;
mod leave_out;
mod pipeline;

use std::num::NonZeroUsize;

pub use filter::Filter;
pub use leave_out::LeaveOut;

use crate::analysis::{Analysis, Listing};
use crate::page::Reader;
pub use crate::page::{Duplicates, Selection};
use crate::source::{Finding, Inputs, PassedOver, Provenance, ReadOptions};
use crate::table::Table;
use crate::{Error, Result};

/// What is told to whoever watches a run. Everything is called on the thread that started the run, in the
/// order of the input.
pub trait Watch: Sync {
    /// Something was left out.
    fn problem(&self, _error: &Error) {}
    /// Members of an archive are not read.
    fn passed_over(&self, _members: &[PassedOver]) {}
    /// What a file turned out to be.
    fn found(&self, _file: &str, _finding: &Finding) {}
    /// A document holds so many days, and so many printed pages.
    fn held(&self, _file: &str, _days: usize, _pages: usize) {}
    /// So many bytes of input, as they stand on disk, are done with.
    fn advanced(&self, _bytes: u64) {}
    /// No page was of this newspaper, which the filter asks for.
    fn no_page_of(&self, _newspaper: &str) {}
    /// Of the passages that were to be left out so many were not met.
    fn not_met(&self, _missing: u64, _count: u64) {}
    /// Everything was read, and the table has no row.
    fn nothing_found(&self) {}
    /// The run is over.
    fn finished(&self, _outcome: &Outcome) {}
}

/// Watches nothing.
impl Watch for () {}

/// What a run went over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// How many documents were read.
    pub documents: u64,
    /// How many things that were asked for were left out: files, records, folders that cannot be read.
    pub left_out: u64,
    /// How many tables of earlier runs were passed over.
    pub own_tables: u64,
    /// How many documents were passed over because the filter asks for a date and they have none.
    pub undated: u64,
    /// How many passages were left out since they repeat others.
    pub repeats: u64,
    /// How many characters these have.
    pub repeated_chars: u64,
    /// Which of the newspapers that the filter asks for were met: a bit for each of the first 64.
    pub newspapers: u64,
}

/// What is read, and which of it counts.
#[non_exhaustive]
pub struct Corpus {
    /// The files.
    pub inputs: Inputs,
    /// How they are read.
    pub read: ReadOptions,
    /// What is said of the documents beside their text.
    pub provenance: Provenance,
    /// What understands a page.
    pub reader: Reader,
    /// Which articles count.
    pub filter: Filter,
    /// Passages that do not count, since they were printed before.
    pub leave_out: LeaveOut,
    /// Whether repeated passages count.
    pub duplicates: Duplicates,
    /// Whether stories that go on on another page of the day are joined: pages of one day that follow each other are held
    /// until all are there.
    pub join_pages: bool,
    /// On how many threads to work. The result never depends on it.
    pub threads: NonZeroUsize,
    /// Who is told how it goes.
    pub watch: Box<dyn Watch>,
}

impl Corpus {
    /// Reads `inputs` with every option at its default, on all cores.
    pub fn new(inputs: Inputs) -> Self {
        Self {
            inputs,
            read: ReadOptions::default(),
            provenance: Provenance::default(),
            reader: Reader::default(),
            filter: Filter::default(),
            leave_out: LeaveOut::default(),
            duplicates: Duplicates::default(),
            join_pages: false,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            watch: Box::new(()),
        }
    }

    /// Gives every page to `work`, on any thread, and what comes of it to `sink`, on this one and in order.
    ///
    /// # Errors
    /// The first error of `sink`, which ends the run. What is wrong with a page is no error of the run: it is
    /// told to [`Watch::problem`] and counted.
    pub fn in_order<T: Send>(
        &self,
        work: impl Fn(&Selection<'_>) -> T + Sync,
        mut sink: impl FnMut(T) -> Result<()>,
    ) -> Result<Outcome> {
        let (outcome, _) = pipeline::run(
            self,
            || (),
            Vec::new,
            |(), done: &mut Vec<T>, page| done.push(work(page)),
            |done| done.into_iter().try_for_each(&mut sink),
        )?;
        Ok(outcome)
    }

    /// Adds every page's rows to `table`, in order.
    ///
    /// # Errors
    /// Where the table cannot be written.
    pub fn list(&self, listing: &impl Listing, table: &mut Table) -> Result<Outcome> {
        let empty = table.rows();
        let (outcome, _) = pipeline::run(
            self,
            || (),
            || empty.clone(),
            |(), rows, page| {
                rows.keep(&page.page().document().meta.kept);
                listing.rows(page, rows);
            },
            |rows| table.append(&rows),
        )?;
        Ok(outcome)
    }

    /// Counts every page: one partial a thread, merged at the end. Which page goes into which partial is left open.
    ///
    /// # Errors
    /// None today; what is wrong with a page is told to [`Watch::problem`] and counted.
    pub fn count<A: Analysis>(&self, analysis: &A) -> Result<(A::Partial, Outcome)> {
        let add = |partial: &mut A::Partial, (): &mut (), page: &Selection<'_>| analysis.add(partial, page);
        let (outcome, partials) = pipeline::run(self, || analysis.start(), || (), add, |()| Ok(()))?;
        let mut partials = partials.into_iter();
        let mut whole = partials.next().unwrap_or_else(|| analysis.start());
        partials.for_each(|partial| analysis.merge(&mut whole, partial));
        Ok((whole, outcome))
    }
}
