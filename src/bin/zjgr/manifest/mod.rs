//! What a run was made from and what came of it: kept in a file with `--manifest`, said in short with `-v`.
//!
//! A run writes things down where they happen; what was never asked for is never kept.

mod form;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use clap::{ArgMatches, Args, Command};
use serde_json::{Map, Value};
use zjgr::analysis::basis::Basis;
use zjgr::run::Outcome;
use zjgr::source::{Fingerprint, Fingerprints, Input, Inputs, PassedOver};
use zjgr::{Error, ErrorKind, Result};

pub(crate) use form::{File, Manifest, Program};
use form::{LeftOut, Read, TableBasis};

use crate::console::{Console, why_not_read};
use crate::{invocation, signal};

/// The names of the arguments that say where something is written.
const OUTPUTS: [&str; 2] = ["output", "partial"];
const MANIFEST: &str = "manifest";

/// Whether it is kept how a table was made.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ManifestArgs {
    /// Keep in this file how the table was made: version, options, every input with its SHA-256, what was left out and why,
    /// the totals and lists behind the numbers, what was written; `zjgr verify` holds it against the files
    #[arg(long, value_name = "FILE.json")]
    manifest: Option<PathBuf>,
}

/// What is written down of the run at hand.
struct Record {
    path: PathBuf,
    command: String,
    options: Map<String, Value>,
    /// The files that options name.
    named: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
    prints: Arc<Fingerprints>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    roots: Vec<String>,
    inputs: BTreeMap<Arc<str>, Input>,
    left_out: BTreeSet<LeftOut>,
    tables: Vec<TableBasis>,
}

static RECORD: OnceLock<Record> = OnceLock::new();

/// Begins to write down where that is asked for, with the options of the command and the `project` file that gave some
/// of them.
///
/// # Errors
/// [`ErrorKind::Usage`] where the manifest would take the place of another file, or would have nothing to tell of.
pub(crate) fn begin(command: &Command, matches: &ArgMatches, project: Option<PathBuf>) -> Result<()> {
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    let one = |id: &str| matches.try_get_one::<PathBuf>(id).ok().flatten();
    let Some(path) = one(MANIFEST) else { return Ok(()) };
    let outputs: Vec<PathBuf> = OUTPUTS.iter().filter_map(|id| one(id)).cloned().collect();
    check(path, &outputs)?;
    let known = command.find_subcommand(name).into_iter().flat_map(Command::get_arguments);
    let given: Vec<_> = known.filter_map(|arg| Some((arg, invocation::values(arg, matches)?))).collect();
    let is_read = |path: &PathBuf| path.is_file() && !outputs.contains(path);
    let files = given.iter().filter(|(arg, _)| arg.get_id() != "paths").flat_map(|(_, values)| values);
    let named = files.map(PathBuf::from).chain(project).filter(is_read).collect();
    let record = Record {
        path: path.clone(),
        command: name.to_owned(),
        options: given.iter().map(|(arg, values)| invocation::option(arg, values)).collect(),
        named,
        outputs,
        prints: Arc::default(),
        state: Mutex::default(),
    };
    // A process has one run.
    let _ = RECORD.set(record);
    Ok(())
}

/// Sees to it that nothing is lost.
fn check(path: &Path, outputs: &[PathBuf]) -> Result<()> {
    let wrong = |what: &str| Err(Error::new(ErrorKind::Usage(what.into())).at_path(path));
    if outputs.is_empty() || outputs.iter().any(|output| output == Path::new("-")) {
        return wrong("a manifest tells of a file that is written: write the table with -o FILE");
    }
    if outputs.iter().any(|output| output == path) {
        return wrong("the manifest and the table would be the same file: write it elsewhere");
    }
    if path.is_file() && Manifest::read(path).is_err() {
        return wrong("this file is no manifest; it would be lost: write elsewhere");
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            wrong("the folder of the manifest does not exist")
        }
        _ => Ok(()),
    }
}

