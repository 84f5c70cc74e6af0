//! The command `zjgr stats`

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use regex::Regex;
use zjgr::analysis::lengths::Lengths;
use zjgr::analysis::stats::{ShownTerms, Stats};
use zjgr::page::plain_form;
use zjgr::slogan::{Compare, Phrases};
use zjgr::term::{Segmenter, StopWords, read_lines};

use crate::args::{ByArgs, PartsArgs, WideArgs, WordsArgs, read_file, tag};
use crate::run::{KeepArgs, SharedArgs, silent};

/// A row per term: how often, in how many articles, how evenly, since when
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr stats pages/                                     every word, the most frequent first
  zjgr stats pages/ --pos n,v --min-chars 2 --top 100
  zjgr stats pages/ --terms mine.txt --by month --wide  a column a month, ready for a chart
  zjgr stats pages/ --ngrams 2-3 --min-count 5
  zjgr stats pages/ --user-dict names.txt -o terms.csv")]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    parts: PartsArgs,
    #[command(flatten)]
    words: WordsArgs,

    /// Leave out the words of this file (one a line), those of the list that comes along (`builtin`), or none
    #[arg(long, value_name = "FILE", default_value = "builtin", help_heading = "Which terms")]
    stopwords: PathBuf,

    /// Count these too
    #[arg(long, value_enum, value_name = "WHAT,…", value_delimiter = ',', help_heading = "Which terms")]
    with: Vec<WithArg>,

    /// Terms of so many words: 2, or 1-3
    #[arg(long, value_name = "N-N", default_value = "1", value_parser = ngrams, help_heading = "Which terms")]
    ngrams: RangeInclusive<usize>,

    /// Only these parts of speech: n takes nr, ns, nt and nz as well
    #[arg(long, value_name = "TAG,…", value_delimiter = ',', value_parser = tag, help_heading = "Which terms")]
    pos: Vec<String>,

    /// Only terms that occur so often, in a group where there are groups
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Which terms")]
    min_count: u64,

    /// Only terms of so many characters
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Which terms")]
    min_chars: usize,

    /// Only terms that match (--match is about articles)
    #[arg(long, value_name = "REGEX", help_heading = "Which terms")]
    term_match: Option<Regex>,

    /// Only the terms of this file (one a line), in its order, those that never occur included. They count as whole
    /// words: where the best cut of the text has them between word ends (工会 in 总工会 does not count). One of several
    /// words has blanks between them and needs --ngrams
    #[arg(long, value_name = "FILE", help_heading = "Which terms")]
    terms: Option<PathBuf>,

    /// Count the --terms at every place where their characters stand, in other words too, as `trends` and `concordance`
    /// do without their --tokens
    #[arg(long, requires = "terms", conflicts_with = "ngrams", help_heading = "Which terms")]
    substring: bool,

    /// Only so many terms, the most frequent, in each group where there are groups
    #[arg(long, value_name = "N", help_heading = "Which terms")]
    top: Option<usize>,

    #[command(flatten)]
    by: ByArgs,

    #[command(flatten)]
    wide: WideArgs,

    /// How long texts are and how rich their vocabulary is, in place of terms: a row a group
    #[arg(long, conflicts_with = "wide", help_heading = "Rows and columns")]
    lengths: bool,

    /// How many words a segment (STTR) and a window (MATTR) of --lengths has
    #[arg(
        long,
        value_name = "N",
        default_value_t = Lengths::WINDOW,
        requires = "lengths",
        help_heading = "Rows and columns"
    )]
    window: usize,
}

/// What is counted besides words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WithArg {
    /// Numbers: 2021, 14.48%, 三十
    Numbers,
    /// Words in Latin letters
    Latin,
    /// Punctuation
    Punctuation,
}

