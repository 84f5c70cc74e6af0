//! From the paths a user names to the files that are read, in an order that does not depend on the disk.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::{Error, ErrorKind};

/// The endings of files that hold text, as far as folders are concerned.
const ENDINGS: [&str; 9] = ["txt", "text", "md", "jsonl", "ndjson", "xml", "hocr", "pdf", "html"];
/// The endings that may follow them.
const COMPRESSED: [&str; 2] = ["gz", "zst"];

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is; none for standard input.
    pub path: Option<PathBuf>,
    /// Its name as the user gave it, or as it follows from the folder that the user named; `-` for standard
    /// input. It is what the column `file` shows.
    pub name: Arc<str>,
    /// Its size on disk, in bytes, where that is known.
    pub size: Option<u64>,
}

impl Input {
    /// Standard input.
    pub fn stdin() -> Self {
        Self { path: None, name: "-".into(), size: None }
    }

    /// A file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { name: path.to_string_lossy().into(), path: Some(path), size: None }
    }
}

/// Everything that is to be read, in order.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files.
    pub files: Vec<Input>,
    /// What was named or met, and cannot be read.
    pub errors: Vec<Error>,
    /// Folders that were named and hold nothing to read.
    pub empty: Vec<PathBuf>,
    /// Files of folders whose ending says that they hold no text.
    pub passed_over: Vec<PathBuf>,
}

impl Inputs {
    /// Finds the files under `paths`: a file as it is, whatever its ending; a folder with all its folders, in
    /// the order of their paths, without hidden files and those whose ending says that they hold no text; `-`
    /// for standard input. The file `except` (what the run writes) is never among a folder's files.
    pub fn find<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, except: Option<&Path>) -> Self {
        let except = except.and_then(|path| std::fs::canonicalize(path).ok());
        let mut found = Self::default();
        for path in paths {
            found.add(path.as_ref(), except.as_deref());
        }
        found
    }

    /// The size of everything together, in bytes, where it is known of every input.
    pub fn size(&self) -> Option<u64> {
        self.files.iter().map(|file| file.size).sum()
    }

    fn add(&mut self, path: &Path, except: Option<&Path>) {
        if path == Path::new("-") {
            return self.files.push(Input::stdin());
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.add_folder(path, except),
            // The size of a pipe or a device says nothing.
            Ok(meta) => {
                self.files.push(Input { size: meta.is_file().then_some(meta.len()), ..Input::file(path) });
            }
            Err(error) => self.errors.push(Error::new(error.into()).at_path(path)),
        }
    }

    fn add_folder(&mut self, folder: &Path, except: Option<&Path>) {
        let before = self.files.len();
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.errors.push(walk_error(error));
                    continue;
                }
            };
            if !entry.file_type().is_file() {
                continue;
            }
            if !has_text_ending(entry.path()) {
                self.passed_over.push(entry.into_path());
                continue;
            }
            if except.is_some() && std::fs::canonicalize(entry.path()).ok().as_deref() == except {
                continue;
            }
            let size = entry.metadata().ok().map(|meta| meta.len());
            self.files.push(Input { size, ..Input::file(entry.into_path()) });
        }
        if self.files.len() == before {
            self.empty.push(folder.to_path_buf());
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn has_text_ending(path: &Path) -> bool {
    let one_of = |path: &Path, endings: &[&str]| {
        let ending = path.extension().and_then(OsStr::to_str);
        ending.is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    if one_of(path, &COMPRESSED) {
        return path.file_stem().is_some_and(|stem| one_of(Path::new(stem), &ENDINGS));
    }
    one_of(path, &ENDINGS)
}

fn walk_error(error: walkdir::Error) -> Error {
    let path = error.path().map(Path::to_path_buf);
    let kind = match error.loop_ancestor() {
        Some(ancestor) => ErrorKind::Format(format!("a link back to {}, left out", ancestor.display())),
        None => ErrorKind::Io(error.into()),
    };
    path.iter().fold(Error::new(kind), Error::at_path)
}
