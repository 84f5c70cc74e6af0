//! From an input to documents: opened once, looked at, then read whole or batch by batch.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

#[cfg(feature = "archives")]
use super::archive::Archive;
use super::batch::{Batch, Batches};
use super::compression::Compression;
use super::encoding::{Encoding, decode};
use super::gauge::Gauge;
use super::look::{self, Oddity};
use super::{Content, Document, Fields, Fingerprints, Format, Input, PassedOver, RecordLayout};
use super::{format, forms, own, tables};
use crate::{Error, ErrorKind, Result};

/// How much of a file is looked at before it is decided how to read it.
const HEAD: usize = 1 << 16;
/// The largest text, unpacked, that is understood as one page. It keeps a small archive that unpacks to more
/// than the memory from ending the run; no newspaper page comes near it.
const LARGEST_PAGE: u64 = 256 << 20;

/// Memory of more than this is not kept for the next page, which is hardly ever as large.
const MOST_KEPT: usize = 4 << 20;

/// How files are to be understood.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The layout of the text; none looks at each file.
    pub format: Option<Format>,
    /// The encoding; none looks at each file.
    pub encoding: Option<Encoding>,
    /// The names of the fields of records.
    pub fields: Arc<Fields>,
    /// How the text of records is laid out.
    pub record_layout: RecordLayout,
    /// True where every form of a page in an archive is read, not only the richest.
    pub all_forms: bool,
    /// Where the fingerprints of what is read are to be kept; none takes none.
    pub fingerprints: Option<Arc<Fingerprints>>,
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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
        if document.text.capacity() <= MOST_KEPT {
            self.text = document.text;
        }
    }

    /// Takes back the memory of what was decoded.
    fn give_back_bytes(&mut self, bytes: Vec<u8>) {
        if bytes.capacity() <= MOST_KEPT {
            self.bytes = bytes;
        }
    }

    pub(super) fn text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }
}

/// An input, opened and looked at.
pub enum Opened {
    /// One document, or the pages of one file.
    Page(Unread),
    /// Many, read piece by piece.
    Many(Box<dyn Supply>),
}

/// What gives the documents of a file piece by piece, however many there are.
pub trait Supply: Send {
    /// The next piece; none at the end. Each can be understood by itself.
    ///
    /// # Errors
    /// Where the file cannot be read any further. There is no next piece then.
    fn next(&mut self) -> Result<Option<Chunk>>;

    /// How many bytes of the file were read since this was last asked.
    fn advance(&mut self) -> u64;
}

/// A page that is opened and not read to its end.
pub struct Unread {
    name: Arc<str>,
    head: Vec<u8>,
    rest: Option<Box<dyn Read + Send>>,
    compression: Option<Compression>,
    options: ReadOptions,
}

/// Something that is to be read, opened.
#[cfg_attr(
    not(feature = "archives"),
    allow(dead_code, reason = "only archives and tables read a file twice")
)]
pub(super) struct Source {
    /// What the column `file` calls it.
    pub(super) name: Arc<str>,
    pub(super) is_of_folder: bool,
    /// In how many archives it stands.
    pub(super) depth: u8,
    pub(super) gauge: Gauge,
    /// The file that it can be read from another time.
    pub(super) path: Option<PathBuf>,
    pub(super) compression: Option<Compression>,
    /// What was read of it, and what follows, both unpacked.
    pub(super) head: Vec<u8>,
    pub(super) rest: Box<dyn Read + Send>,
}