/// `inputs` are read from now on; says where their fingerprints are to be kept, if anywhere.
pub(crate) fn reads(inputs: &Inputs) -> Option<Arc<Fingerprints>> {
    let record = RECORD.get()?;
    let mut state = record.state();
    state.roots.extend(inputs.roots.iter().map(|root| root.to_string_lossy().into_owned()));
    state.inputs.extend(inputs.files.iter().map(|input| (Arc::clone(&input.name), input.clone())));
    drop(state);
    passes_over(&inputs.passed_over);
    Some(Arc::clone(&record.prints))
}

/// What was counted before, and kept in the file at `path`, is added.
pub(crate) fn adds(path: &Path) {
    let Some(record) = RECORD.get() else { return };
    let input = Input::file(path);
    record.state().inputs.insert(Arc::clone(&input.name), input);
}

/// Something is left out.
pub(crate) fn leaves_out(error: &Error) {
    let Some(record) = RECORD.get() else { return };
    let path = error.path.as_ref().map(|path| path.to_string_lossy().into_owned());
    record.state().left_out.insert(LeftOut { path, line: error.line, why: error.kind.to_string() });
}

/// Files are not read.
pub(crate) fn passes_over(files: &[PassedOver]) {
    let Some(record) = RECORD.get() else { return };
    let left_out = files.iter().map(|file| LeftOut {
        path: Some(file.path.to_string_lossy().into_owned()),
        line: None,
        why: why_not_read(&file.reason),
    });
    record.state().left_out.extend(left_out);
}

/// A table called `name` rests on `basis`: it is said with `-v`, and written down. Where neither is asked for it is not
/// worked out: the fingerprint of a list may cost more than a page.
pub(crate) fn rests_on(console: &Console, name: &str, basis: impl FnOnce() -> Basis) {
    if !console.is_verbose() && RECORD.get().is_none() {
        return;
    }
    let basis = basis();
    let said = [("totals", &basis.totals), ("lists", &basis.lists)];
    for (what, facts) in said.into_iter().filter(|(_, facts)| !facts.is_empty()) {
        console.note(format_args!("{name}: {what}: {}", form::in_short(facts)));
    }
    if let Some(record) = RECORD.get() {
        record.state().tables.push(TableBasis { name: name.into(), basis });
    }
}

/// The run is over, and what it writes is in its place.
///
/// # Errors
/// Where the manifest cannot be written.
pub(crate) fn finish(outcome: &Outcome) -> Result<()> {
    let Some(record) = RECORD.get() else { return Ok(()) };
    let text = format!("{}\n", record.manifest(outcome).to_json());
    signal::begin(&record.path)?.whole(text.as_bytes())
}

impl Record {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn manifest(&self, outcome: &Outcome) -> Manifest {
        let mut state = self.state();
        let input = |input: &Input| {
            let path = input.path.as_ref().map(|path| path.to_string_lossy().into_owned());
            let is_stream = path.is_none();
            let path = path.unwrap_or_else(|| input.name.to_string());
            File { path, is_stream, print: self.prints.of(input) }
        };
        let file = |path: &PathBuf| File {
            path: path.to_string_lossy().into_owned(),
            is_stream: !path.is_file(),
            print: Some(path).filter(|path| path.is_file()).and_then(|path| Fingerprint::of(path).ok()),
        };
        Manifest {
            manifest: form::VERSION,
            program: Program::this(),
            command: self.command.clone(),
            options: self.options.clone(),
            option_files: self.named.iter().map(file).collect(),
            roots: std::mem::take(&mut state.roots),
            inputs: state.inputs.values().map(input).collect(),
            read: Read::from(outcome),
            left_out: std::mem::take(&mut state.left_out).into_iter().collect(),
            tables: std::mem::take(&mut state.tables),
            outputs: self.outputs.iter().map(file).collect(),
        }
    }
}
