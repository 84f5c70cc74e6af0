//! From the paths a user names to the files that are read, in an order that does not depend on the disk.

use std::fmt::Write;
use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use walkdir::{DirEntry, WalkDir};

use super::kind::{self, Kind};
use super::mets::Issue;
use super::{Identity, Meta, Stories};
use crate::{Error, ErrorKind};

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Input {
    /// Where it is; none for standard input.
    pub path: Option<PathBuf>,
    /// Its name as the user gave it, or as it follows from the folder that the user named; `-` for standard
    /// input. It is what the column `file` shows. A byte that is no character stands in it as `\xFF`.
    pub name: Arc<str>,
    /// Its size on disk, in bytes, where that is known.
    pub size: Option<u64>,
    /// True where the user named a folder that it is in, not the file.
    pub is_of_folder: bool,
    /// What the file that lists the files of an issue says of it.
    pub meta: Meta,
    /// What that file says of its articles.
    pub stories: Option<Arc<Stories>>,
}

impl Input {
    /// Standard input.
    pub fn stdin() -> Self {
        Self {
            path: None,
            name: "-".into(),
            size: None,
            is_of_folder: false,
            meta: Meta::default(),
            stories: None,
        }
    }

    /// A file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self {
            name: name_of(&path).into(),
            path: Some(path),
            size: None,
            is_of_folder: false,
            meta: Meta::default(),
            stories: None,
        }
    }
}

/// Everything that is to be read, in order.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Inputs {
    /// What was named.
    pub roots: Vec<PathBuf>,
    /// The files.
    pub files: Vec<Input>,
    /// What was named or met, and cannot be read.
    pub errors: Vec<Error>,
    /// Folders that were named and hold nothing to read.
    pub empty: Vec<PathBuf>,
    /// What was met, or named again, and is not read.
    pub passed_over: Vec<PassedOver>,
    /// True where every form of a page is read, not only the richest.
    all_forms: bool,
    /// What an issue named.
    named: FxHashSet<Identity>,
    seen: FxHashMap<Identity, Arc<str>>,
}

/// A file that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PassedOver {
    /// Where it is.
    pub path: PathBuf,
    /// Why it is not read.
    pub reason: Reason,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It stands in a folder, and its ending does not say that it holds text.
    Ending,
    /// It is what the run writes.
    Output,
    /// It is a file that is read already, under this name.
    Again(Arc<str>),
    /// It is the same page as a file of this name beside it, which tells more of it.
    Form(PathBuf),
    /// It lists the files of an issue, which are read.
    List,
}

