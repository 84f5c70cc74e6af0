//! Whole commands in this process: an input is opened, read, understood, and one analysis of it written as a table.

use std::hash::Hasher;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHasher;
use zjgr::Page;
use zjgr::analysis::finder::{Case, Finder, Script};
use zjgr::analysis::group::{By, Wide};
use zjgr::analysis::period::Length;
use zjgr::analysis::scope::Scope;
use zjgr::analysis::trends::{Series, Shape, Trends, What};
use zjgr::analysis::words::Shown;
use zjgr::analysis::{Analysis, Listing, Tabulate};
use zjgr::analysis::{articles, collocates, concordance, discover, figures, keyness, layout, lengths, pages};
use zjgr::analysis::{reprints, slogans, stats, terms};
use zjgr::figure::{Class, Scanner};
use zjgr::page::{Duplicates, Reader, Selection};
use zjgr::slogan::{Lexicon, Overlap, SloganFinder};
use zjgr::source::{Buffers, Chunk, Encoding, Format, Input, Opened, ReadOptions};
use zjgr::table::{Destination, Format as TableFormat, Table};
use zjgr::term::{PhrasePatterns, Segmenter, SegmenterOptions, StopWords, WordList};

use crate::input::Chance;

/// What comes of the pages: a number that stands for the table.
type Written = Box<dyn Fn(&[Page], Manner) -> u64>;

/// Every command that reads pages, and every input.
pub(crate) struct Library {
    reader: Reader,
    commands: Vec<(&'static str, Written)>,
    file: PathBuf,
}

/// How one input is read and written.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    command: usize,
    input: Option<Format>,
    encoding: Option<Encoding>,
    table: TableFormat,
    duplicates: Duplicates,
    /// Counts page by page in one partial, or backwards in two that are merged: the table is the same.
    backwards: bool,
}

const FORMATS: [Format; 16] = [
    Format::Page,
    Format::Plain,
    Format::Lines,
    Format::Jsonl,
    Format::Alto,
    Format::PageXml,
    Format::Hocr,
    Format::TesseractTsv,
    Format::OcrJson,
    Format::Pdf,
    Format::Html,
    Format::Docx,
    Format::Csv,
    Format::Json,
    Format::Xlsx,
    Format::Parquet,
];
const ENCODINGS: [Encoding; 5] =
    [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5, Encoding::Utf16Le, Encoding::Utf16Be];

impl Manner {
    pub(crate) fn any(chance: &mut Chance, library: &Library) -> Self {
        let all = TableFormat::ALL.iter().copied().chain([TableFormat::EXCEL]);
        // A database is a file, and no stream.
        let formats: Vec<_> = all.filter(|format| format.name() != "sqlite").collect();
        Self {
            command: chance.below(library.commands.len()),
            input: Some(*chance.of(&FORMATS)).filter(|_| chance.below(2) == 0),
            encoding: Some(*chance.of(&ENCODINGS)).filter(|_| chance.below(4) == 0),
            table: *chance.of(&formats),
            duplicates: *chance.of(&[Duplicates::Skip, Duplicates::Keep]),
            backwards: false,
        }
    }

    pub(crate) fn backwards(self) -> Self {
        Self { backwards: true, ..self }
    }

    /// What is counted: the command and the formats.
    pub(crate) fn names(&self, library: &Library) -> [String; 4] {
        let command = library.commands.get(self.command).map_or("", |(name, _)| name);
        [
            format!("command {command}"),
            format!("input {}", self.input.map_or("auto", Format::name)),
            format!("encoding {}", self.encoding.map_or("auto", Encoding::name)),
            format!("table {:?}", self.table),
        ]
    }
}

impl Library {
    pub(crate) fn new(folder: &Path) -> Self {
        let commands = listings().into_iter().chain(counts()).chain(comparisons()).collect();
        Self { reader: Reader::default(), commands, file: folder.join("input") }
    }

