//! The one loop under every run: workers take jobs in order, and what they make of them is handed on in order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;

use super::feed::{Feed, Job, Key};
use super::filter::Verdict;
use super::joining::Joining;
use super::{Corpus, Outcome};
use crate::page::{Page, Reader, Selection};
use crate::source::{Buffers, Chunk, Document, Finding, Opened, PassedOver};
use crate::{Error, ErrorKind, Result, layout};

/// Input for which another thread is worth starting, in bytes: less is understood before it runs.
const WORTH_A_THREAD: u64 = 1 << 17;

/// More threads than this never were of use, and each costs memory.
const MOST_THREADS: usize = 256;

/// What a worker made of one job.
struct Done<T> {
    key: Key,
    /// The file or the member of an archive that it is about.
    name: Arc<str>,
    /// True where the file is at its end, so that the next job is the first of the next file.
    ends_file: bool,
    /// How far this brings the run, in bytes of input as they stand on disk.
    bytes: u64,
    product: T,
    problems: Vec<Error>,
    passed_over: Vec<PassedOver>,
    finding: Option<Finding>,
    documents: u64,
    tally: Seen,
    /// How many days and pages each document holds that has several.
    held: Vec<(usize, usize)>,
}

/// What was seen of documents.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// Of how many the filter asks for a day, which they do not have.
    undated: u64,
    /// How many passages repeat others, and how many characters these have.
    repeats: (u64, u64),
    /// Which of the newspapers that the filter asks for they are of, a bit for each.
    newspapers: u64,
    /// Which of the fields of records that are named any has, a bit for each.
    fields: u64,
}

impl Seen {
    pub(super) fn add_to(self, outcome: &mut Outcome) {
        outcome.undated += self.undated;
        outcome.repeats += self.repeats.0;
        outcome.repeated_chars += self.repeats.1;
        outcome.newspapers |= self.newspapers;
        outcome.fields |= self.fields;
    }

    pub(super) fn add(&mut self, other: Self) {
        self.undated += other.undated;
        self.repeats = (self.repeats.0 + other.repeats.0, self.repeats.1 + other.repeats.1);
        self.newspapers |= other.newspapers;
        self.fields |= other.fields;
    }
}

/// The functions of a run, as the workers share them.
struct Plan<'r, State, Product, Work> {
    corpus: &'r Corpus,
    reader: Reader,
    feed: Feed,
    state: State,
    product: Product,
    work: Work,
}

