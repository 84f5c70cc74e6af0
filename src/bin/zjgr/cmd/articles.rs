//! The command `zjgr articles`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::articles::Articles;

use crate::run::SharedArgs;

/// A row per article: headline, bylines, place, text
#[derive(Debug, Args)]
pub(crate) struct ArticlesArgs {
    #[command(flatten)]
    shared: SharedArgs,
}

pub(crate) fn run(args: ArticlesArgs) -> anyhow::Result<ExitCode> {
    args.shared.list(&Articles)
}
