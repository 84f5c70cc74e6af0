//! Archives: many files in one. Their members are read one after the other, each like a file of a folder, and named
//! `archive.zip!path`.

mod tar;
mod zip;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::gauge::Gauge;
use super::kind::{self, Kind};
use super::read::{Chunk, Opened, ReadOptions, Source, Supply, damaged_archive};
use super::slice::Shared;
use super::{PassedOver, Reason};
use crate::{Error, ErrorKind, Result};

/// How deep archives may stand in each other.
const DEEPEST: u8 = 3;

/// A kind of archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Archive {
    Zip,
    Tar,
}

/// A file in an archive, before it is decided whether it is read.
struct Entry {
    /// Where it stands in the archive.
    path: PathBuf,
    /// What it is; none where its name and its beginning say that it holds no text.
    kind: Option<Kind>,
    place: Place,
}

/// How the bytes of a member are got at.
enum Place {
    Zipped(zip::Zipped),
    /// So many bytes from there on.
    Stored {
        start: u64,
        length: u64,
    },
    /// It cannot be read, for this reason.
    Never(String),
}

/// Where the bytes of all members are.
enum Store {
    File(Shared),
    /// A stream that is read once, from its beginning.
    Stream(tar::Stream),
}

impl Archive {
    /// The archive that begins with `head`.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match () {
            () if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Some(Self::Zip),
            () if head.get(257..262) == Some(b"ustar") => Some(Self::Tar),
            () => None,
        }
    }

    /// Opens the archive that `source` is, and finds out what is to be read in it.
    ///
    /// # Errors
    /// Where its list of members cannot be read.
    pub(super) fn open(self, source: Source, options: &ReadOptions) -> Result<Members> {
        if source.depth >= DEEPEST {
            let what = format!("archives stand in each other more than {DEEPEST} deep; left out");
            return Err(ErrorKind::Unreadable(what).into());
        }
        let Source { name, depth, gauge, .. } = &source;
        let (name, depth, gauge) = (Arc::clone(name), *depth, gauge.clone());
        let (store, entries) = match self {
            Self::Zip => {
                let file = Shared::new(source.into_file().map_err(damaged_archive)?);
                let entries = zip::entries(&file).map_err(|error| damaged(&error))?;
                (Store::File(file), entries)
            }
            Self::Tar => tar::open(source).map_err(damaged_archive)?,
        };
        let (entries, passed_over) = chosen(entries, &name, options.all_forms);
        if entries.is_empty() {
            return Err(ErrorKind::Unreadable("no text in this archive".into()).into());
        }
        let options = options.clone();
        let (entries, current) = (entries.into_iter(), None);
        Ok(Members { name, depth, gauge, options, store, entries, passed_over, current, reported: 0 })
    }
}

/// Finds out whether what unpacks the zip archive in `file` all at once may do so.
///
/// # Errors
/// Where it unpacks to more than its size allows, or is damaged.
#[cfg(feature = "xlsx")]
pub(super) fn unpacks_soundly(file: &Shared) -> Result<()> {
    let gauge = Gauge::default();
    for entry in zip::entries(file).map_err(|error| damaged(&error))? {
        if let Place::Zipped(zipped) = entry.place {
            let unpacked = zipped.unpack(gauge.packed(zipped.packed(file))).map_err(damaged_archive)?;
            std::io::copy(&mut gauge.unpacked(unpacked), &mut std::io::sink()).map_err(damaged_archive)?;
        }
    }
    Ok(())
}

fn damaged(error: &dyn std::fmt::Display) -> Error {
    ErrorKind::Compression(error.to_string()).into()
}

/// The members that are read, and those that are not, as in a folder.
fn chosen(entries: Vec<Entry>, name: &str, all_forms: bool) -> (Vec<Entry>, Vec<PassedOver>) {
    let named = |path: &Path| PathBuf::from(member_name(name, path));
    let is_hidden = |entry: &Entry| {
        entry.path.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
            || entry.path.starts_with("__MACOSX")
    };
    let mut passed_over = Vec::new();
    let mut found = Vec::new();
    for entry in entries.into_iter().filter(|entry| !is_hidden(entry)) {
        match entry.kind {
            Some(kind) if kind != Kind::Issue => found.push((entry, kind)),
            _ => passed_over.push(PassedOver { path: named(&entry.path), reason: Reason::Ending }),
        }
    }
    let richest = match all_forms {
        true => (0..found.len()).collect(),
        false => kind::richest(found.iter().map(|(entry, kind)| (entry.path.as_path(), *kind))),
    };
    let paths: Vec<PathBuf> = found.iter().map(|(entry, _)| entry.path.clone()).collect();
    let mut kept = Vec::new();
    for ((at, (entry, _)), form) in found.into_iter().enumerate().zip(richest) {
        match paths.get(form).filter(|_| form != at) {
            Some(form) => {
                passed_over.push(PassedOver { path: named(&entry.path), reason: Reason::Form(named(form)) });
            }
            None => kept.push(entry),
        }
    }
    (kept, passed_over)
}