    /// A number that stands for the table that is made of the input.
    pub(crate) fn run(&self, bytes: &[u8], manner: Manner) -> u64 {
        std::fs::write(&self.file, bytes).unwrap();
        let read = ReadOptions { format: manner.input, encoding: manner.encoding, ..ReadOptions::default() };
        let mut buffers = Buffers::default();
        let chunks: Vec<Chunk> = match read.open(&Input::file(&self.file), &mut buffers) {
            Ok(Opened::Page(page)) => vec![Chunk::Page(page)],
            Ok(Opened::Many(mut supply)) => std::iter::from_fn(|| supply.next().ok().flatten()).collect(),
            Err(_) => Vec::new(),
        };
        let mut pages = Vec::new();
        for chunk in chunks {
            chunk.read(&mut buffers, |document| {
                pages.extend(document.map(|document| self.reader.read(document)));
                None
            });
        }
        self.commands.get(manner.command).map_or(0, |(_, write)| write(&pages, manner))
    }
}

/// A stream that remembers nothing but a number that stands for all that went through.
#[derive(Clone, Default)]
struct Sum(Arc<Mutex<FxHasher>>);

impl Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sum {
    fn table(&self, format: TableFormat, columns: impl Into<zjgr::table::Columns>) -> Table {
        Table::new(Destination::stream(self.clone()), format, columns)
    }

    fn number(&self) -> u64 {
        self.0.lock().unwrap().finish()
    }
}

fn selections(pages: &[Page], duplicates: Duplicates) -> impl DoubleEndedIterator<Item = Selection<'_>> {
    pages.iter().map(move |page| Selection::all(page, duplicates))
}

fn listed(listing: impl Listing + 'static) -> Written {
    Box::new(move |pages, manner| {
        let sum = Sum::default();
        let mut table = sum.table(manner.table, listing.columns());
        for page in selections(pages, manner.duplicates) {
            let mut rows = table.rows();
            listing.rows(&page, &mut rows);
            table.append(&rows).unwrap();
        }
        table.finish().unwrap();
        sum.number()
    })
}

fn counted<A: Analysis>(analysis: &A, pages: &[Page], manner: Manner) -> A::Partial {
    let (mut one, mut other) = (analysis.start(), analysis.start());
    if !manner.backwards {
        selections(pages, manner.duplicates).for_each(|page| analysis.add(&mut one, &page));
        return one;
    }
    let (first, rest) = pages.split_at(pages.len() / 2);
    selections(rest, manner.duplicates).rev().for_each(|page| analysis.add(&mut other, &page));
    selections(first, manner.duplicates).for_each(|page| analysis.add(&mut one, &page));
    analysis.merge(&mut other, one);
    other
}

fn written<A: Tabulate>(analysis: &A, mut partial: A::Partial, format: TableFormat) -> u64 {
    let sum = Sum::default();
    let mut table = sum.table(format, analysis.columns(&partial));
    analysis.rows(&mut partial, &mut table).unwrap();
    table.finish().unwrap();
    sum.number()
}

fn tabulated(analysis: impl Tabulate + 'static) -> Written {
    Box::new(move |pages, manner| written(&analysis, counted(&analysis, pages, manner), manner.table))
}

fn segmenter() -> Segmenter {
    let compounds = WordList::builtin().unwrap();
    Segmenter::new(SegmenterOptions { compounds, fold: true, ..SegmenterOptions::default() })
}

fn term(text: &str) -> Finder {
    Finder::terms(&[text], Case::Distinct, Script::Distinct).unwrap()
}

fn slogan_finder() -> SloganFinder {
    SloganFinder::new(Lexicon::builtin().unwrap(), Overlap::LongestOfFamily)
}

fn figures() -> figures::Figures {
    figures::Figures { classes: Class::ALL.to_vec(), ..figures::Figures::new(Scanner::new(&[]).unwrap()) }
}

/// Tables that come page by page.
fn listings() -> Vec<(&'static str, Written)> {
    let (scope, finder) = (Scope::default(), term("工"));
    vec![
        ("layout", listed(layout::Layout)),
        ("pages", listed(pages::Pages)),
        ("articles", listed(articles::Articles)),
        ("extract-numbers", listed(figures())),
        (
            "slogans --mentions",
            listed(slogans::Mentions { finder: slogan_finder(), scope: scope.clone(), quoted_only: false }),
        ),
        ("concordance", listed(concordance::Concordance { finder, width: 9, segmenter: None, scope })),
    ]
}

