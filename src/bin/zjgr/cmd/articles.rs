//! The command `zjgr articles`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::articles::Articles;

use crate::run::SharedArgs;

/// A row per article: headline, bylines, place, text
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr articles pages/ -o articles.csv
  zjgr articles pages/ --match 工会 --since 2021 --format jsonl")]
pub(crate) struct ArticlesArgs {
    #[command(flatten)]
    shared: SharedArgs,
}

pub(crate) fn run(args: ArticlesArgs) -> anyhow::Result<ExitCode> {
    args.shared.list(&Articles)
}