#[cfg_attr(
    not(feature = "archives"),
    allow(dead_code, reason = "only archives and tables read a file twice")
)]
impl Source {
    fn of(input: &Input, prints: Option<&Arc<Fingerprints>>, buffers: &mut Buffers) -> Result<Self> {
        let gauge = Gauge::default();
        let bytes: Box<dyn Read + Send> = match &input.path {
            Some(path) => Box::new(File::open(path)?),
            None => Box::new(io::stdin()),
        };
        let rest: Box<dyn Read + Send> = match prints {
            Some(prints) => Box::new(gauge.packed(prints.taken_of(&input.name, bytes))),
            None => Box::new(gauge.packed(bytes)),
        };
        let is_file = |path: &&PathBuf| path.metadata().is_ok_and(|meta| meta.is_file());
        Ok(Self {
            name: Arc::clone(&input.name),
            is_of_folder: input.is_of_folder,
            depth: 0,
            gauge,
            path: input.path.as_ref().filter(is_file).cloned(),
            compression: None,
            head: std::mem::take(&mut buffers.bytes),
            rest,
        })
    }

    /// Reads as much as is looked at, unpacked; false where that is everything.
    fn look(&mut self) -> Result<bool> {
        let more = fill(&mut self.rest, &mut self.head)?;
        self.compression = Compression::of(&self.head);
        let Some(compression) = self.compression else { return Ok(more) };
        let rest = std::mem::replace(&mut self.rest, Box::new(io::empty()));
        let unpacked = compression.unpack(std::mem::take(&mut self.head), rest).map_err(damaged_archive)?;
        self.rest = Box::new(self.gauge.unpacked(unpacked));
        fill(&mut self.rest, &mut self.head).map_err(damaged_archive)
    }

    /// All of it, unpacked.
    pub(super) fn whole(self) -> Box<dyn Read + Send> {
        Box::new(io::Cursor::new(self.head).chain(self.rest))
    }

    /// A file with all of it, unpacked: the one that it stands in, or one that is gone afterwards.
    pub(super) fn into_file(self) -> io::Result<File> {
        match &self.path {
            Some(path) if self.compression.is_none() => File::open(path),
            _ => {
                let mut file = tempfile::tempfile()?;
                io::copy(&mut self.whole(), &mut file)?;
                file.seek(io::SeekFrom::Start(0))?;
                Ok(file)
            }
        }
    }

    /// All of it once more, unpacked, where it is packed and can be read twice.
    pub(super) fn again(&self) -> io::Result<Option<Box<dyn Read + Send>>> {
        let Some((path, compression)) = self.path.as_ref().zip(self.compression) else { return Ok(None) };
        let gauge = Gauge::default();
        let unpacked = compression.unpack(Vec::new(), gauge.packed(File::open(path)?))?;
        Ok(Some(Box::new(gauge.unpacked(unpacked))))
    }
}

impl ReadOptions {
    /// Opens `input` and finds out what it is.
    ///
    /// ```
    /// use zjgr::source::{Buffers, Input, Opened, ReadOptions};
    ///
    /// let mut buffers = Buffers::default();
    /// let input = Input::file("data/pages/zhezhong-2023-03-15-p2.txt");
    /// let Opened::Page(unread) = ReadOptions::default().open(&input, &mut buffers)? else { panic!("one page") };
    /// let (documents, finding) = unread.read(&mut buffers)?;
    /// assert!(documents[0].text.contains("这些消费"));
    /// assert_eq!(finding.format.name(), "page");
    /// # Ok::<(), zjgr::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it cannot be opened, or its first part cannot be read, unpacked or decoded.
    pub fn open(&self, input: &Input, buffers: &mut Buffers) -> Result<Opened> {
        let opened =
            Source::of(input, self.fingerprints.as_ref(), buffers).and_then(|source| self.look(source));
        opened.map_err(|error| error.at_path(input.name.as_ref()))
    }

