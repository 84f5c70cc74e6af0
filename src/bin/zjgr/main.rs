//! The program: flags in, tables out. What it does is in the library; here stand the flags, and what is said
//! on standard error.

mod args;
mod cmd;
mod console;
mod exit;
mod guard;
mod invocation;
mod run;
mod signal;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use cmd::Command;

/// Turns OCR'd Chinese newspaper pages into tables that can be trusted and cited.
#[derive(Debug, Parser)]
#[command(name = "zjgr", version, about, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    exit::short_panics();
    signal::stop_cleanly();
    run().unwrap_or_else(|error| exit::failed(&error))
}

fn run() -> anyhow::Result<ExitCode> {
    let command = Cli::command();
    let matches = command.clone().get_matches();
    guard::check(&command, &matches)?;
    invocation::remember(&command, &matches);
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    cli.command.run()
}
