//! Where a table goes: a stream, or a file that appears all at once.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::{Error, ErrorKind, Result};

const BUFFER: usize = 1 << 16;

/// Where a table goes.
pub struct Destination {
    writer: Writer,
    path: Option<PathBuf>,
}

enum Writer {
    Stream(BufWriter<Box<dyn Write>>),
    /// A hidden file beside its final place, with which it changes places at the end.
    Replacing(BufWriter<NamedTempFile>),
}

impl Destination {
    /// A stream, standard output for instance.
    pub fn stream(writer: impl Write + 'static) -> Self {
        Self { writer: Writer::Stream(BufWriter::with_capacity(BUFFER, Box::new(writer))), path: None }
    }

    /// A file, all or nothing: what is written stands in a hidden file beside it and takes its place with
    /// [`Table::finish`](super::Table::finish). Until then, and if that is never reached, a file that was there stays as it was.
    /// What is no regular file (a device, a named pipe) is written as it goes.
    ///
    /// # Errors
    /// Where the folder does not exist or cannot be written.
    pub fn file(path: &Path) -> Result<Self> {
        let blame = |error: io::Error| Error::new(error.into()).at_path(path);
        // A link stays a link: the file that it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let file = File::options().write(true).open(&target).map_err(blame)?;
            return Ok(Self { path: Some(path.to_path_buf()), ..Self::stream(file) });
        }
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            return Err(Error::new(ErrorKind::Usage(format!(
                "the folder {} does not exist",
                folder.display()
            ))));
        }
        let mut builder = Builder::new();
        builder.prefix(".zjgr-").suffix(".partial");
        #[cfg(unix)]
        builder.permissions({
            use std::os::unix::fs::PermissionsExt;
            // What a new file gets before the user's mask; a private default would surprise colleagues.
            old.map_or_else(|| fs::Permissions::from_mode(0o666), |old| old.permissions())
        });
        let file = builder.tempfile_in(folder).map_err(blame)?;
        Ok(Self { writer: Writer::Replacing(BufWriter::with_capacity(BUFFER, file)), path: Some(target) })
    }

    /// The file that must go away if the program ends before [`Table::finish`](super::Table::finish) without unwinding.
    pub fn unfinished(&self) -> Option<&Path> {
        match &self.writer {
            Writer::Stream(_) => None,
            Writer::Replacing(file) => Some(file.get_ref().path()),
        }
    }

    /// The file as the user knows it; none for a stream.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    pub(super) fn finish(self) -> Result<()> {
        let blame = |error: io::Error| {
            let error = Error::new(ErrorKind::Io(error));
            self.path.iter().fold(error, Error::at_path)
        };
        match self.writer {
            Writer::Stream(mut stream) => stream.flush().map_err(blame),
            Writer::Replacing(file) => {
                let file = file.into_inner().map_err(|error| blame(error.into_error()))?;
                let Some(path) = &self.path else { return Ok(()) };
                file.persist(path).map_err(|error| blame(error.error))?;
                Ok(())
            }
        }
    }

    pub(super) fn blame(&self, kind: ErrorKind) -> Error {
        self.path.iter().fold(Error::new(kind), Error::at_path)
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::Stream(stream) => stream.write(bytes),
            Writer::Replacing(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Stream(stream) => stream.flush(),
            Writer::Replacing(file) => file.flush(),
        }
    }
}

impl std::fmt::Debug for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Destination").field("path", &self.path).finish_non_exhaustive()
    }
}
