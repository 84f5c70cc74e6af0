//! Runs a command: describes its table, or reads, counts and writes.

use std::fs;
use std::process::ExitCode;

use clap::Args;
use zjgr::Error;
use zjgr::analysis::{Listing, Tabulate};
use zjgr::run::{Corpus, Outcome};
use zjgr::table::{Columns, DESCRIPTION};

use crate::args::{FilterArgs, InputArgs, OutputArgs};
use crate::exit;

/// What every command that writes a table shares.
#[derive(Debug, Args)]
pub(crate) struct SharedArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

impl SharedArgs {
    pub(crate) fn corpus(&self) -> anyhow::Result<Corpus> {
        self.input.corpus(&self.filter, &self.output)
    }

    /// Writes a table that comes page by page.
    pub(crate) fn list<L: Listing>(&self, listing: &L) -> anyhow::Result<ExitCode> {
        if self.output.describe {
            return self.describe(L::NAME, listing.columns());
        }
        let corpus = self.corpus()?;
        let mut table = self.output.table(listing.columns())?;
        let outcome = corpus.list(listing, &mut table)?;
        exit::finish(&corpus, outcome, table)
    }

    /// Writes a table of what was counted, after `look` has seen it.
    pub(crate) fn tabulate<A: Tabulate>(
        &self,
        analysis: &A,
        look: impl Fn(&A::Partial, Outcome) -> anyhow::Result<()>,
    ) -> anyhow::Result<ExitCode> {
        if self.output.describe {
            return self.describe(A::NAME, analysis.columns(&analysis.start()));
        }
        let corpus = self.corpus()?;
        let (mut partial, outcome) = corpus.count(analysis)?;
        look(&partial, outcome)?;
        let mut table = self.output.table(analysis.columns(&partial))?;
        analysis.rows(&mut partial, &mut table)?;
        exit::finish(&corpus, outcome, table)
    }

    /// Writes what the columns of a table are, and reads nothing: a table, or into a file that ends in `.json` a data
    /// package.
    pub(crate) fn describe(&self, name: &str, columns: impl Into<Columns>) -> anyhow::Result<ExitCode> {
        let columns = self.output.chosen(columns.into())?;
        if let Some(path) = self.output.file().filter(|path| path.extension().is_some_and(|e| e == "json")) {
            fs::write(path, columns.data_package(name)).map_err(|error| Error::from(error).at_path(path))?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut table = self.output.plain_table(DESCRIPTION)?;
        for field in columns.described() {
            table.push(DESCRIPTION, field)?;
        }
        table.finish()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Nothing is to be said of what was counted.
pub(crate) fn silent<P>(_partial: &P, _outcome: Outcome) -> anyhow::Result<()> {
    Ok(())
}
