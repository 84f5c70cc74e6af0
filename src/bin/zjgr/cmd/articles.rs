//! The command `zjgr articles`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::articles;

use crate::args::{FilterArgs, InputArgs, OutputArgs};
use crate::exit;

/// A row per article: headline, bylines, place, text
#[derive(Debug, Args)]
pub(crate) struct ArticlesArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(crate) fn run(args: ArticlesArgs) -> anyhow::Result<ExitCode> {
    let corpus = args.input.corpus(&args.filter, &args.output)?;
    let mut table = args.output.table(articles::COLUMNS)?;
    let outcome = corpus.rows(&mut table, articles::rows)?;
    exit::finish(&corpus, outcome, table)
}
