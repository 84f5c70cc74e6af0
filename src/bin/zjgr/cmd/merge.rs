//! The command `zjgr merge`

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Args;

use crate::run_line;

/// Add up what was counted before: COMMAND, with files that --partial wrote, and the options they were counted with
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr stats pages/2021 --partial 2021.zjp
  zjgr stats pages/2022 --partial 2022.zjp
  zjgr merge stats 2021.zjp 2022.zjp -o terms.csv          what one run over both years writes
  zjgr merge stats 2021.zjp 2022.zjp pages/2023 --partial all.zjp")]
pub(crate) struct MergeArgs {
    /// A command that has --partial (stats, terms, slogans, names, extract-numbers, collocates, keyness, trends, reprints), with its arguments
    #[arg(value_name = "COMMAND", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    line: Vec<OsString>,
}

pub(crate) fn run(args: MergeArgs) -> anyhow::Result<ExitCode> {
    let line: Vec<OsString> = std::iter::once("zjgr".into()).chain(args.line).collect();
    run_line(&line)
}
