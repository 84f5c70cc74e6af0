//! What was typed, as a table can say it of itself.

use std::sync::OnceLock;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;
use zjgr::table::About;

/// Flags that change nothing in a table.
const BESIDES: [&str; 8] =
    ["lang", "output", "threads", "progress", "quiet", "verbose", "manifest", "describe"];

/// What a table says of itself before its options.
const SAID_APART: [&str; 2] = ["command", "version"];

static TYPED: OnceLock<About> = OnceLock::new();

/// Keeps what was typed.
pub(crate) fn remember(command: &Command, matches: &ArgMatches) {
    let Some((name, matches)) = matches.subcommand() else { return };
    let mut about = About::named(name);
    about.say("command", format!("{} {name}", command.get_name()));
    about.say("version", env!("CARGO_PKG_VERSION"));
    let args = command.find_subcommand(name).into_iter().flat_map(Command::get_arguments);
    for arg in args.filter(|arg| !BESIDES.contains(&arg.get_id().as_str())) {
        if let Some(values) = typed(arg, matches) {
            about.say(written(arg), values);
        }
    }
    // Where it was kept before, a command was started by another, with what is typed there.
    let _ = TYPED.set(about);
}

/// What was typed.
pub(crate) fn about() -> About {
    TYPED.get().cloned().unwrap_or_default()
}

/// The same on one line.
pub(crate) fn in_short() -> String {
    let About { name, facts, .. } = about();
    let shown = |(what, value): &(String, String)| format!("{what} {value}");
    let options = facts.iter().filter(|(what, _)| !SAID_APART.contains(&what.as_str())).map(shown);
    std::iter::once(name).chain(options).collect::<Vec<_>>().join(", ")
}

/// The values of `arg` where it was typed.
fn typed(arg: &Arg, matches: &ArgMatches) -> Option<String> {
    let id = arg.get_id().as_str();
    matches.value_source(id).filter(|source| *source == ValueSource::CommandLine)?;
    let values = matches.try_get_raw(id).ok().flatten()?;
    let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
    Some(values.join(" "))
}

/// The values that `arg` has, whoever gave them; none where it changes nothing in a table.
pub(crate) fn values(arg: &Arg, matches: &ArgMatches) -> Option<Vec<String>> {
    let id = arg.get_id().as_str();
    if BESIDES.contains(&id) {
        return None;
    }
    let values = matches.try_get_raw(id).ok().flatten()?;
    Some(values.map(|value| value.to_string_lossy().into_owned()).collect())
}

/// An option with its `values` as a manifest has it.
pub(crate) fn option(arg: &Arg, values: &[String]) -> (String, Value) {
    let value = match (arg.get_action(), values) {
        (ArgAction::SetTrue, [value]) => Value::Bool(value == "true"),
        (ArgAction::Set, [value]) => value.as_str().into(),
        _ => values.into(),
    };
    (written(arg), value)
}

/// How `arg` is written.
fn written(arg: &Arg) -> String {
    let name = || arg.get_value_names().and_then(<[_]>::first).map_or_else(String::new, ToString::to_string);
    arg.get_long().map_or_else(name, |long| format!("--{long}"))
}
