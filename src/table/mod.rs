//! Rows of cells, written as csv, tsv, jsonl or a workbook for spreadsheets, or laid out for a terminal.
//!
//! A table has one list of [`Column`]s, which says of each column what it is and how its cell is made from what a row
//! is about. A [`Table`] has a destination, a format and columns. Rows are encoded into [`Rows`], by any thread, and
//! appended in order; so the costly part runs in parallel and a table never stands in memory as a whole (but for
//! one that is laid out for a terminal, where the last row may widen a column).
//!
//! A new format is a file here and a line in [`Format::ALL`].

mod about;
mod bar;
mod cell;
mod column;
mod csv;
mod describe;
mod destination;
mod format;
mod harmless;
mod jsonl;
mod markdown;
mod memory;
mod packed;
mod packing;
#[cfg(feature = "parquet")]
mod parquet;
mod report;
mod sink;
#[cfg(feature = "sqlite")]
mod sqlite;
mod stale;
mod terminal;
mod tsv;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::fmt;
use std::sync::Arc;

pub use about::About;
pub use bar::bar;
pub use cell::Cell;
pub use column::{Column, Columns, Field, Row, Shown, Type};
pub use describe::DESCRIPTION;
pub use destination::{Destination, Screen};
pub use format::Format;
pub use harmless::harmless;
pub use memory::Memory;
pub use report::{Language, Report};
#[cfg(feature = "xlsx")]
pub use xlsx::Book;

use crate::Result;
use sink::{Sheet, Sink};

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
    /// The last cells of every row from here on.
    kept: Vec<Option<String>>,
}

impl Rows {
    /// Sets what the rows from here on hold in the columns of [`Columns::keeping`].
    pub fn keep(&mut self, values: &[Option<String>]) {
        values.clone_into(&mut self.kept);
    }

    /// Adds a row. `columns` is the list that the table was made for.
    pub fn push<R: Row>(&mut self, columns: &[Column<R>], row: &R::At<'_>) {
        let Layout { format, written, fields, columns: all } = &*self.layout;
        debug_assert!(columns.len() <= all.fields().len(), "the columns of another table: {columns:?}");
        let kept = |place: usize| self.kept.get(place - columns.len())?.as_deref();
        let cells = written.iter().map(|&place| match columns.get(place) {
            Some(column) => column::checked(column, row),
            None => kept(place).into(),
        });
        let mut cells = fields.iter().zip(cells);
        format.encode().row(&mut cells, &mut self.bytes);
    }
}

/// A table on its way to its destination.
///
/// ```
/// use zjgr::table::{Column, Destination, Format, Memory, Row, Table};
///
/// struct Word {
///     text: &'static str,
///     count: u64,
/// }
///
/// impl Row for Word {
///     type At<'p> = Word;
/// }
///
/// static COLUMNS: &[Column<Word>] = &[
///     Column::text("word", "The word", |word| word.text.into()),
///     Column::integer("count", "How often it occurs", |word| word.count.into()),
/// ];
///
/// let memory = Memory::default();
/// let mut table = Table::new(Destination::stream(memory.clone()), Format::JSONL, COLUMNS);
/// table.push(COLUMNS, &Word { text: "工会", count: 12 })?;
/// table.finish()?;
/// assert_eq!(memory.text(), "{\"word\":\"工会\",\"count\":12}\n");
/// # Ok::<(), zjgr::Error>(())
/// ```
pub struct Table {
    layout: Arc<Layout>,
    stage: Stage,
    header: bool,
    about: About,
    is_empty: bool,
    /// Memory that is used again.
    row: Vec<u8>,
}

/// How far a table is.
enum Stage {
    Due(Box<Destination>),
    Open(Box<dyn Sink>),
    /// What opens it failed.
    Failed,
}

impl Table {
    /// Starts a table. The header goes out with the first rows, or with [`Table::finish`]: a run that finds
    /// nothing to do writes nothing at all.
    pub fn new(destination: Destination, format: Format, columns: impl Into<Columns>) -> Self {
        Self::of(Stage::Due(Box::new(destination)), format, columns.into())
    }

    fn of(stage: Stage, format: Format, columns: Columns) -> Self {
        let written = columns.written(format);
        let fields = written.iter().filter_map(|&place| columns.fields().get(place).cloned()).collect();
        Self {
            layout: Arc::new(Layout { format, columns, written, fields }),
            stage,
            header: true,
            about: About::named("table"),
            is_empty: true,
            row: Vec::new(),
        }
    }

    /// A table whose rows go into what `begin` makes: a part of something greater.
    fn into_sink(
        name: &str,
        format: Format,
        columns: Columns,
        begin: impl FnOnce(Sheet<'_>) -> Result<Box<dyn Sink>>,
    ) -> Result<Self> {
        let mut table = Self::of(Stage::Failed, format, columns);
        table.stage = Stage::Open(begin(Sheet { name, fields: &table.layout.fields, header: true })?);
        Ok(table)
    }

    /// The table without the names of its columns, where its format can be without.
    #[must_use]
    pub fn without_header(self) -> Self {
        Self { header: false, ..self }
    }

    /// The table with what it says of itself, in formats that have a place for it.
    #[must_use]
    pub fn about(self, about: About) -> Self {
        Self { about, ..self }
    }

    /// Adds to what the table says of itself.
    pub fn say(&mut self, what: &str, value: String) {
        self.about.say(what, value);
    }

    /// An empty block of rows for this table, to be filled anywhere.
    pub fn rows(&self) -> Rows {
        Rows { layout: Arc::clone(&self.layout), bytes: Vec::new(), kept: Vec::new() }
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
        match &mut self.stage {
            Stage::Open(sink) => sink.append(&rows.bytes),
            Stage::Due(_) | Stage::Failed => Ok(()),
        }
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
        self.push_kept(columns, row, &[])
    }

    /// Writes one row, with what it holds in the columns of [`Columns::keeping`].
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn push_kept<R: Row>(
        &mut self,
        columns: &[Column<R>],
        row: &R::At<'_>,
        kept: &[Option<String>],
    ) -> Result<()> {
        let mut rows = Rows { bytes: std::mem::take(&mut self.row), ..self.rows() };
        rows.bytes.clear();
        rows.keep(kept);
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
        match self.stage {
            Stage::Open(sink) => sink.finish(&self.about),
            Stage::Due(_) | Stage::Failed => Ok(()),
        }
    }

    fn begin(&mut self) -> Result<()> {
        if !matches!(self.stage, Stage::Due(_)) {
            return Ok(());
        }
        if let Stage::Due(destination) = std::mem::replace(&mut self.stage, Stage::Failed) {
            let sheet = Sheet { name: &self.about.name, fields: &self.layout.fields, header: self.header };
            self.stage = Stage::Open(self.layout.format.encode().sink(sheet, *destination)?);
        }
        Ok(())
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("layout", &self.layout).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
