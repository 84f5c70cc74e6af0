//! Whole commands in this process: files are found, opened, read, understood, and what one command makes of them is
//! written.

use std::fs;
use std::hash::Hasher;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use jiff::civil::date;
use regex::Regex;
use rustc_hash::FxHasher;
use zjgr::analysis::group::{By, Wide};
use zjgr::analysis::names::{self, Wanted};
use zjgr::analysis::partial::{self, Kept, Portable};
use zjgr::analysis::period::Length;
use zjgr::analysis::query::{Case, Query, Script};
use zjgr::analysis::rising::{self, Tested};
use zjgr::analysis::trends::{Series, Shape, Trends, What};
use zjgr::analysis::{Analysis, Listing, Tabulate};
use zjgr::analysis::{articles, collocates, concordance, discover, figures, keyness, layout, lengths, pages};
use zjgr::analysis::{passages, reprints, slogans, stats, terms};
use zjgr::figure::{Class, Scanner};
use zjgr::page::Duplicates;
use zjgr::run::{Corpus, Filter, Watch};
use zjgr::slogan::{Lexicon, Overlap, SloganFinder};
use zjgr::source::{Encoding, Format, Inputs};
use zjgr::table::{About, Book, Destination, Format as TableFormat, Language, Report, Screen, Table};
use zjgr::term::{PhrasePatterns, Segmenter, SegmenterOptions, WordList};
use zjgr::{Error, ErrorKind, Result};

use crate::input::{Chance, Input};

/// What a command makes of what is read: a number that stands for what it wrote.
type Command = Box<dyn Fn(&Corpus, &Way) -> Result<u64>>;

/// Every command that reads pages, and what it reads.
pub(crate) struct Library {
    corpus: Corpus,
    is_faulty: Arc<AtomicBool>,
    filters: Vec<(&'static str, Filter)>,
    commands: Vec<(&'static str, Command)>,
    folder: PathBuf,
}

/// How one input is read and written.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    command: usize,
    input: Option<Format>,
    encoding: Option<Encoding>,
    filter: usize,
    is_folder: bool,
    table: TableFormat,
    to: To,
    duplicates: Duplicates,
}

/// How a command goes about it.
struct Way<'w> {
    folder: &'w Path,
    table: TableFormat,
    to: To,
    /// Counts each page in a partial of its own, keeps these as files and merges them from the last to the first: the
    /// table is the same.
    is_apart: bool,
}

/// What a table is written to.
#[derive(Debug, Clone, Copy)]
enum To {
    Stream,
    Terminal,
    File(&'static str),
}

/// Streams are quicker, and all of them are written alike.
const TO: [To; 12] = [
    To::Stream,
    To::Stream,
    To::Stream,
    To::Stream,
    To::Stream,
    To::Stream,
    To::Stream,
    To::Terminal,
    To::Terminal,
    To::File("out"),
    To::File("out.gz"),
    To::File("out.zst"),
];
/// The database, and the names of what is read.
const DATABASE: &str = "out.db";
const READ: &str = "read";

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
        let formats: Vec<_> = TableFormat::ALL.iter().copied().chain([TableFormat::EXCEL]).collect();
        Self {
            command: chance.below(library.commands.len()),
            input: Some(*chance.of(&FORMATS)).filter(|_| chance.below(4) == 0),
            encoding: Some(*chance.of(&ENCODINGS)).filter(|_| chance.below(8) == 0),
            filter: if chance.below(4) == 0 { chance.below(library.filters.len()) } else { 0 },
            is_folder: chance.below(3) == 0,
            table: *chance.of(&formats),
            to: *chance.of(&TO),
            duplicates: *chance.of(&[Duplicates::Skip, Duplicates::Keep]),
        }
    }

    /// What is counted: the command and the formats.
    pub(crate) fn names(&self, library: &Library) -> [String; 6] {
        [
            format!("command {}", library.commands[self.command].0),
            format!("read as {}", self.input.map_or("auto", Format::name)),
            format!("encoding {}", self.encoding.map_or("auto", Encoding::name)),
            format!("filter {}", library.filters[self.filter].0),
            format!("table {:?}", self.table),
            format!("to {:?}", self.to),
        ]
    }
}

