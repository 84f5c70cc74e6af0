//! One document: text that was read and decoded, and not yet understood.

use std::sync::Arc;

use jiff::civil::Date;

use super::sheet::{Placement, Sheet};

/// How a document's text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum Format {
    /// An OCR'd page or the text of a digital edition: wrapped lines, photos, furniture.
    #[default]
    Page,
    /// Paragraphs, one a line, and nothing else.
    Plain,
    /// Each line a document.
    Lines,
    /// Each line a JSON object with `text` and, if there, `id`, `date`, `newspaper`, `headline`, `page`, `section`.
    Jsonl,
    /// ALTO, versions 2 to 4.
    Alto,
    /// PAGE XML.
    PageXml,
    /// hOCR.
    Hocr,
    /// The table of `tesseract … tsv`.
    TesseractTsv,
    /// JSON of RapidOCR, PaddleOCR, Umi-OCR, MinerU, and the `words_result` of cloud services.
    ///
    /// A text, a place and a score for each line.
    OcrJson,
    /// A PDF with a text layer.
    Pdf,
    /// A web page with one article.
    Html,
    /// A word processor's file.
    Docx,
    /// A table with commas, semicolons or tabs between its cells, a document a row.
    Csv,
    /// A JSON array of objects, each a document.
    Json,
    /// A workbook, a document a row.
    Xlsx,
    /// A Parquet file, a document a row.
    Parquet,
}

impl Format {
    /// Its name, as it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Plain => "plain",
            Self::Lines => "lines",
            Self::Jsonl => "jsonl",
            Self::Alto => "alto",
            Self::PageXml => "page-xml",
            Self::Hocr => "hocr",
            Self::TesseractTsv => "tesseract-tsv",
            Self::OcrJson => "ocr-json",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }
}

/// How the text of records is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum RecordLayout {
    /// Look at each record.
    ///
    /// One without a headline whose lines break off in the middle of sentences is a page.
    #[default]
    Auto,
    /// An OCR'd page: wrapped lines, photos, furniture.
    Page,
    /// Paragraphs, one a line.
    Plain,
}

/// Where the day of a document is said, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DateFrom {
    /// A person put it right in a table of pages.
    Corrected,
    /// The user set it.
    Set,
    /// The path, read by the user's pattern.
    Pattern,
    /// A field of its record.
    Record,
    /// It is printed on the page.
    Page,
    /// A header line above the text: 日期：…
    Header,
    /// The path.
    Path,
}

impl DateFrom {
    /// Its name, as the column `date_from` shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Set => "set",
            Self::Pattern => "pattern",
            Self::Record => "record",
            Self::Page => "page",
            Self::Header => "header",
            Self::Path => "path",
        }
    }
}

/// What is said of a document beside its text: by its container (`jsonl` records do), its path, or the user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meta {
    /// The record's own identifier.
    pub id: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// Where its day is said; none with a day is [`DateFrom::Record`].
    pub date_from: Option<DateFrom>,
    /// The newspaper it stood in.
    pub newspaper: Option<String>,
    /// The number of the page (版次) it stood on.
    pub page: Option<String>,
    /// The name of that page (版名).
    pub section: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// The values of the fields that are carried along, in the order of [`super::Fields::kept`].
    pub kept: Vec<Option<String>>,
}

/// One document, decoded: a page file, or one record of a `lines` or `jsonl` file.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Document {
    /// The file as the user named it (`-` for standard input): what the column `file` shows.
    pub file: Arc<str>,
    /// The whole text, line ends as they stood in the file.
    pub text: String,
    /// How the text is laid out; never a guess any more.
    pub format: Format,
    /// The line of the file on which the text starts, from 1.
    pub first_line: u32,
    /// True where the whole text stands on one line of the file, whatever line ends it holds (`jsonl`).
    pub single_line: bool,
    /// What the user or the container says of it, which outranks what its text says.
    pub meta: Meta,
    /// What holds where neither says anything: what the path says.
    pub fallback: Meta,
    /// Its text with places, where the file tells them, until it is put in reading order.
    pub sheet: Option<Sheet>,
    /// How each line of `text` stands on its page; empty where the file does not tell.
    pub placements: Vec<Placement>,
    /// The number of the record among those of its file, from 1; none where the file is no file of records.
    pub record: Option<u32>,
    /// How many bytes at the start of the text are the record's headline and the line end behind it.
    pub heading: usize,
}

impl Document {
    /// A page of text that stands in no file.
    ///
    /// ```
    /// let page = zjgr::page::Reader::default().read(zjgr::Document::of("职工有了新家园\n昨天，大楼盖好了。"));
    /// assert_eq!(page.lines.len(), 2);
    /// ```
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), first_line: 1, ..Self::default() }
    }
}
