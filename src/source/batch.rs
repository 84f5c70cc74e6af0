//! Files of many documents, a line each: read in batches of bounded size, however long the file is.

use std::io::{self, Read};
use std::sync::Arc;

use super::compression::Compression;
use super::encoding::{Encoding, Narrowed, decode};
use super::gauge::Gauge;
use super::look::Oddity;
use super::read::{Buffers, Chunk, Finding, ReadOptions, Source, Supply, damaged_archive};
use super::{Document, Fields, Format, Meta, RecordLayout, own};
use crate::calendar::Glyphs;
use crate::{Error, ErrorKind, Result};

/// How many bytes are read at a time; a batch is that much, up to the last line end within.
const BATCH: usize = 1 << 18;
/// The longest line that is read.
const LONGEST_LINE: usize = 64 << 20;

/// The batches of one file, one after the other.
pub(crate) struct Batches {
    name: Arc<str>,
    format: Format,
    encoding: Option<Encoding>,
    compression: Option<Compression>,
    source: Box<dyn Read + Send>,
    /// What was read and not given out: the head of the file, then the start of a line.
    pending: Vec<u8>,
    fields: Arc<Fields>,
    layout: RecordLayout,
    next_line: u64,
    next_record: u32,
    ended: bool,
    gauge: Gauge,
    reported: u64,
    /// What whoever reads it should know.
    oddity: Option<Oddity>,
}

/// Whole lines of a file.
pub struct Batch {
    name: Arc<str>,
    format: Format,
    encoding: Option<Encoding>,
    fields: Arc<Fields>,
    layout: RecordLayout,
    first_line: u64,
    first_record: u32,
    bytes: Vec<u8>,
    /// True where it stands for a line that was too long, and was skipped.
    is_too_long: bool,
    /// What the file turned out to be, told with its first batch.
    finding: Option<Finding>,
}

impl Batches {
    pub(super) fn new(read: Source, format: Format, options: &ReadOptions) -> Result<Self> {
        let Source { name, gauge, compression, head, rest, .. } = read;
        let mut encoding = options.encoding;
        if encoding.is_none() && !head.is_ascii() {
            encoding = Some(decode(&head, None, &mut String::new())?.encoding);
        }
        let oddity = own::are_finds(&head).then_some(Oddity::Finds);
        let mut pending = head;
        if let Some((marked, length)) =
            Encoding::of_mark(&pending).filter(|(marked, _)| encoding == Some(*marked))
        {
            pending.drain(..length);
            encoding = Some(marked);
        }
        let mut source = rest;
        // A line end is one byte in every encoding but UTF-16, which is turned into UTF-8 on the way in.
        let batch_encoding = match encoding {
            Some(wide @ (Encoding::Utf16Le | Encoding::Utf16Be)) => {
                let head = io::Cursor::new(std::mem::take(&mut pending));
                source = Box::new(Narrowed::new(head.chain(source), wide));
                Some(Encoding::Utf8)
            }
            other => other,
        };
        Ok(Self {
            name,
            format,
            encoding: batch_encoding,
            compression,
            source,
            pending,
            fields: Arc::clone(&options.fields),
            layout: options.record_layout,
            next_line: 1,
            next_record: 1,
            ended: false,
            gauge,
            reported: 0,
            oddity,
        })
    }

    /// What the file turned out to be.
    fn finding(&self) -> Finding {
        Finding {
            format: self.format,
            encoding: self.encoding,
            compression: self.compression,
            damaged: 0,
            oddity: self.oddity,
        }
    }

    fn next_batch(&mut self) -> Result<Option<Batch>> {
        let result = self.fill();
        let end = match result {
            Ok(end) => end,
            Err(error) => {
                self.ended = true;
                self.pending.clear();
                return Err(error.at_path(self.name.as_ref()).at_line(self.next_line));
            }
        };
        let first_line = self.next_line;
        let bytes = match end {
            Filled::Nothing => return Ok(None),
            Filled::TooLong => {
                self.next_line += 1;
                Vec::new()
            }
            Filled::Lines(end) => {
                let rest = self.pending.split_off(end);
                let bytes = std::mem::replace(&mut self.pending, rest);
                self.next_line += count_line_ends(&bytes);
                bytes
            }
        };
        let is_too_long = matches!(end, Filled::TooLong);
        let first_record = self.next_record;
        let records = if is_too_long { 1 } else { count_records(&bytes) };
        self.next_record = first_record.saturating_add(records);
        Ok(Some(Batch {
            name: Arc::clone(&self.name),
            format: self.format,
            encoding: self.encoding,
            fields: Arc::clone(&self.fields),
            layout: self.layout,
            first_line,
            first_record,
            bytes,
            is_too_long,
            finding: (first_line == 1).then(|| self.finding()),
        }))
    }

