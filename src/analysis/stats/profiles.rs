//! How often each term stands in each article, kept until the end of the run.
//!
//! The dispersion of a term needs its share of every article, and what a fair share is is known only when all
//! articles were counted. To keep that in memory would make memory grow with the corpus; so what does not fit into
//! a few MiB goes to a temporary file, about two bytes for a term in an article, and is read once at the end.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

/// How much stays in memory before a temporary file is used.
const IN_MEMORY: usize = 2 << 20;

/// How much is gathered before it is handed on.
const CHUNK: usize = 64 << 10;

/// How many lists of articles are kept side by side. Those that come after are written to the end of the last, so that
/// a thousand partials do not hold a thousand times what may stay in memory.
const MOST_SPOOLS: usize = 8;

/// The number of a term, in one group, that a profile counts.
pub(super) type Slot = u32;

/// Articles, each with its size and how often it has each of its terms.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    spools: Vec<Spool>,
    failed: Option<io::Error>,
}

/// Articles that were counted by one thread, with the slots that their numbers stand for today.
#[derive(Debug)]
struct Spool {
    file: SpooledTempFile,
    waiting: Vec<u8>,
    slots: Option<Vec<Slot>>,
}

impl Profiles {
    /// Adds an article of `size` words.
    pub(super) fn push(&mut self, size: u64, terms: impl ExactSizeIterator<Item = (Slot, u32)>) {
        let open = self.spools.last().is_some_and(|spool| spool.slots.is_none());
        if !open {
            self.spools.push(Spool::new());
        }
        let Some(spool) = self.spools.last_mut() else { return };
        push(&mut spool.waiting, size, terms);
        if spool.waiting.len() >= CHUNK
            && let Err(error) = spool.flush()
        {
            self.failed.get_or_insert(error);
        }
    }

    /// Takes over the articles of `other`, whose slots have the numbers `slots` here.
    pub(super) fn merge(&mut self, mut other: Self, slots: &[Slot]) {
        self.failed = self.failed.take().or(other.failed.take());
        if self.spools.len() >= MOST_SPOOLS {
            let copied = other.read_articles(|size, terms| {
                self.push(size, terms.iter().map(|&(slot, count)| (numbered(slots, slot), count)));
            });
            self.failed = self.failed.take().or(copied.err());
            return;
        }
        for mut spool in other.spools {
            spool.slots = Some(match spool.slots {
                None => slots.to_vec(),
                Some(known) => known.iter().filter_map(|&slot| slots.get(slot as usize).copied()).collect(),
            });
            self.spools.push(spool);
        }
    }

    /// All articles as bytes, in an order that does not show in which they were counted; a slot has the number that
    /// `slots` says.
    pub(super) fn pack(&mut self, slots: &[Slot]) -> io::Result<Vec<u8>> {
        let (mut bytes, mut edges, mut ordered) = (Vec::new(), vec![0], Vec::new());
        self.read_articles(|size, terms| {
            ordered.clear();
            ordered.extend(terms.iter().map(|&(slot, count)| (numbered(slots, slot), count)));
            ordered.sort_unstable();
            push(&mut bytes, size, ordered.iter().copied());
            edges.push(bytes.len());
        })?;
        let articles = edges.iter().zip(edges.iter().skip(1));
        let mut articles: Vec<&[u8]> = articles.filter_map(|(&from, &to)| bytes.get(from..to)).collect();
        articles.sort_unstable();
        Ok(articles.concat())
    }

    /// What was packed into `bytes`.
    pub(super) fn unpack(bytes: Vec<u8>) -> Self {
        Self { spools: vec![Spool { waiting: bytes, ..Spool::new() }], failed: None }
    }

    /// Reads every article back and hands its terms on, each with the size of the article.
    ///
    /// # Errors
    ///
    /// Where the temporary file could not be written or read.
    pub(super) fn read(&mut self, mut term: impl FnMut(Slot, u32, u64)) -> io::Result<()> {
        self.read_articles(|size, terms| terms.iter().for_each(|&(slot, count)| term(slot, count, size)))
    }

