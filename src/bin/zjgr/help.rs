//! The help as it is shown: in the user's language, commands in groups, a command's own flags before those that every
//! command shares. What is parsed is not touched by any of it.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::Write;

use clap::builder::{Resettable, StyledStr};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};

use crate::Cli;
use crate::cmd::GROUPS;
use crate::language::{Language, chosen, tell};

/// The headings under which the flags stand that every command shares, in this order.
pub(crate) const SHARED: [&str; 6] =
    ["Input", "Newspaper, date, page", "Which articles", "Output", "Running", HELP];
const HELP: &str = "Help";
/// Where flags stand that name no other place.
const OWN: &str = "Options";

/// Reads the command line; ends the program with its help, or with what is wrong with it.
pub(crate) fn parse(command: &mut Command, args: &[OsString]) -> ArgMatches {
    let error = match command.try_get_matches_from_mut(args) {
        Ok(matches) => return matches,
        Err(error) => error,
    };
    let asks =
        matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
    if asks && let Err(help) = dressed(&whole()).try_get_matches_from(args) {
        help.exit();
    }
    refuse(&error)
}

/// The commands with the flags of all of them, which are otherwise made where a command is asked for.
pub(crate) fn whole() -> Command {
    let mut command = Cli::command();
    command.build();
    command
}

/// What `command` takes, but for what every command has: its help, and what may stand before any command.
pub(crate) fn own_arguments(command: &Command) -> impl Iterator<Item = &Arg> {
    written_arguments(command).filter(|arg| !arg.is_global_set())
}

/// What `command` takes, but for the flags that are made for it.
fn written_arguments(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| !MADE.contains(&arg.get_id().as_str()))
}

/// The flags that are made for a command that has none of these names.
const MADE: [&str; 2] = ["help", "version"];

/// Ends the program with what is wrong, in the user's language.
pub(crate) fn refuse(error: &clap::Error) -> ! {
    if chosen() == Language::En {
        error.exit();
    }
    let said: String =
        error.render().to_string().lines().map(|line| usage(&tell(line)).into_owned() + "\n").collect();
    let _ = match error.use_stderr() {
        true => std::io::stderr().write_all(said.as_bytes()),
        false => std::io::stdout().write_all(said.as_bytes()),
    };
    #[expect(clippy::exit, reason = "as clap does")]
    std::process::exit(error.exit_code())
}

/// The command as its help shows it.
pub(crate) fn dressed(command: &Command) -> Command {
    let subcommands: Vec<Command> = command.get_subcommands().map(with_own_flags_first).collect();
    let list = groups(&subcommands);
    let template = format!(
        "{{about-with-newline}}\n{}{{usage}}\n{list}\n{}:\n{{options}}{{after-help}}",
        tell("Usage: "),
        tell(OWN)
    );
    let root = Command::new(lasting(command.get_name()))
        .version(lasting(command.get_version().unwrap_or_default()))
        .max_term_width(WIDEST)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .help_template(template);
    let root = with_usage(with_texts(root, command), command)
        .args(written_arguments(command).map(told))
        .subcommands(subcommands);
    let flag = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let root = root.disable_version_flag(true).arg(flag.help(tell("Print version").into_owned()));
    with_help_flag(root, OWN)
}

/// `dressed` with the usage of `command` in the user's language.
fn with_usage(dressed: Command, command: &Command) -> Command {
    if chosen() == Language::En {
        return dressed;
    }
    let told = command.clone().render_usage().to_string();
    let told = told.trim_start_matches("Usage:").trim_start();
    dressed.override_usage(usage(told).into_owned())
}

/// A usage in the user's language.
fn usage(text: &str) -> Cow<'_, str> {
    match chosen() {
        Language::En => text.into(),
        Language::Zh => text.replace("[OPTIONS]", "[选项]").replace("<COMMAND>", "<命令>").into(),
    }
}

/// Names of a command last as long as the program, which ends when it has shown its help.
fn lasting(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// How wide a help is at most, in columns.
const WIDEST: usize = 100;

/// The lines of the commands, in their groups.
fn groups(commands: &[Command]) -> String {
    let width = commands.iter().map(|command| command.get_name().len()).max().unwrap_or_default();
    let mut list = String::new();
    for (title, names) in GROUPS {
        list.push_str(&format!("\n{}:\n", tell(title)));
        let named = |name: &&str| commands.iter().find(|known| known.get_name() == name.replace('_', "-"));
        for command in names.iter().filter_map(named) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            list.push_str(&format!("  {:width$}  {about}\n", command.get_name()));
        }
    }
    list
}

fn with_own_flags_first(command: &Command) -> Command {
    let place = |arg: &&Arg| {
        let heading = arg.get_help_heading().unwrap_or(OWN);
        SHARED.iter().position(|shared| *shared == heading).map_or(0, |place| place + 1)
    };
    let mut args: Vec<&Arg> = own_arguments(command).collect();
    args.sort_by_key(place);
    let bare = Command::new(lasting(command.get_name())).max_term_width(WIDEST).help_template(format!(
        "{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}",
        tell("Usage: ")
    ));
    let dressed = with_usage(with_texts(bare, command), command).args(args.into_iter().map(told));
    let dressed = dressed.groups(command.get_groups().cloned());
    with_help_flag(dressed, HELP)
}