impl Library {
    pub(crate) fn new(folder: &Path) -> Self {
        let commands = listings().into_iter().chain(counts()).chain(comparisons()).chain(surveys()).collect();
        let is_faulty = Arc::new(AtomicBool::new(false));
        let mut corpus = Corpus::new(Inputs::default());
        corpus.watch = Box::new(Faults(Arc::clone(&is_faulty)));
        fs::create_dir_all(folder.join(READ)).unwrap();
        Self { corpus, is_faulty, filters: filters(), commands, folder: folder.to_owned() }
    }

    /// A number that stands for what is made of the input.
    ///
    /// # Errors
    /// Where what was read brought out a fault of the library, or what came of it could not be written.
    pub(crate) fn run(
        &mut self,
        input: &Input,
        manner: Manner,
        is_apart: bool,
    ) -> std::result::Result<u64, String> {
        let folder = self.folder.join(READ);
        let paths: Vec<PathBuf> = input.files.iter().map(|(name, _)| folder.join(name)).collect();
        for (path, (_, bytes)) in paths.iter().zip(&input.files) {
            fs::write(path, bytes).unwrap();
        }
        let named = if manner.is_folder { &folder } else { &paths[0] };
        self.corpus.inputs = Inputs::find([named], None);
        (self.corpus.read.format, self.corpus.read.encoding) = (manner.input, manner.encoding);
        self.corpus.filter = self.filters[manner.filter].1.clone();
        self.corpus.duplicates = manner.duplicates;
        self.corpus.threads = NonZeroUsize::MIN.saturating_add(is_apart.into());
        self.is_faulty.store(false, Ordering::Relaxed);
        let way = Way { folder: &self.folder, table: manner.table, to: manner.to, is_apart };
        let written = (self.commands[manner.command].1)(&self.corpus, &way);
        for path in paths {
            fs::remove_file(path).unwrap();
        }
        match written {
            _ if self.is_faulty.load(Ordering::Relaxed) => Err("a page brings out a fault".into()),
            written => written.map_err(|error| format!("cannot be written: {error}")),
        }
    }
}

/// Notes whether a page brought out a fault.
struct Faults(Arc<AtomicBool>);

