//! Tar archives, packed or not. A packed one is gone through twice: for the names of its members, and for the members.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::kind::Kind;
use super::super::read::Source;
use super::super::slice::Shared;
use super::{Entry, Place, Store, decoded};

/// How much of a member is looked at where its name does not say what it is, packed: a block of bzip2 is no larger.
const LOOK: u64 = 1 << 20;

/// The members of the archive that `source` is, and where they are.
pub(super) fn open(source: Source) -> io::Result<(Store, Vec<Entry>)> {
    match source.again()? {
        // What is not packed is read where it stands; what comes from elsewhere is put down first.
        None => {
            let file = Shared::new(source.into_file()?);
            let entries = entries(&mut tar::Archive::new(file.whole()?))?;
            Ok((Store::File(file), entries))
        }
        Some(again) => {
            let entries = entries(&mut tar::Archive::new(again))?;
            Ok((Store::Stream(Stream::new(source.whole())), entries))
        }
    }
}

/// The files in `archive`, as far as it can be read: where it breaks off, the last says so.
fn entries(archive: &mut tar::Archive<impl Read>) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in archive.entries()? {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(error) if entries.is_empty() => return Err(error),
            Err(error) => {
                entries.push(cut(&error));
                break;
            }
        };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = PathBuf::from(decoded(&entry.path_bytes()));
        let path = path.strip_prefix("./").map_or(path.clone(), Path::to_path_buf);
        let place = Place::Stored { start: entry.raw_file_position(), length: entry.size() };
        let kind = Kind::of(&path, || {
            let mut head = Vec::new();
            entry.by_ref().take(LOOK).read_to_end(&mut head)?;
            Ok(io::Cursor::new(head))
        });
        entries.push(Entry { path, kind, place });
    }
    Ok(entries)
}

/// What stands for all that is missing.
fn cut(error: &io::Error) -> Entry {
    let place = Place::Never(format!("the archive breaks off: {error}"));
    Entry { path: "…".into(), kind: Some(Kind::Text), place }
}

/// An archive that is read once, from its beginning to its end.
#[derive(Clone)]
pub(super) struct Stream(Arc<Mutex<Running>>);

struct Running {
    source: Box<dyn Read + Send>,
    at: u64,
}

impl Stream {
    fn new(source: Box<dyn Read + Send>) -> Self {
        Self(Arc::new(Mutex::new(Running { source, at: 0 })))
    }

    /// `length` bytes from `start` on, which must not be behind what is read.
    pub(super) fn member(&self, start: u64, length: u64) -> impl Read + Send + use<> {
        Member { stream: self.clone(), at: start, end: start.saturating_add(length) }
    }
}

struct Member {
    stream: Stream,
    at: u64,
    end: u64,
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut running = self.stream.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.at.saturating_sub(running.at);
        let skipped = io::copy(&mut running.source.by_ref().take(before), &mut io::sink())?;
        running.at += skipped;
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = left.min(buffer.len());
        if wanted == 0 {
            return Ok(0);
        }
        let read = running.source.read(buffer.get_mut(..wanted).unwrap_or_default())?;
        if read == 0 || running.at != self.at {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends within it"));
        }
        running.at += read as u64;
        self.at += read as u64;
        Ok(read)
    }
}
