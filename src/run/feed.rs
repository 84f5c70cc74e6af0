//! Gives out jobs in order to whichever worker asks, and holds those back that are too far ahead.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::Result;
use crate::source::{Chunk, Supply};

/// How many bytes of input may be ahead of what was handed on, before workers that are ahead wait.
const AHEAD: u64 = 16 << 20;

/// Where a job stands in the order of the input: the number of its file, and of its batch within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) file: usize,
    pub(super) batch: usize,
}

/// What a worker is to do next.
pub(super) enum Job {
    /// Open a file. If it is one page, understand it; if it holds many, give it back with [`Feed::share`].
    File(Key),
    /// Understand a part of a file. The number says how many bytes further on disk that brings its reading.
    Part(Key, Chunk, u64),
    /// Report that a file of many documents is at its end, or why it goes no further.
    End(Key, Result<()>, u64),
}

/// The jobs of a run.
pub(super) struct Feed {
    sizes: Vec<u64>,
    threads: usize,
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Default)]
struct State {
    /// The next file that nobody has opened.
    next_file: usize,
    /// Files of many documents, by their number, that nobody is reading from at the moment.
    shared: BTreeMap<usize, Shared>,
    /// How many workers are opening a file or reading from one: what they find may be work for all.
    looking: usize,
    /// What was given out and not handed on, with its size.
    underway: BTreeMap<Key, u64>,
    bytes: u64,
    stopped: bool,
}

struct Shared {
    supply: Box<dyn Supply>,
    next_batch: usize,
}

impl State {
    /// True where a job may be given out: when little is underway, when there is not a job for each thread yet
    /// (a run over few huge files is parallel all the same), and always when everything waits for this one.
    fn admits(&self, key: Key, size: u64, threads: usize) -> bool {
        self.underway.len() < threads
            || self.bytes + size <= AHEAD
            || self.underway.keys().next().is_none_or(|first| key < *first)
    }

    fn begin(&mut self, key: Key, size: u64) {
        self.underway.insert(key, size);
        self.bytes += size;
    }

    fn end(&mut self, key: Key) {
        self.bytes -= self.underway.remove(&key).unwrap_or_default();
    }
}

impl Feed {
    /// The jobs that reading files of these sizes makes.
    pub(super) fn new(sizes: Vec<u64>, threads: usize) -> Self {
        Self { sizes, threads, state: Mutex::default(), moved: Condvar::new() }
    }

    /// The next job; none where there is no more. Waits while too much is underway.
    pub(super) fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        while !state.stopped {
            if let Some((&file, shared)) = state.shared.first_key_value() {
                let key = Key { file, batch: shared.next_batch };
                if state.admits(key, 0, self.threads) {
                    return self.read_batch(state, key);
                }
            } else if let Some(&size) = self.sizes.get(state.next_file) {
                let key = Key { file: state.next_file, batch: 0 };
                if state.admits(key, size, self.threads) {
                    state.next_file += 1;
                    state.looking += 1;
                    state.begin(key, size);
                    return Some(Job::File(key));
                }
            } else if state.looking == 0 {
                return None;
            }
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Reads the next batch of a shared file, while others go on.
    fn read_batch(&self, mut state: MutexGuard<'_, State>, key: Key) -> Option<Job> {
        let mut shared = state.shared.remove(&key.file)?;
        state.looking += 1;
        state.begin(key, 0);
        drop(state);
        let result = shared.supply.next();
        let mut state = self.lock();
        state.looking -= 1;
        let bytes = shared.supply.advance();
        let job = match result {
            Ok(Some(chunk)) => {
                state.end(key);
                state.begin(key, chunk.size());
                shared.next_batch += 1;
                state.shared.insert(key.file, shared);
                Job::Part(key, chunk, bytes)
            }
            Ok(None) => Job::End(key, Ok(()), bytes),
            Err(error) => Job::End(key, Err(error), bytes),
        };
        self.moved.notify_all();
        Some(job)
    }

    /// The file of `key` is one page: there will be no other job for it.
    pub(super) fn is_page(&self) {
        self.lock().looking -= 1;
        self.moved.notify_all();
    }

    /// The file of `key` holds many documents: let everybody read from it.
    pub(super) fn share(&self, key: Key, supply: Box<dyn Supply>) {
        let mut state = self.lock();
        state.looking -= 1;
        state.end(key);
        state.shared.insert(key.file, Shared { supply, next_batch: 0 });
        self.moved.notify_all();
    }

    /// What came of a job is handed on.
    pub(super) fn handed_on(&self, key: Key) {
        self.lock().end(key);
        self.moved.notify_all();
    }

    /// There are no more jobs for anybody.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.moved.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
