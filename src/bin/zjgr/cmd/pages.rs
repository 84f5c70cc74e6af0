//! The command `zjgr pages`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::pages::Pages;

use crate::run::SharedArgs;

/// A row per page: what its masthead says
#[derive(Debug, Args)]
pub(crate) struct PagesArgs {
    #[command(flatten)]
    shared: SharedArgs,
}

pub(crate) fn run(args: PagesArgs) -> anyhow::Result<ExitCode> {
    args.shared.list(&Pages)
}
