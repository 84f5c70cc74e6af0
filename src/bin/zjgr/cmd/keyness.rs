//! The command `zjgr keyness`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use regex::Regex;
use zjgr::analysis::keyness::{Comparison, Condition, Keyness, Least, Measure, WordCounts};
use zjgr::measure::keyness::Direction;
use zjgr::run::Outcome;

use crate::args::{PartsArgs, WordsArgs, first_day, last_day, positive};
use crate::run::{KeepArgs, SharedArgs};
use crate::word_args::ShowArgs;

/// A row per word that sets one part of the corpus, the target, apart from another, the reference
#[derive(Debug, Args)]
#[command(after_long_help = "\
A part is described by conditions, each in a flag of its own; an article that meets all of them belongs to it:
  since=DATE until=DATE   published in this span; date=2021 is a whole year, date=2021-01..2021-06 a span
  newspaper=NAME          in this paper
  column=REGEX            under a column label that matches
  headline=REGEX          with a headline, kicker or subhead that matches
  path=PATH               in this file or below this folder; PATH alone says the same

Examples:
  zjgr keyness --target date=2022 --reference date=2021 pages/
  zjgr keyness --target 2022/ --reference 2021/
  zjgr keyness --target column=学习贯彻中国工会十八大精神 pages/ --sort log-ratio --min-count 5")]
pub(crate) struct KeynessArgs {
    /// What belongs to the target; may be given again, and all must hold
    #[arg(long, value_name = "CONDITION", required_unless_present = "describe", value_parser = condition)]
    target: Vec<Spec>,

    /// What belongs to the reference [default: all that is not in the target]
    #[arg(long, value_name = "CONDITION", value_parser = condition)]
    reference: Vec<Spec>,

    /// Only words that occur so many times, target and reference taken together
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_count: u64,

    /// Only words that so many articles have, target and reference taken together
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_articles: u64,

    /// Which number puts the rows in order, the strongest first
    #[arg(long, value_enum, default_value_t, value_name = "MEASURE")]
    sort: Measure,

    /// Only words that the target has more often than the reference, or only the others
    #[arg(long, value_enum, value_name = "WHICH")]
    only: Option<Direction>,

    /// Only the first N rows of either kind
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    /// What simple maths adds to both frequencies per million: more brings out commoner words
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = positive)]
    simple_maths_add: f64,

    #[command(flatten)]
    show: ShowArgs,
    #[command(flatten)]
    words: WordsArgs,
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    parts: PartsArgs,
}

/// What one flag says.
#[derive(Debug, Clone)]
struct Spec(Vec<Condition>);

pub(crate) fn run(mut args: KeynessArgs) -> anyhow::Result<ExitCode> {
    let conditions =
        |specs: &[Spec]| -> Vec<Condition> { specs.iter().flat_map(|spec| spec.0.clone()).collect() };
    let mut comparison = Comparison::new(conditions(&args.target), conditions(&args.reference));
    comparison.scope = args.parts.scope();
    let said = (&comparison, &args.words);
    let counts = args.keep.counts(&mut args.shared.input, &said, args.words.files())?;
    // Two folders are compared without being named a second time.
    args.shared.input.read_by_default(comparison.target.iter().chain(&comparison.reference).filter_map(
        |condition| match condition {
            Condition::Path(path) => Some(path.clone()),
            _ => None,
        },
    ));
    let mut keyness = Keyness::new(comparison, args.words.segmenter([])?);
    keyness.shown = args.show.shown()?;
    keyness.least = Least { count: args.min_count, articles: args.min_articles };
    keyness.measure = args.sort;
    keyness.simple_maths_add = args.simple_maths_add;
    keyness.only = args.only;
    keyness.top = args.top;
    args.shared.add_up(&keyness, &counts, |partial, outcome| {
        // A part of a corpus need not have both.
        if args.keep.is_asked() { Ok(()) } else { check(&args.shared, partial, outcome) }
    })
}

/// Says what the user should know of the two parts before they are compared.
fn check(shared: &SharedArgs, partial: &WordCounts, outcome: Outcome) -> anyhow::Result<()> {
    if partial.in_both > 0 {
        shared.input.note(format_args!(
            "articles that belong to target and reference, and count in both: {}",
            partial.in_both
        ));
    }
    if outcome.documents == 0 {
        return Ok(());
    }
    match partial.sizes() {
        [0, 0] => anyhow::bail!("neither target nor reference has a word: look at --target and --reference"),
        [0, _] => anyhow::bail!("no word in the target, so nothing to compare: look at --target"),
        [_, 0] => anyhow::bail!("no word in the reference, so nothing to compare with: look at --reference"),
        _ => Ok(()),
    }
}

fn condition(text: &str) -> Result<Spec, String> {
    let Some((key, value)) = text.split_once('=') else {
        return match (Path::new(text).exists(), first_day(text)) {
            (true, _) => Ok(Spec(vec![Condition::Path(PathBuf::from(text))])),
            (false, Ok(_)) => Err(format!("there is no file {text}; for a time, write date={text}")),
            (false, Err(_)) => Err(format!("there is no file or folder {text}")),
        };
    };
    let pattern = || Regex::new(value).map_err(|error| error.to_string());
    Ok(Spec(match key {
        "since" => vec![Condition::Since(first_day(value)?)],
        "until" => vec![Condition::Until(last_day(value)?)],
        "date" => {
            let (first, last) = value.split_once("..").unwrap_or((value, value));
            vec![Condition::Since(first_day(first)?), Condition::Until(last_day(last)?)]
        }
        "newspaper" => vec![Condition::Newspaper(value.to_owned())],
        "column" => vec![Condition::Column(pattern()?)],
        "headline" => vec![Condition::Headline(pattern()?)],
        "path" => vec![Condition::Path(PathBuf::from(value))],
        _ => return Err(format!("`{key}` is none of since, until, date, newspaper, column, headline, path")),
    }))
}
