//! Around it all: many files, all cores, output in order, one bad page that stops nothing.
//!
//! A [`Corpus`] says what is read and which of it counts. [`Corpus::run`] runs any analysis over it, and any number of
//! listings with it; [`Corpus::list`] and [`Corpus::count`] are short for one of these alone. [`Corpus::in_order`] hands on
//! whatever a function of one's own makes of each page.

mod feed;
mod filter;
mod joining;
mod leave_out;
mod pipeline;

use std::borrow::BorrowMut;
use std::fmt;
use std::num::NonZeroUsize;

pub use filter::Filter;
pub use leave_out::LeaveOut;

use crate::analysis::basis::Basis;
use crate::analysis::{Analysis, Listing};
use crate::page::Reader;
pub use crate::page::{Duplicates, Selection};
use crate::source::{Finding, Inputs, PassedOver, Provenance, ReadOptions};
use crate::table::{Rows, Table};
use crate::{Error, Result};

/// What is told to whoever watches a run. Everything is called on the thread that started the run, in the
/// order of the input.
///
/// ```
/// use zjgr::run::{Corpus, Outcome, Watch};
/// use zjgr::source::Inputs;
///
/// struct Tell;
///
/// impl Watch for Tell {
///     fn problem(&self, error: &zjgr::Error) {
///         eprintln!("{error}");
///     }
///     fn finished(&self, outcome: &Outcome) {
///         eprintln!("{} pages", outcome.documents);
///     }
/// }
///
/// let mut corpus = Corpus::new(Inputs::find(["data/pages"], None));
/// corpus.watch = Box::new(Tell);
/// ```
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
    /// No record says anything in this field, which the user names.
    fn no_record_has(&self, _field: &str) {}
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
    /// Which of the fields of records that are named any record had: a bit for each of the first 64.
    pub fields: u64,
}

/// What is read, and which of it counts.
///
/// ```
/// use zjgr::run::Corpus;
/// use zjgr::source::Inputs;
///
/// let mut corpus = Corpus::new(Inputs::find(["data/pages"], None));
/// corpus.filter.since = Some("2023-01-01".parse()?);
/// let mut files = Vec::new();
/// let outcome = corpus.in_order(
///     |selection| selection.page().file.clone(),
///     |file| {
///         files.push(file);
///         Ok(())
///     },
/// )?;
/// assert!(!files.is_empty() && (files.len() as u64) < outcome.documents);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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

/// A listing, whichever it is.
trait Given: Sync {
    fn name(&self) -> &'static str;
    fn asks_who(&self) -> bool;
    fn basis(&self) -> Basis;
    fn rows(&self, page: &Selection<'_>, rows: &mut Rows);
}

impl<L: Listing> Given for L {
    fn name(&self) -> &'static str {
        L::NAME
    }

    fn asks_who(&self) -> bool {
        L::ASKS_WHO
    }

    fn basis(&self) -> Basis {
        Listing::basis(self)
    }

    fn rows(&self, page: &Selection<'_>, rows: &mut Rows) {
        Listing::rows(self, page, rows);
    }
}

/// A table that is written page by page while a corpus is read: its own, or one that is lent.
pub struct Listed<'l, T = Table> {
    listing: &'l dyn Given,
    table: T,
}

impl<'l, T: BorrowMut<Table>> Listed<'l, T> {
    /// The rows of `listing`, into `table`, which was made for its columns.
    pub fn new(listing: &'l impl Listing, table: T) -> Self {
        Self { listing, table }
    }

    /// What the table is called.
    pub fn name(&self) -> &'static str {
        self.listing.name()
    }

    /// The lists that its rows are found with.
    pub fn basis(&self) -> Basis {
        self.listing.basis()
    }
}

impl Listed<'_> {
    /// Ends the table.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(self) -> Result<()> {
        self.table.finish()
    }
}

