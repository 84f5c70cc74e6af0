//! What is said on standard error while a run goes on.

use std::fmt;
use std::io::{self, Write};

use zjgr::run::Watch;
use zjgr::{Error, ErrorKind};

/// Standard error, as talkative as it was asked to be.
#[derive(Debug)]
pub(crate) struct Console {
    quiet: bool,
}

impl Console {
    pub(crate) fn new(quiet: bool, _verbose: bool) -> Self {
        Self { quiet }
    }

    /// Says what the user should know although the run goes on.
    pub(crate) fn warn(&self, message: fmt::Arguments<'_>) {
        if !self.quiet {
            say(message);
        }
    }
}

impl Watch for Console {
    fn problem(&self, error: &Error) {
        self.warn(format_args!("{error}{}", Advice(&error.kind)));
    }
}

/// Writes a line to standard error; that nobody listens there is no reason to stop.
pub(crate) fn say(message: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "zjgr: {message}");
}

/// What the user can do about it.
pub(crate) struct Advice<'e>(pub(crate) &'e ErrorKind);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advice = match self.0 {
            ErrorKind::Encoding { .. } => "left out; name its encoding with --encoding",
            ErrorKind::Binary => "left out; give the text that the OCR program wrote",
            ErrorKind::Compression(_) => "left out; try to unpack it by hand",
            _ => return Ok(()),
        };
        write!(f, "; {advice}")
    }
}