impl Watch for Faults {
    fn problem(&self, error: &Error) {
        if matches!(error.kind, ErrorKind::Fault) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

fn filters() -> Vec<(&'static str, Filter)> {
    let matching = Some(Regex::new("工|[0-9]{2}|“.*?”").unwrap());
    let newspapers = vec!["东海日报".to_owned(), "北江日报".to_owned()];
    let mut filters = ["none", "since", "until", "match", "newspaper"].map(|name| (name, Filter::default()));
    let [_, (_, since), (_, until), (_, matches), (_, of_papers)] = &mut filters;
    since.since = Some(date(2020, 1, 1));
    until.until = Some(date(2021, 2, 28));
    matches.matching = matching;
    of_papers.newspapers = newspapers;
    filters.into()
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
    fn add(&self, bytes: &[u8]) {
        self.0.lock().unwrap().write(bytes);
    }

    fn number(&self) -> u64 {
        self.0.lock().unwrap().finish()
    }
}

impl Way<'_> {
    /// Gives `write` somewhere to write to: a number that stands for what it wrote.
    fn write(&self, to: To, write: impl FnOnce(Destination) -> Result<()>) -> Result<u64> {
        let sum = Sum::default();
        match to {
            To::Stream => write(Destination::stream(sum.clone()))?,
            To::Terminal => {
                write(Destination::terminal(sum.clone(), Screen { width: 80, colours: true }))?;
            }
            To::File(name) => {
                let path = self.folder.join(name);
                let written = Destination::file(&path).and_then(write);
                let bytes = fs::read(&path).unwrap_or_default();
                let _ = fs::remove_file(path);
                written?;
                sum.add(&bytes);
            }
        }
        Ok(sum.number())
    }

    /// The same for a table with these columns.
    fn table(
        &self,
        name: &str,
        columns: impl Into<zjgr::table::Columns>,
        fill: impl FnOnce(&mut Table) -> Result<()>,
    ) -> Result<u64> {
        let write = |destination| {
            let mut table = Table::new(destination, self.table, columns).about(About::named(name));
            fill(&mut table)?;
            table.finish()
        };
        if !self.table.is_database() {
            return self.write(self.to, write);
        }
        let path = self.folder.join(DATABASE);
        let written = write(Destination::database(&path));
        let sum = Sum::default();
        sum.add(&fs::read(&path).unwrap_or_default());
        let _ = fs::remove_file(path);
        written.map(|()| sum.number())
    }

    /// What is counted in `corpus`, in whichever way; `keep` writes a partial to a file and reads it again.
    fn count<A: Analysis>(
        &self,
        analysis: &A,
        corpus: &Corpus,
        keep: impl Fn(A::Partial) -> A::Partial,
    ) -> Result<A::Partial> {
        if !self.is_apart {
            return Ok(corpus.count(analysis)?.0);
        }
        let (partials, _) = corpus.count(&Apart(analysis))?;
        let mut whole = analysis.start();
        partials.into_iter().rev().for_each(|partial| analysis.merge(&mut whole, keep(partial)));
        Ok(whole)
    }
}

/// Counts each page apart.
struct Apart<'a, A>(&'a A);

impl<A: Analysis> Analysis for Apart<'_, A> {
    const NAME: &'static str = A::NAME;
    type Partial = Vec<A::Partial>;

    fn start(&self) -> Self::Partial {
        Vec::new()
    }

    fn add(&self, partial: &mut Self::Partial, page: &zjgr::page::Selection<'_>) {
        let mut one = self.0.start();
        self.0.add(&mut one, page);
        partial.push(one);
    }

    fn merge(&self, partial: &mut Self::Partial, other: Self::Partial) {
        partial.extend(other);
    }
}

fn kept<A: Portable>(analysis: &A, partial: A::Partial) -> A::Partial {
    let mut bytes = Vec::new();
    partial::write(analysis, &mut Kept { partial, documents: 1 }, "options", &mut bytes).unwrap();
    partial::read(analysis, "options", &bytes).unwrap().partial
}

fn listed<L: Listing + 'static>(listing: L) -> Command {
    Box::new(move |corpus, way| {
        way.table(L::NAME, listing.columns(), |table| corpus.list(&listing, table).map(drop))
    })
}

fn tabulated<A: Tabulate + Portable + 'static>(analysis: A) -> Command {
    Box::new(move |corpus, way| {
        let mut partial = way.count(&analysis, corpus, |partial| kept(&analysis, partial))?;
        way.table(A::NAME, analysis.columns(&partial), |table| analysis.rows(&mut partial, table))
    })
}

fn segmenter() -> Segmenter {
    let compounds = WordList::builtin().unwrap();
    let mut options = SegmenterOptions::default();
    (options.compounds, options.fold) = (compounds, true);
    Segmenter::new(options)
}

fn term(text: &str) -> Query {
    Query::terms(&[text], Case::Distinct, Script::Distinct).unwrap()
}

fn slogan_finder() -> SloganFinder {
    SloganFinder::new(Lexicon::builtin().unwrap(), Overlap::LongestOfFamily)
}

fn figures() -> figures::Figures {
    let mut figures = figures::Figures::new(Scanner::new(&[]).unwrap());
    figures.classes = Class::ALL.to_vec();
    figures
}

fn wanted() -> Wanted {
    Wanted::default()
}

