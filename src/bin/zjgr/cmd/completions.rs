//! The command `zjgr completions`

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use zjgr::Error;

use crate::Cli;

/// Write what a shell needs to complete commands and flags
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr completions bash > zjgr.bash       then: source zjgr.bash, or put it into /etc/bash_completion.d
  zjgr completions zsh > _zjgr            then put it into a folder of $fpath
  zjgr completions fish > zjgr.fish       then put it into ~/.config/fish/completions")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    generate(args.shell, &mut command, name, &mut script);
    io::stdout().lock().write_all(&script).map_err(Error::from)?;
    Ok(ExitCode::SUCCESS)
}
