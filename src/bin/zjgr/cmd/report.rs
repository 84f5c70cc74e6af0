//! The command `zjgr report`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::Listing;
use zjgr::analysis::articles::Articles;
use zjgr::analysis::concordance::{Concordance, Concordances, WordHits};
use zjgr::analysis::pages::Pages;
use zjgr::analysis::passages::Passages;
use zjgr::analysis::period::Length;
use zjgr::analysis::query::{Case, Query};
use zjgr::analysis::rising::{self, RisingRow, Tested, ranked};
use zjgr::analysis::shown::ShownWords;
use zjgr::analysis::stats::{Stats, TermCounts};
use zjgr::name::NameType;
use zjgr::run::Listed;
use zjgr::table::{Language, Report};
use zjgr::term::StopWords;

use crate::invocation;
use crate::language::{Language as Said, chosen};
use crate::survey::{SurveyArgs, first};

/// One page for a browser: what the corpus is, terms, slogans and figures as charts, every number with its passages
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr report pages/ -o report.html                 open it with a browser; it needs no network
  zjgr report pages/ --since 2021 --lang zh -o report.html     in Chinese at first; both languages are in it")]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    survey: SurveyArgs,

    /// Show the N terms that matter most
    #[arg(long, value_name = "N", default_value_t = 40, help_heading = "Which terms")]
    top: usize,

    /// Show the words that become commoner or rarer from one such period to the next
    #[arg(long, value_enum, default_value_t, value_name = "PERIOD", help_heading = "Which terms")]
    per: Length,
}

/// The characters before and after a term.
const AROUND: usize = 20;

/// What of each table a page shows.
const PAGES: &[&str] = &["file", "newspaper", "date", "page", "section", "articles", "chars"];
const ARTICLES: &[&str] = &[
    "file",
    "id",
    "article",
    "newspaper",
    "date",
    "page",
    "section",
    "headline",
    "first_line",
    "last_line",
    "chars",
    "duplicate_chars",
];
const FIGURES: &[&str] = &[
    "file",
    "date",
    "page",
    "section",
    "article",
    "headline",
    "line",
    "column",
    "text",
    "class",
    "value",
    "unit",
    "object",
    "context",
    "canonical_unit",
    "again",
];
const MENTIONS: &[&str] = &[
    "file", "date", "page", "section", "article", "headline", "line", "column", "slogan", "form", "context",
];
const NAMES: &[&str] = &[
    "file", "date", "page", "section", "article", "headline", "line", "column", "text", "type", "normal",
    "title", "context",
];
/// Whom and what a page counts by name: posts would stand above all of them, 记者 first.
const NAMED: &[NameType] = &[NameType::Person, NameType::Organisation, NameType::Place];
const HITS: &[&str] =
    &["file", "date", "page", "section", "article", "headline", "line", "column", "node", "left", "right"];

pub(crate) fn run(args: ReportArgs) -> anyhow::Result<ExitCode> {
    let (mut survey, destination) = args.survey.begin(&["html", "htm"])?;
    let language = match chosen() {
        Said::Zh => Language::Chinese,
        Said::En => Language::Browser,
    };
    let report = Report::new(destination, language)?;
    let (articles, figures) = (Articles::default(), SurveyArgs::figures()?);
    let (mentions, names) = (args.survey.mentions()?, SurveyArgs::names(NAMED));
    let (terms, words) = (args.survey.terms(Some(args.top))?, args.survey.words_by(args.per)?);
    let tables = vec![
        show(&report, "pages", &Pages, PAGES)?,
        show(&report, "articles", &articles, ARTICLES)?,
        Listed::new(&Passages, report.table("lines", Passages.columns())?),
        show(&report, "extract-numbers", &figures, FIGURES)?,
        show(&report, "slogans", &mentions, MENTIONS)?,
        show(&report, "names", &names, NAMES)?,
    ];
    let (mut found, counted) = survey.read((&terms, &words), tables)?;
    let concordance = |term: &String| {
        let query = Query::terms(&[term], Case::Distinct, args.survey.words.script())?;
        Ok(Concordance::new(query, AROUND))
    };
    let terms = first(&terms, &mut found, "term", args.top)?;
    let hits = Concordances(terms.iter().map(concordance).collect::<zjgr::Result<_>>()?);
    let rising = show_rising(&args, &words, &counted, &report)?;
    let rising_hits = WordHits::new(rising, words.segmenter, AROUND);
    survey.list(vec![
        show(&report, "term_hits", &hits, HITS)?,
        show(&report, "rising_hits", &rising_hits, HITS)?,
    ])?;
    survey.finish(&mut invocation::about(), |about| report.finish(about))
}

/// Writes the words into the page that become commoner or rarer, as `zjgr trends` finds them; says which they are.
fn show_rising(
    args: &ReportArgs,
    words: &Stats,
    counted: &TermCounts,
    report: &Report,
) -> anyhow::Result<Vec<String>> {
    let mut shown = ShownWords::default();
    shown.stopwords = StopWords::builtin();
    let wanted = |word: &str, pos: &str| shown.has(&words.segmenter, word, pos);
    let tested = Tested { min_articles: Tested::MIN_ARTICLES, length: args.per };
    let found = rising::rising(counted, &words.segmenter, tested, wanted);
    let rows: Vec<RisingRow<'_>> = ranked(&found, Tested::MAX_P, Some(args.top)).collect();
    let mut table = report.table("rising", rising::COLUMNS)?;
    rows.iter().try_for_each(|row| table.push(rising::COLUMNS, row))?;
    table.finish()?;
    Ok(rows.iter().map(|row| row.term.text.clone()).collect())
}

/// A table in the page, of these columns.
fn show<'l>(
    report: &Report,
    name: &str,
    listing: &'l impl Listing,
    columns: &[&str],
) -> zjgr::Result<Listed<'l>> {
    Ok(Listed::new(listing, report.table(name, listing.columns().choose(columns)?)?))
}
