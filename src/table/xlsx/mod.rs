//! A workbook for spreadsheets (Office Open XML): numbers as numbers, days as days, text as text, whatever it looks
//! like.
//!
//! Rows go to a file of their own as they come, so that a table of any length needs the memory of a few rows. What a
//! sheet cannot hold is said where it is missing: a cell that is too long is cut with a note, and a table that is too
//! long goes on in a second sheet.

mod cell;
mod links;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Style, FormatAlign, Workbook, Worksheet};
use unicode_width::UnicodeWidthStr;

use super::format::{Encode, Shape};
use super::sink::{Sheet, Sink, failed};
use super::{About, Cell, Columns, Destination, Field, Format, Table, Type, packed};
use crate::Result;
use crate::contained::contained;
use links::{Keys, Links};

impl Format {
    /// A workbook for spreadsheets, with a second sheet that says what the table is.
    pub const XLSX: Self = Self::new(&Xlsx);
}

/// So many rows a sheet has.
const MOST_ROWS: u32 = 1 << 20;
/// A column is no wider than this, and no narrower, in characters of half width.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=60;
/// What the arrow of a filter takes beside the name of its column.
const FILTER_WIDTH: usize = 3;
/// The sheet that says what the others are.
const ABOUT: &str = "about";

struct Xlsx;

impl Encode for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn about(&self) -> &'static str {
        "A workbook for spreadsheets, every cell with its type"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx"]
    }

    fn for_spreadsheet(&self) -> Option<Format> {
        Some(Format::XLSX)
    }

    fn shape(&self) -> Shape {
        Shape::Binary
    }

    fn sink(&self, sheet: Sheet<'_>, destination: Destination) -> Result<Box<dyn Sink>> {
        let book = Book::new(destination);
        let sheets = Sheets::begin(&book, sheet)?;
        Ok(Box::new(Only { book, sheets }))
    }
}

/// The one table of a workbook.
struct Only {
    book: Book,
    sheets: Sheets,
}

impl Sink for Only {
    fn append(&mut self, rows: &[u8]) -> Result<()> {
        self.sheets.append(rows)
    }

    fn finish(self: Box<Self>, about: &About) -> Result<()> {
        let Self { book, sheets } = *self;
        Box::new(sheets).finish(about)?;
        book.finish(about)
    }
}

/// A workbook of several tables, in the order in which they are begun. Rows name the article and the page that they stand
/// in as links, where these stand in the tables of articles and pages already.
///
/// ```
/// use zjgr::table::{About, Book, Column, Destination, Memory, Row};
///
/// struct Word(&'static str);
///
/// impl Row for Word {
///     type At<'p> = Word;
/// }
///
/// let columns = [Column::<Word>::text("word", "The word", |word| word.0.into())];
/// let memory = Memory::default();
/// let book = Book::new(Destination::stream(memory.clone()));
/// let mut table = book.table("words", &columns)?;
/// table.push(&columns, &Word("工会"))?;
/// table.finish()?;
/// book.finish(&About::named("a survey"))?;
/// assert!(memory.bytes().starts_with(b"PK"));
/// # Ok::<(), zjgr::Error>(())
/// ```
pub struct Book {
    shared: Arc<Mutex<Shared>>,
    destination: Destination,
}

/// What the tables of a workbook share.
struct Shared {
    workbook: Workbook,
    styles: Styles,
    links: Links,
    /// The columns of every table that was begun.
    columns: Vec<(String, Field)>,
    /// Of each sheet the number of its table, and how many sheets this had before.
    places: Vec<(usize, u32)>,
    /// How many tables were begun.
    tables: usize,
}

/// How cells look.
struct Styles {
    header: Style,
    wrapped: Style,
    plain: Style,
    day: Style,
}

impl Default for Styles {
    fn default() -> Self {
        let plain = Style::new().set_align(FormatAlign::Top);
        Self {
            header: Style::new().set_bold().set_align(FormatAlign::Top),
            wrapped: plain.clone().set_text_wrap(),
            day: plain.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            plain,
        }
    }
}

