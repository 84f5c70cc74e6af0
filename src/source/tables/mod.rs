//! Tables whose rows are documents: CSV and TSV, JSON arrays, workbooks, Parquet. Rows become records like those of `jsonl`.

mod delimited;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(all(feature = "xlsx", feature = "archives"))]
mod xlsx;

use super::batch::Maker;
use super::content::has_ending;
use super::encoding::{Encoding, Narrowed, decode};
use super::gauge::Gauge;
use super::look::Oddity;
use super::read::{Buffers, Chunk, Finding, ReadOptions, Source, Supply};
use super::{Document, Fields, Format, Meta, forms, own};
use crate::{Error, ErrorKind, Result};
use std::io::{Cursor, Read};
use std::sync::Arc;

/// A batch of rows is handed on when it has so many bytes of text, or so many rows.
const BATCH: (usize, usize) = (1 << 18, 4096);

/// Something that gives records one after the other.
trait Records: Send {
    /// The next record; none at the end.
    ///
    /// # Errors
    /// Where nothing further can be read.
    fn next(&mut self) -> Result<Option<Numbered>>;
}

/// A record with its line or row, from 1.
struct Numbered {
    line: u64,
    record: Result<(String, Meta)>,
}

/// The kind of table that the file `name` is that begins with `head`; none where it is none.
pub(super) fn detect(name: &str, head: &[u8], fields: &Fields) -> Option<Format> {
    if head.starts_with(b"PAR1") {
        return cfg!(feature = "parquet").then_some(Format::Parquet);
    }
    let is_table = has_ending(name, &["csv", "tsv", "tab"]);
    let is_array = begins_an_array(head) && fields.may_be_in(head);
    if !is_table && !is_array || forms::detect(&String::from_utf8_lossy(head)).is_some() {
        return None;
    }
    Some(if is_table { Format::Csv } else { Format::Json })
}

/// True for `[` with `{` behind it.
fn begins_an_array(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut signs = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    (signs.next(), signs.next()) == (Some(&b'['), Some(&b'{'))
}

/// True for formats that are tables.
pub(super) fn is_table(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Json | Format::Xlsx | Format::Parquet)
}

/// The records of the table that `source` is.
///
/// # Errors
/// Where it is none of that format, or has no column with the text.
pub(super) fn open(source: Source, format: Format, options: &ReadOptions) -> Result<Box<dyn Supply>> {
    let fields = Arc::clone(&options.fields);
    let oddity = own::are_finds(&source.head).then_some(Oddity::Finds);
    let mut finding = Finding { format, encoding: None, compression: source.compression, damaged: 0, oddity };
    let (name, gauge) = (Arc::clone(&source.name), source.gauge.clone());
    let records: Box<dyn Records> = match format {
        Format::Csv | Format::Json => {
            let encoding = match options.encoding {
                Some(encoding) => encoding,
                None => decode(&source.head, None, &mut String::new())?.encoding,
            };
            finding.encoding = Some(encoding);
            let text = in_utf8(source, encoding);
            match format {
                Format::Csv => Box::new(delimited::Rows::new(text, &fields)?),
                _ => Box::new(json::Items::new(text, fields)),
            }
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(parquet::Rows::new(source.into_file()?, &fields)?),
        #[cfg(all(feature = "xlsx", feature = "archives"))]
        Format::Xlsx => Box::new(xlsx::Rows::new(source.into_file()?, &fields)?),
        other => {
            let what = format!("this program was built without what reads {}", other.name());
            return Err(ErrorKind::Unreadable(what).into());
        }
    };
    let maker = Maker { name, format: Format::Jsonl, layout: options.record_layout };
    Ok(Box::new(Table { maker, records, gauge, reported: 0, next_record: 1, finding: Some(finding) }))
}

/// The bytes of `source` in UTF-8, without a byte order mark.
fn in_utf8(mut source: Source, encoding: Encoding) -> Box<dyn Read + Send> {
    let marked = Encoding::of_mark(&source.head).filter(|(marked, _)| *marked == encoding);
    source.head.drain(..marked.map_or(0, |(_, length)| length));
    let bytes = Cursor::new(std::mem::take(&mut source.head)).chain(source.rest);
    match encoding {
        Encoding::Utf8 => Box::new(bytes),
        other => Box::new(Narrowed::new(bytes, other)),
    }
}

/// A table while it is read.
struct Table {
    maker: Maker,
    records: Box<dyn Records>,
    gauge: Gauge,
    reported: u64,
    next_record: u32,
    finding: Option<Finding>,
}

impl Supply for Table {
    fn next(&mut self) -> Result<Option<Chunk>> {
        let (mut rows, mut size) = (Vec::new(), 0);
        while size < BATCH.0 && rows.len() < BATCH.1 {
            match self.records.next() {
                Ok(None) => break,
                Ok(Some(numbered)) => {
                    size += numbered.record.as_ref().map_or(0, |(text, _)| text.len());
                    rows.push(numbered);
                }
                // What was read before comes first.
                Err(error) if rows.is_empty() => return Err(error.at_path(self.maker.name.as_ref())),
                Err(error) => {
                    self.records = Box::new(Ended(Some(error)));
                    break;
                }
            }
        }
        if rows.is_empty() && self.finding.is_none() {
            return Ok(None);
        }
        let first_record = self.next_record;
        self.next_record = first_record.saturating_add(rows.len() as u32);
        let (maker, finding) = (self.maker.clone(), self.finding.take());
        Ok(Some(Chunk::Rows(Batch { maker, first_record, rows, size: size as u64, finding })))
    }

    fn advance(&mut self) -> u64 {
        let taken = self.gauge.taken();
        let since = taken.saturating_sub(self.reported);
        self.reported = taken;
        since
    }
}

/// A table that goes no further.
struct Ended(Option<Error>);

impl Records for Ended {
    fn next(&mut self) -> Result<Option<Numbered>> {
        self.0.take().map_or(Ok(None), Err)
    }
}

/// Some rows of a table.
pub struct Batch {
    maker: Maker,
    first_record: u32,
    rows: Vec<Numbered>,
    size: u64,
    finding: Option<Finding>,
}

impl Batch {
    pub(super) fn name(&self) -> Arc<str> {
        Arc::clone(&self.maker.name)
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Hands every record to `each`; returns what the file turned out to be, where this is its first batch.
    pub(super) fn read(
        self,
        buffers: &mut Buffers,
        each: &mut impl FnMut(Result<Document>) -> Option<Document>,
    ) -> Option<Finding> {
        for (Numbered { line, record }, number) in self.rows.into_iter().zip(self.first_record..) {
            let document = match record {
                Ok((text, meta)) => Ok(self.maker.document(text, meta, line, number)),
                Err(error) => Err(error.at_path(self.maker.name.as_ref()).at_line(line)),
            };
            if let Some(document) = each(document) {
                buffers.give_back(document);
            }
        }
        self.finding
    }
}
