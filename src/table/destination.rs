//! Where a table goes: a stream, or a file that appears all at once.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::harmless::harmless;
use super::packing::{Packed, Packing};
use super::stale;
use crate::{Error, ErrorKind, Result};

const BUFFER: usize = 1 << 16;
/// Links that lead on to links: more of them than this go round in a circle.
const MOST_LINKS: usize = 40;

/// Where a table goes.
///
/// ```
/// use zjgr::table::Destination;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("words.csv");
/// Destination::file(&path)?.whole("word\n工会\n".as_bytes())?;
/// assert_eq!(std::fs::read_to_string(&path)?, "word\n工会\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Destination {
    writer: Packed<Writer>,
    /// The file that is written in the end; none for a stream that the program was given.
    path: Option<PathBuf>,
    screen: Option<Screen>,
    /// True where what is written has nothing in it that a terminal obeys, but what is meant for it.
    is_clean: bool,
}

/// What is known of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// How many characters of half width a line has.
    pub width: usize,
    /// Whether it may show colours.
    pub colours: bool,
}

enum Writer {
    Stream(BufWriter<Box<dyn Write + Send>>),
    /// A hidden file beside its final place, with which it changes places at the end.
    Replacing(BufWriter<NamedTempFile>),
    /// A file elsewhere, which is copied over the old one at the end.
    Copying(BufWriter<NamedTempFile>),
    /// A file that is opened by what writes the format.
    Database,
}

/// What a path leads to.
enum Place {
    /// A stream that the program was given when it was started.
    Descriptor(u32),
    /// A file, there or not yet, that is no link.
    File(PathBuf),
}

impl Destination {
    /// A stream, standard output for instance.
    pub fn stream(writer: impl Write + Send + 'static) -> Self {
        let stream = Writer::Stream(BufWriter::with_capacity(BUFFER, Box::new(writer)));
        Self::through(Packed::Plain(stream), None)
    }

    /// A terminal, which obeys nothing that stands in the text.
    pub fn terminal(writer: impl Write + Send + 'static, screen: Screen) -> Self {
        Self { screen: Some(screen), ..Self::stream(writer) }
    }

    /// A database, which is written in one transaction: what else is in it stays as it is, and so does everything where
    /// the table is not finished.
    pub fn database(path: &Path) -> Self {
        Self::through(Packed::Plain(Writer::Database), Some(path.to_path_buf()))
    }

    fn through(writer: Packed<Writer>, path: Option<PathBuf>) -> Self {
        Self { writer, path, screen: None, is_clean: false }
    }

    /// What is known of the terminal that it is.
    pub(super) fn screen(&self) -> Option<Screen> {
        self.screen
    }

    /// Lets through what a terminal obeys: whoever writes has looked at every cell.
    pub(super) fn is_clean(&mut self) {
        self.is_clean = true;
    }

    /// A file, all or nothing: what is written stands in a hidden file beside it and takes its place with
    /// [`Table::finish`](super::Table::finish), when it is safe on the disk. Until then, and if that is never reached,
    /// a file that was there stays as it was. A link stays a link, and the rights stay as they were.
    ///
    /// A file that may be written in a folder that may not is the one exception: the finished table is copied
    /// over it, so that a crash in that moment can leave it half-written ([`Destination::copies`]).
    ///
    /// A name that ends in `.gz` or `.zst` is compressed.
    ///
    /// What is no regular file (a device, a named pipe) is written as it goes; a stream that the program was
    /// started with (`/dev/fd/3`, `/dev/stderr`) is appended to as it stands.
    ///
    /// # Errors
    /// Where the folder does not exist, or the file or the folder cannot be written.
    pub fn file(path: &Path) -> Result<Self> {
        let blame = |error: io::Error| Error::new(error.into()).at_path(path);
        let target = match Place::of(path).map_err(blame)? {
            Place::Descriptor(1) => return Ok(Self::stream(io::stdout())),
            Place::Descriptor(2) => return Ok(Self::stream(io::stderr())),
            Place::Descriptor(_) => {
                let file = File::options().append(true).open(path).map_err(blame)?;
                return Ok(Self { path: Some(path.to_path_buf()), ..Self::stream(file) });
            }
            Place::File(target) => target,
        };
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let file = File::options().write(true).open(&target).map_err(blame)?;
            return Ok(Self { path: Some(path.to_path_buf()), ..Self::stream(file) });
        }
        if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
            let what = "this file is read-only: make it writable, or write elsewhere";
            return Err(Error::new(ErrorKind::Usage(what.into())).at_path(path));
        }
        let folder = folder_of(&target);
        if !folder.is_dir() {
            let what = format!("the folder {} does not exist", folder.display());
            return Err(Error::new(ErrorKind::Usage(what)));
        }
        let packing = Packing::of(path).map(|(packing, _)| packing);
        let writer = Writer::to(&target, folder, old.as_ref());
        let writer = writer.and_then(|writer| Packed::new(packing, writer)).map_err(blame)?;
        Ok(Self::through(writer, Some(target)))
    }

    /// The file that must go away if the program ends before [`Table::finish`](super::Table::finish) without unwinding.
    pub fn unfinished(&self) -> Option<&Path> {
        match self.writer.get_ref() {
            Writer::Stream(_) | Writer::Database => None,
            Writer::Replacing(file) | Writer::Copying(file) => Some(file.get_ref().path()),
        }
    }

    /// True where the finished table is copied over the old file, since nothing can be made in its folder.
    pub fn copies(&self) -> bool {
        matches!(self.writer.get_ref(), Writer::Copying(_))
    }

    /// The file that is written in the end; none for a stream.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Writes all of `bytes` and brings them to their place.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn whole(mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes).map_err(|error| self.blame(error.into()))?;
        self.finish()
    }

    pub(super) fn finish(self) -> Result<()> {
        let Self { writer, path, .. } = self;
        let target = path.as_deref().unwrap_or(Path::new(""));
        let finished = writer.finish().and_then(|writer| match writer {
            Writer::Stream(mut stream) => stream.flush(),
            Writer::Database => Ok(()),
            Writer::Replacing(file) => replace(file, target),
            Writer::Copying(file) => copy(file, target),
        });
        finished.map_err(|error| path.iter().fold(Error::new(ErrorKind::Io(error)), Error::at_path))
    }

    pub(super) fn blame(&self, kind: ErrorKind) -> Error {
        self.path.iter().fold(Error::new(kind), Error::at_path)
    }
}

