//! CSV and TSV (RFC 4180, and what is written in its place): commas, semicolons or tabs between the cells.

use std::io::{BufRead, BufReader, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::super::Fields;
use super::super::fields::Columns;
use super::{Numbered, Records};
use crate::{Error, ErrorKind, Result};

/// What may stand between cells.
const SIGNS: [u8; 3] = [b',', b';', b'\t'];

/// The rows of a table.
pub(super) struct Rows {
    reader: Reader<Box<dyn Read + Send>>,
    columns: Columns,
    row: ByteRecord,
    /// The first row, where it is no header.
    first: Option<ByteRecord>,
}

impl Rows {
    pub(super) fn new(text: Box<dyn Read + Send>, fields: &Fields) -> Result<Self> {
        let mut text = BufReader::with_capacity(1 << 16, text);
        let sign = sign(text.fill_buf()?);
        let text: Box<dyn Read + Send> = Box::new(text);
        // Nothing is quoted between tabs, where a quotation mark is one.
        let mut reader = ReaderBuilder::new();
        reader.delimiter(sign).quoting(sign != b'\t').flexible(true).has_headers(false);
        let mut reader = reader.from_reader(text);
        let mut row = ByteRecord::new();
        reader.read_byte_record(&mut row).map_err(wrong)?;
        let names: Vec<String> =
            row.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let columns = fields.columns(&names)?;
        let first = (!columns.has_header).then(|| row.clone());
        Ok(Self { reader, columns, row, first })
    }
}

/// What stands between the cells of a table whose first line is in `head`: what is most often there.
fn sign(head: &[u8]) -> u8 {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |sign: &u8| memchr::memchr_iter(*sign, line).count();
    // Of signs that are as many, the first.
    SIGNS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn wrong(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => ErrorKind::Unreadable(format!("no table: {other:?}")).into(),
    }
}

impl Records for Rows {
    fn next(&mut self) -> Result<Option<Numbered>> {
        match self.first.take() {
            Some(first) => self.row = first,
            None if !self.reader.read_byte_record(&mut self.row).map_err(wrong)? => return Ok(None),
            None => {}
        }
        let line = self.row.position().map_or(1, csv::Position::line);
        let cell = |at: usize| self.row.get(at).map(std::str::from_utf8);
        let is_text = |at: &usize| !matches!(cell(*at), Some(Err(_)));
        let record = match (0..self.row.len()).all(|at| is_text(&at)) {
            true => self.columns.record(|at| cell(at)?.ok().map(str::to_owned)),
            false => Err(ErrorKind::Encoding { encoding: "UTF-8".into() }.into()),
        };
        Ok(Some(Numbered { line, record }))
    }
}