/// Runs `work` over every page of `corpus`: `state` makes what a worker keeps from page to page, `product` what
/// it fills anew for each job and `sink` is given in order. Returns the states of all workers.
pub(super) fn run<S: Send, T: Send>(
    corpus: &Corpus,
    reader: Reader,
    state: impl Fn() -> S + Sync,
    product: impl Fn() -> T + Sync,
    work: impl Fn(&mut S, &mut T, &Selection<'_>) + Sync,
    sink: impl FnMut(T) -> Result<()>,
) -> Result<(Outcome, Vec<S>)> {
    let mut outcome = Outcome::default();
    for error in &corpus.inputs.errors {
        corpus.watch.problem(error);
        outcome.left_out += 1;
    }
    let states = match corpus.join_pages {
        true => {
            let mut joining = Joining::new(corpus, state(), product, work, sink);
            let keep = |(): &mut (), pages: &mut Vec<Page>, page: Page| {
                pages.push(page);
                (None, Seen::default())
            };
            each_page(corpus, reader, &mut outcome, || (), Vec::new, keep, |pages| joining.take(pages))?;
            vec![joining.finish(&mut outcome)?]
        }
        false => {
            let choose = |state: &mut S, product: &mut T, page: Page| {
                let seen = choose(corpus, &page, |selection| work(state, product, selection));
                (Some(page.into_document()), seen)
            };
            each_page(corpus, reader, &mut outcome, state, product, choose, sink)?
        }
    };
    if outcome.documents > 0 {
        let asked = corpus.filter.newspapers.iter().zip(0..u64::BITS);
        let missing = asked.filter(|(_, bit)| outcome.newspapers >> bit & 1 == 0);
        missing.for_each(|(newspaper, _)| corpus.watch.no_page_of(newspaper));
        let named = corpus.read.fields.named().into_iter().zip(0..u64::BITS);
        let missing = named.filter(|(_, bit)| outcome.fields >> bit & 1 == 0);
        missing.for_each(|(field, _)| corpus.watch.no_record_has(field));
    }
    let (count, met) = (corpus.leave_out.count(), corpus.leave_out.met());
    if met < count {
        corpus.watch.not_met(count - met, count);
    }
    corpus.watch.finished(&outcome);
    Ok((outcome, states))
}

/// Hands on every page as it was understood.
fn each_page<S: Send, T: Send>(
    corpus: &Corpus,
    reader: Reader,
    outcome: &mut Outcome,
    state: impl Fn() -> S + Sync,
    product: impl Fn() -> T + Sync,
    work: impl Fn(&mut S, &mut T, Page) -> (Option<Document>, Seen) + Sync,
    mut sink: impl FnMut(T) -> Result<()>,
) -> Result<Vec<S>> {
    let threads = threads_worth_starting(corpus);
    let sizes = corpus.inputs.files.iter().map(|file| file.size.unwrap_or_default()).collect();
    let plan = Plan { corpus, reader, feed: Feed::new(sizes, threads), state, product, work };
    let mut hand_on = |done: Done<T>| {
        if let Some(finding) = &done.finding {
            corpus.watch.found(&done.name, finding);
        }
        for &(days, pages) in &done.held {
            corpus.watch.held(&done.name, days, pages);
        }
        corpus.watch.passed_over(&done.passed_over);
        for error in &done.problems {
            corpus.watch.problem(error);
        }
        let own_tables =
            done.problems.iter().filter(|error| matches!(error.kind, ErrorKind::OwnTable)).count();
        outcome.own_tables += own_tables as u64;
        outcome.left_out += (done.problems.len() - own_tables) as u64;
        outcome.documents += done.documents;
        done.tally.add_to(outcome);
        let result = sink(done.product);
        corpus.watch.advanced(done.bytes);
        plan.feed.handed_on(done.key);
        result
    };
    if threads == 1 { Ok(vec![plan.work_through(&mut hand_on)?]) } else { plan.spread(threads, hand_on) }
}

/// Gives `work` what of `page` was asked for. Returns what was seen.
pub(super) fn choose(corpus: &Corpus, page: &Page, work: impl FnOnce(&Selection<'_>)) -> Seen {
    let (mut is_undated, mut repeats) = (false, (0, 0));
    match corpus.filter.judge(page, corpus.duplicates) {
        Verdict::Take(selection) => {
            repeats = selection.repeats();
            work(&selection);
        }
        Verdict::Pass => {}
        Verdict::Undated => is_undated = true,
    }
    let newspapers = corpus.filter.newspapers_of(page);
    Seen { undated: is_undated.into(), repeats, newspapers, ..Seen::default() }
}

/// The threads that were asked for, or fewer where the input is done with before they would be of use.
fn threads_worth_starting(corpus: &Corpus) -> usize {
    let most = corpus.threads.get().min(MOST_THREADS);
    match corpus.inputs.size() {
        Some(size) => most.min(usize::try_from(size / WORTH_A_THREAD).unwrap_or(most).max(1)),
        None => most,
    }
}

impl<S, T, State, Product, Work> Plan<'_, State, Product, Work>
where
    S: Send,
    T: Send,
    State: Fn() -> S + Sync,
    Product: Fn() -> T + Sync,
    Work: Fn(&mut S, &mut T, Page) -> (Option<Document>, Seen) + Sync,
{
    /// Runs on `threads` threads, and hands on from this one.
    fn spread(&self, threads: usize, mut hand_on: impl FnMut(Done<T>) -> Result<()>) -> Result<Vec<S>> {
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            // The system may give fewer than were asked for.
            let workers: Vec<_> = (0..threads)
                .map_while(|_| {
                    let sender = sender.clone();
                    // Where nobody listens any more, the run is over.
                    let send = move |done| sender.send(done).map_err(|_| Error::new(ErrorKind::Stopped));
                    thread::Builder::new().spawn_scoped(scope, move || self.work_through(send)).ok()
                })
                .collect();
            drop(sender);
            if workers.is_empty() {
                return Ok(vec![self.work_through(hand_on)?]);
            }
            let result = in_order(receiver, &mut hand_on);
            self.feed.stop();
            result?;
            let states = workers.into_iter().filter_map(|worker| worker.join().ok());
            states.collect()
        })
    }

    /// Does jobs until there are no more.
    fn work_through(&self, mut hand_on: impl FnMut(Done<T>) -> Result<()>) -> Result<S> {
        let mut state = (self.state)();
        let mut buffers = Buffers::default();
        while let Some(job) = self.feed.next() {
            if let Some(done) = self.process(job, &mut state, &mut buffers) {
                hand_on(done)?;
            }
        }
        Ok(state)
    }

    /// Does one job; none comes of opening a file that turns out to be more than one.
    fn process(&self, job: Job, state: &mut S, buffers: &mut Buffers) -> Option<Done<T>> {
        match job {
            Job::File(key) => self.open(key, state, buffers),
            Job::Part(key, chunk, bytes) => {
                let mut done = Done { bytes, ..self.done(key) };
                self.read(chunk, &mut done, state, buffers);
                Some(done)
            }
            Job::End(key, result, bytes) => {
                let problems = result.err().into_iter().collect();
                Some(Done { ends_file: true, bytes, problems, ..self.done(key) })
            }
        }
    }

    fn open(&self, key: Key, state: &mut S, buffers: &mut Buffers) -> Option<Done<T>> {
        let mut done = Done { ends_file: true, ..self.done(key) };
        let input = self.corpus.inputs.files.get(key.file)?;
        done.bytes = input.size.unwrap_or_default();
        match self.corpus.read.open(input, buffers) {
            Ok(Opened::Many(supply)) => {
                self.feed.share(key, supply);
                return None;
            }
            Ok(Opened::Page(page)) => {
                self.feed.is_page();
                self.read(Chunk::Page(page), &mut done, state, buffers);
            }
            Err(error) => {
                self.feed.is_page();
                done.problems.push(error);
            }
        }
        Some(done)
    }

    fn read(&self, chunk: Chunk, done: &mut Done<T>, state: &mut S, buffers: &mut Buffers) {
        let chunk = match chunk {
            Chunk::PassedOver(files) => return done.passed_over = files,
            chunk => chunk,
        };
        done.name = chunk.name().unwrap_or_else(|| Arc::clone(&done.name));
        let Done { name, product, problems, documents, tally, held, .. } = done;
        let said = self.corpus.provenance.of(name);
        let input = self.corpus.inputs.files.get(done.key.file);
        let listed = input.map(|input| input.meta.clone()).unwrap_or_default();
        let stories = input.and_then(|input| input.stories.clone());
        // Where a file holds several sheets, its lines are counted through them.
        let mut lines = 0;
        let finding = chunk.read(buffers, |document| match document {
            Err(error) => {
                problems.push(error);
                None
            }
            Ok(mut document) => {
                *documents += 1;
                tally.fields |= self.corpus.read.fields.met(&document.meta);
                document.fallback = std::mem::take(&mut document.fallback).or(listed.clone());
                said.tell(&mut document);
                if let (Some(sheet), Some(stories)) = (&mut document.sheet, &stories) {
                    sheet.tell(stories);
                }
                if document.sheet.is_some() {
                    layout::arrange(&mut document);
                    document.first_line += lines;
                    lines = lines.saturating_add(document.placements.len() as u32);
                }
                let line = document.first_line;
                // A page that brings out a fault of this program is left out like any other bad page.
                let result = catch_unwind(AssertUnwindSafe(|| self.understand(document, state, product)));
                match result {
                    Ok((document, seen, several)) => {
                        tally.add(seen);
                        held.extend(several);
                        document
                    }
                    Err(_) => {
                        problems.push(fault().at_path(name.as_ref()).at_line(line.into()));
                        None
                    }
                }
            }
        });
        done.finding = finding;
    }

    /// Reads a document and works on it. Gives it back where it can, with what was seen, and how many days and pages it
    /// holds, where these are several.
    fn understand(
        &self,
        document: Document,
        state: &mut S,
        product: &mut T,
    ) -> (Option<Document>, Seen, Option<(usize, usize)>) {
        let mut page = self.reader.read(document);
        self.corpus.leave_out.apply(&mut page);
        let several = (page.sheet_count() > 1).then(|| (page.day_count(), page.sheet_count()));
        let (document, seen) = (self.work)(state, product, page);
        (document, seen, several)
    }

    fn done(&self, key: Key) -> Done<T> {
        let input = self.corpus.inputs.files.get(key.file);
        Done {
            key,
            name: input.map_or_else(|| "".into(), |input| Arc::clone(&input.name)),
            ends_file: false,
            bytes: 0,
            product: (self.product)(),
            problems: Vec::new(),
            passed_over: Vec::new(),
            finding: None,
            documents: 0,
            tally: Seen::default(),
            held: Vec::new(),
        }
    }
}

/// Hands on what arrives, each when everything before it has been.
fn in_order<T>(
    receiver: mpsc::Receiver<Done<T>>,
    mut hand_on: impl FnMut(Done<T>) -> Result<()>,
) -> Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = Key { file: 0, batch: 0 };
    for done in receiver {
        waiting.insert(done.key, done);
        while let Some(done) = waiting.remove(&next) {
            next = match done.ends_file {
                true => Key { file: next.file + 1, batch: 0 },
                false => Key { batch: next.batch + 1, ..next },
            };
            hand_on(done)?;
        }
    }
    Ok(())
}

pub(super) fn fault() -> Error {
    Error::new(ErrorKind::Fault)
}
