//! Which file a path leads to, whatever it is called there.

use std::fs::{self, Metadata};
use std::path::Path;

/// A file, as the system tells it from all others: two names of one file, links too, have the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity(
    /// The device and the number of the file on it.
    #[cfg(unix)]
    (u64, u64),
    /// The path without links.
    #[cfg(not(unix))]
    std::path::PathBuf,
);

impl Identity {
    /// The file that `path` leads to; none where there is none.
    pub fn of(path: &Path) -> Option<Self> {
        Self::of_known(path, &fs::metadata(path).ok()?)
    }

    /// The same where `meta` is known already.
    #[cfg(unix)]
    pub(super) fn of_known(_path: &Path, meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self((meta.dev(), meta.ino())))
    }

    /// The same where `meta` is known already.
    #[cfg(not(unix))]
    pub(super) fn of_known(path: &Path, _meta: &Metadata) -> Option<Self> {
        fs::canonicalize(path).ok().map(Self)
    }
}