    pub(super) fn look(&self, mut source: Source) -> Result<Opened> {
        let more = source.look()?;
        let head = &source.head;
        let packed = forms::packed(self.format, head);
        let content = Content::of_signature(head).filter(|_| packed.is_none());
        #[cfg(feature = "archives")]
        if let Some(archive) = Archive::of(head)
            .filter(|_| packed.is_none() && content.is_none_or(|content| content == Content::Zip))
        {
            return Ok(Opened::Many(Box::new(archive.open(source, self)?)));
        }
        let format = match self.format {
            Some(format) => format,
            None if content == Some(Content::Xlsx) => Format::Xlsx,
            None if format::has_records_ending(&source.name) => Format::Jsonl,
            None => tables::detect(&source.name, head, &self.fields)
                .unwrap_or_else(|| format::detect_records(head, self.encoding)),
        };
        if source.is_of_folder && own::is_own_table(head) && !self.fields.name_text_in(head) {
            return Err(ErrorKind::OwnTable.into());
        }
        if tables::is_table(format) {
            return tables::open(source, format, self).map(Opened::Many);
        }
        if let Some(content) = content {
            return Err(ErrorKind::NoPage(content).into());
        }
        match format {
            Format::Lines | Format::Jsonl => Ok(Opened::Many(Box::new(Batches::new(source, format, self)?))),
            _ => Ok(Opened::Page(Unread {
                name: source.name,
                head: source.head,
                rest: more.then_some(source.rest),
                compression: source.compression,
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
        self.loaded().and_then(|page| page.understand(buffers)).map_err(|error| error.at_path(name.as_ref()))
    }

    /// The page with all its bytes in memory.
    pub(super) fn loaded(mut self) -> Result<Self> {
        let Some(rest) = self.rest.take() else { return Ok(self) };
        let room = LARGEST_PAGE.saturating_sub(self.head.len() as u64);
        let read = rest.take(room + 1).read_to_end(&mut self.head);
        read.map_err(|error| match self.compression {
            Some(_) => damaged_archive(error),
            None => error.into(),
        })?;
        match self.head.len() as u64 > LARGEST_PAGE {
            true => Err(too_large().into()),
            false => Ok(self),
        }
    }

    fn understand(self, buffers: &mut Buffers) -> Result<(Vec<Document>, Finding)> {
        let bytes = self.head;
        if let Some(form) = forms::packed(self.options.format, &bytes) {
            let read = form.read(&bytes);
            buffers.give_back_bytes(bytes);
            let (format, compression) = (form.format(), self.compression);
            let finding = Finding { format, encoding: None, compression, damaged: 0, oddity: None };
            return Ok((forms::documents(&self.name, format, read?)?, finding));
        }
        let mut text = buffers.text();
        let decoded = decode(&bytes, self.options.encoding, &mut text);
        buffers.give_back_bytes(bytes);
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
        let format = self.options.format.or(form.map(|form| form.format())).unwrap_or_default();
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

/// Everything that one job of a run reads.
pub enum Chunk {
    /// One document, or the pages of one file.
    Page(Unread),
    /// Some records of a file.
    Batch(Batch),
    /// Some rows of a table.
    Rows(tables::Batch),
    /// A part of a file that cannot be read.
    Broken(Error),
    /// Parts of a file that are not read, as files of a folder are not.
    PassedOver(Vec<PassedOver>),
}

impl Chunk {
    /// The file or the member of an archive that it is of; none where that is told elsewhere.
    pub fn name(&self) -> Option<Arc<str>> {
        match self {
            Self::Page(page) => Some(Arc::clone(&page.name)),
            Self::Batch(batch) => Some(batch.name()),
            Self::Rows(rows) => Some(rows.name()),
            Self::Broken(_) | Self::PassedOver(_) => None,
        }
    }

    /// How much memory it takes, more or less, in bytes.
    pub fn size(&self) -> u64 {
        match self {
            Self::Page(page) => page.head.len() as u64,
            Self::Batch(batch) => batch.size(),
            Self::Rows(rows) => rows.size(),
            Self::Broken(_) | Self::PassedOver(_) => 0,
        }
    }

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
            Self::Batch(batch) => batch.read(buffers, &mut each),
            Self::Rows(rows) => rows.read(buffers, &mut each),
            Self::Broken(error) => {
                each(Err(error));
                None
            }
            Self::PassedOver(_) => None,
        }
    }
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

fn too_large() -> ErrorKind {
    ErrorKind::TooLarge { mebibytes: LARGEST_PAGE >> 20 }
}
