//! What is said on standard error while a run goes on.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use zjgr::run::{Outcome, Watch};
use zjgr::source::{Finding, PassedOver, Reason};
use zjgr::table::harmless;
use zjgr::{Error, ErrorKind};

use crate::language::tell;
use crate::manifest;

/// What takes no longer than this needs no progress bar.
const A_MOMENT: Duration = Duration::from_millis(500);
/// How many bad records of one file are named before it is enough.
const ENOUGH: u32 = 10;

/// Standard error, as talkative as it was asked to be.
#[derive(Debug)]
pub(crate) struct Console {
    loudness: Loudness,
    /// The size of the input where that is known, and progress is wanted.
    progress: Option<Option<u64>>,
    started: Instant,
    state: Mutex<State>,
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Loudness {
    Quiet,
    Normal,
    Verbose,
}

#[derive(Debug, Default)]
struct State {
    bar: Option<ProgressBar>,
    bytes: u64,
    /// The file that the last problem was about, and how many it had.
    bad_file: Option<PathBuf>,
    problems: u32,
    passed: Passed,
}

/// How many files are not read, by the reason.
#[derive(Debug, Default)]
struct Passed {
    unknown: u32,
    again: u32,
    forms: u32,
}

impl Console {
    pub(crate) fn new(loudness: Loudness) -> Self {
        Self { loudness, progress: None, started: Instant::now(), state: Mutex::default() }
    }

    /// Shows progress on the way to `total` bytes, where somebody can see it.
    pub(crate) fn with_progress(mut self, total: Option<u64>) -> Self {
        let seen = io::stderr().is_terminal() && self.loudness > Loudness::Quiet;
        self.progress = seen.then_some(total);
        self
    }

    /// Says with `-v` which files are not read, and remembers how many.
    pub(crate) fn pass_over(&self, files: &[PassedOver]) {
        for PassedOver { path, reason, .. } in files {
            let mut state = self.lock();
            let Passed { unknown, again, forms } = &mut state.passed;
            match reason {
                Reason::Ending => *unknown += 1,
                Reason::Again(_) => *again += 1,
                Reason::Form(_) => *forms += 1,
                Reason::List | Reason::Output => {}
            }
            drop(state);
            self.note(format_args!("{}: passed over, {}", path.display(), why_not_read(reason)));
        }
    }

    /// Says how many files were not read since this was last said; with `-v` they are named already.
    pub(crate) fn tell_passed_over(&self) {
        let Passed { unknown, again, forms } = std::mem::take(&mut self.lock().passed);
        if self.loudness == Loudness::Verbose {
            return;
        }
        if unknown > 0 {
            self.warn(format_args!(
                "{unknown} file(s) of folders passed over, whose endings name no text (-v names them)"
            ));
        }
        if forms > 0 {
            self.warn(format_args!(
                "{forms} file(s) passed over that are other forms of pages that are read (-v names them, --all-forms reads them)"
            ));
        }
        if again > 0 {
            self.warn(format_args!(
                "{again} file(s) passed over that are read under another name (-v names them)"
            ));
        }
    }

    /// Says what the user should know although the run goes on.
    pub(crate) fn warn(&self, message: fmt::Arguments<'_>) {
        if self.loudness > Loudness::Quiet {
            self.say(message);
        }
    }

    /// True where the user wants to know more.
    pub(crate) fn is_verbose(&self) -> bool {
        self.loudness == Loudness::Verbose
    }

    /// Says what may be of use to whoever wants to know more.
    pub(crate) fn note(&self, message: fmt::Arguments<'_>) {
        if self.is_verbose() {
            self.say(message);
        }
    }