/// `dressed` with what `command` says of itself.
fn with_texts(dressed: Command, command: &Command) -> Command {
    let text = |text: Option<&StyledStr>| {
        Resettable::from(text.map(|text| StyledStr::from(by_line(&text.to_string()))))
    };
    let dressed = dressed.about(text(command.get_about())).long_about(text(command.get_long_about()));
    dressed.after_help(text(command.get_after_help())).after_long_help(text(command.get_after_long_help()))
}

/// `text`, each of its lines in the user's language, or all of it where it is one sentence.
fn by_line(text: &str) -> String {
    match tell(text) {
        Cow::Owned(whole) => whole,
        Cow::Borrowed(_) => text.lines().map(example).collect::<Vec<_>>().join("\n"),
    }
}

/// An example, which says behind the command line what it is about; or any other line.
fn example(line: &str) -> String {
    match line.trim_start().split_once(EXAMPLE_GAP) {
        Some((command, about)) if line.starts_with("  ") => {
            let gap = &line
                [line.len() - line.trim_start().len() + command.len()..line.len() - about.trim_start().len()];
            format!("  {command}{gap}{}", tell(about.trim_start()))
        }
        _ => tell(line).into_owned(),
    }
}

/// What stands between an example and what it is about, at least.
const EXAMPLE_GAP: &str = "  ";

/// An argument with its text, default and values in the user's language.
fn told(arg: &Arg) -> Arg {
    let heading = arg.get_help_heading().map(|heading| lasting(&tell(heading)));
    let told = arg.clone().help_heading(heading);
    if chosen() == Language::En {
        return told;
    }
    let takes = arg.get_action().takes_values();
    let text = |text: Option<&StyledStr>| text.map(|text| tell(&text.to_string()).into_owned());
    let short = text(arg.get_help()).unwrap_or_default();
    let long = text(arg.get_long_help()).unwrap_or_else(|| short.clone());
    let mut values = arg.get_possible_values();
    values.retain(|value| takes && !value.is_hide_set());
    let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let is_shown = takes && !arg.is_hide_default_value_set();
    let defaults: Vec<_> = match is_shown {
        false => Vec::new(),
        true => arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect(),
    };
    let list = |label: &str, values: &str| match values {
        "" => String::new(),
        values => format!(" [{}{values}]", tell(label)),
    };
    let default = list("default:", &defaults.join(","));
    let described: String = values
        .iter()
        .filter_map(|value| {
            Some(format!("\n- {}：{}", value.get_name(), tell(&value.get_help()?.to_string())))
        })
        .collect();
    let all = list("possible values:", &names.join(", "));
    let behind = if described.is_empty() { all.clone() } else { format!("\n{described}") };
    let told = told.hide_possible_values(takes).hide_default_value(takes);
    told.help(format!("{short}{default}{all}")).long_help(format!("{long}{default}{behind}"))
}

fn with_help_flag(command: Command, heading: &str) -> Command {
    let flag = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let heading = lasting(&tell(heading));
    command.disable_help_flag(true).arg(flag.help(tell("Print help").into_owned()).help_heading(heading))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::language::in_chinese;

    /// Every sentence of the help.
    fn sentences(command: &Command) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let texts = [command.get_about(), command.get_long_about(), command.get_after_help()];
        let texts = texts.into_iter().chain([command.get_after_long_help()]);
        for text in texts.into_iter().flatten().map(ToString::to_string) {
            match text.contains(EXAMPLE_GAP) {
                true => found.extend(text.lines().filter_map(|line| match line.strip_prefix("  ") {
                    Some(line) => Some(line.trim().split_once(EXAMPLE_GAP)?.1.trim().to_owned()),
                    None => Some(line.to_owned()),
                })),
                false => drop(found.insert(text)),
            }
        }
        for arg in written_arguments(command) {
            found
                .extend([arg.get_help(), arg.get_long_help()].into_iter().flatten().map(ToString::to_string));
            found.extend(arg.get_help_heading().map(str::to_owned));
            let values = arg.get_possible_values();
            found.extend(values.iter().filter_map(|value| value.get_help()).map(ToString::to_string));
        }
        found.into_iter().chain(command.get_subcommands().flat_map(sentences)).collect()
    }

    /// What an example gives in Latin letters, in both languages.
    const LATIN: &str = "IP, APP";

    #[test]
    fn every_sentence_of_the_help_has_its_chinese() {
        let titles = GROUPS.iter().map(|(title, _)| *title).chain(SHARED).chain([
            OWN,
            "Usage: ",
            "Print help",
            "Print version",
        ]);
        let all = sentences(&whole()).into_iter().chain(titles.map(str::to_owned));
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let is_missing =
            |text: &String| text.contains(' ') && !in_chinese(text).contains(is_chinese) && text != LATIN;
        let missing: Vec<String> = all.filter(is_missing).collect();
        assert!(missing.is_empty(), "not in data/chinese.txt:\n\n{}", missing.join("\n\n"));
    }

    #[test]
    fn the_help_parses_nothing_else() {
        for language in [Language::En, Language::Zh] {
            let help = dressed(&whole()).render_help().to_string();
            assert!(help.contains("layout"), "{language:?}");
        }
        dressed(&whole()).debug_assert();
    }
}
