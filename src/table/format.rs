//! The formats of a table.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use super::{Cell, Field};

/// How a table is written.
#[derive(Clone, Copy)]
pub struct Format(&'static dyn Encode);

impl Format {
    /// Every format that can be asked for by name.
    pub const ALL: [Self; 4] = [Self::CSV, Self::TSV, Self::JSONL, Self::TABLE];

    /// What `encode` does.
    pub(super) const fn new(encode: &'static dyn Encode) -> Self {
        Self(encode)
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format that the ending of `path` names, where it names one.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.endings().contains(&ending.as_str()))
    }

    /// Its name, as a flag takes it.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        self.0.about()
    }

    /// The endings of files that hold it, without the dot.
    pub fn endings(self) -> &'static [&'static str] {
        self.0.endings()
    }

    /// The format as a spreadsheet opens it without a question, where it has such a form.
    pub fn for_spreadsheet(self) -> Option<Self> {
        self.0.for_spreadsheet()
    }

    /// True where a cell can hold an array.
    pub fn has_nested(self) -> bool {
        self.0.has_nested()
    }

    pub(super) fn encode(self) -> &'static dyn Encode {
        self.0
    }
}

impl Default for Format {
    fn default() -> Self {
        Self::CSV
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The cells of a row, each with its column.
pub(super) type Cells<'c> = dyn Iterator<Item = (&'c Field, Cell<'c>)> + 'c;

/// What one format does: one file each behind this trait, and one battery of tests over all.
pub(super) trait Encode: Sync {
    /// See [`Format::name`].
    fn name(&self) -> &'static str;
    /// See [`Format::about`].
    fn about(&self) -> &'static str;
    /// See [`Format::endings`].
    fn endings(&self) -> &'static [&'static str] {
        &[]
    }
    /// See [`Format::for_spreadsheet`].
    fn for_spreadsheet(&self) -> Option<Format> {
        None
    }
    /// See [`Format::has_nested`].
    fn has_nested(&self) -> bool {
        false
    }
    /// Appends what stands before the first row.
    fn header(&self, fields: &[Field], out: &mut Vec<u8>);
    /// Appends one row, line end included.
    fn row(&self, cells: &mut Cells<'_>, out: &mut Vec<u8>);
    /// True for a format that cannot write its first row before it has seen the last.
    fn waits_for_the_end(&self) -> bool {
        false
    }
    /// Writes what stands after the last row; in a format that waits for the end everything, made of the header and
    /// the rows as they were encoded.
    fn finish(&self, _fields: &[Field], _encoded: &[u8], _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
