//! Temporary files: records by number, and records dealt out by key.

use std::io::{Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use crate::Result;

/// What is no larger stays in memory.
const IN_MEMORY: usize = 4 << 20;
/// How much of a bucket is gathered before it is handed on.
const CHUNK: usize = 32 << 10;
/// Into how many buckets records are dealt.
pub(super) const BUCKETS: usize = 64;

/// Records of any size by their numbers.
#[derive(Debug)]
pub(super) struct Store {
    file: SpooledTempFile,
    /// Where each record starts, and where the last one ends.
    edges: Vec<u64>,
    waiting: Vec<u8>,
}

impl Default for Store {
    fn default() -> Self {
        Self { file: SpooledTempFile::new(IN_MEMORY), edges: vec![0], waiting: Vec::new() }
    }
}

impl Store {
    /// Adds a record.
    pub(super) fn push(&mut self, record: &[u8]) -> Result<()> {
        self.waiting.extend_from_slice(record);
        self.edges.push(self.edges.last().copied().unwrap_or_default() + record.len() as u64);
        if self.waiting.len() >= CHUNK {
            self.flush()?;
        }
        Ok(())
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.edges.len() - 1
    }

    /// Reads record `number` into `record`.
    pub(super) fn read(&mut self, number: u32, record: &mut Vec<u8>) -> Result<()> {
        self.flush()?;
        let edge = |at: usize| self.edges.get(at).copied().unwrap_or_default();
        let (start, end) = (edge(number as usize), edge(number as usize + 1));
        record.resize(end.saturating_sub(start) as usize, 0);
        self.file.seek(SeekFrom::Start(start))?;
        Ok(self.file.read_exact(record)?)
    }

    fn flush(&mut self) -> Result<()> {
        if !self.waiting.is_empty() {
            self.file.seek(SeekFrom::End(0))?;
            self.file.write_all(&self.waiting)?;
            self.waiting.clear();
        }
        Ok(())
    }
}

/// Numbers dealt into buckets, each of which fits into memory.
#[derive(Debug)]
pub(super) struct Buckets(Vec<(SpooledTempFile, Vec<u8>)>);

impl Default for Buckets {
    fn default() -> Self {
        Self((0..BUCKETS).map(|_| (SpooledTempFile::new(IN_MEMORY / BUCKETS), Vec::new())).collect())
    }
}

impl Buckets {
    /// Puts `record` into a bucket.
    pub(super) fn push(&mut self, bucket: usize, record: u128) -> Result<()> {
        let Some((file, waiting)) = self.0.get_mut(bucket) else { return Ok(()) };
        waiting.extend_from_slice(&record.to_le_bytes());
        if waiting.len() >= CHUNK {
            file.write_all(waiting)?;
            waiting.clear();
        }
        Ok(())
    }

    /// Hands out the records of each bucket in order, bucket after bucket.
    pub(super) fn read(self, mut each: impl FnMut(&[u128]) -> Result<()>) -> Result<()> {
        let (mut bytes, mut records) = (Vec::new(), Vec::new());
        for (mut file, waiting) in self.0 {
            bytes.clear();
            file.seek(SeekFrom::Start(0))?;
            file.read_to_end(&mut bytes)?;
            bytes.extend_from_slice(&waiting);
            records.clear();
            records.extend(bytes.as_chunks().0.iter().map(|&record| u128::from_le_bytes(record)));
            records.sort_unstable();
            each(&records)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_whatever_was_read_between() {
        let mut store = Store::default();
        let record = |number: u32| vec![number as u8; number as usize * 37 % 5_000];
        let mut found = Vec::new();
        for number in 0..3_000 {
            store.push(&record(number)).unwrap();
            store.read(number / 2, &mut found).unwrap();
            assert_eq!(found, record(number / 2));
        }
        assert_eq!(store.len(), 3_000);
    }

    #[test]
    fn buckets_are_sorted_each() {
        let mut buckets = Buckets::default();
        (0..100_000_u128).rev().for_each(|record| buckets.push(record as usize % 3, record).unwrap());
        let mut read = Vec::new();
        buckets
            .read(|records| {
                assert!(records.is_sorted());
                read.extend_from_slice(records);
                Ok(())
            })
            .unwrap();
        read.sort_unstable();
        assert!(read.into_iter().eq(0..100_000));
    }
}
