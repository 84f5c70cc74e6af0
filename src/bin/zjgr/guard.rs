//! Keeps what is written from taking the place of anything that the run reads.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::{ArgMatches, Command};
use zjgr::source::{Identity, Inputs, Reason, may_be_replaced};
use zjgr::{Error, ErrorKind, Result};

/// The flag that says where the table goes, and those that name a further file that is written.
const OUTPUT: &str = "output";
const WRITTEN: [&str; 2] = ["partial", "manifest"];

/// What is written by this run.
static TO_WRITE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Looks at everything that was typed, of whichever flag: no file among it may be the one that is written, and no
/// folder among it may hold that file, unless it is a table of an earlier run.
///
/// # Errors
/// [`ErrorKind::Usage`] where a file would be lost.
pub(crate) fn check(command: &Command, matches: &ArgMatches) -> Result<()> {
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    let ids =
        command.find_subcommand(name).into_iter().flat_map(Command::get_arguments).map(|arg| arg.get_id());
    let values = ids
        .filter(|id| !is_written(id.as_str()))
        .filter_map(|id| matches.try_get_raw(id.as_str()).ok().flatten());
    let values: Vec<&OsStr> = values.flatten().collect();
    let written = written(matches);
    if let Ok(mut to_write) = TO_WRITE.lock() {
        to_write.extend(written.iter().map(|path| path.to_path_buf()));
    }
    written.iter().try_for_each(|path| check_one(path, &values))
}

/// The files that are written: the one of the table first, which is standard output where none is named.
fn written(matches: &ArgMatches) -> Vec<&Path> {
    let named = |flag| matches.try_get_one::<PathBuf>(flag).ok().flatten().map(PathBuf::as_path);
    let output = named(OUTPUT).filter(|path| *path != Path::new("-"));
    let output = output.unwrap_or(Path::new("/dev/stdout"));
    std::iter::once(output).chain(WRITTEN.into_iter().filter_map(named)).collect()
}

fn is_written(flag: &str) -> bool {
    flag == OUTPUT || WRITTEN.contains(&flag)
}

/// Holds one file that is written against every value that was typed.
fn check_one(output: &Path, values: &[&OsStr]) -> Result<()> {
    // Only a regular file can be lost.
    let Some(written) = output.is_file().then(|| Identity::of(output)).flatten() else { return Ok(()) };
    if Identity::of(Path::new("/dev/stdin")).as_ref() == Some(&written) {
        return Err(lost(output, "is standard input too"));
    }
    for path in values.iter().copied().flat_map(paths_in) {
        if Identity::of(path).as_ref() == Some(&written) {
            return Err(lost(output, "is read by this run"));
        }
        if path.is_dir() && is_in(output, path) && !may_be_replaced(output).unwrap_or_default() {
            return Err(lost(output, "stands in a folder that is read, and zjgr did not write it"));
        }
    }
    Ok(())
}

/// The same for what was found to be read: in lists of files, and in folders behind whatever links.
///
/// # Errors
/// [`ErrorKind::Usage`] where a file would be lost.
pub(crate) fn check_inputs(inputs: &Inputs) -> Result<()> {
    let to_write = TO_WRITE.lock().map(|paths| paths.clone()).unwrap_or_default();
    if let Some(path) = to_write.iter().find(|path| path.is_file() && inputs.read(path)) {
        return Err(lost(path, "is read by this run"));
    }
    let written = inputs.passed_over.iter().filter(|passed| passed.reason == Reason::Output);
    match written.map(|passed| &passed.path).find(|path| !may_be_replaced(path).unwrap_or_default()) {
        Some(path) => Err(lost(path, "stands in a folder that is read, and zjgr did not write it")),
        None => Ok(()),
    }
}

/// The same for files that hold what was counted before.
///
/// # Errors
/// [`ErrorKind::Usage`] where a file would be lost.
pub(crate) fn check_kept(files: &[PathBuf]) -> Result<()> {
    let to_write = TO_WRITE.lock().map(|paths| paths.clone()).unwrap_or_default();
    let values: Vec<&OsStr> = files.iter().map(|file| file.as_os_str()).collect();
    to_write.iter().try_for_each(|path| check_one(path, &values))
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