/// Tables that come page by page.
fn listings() -> Vec<(&'static str, Command)> {
    let query = term("工");
    vec![
        ("layout", listed(layout::Layout::default())),
        ("pages", listed(pages::Pages)),
        ("articles", listed(articles::Articles::default())),
        ("extract-numbers", listed(figures())),
        ("slogans --mentions", listed(slogans::Mentions::new(slogan_finder()))),
        ("concordance", listed(concordance::Concordance::new(query, 9))),
        ("names", listed(names::Mentions::new(wanted()))),
    ]
}

fn stats(by: Option<By>, ngrams: std::ops::RangeInclusive<usize>, wide: Option<Wide>) -> stats::Stats {
    let mut stats = stats::Stats::new(segmenter());
    (stats.by, stats.ngrams, stats.wide) = (by, ngrams, wide);
    stats
}

fn slogans(by: Option<By>, wide: bool) -> slogans::Slogans {
    let mut slogans = slogans::Slogans::new(slogan_finder());
    (slogans.by, slogans.all, slogans.wide) = (by, !wide, wide.then_some(Wide::Count));
    slogans.quoted_only = wide;
    slogans
}

fn named(by: Option<By>) -> names::count::Names {
    let mut names = names::count::Names::new(wanted());
    names.by = by;
    names
}

fn pairs(unit: names::pairs::Unit) -> names::pairs::Pairs {
    names::pairs::Pairs::new(wanted(), unit)
}

/// Tables of what was counted.
fn counts() -> Vec<(&'static str, Command)> {
    let mut lengths = lengths::Lengths::new(segmenter());
    (lengths.by, lengths.window) = (Some(By::Article), 9);
    vec![
        ("stats", tabulated(stats(None, 1..=1, None))),
        ("stats --ngrams 1-2 --by page", tabulated(stats(Some(By::Page), 1..=2, None))),
        ("stats --by month --wide", tabulated(stats(Some(By::Month), 1..=1, Some(Wide::Share)))),
        ("stats --lengths", tabulated(lengths)),
        ("slogans", tabulated(slogans(None, false))),
        ("slogans --by year --wide", tabulated(slogans(Some(By::Year), true))),
        ("slogans --discover", tabulated(discover::Discover::new(Lexicon::default()))),
        ("extract-numbers --sum", tabulated(figures::Sums(figures()))),
        ("terms", tabulated(terms(None))),
        ("terms --by article", tabulated(terms(Some(By::Article)))),
        ("reprints", tabulated(reprints())),
        ("names --count", tabulated(named(None))),
        ("names --count --by file", tabulated(named(Some(By::File)))),
        ("names --pairs sentence", tabulated(pairs(names::pairs::Unit::Sentence))),
        ("names --pairs article", tabulated(pairs(names::pairs::Unit::Article))),
        ("names --pairs -o graphml", graph(pairs(names::pairs::Unit::Paragraph))),
    ]
}

/// Pairs as a graph.
fn graph(pairs: names::pairs::Pairs) -> Command {
    Box::new(move |corpus, way| {
        let partial = way.count(&pairs, corpus, |partial| kept(&pairs, partial))?;
        way.write(way.to, |destination| destination.whole(pairs.graphml(&partial).as_bytes()))
    })
}

fn terms(by: Option<By>) -> terms::Terms {
    let mut terms = terms::Terms::new(segmenter().into(), PhrasePatterns::builtin().unwrap());
    (terms.by, terms.min_count, terms.simple_maths_add) = (by, Some(1), 1.0);
    terms
}

fn reprints() -> reprints::Reprints {
    let mut reprints = reprints::Reprints::default();
    (reprints.min_chars, reprints.dated) = (12, reprints::Dated::First);
    reprints
}