fn member_name(archive: &str, path: &Path) -> String {
    format!("{archive}!{}", path.display())
}

/// The name of a member as text: UTF-8, or what Chinese systems wrote before it.
fn decoded(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// What is wrong with a member is wrong with the archive that it stands in.
fn in_archive(mut error: Error) -> Error {
    if let ErrorKind::Io(said) = &error.kind {
        error.kind = ErrorKind::Compression(said.to_string());
    }
    error
}

/// The members of an archive that are read, one after the other.
pub(super) struct Members {
    name: Arc<str>,
    depth: u8,
    gauge: Gauge,
    options: ReadOptions,
    store: Store,
    entries: std::vec::IntoIter<Entry>,
    passed_over: Vec<PassedOver>,
    /// What is in the running member, where that is many documents.
    current: Option<Box<dyn Supply>>,
    reported: u64,
}

impl Members {
    fn open(&mut self, entry: Entry) -> Result<Opened> {
        let name: Arc<str> = member_name(&self.name, &entry.path).into();
        let at_member = |error: Error| error.at_path(name.as_ref());
        // What one member unpacks to is no reason to leave the others out.
        let gauge = Gauge::default();
        let rest: Box<dyn Read + Send> = match (entry.place, &self.store) {
            (Place::Never(why), _) => return Err(at_member(ErrorKind::Compression(why).into())),
            (Place::Zipped(zipped), Store::File(file)) => {
                let packed = gauge.packed(self.gauge.packed(zipped.packed(file)));
                let unpacked = zipped.unpack(packed).map_err(damaged_archive).map_err(at_member)?;
                Box::new(gauge.unpacked(unpacked))
            }
            (Place::Stored { start, length }, Store::File(file)) => {
                Box::new(gauge.packed(self.gauge.packed(file.slice(start, length))))
            }
            (Place::Stored { start, length }, Store::Stream(stream)) => {
                Box::new(gauge.packed(stream.member(start, length)))
            }
            (Place::Zipped(_), Store::Stream(_)) => return Err(at_member(ErrorKind::Binary.into())),
        };
        let source = Source {
            name: Arc::clone(&name),
            is_of_folder: true,
            depth: self.depth + 1,
            gauge,
            path: None,
            compression: None,
            head: Vec::new(),
            rest,
        };
        let opened = self.options.look(source).map_err(at_member)?;
        // The next member stands behind this one.
        match opened {
            Opened::Page(page) => Ok(Opened::Page(page.loaded().map_err(at_member)?)),
            many => Ok(many),
        }
    }
}

impl Supply for Members {
    fn next(&mut self) -> Result<Option<Chunk>> {
        if !self.passed_over.is_empty() {
            return Ok(Some(Chunk::PassedOver(std::mem::take(&mut self.passed_over))));
        }
        loop {
            match self.current.as_mut().map(|current| current.next()) {
                Some(Ok(Some(chunk))) => return Ok(Some(chunk)),
                Some(Ok(None)) => self.current = None,
                Some(Err(error)) => {
                    self.current = None;
                    return Ok(Some(Chunk::Broken(in_archive(error))));
                }
                None => {}
            }
            let Some(entry) = self.entries.next() else { return Ok(None) };
            match self.open(entry) {
                Ok(Opened::Page(page)) => return Ok(Some(Chunk::Page(page))),
                Ok(Opened::Many(many)) => self.current = Some(many),
                Err(error) => return Ok(Some(Chunk::Broken(in_archive(error)))),
            }
        }
    }

    fn advance(&mut self) -> u64 {
        let taken = self.gauge.taken();
        let since = taken.saturating_sub(self.reported);
        self.reported = taken;
        since
    }
}
