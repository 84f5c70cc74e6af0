//! The formats of a table.

use std::fmt;
use std::path::Path;

use super::packing::Packing;
use super::sink::{Plain, Sheet, Sink};
use super::{Cell, Destination, Field, packed};
use crate::Result;

/// How a table is written.
///
/// ```
/// use std::path::Path;
/// use zjgr::table::Format;
///
/// assert_eq!(Format::of_path(Path::new("words.csv.gz")), Some(Format::CSV));
/// assert_eq!(Format::named("jsonl"), Some(Format::JSONL));
/// ```
#[derive(Clone, Copy)]
pub struct Format(&'static dyn Encode);

impl Format {
    /// Every format that can be asked for by name.
    pub const ALL: &[Self] = &[
        Self::CSV,
        Self::TSV,
        Self::JSONL,
        Self::TABLE,
        Self::MARKDOWN,
        #[cfg(feature = "xlsx")]
        Self::XLSX,
        #[cfg(feature = "parquet")]
        Self::PARQUET,
        #[cfg(feature = "sqlite")]
        Self::SQLITE,
    ];

    /// What `encode` does.
    pub(super) const fn new(encode: &'static dyn Encode) -> Self {
        Self(encode)
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The format that the ending of `path` names, where it names one; of `.csv.gz` and `.jsonl.zst` the ending before.
    pub fn of_path(path: &Path) -> Option<Self> {
        let path = Packing::of(path).map_or(path, |(_, path)| path);
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|format| format.endings().contains(&ending.as_str()))
    }

    /// Its name, as it is asked for.
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

    /// True for what a person can read on a terminal.
    pub fn is_text(self) -> bool {
        self.0.shape() == Shape::Text
    }

    /// True for a database, in which a table takes the place of an older one while others stay:
    /// [`Destination::database`].
    pub fn is_database(self) -> bool {
        self.0.shape() == Shape::Database
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

/// What the bytes of a format are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(any(feature = "xlsx", feature = "parquet", feature = "sqlite")),
    allow(dead_code, reason = "every format is text")
)]
pub(super) enum Shape {
    /// Text, row after row.
    Text,
    /// No text.
    Binary,
    /// A database, which holds other tables too.
    Database,
}

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
    fn header(&self, _fields: &[Field], _out: &mut Vec<u8>) {}
    /// True where a table without the names of its columns is none.
    fn has_header(&self) -> bool {
        false
    }
    /// Appends one row: of text with its line end, else packed, for the sink of the format to unpack.
    fn row(&self, cells: &mut Cells<'_>, out: &mut Vec<u8>) {
        packed::push(cells, out);
    }
    /// What brings encoded rows to `destination`.
    fn sink(&self, sheet: Sheet<'_>, destination: Destination) -> Result<Box<dyn Sink>> {
        let mut header = Vec::new();
        if sheet.header || self.has_header() {
            self.header(sheet.fields, &mut header);
        }
        Plain::start(destination, &header)
    }
    /// See [`Format::is_text`] and [`Format::is_database`].
    fn shape(&self) -> Shape {
        Shape::Text
    }
}
