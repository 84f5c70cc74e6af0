//! What happens where the user, or the system, ends the program before it is done: no half-written file stays, and
//! what is said is true.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;
use zjgr::Result;
use zjgr::table::Destination;

use crate::console::say;

/// What an end in this moment would find.
#[derive(Debug)]
enum Writing {
    Nothing,
    Stream,
    File { unfinished: PathBuf, target: PathBuf },
    Database(PathBuf),
    Written(PathBuf),
}

/// Copies of streams, which nobody but this program needs.
static SCRATCH: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

static WRITING: Mutex<Writing> = Mutex::new(Writing::Nothing);

fn writing() -> MutexGuard<'static, Writing> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Remembers what is written from now on. Nothing ends the program between the making of a file and this.
pub(crate) fn begin(path: &Path) -> Result<Destination> {
    // A pipe waits until somebody reads it.
    if path.metadata().is_ok_and(|meta| !meta.is_file()) {
        *writing() = Writing::Stream;
        return Destination::file(path);
    }
    let mut writing = writing();
    let destination = Destination::file(path)?;
    *writing = match (destination.unfinished(), destination.path()) {
        (Some(unfinished), Some(target)) => {
            Writing::File { unfinished: unfinished.to_path_buf(), target: target.to_path_buf() }
        }
        _ => Writing::Stream,
    };
    Ok(destination)
}

/// Remembers that a database is written from now on: what its transaction has not ended is nothing.
pub(crate) fn begin_database(path: &Path) -> Destination {
    *writing() = Writing::Database(path.to_path_buf());
    Destination::database(path)
}

/// A file for a copy of a stream; it is gone when the program ends, or when what is given back is dropped.
pub(crate) fn scratch() -> Result<NamedTempFile> {
    let mut known = SCRATCH.lock().unwrap_or_else(PoisonError::into_inner);
    let file = NamedTempFile::new()?;
    known.push(file.path().to_path_buf());
    Ok(file)
}

/// Remembers that standard output is written from now on.
pub(crate) fn begin_stream() {
    *writing() = Writing::Stream;
}

/// Brings what is written to its place; nothing ends the program in the middle of that.
pub(crate) fn finish(finish: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut writing = writing();
    let Writing::File { target, .. } = &*writing else {
        // Whoever reads a stream may never read on.
        drop(writing);
        return finish();
    };
    let target = target.clone();
    finish()?;
    *writing = Writing::Written(target);
    Ok(())
}

/// Takes what is half-written away, and says what there is.
#[cfg_attr(not(unix), allow(dead_code))]
fn clean_up() {
    let writing = writing();
    if let Writing::File { unfinished, .. } = &*writing {
        let _ = std::fs::remove_file(unfinished);
    }
    for copy in SCRATCH.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        let _ = std::fs::remove_file(copy);
    }
    say(format_args!("interrupted; {writing}"));
}

impl fmt::Display for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing was written"),
            Self::Stream => f.write_str("the table is not whole"),
            Self::File { target, .. } if target.exists() => write!(f, "{} is as it was", target.display()),
            Self::File { target, .. } => write!(f, "{} was not written", target.display()),
            Self::Database(path) => write!(f, "{} has no new table", path.display()),
            Self::Written(target) => write!(f, "{} is written", target.display()),
        }
    }
}

/// Makes Ctrl-C, a request to terminate and a closed terminal end the program at once, and cleanly. The exit status
/// is what a shell makes of the signal: 130, 143, 129.
#[cfg(unix)]
pub(crate) fn stop_cleanly() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    // What was ignored when the program started (`nohup`) is ignored still.
    let ignored = ignored();
    let signals: Vec<i32> =
        [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0).collect();
    // Nothing is written before the thread listens: what ended the program in between would leave it half-written.
    let (listens, told) = std::sync::mpsc::channel::<()>();
    // Where no thread can be had, the system's own way ends the program just as well.
    let _ = std::thread::Builder::new().spawn(move || {
        let signals = signal_hook::iterator::Signals::new(signals);
        drop(listens);
        let Ok(mut signals) = signals else { return };
        if let Some(signal) = signals.forever().next() {
            clean_up();
            #[expect(clippy::exit, reason = "the threads at work need not be waited for")]
            std::process::exit(128 + signal);
        }
    });
    let _ = told.recv();
}

/// The same where there is only Ctrl-C.
#[cfg(not(unix))]
pub(crate) fn stop_cleanly() {
    let _ = ctrlc::set_handler(|| {
        clean_up();
        #[expect(clippy::exit, reason = "the threads at work need not be waited for")]
        std::process::exit(130)
    });
}

/// A bit for each signal that this process ignores, as far as the system tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}
