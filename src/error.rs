//! What can go wrong, and where.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::packed::Problem;
use crate::source::Content;

/// A result whose error says where it happened.
pub type Result<T> = std::result::Result<T, Error>;

/// An error with its kind and, where they are known, the file and the line it is about.
///
/// ```
/// use zjgr::ErrorKind;
/// use zjgr::page::Profile;
///
/// let error = Profile::parse("name = \"某报\"\nmottos = []\n").unwrap_err();
/// assert!(matches!(error.kind, ErrorKind::Profile(_)));
/// assert_eq!(error.line, Some(2));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub struct Error {
    /// What went wrong.
    pub kind: ErrorKind,
    /// The file it is about.
    pub path: Option<PathBuf>,
    /// The line of that file, from 1.
    pub line: Option<u64>,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system could not read or write.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The bytes are no text in the encoding that was asked for or detected.
    #[error("not text in {encoding}")]
    Encoding {
        /// The encoding that was tried.
        encoding: String,
    },
    /// The file holds something that is no text at all.
    #[error("binary data, not text")]
    Binary,
    /// The file is of a format that is no page of text.
    #[error("{0}, not a page of text")]
    NoPage(Content),
    /// The file stands in a folder and is a table of an earlier run.
    #[error("a table that zjgr wrote, no text")]
    OwnTable,
    /// A compressed file is damaged or cut short.
    #[error("cannot decompress: {0}")]
    Compression(String),
    /// A page has more text than one page may have.
    #[error("more than {mebibytes} MiB of text, too much for one page")]
    TooLarge {
        /// How much one page may have.
        mebibytes: u64,
    },
    /// A link leads back to a folder that it stands in.
    #[error("a link back to {}", .0.display())]
    LinkLoop(PathBuf),
    /// The description of a newspaper is not of the form it must have.
    #[error("no profile of a paper: {0}")]
    Profile(String),
    /// The rows of a table or the records of a file have no text where it is looked for.
    #[error("no {place} `{name}` with the text in it; there are: {}", listed(.has))]
    NoText {
        /// What has a name there: `column` or `field`.
        place: &'static str,
        /// The name under which the text was looked for.
        name: String,
        /// The names that are there.
        has: Vec<String>,
    },
    /// A fault of this library: a page could not be read for no reason that lies in the page.
    #[error("a fault of zjgr itself")]
    Fault,
    /// A file is not what its beginning or its ending says that it is, or has nothing to read in it.
    #[error("{0}")]
    Unreadable(String),
    /// A record is not of the form it must have, or is too long.
    #[error("{0}")]
    Record(String),
    /// A list of words, units, slogans or patterns is not of the form it must have.
    #[error("{0}")]
    Words(String),
    /// A table of weights is not of the form it must have.
    #[error("{0}")]
    Weights(String),
    /// A table of this library that somebody gives back, to put pages right or to leave passages out, is none.
    #[error("{0}")]
    Table(String),
    /// A file with what was counted before cannot be added up.
    #[error("{0}")]
    Partial(String),
    /// Nobody waits for the result any more.
    #[error("stopped")]
    Stopped,
    /// An option has a value that makes no sense.
    #[error("{0}")]
    Usage(String),
}

/// Names beside each other; `none` where there are none.
fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

impl Error {
    /// An error that is about no file.
    pub fn new(kind: ErrorKind) -> Self {
        Self { kind, path: None, line: None }
    }

    /// The same error, said of `path`.
    #[must_use]
    pub fn at_path(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// The same error, said of line `line` (from 1).
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.path, self.line) {
            (Some(path), Some(line)) => write!(f, "{}:{line}: {}", path.display(), self.kind),
            (Some(path), None) => write!(f, "{}: {}", path.display(), self.kind),
            (None, Some(line)) => write!(f, "line {line}: {}", self.kind),
            (None, None) => write!(f, "{}", self.kind),
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        let error = Self::new(ErrorKind::Words(problem.what));
        let path = Some(problem.file).filter(|file| !file.is_empty()).map(PathBuf::from);
        Self { path, line: problem.line.map(|line| line as u64), ..error }
    }
}

impl<K: Into<ErrorKind>> From<K> for Error {
    fn from(kind: K) -> Self {
        Self::new(kind.into())
    }
}
