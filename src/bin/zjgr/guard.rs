//! Keeps the table from taking the place of anything that the run reads.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};
use zjgr::source::{Identity, Inputs, Reason, may_be_replaced};
use zjgr::{Error, ErrorKind, Result};

/// The flag that says where the table goes.
const OUTPUT: &str = "output";

/// Looks at everything that was typed, of whichever flag: no file among it may be the one that is written, and no
/// folder among it may hold that file, unless it is a table of an earlier run.
///
/// # Errors
/// [`ErrorKind::Usage`] where a file would be lost.
pub(crate) fn check(command: &Command, matches: &ArgMatches) -> Result<()> {
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    let ids =
        command.find_subcommand(name).into_iter().flat_map(Command::get_arguments).map(|arg| arg.get_id());
    let output = matches.try_get_one::<PathBuf>(OUTPUT).ok().flatten();
    let output = match output {
        Some(path) if path != Path::new("-") => path,
        _ => Path::new("/dev/stdout"),
    };
    // Only a regular file can be lost.
    let Some(written) = output.is_file().then(|| Identity::of(output)).flatten() else { return Ok(()) };
    if Identity::of(Path::new("/dev/stdin")).as_ref() == Some(&written) {
        return Err(lost(output, "is standard input too"));
    }
    let values =
        ids.filter(|id| *id != OUTPUT).filter_map(|id| matches.try_get_raw(id.as_str()).ok().flatten());
    for value in values.flatten() {
        for path in paths_in(value) {
            if Identity::of(path).as_ref() == Some(&written) {
                return Err(lost(output, "is read by this run"));
            }
            if path.is_dir() && is_in(output, path) && !may_be_replaced(output).unwrap_or_default() {
                return Err(lost(output, "stands in a folder that is read, and zjgr did not write it"));
            }
        }
    }
    Ok(())
}

/// The same for what was met in the folders that are read, behind whatever links.
///
/// # Errors
/// [`ErrorKind::Usage`] where a file would be lost.
pub(crate) fn check_inputs(inputs: &Inputs) -> Result<()> {
    let written = inputs.passed_over.iter().filter(|passed| passed.reason == Reason::Output);
    match written.map(|passed| &passed.path).find(|path| !may_be_replaced(path).unwrap_or_default()) {
        Some(path) => Err(lost(path, "stands in a folder that is read, and zjgr did not write it")),
        None => Ok(()),
    }
}

fn lost(path: &Path, why: &str) -> Error {
    let what = format!("this file {why}; it would be lost: write elsewhere");
    Error::new(ErrorKind::Usage(what)).at_path(path)
}

/// The paths that `value` may be: itself, or what stands behind the `=` of a `key=PATH`.
fn paths_in(value: &OsStr) -> impl Iterator<Item = &Path> {
    let behind = value.to_str().and_then(|value| value.split_once('=')).map(|(_, path)| Path::new(path));
    std::iter::once(Path::new(value)).chain(behind)
}

fn is_in(file: &Path, folder: &Path) -> bool {
    match (std::fs::canonicalize(file), std::fs::canonicalize(folder)) {
        (Ok(file), Ok(folder)) => file.starts_with(folder),
        _ => false,
    }
}