    fn say(&self, message: fmt::Arguments<'_>) {
        match &self.lock().bar {
            Some(bar) => bar.suspend(|| say(message)),
            None => say(message),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True while the problems of one file are few enough to be told; says so when that ends.
    fn is_enough(&self, error: &Error) -> bool {
        let mut state = self.lock();
        if error.path.is_none() || state.bad_file != error.path {
            state.bad_file.clone_from(&error.path);
            state.problems = 0;
        }
        state.problems += 1;
        state.problems > ENOUGH && self.loudness < Loudness::Verbose
    }
}

impl Watch for Console {
    fn problem(&self, error: &Error) {
        manifest::leaves_out(error);
        if !self.is_enough(error) {
            self.warn(format_args!("{error}{}", Advice(&error.kind)));
        } else if self.lock().problems == ENOUGH + 1 {
            let file = error.path.clone().unwrap_or_default();
            self.warn(format_args!(
                "{}: more like this is left out (all of it is named with -v)",
                file.display()
            ));
        }
    }

    fn passed_over(&self, members: &[PassedOver]) {
        manifest::passes_over(members);
        self.pass_over(members);
    }

    fn found(&self, file: &str, finding: &Finding) {
        if let Some(oddity) = finding.oddity {
            self.warn(format_args!("{file}: {oddity}"));
        }
        if self.loudness < Loudness::Verbose {
            return;
        }
        let encoding = finding.encoding.map_or("ascii at its beginning", |encoding| encoding.name());
        let packed = finding.compression.map_or("", |compression| compression.name());
        let between = if packed.is_empty() { "" } else { ", " };
        let format = finding.format.name();
        self.note(format_args!("{file}: {encoding}{between}{packed}, {format}"));
        if finding.damaged > 0 {
            self.note(format_args!("{file}: {} damaged character(s), read as \u{fffd}", finding.damaged));
        }
    }

    fn held(&self, file: &str, days: usize, pages: usize) {
        self.note(format_args!("{file}: holds {pages} pages of {days} day(s); every article has its own"));
    }

    fn not_met(&self, missing: u64, count: u64) {
        self.warn(format_args!(
            "--leave-out: {missing} of {count} passages were not met: read the same files, named in the same way, as zjgr reprints did"
        ));
    }

    fn no_page_of(&self, newspaper: &str) {
        self.warn(format_args!("no page is of the newspaper {newspaper} (`zjgr pages` shows their names)"));
    }

    fn no_record_has(&self, field: &str) {
        self.warn(format_args!("no record has anything in the field `{field}`"));
    }

    fn nothing_found(&self) {
        self.warn(format_args!("the table has no row: nothing that was read is what was asked for"));
    }

    fn advanced(&self, bytes: u64) {
        let Some(total) = self.progress else { return };
        let mut state = self.lock();
        state.bytes += bytes;
        if state.bar.is_none() && self.started.elapsed() >= A_MOMENT {
            state.bar = Some(bar(total).with_elapsed(self.started.elapsed()));
        }
        if let Some(bar) = &state.bar {
            bar.set_position(state.bytes);
        }
    }

    fn finished(&self, outcome: &Outcome) {
        if let Some(bar) = self.lock().bar.take() {
            bar.finish_and_clear();
        }
        self.tell_passed_over();
        if outcome.repeats > 0 {
            let Outcome { repeats, repeated_chars, .. } = outcome;
            self.warn(format_args!(
                "{repeats} passage(s) of {repeated_chars} characters left out that repeat others (--duplicates keep takes them)"
            ));
        }
        if outcome.undated > 0 {
            let count = outcome.undated;
            self.warn(format_args!("{count} page(s) without a date, passed over by --since and --until"));
        }
        self.note(format_args!("{} page(s) read, {} left out", outcome.documents, outcome.left_out));
    }
}

/// Why a file is not read.
pub(crate) fn why_not_read(reason: &Reason) -> String {
    match reason {
        Reason::Ending => "its ending names no text".to_owned(),
        Reason::Again(name) => format!("it is the same file as {name}"),
        Reason::Form(form) => format!("it is another form of the page {}", form.display()),
        Reason::List => "it lists the files of an issue, which are read".to_owned(),
        Reason::Output => "it is what is written".to_owned(),
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (
            ProgressBar::new(total),
            "{wide_bar} {binary_bytes}/{binary_total_bytes} {binary_bytes_per_sec} {eta} left",
        ),
        None => (ProgressBar::new_spinner(), "{spinner} {binary_bytes} {binary_bytes_per_sec} {elapsed}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Writes a line to standard error; that nobody listens there is no reason to stop.
pub(crate) fn say(message: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "zjgr: {}", harmless(&tell(&message.to_string())));
}

/// What the user can do about it.
pub(crate) struct Advice<'e>(pub(crate) &'e ErrorKind);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advice = match self.0 {
            ErrorKind::Encoding { .. } => "left out; name its encoding with --encoding",
            ErrorKind::Binary => "left out; give the text that the OCR program wrote",
            ErrorKind::NoPage(content) if content.is_text() => {
                "left out; take the text out of it, or say with --input-format what its lines are"
            }
            ErrorKind::NoPage(_) => "left out; take the text out of it first",
            ErrorKind::OwnTable => "passed over",
            ErrorKind::LinkLoop(_) => "left out",
            ErrorKind::TooLarge { .. } => "split it, or read it with --input-format lines",
            ErrorKind::NoText { place: "column", .. } => {
                "--fields text=NAME names another, --fields text=2 the second of a table without a header"
            }
            ErrorKind::NoText { .. } => "--fields text=NAME names another",
            ErrorKind::Fault => "please report it with this file",
            ErrorKind::Compression(_) => "left out; is the file complete?",
            ErrorKind::Io(error) => match error.kind() {
                io::ErrorKind::NotFound => "check the path",
                io::ErrorKind::PermissionDenied => "ask for the right to read or write it",
                _ => return Ok(()),
            },
            _ => return Ok(()),
        };
        write!(f, "; {advice}")
    }
}
