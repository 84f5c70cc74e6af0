//! The command `zjgr reprints`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::reprints::{Dated, Reprints};

use crate::args::{PartsArgs, share};
use crate::run::{KeepArgs, SharedArgs, silent};

/// A row per passage that stands elsewhere too: on another page, another day, in another paper
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr reprints pages/ -o r.csv                        what was printed again, the first print of each text first
  zjgr reprints pages/ --min-chars 100 --dated first")]
pub(crate) struct ReprintsArgs {
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    parts: PartsArgs,

    /// Only passages of so many characters, letters and digits, marks not counted
    #[arg(long, value_name = "N", default_value_t = Reprints::MIN_CHARS, help_heading = "Which passages")]
    min_chars: usize,

    /// Only passages of which this share is the same as in another print
    #[arg(long, value_name = "SHARE", default_value_t = Reprints::MIN_SIMILARITY, value_parser = share, help_heading = "Which passages")]
    min_similarity: f64,

    /// Which day a passage is of
    #[arg(long, value_enum, default_value_t, value_name = "WHICH", help_heading = "Rows and columns")]
    dated: Dated,
}

pub(crate) fn run(mut args: ReprintsArgs) -> anyhow::Result<ExitCode> {
    let mut reprints = Reprints::default();
    reprints.scope = args.parts.scope();
    reprints.min_chars = args.min_chars;
    reprints.min_similarity = args.min_similarity;
    reprints.dated = args.dated;
    let counts = args.keep.counts(&mut args.shared.input, &reprints.scope, &[])?;
    args.shared.add_up(&reprints, &counts, silent)
}