impl Inputs {
    /// Finds the files under `paths`: a file as it is, whatever its ending; a folder with all its folders, in
    /// the order of their paths, without hidden files and those whose ending says that they hold no text; `-`
    /// for standard input. What is met twice, by whatever names and links, is read once. Of the files of a folder that are
    /// forms of one page the richest is read. The file `output` (what the run writes) is never among a folder's files.
    ///
    /// ```
    /// use zjgr::source::Inputs;
    ///
    /// let inputs = Inputs::find(["data/pages", "no/such/file"], None);
    /// assert!(inputs.files.len() > 5);
    /// assert_eq!(inputs.errors.len(), 1);
    /// ```
    pub fn find<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, output: Option<&Path>) -> Self {
        Self::default().and(paths, output)
    }

    /// The same, with every form of a page.
    pub fn find_all_forms<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, output: Option<&Path>) -> Self {
        Self { all_forms: true, ..Self::default() }.and(paths, output)
    }

    fn and<P: AsRef<Path>>(mut self, paths: impl IntoIterator<Item = P>, output: Option<&Path>) -> Self {
        let output = output.and_then(Identity::of);
        for path in paths {
            self.roots.push(path.as_ref().to_path_buf());
            self.add(path.as_ref(), output.as_ref());
        }
        self
    }

    /// The size of everything together, in bytes, where it is known of every input.
    pub fn size(&self) -> Option<u64> {
        self.files.iter().map(|file| file.size).sum()
    }

    /// True where the file at `path`, by whatever name, is among those that are read.
    pub fn read(&self, path: &Path) -> bool {
        Identity::of(path).is_some_and(|file| self.seen.contains_key(&file))
    }

    fn add(&mut self, path: &Path, output: Option<&Identity>) {
        if path == Path::new("-") {
            if self.files.iter().all(|file| file.path.is_some()) {
                self.files.push(Input::stdin());
            }
            return;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.add_folder(path, output),
            Ok(_) if is_issue(path) => self.add_issue(path),
            Ok(meta) => self.add_file(Input::file(path), &meta),
            Err(error) => self.errors.push(Error::new(error.into()).at_path(path)),
        }
    }

    fn add_file(&mut self, input: Input, meta: &Metadata) {
        let Some(path) = &input.path else { return };
        if let Some(identity) = Identity::of_known(path, meta) {
            if let Some(first) = self.seen.get(&identity) {
                let reason = Reason::Again(Arc::clone(first));
                return self.passed_over.push(PassedOver { path: path.clone(), reason });
            }
            self.seen.insert(identity, Arc::clone(&input.name));
        }
        // The size of a pipe or a device says nothing.
        self.files.push(Input { size: meta.is_file().then_some(meta.len()), ..input });
    }

    fn add_folder(&mut self, folder: &Path, output: Option<&Identity>) {
        let (files, again) = (self.files.len(), self.read_again());
        let found = self.walk(folder, output);
        // What an issue names is read with it, in the order of its pages.
        for (path, _, _) in found.iter().filter(|(.., kind)| *kind == Kind::Issue) {
            self.add_issue(path);
        }
        let found: Vec<_> =
            found.into_iter().filter(|(path, meta, kind)| !self.is_settled(path, meta, *kind)).collect();
        let chosen: Vec<usize> = match self.all_forms {
            true => (0..found.len()).collect(),
            false => kind::richest(found.iter().map(|(path, _, kind)| (path.as_path(), *kind))),
        };
        for (at, (path, meta, _)) in found.iter().enumerate() {
            match chosen.get(at).filter(|&&chosen| chosen != at).and_then(|&chosen| found.get(chosen)) {
                Some((form, ..)) => {
                    self.passed_over
                        .push(PassedOver { path: path.clone(), reason: Reason::Form(form.clone()) });
                }
                None => self.add_file(Input { is_of_folder: true, ..Input::file(path) }, meta),
            }
        }
        if (self.files.len(), self.read_again()) == (files, again) {
            self.empty.push(folder.to_path_buf());
        }
    }

    /// True where a file of a folder needs no further thought: it is a list, or an issue named it.
    fn is_settled(&self, path: &Path, meta: &Metadata, kind: Kind) -> bool {
        kind == Kind::Issue || Identity::of_known(path, meta).is_some_and(|file| self.named.contains(&file))
    }

    /// Adds the pages of the issue that the METS file at `path` lists: of each the richest form that is there.
    fn add_issue(&mut self, path: &Path) {
        let read = std::fs::read_to_string(path).map_err(Error::from);
        let folder = path.parent().unwrap_or(Path::new(""));
        let issue = match read.and_then(|text| Issue::read(&text, folder)) {
            Ok(issue) => issue,
            Err(error) => return self.errors.push(error.at_path(path)),
        };
        let before = self.files.len();
        for page in &issue.pages {
            let kinds = page.iter().filter_map(|file| Some((Kind::of(file, || File::open(file))?, file)));
            let mut forms: Vec<(Kind, &PathBuf)> = kinds.filter(|(_, file)| file.is_file()).collect();
            forms.sort();
            let read = if self.all_forms { forms.len() } else { 1 };
            for (at, (_, file)) in forms.iter().enumerate() {
                let Ok(meta) = std::fs::metadata(file) else { continue };
                self.named.extend(Identity::of_known(file, &meta));
                match forms.first().filter(|_| at >= read) {
                    Some((_, first)) => {
                        let reason = Reason::Form((*first).clone());
                        self.passed_over.push(PassedOver { path: (*file).clone(), reason });
                    }
                    None => {
                        let (said, stories) = (issue.meta.clone(), issue.stories.get(*file).cloned());
                        let input = Input { is_of_folder: true, meta: said, stories, ..Input::file(*file) };
                        self.add_file(input, &meta);
                    }
                }
            }
        }
        if self.files.len() == before && self.named.is_empty() {
            let what = "none of the files that this METS file names is there and holds text";
            return self.errors.push(Error::new(ErrorKind::Unreadable(what.into())).at_path(path));
        }
        self.passed_over.push(PassedOver { path: path.to_path_buf(), reason: Reason::List });
    }

    /// The files under `folder` that hold text, in the order of their paths.
    fn walk(&mut self, folder: &Path, output: Option<&Identity>) -> Vec<(PathBuf, Metadata, Kind)> {
        let mut found = Vec::new();
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
            let Ok(meta) = entry.metadata() else { continue };
            let path = entry.into_path();
            if output.is_some() && Identity::of_known(&path, &meta).as_ref() == output {
                self.passed_over.push(PassedOver { path, reason: Reason::Output });
                continue;
            }
            match Kind::of(&path, || File::open(&path)) {
                Some(kind) => found.push((path, meta, kind)),
                None => self.passed_over.push(PassedOver { path, reason: Reason::Ending }),
            }
        }
        found
    }

    /// How many files were met that are read already.
    fn read_again(&self) -> usize {
        self.passed_over.iter().filter(|passed| matches!(passed.reason, Reason::Again(_))).count()
    }
}

/// The name of a file as text; bytes that are none stand as `\xFF`, so that two such files are told apart.
pub(super) fn name_of(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(name, "\\x{byte:02X}");
        }
    }
    name
}

/// True where the file at `path` lists the files of an issue.
fn is_issue(path: &Path) -> bool {
    let is_xml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml"));
    is_xml && Kind::of(path, || File::open(path)) == Some(Kind::Issue)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn walk_error(error: walkdir::Error) -> Error {
    let path = error.path().map(Path::to_path_buf);
    let kind = match error.loop_ancestor() {
        Some(ancestor) => ErrorKind::LinkLoop(ancestor.to_path_buf()),
        None => ErrorKind::Io(error.into()),
    };
    path.iter().fold(Error::new(kind), Error::at_path)
}
