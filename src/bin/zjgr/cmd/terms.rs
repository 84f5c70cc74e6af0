//! The command `zjgr terms`

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use zjgr::analysis::Analysis;
use zjgr::analysis::terms::{Against, CandidateCounts, Terms};
use zjgr::run::Outcome;
use zjgr::term::{PhrasePatterns, StopWords};

use crate::args::{ByArgs, PartsArgs, WordsArgs, positive, read_file};
use crate::run::{KeepArgs, SharedArgs};

/// A row per word or phrase that matters: how often, how much of a term, against a reference
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr terms pages/ --top 100                          against the frequencies of the dictionary
  zjgr terms 2022/ --reference 2021/ -o terms.csv      against another year
  zjgr terms pages/ --by year --top 50 --min-count 5
  zjgr terms pages/ --pos 'a|n* n'                     phrases of nouns, with adjectives before them")]
pub(crate) struct TermsArgs {
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    parts: PartsArgs,
    #[command(flatten)]
    words: WordsArgs,

    /// Hold the frequencies against those of these files and folders; may be given again [default: those of the
    /// dictionary]
    #[arg(long, value_name = "PATH", num_args = 1, conflicts_with = "partial", help_heading = "Which terms")]
    reference: Vec<PathBuf>,

    /// Only phrases of these parts of speech: 'a|n* n' is a noun with adjectives and nouns before it; may be given
    /// again [default: those of data/phrases.txt]
    #[arg(long, value_name = "PATTERN", value_parser = pattern, help_heading = "Which terms")]
    pos: Vec<String>,

    /// The patterns of this file, a line each
    #[arg(long, value_name = "FILE", conflicts_with = "pos", help_heading = "Which terms")]
    patterns: Option<PathBuf>,

    /// Words that no phrase begins or ends with: those of this file (one a line), those of the list that comes along
    /// (`builtin`), or none
    #[arg(long, value_name = "FILE", default_value = "builtin", help_heading = "Which terms")]
    stopwords: PathBuf,

    /// Only terms that occur so often, in a group where there are groups [default: 2, or 1 where a sign speaks for it]
    #[arg(long, value_name = "N", help_heading = "Which terms")]
    min_count: Option<u64>,

    /// Only so many terms, those of the highest score, in each group where there are groups
    #[arg(long, value_name = "N", help_heading = "Which terms")]
    top: Option<usize>,

    /// What is added to both frequencies per million before they are divided: more brings out commoner terms
    #[arg(long, value_name = "N", default_value_t = Terms::SIMPLE_MATHS_ADD, value_parser = positive, help_heading = "Which terms")]
    simple_maths_add: f64,

    #[command(flatten)]
    by: ByArgs,
}

pub(crate) fn run(mut args: TermsArgs) -> anyhow::Result<ExitCode> {
    let mut terms = Terms::new(Arc::new(args.words.segmenter([])?), patterns(&args)?);
    terms.scope = args.parts.scope();
    terms.stopwords = match args.stopwords.to_str() {
        Some("builtin") => StopWords::builtin(),
        Some("none") => StopWords::default(),
        _ => StopWords::parse(&read_file(&args.stopwords)?),
    };
    terms.by = args.by.by(&args.shared.input)?;
    terms.against = if args.reference.is_empty() { Against::Dictionary } else { Against::Reference };
    terms.min_count = args.min_count;
    terms.simple_maths_add = args.simple_maths_add;
    terms.top = args.top;
    args.shared.input.also_read.clone_from(&args.reference);
    let said = (&terms.scope, &terms.by, &args.pos, &args.patterns, &args.stopwords, &args.words);
    let mut files: Vec<PathBuf> = args.words.files().to_vec();
    files.extend(args.patterns.iter().chain([&args.stopwords]).cloned());
    let counts = args.keep.counts(&mut args.shared.input, &said, &files)?;
    let add_reference =
        |partial: &mut CandidateCounts, outcome: &mut Outcome| add_reference(&args, &terms, partial, outcome);
    args.shared.add_up_with(&terms, &counts, add_reference)
}

fn patterns(args: &TermsArgs) -> anyhow::Result<PhrasePatterns> {
    match &args.patterns {
        Some(file) => Ok(PhrasePatterns::parse(&read_file(file)?).map_err(|error| error.at_path(file))?),
        None if args.pos.is_empty() => Ok(PhrasePatterns::builtin()?),
        None => Ok(PhrasePatterns::parse(&args.pos.join("\n"))?),
    }
}

fn pattern(text: &str) -> Result<String, String> {
    PhrasePatterns::parse(text).map_err(|error| error.kind.to_string())?;
    Ok(text.to_owned())
}

/// Counts the reference, where there is one.
fn add_reference(
    args: &TermsArgs,
    terms: &Terms,
    partial: &mut CandidateCounts,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    if args.reference.is_empty() {
        return Ok(());
    }
    let SharedArgs { input, filter, output, .. } = &args.shared;
    let corpus = input.reference(&args.reference, filter, output)?;
    let (reference, seen) = corpus.count(&terms.clone().as_reference())?;
    if reference.reference_size() == 0 {
        anyhow::bail!("no word in the reference, so nothing to compare with: look at --reference");
    }
    outcome.left_out += seen.left_out;
    terms.merge(partial, reference);
    Ok(())
}
