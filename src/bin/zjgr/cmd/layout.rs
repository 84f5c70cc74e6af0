//! The command `zjgr layout`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::layout::Layout;

use crate::run::SharedArgs;

/// A row per line: how each line of a page was understood
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr layout pages/                                     look here where an article came out wrong
  zjgr layout pages/ --columns line,role,text --format table")]
pub(crate) struct LayoutArgs {
    #[command(flatten)]
    shared: SharedArgs,
}

pub(crate) fn run(args: LayoutArgs) -> anyhow::Result<ExitCode> {
    args.shared.list(&Layout)
}
