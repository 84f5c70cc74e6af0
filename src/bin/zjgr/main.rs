//! The program: flags in, tables out. What it does is in the library; here stand the flags, and what is said
//! on standard error.

mod args;
mod cmd;
mod console;
mod exit;
mod run;
mod words;

use std::process::ExitCode;

use clap::Parser;

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
    let cli = Cli::parse();
    exit::stop_on_interrupt();
    cli.command.run().unwrap_or_else(|error| exit::failed(&error))
}
