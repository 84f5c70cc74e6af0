//! What was counted under many names, in bounded memory: what does not fit is sorted and put aside in temporary files,
//! and read back in the order of the names, those of one name added up.
//!
//! Runs of one size are merged into one of the next (a tree as of O'Neil et al. 1996), so that each entry is written a
//! few times however much is counted.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::SpooledTempFile;

use super::partial::{decode, encode};
use crate::Result;

/// How much one thread gathers before it puts it aside, in bytes.
const IN_MEMORY: usize = 96 << 20;
/// What an entry costs besides its name and what [`Amount::weight`] says, in bytes.
const ENTRY: usize = 64;
/// How many runs of one size are merged into one of the next.
const WIDTH: usize = 16;
/// A run that is no larger stays in memory.
const SMALL_RUN: usize = 1 << 20;
/// Little time, and a third of the bytes.
const LEVEL: i32 = 1;

/// What is counted under a name.
pub(super) trait Amount: Default + Serialize + DeserializeOwned {
    /// Adds another; in any order the same comes of it.
    fn add(&mut self, other: Self);
    /// Takes away what still tells in which order it was added up.
    fn settle(&mut self) {}
    /// How many bytes it needs beside its own size.
    fn weight(&self) -> usize;
}

/// Names with what was counted under each.
#[derive(Debug)]
pub(super) struct Ledger<V> {
    open: FxHashMap<Box<str>, V>,
    weight: usize,
    /// What was put aside, the runs of each size together.
    runs: Vec<Vec<Run>>,
    failed: Option<crate::Error>,
}

/// Entries in the order of their names.
#[derive(Debug)]
struct Run(SpooledTempFile);

impl<V> Default for Ledger<V> {
    fn default() -> Self {
        Self { open: FxHashMap::default(), weight: 0, runs: Vec::new(), failed: None }
    }
}

impl<V: Amount> Ledger<V> {
    /// What is counted under `name` since the last [`Self::put_aside`], to be changed by `change`.
    pub(super) fn change(&mut self, name: &str, change: impl FnOnce(&mut V)) {
        if let Some(value) = self.open.get_mut(name) {
            let before = value.weight();
            change(value);
            self.weight += value.weight().saturating_sub(before);
            return;
        }
        let mut value = V::default();
        change(&mut value);
        self.weight += name.len() + ENTRY + size_of::<V>() + value.weight();
        self.open.insert(name.into(), value);
    }

    /// Puts what was gathered aside where it is much; true where it was.
    pub(super) fn put_aside(&mut self) -> bool {
        let full = self.weight > IN_MEMORY;
        if full && let Err(error) = self.flush() {
            self.failed.get_or_insert(error);
        }
        full
    }

    /// Takes over what `other` has.
    pub(super) fn merge(&mut self, mut other: Self) {
        self.failed = self.failed.take().or(other.failed.take());
        for (name, value) in other.open {
            self.change(&name, |here| here.add(value));
        }
        for (level, runs) in other.runs.into_iter().enumerate() {
            for run in runs {
                if let Err(error) = self.add_run(level, run) {
                    self.failed.get_or_insert(error);
                }
            }
        }
        self.put_aside();
    }

    /// Hands out every name with what was counted under it, in the order of the names.
    ///
    /// # Errors
    /// Where what was put aside could not be written, or cannot be read.
    pub(super) fn read(&mut self, each: impl FnMut(&str, V) -> Result<()>) -> Result<()> {
        self.flush()?;
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        merged(self.runs.iter_mut().flatten(), each)
    }

    /// All of it as bytes.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(super) fn pack(&mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read(|name, mut value| {
            value.settle();
            push(&mut bytes, name, &value)
        })?;
        Ok(bytes)
    }

    /// What was packed into `bytes`.
    ///
    /// # Errors
    /// Where it cannot be put aside.
    pub(super) fn unpack(bytes: &[u8]) -> Result<Self> {
        let mut run = Writer::new()?;
        run.0.write_all(bytes)?;
        Ok(Self { runs: vec![vec![run.finish()?]], ..Self::default() })
    }

    fn flush(&mut self) -> Result<()> {
        let mut entries: Vec<_> = std::mem::take(&mut self.open).into_iter().collect();
        self.weight = 0;
        if entries.is_empty() {
            return Ok(());
        }
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut run = Writer::new()?;
        for (name, value) in entries {
            push(&mut run.0, &name, &value)?;
        }
        self.add_run(0, run.finish()?)
    }

    fn add_run(&mut self, level: usize, run: Run) -> Result<()> {
        self.runs.resize_with(self.runs.len().max(level + 1), Vec::new);
        let Some(runs) = self.runs.get_mut(level) else { return Ok(()) };
        runs.push(run);
        if runs.len() < WIDTH {
            return Ok(());
        }
        let mut whole = Writer::new()?;
        merged(std::mem::take(runs).iter_mut(), |name, value: V| push(&mut whole.0, name, &value))?;
        let whole = whole.finish()?;
        self.add_run(level + 1, whole)
    }
}