impl Styles {
    /// How the cells of a column look, where nothing else is said.
    fn of(&self, field: &Field) -> &Style {
        match field.kind() {
            Type::Date => &self.day,
            Type::Text | Type::List if !field.is_right_aligned() => &self.wrapped,
            _ => &self.plain,
        }
    }
}

impl Book {
    /// A workbook that goes to `destination`.
    pub fn new(destination: Destination) -> Self {
        let mut workbook = Workbook::new();
        // The same tables are the same bytes, whenever they are written.
        if let Ok(day) = ExcelDateTime::from_ymd(2000, 1, 1) {
            workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
        }
        let (styles, links) = (Styles::default(), Links::default());
        let (columns, places) = (Vec::new(), Vec::new());
        let shared = Arc::new(Mutex::new(Shared { workbook, styles, links, columns, places, tables: 0 }));
        Self { shared, destination }
    }

    /// The next table, in sheets called `name`.
    ///
    /// # Errors
    /// Where no file can be made to put its rows aside.
    pub fn table(&self, name: &str, columns: impl Into<Columns>) -> Result<Table> {
        let begin = |sheet: Sheet<'_>| {
            let sheets: Box<dyn Sink> = Box::new(Sheets::begin(self, sheet)?);
            Ok(sheets)
        };
        Table::into_sink(name, Format::XLSX, columns.into(), begin)
    }

    /// Writes the sheet that says what the others are, and brings the workbook to its place.
    ///
    /// # Errors
    /// Where the destination cannot be written.
    pub fn finish(mut self, about: &About) -> Result<()> {
        let mut shared = lock(&self.shared);
        let saved = unless_full(|| {
            shared.put_in_order();
            shared.tell(about).map_err(failed)?;
            shared.workbook.save_to_writer(&mut self.destination).map_err(failed)
        });
        drop(shared);
        saved.map_err(|error| self.destination.blame(error.kind))?;
        self.destination.finish()
    }
}

/// What `write` does. Rows are put aside in a file, and where that cannot be written the library that does it panics.
fn unless_full<T>(write: impl FnOnce() -> Result<T>) -> Result<T> {
    let full = || {
        const WHY: &str =
            "rows are put aside in the folder of temporary files, which cannot be written; is it full?";
        failed(std::io::Error::other(WHY))
    };
    contained(write).unwrap_or_else(|| Err(full()))
}

fn lock(shared: &Arc<Mutex<Shared>>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Puts sheets in the order of their tables: one in which a table goes on was made when others had been begun.
    fn put_in_order(&mut self) {
        let sheets = std::mem::take(self.workbook.worksheets_mut());
        let mut placed: Vec<_> = self.places.iter().zip(sheets).collect();
        placed.sort_by_key(|&(place, _)| place);
        *self.workbook.worksheets_mut() = placed.into_iter().map(|(_, sheet)| sheet).collect();
    }

    /// Writes the sheet that says what the others are.
    fn tell(&mut self, about: &About) -> std::result::Result<(), rust_xlsxwriter::XlsxError> {
        let Self { workbook, styles, columns, .. } = self;
        let sheet = workbook.add_worksheet().set_name(ABOUT)?;
        for (column, width) in [14, 20, 12, 12, 80].into_iter().enumerate() {
            sheet.set_column_width(column as u16, width)?;
        }
        let mut row = 0;
        for (what, value) in &about.facts {
            sheet.write_string_with_format(row, 0, what, &styles.header)?;
            sheet.write_string(row, 1, cell::fitting(value, ""))?;
            row += 1;
        }
        row += 1;
        for (column, name) in ["sheet", "column", "type", "unit", "description"].into_iter().enumerate() {
            sheet.write_string_with_format(row, column as u16, name, &styles.header)?;
        }
        for (table, field) in columns {
            row += 1;
            let cells =
                [table, field.name(), field.kind().name(), field.unit().unwrap_or_default(), field.about()];
            for (column, text) in cells.into_iter().enumerate() {
                sheet.write_string(row, column as u16, text)?;
            }
        }
        Ok(())
    }
}

