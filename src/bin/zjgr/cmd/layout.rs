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
  zjgr layout pages/ --columns line,role,text --format table
  zjgr layout pages/ --max-confidence 0.6 --why          the doubtful lines, and what spoke for each")]
pub(crate) struct LayoutArgs {
    /// Show only what the reader is at most this sure of, from 0 to 1
    #[arg(long, value_name = "P")]
    max_confidence: Option<f32>,
    /// Say why each line is taken for what it is: its state, the next likely one, and the evidence that decided
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    shared: SharedArgs,
}

pub(crate) fn run(args: LayoutArgs) -> anyhow::Result<ExitCode> {
    let mut layout = Layout::default();
    layout.max_confidence = args.max_confidence;
    layout.why = args.why.then(|| args.shared.input.reader()).transpose()?;
    args.shared.list(&layout)
}
