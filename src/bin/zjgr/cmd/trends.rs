//! The command `zjgr trends`

use std::ops::{ControlFlow, RangeInclusive};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use regex::Regex;
use zjgr::analysis::group::By;
use zjgr::analysis::period::Length;
use zjgr::analysis::query::{Case, Query};
use zjgr::analysis::rising::{COLUMNS, Direction, Rising, Tested, ranked, rising};
use zjgr::analysis::stats::Stats;
use zjgr::analysis::trends::{Series, Shape, Trends, Value, What};
use zjgr::slogan::{Overlap, Slogan, SloganFinder};
use zjgr::table::Format;
use zjgr::{Error, ErrorKind};

use super::stats::ngrams;
use super::{extract_numbers, slogans};
use crate::args::{ByArgs, PartsArgs, WordsArgs};
use crate::exit;
use crate::run::{KeepArgs, SharedArgs};
use crate::word_args::{ShowArgs, segmenter_for};

/// A row per series and period: how often terms and slogans occur, or what figures add up to, over time
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  zjgr trends --term 工会 --term 职工 pages/
  zjgr trends --term 疗休养 --per quarter --plot pages/
  zjgr trends --slogan 共同富裕 --family 浙工 --per year pages/
  zjgr trends --term 工会 --by newspaper --per year pages/
  zjgr trends --unit 元 --near 补助 --per year pages/
  zjgr trends --rising --per year --min-articles 20 pages/
  zjgr trends --term 工会 --wide --value count pages/ -o by-month.csv")]
pub(crate) struct TrendsArgs {
    /// A term to follow; may be given again, each is a series of its own
    #[arg(long = "term", value_name = "TERM")]
    terms: Vec<String>,

    /// Take terms as regular expressions
    #[arg(long)]
    regex: bool,

    /// A slogan to follow: NAME, or NAME=variant,variant; may be given again
    #[arg(long = "slogan", value_name = "NAME")]
    slogans: Vec<String>,

    /// A family of slogans to follow as one series; may be given again
    #[arg(long = "family", value_name = "NAME")]
    families: Vec<String>,

    /// The slogans of this file, as for `zjgr slogans` [default: builtin]
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,

    /// A unit, as printed or by its canonical name: its figures are added up; may be given again
    #[arg(long = "unit", value_name = "UNIT")]
    units: Vec<String>,

    /// Of figures only those in whose sentence this matches
    #[arg(long, value_name = "REGEX", requires = "units")]
    near: Option<Regex>,

    /// Instead of following what is named, find the words of the corpus that become commoner, the steepest first
    #[arg(long, conflicts_with_all = ["terms", "slogans", "families", "units", "wide", "plot", "value", "by"])]
    rising: bool,

    /// The same for those that become rarer; with --rising both, one after the other
    #[arg(long, conflicts_with_all = ["terms", "slogans", "families", "units", "wide", "plot", "value", "by"])]
    falling: bool,

    /// How long a period is
    #[arg(long, value_enum, default_value_t, value_name = "PERIOD")]
    per: Length,

    /// Let a first or last period of which only a part has text count in slope and tau too
    #[arg(long)]
    keep_partial: bool,

    /// Count terms only where they are whole words (工会 in 总工会 is none), and show them per million words; without it
    /// every place counts where the characters of the term stand
    #[arg(long)]
    tokens: bool,

    /// A row per series and a column per period
    #[arg(long)]
    wide: bool,

    /// What the columns of --wide and the bars of --plot show
    /// [default: sum for units, else share]
    #[arg(long, value_enum, value_name = "VALUE")]
    value: Option<Value>,

    /// Draw bars in the terminal instead of writing a table
    #[arg(long, conflicts_with_all = ["wide", "format", "excel"])]
    plot: bool,

    #[command(flatten)]
    by: ByArgs,

    #[command(flatten)]
    found: FoundArgs,

    #[command(flatten)]
    words: WordsArgs,
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    parts: PartsArgs,
}

/// Which of the words that rise or fall are shown.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rising and falling words")]
struct FoundArgs {
    /// Words, or n-grams of so many words: 2, or 1-3
    #[arg(long, value_name = "N-N", default_value = "1", value_parser = ngrams)]
    ngrams: RangeInclusive<usize>,

    /// Only those that so many articles have
    #[arg(long, value_name = "N", default_value_t = Tested::MIN_ARTICLES)]
    min_articles: u32,

    /// Only those whose trend is as likely by chance as this or less, corrected for the number of terms that are tested
    #[arg(long, value_name = "P", default_value_t = Tested::MAX_P)]
    max_p: f64,

    /// Only the first N of either kind
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    #[command(flatten)]
    show: ShowArgs,
}

