//! The command `zjgr layout`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::layout::Layout;

use crate::run::SharedArgs;

/// A row per line: how each line of a page was understood
#[derive(Debug, Args)]
pub(crate) struct LayoutArgs {
    #[command(flatten)]
    shared: SharedArgs,
}

pub(crate) fn run(args: LayoutArgs) -> anyhow::Result<ExitCode> {
    args.shared.list(&Layout)
}
