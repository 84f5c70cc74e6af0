//! The command `zjgr learn`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::lessons::Lessons;
use zjgr::run::Corpus;
use zjgr::source::Inputs;
use zjgr::{Error, ErrorKind};

use crate::args::{delimiter, read_file};
use crate::console::say;
use crate::{guard, signal};

/// Teach the page reader your paper: from tables of `zjgr layout` that you put right, weights for --page-weights
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr layout pages/ -o layout.csv                       put role, article and joins right in a spreadsheet
  zjgr layout pages/ -o layout.csv && zjgr learn layout.csv -o paper.weights
  zjgr articles pages/ --page-weights paper.weights      with what was learnt")]
pub(crate) struct LearnArgs {
    /// Tables of `zjgr layout` with role, article and joins put right; the files that they name are read from here
    #[arg(value_name = "CORRECTED", required = true)]
    tables: Vec<PathBuf>,

    /// Write what was learnt here
    #[arg(short, long, value_name = "FILE", required = true)]
    output: PathBuf,
}

pub(crate) fn run(args: LearnArgs) -> anyhow::Result<ExitCode> {
    let mut lessons = Lessons::default();
    for table in &args.tables {
        lessons.correct(&read_file(table)?, delimiter(table)).map_err(|error| error.at_path(table))?;
    }
    let inputs = Inputs::find(lessons.files(), None);
    guard::check_inputs(&inputs)?;
    let (taught, _) = Corpus::new(inputs).count(&lessons)?;
    for file in taught.incomplete() {
        say(format_args!("{}: lines without a row; only articles and joins are learnt from it", file));
    }
    if let (0, Some(file)) = (taught.pages(), lessons.files().first()) {
        let what = format!(
            "no page could be read that the tables name, {} the first: start where they are found",
            file.display()
        );
        return Err(Error::new(ErrorKind::Usage(what)).into());
    }
    say(format_args!("learnt from {} page(s)", taught.pages()));
    let weights = lessons.learn(taught)?;
    signal::begin(&args.output)?.whole(weights.to_tsv().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
