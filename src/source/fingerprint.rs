//! What tells a file, or a list, from all others: its length and its SHA-256 (FIPS 180-4), worked out while a file is
//! read, so that nothing is read twice for it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Input;

/// What tells a file from all others.
///
/// ```
/// use std::path::Path;
/// use zjgr::source::Fingerprint;
///
/// let print = Fingerprint::of(Path::new("data/units.toml"))?;
/// assert_eq!(print, Fingerprint::of(Path::new("data/units.toml"))?);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fingerprint {
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal digits.
    pub sha256: String,
}

impl Fingerprint {
    /// The fingerprint of the file at `path`.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut taking = Taking::default();
        let mut file = File::open(path)?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(taking.end()),
                read => taking.add(buffer.get(..read).unwrap_or_default()),
            }
        }
    }
}

/// What tells a list from all others, in whatever order it is kept.
///
/// ```
/// use zjgr::source::ListPrint;
/// assert_eq!(ListPrint::of(["的", "了"]), ListPrint::of(["了", "的"]));
/// assert_eq!(ListPrint::of(["的", "了"]).entries, 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListPrint {
    /// How many entries it has.
    pub entries: u64,
    /// The SHA-256 of its entries in the order of their bytes, a line feed behind each.
    pub sha256: String,
}

impl ListPrint {
    /// The fingerprint of the list with these entries.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e str>) -> Self {
        let mut entries: Vec<&str> = entries.into_iter().collect();
        entries.sort_unstable();
        let mut taking = Taking::default();
        for entry in &entries {
            taking.add(entry.as_bytes());
            taking.add(b"\n");
        }
        Self { entries: entries.len() as u64, sha256: taking.end().sha256 }
    }
}

/// The fingerprints of what is read to its end, by the names of the inputs.
#[derive(Debug, Default)]
pub struct Fingerprints(Mutex<BTreeMap<Arc<str>, Fingerprint>>);

impl Fingerprints {
    /// The fingerprint of `input`: taken while it was read, or now, where it was not read to its end (an archive, a
    /// file that was left out). None for a stream that was not read to its end, and for what cannot be read.
    pub fn of(&self, input: &Input) -> Option<Fingerprint> {
        let taken = self.known().get(&input.name).cloned();
        taken.or_else(|| Fingerprint::of(input.path.as_deref()?).ok())
    }

    /// `source`, whose fingerprint is taken under `name` when it is read to its end.
    pub(super) fn taken_of<R: Read>(self: &Arc<Self>, name: &Arc<str>, source: R) -> Taken<R> {
        let is_known = self.known().contains_key(name);
        let taking = (!is_known).then(Taking::default);
        Taken { source, taking, name: Arc::clone(name), all: Arc::clone(self) }
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, Fingerprint>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fingerprint of what was seen so far.
#[derive(Debug, Default)]
struct Taking {
    bytes: u64,
    hash: Sha256,
}

impl Taking {
    fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.hash.update(bytes);
    }

    fn end(self) -> Fingerprint {
        let digits = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Fingerprint { bytes: self.bytes, sha256: digits }
    }
}

/// What is read, and its fingerprint taken on the way.
pub(super) struct Taken<R> {
    source: R,
    /// None where the fingerprint is known.
    taking: Option<Taking>,
    name: Arc<str>,
    all: Arc<Fingerprints>,
}

impl<R: Read> Read for Taken<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        match buffer.get(..read) {
            // Who asks for nothing is given nothing, wherever that is.
            Some([]) if !buffer.is_empty() => {
                if let Some(taking) = self.taking.take() {
                    self.all.known().insert(Arc::clone(&self.name), taking.end());
                }
            }
            Some(bytes) => self.taking.iter_mut().for_each(|taking| taking.add(bytes)),
            None => {}
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked value of FIPS 180-4 for `abc`.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn read_in_steps(bytes: &'static [u8], steps: usize) -> Option<Fingerprint> {
        let (all, input) = (Arc::new(Fingerprints::default()), Input::stdin());
        let mut source = all.taken_of(&input.name, bytes);
        let mut buffer = [0; 2];
        for _ in 0..steps {
            let _ = source.read(&mut buffer).unwrap();
        }
        all.of(&input)
    }

    #[test]
    fn what_is_read_to_its_end_has_a_fingerprint() {
        let whole = Fingerprint { bytes: 3, sha256: ABC.into() };
        assert_eq!(read_in_steps(b"abc", 3), Some(whole));
        assert_eq!(read_in_steps(b"abc", 2), None);
    }

    #[test]
    fn a_file_that_was_not_read_to_its_end_is_read_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        std::fs::write(&path, "abc").unwrap();
        let input = Input::file(&path);
        assert_eq!(Fingerprints::default().of(&input).unwrap().sha256, ABC);
    }
}
