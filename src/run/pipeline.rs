//! The one loop under every run: workers take jobs in order, and what they make of them is handed on in order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;

use super::feed::{Feed, Job, Key};
use super::filter::Verdict;
use super::{Corpus, Outcome};
use crate::page::Selection;
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
    undated: u64,
    /// How many passages repeat others, and how many characters these have.
    repeats: (u64, u64),
    /// How many days and pages each document holds that has several.
    held: Vec<(usize, usize)>,
    newspapers: u64,
}

/// What was seen of one document.
struct Seen {
    /// The filter asks for a day, and it has none.
    is_undated: bool,
    /// How many passages repeat others, and how many characters these have.
    repeats: (u64, u64),
    /// How many days and pages it holds, where these are several.
    several: Option<(usize, usize)>,
    /// Which of the newspapers that the filter asks for it is of, a bit for each.
    newspapers: u64,
}

/// The functions of a run, as the workers share them.
struct Plan<'r, State, Product, Work> {
    corpus: &'r Corpus,
    feed: Feed,
    state: State,
    product: Product,
    work: Work,
}

/// Runs `work` over every page of `corpus`: `state` makes what a worker keeps from page to page, `product` what
/// it fills anew for each job and `sink` is given in order. Returns the states of all workers.
pub(super) fn run<S: Send, T: Send>(
    corpus: &Corpus,
    state: impl Fn() -> S + Sync,
    product: impl Fn() -> T + Sync,
    work: impl Fn(&mut S, &mut T, &Selection<'_>) + Sync,
    mut sink: impl FnMut(T) -> Result<()>,
) -> Result<(Outcome, Vec<S>)> {
    let mut outcome = Outcome::default();
    for error in &corpus.inputs.errors {
        corpus.watch.problem(error);
        outcome.left_out += 1;
    }
    let threads = threads_worth_starting(corpus);
    let sizes = corpus.inputs.files.iter().map(|file| file.size.unwrap_or_default()).collect();
    let plan = Plan { corpus, feed: Feed::new(sizes, threads), state, product, work };
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
        outcome.undated += done.undated;
        outcome.repeats += done.repeats.0;
        outcome.repeated_chars += done.repeats.1;
        outcome.newspapers |= done.newspapers;
        let result = sink(done.product);
        corpus.watch.advanced(done.bytes);
        plan.feed.handed_on(done.key);
        result
    };
    let states =
        if threads == 1 { vec![plan.work_through(&mut hand_on)?] } else { plan.spread(threads, hand_on)? };
    if outcome.documents > 0 {
        let asked = corpus.filter.newspapers.iter().zip(0..u64::BITS);
        let missing = asked.filter(|(_, bit)| outcome.newspapers >> bit & 1 == 0);
        missing.for_each(|(newspaper, _)| corpus.watch.no_page_of(newspaper));
    }
    let (count, met) = (corpus.leave_out.count(), corpus.leave_out.met());
    if met < count {
        corpus.watch.not_met(count - met, count);
    }
    corpus.watch.finished(&outcome);
    Ok((outcome, states))
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
    Work: Fn(&mut S, &mut T, &Selection<'_>) + Sync,
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
        let Done { name, product, problems, documents, undated, repeats, held, newspapers, .. } = done;
        let said = self.corpus.provenance.of(name);
        let listed =
            self.corpus.inputs.files.get(done.key.file).map(|input| input.meta.clone()).unwrap_or_default();
        // Where a file holds several sheets, its lines are counted through them.
        let mut lines = 0;
        let finding = chunk.read(buffers, |document| match document {
            Err(error) => {
                problems.push(error);
                None
            }
            Ok(mut document) => {
                *documents += 1;
                document.fallback = std::mem::take(&mut document.fallback).or(listed.clone());
                said.tell(&mut document);
                if document.sheet.is_some() {
                    layout::arrange(&mut document);
                    document.first_line += lines;
                    lines = lines.saturating_add(document.placements.len() as u32);
                }
                let line = document.first_line;
                // A page that brings out a fault of this program is left out like any other bad page.
                let result = catch_unwind(AssertUnwindSafe(|| self.understand(document, state, product)));
                match result {
                    Ok((document, seen)) => {
                        *undated += u64::from(seen.is_undated);
                        repeats.0 += seen.repeats.0;
                        repeats.1 += seen.repeats.1;
                        *newspapers |= seen.newspapers;
                        held.extend(seen.several);
                        Some(document)
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

    /// Reads a document and works on it. Gives it back, with what was seen.
    fn understand(&self, document: Document, state: &mut S, product: &mut T) -> (Document, Seen) {
        let mut page = self.corpus.reader.read(document);
        self.corpus.leave_out.apply(&mut page);
        let several = (page.sheet_count() > 1).then(|| (page.day_count(), page.sheet_count()));
        let (mut is_undated, mut repeats) = (false, (0, 0));
        match self.corpus.filter.judge(&page, self.corpus.duplicates) {
            Verdict::Take(selection) => {
                repeats = selection.repeats();
                (self.work)(state, product, &selection);
            }
            Verdict::Pass => {}
            Verdict::Undated => is_undated = true,
        }
        let newspapers = self.corpus.filter.newspapers_of(&page);
        (page.into_document(), Seen { is_undated, repeats, several, newspapers })
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
            undated: 0,
            repeats: (0, 0),
            held: Vec::new(),
            newspapers: 0,
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

fn fault() -> Error {
    Error::new(ErrorKind::Fault)
}
