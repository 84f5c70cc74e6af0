//! Pages of one day held back until all of them are there, so that stories go on over them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;

use super::pipeline::{self, Seen};
use super::{Corpus, Outcome};
use crate::Result;
use crate::page::{Page, Selection};

/// The most pages and bytes of text that are held back: no paper has as many on a day.
const MOST_PAGES: usize = 256;
const MOST_BYTES: usize = 64 << 20;

/// Takes pages in order, and works on those of one paper and day together.
pub(super) struct Joining<'c, S, Product, Work, Sink> {
    corpus: &'c Corpus,
    state: S,
    product: Product,
    work: Work,
    sink: Sink,
    /// The pages of one day that came one after the other.
    day: Vec<Page>,
    bytes: usize,
    seen: Seen,
    faults: u64,
}

impl<'c, S, T, Product, Work, Sink> Joining<'c, S, Product, Work, Sink>
where
    Product: Fn() -> T,
    Work: Fn(&mut S, &mut T, &Selection<'_>),
    Sink: FnMut(T) -> Result<()>,
{
    pub(super) fn new(corpus: &'c Corpus, state: S, product: Product, work: Work, sink: Sink) -> Self {
        let (seen, faults) = (Seen::default(), 0);
        Self { corpus, state, product, work, sink, day: Vec::new(), bytes: 0, seen, faults }
    }

    /// Takes the pages that come next.
    pub(super) fn take(&mut self, pages: Vec<Page>) -> Result<()> {
        for page in pages {
            let is_full = self.day.len() >= MOST_PAGES || self.bytes > MOST_BYTES;
            if is_full || !self.day.first().is_none_or(|first| are_of_one_day(first, &page)) {
                self.work_off()?;
            }
            self.bytes += page.document().text.len();
            self.day.push(page);
        }
        Ok(())
    }

    /// Works on the last pages. Returns what was kept from page to page.
    pub(super) fn finish(mut self, outcome: &mut Outcome) -> Result<S> {
        self.work_off()?;
        self.seen.add_to(outcome);
        outcome.left_out += self.faults;
        Ok(self.state)
    }

    fn work_off(&mut self) -> Result<()> {
        let mut day = std::mem::take(&mut self.day);
        self.bytes = 0;
        self.corpus.reader.join(&mut day);
        for page in &day {
            let mut product = (self.product)();
            let work = || {
                pipeline::choose(self.corpus, page, |selection| {
                    (self.work)(&mut self.state, &mut product, selection);
                })
            };
            // A page that brings out a fault of this program is left out like any other bad page.
            match catch_unwind(AssertUnwindSafe(work)) {
                Ok(seen) => self.seen.add(seen),
                Err(_) => {
                    self.faults += 1;
                    self.corpus.watch.problem(&pipeline::fault().at_path(page.file.as_ref()));
                }
            }
            (self.sink)(product)?;
        }
        Ok(())
    }
}

/// True for pages of one day, unless they say that they are of two papers.
fn are_of_one_day(first: &Page, page: &Page) -> bool {
    let day = |page: &Page| -> Option<Date> { page.date().filter(|_| page.day_count() < 2) };
    let papers = first.newspaper().zip(page.newspaper());
    day(first).is_some_and(|date| day(page) == Some(date)) && papers.is_none_or(|(one, other)| one == other)
}