/// Writes a run.
struct Writer(zstd::Encoder<'static, SpooledTempFile>);

impl Writer {
    fn new() -> Result<Self> {
        Ok(Self(zstd::Encoder::new(SpooledTempFile::new(SMALL_RUN), LEVEL)?))
    }

    fn finish(self) -> Result<Run> {
        Ok(Run(self.0.finish()?))
    }
}

/// Appends an entry: its length, then itself.
fn push(out: &mut impl Write, name: &str, value: &impl Serialize) -> Result<()> {
    let entry = encode(&(name, value))?;
    out.write_all(&(entry.len() as u32).to_le_bytes())?;
    Ok(out.write_all(&entry)?)
}

/// Hands out what `runs` have, in the order of the names, each name once.
fn merged<'r, V: Amount>(
    runs: impl Iterator<Item = &'r mut Run>,
    mut each: impl FnMut(&str, V) -> Result<()>,
) -> Result<()> {
    let mut readers = Vec::new();
    for Run(file) in runs {
        file.seek(SeekFrom::Start(0))?;
        readers.push(zstd::Decoder::new(BufReader::new(file))?);
    }
    let mut heap = BinaryHeap::new();
    let mut values: Vec<Option<V>> = Vec::new();
    for (number, reader) in readers.iter_mut().enumerate() {
        values.push(None);
        heap.extend(next(reader, &mut values, number)?.map(|name| Reverse((name, number))));
    }
    let mut whole: Option<(String, V)> = None;
    while let Some(Reverse((name, number))) = heap.pop() {
        let value = values.get_mut(number).and_then(Option::take).unwrap_or_default();
        match &mut whole {
            Some((known, sum)) if *known == name => sum.add(value),
            _ => {
                if let Some((name, sum)) = whole.replace((name, value)) {
                    each(&name, sum)?;
                }
            }
        }
        if let Some(reader) = readers.get_mut(number) {
            heap.extend(next(reader, &mut values, number)?.map(|name| Reverse((name, number))));
        }
    }
    whole.map_or(Ok(()), |(name, sum)| each(&name, sum))
}

/// Reads the next entry of a run: puts its value into `values`, and gives its name; none at the end.
fn next<V: Amount>(from: &mut impl Read, values: &mut [Option<V>], number: usize) -> Result<Option<String>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut entry = vec![0; u32::from_le_bytes(length) as usize];
    from.read_exact(&mut entry)?;
    let (name, value) = decode(&entry)?;
    if let Some(place) = values.get_mut(number) {
        *place = Some(value);
    }
    Ok(Some(name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    impl Amount for u64 {
        fn add(&mut self, other: Self) {
            *self += other;
        }

        fn weight(&self) -> usize {
            0
        }
    }

    fn read(ledger: &mut Ledger<u64>) -> Vec<(String, u64)> {
        let mut entries = Vec::new();
        ledger
            .read(|name, value| {
                entries.push((name.to_owned(), value));
                Ok(())
            })
            .unwrap();
        entries
    }

    fn is_sum(ledger: &mut Ledger<u64>, names: &[String]) {
        let mut expected = BTreeMap::new();
        names.iter().for_each(|name| *expected.entry(name.clone()).or_default() += 1);
        assert_eq!(read(ledger), expected.into_iter().collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn whatever_was_put_aside_and_merged_is_added_up(
            names in prop::collection::vec("[甲乙丙]{1,2}", 0..120),
            aside in prop::collection::vec(0_usize..120, 0..60),
            cut in 0_usize..120,
        ) {
            let (mut first, mut second) = (Ledger::default(), Ledger::default());
            for (at, name) in names.iter().enumerate() {
                let ledger = if at < cut { &mut first } else { &mut second };
                ledger.change(name, |count| *count += 1);
                if aside.contains(&at) {
                    ledger.flush().unwrap();
                }
            }
            let packed = second.pack().unwrap();
            is_sum(&mut second, names.get(cut..).unwrap_or_default());
            first.merge(Ledger::unpack(&packed).unwrap());
            is_sum(&mut first, &names);
            is_sum(&mut first, &names);
        }
    }

    #[test]
    fn many_runs_are_merged_into_few() {
        let mut ledger = Ledger::default();
        for number in 0..WIDTH * WIDTH + 1 {
            ledger.change(&format!("{}", number % 7), |count| *count += 1);
            ledger.flush().unwrap();
        }
        assert_eq!(ledger.runs.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 1]);
        assert_eq!(read(&mut ledger).iter().map(|entry| entry.1).sum::<u64>(), (WIDTH * WIDTH + 1) as u64);
    }
}