    /// The same article by article: its size, and its terms with their counts.
    fn read_articles(&mut self, mut article: impl FnMut(u64, &[(Slot, u32)])) -> io::Result<()> {
        let mut terms = Vec::new();
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        for spool in &mut self.spools {
            spool.flush()?;
            spool.file.seek(SeekFrom::Start(0))?;
            let mut bytes = BufReader::with_capacity(CHUNK, &mut spool.file);
            while let Some(size) = read_number(&mut bytes)? {
                for _ in 0..read_number(&mut bytes)?.unwrap_or_default() {
                    let code = read_number(&mut bytes)?.unwrap_or_default();
                    let count = if code & 1 == 1 { read_number(&mut bytes)?.unwrap_or_default() } else { 1 };
                    let slot = (code >> 1) as Slot;
                    let slot = spool.slots.as_ref().map_or(slot, |slots| numbered(slots, slot));
                    terms.push((slot, count as u32));
                }
                article(size, &terms);
                terms.clear();
            }
            spool.file.seek(SeekFrom::End(0))?;
        }
        Ok(())
    }
}

impl Spool {
    fn new() -> Self {
        Self { file: SpooledTempFile::new(IN_MEMORY), waiting: Vec::new(), slots: None }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }
}

/// What `slots` makes of `slot`.
fn numbered(slots: &[Slot], slot: Slot) -> Slot {
    slots.get(slot as usize).copied().unwrap_or(slot)
}

/// Appends an article of `size` words.
fn push(out: &mut Vec<u8>, size: u64, terms: impl ExactSizeIterator<Item = (Slot, u32)>) {
    write_number(out, size);
    write_number(out, terms.len() as u64);
    for (slot, count) in terms {
        // Most terms occur once: one bit says so, and the count is left out.
        write_number(out, u64::from(slot) << 1 | u64::from(count > 1));
        if count > 1 {
            write_number(out, count.into());
        }
    }
}

/// Seven bits a byte, the highest one set where more follow.
fn write_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The next number; `None` at the end.
#[inline]
fn read_number(bytes: &mut impl Read) -> io::Result<Option<u64>> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let mut byte = [0];
        if bytes.read(&mut byte)? == 0 {
            return Ok(None);
        }
        number |= u64::from(byte[0] & 0x7F) << shift;
        if byte[0] < 0x80 || shift >= 63 {
            return Ok(Some(number));
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Article = (u64, Vec<(Slot, u32)>);

    fn read(profiles: &mut Profiles) -> Vec<(Slot, u32, u64)> {
        let mut terms = Vec::new();
        profiles.read(|slot, count, size| terms.push((slot, count, size))).unwrap();
        terms
    }

    fn push(profiles: &mut Profiles, articles: &[Article]) {
        for (size, terms) in articles {
            profiles.push(*size, terms.iter().copied());
        }
    }

    fn flat(articles: &[Article], renumber: impl Fn(Slot) -> Slot) -> Vec<(Slot, u32, u64)> {
        let terms = articles.iter().flat_map(|(size, terms)| terms.iter().map(move |term| (size, term)));
        terms.map(|(&size, &(slot, count))| (renumber(slot), count, size)).collect()
    }

    #[test]
    fn what_does_not_fit_into_memory_is_read_back_as_well() {
        let article = (1_000_000, (0..2_000).map(|slot| (slot * 1000, slot % 3 + 1)).collect::<Vec<_>>());
        let articles = vec![article; 600];
        let mut profiles = Profiles::default();
        push(&mut profiles, &articles);
        assert!(profiles.spools[0].file.is_rolled());
        assert_eq!(read(&mut profiles), flat(&articles, |slot| slot));
    }

    fn articles() -> impl Strategy<Value = Vec<Article>> {
        let terms = prop::collection::vec((0_u32..50, 1_u32..300), 0..8);
        prop::collection::vec((0_u64..1 << 40, terms), 0..6)
    }

    proptest! {
        #[test]
        fn merged_profiles_have_the_slots_of_the_whole(
            first in articles(), second in articles(), third in articles(), more in articles(),
        ) {
            let [mut a, mut b, mut c] = [(); 3].map(|()| Profiles::default());
            push(&mut a, &first);
            push(&mut b, &second);
            push(&mut c, &third);
            let shift = |by: u32| (0..200).map(|slot| slot + by).collect::<Vec<Slot>>();
            b.merge(c, &shift(7));
            a.merge(b, &shift(50));
            push(&mut a, &more);
            let expected = [
                flat(&first, |slot| slot),
                flat(&second, |slot| slot + 50),
                flat(&third, |slot| slot + 57),
                flat(&more, |slot| slot),
            ];
            prop_assert_eq!(read(&mut a), expected.concat());
        }
    }
}
