//! Rows of cells, written as csv, tsv or jsonl, or laid out for a terminal.
//!
//! A [`Table`] has a destination, a format and columns. Rows are encoded into [`Rows`], by any thread, and
//! appended in order; so the costly part runs in parallel and a table never stands in memory as a whole (but for
//! one that is laid out for a terminal, where the last row may widen a column).

mod bar;
mod cell;
mod csv;
mod destination;
mod jsonl;
mod terminal;
mod tsv;

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

pub use bar::bar;
pub use cell::Cell;
pub use destination::Destination;

use crate::{ErrorKind, Result};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Comma-separated values as in RFC 4180, in UTF-8, lines ended by LF.
    #[default]
    Csv,
    /// Comma-separated values that a spreadsheet opens without a question: a byte order mark, CRLF, and a
    /// quote before every cell that it would run as a formula.
    Excel,
    /// Tab-separated values; a tab, line end or backslash inside a cell is written `\t`, `\n`, `\r`, `\\`.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// Columns in line, long cells cut off: to look at.
    Terminal,
}

impl Format {
    /// The format that the ending of `path` names, where it names one.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            _ => None,
        }
    }

    fn encode(self) -> &'static dyn Encode {
        match self {
            Self::Csv => &csv::Csv { excel: false },
            Self::Excel => &csv::Csv { excel: true },
            Self::Tsv => &tsv::Tsv,
            Self::Jsonl => &jsonl::Jsonl,
            Self::Terminal => &terminal::Terminal,
        }
    }
}

/// What one format does: one file each behind this trait, and one battery of tests over all.
trait Encode: Sync {
    /// Appends what stands before the first row.
    fn header(&self, columns: &Columns, out: &mut Vec<u8>);
    /// Appends one row, line end included.
    fn row(&self, columns: &Columns, cells: &[Cell<'_>], out: &mut Vec<u8>);
    /// True for a format that cannot write its first row before it has seen the last.
    fn waits_for_the_end(&self) -> bool {
        false
    }
    /// Makes of everything that was encoded what is written, for a format that waits for the end.
    fn lay_out(&self, _columns: &Columns, encoded: &str) -> String {
        encoded.to_owned()
    }
}

/// The names of a table's columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    names: Vec<Cow<'static, str>>,
    plain: usize,
    right: Vec<&'static str>,
}

impl Columns {
    /// Columns that every format has.
    pub fn new<N: Into<Cow<'static, str>>>(names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<_> = names.into_iter().map(Into::into).collect();
        Self { plain: names.len(), names, right: Vec::new() }
    }

    /// Adds columns at the end that only formats with nested values have (jsonl).
    #[must_use]
    pub fn and_nested(mut self, names: &[&'static str]) -> Self {
        self.names.extend(names.iter().map(|&name| Cow::Borrowed(name)));
        self
    }

    /// Adds columns at the end that every format has.
    #[must_use]
    pub fn and<N: Into<Cow<'static, str>>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        let nested = self.names.split_off(self.plain.min(self.names.len()));
        self.names.extend(names.into_iter().map(Into::into));
        self.plain = self.names.len();
        self.names.extend(nested);
        self
    }

    /// Sets these columns flush right in a terminal, as numbers are.
    #[must_use]
    pub fn right_aligned(mut self, names: &[&'static str]) -> Self {
        self.right.extend(names);
        self
    }

    fn is_right_aligned(&self, name: &str) -> bool {
        self.right.contains(&name)
    }

    /// The columns of formats without nested values.
    fn plain(&self) -> &[Cow<'static, str>] {
        self.names.get(..self.plain).unwrap_or(&self.names)
    }
}

impl From<&[&'static str]> for Columns {
    fn from(names: &[&'static str]) -> Self {
        Self::new(names.iter().copied())
    }
}

/// Rows, encoded and ready to be appended to a [`Table`].
#[derive(Debug, Clone)]
pub struct Rows {
    format: Format,
    columns: Arc<Columns>,
    bytes: Vec<u8>,
}

impl Rows {
    /// Adds a row: one cell a column, in the order of the columns.
    pub fn push(&mut self, cells: &[Cell<'_>]) {
        debug_assert_eq!(cells.len(), self.columns.names.len(), "one cell a column");
        self.format.encode().row(&self.columns, cells, &mut self.bytes);
    }
}

/// A table on its way to its destination.
#[derive(Debug)]
pub struct Table {
    format: Format,
    columns: Arc<Columns>,
    destination: Destination,
    has_header: bool,
    /// What was encoded so far, in a format that waits for the end.
    waiting: Vec<u8>,
    /// Memory that is used again.
    row: Vec<u8>,
}

impl Table {
    /// Starts a table. The header goes out with the first rows, or with [`Table::finish`]: a run that finds
    /// nothing to do writes nothing at all.
    pub fn new(destination: Destination, format: Format, columns: impl Into<Columns>) -> Self {
        Self {
            format,
            columns: Arc::new(columns.into()),
            destination,
            has_header: false,
            waiting: Vec::new(),
            row: Vec::new(),
        }
    }

    /// An empty block of rows for this table, to be filled anywhere.
    pub fn rows(&self) -> Rows {
        Rows { format: self.format, columns: Arc::clone(&self.columns), bytes: Vec::new() }
    }

    /// Writes rows that were encoded for this table.
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn append(&mut self, rows: &Rows) -> Result<()> {
        if rows.bytes.is_empty() {
            return Ok(());
        }
        self.begin()?;
        self.write(&rows.bytes)
    }

    /// Writes one row.
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn push(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        let mut rows = Rows { bytes: std::mem::take(&mut self.row), ..self.rows() };
        rows.bytes.clear();
        rows.push(cells);
        let written = self.append(&rows);
        self.row = rows.bytes;
        written
    }

    /// Brings everything to its place. A table that is dropped before leaves a file as it was.
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn finish(mut self) -> Result<()> {
        self.begin()?;
        let waiting = std::mem::take(&mut self.waiting);
        if let Ok(encoded) = std::str::from_utf8(&waiting) {
            let laid_out = self.format.encode().lay_out(&self.columns, encoded);
            self.write_out(laid_out.as_bytes())?;
        }
        self.destination.finish()
    }

    fn begin(&mut self) -> Result<()> {
        if self.has_header {
            return Ok(());
        }
        self.has_header = true;
        let mut header = Vec::new();
        self.format.encode().header(&self.columns, &mut header);
        self.write(&header)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        if self.format.encode().waits_for_the_end() {
            self.waiting.extend_from_slice(bytes);
            return Ok(());
        }
        self.write_out(bytes)
    }

    fn write_out(&mut self, bytes: &[u8]) -> Result<()> {
        self.destination.write_all(bytes).map_err(|error| self.destination.blame(ErrorKind::Io(error)))
    }
}

#[cfg(test)]
mod tests;