/// Tables that compare.
fn comparisons() -> Vec<(&'static str, Command)> {
    let series = |name: &str, what| Series { name: name.into(), what };
    let trends = |length, shape| {
        let mut trends = Trends::new(length);
        trends.series = vec![series("工会", What::Term(term("工会"))), series("元", What::Unit("元".into()))];
        trends.scanner = Some(Scanner::new(&[]).unwrap());
        (trends.keep_partial, trends.shape) = (true, shape);
        trends
    };
    let mut collocates = collocates::Collocates::new(term("工"), segmenter());
    (collocates.left, collocates.right) = (4, 4);
    let target = vec![keyness::Condition::Headline(regex::Regex::new("工|[0-9]").unwrap())];
    let comparison = keyness::Comparison::new(target, Vec::new());
    let keyness = keyness::Keyness::new(comparison, segmenter());
    vec![
        ("collocates", tabulated(collocates)),
        ("keyness", tabulated(keyness)),
        ("trends --per day", tabulated(trends(Length::Day, Shape::Long))),
        ("trends --wide", tabulated(trends(Length::Year, Shape::Wide))),
        ("trends --plot", tabulated(trends(Length::Month, Shape::Plot))),
        ("trends --rising", rising(stats(Some(By::Year), 1..=1, None))),
    ]
}

/// Terms whose share rises or falls.
fn rising(stats: stats::Stats) -> Command {
    Box::new(move |corpus, way| {
        let partial = way.count(&stats, corpus, |partial| kept(&stats, partial))?;
        let terms = rising::rising(
            &partial,
            &stats.segmenter,
            Tested { length: Length::Year, min_articles: 1 },
            |_, _| true,
        );
        way.table("rising", rising::COLUMNS, |table| {
            rising::ranked(&terms, 1.0, None).try_for_each(|row| table.push(rising::COLUMNS, &row))
        })
    })
}

/// Several tables in one file.
fn surveys() -> Vec<(&'static str, Command)> {
    vec![
        #[cfg(feature = "xlsx")]
        ("workbook", workbook()),
        ("report", report()),
    ]
}

/// Writes a table into what holds several.
macro_rules! show {
    ($corpus:expr, $book:expr, $name:literal, $listing:expr) => {{
        let listing = $listing;
        let mut table = $book.table($name, listing.columns())?;
        $corpus.list(listing, &mut table)?;
        table.finish()?;
    }};
}

#[cfg(feature = "xlsx")]
fn workbook() -> Command {
    let (figures, terms, names) = (figures(), terms(None), names::Mentions::new(wanted()));
    let mentions = slogans::Mentions::new(slogan_finder());
    Box::new(move |corpus, way| {
        way.write(way.to, |destination| {
            let book = Book::new(destination);
            show!(corpus, book, "pages", &pages::Pages);
            show!(corpus, book, "articles", &articles::Articles::default());
            show!(corpus, book, "figures", &figures);
            show!(corpus, book, "mentions", &mentions);
            show!(corpus, book, "names", &names);
            let mut found = way.count(&terms, corpus, |partial| kept(&terms, partial))?;
            let mut table = book.table("terms", terms.columns(&found))?;
            terms.rows(&mut found, &mut table)?;
            table.finish()?;
            book.finish(&About::named("workbook"))
        })
    })
}

fn report() -> Command {
    let (figures, names) = (figures(), names::Mentions::new(wanted()));
    let hits = concordance::Concordance::new(term("工"), 9);
    let hits = concordance::Concordances(vec![hits]);
    Box::new(move |corpus, way| {
        way.write(way.to, |destination| {
            let report = Report::new(destination, Language::Chinese)?;
            show!(corpus, report, "pages", &pages::Pages);
            show!(corpus, report, "articles", &articles::Articles::default());
            show!(corpus, report, "lines", &passages::Passages);
            show!(corpus, report, "extract-numbers", &figures);
            show!(corpus, report, "names", &names);
            show!(corpus, report, "term_hits", &hits);
            report.finish(&About::named("report"))
        })
    })
}
