//! The one loop under every run: workers take files in order, and what they make of them is handed on in order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::filter::Verdict;
use super::{Corpus, Outcome};
use crate::page::Selection;
use crate::source::Document;
use crate::{Error, ErrorKind, Result};

/// How many bytes of input may be ahead of what was handed on, before workers that are ahead wait.
const AHEAD: u64 = 16 << 20;

/// Which job this is: jobs are handed on in rising order.
type Key = usize;

/// What a worker made of one job.
struct Done<T> {
    key: Key,
    size: u64,
    product: T,
    problems: Vec<Error>,
    documents: u64,
    undated: u64,
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
    let feed = Feed::new(corpus);
    let mut hand_on = |done: Done<T>| {
        for error in &done.problems {
            corpus.watch.problem(error);
        }
        outcome.left_out += done.problems.len() as u64;
        outcome.documents += done.documents;
        outcome.undated += done.undated;
        let result = sink(done.product);
        corpus.watch.advanced(done.size);
        feed.handed_on(done.key, done.size);
        result
    };
    // More threads than files would only be made to end again.
    let threads = corpus.threads.get().min(corpus.inputs.files.len());
    if threads <= 1 {
        let mut state = state();
        while let Some(key) = feed.next() {
            hand_on(process(corpus, key, &mut state, &product, &work))?;
        }
        return Ok((outcome, vec![state]));
    }
    let states = thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let sender = sender.clone();
                let (feed, state, product, work) = (&feed, &state, &product, &work);
                scope.spawn(move || {
                    let mut state = state();
                    while let Some(key) = feed.next() {
                        if sender.send(process(corpus, key, &mut state, product, work)).is_err() {
                            break;
                        }
                    }
                    state
                })
            })
            .collect();
        drop(sender);
        let result = in_order(receiver, &mut hand_on);
        feed.stop();
        result?;
        Ok(workers.into_iter().filter_map(|worker| worker.join().ok()).collect())
    });
    states.map(|states: Vec<S>| (outcome, states))
}

/// Hands on what arrives, each when everything before it has been.
fn in_order<T>(
    receiver: mpsc::Receiver<Done<T>>,
    mut hand_on: impl FnMut(Done<T>) -> Result<()>,
) -> Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for done in receiver {
        waiting.insert(done.key, done);
        while let Some(done) = waiting.remove(&next) {
            hand_on(done)?;
            next += 1;
        }
    }
    Ok(())
}

/// Reads one input and works on its documents.
fn process<S, T>(
    corpus: &Corpus,
    key: Key,
    state: &mut S,
    product: &impl Fn() -> T,
    work: &impl Fn(&mut S, &mut T, &Selection<'_>),
) -> Done<T> {
    let mut done = Done { key, size: 0, product: product(), problems: Vec::new(), documents: 0, undated: 0 };
    let Some(input) = corpus.inputs.files.get(key) else { return done };
    done.size = input.size.unwrap_or_default();
    corpus.read.read(input, |document| match document {
        Err(error) => done.problems.push(error),
        Ok(document) => {
            done.documents += 1;
            let line = document.first_line;
            // A page that brings out a fault of this program is left out like any other bad page.
            let result = catch_unwind(AssertUnwindSafe(|| {
                understand(corpus, document, |page| work(state, &mut done.product, page))
            }));
            match result {
                Ok(undated) => done.undated += u64::from(undated),
                Err(_) => done.problems.push(fault().at_path(input.name.as_ref()).at_line(line.into())),
            }
        }
    });
    done
}

fn understand(corpus: &Corpus, document: Document, work: impl FnOnce(&Selection<'_>)) -> bool {
    let page = corpus.reader.read(document);
    match corpus.filter.judge(&page, corpus.duplicates) {
        Verdict::Take(selection) => work(&selection),
        Verdict::Pass => {}
        Verdict::Undated => return true,
    }
    false
}

fn fault() -> Error {
    Error::new(ErrorKind::Format("a fault of zjgr itself; please report it with this file".into()))
}

/// Gives out jobs in order, and holds workers back that are too far ahead.
struct Feed {
    sizes: Vec<u64>,
    threads: usize,
    state: Mutex<FeedState>,
    moved: Condvar,
}

#[derive(Default)]
struct FeedState {
    next: Key,
    /// How many jobs were given out and not handed on, and how many bytes of input they are.
    jobs: usize,
    bytes: u64,
    stopped: bool,
}

impl Feed {
    fn new(corpus: &Corpus) -> Self {
        let sizes = corpus.inputs.files.iter().map(|file| file.size.unwrap_or_default()).collect();
        Self { sizes, threads: corpus.threads.get(), state: Mutex::default(), moved: Condvar::new() }
    }

    /// The next job; none where there is no more. Waits while too much is underway, unless that is less than
    /// one job a thread: so a run over few huge files is parallel all the same, and never waits for itself.
    fn next(&self) -> Option<Key> {
        let mut state = self.lock();
        loop {
            let key = state.next;
            let size = *self.sizes.get(key)?;
            if state.stopped {
                return None;
            }
            if state.jobs < self.threads || state.bytes + size <= AHEAD {
                state.next += 1;
                state.jobs += 1;
                state.bytes += size;
                return Some(key);
            }
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn handed_on(&self, _key: Key, size: u64) {
        let mut state = self.lock();
        state.jobs -= 1;
        state.bytes -= size;
        self.moved.notify_all();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.moved.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, FeedState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