pub(crate) fn run(mut args: StatsArgs) -> anyhow::Result<ExitCode> {
    if args.lengths {
        return lengths(&mut args);
    }
    let show = show(&args)?;
    // A term of the list that would be cut in two could never be counted; one with blanks is an n-gram.
    let listed = show.only.iter().flatten().filter(|term| !term.contains(' ')).cloned();
    let with = |what| args.with.contains(&what);
    if !args.substring {
        note_phrases(&args, &show);
    }
    let segmenter = args.words.segmenter(listed)?;
    let places = args.substring.then(|| places(&segmenter, show.only.as_deref().unwrap_or_default()));
    let mut stats = Stats::new(segmenter);
    stats.places = places;
    stats.scope = args.parts.scope();
    stats.by = args.by.by(&args.shared.input)?;
    stats.ngrams = args.ngrams.clone();
    stats.with.numbers = with(WithArg::Numbers);
    stats.with.latin = with(WithArg::Latin);
    stats.with.punctuation = with(WithArg::Punctuation);
    stats.show = show;
    stats.wide = args.wide.wide();
    stats.threads = args.shared.input.threads();
    let said = (&stats.scope, &stats.by, &stats.ngrams, args.substring, stats.with, &args.words);
    let files: Vec<PathBuf> = args.words.files().iter().chain(&args.terms).cloned().collect();
    let counts = args.keep.counts(&mut args.shared.input, &said, &files)?;
    args.shared.add_up(&stats, &counts, silent)
}

/// Finds `terms` wherever they stand in a text that is to be cut.
fn places(segmenter: &Segmenter, terms: &[String]) -> Phrases {
    let terms: Vec<String> =
        terms.iter().map(|term| segmenter.folded(&plain_form(term)).into_owned()).collect();
    Phrases::new(Compare::Exact, terms.iter().map(|term| (term.as_str(), 0)))
}

/// Says which terms of the list have more or fewer words than are counted.
fn note_phrases(args: &StatsArgs, show: &ShownTerms) {
    let length = |term: &&String| term.split(' ').count();
    let lost = |term: &&String| !args.ngrams.contains(&length(term));
    let mut lost = show.only.iter().flatten().filter(lost).peekable();
    if let Some(&first) = lost.peek() {
        let (words, count) = (length(&first), lost.count());
        args.shared.input.note(format_args!(
            "--terms: {first} is a term of {words} word(s), and is counted with --ngrams {words} only; {count} of the list are never counted so"
        ));
    }
}

fn lengths(args: &mut StatsArgs) -> anyhow::Result<ExitCode> {
    let mut lengths = Lengths::new(args.words.segmenter([])?);
    lengths.scope = args.parts.scope();
    lengths.by = args.by.by(&args.shared.input)?;
    lengths.window = args.window;
    let said = (&lengths.scope, &lengths.by, lengths.window, &args.words);
    let counts = args.keep.counts(&mut args.shared.input, &said, args.words.files())?;
    args.shared.add_up(&lengths, &counts, silent)
}

fn show(args: &StatsArgs) -> anyhow::Result<ShownTerms> {
    let stopwords = match args.stopwords.to_str() {
        Some("builtin") => StopWords::builtin(),
        Some("none") => StopWords::default(),
        _ => StopWords::parse(&read_file(&args.stopwords)?),
    };
    let only = args.terms.as_deref().map(read_file).transpose()?;
    let mut shown = ShownTerms::default();
    shown.stopwords = stopwords;
    shown.pos = args.pos.clone();
    shown.min_count = args.min_count;
    shown.min_chars = args.min_chars;
    shown.matching = args.term_match.clone();
    shown.only = only.map(|text| read_lines(&text).map(str::to_owned).collect());
    shown.top = args.top;
    Ok(shown)
}

/// `2` or `1-3`.
pub(super) fn ngrams(text: &str) -> Result<RangeInclusive<usize>, String> {
    let number = |text: &str| text.parse().ok().filter(|number| (1..=9).contains(number));
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => Ok(from..=to),
        _ => Err("write it as 2 or 1-3, up to 9".to_owned()),
    }
}
