//! How the program ends.

use std::io;
use std::process::ExitCode;

use zjgr::run::{Corpus, Outcome};
use zjgr::table::Table;
use zjgr::{Error, ErrorKind};

use crate::console::{Advice, say};
use crate::{manifest, signal};

/// What the exit status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything was read.
    Done = 0,
    /// There was nothing to do, or it failed.
    Failed = 1,
    /// The flags make no sense.
    Usage = 2,
    /// There are results, but some input was left out.
    LeftOut = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Ends a run: brings the table to its place, unless nothing could be read at all.
pub(crate) fn finish(corpus: &Corpus, outcome: Outcome, mut table: Table) -> anyhow::Result<ExitCode> {
    whole(corpus, outcome, |facts| {
        if table.is_empty() {
            corpus.watch.nothing_found();
        }
        facts.into_iter().for_each(|(what, value)| table.say(what, value));
        table.finish()
    })
}

/// The same for whatever `write` brings to its place, told what was read.
pub(crate) fn whole(
    corpus: &Corpus,
    outcome: Outcome,
    write: impl FnOnce([(&'static str, String); 3]) -> zjgr::Result<()>,
) -> anyhow::Result<ExitCode> {
    let exit = match outcome {
        Outcome { documents: 0, left_out, own_tables, .. } => {
            // Of an empty folder, and of files left out, was told before.
            if left_out + own_tables == 0 && corpus.inputs.empty.is_empty() {
                say(format_args!("nothing to read: the input is empty"));
            }
            Exit::Failed
        }
        Outcome { left_out: 0, .. } => Exit::Done,
        _ => Exit::LeftOut,
    };
    if exit != Exit::Failed {
        let count = |count: u64| count.to_string();
        let facts = [
            ("files", corpus.inputs.files.len().to_string()),
            ("pages read", count(outcome.documents)),
            ("left out", count(outcome.left_out)),
        ];
        signal::finish(|| write(facts))?;
        manifest::finish(&outcome)?;
    }
    Ok(exit.into())
}

/// Ends a run that wrote what it counted, however little that is.
pub(crate) fn read(outcome: Outcome) -> ExitCode {
    if outcome.left_out == 0 { Exit::Done.into() } else { Exit::LeftOut.into() }
}

/// Ends a run that could not go on.
pub(crate) fn failed(error: &anyhow::Error) -> ExitCode {
    let exit = exit_of(error);
    if exit != Exit::Done {
        match error.downcast_ref::<Error>() {
            Some(error) => say(format_args!("{error}{}", Advice(&error.kind))),
            None => say(format_args!("{error:#}")),
        }
    }
    exit.into()
}

fn exit_of(error: &anyhow::Error) -> Exit {
    match error.downcast_ref::<Error>().map(|error| &error.kind) {
        // Whoever read our output has seen enough.
        Some(ErrorKind::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Some(ErrorKind::Usage(_)) => Exit::Usage,
        _ => Exit::Failed,
    }
}

/// Makes a fault of this program one line with its place, as a report needs it. The page that brought it out is
/// named by the run, which goes on.
pub(crate) fn short_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|fault| {
            if !zjgr::is_contained() {
                say(format_args!("a fault of zjgr itself: {fault}"));
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let pipe = Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(exit_of(&pipe.into()), Exit::Done);
    }

    #[test]
    fn wrong_usage_is_told_apart() {
        assert_eq!(exit_of(&Error::new(ErrorKind::Usage("x".into())).into()), Exit::Usage);
        assert_eq!(exit_of(&Error::new(ErrorKind::Binary).into()), Exit::Failed);
        assert_eq!(exit_of(&anyhow::anyhow!("x")), Exit::Failed);
    }
}
