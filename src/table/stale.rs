//! Half-written files of runs that were killed: the next run with the same target takes them away.

use std::fs::{self, File};
use std::hash::{BuildHasher, BuildHasherDefault};
use std::path::Path;

use rustc_hash::FxHasher;

/// How the names of half-written files end.
pub(super) const SUFFIX: &str = ".partial";

/// How the names of half-written files of `target` begin; the number of the process that writes follows.
pub(super) fn prefix_for(target: &Path) -> String {
    // Its name itself may be as long as a name can be.
    let hash = BuildHasherDefault::<FxHasher>::default().hash_one(target.file_name());
    format!(".zjgr-{hash:016x}-")
}

/// Marks `file` as being written: the mark goes away with the process, also on another machine.
pub(super) fn claim(file: &File) {
    // A file system without locks leaves the number of the process to tell.
    #[cfg(unix)]
    let _ = rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive);
    #[cfg(not(unix))]
    let _ = file;
}

/// Takes away what is half-written in `folder`, begins with `prefix`, and is written by nobody any more.
pub(super) fn sweep(folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let rest = name.to_str().and_then(|name| name.strip_prefix(prefix)?.strip_suffix(SUFFIX));
        let process = rest.and_then(|rest| rest.split('-').next()?.parse().ok());
        if process.is_some_and(|process| is_left(process, &entry.path())) {
            // Whoever else sweeps at the same time may have been quicker.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// True where `process` is gone and nobody else, on another machine that shares the folder, holds the file.
#[cfg(unix)]
fn is_left(process: i32, path: &Path) -> bool {
    use rustix::fs::{FlockOperation, flock};
    use rustix::process::{Pid, test_kill_process};
    let is_gone = Pid::from_raw(process)
        .is_some_and(|pid| test_kill_process(pid).is_err_and(|error| error == rustix::io::Errno::SRCH));
    is_gone
        && File::open(path).is_ok_and(|file| flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok())
}

/// Nothing tells elsewhere.
#[cfg(not(unix))]
fn is_left(_process: i32, _path: &Path) -> bool {
    false
}