impl<T> fmt::Debug for Listed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listed").field("name", &self.listing.name()).finish_non_exhaustive()
    }
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
            self.reader.clone(),
            || (),
            Vec::new,
            |(), done: &mut Vec<T>, page| done.push(work(page)),
            |done| done.into_iter().try_for_each(&mut sink),
        )?;
        Ok(outcome)
    }

    /// Adds every page's rows to `table`, in order.
    ///
    /// ```
    /// use zjgr::analysis::Listing;
    /// use zjgr::analysis::figures::Figures;
    /// use zjgr::figure::Scanner;
    /// use zjgr::run::Corpus;
    /// use zjgr::source::Inputs;
    /// use zjgr::table::{Destination, Format, Memory, Table};
    ///
    /// let corpus = Corpus::new(Inputs::find(["data/pages/zhezhong-2023-03-15-p2.txt"], None));
    /// let (figures, memory) = (Figures::new(Scanner::new(&[])?), Memory::default());
    /// let mut table = Table::new(Destination::stream(memory.clone()), Format::CSV, figures.columns());
    /// corpus.list(&figures, &mut table)?;
    /// table.finish()?;
    /// assert!(memory.text().contains("4127万元"));
    /// # Ok::<(), zjgr::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the table cannot be written.
    pub fn list(&self, listing: &impl Listing, table: &mut Table) -> Result<Outcome> {
        let ((), outcome) = self.run(&(), &mut [Listed::new(listing, table)])?;
        Ok(outcome)
    }

    /// Counts every page: one partial a thread, merged at the end. Which page goes into which partial is left open.
    ///
    /// ```
    /// use zjgr::analysis::names::{Wanted, count::Names};
    /// use zjgr::run::Corpus;
    /// use zjgr::source::Inputs;
    ///
    /// let corpus = Corpus::new(Inputs::find(["data/pages/zhezhong-2023-03-15-p2.txt"], None));
    /// let (_counts, outcome) = corpus.count(&Names::new(Wanted::default()))?;
    /// assert_eq!((outcome.documents, outcome.left_out), (1, 0));
    /// # Ok::<(), zjgr::Error>(())
    /// ```
    ///
    /// # Errors
    /// None today; what is wrong with a page is told to [`Watch::problem`] and counted.
    pub fn count<A: Analysis>(&self, analysis: &A) -> Result<(A::Partial, Outcome)> {
        self.run::<A, Table>(analysis, &mut [])
    }

    /// Reads every page once, and runs any analysis over it: what counts (which may be `()`, or two of them) into one partial a
    /// thread, merged at the end; what lists into the tables of `listed`, the rows of a page behind those of the page before.
    ///
    /// ```
    /// use zjgr::analysis::Listing;
    /// use zjgr::analysis::names::{Wanted, count::Names};
    /// use zjgr::analysis::pages::Pages;
    /// use zjgr::run::{Corpus, Listed};
    /// use zjgr::source::Inputs;
    /// use zjgr::table::{Destination, Format, Memory, Table};
    ///
    /// let memory = Memory::default();
    /// let table = Table::new(Destination::stream(memory.clone()), Format::CSV, Pages.columns());
    /// let mut pages = Listed::new(&Pages, table);
    /// let corpus = Corpus::new(Inputs::find(["data/pages"], None));
    /// let (_counts, outcome) = corpus.run(&Names::new(Wanted::default()), std::slice::from_mut(&mut pages))?;
    /// pages.finish()?;
    /// assert!(memory.text().lines().count() as u64 > outcome.documents);
    /// # Ok::<(), zjgr::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where a table cannot be written.
    pub fn run<A: Analysis, T: BorrowMut<Table>>(
        &self,
        analysis: &A,
        listed: &mut [Listed<'_, T>],
    ) -> Result<(A::Partial, Outcome)> {
        let (listings, mut tables): (Vec<_>, Vec<&mut Table>) =
            listed.iter_mut().map(|listed| (listed.listing, listed.table.borrow_mut())).unzip();
        let who = A::ASKS_WHO | listings.iter().any(|listing| listing.asks_who());
        let empty: Vec<Rows> = tables.iter().map(|table| table.rows()).collect();
        let (outcome, partials) = pipeline::run(
            self,
            self.reader.clone().that_asks_who(who),
            || analysis.start(),
            || empty.clone(),
            |partial, rows, page| {
                analysis.add(partial, page);
                for (rows, listing) in rows.iter_mut().zip(&listings) {
                    rows.keep(&page.page().document().meta.kept);
                    listing.rows(page, rows);
                }
            },
            |rows| tables.iter_mut().zip(&rows).try_for_each(|(table, rows)| table.append(rows)),
        )?;
        Ok((merged(analysis, partials), outcome))
    }
}

/// What all threads counted.
fn merged<A: Analysis>(analysis: &A, partials: Vec<A::Partial>) -> A::Partial {
    let mut partials = partials.into_iter();
    let mut whole = partials.next().unwrap_or_else(|| analysis.start());
    partials.for_each(|partial| analysis.merge(&mut whole, partial));
    whole
}
