//! Workbooks: the rows of the first sheet that has a column with the text.

use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;

use calamine::{DataRef, DataType, Reader, Xlsx};

use super::super::Fields;
use super::super::archive::unpacks_soundly;
use super::super::fields::Columns;
use super::super::slice::Shared;
use super::{Numbered, Records};
use crate::{Error, ErrorKind, Result};

/// How many rows are read ahead.
const AHEAD: usize = 64;

/// The rows of a sheet; a thread reads them, since what reads a sheet borrows the workbook.
pub(super) struct Rows(Receiver<Result<Numbered>>);

impl Rows {
    pub(super) fn new(file: File, fields: &Fields) -> Result<Self> {
        unpacks_soundly(&Shared::new(file.try_clone()?))?;
        let (sender, receiver) = sync_channel(AHEAD);
        let (told, tells) = sync_channel(1);
        let fields = fields.clone();
        let read = move || {
            // Files that are damaged in ways nobody thought of.
            let result = catch_unwind(AssertUnwindSafe(|| read(file, &fields, &told, &sender)));
            let error = match result {
                Ok(Ok(())) => return,
                Ok(Err(error)) => error,
                Err(_) => wrong("damaged in a way that cannot be read"),
            };
            // Whoever opens the table listens first, and afterwards whoever reads it.
            if let Err(TrySendError::Full(Err(error)) | TrySendError::Disconnected(Err(error))) =
                told.try_send(Err(error))
            {
                let _ = sender.send(Err(error));
            }
        };
        thread::Builder::new().spawn(read)?;
        match tells.recv() {
            Ok(Ok(())) => Ok(Self(receiver)),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(wrong("it has no sheet")),
        }
    }
}

impl Records for Rows {
    fn next(&mut self) -> Result<Option<Numbered>> {
        self.0.recv().ok().transpose()
    }
}

fn wrong(what: impl std::fmt::Display) -> Error {
    ErrorKind::Unreadable(format!("no workbook that can be read: {what}")).into()
}

/// Hands the rows of the sheet with the text to `sender`, after it told that there is one.
fn read(
    file: File,
    fields: &Fields,
    told: &SyncSender<Result<()>>,
    sender: &SyncSender<Result<Numbered>>,
) -> Result<()> {
    let mut book = Xlsx::new(BufReader::new(file)).map_err(wrong)?;
    // Why the first sheet is not the one, which is most likely the one that is meant.
    let mut reason = None;
    for name in book.sheet_names() {
        let mut sheet = Sheet { columns: None, row: Vec::new(), number: 0 };
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(error) => {
                reason = reason.or(Some(wrong(error)));
                continue;
            }
        };
        let mut is_open = true;
        while let Some(cell) = cells.next_cell().map_err(wrong)? {
            let (row, column) = cell.get_position();
            if row != sheet.number && !sheet.row.is_empty() {
                match sheet.end_row(fields, told, sender) {
                    Ok(true) => {}
                    Ok(false) => return Ok(()),
                    Err(error) => {
                        (reason, is_open) = (reason.or(Some(error)), false);
                        break;
                    }
                }
            }
            sheet.number = row;
            sheet.put(column as usize, text_of(cell.get_value()));
        }
        if is_open {
            match sheet.end_row(fields, told, sender) {
                Ok(_) if sheet.columns.is_some() => return Ok(()),
                Ok(_) => {}
                Err(error) => reason = reason.or(Some(error)),
            }
        }
    }
    Err(reason.unwrap_or_else(|| wrong("it has no sheet with anything on it")))
}

struct Sheet {
    columns: Option<Columns>,
    row: Vec<Option<String>>,
    /// Of the running row, from 0.
    number: u32,
}

/// The most columns that a sheet has.
const MOST_COLUMNS: usize = 16_384;

impl Sheet {
    fn put(&mut self, column: usize, text: Option<String>) {
        if column >= MOST_COLUMNS {
            return;
        }
        if self.row.len() <= column {
            self.row.resize(column + 1, None);
        }
        if let Some(cell) = self.row.get_mut(column) {
            *cell = text;
        }
    }

    /// Hands on what the row says; false where nobody listens any more.
    fn end_row(
        &mut self,
        fields: &Fields,
        told: &SyncSender<Result<()>>,
        sender: &SyncSender<Result<Numbered>>,
    ) -> Result<bool> {
        let row = std::mem::take(&mut self.row);
        if row.iter().all(Option::is_none) {
            return Ok(true);
        }
        let is_header = self.columns.is_none();
        if is_header {
            let names: Vec<String> =
                row.iter().map(|name| name.as_deref().unwrap_or_default().trim().to_owned()).collect();
            let columns = fields.columns(&names)?;
            let has_header = columns.has_header;
            self.columns = Some(columns);
            let _ = told.send(Ok(()));
            if has_header {
                return Ok(true);
            }
        }
        let Some(columns) = &self.columns else { return Ok(true) };
        let record = columns.record(|at| row.get(at).cloned().flatten());
        Ok(sender.send(Ok(Numbered { line: u64::from(self.number) + 1, record })).is_ok())
    }
}

/// What a cell shows; a day as it is written in a record.
fn text_of(cell: &DataRef<'_>) -> Option<String> {
    match cell {
        DataRef::Empty | DataRef::Error(_) => None,
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Some(format!("{year:04}-{month:02}-{day:02}"))
        }
        other => other.as_string().filter(|text| !text.is_empty()),
    }
}