/// The sheets of one table.
struct Sheets {
    shared: Arc<Mutex<Shared>>,
    name: String,
    fields: Vec<Field>,
    header: bool,
    /// The sheet that is written, by its number in the workbook.
    number: usize,
    /// The number of the table.
    table: usize,
    keys: Keys,
    /// How many sheets this table had before.
    full: u32,
    /// The next row of the sheet.
    row: u32,
    widths: Vec<usize>,
}

impl Sheets {
    fn begin(book: &Book, sheet: Sheet<'_>) -> Result<Self> {
        let mut shared = lock(&book.shared);
        shared.tables += 1;
        let mut sheets = Self {
            shared: Arc::clone(&book.shared),
            table: shared.tables,
            keys: Keys::of(sheet.name, sheet.fields),
            name: sheet.name.to_owned(),
            fields: sheet.fields.to_vec(),
            header: sheet.header,
            number: 0,
            full: 0,
            row: 0,
            widths: Vec::new(),
        };
        let described = sheet.fields.iter().map(|field| (sheet.name.to_owned(), field.clone()));
        shared.columns.extend(described);
        sheets.open(&mut shared)?;
        drop(shared);
        Ok(sheets)
    }

    /// Begins the next sheet.
    fn open(&mut self, shared: &mut Shared) -> Result<()> {
        let Shared { workbook, styles, places, .. } = shared;
        self.number = workbook.worksheets().len();
        places.push((self.table, self.full));
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(links::sheet_name(&self.name, self.full)).map_err(failed)?;
        for (column, field) in (0..).zip(&self.fields) {
            sheet.set_column_format(column, styles.of(field)).map_err(failed)?;
        }
        self.row = 0;
        self.widths = vec![0; self.fields.len()];
        if self.header {
            for (column, field) in (0..).zip(&self.fields) {
                let written = sheet.write_string_with_format(0, column, field.name(), &styles.header);
                written.map_err(failed)?;
            }
            self.widths = self.fields.iter().map(|field| field.name().width() + FILTER_WIDTH).collect();
            sheet.set_freeze_panes(1, 0).map_err(failed)?;
            self.row = 1;
        }
        Ok(())
    }

    /// Ends the sheet.
    fn close(&self, shared: &mut Shared) -> Result<()> {
        let sheet = shared.workbook.worksheet_from_index(self.number).map_err(failed)?;
        for (column, width) in (0..).zip(&self.widths) {
            let width = (*width + 1).clamp(*WIDTHS.start(), *WIDTHS.end());
            sheet.set_column_width(column, width as f64).map_err(failed)?;
        }
        if let (true, Some(last)) = (self.header, self.fields.len().checked_sub(1)) {
            sheet.autofilter(0, 0, self.row.saturating_sub(1), last as u16).map_err(failed)?;
        }
        Ok(())
    }

    fn row(&mut self, shared: &mut Shared, cells: &[Cell<'_>]) -> Result<()> {
        if self.row == MOST_ROWS {
            self.close(shared)?;
            self.full += 1;
            self.open(shared)?;
        }
        let Shared { workbook, styles, links, .. } = shared;
        let sheet: &mut Worksheet = workbook.worksheet_from_index(self.number).map_err(failed)?;
        let linked = links.row(&self.keys, cells, (self.full, self.row));
        let row = cell::Row { fields: &self.fields, cells, linked, wide: &styles.plain };
        for (column, width) in self.widths.iter_mut().enumerate() {
            let written = row.write(sheet, self.row, column).map_err(failed)?;
            *width = written.max(*width);
        }
        self.row += 1;
        Ok(())
    }
}

impl Sink for Sheets {
    fn append(&mut self, rows: &[u8]) -> Result<()> {
        let shared = Arc::clone(&self.shared);
        let mut shared = lock(&shared);
        unless_full(|| packed::each_row(rows, self.fields.len(), |cells| self.row(&mut shared, cells)))
    }

    fn finish(self: Box<Self>, _about: &About) -> Result<()> {
        unless_full(|| self.close(&mut lock(&self.shared)))
    }
}

#[cfg(test)]
mod tests;
