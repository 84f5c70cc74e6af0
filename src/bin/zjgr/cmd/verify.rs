//! The command `zjgr verify`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use rustc_hash::FxHashSet;
use zjgr::source::{Fingerprint, Inputs};
use zjgr::table::{Column, Row};

use crate::args::OutputArgs;
use crate::console::say;
use crate::exit::Exit;
use crate::manifest::{File, Manifest, Program};

/// Say whether what a table was made from, and the table itself, are still the same: a row a file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr stats pages/ -o terms.csv --manifest terms.json
  zjgr verify terms.json                     in the same folder; status 0 where all is as it was, 1 where not")]
pub(crate) struct VerifyArgs {
    /// What --manifest wrote; its paths count from here
    #[arg(value_name = "MANIFEST", help_heading = "Arguments", required_unless_present = "describe")]
    file: Option<PathBuf>,

    #[command(flatten)]
    output: OutputArgs,
}

static COLUMNS: &[Column<Checked<'static>>] = &[
    Column::text("role", "What the file was to the run: input, option, output", |row| row.role.into()),
    Column::text("file", "The file, as it was named", |row| row.path.into()),
    Column::text(
        "state",
        "same, changed, missing, new (it would be read today and was not), unknown (a stream, which cannot be read again)",
        |row| row.state.name().into(),
    ),
    Column::text("sha256_then", "Its SHA-256 when the table was made", |row| digits(row.then).into()),
    Column::text("sha256_now", "Its SHA-256 now", |row| digits(row.now.as_ref()).into()),
];

/// A file then and now.
struct Checked<'m> {
    role: &'static str,
    path: &'m str,
    state: State,
    then: Option<&'m Fingerprint>,
    now: Option<Fingerprint>,
}

impl Row for Checked<'static> {
    type At<'p> = Checked<'p>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Same,
    Changed,
    Missing,
    New,
    Unknown,
}

pub(crate) fn run(args: VerifyArgs) -> anyhow::Result<ExitCode> {
    let Some(path) = &args.file else { return args.output.describe("verify", COLUMNS) };
    let manifest = Manifest::read(path)?;
    if manifest.program != Program::this() {
        let Program { version, .. } = &manifest.program;
        say(format_args!(
            "made by another zjgr, of version {version}: the same files may give another table"
        ));
    }
    let new = new_inputs(&manifest);
    let roles =
        [("input", &manifest.inputs), ("option", &manifest.option_files), ("output", &manifest.outputs)];
    let known = roles.into_iter().flat_map(|(role, files)| files.iter().map(move |file| checked(role, file)));
    let new = new.iter().map(|path| Checked {
        role: "input",
        path,
        state: State::New,
        then: None,
        now: Fingerprint::of(Path::new(path)).ok(),
    });
    let mut table = args.output.table(COLUMNS)?;
    let mut states = Vec::new();
    for row in known.chain(new) {
        states.push(row.state);
        table.push(COLUMNS, &row)?;
    }
    table.finish()?;
    let same = states.iter().filter(|state| **state == State::Same).count();
    say(format_args!("{same} of {} file(s) are as they were", states.len()));
    Ok(exit(&states).into())
}

/// What the same run would read today, and did not.
fn new_inputs(manifest: &Manifest) -> Vec<String> {
    let Manifest { inputs, outputs, roots, .. } = manifest;
    let known: FxHashSet<&str> = inputs.iter().chain(outputs).map(|file| file.path.as_str()).collect();
    let roots = roots.iter().filter(|root| Path::new(root).is_dir());
    let found = if manifest.has("--all-forms") {
        Inputs::find_all_forms(roots, None)
    } else {
        Inputs::find(roots, None)
    };
    let paths = found.files.iter().filter_map(|input| input.path.as_ref());
    let paths = paths.map(|path| path.to_string_lossy().into_owned());
    paths.filter(|path| !known.contains(path.as_str())).collect()
}

/// What has become of `file`.
fn checked<'m>(role: &'static str, file: &'m File) -> Checked<'m> {
    let then = file.print.as_ref();
    let now = if file.is_stream { None } else { Fingerprint::of(Path::new(&file.path)).ok() };
    let state = match (then, &now) {
        _ if file.is_stream => State::Unknown,
        (Some(then), Some(now)) if then == now => State::Same,
        (_, None) => State::Missing,
        _ => State::Changed,
    };
    Checked { role, path: &file.path, state, then, now }
}

fn exit(states: &[State]) -> Exit {
    let has = |wanted: &[State]| states.iter().any(|state| wanted.contains(state));
    if has(&[State::Changed, State::Missing, State::New]) {
        Exit::Failed
    } else if has(&[State::Unknown]) {
        Exit::LeftOut
    } else {
        Exit::Done
    }
}

fn digits(print: Option<&Fingerprint>) -> &str {
    print.map_or("", |print| &print.sha256)
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::New => "new",
            Self::Unknown => "unknown",
        }
    }
}
