//! The command `zjgr collocates`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::Analysis;
use zjgr::analysis::collocates::{Collocates, Expected, Measure, columns};
use zjgr::analysis::query::{Case, Query};

use crate::args::{PartsArgs, WordsArgs};
use crate::run::{KeepArgs, SharedArgs};
use crate::word_args::{ShowArgs, segmenter_for};

/// A row per word that keeps company with a term, with how strongly it does
#[derive(Debug, Args)]
#[command(
    override_usage = "zjgr collocates [OPTIONS] TERM [PATH]…",
    mut_arg("paths", |arg| arg.value_name("TERM|PATH").help(
        "The term, then the files and folders to read; `-` is standard input. Terms that follow the first, up \
         to the first argument that names a file or a folder, count as the same node"
    )),
    after_help = "Examples:
  zjgr collocates 工会 pages/
  zjgr collocates 职工 pages/ --window 3 --sort log-dice --pos n,v --stopwords builtin"
)]
pub(crate) struct CollocatesArgs {
    /// The node, where it could be taken for a path; may be given again. All arguments are paths then
    #[arg(short = 'e', long = "term", value_name = "TERM")]
    terms: Vec<String>,

    /// How many words on either side count as near; none beyond the end of the sentence does
    #[arg(long, value_name = "N", default_value_t = Collocates::WINDOW)]
    window: usize,

    /// The same for the words before the node
    #[arg(long, value_name = "N")]
    left: Option<usize>,

    /// The same for the words after it
    #[arg(long, value_name = "N")]
    right: Option<usize>,

    /// How often a word would stand near the node by chance
    #[arg(long, value_enum, default_value_t, value_name = "WAY")]
    expected: Expected,

    /// Only words that stand near the node so many times
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_count: u64,

    /// Which number puts the rows in order, the largest first
    #[arg(long, value_enum, default_value_t, value_name = "MEASURE")]
    sort: Measure,

    /// Only the first N rows
    #[arg(long, value_name = "N")]
    top: Option<usize>,

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

pub(crate) fn run(mut args: CollocatesArgs) -> anyhow::Result<ExitCode> {
    if args.shared.output.describe {
        return args.shared.describe(Collocates::NAME, columns());
    }
    let terms = if args.terms.is_empty() { args.shared.input.take_terms() } else { args.terms };
    let segmenter = segmenter_for(&args.words, &terms)?;
    let mut collocates =
        Collocates::new(Query::terms(&terms, Case::Distinct, args.words.script())?, segmenter);
    collocates.left = args.left.unwrap_or(args.window);
    collocates.right = args.right.unwrap_or(args.window);
    collocates.scope = args.parts.scope();
    collocates.shown = args.show.shown()?;
    collocates.expected = args.expected;
    collocates.min_count = args.min_count;
    collocates.measure = args.sort;
    collocates.top = args.top;
    let said = (&terms, collocates.left, collocates.right, &collocates.scope, &args.words);
    let counts = args.keep.counts(&mut args.shared.input, &said, args.words.files())?;
    args.shared.add_up(&collocates, &counts, |partial, _| {
        if partial.nodes == 0 && !args.keep.is_asked() {
            args.shared.input.note(format_args!("`{}` does not occur as a whole word", terms.join("`, `")));
        }
        Ok(())
    })
}
