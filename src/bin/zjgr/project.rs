//! The project file, `zjgr.toml`: what is the same for every command over some pages is said once, beside them.
//!
//! ```toml
//! paths = ["pages"]
//!
//! [defaults]
//! set-newspaper = "越州工人日报"
//! user-dict = ["names.txt"]
//!
//! [stats]
//! top = 100
//! ```

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory};
use toml::{Table, Value};
use zjgr::{Error, ErrorKind, Result};

use crate::Cli;
use crate::console::say;
use crate::help::{own_arguments, whole};

/// What the file is called.
const NAME: &str = "zjgr.toml";
/// Flags of every command that has them.
const DEFAULTS: &str = "defaults";
/// What is read where nothing is named; it is also how the argument is called that names it.
const PATHS: &str = "paths";
/// What the values of flags are called that name a file.
const FILES: [&str; 2] = ["FILE", "LIST"];

/// `args` with what the project file gives for flags that were not typed, and that file, where there is one.
///
/// # Errors
/// Where the file cannot be read, or has what no command knows.
pub(crate) fn complete(args: Vec<OsString>) -> Result<(Vec<OsString>, Option<PathBuf>)> {
    // Most runs have no such file, and need no second look at what was typed.
    let stands_in = |folder: &OsString| Path::new(folder).join(NAME).is_file();
    if !Path::new(NAME).is_file() && !args.iter().any(stands_in) {
        return Ok((args, None));
    }
    let command = &whole();
    let looked = Cli::command().ignore_errors(true).try_get_matches_from(&args);
    // Help is shown, whatever stands in a file.
    let Ok(looked) = looked else { return Ok((args, None)) };
    let Some((name, typed)) = looked.subcommand() else { return Ok((args, None)) };
    let Some(command) = command.find_subcommand(name).map(|known| Called { all: command, known, typed })
    else {
        return Ok((args, None));
    };
    let Some(file) = command.project() else { return Ok((args, None)) };
    let project = Project::read(&file)?;
    let given = command.flags(&project).map_err(|error| error.at_path(&file))?;
    if typed.try_get_one("verbose").ok().flatten() == Some(&true) {
        let flags: Vec<_> = given.iter().map(|flag| flag.to_string_lossy()).collect();
        say(format_args!("{}: gives {}", file.display(), flags.join(" ")));
    }
    let mut args = args;
    let place = args.iter().position(|arg| arg == name).map_or(args.len(), |place| place + 1);
    let paths = command.paths(&project);
    args.splice(place..place, given);
    args.extend(paths.into_iter().map(PathBuf::into_os_string));
    Ok((args, Some(file)))
}

/// The command that was typed.
struct Called<'c> {
    all: &'c Command,
    known: &'c Command,
    typed: &'c ArgMatches,
}

impl Called<'_> {
    /// What was typed for an argument that is no flag.
    fn named(&self) -> Vec<PathBuf> {
        self.typed.try_get_raw(PATHS).ok().flatten().into_iter().flatten().map(PathBuf::from).collect()
    }

    /// The project file: here, or in the first folder that was named.
    fn project(&self) -> Option<PathBuf> {
        if self.typed.try_get_one("no_config").ok().flatten() == Some(&true) {
            return None;
        }
        let folder = self.named().into_iter().find(|path| path.is_dir());
        let places = [Some(PathBuf::new()), folder].into_iter().flatten();
        places.map(|folder| folder.join(NAME)).find(|file| file.is_file())
    }

    /// What is read where nothing was named that is there.
    fn paths(&self, project: &Project) -> Vec<PathBuf> {
        let reads = self.known.get_arguments().any(|arg| arg.get_id() == PATHS);
        let named = self.named().iter().any(|path| path.exists() || path == Path::new("-"));
        let listed = self.is_typed("files_from");
        if reads && !named && !listed { project.paths() } else { Vec::new() }
    }

    /// The flags that the project gives and that were not typed.
    fn flags(&self, project: &Project) -> Result<Vec<OsString>> {
        project.check(self.all)?;
        let of = |section: &str| project.table.get(section).and_then(Value::as_table);
        let own = of(self.known.get_name());
        let mut given = Vec::new();
        for (key, value) in own.into_iter().flatten() {
            let arg = flag(self.known, key).ok_or_else(|| unknown(key))?;
            given.extend(self.given(project, arg, key, value));
        }
        for (key, value) in of(DEFAULTS).into_iter().flatten() {
            if own.is_some_and(|own| own.contains_key(key)) {
                continue;
            }
            let arg = flag(self.known, key);
            given.extend(arg.into_iter().flat_map(|arg| self.given(project, arg, key, value)));
        }
        Ok(given)
    }

    fn is_typed(&self, id: &str) -> bool {
        let known = self.known.get_arguments().any(|arg| arg.get_id() == id);
        known && self.typed.value_source(id) == Some(ValueSource::CommandLine)
    }

    fn given(&self, project: &Project, arg: &Arg, key: &str, value: &Value) -> Vec<OsString> {
        if self.is_typed(arg.get_id().as_str()) {
            return Vec::new();
        }
        let names = arg.get_value_names().unwrap_or_default();
        let is_file = names.iter().any(|name| FILES.iter().any(|file| name.contains(file)));
        let written = |value: &Value| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let beside = project.folder.join(&text);
            let mut flag = OsString::from(format!("--{key}="));
            flag.push(if is_file && beside.exists() { beside.into_os_string() } else { text.into() });
            flag
        };
        match value {
            Value::Boolean(true) => vec![format!("--{key}").into()],
            Value::Boolean(false) => Vec::new(),
            Value::Array(values) => values.iter().map(written).collect(),
            value => vec![written(value)],
        }
    }
}

/// What a project file says.
struct Project {
    folder: PathBuf,
    table: Table,
}

impl Project {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).map_err(|error| Error::from(error).at_path(file))?;
        let table = text.parse().map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() as u64 + 1;
            Error::new(ErrorKind::Usage(error.message().to_owned())).at_path(file).at_line(line)
        })?;
        Ok(Self { folder: file.parent().map(Path::to_path_buf).unwrap_or_default(), table })
    }

    fn paths(&self) -> Vec<PathBuf> {
        let paths = self.table.get(PATHS).and_then(Value::as_array);
        paths.into_iter().flatten().filter_map(Value::as_str).map(|path| self.folder.join(path)).collect()
    }

    /// Holds every name against what the commands of `all` know.
    fn check(&self, all: &Command) -> Result<()> {
        let is_section = |key: &str| {
            [DEFAULTS, PATHS].contains(&key) || all.get_subcommands().any(|command| command.get_name() == key)
        };
        if let Some(key) = self.table.keys().find(|key| !is_section(key)) {
            return Err(unknown(key));
        }
        let defaults = self.table.get(DEFAULTS).and_then(Value::as_table);
        let is_known = |key: &str| all.get_subcommands().any(|command| flag(command, key).is_some());
        defaults
            .into_iter()
            .flatten()
            .find(|(key, _)| !is_known(key))
            .map_or(Ok(()), |(key, _)| Err(unknown(key)))
    }
}

fn flag<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    own_arguments(command).find(|arg| arg.get_long() == Some(key))
}

fn unknown(key: &str) -> Error {
    let what = format!("`{key}` is no command, no flag, and not `{PATHS}` or `{DEFAULTS}`");
    Error::new(ErrorKind::Usage(what))
}
