//! Reads OCR'd Chinese newspaper pages and turns them into tables.
//!
//! Everything is one flow, and the folders are that flow:
//!
//! ```text
//! bytes ─source→ Document ─layout→ lines in reading order ─page→ Page { masthead, lines, articles } ─analysis→ mergeable partial ─table→ CSV …
//! ```
//!
//! * [`calendar`] knows the days: eras, lunar years, dates as papers print them. Any room may ask it.
//! * [`chain`] decides over a whole sequence at once, by weights learnt from examples. Any room may ask it, too.
//! * [`source`] finds files and turns bytes into [`source::Document`]s: compression, encoding, format.
//! * [`layout`] puts text whose place on the page is known in reading order.
//! * [`page`] understands one document: a role for every line, lines rejoined into paragraphs, paragraphs
//!   gathered into articles. Its text remembers where every character stood in the file.
//! * [`figure`], [`slogan`], [`term`] and [`name`] find things in that text.
//! * [`table`] writes rows of cells; it knows of nothing else here. [`measure`] has the formulas.
//! * [`analysis`] counts, page by page, in partials that merge in any order, and says what its rows look like.
//! * [`run`] drives it all over many files and threads.
//!
//! A module knows those before it in this list and none after. The library never prints and never exits.
//!
//! # Where to start
//!
//! The articles of a page: [`Page::articles`]. The figures of a text:
//!
//! ```
//! use zjgr::figure::{Context, Scanner, Value};
//!
//! let figures = Scanner::new(&[])?.scan("捐款198.82万元，惠及26县。", &Context::default());
//! assert_eq!(figures[0].value, Some(Value::Number(1_988_200.into())));
//! assert_eq!((figures[0].unit.as_str(), figures[1].text.as_str()), ("元", "26县"));
//! # Ok::<(), zjgr::Error>(())
//! ```
//!
//! The words of a text, with those that come along kept whole:
//!
//! ```
//! use zjgr::term::{Segmenter, SegmenterOptions, WordList};
//!
//! let mut options = SegmenterOptions::default();
//! options.words = WordList::builtin()?;
//! assert_eq!(Segmenter::new(options).words("开展职工疗休养"), ["开展", "职工", "疗休养"]);
//! # Ok::<(), zjgr::Error>(())
//! ```
//!
//! The slogans of a text:
//!
//! ```
//! use zjgr::slogan::{Lexicon, Overlap, SloganFinder};
//!
//! let finder = SloganFinder::new(Lexicon::builtin()?, Overlap::default());
//! let mut found = Vec::new();
//! finder.find("上线“浙工惠”平台", |_| true, |mention| found.push((mention.start, mention.end)));
//! assert_eq!(found, [(9, 18)]);
//! # Ok::<(), zjgr::Error>(())
//! ```
//!
//! The names in a text:
//!
//! ```
//! use zjgr::name::{Finder, NameType, Scratch, mentions};
//!
//! let found = mentions(Finder::get(), &["东海市总工会主席王建国到车间看望职工。"], &mut Scratch::default());
//! let person = found.iter().find(|mention| mention.kind == NameType::Person).unwrap();
//! assert_eq!(person.normal, "王建国");
//! assert_eq!(person.titles, ["主席"]);
//! ```
//!
//! What a command counts, as the table that it writes:
//!
//! ```
//! use zjgr::analysis::stats::Stats;
//! use zjgr::analysis::{Analysis, Tabulate};
//! use zjgr::page::{Duplicates, Reader, Selection};
//! use zjgr::table::{Destination, Format, Table};
//! use zjgr::term::{Segmenter, SegmenterOptions};
//!
//! let stats = Stats::new(Segmenter::new(SegmenterOptions::default()));
//! let mut counted = stats.start();
//! for text in ["职工参加比赛。", "比赛开始，职工到场。"] {
//!     let page = Reader::default().read(zjgr::Document::of(text));
//!     stats.add(&mut counted, &Selection::all(&page, Duplicates::Skip));
//! }
//! let mut table = Table::new(Destination::stream(std::io::sink()), Format::CSV, stats.columns(&counted));
//! stats.rows(&mut counted, &mut table)?;
//! table.finish()?;
//! # Ok::<(), zjgr::Error>(())
//! ```
//!
//! All files of a folder, in their order, on all cores:
//!
//! ```
//! use zjgr::run::Corpus;
//! use zjgr::source::Inputs;
//!
//! let corpus = Corpus::new(Inputs::find(["data/pages"], None));
//! let mut headlines = Vec::new();
//! let some_headlines = |selection: &zjgr::page::Selection<'_>| {
//!     selection.page().articles().filter_map(|article| article.headline().map(str::to_owned)).collect()
//! };
//! let outcome = corpus.in_order(some_headlines, |some: Vec<String>| {
//!     headlines.extend(some);
//!     Ok(())
//! })?;
//! assert_eq!(outcome.left_out, 0);
//! assert!(headlines.len() > 30);
//! # Ok::<(), zjgr::Error>(())
//! ```
//!
//! An analysis of one's own: [`analysis::Analysis`], with `examples/headlines_by_month.rs`.

pub mod analysis;
pub mod calendar;
pub mod chain;
mod contained;
pub mod error;
pub mod figure;
pub mod layout;
pub mod measure;
pub mod name;
mod openings;
mod packed;
pub mod page;
pub mod run;
pub mod slogan;
pub mod source;
pub mod table;
pub mod term;

pub use contained::is_contained;
pub use error::{Error, ErrorKind, Result};
pub use page::{Article, Page};
pub use source::Document;