pub(crate) fn run(mut args: TrendsArgs) -> anyhow::Result<ExitCode> {
    if args.rising || args.falling {
        return found(&mut args);
    }
    if args.plot {
        args.shared.output.set_format(Format::TABLE);
    }
    let trends = trends(&args)?;
    let near = args.near.as_ref().map(Regex::as_str);
    let what = (&args.terms, args.regex, &args.slogans, &args.families, &args.lexicon, &args.units, near);
    let said = (what, trends.length, &trends.by, &trends.scope, args.tokens, &args.words);
    let files: Vec<PathBuf> = args.words.files().iter().chain(&args.lexicon).cloned().collect();
    let counts = args.keep.counts(&mut args.shared.input, &said, &files)?;
    args.shared.add_up(&trends, &counts, |partial, _| {
        if partial.undated > 0 {
            let undated = partial.undated;
            args.shared.input.note(format_args!("articles left out since nothing dates them: {undated}"));
        }
        for series in trends.unmet(partial).filter(|_| !args.keep.is_asked()) {
            args.shared.input.note(format_args!("`{}` does not occur", series.name));
        }
        Ok(())
    })
}

/// The words that rise and fall.
fn found(args: &mut TrendsArgs) -> anyhow::Result<ExitCode> {
    if args.shared.output.describe {
        return args.shared.describe("rising", COLUMNS);
    }
    let shown = args.found.show.shown()?;
    let length = args.per;
    let mut stats = Stats::new(args.words.segmenter([])?);
    stats.scope = args.parts.scope();
    stats.by = Some(length.by());
    stats.ngrams = args.found.ngrams.clone();
    stats.with = args.found.show.with();
    stats.threads = args.shared.input.threads();
    let said = ("rising", &stats.scope, &stats.by, &stats.ngrams, stats.with, &args.words);
    let counts = args.keep.counts(&mut args.shared.input, &said, args.words.files())?;
    let gathered = args.shared.gather(&stats, &counts, |_, _| Ok(()))?;
    let (corpus, partial, outcome) = match gathered {
        ControlFlow::Break(exit) => return Ok(exit),
        ControlFlow::Continue(gathered) => gathered,
    };
    let tested = Tested { min_articles: args.found.min_articles, length };
    let wanted = |word: &str, pos: &str| shown.has(&stats.segmenter, word, pos);
    let terms = rising(&partial, &stats.segmenter, tested, wanted);
    let mut table = args.shared.output.table(COLUMNS)?;
    let mut count = 0;
    let asked = |term: &Rising| match term.direction() {
        Direction::Rising => args.rising,
        Direction::Falling => args.falling,
    };
    for row in ranked(&terms, args.found.max_p, args.found.top).filter(|row| asked(row.term)) {
        table.push(COLUMNS, &row)?;
        count += 1;
    }
    if count == 0 && outcome.documents > 0 {
        args.shared.input.note(format_args!(
            "of {} terms in {} articles and more none has a trend that --max-p {} lets pass",
            terms.len(),
            tested.min_articles,
            args.found.max_p
        ));
    }
    exit::finish(&corpus, outcome, table)
}

fn trends(args: &TrendsArgs) -> anyhow::Result<Trends> {
    let whole = if args.regex { &[] } else { args.terms.as_slice() };
    // A period by which things are counted apart says how long periods are.
    let by = args.by.by(&args.shared.input)?;
    let length = by.as_ref().and_then(By::length).unwrap_or(args.per);
    let mut trends = Trends::new(length);
    trends.by = by.filter(|by| by.length().is_none());
    trends.scope = args.parts.scope();
    trends.segmenter = args.tokens.then(|| segmenter_for(&args.words, whole)).transpose()?;
    trends.near = args.near.clone();
    trends.keep_partial = args.keep_partial;
    trends.shape = match (args.plot, args.wide) {
        (true, _) => Shape::Plot,
        (_, true) => Shape::Wide,
        _ => Shape::Long,
    };
    trends.value = args.value;
    for term in &args.terms {
        let query = match args.regex {
            true => Query::patterns(&[term], Case::Distinct, args.words.script())?,
            false => Query::terms(&[term], Case::Distinct, args.words.script())?,
        };
        trends.series.push(Series { name: term.clone(), what: What::Term(query) });
    }
    if !args.slogans.is_empty() {
        let finder = slogans::named(&slogans::lexicon(&args.lexicon)?, &args.slogans)?;
        let of = |(id, slogan): (_, &Slogan)| Series { name: slogan.name.clone(), what: What::Slogan(id) };
        trends.series.extend(finder.slogans().map(of));
        trends.slogans = Some(finder);
    }
    if !args.families.is_empty() {
        let lexicon = slogans::lexicon(&args.lexicon)?;
        for family in &args.families {
            if !lexicon.slogans().iter().any(|slogan| slogan.family() == family) {
                let what = format!("no slogan of the lexicon is of the family {family}");
                return Err(Error::new(ErrorKind::Usage(what)).into());
            }
            trends.series.push(Series { name: family.clone(), what: What::Family(family.clone()) });
        }
        trends.families = Some(SloganFinder::new(lexicon, Overlap::LongestOfFamily));
    }
    if !args.units.is_empty() {
        let of = |unit: &String| {
            let unit = extract_numbers::unit_of(unit, &args.shared.input);
            Series { name: unit.clone(), what: What::Unit(unit) }
        };
        trends.series.extend(args.units.iter().map(of));
        trends.scanner = Some(extract_numbers::scanner(&[])?);
    }
    if trends.series.is_empty() && !args.shared.output.describe {
        let what =
            "nothing to follow: name a --term, a --slogan, a --family or a --unit, or ask for --rising";
        return Err(Error::new(ErrorKind::Usage(what.into())).into());
    }
    Ok(trends)
}
