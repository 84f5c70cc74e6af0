//! The command `zjgr sample`

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use zjgr::Error;

/// Write made-up pages to try the other commands on
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr sample pages                       then: zjgr pages pages
  zjgr sample pages && zjgr extract-numbers pages --class money -o figures.csv")]
pub(crate) struct SampleArgs {
    /// The folder; it is made where it is not there, and nothing in it is written over
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The name and the text of a page that comes along.
macro_rules! page {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../../../data/pages/", $name)))
    };
}

const PAGES: [(&str, &[u8]); 10] = [
    page!("dongpu-1987-05-23-p1.txt"),
    page!("haixia-2015-08-12-A1.txt"),
    page!("qianjiang-2020-04-09-p1.txt"),
    page!("qianjiang-2024-06-18-p1.txt"),
    page!("zhedong-2017-12-05-p1.txt"),
    page!("zhehai-2023-05-25-p1.txt"),
    page!("zheling-2023-10-18-p2.md"),
    page!("zhezhong-2019-04-30-p1.txt"),
    page!("zhezhong-2023-03-15-p2.txt"),
    page!("zhidong-2024-01-16-epaper.txt"),
];

pub(crate) fn run(args: SampleArgs) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(&args.folder).map_err(|error| Error::from(error).at_path(&args.folder))?;
    for (name, text) in PAGES {
        let path = args.folder.join(name);
        write(&path, text).map_err(|error| error.at_path(&path))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a page; one that stands there already, to the letter, is left as it is.
fn write(path: &Path, text: &[u8]) -> Result<(), Error> {
    match File::create_new(path) {
        Ok(mut file) => Ok(file.write_all(text)?),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && fs::read(path)? == text => Ok(()),
        Err(error) => Err(error.into()),
    }
}
