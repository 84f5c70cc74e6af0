//! Each stage by itself, in MB/s, so that a regression shows where it is: `cargo bench`.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jiff::civil::Date;
use zjgr::analysis::Listing;
use zjgr::analysis::articles::Articles;
use zjgr::analysis::figures::Figures;
use zjgr::figure::{Context, Scanner, Scratch};
use zjgr::name::{self, Finder};
use zjgr::page::{Duplicates, LineIndex, Page, Reader, Selection, characters};
use zjgr::slogan::{Lexicon, Overlap, SloganFinder};
use zjgr::source::{Buffers, Document, Input, Opened, ReadOptions};
use zjgr::table::{Cell, Column, Destination, Field, Format, Memory, Row, Table, Type};
use zjgr::term::{Segmenter, SegmenterOptions, Vocabulary, WordEnds};

fn main() {
    divan::main();
}

/// A page that is like many: the sample pages, one after the other, as often as it takes for 1 MB.
fn text() -> String {
    let mut paths: Vec<_> =
        std::fs::read_dir("tests/corpus/pages").unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let pages: String = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    pages.repeat((1 << 20) / pages.len() + 1)
}

/// The same in pieces of the size of a page.
fn documents() -> Vec<Document> {
    let mut paths: Vec<_> =
        std::fs::read_dir("tests/corpus/pages").unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let read = |path| Document::of(std::fs::read_to_string(path).unwrap());
    paths.into_iter().map(read).collect()
}

fn pages() -> Vec<Page> {
    let reader = Reader::default();
    documents().into_iter().map(|document| reader.read(document)).collect()
}

fn size(documents: &[Document]) -> BytesCount {
    BytesCount::new(documents.iter().map(|document| document.text.len()).sum::<usize>())
}

fn rejoined(pages: &[Page]) -> BytesCount {
    BytesCount::new(pages.iter().map(|page| page.text().len()).sum::<usize>())
}

/// Bytes to text, from a file.
#[divan::bench(args = ["utf-8", "gb18030"])]
fn decode(bencher: Bencher<'_, '_>, encoding: &str) {
    let text = text();
    let file = tempfile::NamedTempFile::new().unwrap();
    let codec = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap();
    let bytes = codec.encode(&text).0;
    std::fs::write(file.path(), &bytes).unwrap();
    let input = Input::file(file.path());
    let mut buffers = Buffers::default();
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let Opened::Page(page) = ReadOptions::default().open(&input, &mut buffers).unwrap() else { return };
        let (document, _) = page.read(&mut buffers).unwrap();
        black_box(&document);
        document.into_iter().for_each(|document| buffers.give_back(document));
    });
}

/// Lines of a text found, and its characters counted.
#[divan::bench]
fn count_characters(bencher: Bencher<'_, '_>) {
    let text = text();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| (LineIndex::new(&text, 1, false).len(), text.lines().map(characters).sum::<usize>()));
}

/// Text to articles: roles, reflow, bylines, repeats.
#[divan::bench]
fn read_page(bencher: Bencher<'_, '_>) {
    let reader = Reader::default();
    let documents = documents();
    bencher.counter(size(&documents)).with_inputs(|| documents.clone()).bench_values(|documents| {
        documents.into_iter().map(|document| reader.read(document)).collect::<Vec<_>>()
    });
}

/// Articles to figures.
#[divan::bench]
fn scan_figures(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let scanner = Scanner::new(&[]).unwrap();
    let (context, mut scratch, mut figures) = (Context::default(), Scratch::default(), Vec::new());
    bencher.counter(rejoined(&pages)).bench_local(|| {
        for page in &pages {
            for part in 0..page.parts.len() {
                figures.clear();
                scanner.scan_into(page.part_text(part), &context, &mut scratch, &mut figures);
                black_box(&figures);
            }
        }
    });
}

/// Articles to slogans.
#[divan::bench]
fn find_slogans(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let finder = SloganFinder::new(Lexicon::builtin().unwrap(), Overlap::default());
    bencher.counter(rejoined(&pages)).bench(|| {
        let mut mentions = 0;
        for page in &pages {
            let mut ends = WordEnds::of(page.text());
            finder.find(page.text(), |range| ends.hold(&range), |_| mentions += 1);
        }
        mentions
    });
}

