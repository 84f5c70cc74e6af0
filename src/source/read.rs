//! From an input to documents: opened once, looked at, then read whole or batch by batch.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::batch::{Batch, Batches};
use super::compression::Compression;
use super::encoding::{Encoding, decode};
use super::look::{self, Oddity};
use super::{Content, Document, Fields, Format, Input, RecordLayout};
use super::{format, forms, kind, own};
use crate::{Error, ErrorKind, Result};

/// How much of a file is looked at before it is decided how to read it.
const HEAD: usize = 1 << 16;
/// The largest text, unpacked, that is understood as one page. It keeps a small archive that unpacks to more
/// than the memory from ending the run; no newspaper page comes near it.
const LARGEST_PAGE: u64 = 256 << 20;

/// How files are to be understood.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The layout of the text; none looks at each file.
    pub format: Option<Format>,
    /// The encoding; none looks at each file.
    pub encoding: Option<Encoding>,
    /// The names of the fields of records.
    pub fields: Arc<Fields>,
    /// How the text of records is laid out.
    pub record_layout: RecordLayout,
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The layout of its text.
    pub format: Format,
    /// Its encoding; none where only its batches can tell, because it begins in plain ASCII.
    pub encoding: Option<Encoding>,
    /// How it is compressed.
    pub compression: Option<Compression>,
    /// How many characters were damaged, and are read as U+FFFD.
    pub damaged: u32,
    /// What is odd about it.
    pub oddity: Option<Oddity>,
}

/// Memory that goes from document to document.
#[derive(Debug, Default)]
pub struct Buffers {
    bytes: Vec<u8>,
    text: String,
}

impl Buffers {
    /// Takes back the memory of a document that is done with.
    pub fn give_back(&mut self, document: Document) {
        self.text = document.text;
    }

    pub(super) fn text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }
}

/// An input, opened and looked at.
pub enum Opened {
    /// One document.
    Page(Unread),
    /// Many, read batch by batch.
    Records(Batches),
}

/// A page that is opened and not read to its end.
pub struct Unread {
    name: Arc<str>,
    head: Vec<u8>,
    rest: Option<Box<dyn Read + Send>>,
    compression: Option<Compression>,
    options: ReadOptions,
}

impl ReadOptions {
    /// Opens `input` and finds out what it is.
    ///
    /// # Errors
    /// Where it cannot be opened, or its first part cannot be read, unpacked or decoded.
    pub fn open(&self, input: &Input, buffers: &mut Buffers) -> Result<Opened> {
        self.look(input, buffers).map_err(|error| error.at_path(input.name.as_ref()))
    }

    fn look(&self, input: &Input, buffers: &mut Buffers) -> Result<Opened> {
        let taken = Arc::new(AtomicU64::new(0));
        let source: Box<dyn Read + Send> = match &input.path {
            Some(path) => Box::new(File::open(path)?),
            None => Box::new(io::stdin()),
        };
        let mut source = Counted { source, taken: Arc::clone(&taken) };
        let mut head = std::mem::take(&mut buffers.bytes);
        let mut more = fill(&mut source, &mut head)?;
        let compression = Compression::of(&head);
        let mut rest: Box<dyn Read + Send> = Box::new(source);
        if let Some(compression) = compression {
            rest = compression.unpack(std::mem::take(&mut head), rest).map_err(damaged_archive)?;
            more = fill(&mut rest, &mut head).map_err(damaged_archive)?;
        }
        let format = match self.format {
            Some(format) => format,
            None if format::has_records_ending(&input.name) => Format::Jsonl,
            None => format::detect_records(&head, self.encoding),
        };
        if input.is_of_folder && own::is_own_table(&head) {
            return Err(ErrorKind::OwnTable.into());
        }
        if forms::packed(self.format, &head).is_none()
            && let Some(content) = Content::of_signature(&head)
        {
            return Err(ErrorKind::NoPage(content).into());
        }
        match format {
            Format::Lines | Format::Jsonl => {
                let name = Arc::clone(&input.name);
                let batches = Batches::new(name, format, self, compression, head, rest, taken)?;
                Ok(Opened::Records(batches))
            }
            _ => Ok(Opened::Page(Unread {
                name: Arc::clone(&input.name),
                head,
                rest: more.then_some(rest),
                compression,
                options: self.clone(),
            })),
        }
    }
}

impl Unread {
    /// Reads the file to its end: one page, or several where the file is of a form that holds several.
    ///
    /// # Errors
    /// Where it cannot be read, unpacked or decoded, or is not of the form that it begins like.
    pub fn read(self, buffers: &mut Buffers) -> Result<(Vec<Document>, Finding)> {
        let name = Arc::clone(&self.name);
        self.understand(buffers).map_err(|error| error.at_path(name.as_ref()))
    }

