//! Rows of cells, written as csv, tsv or jsonl, or laid out for a terminal.
//!
//! A table has one list of [`Column`]s, which says of each column what it is and how its cell is made from what a row
//! is about. A [`Table`] has a destination, a format and columns. Rows are encoded into [`Rows`], by any thread, and
//! appended in order; so the costly part runs in parallel and a table never stands in memory as a whole (but for
//! one that is laid out for a terminal, where the last row may widen a column).
//!
//! A new format is a file here and a line in [`Format::ALL`].

mod bar;
mod cell;
mod column;
mod csv;
mod describe;
mod destination;
mod format;
mod harmless;
mod jsonl;
mod stale;
mod terminal;
mod tsv;

use std::io::Write;
use std::sync::Arc;

pub use bar::bar;
pub use cell::Cell;
pub use column::{Column, Columns, Field, Row, Type};
pub use describe::DESCRIPTION;
pub use destination::Destination;
pub use format::Format;
pub use harmless::harmless;

use crate::{ErrorKind, Result};

/// What of a table every block of its rows knows.
#[derive(Debug)]
struct Layout {
    format: Format,
    columns: Columns,
    /// The columns that are written, by their place in the list.
    written: Vec<usize>,
    /// The same as they are.
    fields: Vec<Field>,
}

/// Rows, encoded and ready to be appended to a [`Table`].
#[derive(Debug, Clone)]
pub struct Rows {
    layout: Arc<Layout>,
    bytes: Vec<u8>,
}

impl Rows {
    /// Adds a row. `columns` is the list that the table was made for.
    pub fn push<R: Row>(&mut self, columns: &[Column<R>], row: &R::At<'_>) {
        let Layout { format, written, fields, columns: all } = &*self.layout;
        debug_assert_eq!(columns.len(), all.fields().len(), "the columns of another table: {columns:?}");
        let chosen = written.iter().filter_map(|&place| columns.get(place));
        let mut cells = fields.iter().zip(chosen.map(|column| column::checked(column, row)));
        format.encode().row(&mut cells, &mut self.bytes);
    }
}

/// A table on its way to its destination.
#[derive(Debug)]
pub struct Table {
    layout: Arc<Layout>,
    destination: Destination,
    header: Header,
    is_empty: bool,
    /// What was encoded so far, in a format that waits for the end.
    waiting: Vec<u8>,
    /// Memory that is used again.
    row: Vec<u8>,
}

/// What becomes of the names of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Header {
    Due,
    Written,
    Unwanted,
}

impl Table {
    /// Starts a table. The header goes out with the first rows, or with [`Table::finish`]: a run that finds
    /// nothing to do writes nothing at all.
    pub fn new(destination: Destination, format: Format, columns: impl Into<Columns>) -> Self {
        let columns = columns.into();
        let written = columns.written(format);
        let fields = written.iter().filter_map(|&place| columns.fields().get(place).cloned()).collect();
        Self {
            layout: Arc::new(Layout { format, columns, written, fields }),
            destination,
            header: Header::Due,
            is_empty: true,
            waiting: Vec::new(),
            row: Vec::new(),
        }
    }

    /// The table without the names of its columns.
    #[must_use]
    pub fn without_header(self) -> Self {
        Self { header: Header::Unwanted, ..self }
    }

    /// An empty block of rows for this table, to be filled anywhere.
    pub fn rows(&self) -> Rows {
        Rows { layout: Arc::clone(&self.layout), bytes: Vec::new() }
    }

    /// Writes rows that were encoded for this table.
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn append(&mut self, rows: &Rows) -> Result<()> {
        if rows.bytes.is_empty() {
            return Ok(());
        }
        self.is_empty = false;
        self.begin()?;
        self.write(&rows.bytes)
    }

    /// True where no row was written yet.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Writes one row. `columns` is the list that the table was made for.
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn push<R: Row>(&mut self, columns: &[Column<R>], row: &R::At<'_>) -> Result<()> {
        let mut rows = Rows { bytes: std::mem::take(&mut self.row), ..self.rows() };
        rows.bytes.clear();
        rows.push(columns, row);
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
        let layout = Arc::clone(&self.layout);
        let result = layout.format.encode().finish(&layout.fields, &waiting, &mut self.destination);
        result.map_err(|error| self.destination.blame(ErrorKind::Io(error)))?;
        self.destination.finish()
    }

    fn begin(&mut self) -> Result<()> {
        if self.header != Header::Due {
            return Ok(());
        }
        self.header = Header::Written;
        let mut header = Vec::new();
        self.layout.format.encode().header(&self.layout.fields, &mut header);
        self.write(&header)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        if self.layout.format.encode().waits_for_the_end() {
            self.waiting.extend_from_slice(bytes);
            return Ok(());
        }
        self.destination.write_all(bytes).map_err(|error| self.destination.blame(ErrorKind::Io(error)))
    }
}

#[cfg(test)]
mod tests;