    /// Reads until a batch is full or the file ends.
    fn fill(&mut self) -> Result<Filled> {
        // Where no line end was in what came before, it need not be looked at again.
        let mut seen = 0;
        while !self.ended {
            self.read_more()?;
            if self.ended {
                break;
            }
            if let Some(end) = last_line_end(self.pending.get(seen..).unwrap_or_default()) {
                return Ok(Filled::Lines(seen + end));
            }
            seen = self.pending.len() - 1;
            if self.pending.len() > LONGEST_LINE {
                self.skip_line()?;
                return Ok(Filled::TooLong);
            }
        }
        Ok(if self.pending.is_empty() { Filled::Nothing } else { Filled::Lines(self.pending.len()) })
    }

    fn read_more(&mut self) -> Result<()> {
        let wanted = BATCH.saturating_sub(self.pending.len()).max(BATCH / 4);
        self.pending.reserve(wanted);
        let read = self.source.by_ref().take(wanted as u64).read_to_end(&mut self.pending);
        let read = read.map_err(|error| match self.compression {
            Some(_) => damaged_archive(error),
            None => error.into(),
        })?;
        self.ended = read < wanted;
        Ok(())
    }

    /// Reads on to the end of the line, and keeps only what stands behind it.
    fn skip_line(&mut self) -> Result<()> {
        // The memory of the line goes as well.
        self.pending = self.pending.split_off(self.pending.len() - 1);
        loop {
            if let Some(end) = first_line_end(&self.pending) {
                self.pending.drain(..end);
                return Ok(());
            }
            if self.ended {
                self.pending.clear();
                return Ok(());
            }
            let last = self.pending.len().saturating_sub(1);
            self.pending.drain(..last);
            self.read_more()?;
        }
    }
}

impl Supply for Batches {
    fn next(&mut self) -> Result<Option<Chunk>> {
        Ok(self.next_batch()?.map(Chunk::Batch))
    }

    fn advance(&mut self) -> u64 {
        let taken = self.gauge.taken();
        let since = taken.saturating_sub(self.reported);
        self.reported = taken;
        since
    }
}

/// What was read for the next batch.
enum Filled {
    Nothing,
    /// So many bytes of whole lines.
    Lines(usize),
    TooLong,
}

/// Where the first line of `bytes` ends, if it does before the last byte: a line feed may follow a carriage return.
fn first_line_end(bytes: &[u8]) -> Option<usize> {
    let at = memchr::memchr2(b'\n', b'\r', bytes)?;
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some(at + 2),
        (Some(b'\r'), None) => None,
        _ => Some(at + 1),
    }
}

/// Where the last line that ends in `bytes` ends. A carriage return as the last byte is left for the next
/// batch, since a line feed may follow.
fn last_line_end(bytes: &[u8]) -> Option<usize> {
    if let Some(at) = memchr::memrchr(b'\n', bytes) {
        return Some(at + 1);
    }
    let (_, before) = bytes.split_last()?;
    memchr::memrchr(b'\r', before).map(|at| at + 1)
}

fn count_line_ends(bytes: &[u8]) -> u64 {
    let all = memchr::memchr2_iter(b'\n', b'\r', bytes).count();
    let pairs = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) == Some(&b'\n')).count();
    (all - pairs) as u64
}

/// How many lines are no blank ones: each is a record, a good one or a bad one.
fn count_records(bytes: &[u8]) -> u32 {
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let records = lines.filter(|line| line.iter().any(|byte| !byte.is_ascii_whitespace())).count();
    u32::try_from(records).unwrap_or(u32::MAX)
}

impl Batch {
    /// The file that it is of.
    pub(super) fn name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// How many bytes it is.
    pub(super) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Hands every record to `each`; returns what the file turned out to be, where this is its first batch.
    pub(super) fn read(
        self,
        buffers: &mut Buffers,
        each: &mut impl FnMut(Result<Document>) -> Option<Document>,
    ) -> Option<Finding> {
        let mut text = String::new();
        match decode(&self.bytes, self.encoding, &mut text) {
            _ if self.is_too_long => {
                let what = format!("a line of more than {} MiB, left out", LONGEST_LINE >> 20);
                each(Err(self.broken(ErrorKind::Record(what).into(), self.first_line)));
            }
            Err(error) => {
                each(Err(self.broken(error, self.first_line)));
            }
            Ok(_) => self.records(&text, buffers, each),
        }
        self.finding
    }

    fn broken(&self, error: Error, line: u64) -> Error {
        error.at_path(self.name.as_ref()).at_line(line)
    }

