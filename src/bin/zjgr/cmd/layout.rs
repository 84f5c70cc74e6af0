//! The command `zjgr layout`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::layout;

use crate::args::{FilterArgs, InputArgs, OutputArgs};
use crate::exit;

/// A row per line: how each line of a page was understood
#[derive(Debug, Args)]
pub(crate) struct LayoutArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(crate) fn run(args: LayoutArgs) -> anyhow::Result<ExitCode> {
    let corpus = args.input.corpus(&args.filter, &args.output)?;
    let mut table = args.output.table(layout::COLUMNS)?;
    let outcome = corpus.rows(&mut table, layout::rows)?;
    exit::finish(&corpus, outcome, table)
}
