//! A part of a file, read by itself, whoever else reads from the same file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// A file that several read from.
#[derive(Debug, Clone)]
pub(super) struct Shared(Arc<Mutex<File>>);

impl Shared {
    pub(super) fn new(file: File) -> Self {
        Self(Arc::new(Mutex::new(file)))
    }

    /// The whole of it.
    pub(super) fn whole(&self) -> io::Result<Slice> {
        let end = self.0.lock().unwrap_or_else(PoisonError::into_inner).seek(SeekFrom::End(0))?;
        Ok(self.slice(0, end))
    }

    /// `length` bytes from `start` on.
    pub(super) fn slice(&self, start: u64, length: u64) -> Slice {
        Slice { file: self.clone(), start, at: start, end: start.saturating_add(length) }
    }
}

/// A part of a file.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    file: Shared,
    start: u64,
    at: u64,
    end: u64,
}

impl Read for Slice {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = left.min(buffer.len());
        let mut file = self.file.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer.get_mut(..wanted).unwrap_or_default())?;
        if read == 0 && wanted > 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends too early"));
        }
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Slice {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => self.start.checked_add(place),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "a place before the beginning");
        self.at = place.filter(|place| *place >= self.start).ok_or_else(before)?;
        Ok(self.at - self.start)
    }
}