/// Tables of what was counted.
fn counts() -> Vec<(&'static str, Written)> {
    let (scope, threads) = (Scope::default, NonZeroUsize::MIN);
    let stats = |by, ngrams, wide| stats::Stats {
        segmenter: segmenter(),
        scope: scope(),
        by,
        ngrams,
        places: None,
        with: stats::With::default(),
        show: stats::Show::default(),
        wide,
        threads,
    };
    let slogans = |by, wide: bool| slogans::Slogans {
        finder: slogan_finder(),
        scope: scope(),
        by,
        all: !wide,
        wide: wide.then_some(Wide::Count),
        quoted_only: wide,
    };
    vec![
        ("stats", tabulated(stats(None, 1..=1, None))),
        ("stats --ngrams 1-2 --by page", tabulated(stats(Some(By::Page), 1..=2, None))),
        ("stats --by month --wide", tabulated(stats(Some(By::Month), 1..=1, Some(Wide::Share)))),
        (
            "stats --lengths",
            tabulated(lengths::Lengths {
                segmenter: segmenter(),
                scope: scope(),
                by: Some(By::Article),
                window: 9,
            }),
        ),
        ("slogans", tabulated(slogans(None, false))),
        ("slogans --by year --wide", tabulated(slogans(Some(By::Year), true))),
        ("slogans --discover", discovered(discover::Discover::default())),
        ("extract-numbers --sum", tabulated(figures::Sums(figures()))),
        ("terms", tabulated(terms())),
        ("reprints", tabulated(reprints())),
    ]
}

fn terms() -> terms::Terms {
    terms::Terms {
        segmenter: segmenter().into(),
        scope: Scope::default(),
        patterns: PhrasePatterns::builtin().unwrap(),
        stopwords: StopWords::builtin(),
        by: None,
        is_reference: false,
        against: terms::Against::Dictionary,
        min_count: Some(1),
        simple_maths_add: 1.0,
        top: None,
    }
}

fn reprints() -> reprints::Reprints {
    let dated = reprints::Dated::First;
    reprints::Reprints { scope: Scope::default(), min_chars: 12, min_similarity: 0.8, dated }
}

/// Both readings.
fn discovered(discover: discover::Discover) -> Written {
    Box::new(move |pages, manner| {
        let chosen = discover.choose(counted(&discover, pages, manner), |_| false);
        let count = discover::Count { chosen, scope: Scope::default(), min_count: 1, top: None };
        written(&count, counted(&count, pages, manner), manner.table)
    })
}

/// Tables that compare.
fn comparisons() -> Vec<(&'static str, Written)> {
    let series = |name: &str, what| Series { name: name.into(), what };
    let trends = |length, shape| Trends {
        series: vec![series("工会", What::Term(term("工会"))), series("元", What::Unit("元".into()))],
        length,
        scope: Scope::default(),
        segmenter: None,
        slogans: None,
        families: None,
        scanner: Some(Scanner::new(&[]).unwrap()),
        near: None,
        keep_partial: true,
        shape,
        value: None,
    };
    let collocates = collocates::Collocates {
        node: term("工"),
        left: 4,
        right: 4,
        scope: Scope::default(),
        segmenter: segmenter(),
        shown: Shown::default(),
        expected: collocates::Expected::default(),
        min_count: 1,
        measure: collocates::Measure::default(),
        top: None,
    };
    let keyness = keyness::Keyness {
        comparison: keyness::Comparison {
            target: vec![keyness::Condition::Headline(regex::Regex::new("工|[0-9]").unwrap())],
            reference: Vec::new(),
            scope: Scope::default(),
        },
        segmenter: segmenter(),
        shown: Shown::default(),
        least: keyness::Least { count: 1, articles: 1 },
        measure: keyness::Measure::default(),
        simple_maths_add: 1.0,
        only: None,
        top: None,
    };
    vec![
        ("collocates", tabulated(collocates)),
        ("keyness", tabulated(keyness)),
        ("trends --per day", tabulated(trends(Length::Day, Shape::Long))),
        ("trends --wide", tabulated(trends(Length::Year, Shape::Wide))),
        ("trends --plot", tabulated(trends(Length::Month, Shape::Plot))),
    ]
}