    fn records(
        &self,
        text: &str,
        buffers: &mut Buffers,
        each: &mut impl FnMut(Result<Document>) -> Option<Document>,
    ) {
        let mut record = self.first_record;
        for (line, number) in lines(text).zip(self.first_line..) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let document = match self.format {
                Format::Jsonl => match self.fields.read(line) {
                    Ok((text, meta)) => Ok(self.document(text, meta, number, record)),
                    Err(error) => Err(self.broken(error, number)),
                },
                _ => {
                    let mut text = buffers.text();
                    text.clear();
                    text.push_str(line);
                    Ok(self.document(text, Meta::default(), number, record))
                }
            };
            record = record.saturating_add(1);
            if let Some(document) = each(document) {
                buffers.give_back(document);
            }
        }
    }

    fn document(&self, text: String, meta: Meta, line: u64, record: u32) -> Document {
        let maker = Maker { name: self.name(), format: self.format, layout: self.layout };
        maker.document(text, meta, line, record)
    }
}

/// What makes documents of the records of a file.
#[derive(Debug, Clone)]
pub(super) struct Maker {
    pub(super) name: Arc<str>,
    pub(super) format: Format,
    pub(super) layout: RecordLayout,
}

impl Maker {
    pub(super) fn document(&self, text: String, mut meta: Meta, line: u64, record: u32) -> Document {
        let is_page = self.format == Format::Jsonl
            && match self.layout {
                RecordLayout::Page => true,
                RecordLayout::Plain => false,
                RecordLayout::Auto => {
                    meta.headline.is_none() && (looks_like_a_page(&text) || opens_like_a_page(&text))
                }
            };
        // The articles of each page are counted by themselves: something must tell them apart.
        if is_page {
            meta.id.get_or_insert_with(|| record.to_string());
        }
        let mut document = Document {
            file: Arc::clone(&self.name),
            text,
            format: if is_page { Format::Page } else { self.format },
            first_line: u32::try_from(line).unwrap_or(u32::MAX),
            single_line: true,
            meta,
            record: Some(record),
            ..Document::default()
        };
        if let Some(headline) = document.meta.headline.as_ref().filter(|headline| !headline.trim().is_empty())
        {
            let headline = headline.split(['\n', '\r']).collect::<Vec<_>>().join(" ") + "\n";
            document.heading = headline.len();
            document.text.insert_str(0, &headline);
        }
        document
    }
}

/// From this many lines on, a record can be a page.
const PAGE_LINES: usize = 8;

/// In one of so many first lines a page says its day.
const HEAD_LINES: usize = 4;
/// A line of a masthead is no longer, in characters.
const HEAD_LINE: usize = 40;
/// So many headings make a page: one alone may be that of a text.
const HEADINGS: usize = 2;

/// True for a masthead that says the day, and two headings or more with text below.
fn opens_like_a_page(text: &str) -> bool {
    if memchr::memchr_iter(b'\n', text.as_bytes()).count() < 2 * HEADINGS {
        return false;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let says_the_day = |line: &&str| {
        if line.chars().count() > HEAD_LINE || ends_a_sentence(line) {
            return false;
        }
        let glyphs = Glyphs::of(line, char::is_whitespace);
        (0..glyphs.chars.len()).any(|at| glyphs.date(at).is_some())
    };
    let Some(day) = lines.iter().take(HEAD_LINES).position(says_the_day) else { return false };
    let below = lines.get(day + 1..).unwrap_or_default();
    let is_heading =
        |pair: &&[&str]| matches!(pair, [head, text] if !ends_a_sentence(head) && ends_a_sentence(text));
    below.windows(2).filter(is_heading).count() >= HEADINGS
}

/// True where a line ends as sentences do.
fn ends_a_sentence(line: &str) -> bool {
    line.ends_with(['。', '！', '？', '”', '」', '）', '…', '；', '：'])
}

/// True for lines that break off in the middle of sentences, as those of a printed column do.
fn looks_like_a_page(text: &str) -> bool {
    if memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1 < PAGE_LINES {
        return false;
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let broken = |line: &str| usize::from(!ends_a_sentence(line));
    let (broken, all) = lines.fold((0, 0), |(count, all), line| (count + broken(line), all + 1));
    all >= PAGE_LINES && broken * 2 > all
}

/// The lines of a text, ended by LF, CRLF or a lone CR, as everywhere here.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = memchr::memchr2(b'\n', b'\r', text.as_bytes()) else {
            rest = None;
            return Some(text);
        };
        let crlf = text.get(at..at + 2) == Some("\r\n");
        rest = text.get(at + 1 + usize::from(crlf)..);
        text.get(..at)
    })
}