/// Articles to names.
#[divan::bench]
fn find_names(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let mut scratch = name::Scratch::default();
    bencher.counter(rejoined(&pages)).bench_local(|| {
        for page in &pages {
            for part in 0..page.parts.len() {
                black_box(Finder::get().find(page.part_text(part), &mut scratch));
            }
        }
    });
}

/// Articles to words, counted.
#[divan::bench]
fn cut_and_count(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let segmenter = Segmenter::new(SegmenterOptions::default());
    bencher.counter(rejoined(&pages)).bench(|| {
        let (mut terms, mut counts) = (Vocabulary::default(), Vec::new());
        for page in &pages {
            terms.number(&segmenter.tokens(page.text()), |term, _| {
                if counts.len() <= term.index() {
                    counts.resize(term.index() + 1, 0_u32);
                }
                counts[term.index()] += 1;
            });
        }
        counts
    });
}

/// Articles to the rows of a table.
#[divan::bench(args = [Format::CSV, Format::JSONL])]
fn write_articles(bencher: Bencher<'_, '_>, format: Format) {
    let pages = pages();
    let table = Table::new(Destination::stream(std::io::sink()), format, Articles::default().columns());
    bencher.counter(rejoined(&pages)).bench_local(|| {
        let mut rows = table.rows();
        for page in &pages {
            Articles::default().rows(&Selection::all(page, Duplicates::Skip), &mut rows);
        }
        rows
    });
}

/// A cell as it was read back.
enum Value {
    Empty,
    Text(String),
    Integer(i64),
    Real(f64),
    Date(Date),
}

impl Value {
    fn read(text: &str, kind: Type) -> Self {
        match kind {
            _ if text.is_empty() => Self::Empty,
            Type::Integer => Self::Integer(text.parse().unwrap()),
            Type::Decimal => Self::Real(text.parse().unwrap()),
            Type::Date => Self::Date(text.parse().unwrap()),
            _ => Self::Text(text.to_owned()),
        }
    }

    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => text.into(),
            Self::Integer(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
            Self::Date(date) => (*date).into(),
        }
    }
}

struct Line(Vec<Value>);

impl Line {
    fn nth(&self, at: usize) -> Cell<'_> {
        self.0[at].cell()
    }
}

impl Row for Line {
    type At<'p> = Self;
}

/// The csv of all figures of the pages.
fn figures() -> String {
    let (memory, figures) = (Memory::default(), Figures::new(Scanner::new(&[]).unwrap()));
    let mut table = Table::new(Destination::stream(memory.clone()), Format::CSV, figures.columns());
    let mut rows = table.rows();
    pages().iter().for_each(|page| figures.rows(&Selection::all(page, Duplicates::Skip), &mut rows));
    table.append(&rows).unwrap();
    table.finish().unwrap();
    memory.text()
}

/// A table of figures in the formats that are not written as they are cut; in MB of csv.
#[divan::bench(args = [Format::CSV, Format::XLSX, Format::PARQUET])]
fn write_figures(bencher: Bencher<'_, '_>, format: Format) {
    const TIMES: usize = 100;
    let csv = figures();
    let columns = Figures::new(Scanner::new(&[]).unwrap()).columns();
    let kinds: Vec<Type> = columns.described().map(Field::kind).collect();
    let columns: Vec<Column<Line>> = columns
        .described()
        .enumerate()
        .map(|(at, field)| Column::<Line>::nth(field.kind(), field.name().into(), "", at, Line::nth))
        .collect();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let read = |record: csv::StringRecord| {
        Line(record.iter().zip(&kinds).map(|(text, &kind)| Value::read(text, kind)).collect())
    };
    let lines: Vec<Line> = reader.records().map(|record| read(record.unwrap())).collect();
    bencher.counter(BytesCount::new(csv.len() * TIMES)).bench_local(|| {
        let mut table = Table::new(Destination::stream(std::io::sink()), format, &columns);
        for _ in 0..TIMES {
            let mut rows = table.rows();
            lines.iter().for_each(|line| rows.push(&columns, line));
            table.append(&rows).unwrap();
        }
        table.finish().unwrap();
    });
}
