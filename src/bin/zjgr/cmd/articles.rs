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
  zjgr articles pages/ --match 工会 --since 2021 --format jsonl
  zjgr articles pages/ --max-confidence 0.8              look these over first")]
pub(crate) struct ArticlesArgs {
    /// Show only what the reader is at most this sure of, from 0 to 1
    #[arg(long, value_name = "P")]
    max_confidence: Option<f32>,
    #[command(flatten)]
    shared: SharedArgs,
}

pub(crate) fn run(args: ArticlesArgs) -> anyhow::Result<ExitCode> {
    let mut articles = Articles::default();
    articles.max_confidence = args.max_confidence;
    args.shared.list(&articles)
}