    fn understand(self, buffers: &mut Buffers) -> Result<(Vec<Document>, Finding)> {
        let mut bytes = self.head;
        if let Some(rest) = self.rest {
            let room = LARGEST_PAGE.saturating_sub(bytes.len() as u64);
            let read = rest.take(room + 1).read_to_end(&mut bytes);
            read.map_err(|error| match self.compression {
                Some(_) => damaged_archive(error),
                None => error.into(),
            })?;
            if bytes.len() as u64 > LARGEST_PAGE {
                return Err(ErrorKind::Format(too_large()).into());
            }
        }
        if let Some(form) = forms::packed(self.options.format, &bytes) {
            let read = form.read(&bytes);
            buffers.bytes = bytes;
            let (format, compression) = (form.format(), self.compression);
            let finding = Finding { format, encoding: None, compression, damaged: 0, oddity: None };
            return Ok((forms::documents(&self.name, format, read?)?, finding));
        }
        let mut text = buffers.text();
        let decoded = decode(&bytes, self.options.encoding, &mut text);
        buffers.bytes = bytes;
        let decoded = decoded?;
        let form = match self.options.format {
            Some(format) => forms::of(format),
            None => forms::detect(&text),
        };
        // Who names a layout knows what is in the file.
        if self.options.format.is_none()
            && form.is_none()
            && let Some(content) = Content::of_text(&self.name, &text)
        {
            return Err(ErrorKind::NoPage(content).into());
        }
        let detect = || form.map_or_else(|| format::detect_page(&text), |form| form.format());
        let format = self.options.format.unwrap_or_else(detect);
        let finding = Finding {
            format,
            encoding: Some(decoded.encoding),
            compression: self.compression,
            damaged: decoded.damaged,
            oddity: match format {
                _ if decoded.damaged > look::DAMAGED => Some(Oddity::Encodings),
                Format::Page => look::oddity(&text),
                _ => None,
            },
        };
        let documents = match form {
            Some(form) => forms::documents(&self.name, format, form.read(&text)?)?,
            None => vec![Document { file: self.name, text, format, first_line: 1, ..Document::default() }],
        };
        Ok((documents, finding))
    }
}

/// Everything that one job of a run reads: a page, or a batch of records.
pub enum Chunk {
    /// One document.
    Page(Unread),
    /// Some records of a file.
    Batch(Batch),
}

impl Chunk {
    /// Hands every document to `each`, or what is wrong with it. `each` gives the document back where it can,
    /// for its memory. Returns what was found out on the way, where it was not known before.
    pub fn read(
        self,
        buffers: &mut Buffers,
        mut each: impl FnMut(Result<Document>) -> Option<Document>,
    ) -> Option<Finding> {
        match self {
            Self::Page(unread) => {
                let (documents, finding) = match unread.read(buffers) {
                    Ok(read) => read,
                    Err(error) => {
                        each(Err(error));
                        return None;
                    }
                };
                for document in documents {
                    if let Some(document) = each(Ok(document)) {
                        buffers.give_back(document);
                    }
                }
                Some(finding)
            }
            Self::Batch(batch) => {
                batch.read(buffers, &mut each);
                None
            }
        }
    }
}

/// How the file at `path` begins, unpacked; none where it cannot be read, which will be told when it is.
pub(super) fn peek(path: &Path) -> Option<Vec<u8>> {
    let (mut head, mut file) = (Vec::new(), File::open(path).ok()?);
    file.by_ref().take(kind::LOOK).read_to_end(&mut head).ok()?;
    let Some(compression) = Compression::of(&head) else { return Some(head) };
    let mut unpacked = Vec::new();
    // What is damaged further on has told enough.
    let _ = compression.unpack(head, file).ok()?.take(kind::LOOK).read_to_end(&mut unpacked);
    Some(unpacked)
}

/// Fills `head` as far as the looking goes; false where the source ended before.
fn fill(source: &mut impl Read, head: &mut Vec<u8>) -> io::Result<bool> {
    head.clear();
    let read = source.take(HEAD as u64).read_to_end(head)?;
    Ok(read == HEAD)
}

pub(super) fn damaged_archive(error: io::Error) -> Error {
    ErrorKind::Compression(error.to_string()).into()
}

fn too_large() -> String {
    format!(
        "more than {} MiB of text, too much for one page; split it, or read it with --input-format lines",
        LARGEST_PAGE >> 20
    )
}

/// Counts the bytes that were taken from the disk.
struct Counted<R> {
    source: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
