//! What is wrong with a file that is to be packed.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;

/// What is wrong, where.
pub(crate) struct Problem {
    /// The file; empty where it came along with no name.
    pub(crate) file: &'static str,
    /// The line, from 1, where it is known.
    pub(crate) line: Option<usize>,
    pub(crate) what: String,
}

impl Problem {
    /// What is wrong with `file`.
    pub(crate) fn of(file: &'static str, what: String) -> Self {
        Self { file, line: None, what }
    }

    /// The same, in the line of `text` where the bytes `span` begin.
    pub(crate) fn within(self, text: &str, span: Range<usize>) -> Self {
        let line = text.get(..span.start).map(|before| before.matches('\n').count() + 1);
        Self { line, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

// What ends a build is printed so.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Problem {}

/// What the TOML of `file` says.
///
/// # Errors
/// Where it is not of the form that is asked for; the error has the line.
pub(crate) fn parse<'t, T: Deserialize<'t>>(file: &'static str, text: &'t str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| {
        let problem = Problem::of(file, error.message().to_owned());
        match error.span() {
            Some(span) => problem.within(text, span),
            None => problem,
        }
    })
}
