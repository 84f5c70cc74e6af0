//! The program: flags in, tables out. What it does is in the library; here stand the flags, and what is said
//! on standard error.

mod args;
mod cmd;
mod console;
mod exit;
mod guard;
mod help;
mod invocation;
mod language;
mod manifest;
mod project;
mod run;
mod signal;
mod survey;
mod wild;
mod word_args;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use cmd::Command;
use language::Language;

/// Turns OCR'd Chinese newspaper pages into tables that can be trusted and cited.
#[derive(Debug, Parser)]
#[command(name = "zjgr", version, about, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// The language of help and messages [default: that of the system]
    #[arg(long, value_enum, value_name = "LANGUAGE", global = true, help_heading = "Running")]
    lang: Option<Language>,

    /// Pass over the project file, zjgr.toml
    #[arg(long, global = true, help_heading = "Running")]
    no_config: bool,
}

fn main() -> ExitCode {
    exit::short_panics();
    signal::stop_cleanly();
    run().unwrap_or_else(|error| exit::failed(&error))
}

fn run() -> anyhow::Result<ExitCode> {
    let args: Vec<OsString> = std::env::args_os().collect();
    language::choose(&args);
    run_line(&args)
}

/// Runs the command that `args` are.
fn run_line(args: &[OsString]) -> anyhow::Result<ExitCode> {
    let (args, project) = project::complete(args.to_vec())?;
    let mut command = Cli::command();
    let matches = help::parse(&mut command, &args);
    guard::check(&command, &matches)?;
    invocation::remember(&command, &matches);
    manifest::begin(&command, &matches, project)?;
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| help::refuse(&error));
    cli.command.run()
}
