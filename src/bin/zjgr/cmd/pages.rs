//! The command `zjgr pages`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::pages::Pages;

use crate::run::SharedArgs;

/// A row per page: what its masthead says
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr pages pages/
  zjgr pages pages/ --columns file,newspaper,date,page   what is known of each page")]
pub(crate) struct PagesArgs {
    #[command(flatten)]
    shared: SharedArgs,
}

pub(crate) fn run(args: PagesArgs) -> anyhow::Result<ExitCode> {
    args.shared.list(&Pages)
}