impl Place {
    /// Follows `path` link by link, so that a link to a file that is not there yet is kept as well.
    fn of(path: &Path) -> io::Result<Self> {
        let mut target = path.to_path_buf();
        for _ in 0..MOST_LINKS {
            if let Some(number) = descriptor(&target) {
                return Ok(Self::Descriptor(number));
            }
            match fs::read_link(&target) {
                Ok(next) => target = folder_of(&target).join(next),
                Err(_) => return Ok(Self::File(target)),
            }
        }
        Err(io::Error::other("too many links, one behind the other"))
    }
}

/// The number of the stream that `path` is the system's name of.
fn descriptor(path: &Path) -> Option<u32> {
    match path.to_str()? {
        "/dev/stdout" => Some(1),
        "/dev/stderr" => Some(2),
        name => name.strip_prefix("/dev/fd/").or_else(|| name.strip_prefix("/proc/self/fd/"))?.parse().ok(),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

impl Writer {
    /// What writes to `target`, in `folder`, in place of the `old` file there.
    fn to(target: &Path, folder: &Path, old: Option<&Metadata>) -> io::Result<Self> {
        if old.is_some() {
            File::options().write(true).open(target)?;
        }
        let prefix = stale::prefix_for(target);
        match unfinished_in(folder, &prefix) {
            Ok(file) => {
                stale::sweep(folder, &prefix);
                if let Some(old) = old {
                    hand_down(old, file.as_file())?;
                }
                Ok(Self::Replacing(BufWriter::with_capacity(BUFFER, file)))
            }
            Err(error) if old.is_some() && is_forbidden(&error) => {
                let folder = std::env::temp_dir();
                let file = unfinished_in(&folder, &prefix)?;
                stale::sweep(&folder, &prefix);
                Ok(Self::Copying(BufWriter::with_capacity(BUFFER, file)))
            }
            Err(error) => Err(error),
        }
    }
}

fn unfinished_in(folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let prefix = format!("{prefix}{}-", std::process::id());
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(stale::SUFFIX);
    #[cfg(unix)]
    builder.permissions({
        use std::os::unix::fs::PermissionsExt;
        // What a new file gets before the user's mask; a private default would surprise colleagues.
        fs::Permissions::from_mode(0o666)
    });
    let file = builder.tempfile_in(folder)?;
    stale::claim(file.as_file());
    Ok(file)
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Gives the owner, the group and the rights of the old file to the new one.
fn hand_down(old: &Metadata, file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            // Only some may give a file away; the rest is theirs then, as it is with any editor.
            let _ = fchown(file, Some(old.uid()), Some(old.gid()))
                .or_else(|_| fchown(file, None, Some(old.gid())));
        }
    }
    file.set_permissions(old.permissions())
}

fn replace(file: BufWriter<NamedTempFile>, target: &Path) -> io::Result<()> {
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    // A name that leads to what is not on the disk yet would be an empty file after a power cut.
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

fn copy(file: BufWriter<NamedTempFile>, target: &Path) -> io::Result<()> {
    let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    let copied = file.rewind().and_then(|()| {
        let mut to = File::options().write(true).truncate(true).open(target)?;
        io::copy(&mut file, &mut to)?;
        to.sync_all()
    });
    copied.map_err(|error| match file.keep() {
        Ok((_, path)) => io::Error::other(format!("{error}; the whole table stands in {}", path.display())),
        Err(_) => error,
    })
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::Database => Err(io::ErrorKind::Unsupported.into()),
            Self::Replacing(file) | Self::Copying(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::Database => Ok(()),
            Self::Replacing(file) | Self::Copying(file) => file.flush(),
        }
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.screen.is_none() || self.is_clean {
            return self.writer.write(bytes);
        }
        // Rows are written whole, and so are their characters.
        self.writer.write_all(harmless(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl std::fmt::Debug for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Destination").field("path", &self.path).finish_non_exhaustive()
    }
}
