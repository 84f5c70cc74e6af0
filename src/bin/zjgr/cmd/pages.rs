//! The command `zjgr pages`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::pages;

use crate::args::{FilterArgs, InputArgs, OutputArgs};
use crate::exit;

/// A row per page: what its masthead says
#[derive(Debug, Args)]
pub(crate) struct PagesArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(crate) fn run(args: PagesArgs) -> anyhow::Result<ExitCode> {
    let corpus = args.input.corpus(&args.filter, &args.output)?;
    let mut table = args.output.table(pages::COLUMNS)?;
    let outcome = corpus.rows(&mut table, pages::rows)?;
    exit::finish(&corpus, outcome, table)
}
