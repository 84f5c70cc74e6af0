//! The command `zjgr man`

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zjgr::Error;

use crate::help;

/// Write the manual into a folder, a page a command
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr man manual                         then: man manual/zjgr-stats.1
  zjgr man manual --lang zh               in Chinese")]
pub(crate) struct ManArgs {
    /// The folder; it is made where it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(crate) fn run(args: ManArgs) -> anyhow::Result<ExitCode> {
    let wrong = |error| Error::from(error).at_path(&args.folder);
    fs::create_dir_all(&args.folder).map_err(wrong)?;
    clap_mangen::generate_to(help::dressed(&help::whole()), &args.folder).map_err(wrong)?;
    Ok(ExitCode::SUCCESS)
}
