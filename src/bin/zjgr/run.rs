//! Runs a command: describes its table, or reads, counts and writes.

use std::hash::Hasher;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{fmt, fs};

use clap::Args;
use rustc_hash::FxHasher;
use zjgr::analysis::basis::Basis;
use zjgr::analysis::partial::{self, Kept, Portable};
use zjgr::analysis::{Listing, Tabulate};
use zjgr::run::{Corpus, Outcome};
use zjgr::table::{Columns, DESCRIPTION};
use zjgr::{Error, ErrorKind};

use crate::args::{FilterArgs, InputArgs, OutputArgs};
use crate::language::tell;
use crate::manifest::{self, ManifestArgs};
use crate::{exit, signal};

/// What every command that writes a table shares.
#[derive(Debug, Args)]
pub(crate) struct SharedArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    manifest: ManifestArgs,
}

/// What a run over the corpus gave, or the status with which the program ends instead.
type Gathered<P> = ControlFlow<ExitCode, (Corpus, P, Outcome)>;

impl SharedArgs {
    pub(crate) fn corpus(&self) -> anyhow::Result<Corpus> {
        self.input.corpus(&self.filter, &self.output)
    }

    /// Writes a table that comes page by page.
    pub(crate) fn list<L: Listing>(&self, listing: &L) -> anyhow::Result<ExitCode> {
        let columns = listing.columns().keeping(self.input.kept_fields())?;
        if self.output.describe {
            return self.describe(L::NAME, columns);
        }
        let corpus = self.corpus()?;
        let mut table = self.output.table(columns)?;
        let outcome = corpus.list(listing, &mut table)?;
        self.rests_on(L::NAME, || listing.basis());
        exit::finish(&corpus, outcome, table)
    }

    /// Writes what the columns of a table are, and reads nothing.
    pub(crate) fn describe(&self, name: &str, columns: impl Into<Columns>) -> anyhow::Result<ExitCode> {
        self.output.describe(name, columns)
    }

    /// Says and writes down what the numbers of a table rest on.
    pub(crate) fn rests_on(&self, name: &str, basis: impl FnOnce() -> Basis) {
        manifest::rests_on(&self.input.console(), name, basis);
    }
}

impl OutputArgs {
    /// Writes what the columns of a table are, and reads nothing: a table, or into a file that ends in `.json` a data
    /// package.
    pub(crate) fn describe(&self, name: &str, columns: impl Into<Columns>) -> anyhow::Result<ExitCode> {
        let columns = self.chosen(columns.into())?.told(|about| tell(about).into_owned());
        if let Some(path) = self.file().filter(|path| path.extension().is_some_and(|e| e == "json")) {
            signal::begin(path)?.whole(columns.data_package(name).as_bytes())?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut table = self.plain_table(DESCRIPTION)?;
        for field in columns.described() {
            table.push(DESCRIPTION, field)?;
        }
        table.finish()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Where what was counted is kept.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct KeepArgs {
    /// Keep what was counted in this file instead of writing a table; files that end in .zjp are read like any other
    /// input, and add up
    #[arg(long, value_name = "FILE.zjp")]
    partial: Option<PathBuf>,
}

impl KeepArgs {
    /// Says that a table of this kind cannot be kept, where that is asked for.
    pub(crate) fn refuse(&self, kind: &str) -> anyhow::Result<()> {
        let what = || ErrorKind::Usage(format!("--partial does not go with {kind}"));
        if self.partial.is_some() { Err(Error::new(what()).into()) } else { Ok(()) }
    }

    /// True where what was counted is to be kept.
    pub(crate) fn is_asked(&self) -> bool {
        self.partial.is_some()
    }

    /// Takes what was counted before out of `input`. What is said, and the files of which the contents count, decide what
    /// is counted.
    pub(crate) fn counts(
        &self,
        input: &mut InputArgs,
        said: &dyn fmt::Debug,
        files: &[PathBuf],
    ) -> anyhow::Result<Counts<'_>> {
        let before = input.take_kept()?;
        let mut hasher = FxHasher::default();
        for file in files {
            // Names of lists that are built in are no files; that they were named stands in `said`.
            if let Ok(bytes) = fs::read(file) {
                hasher.write(&bytes);
            }
        }
        Ok(Counts { keep: self, before, options: format!("{said:?} {:016x}", hasher.finish()) })
    }
}

/// What adds up with a run.
pub(crate) struct Counts<'k> {
    keep: &'k KeepArgs,
    /// The files with what was counted before.
    before: Vec<PathBuf>,
    /// How it is counted: only what was counted alike adds up.
    options: String,
}

impl SharedArgs {
    /// Writes a table of what was counted, now and before, after `look` has seen it; or keeps it, where that is asked for.
    pub(crate) fn add_up<A: Tabulate + Portable>(
        &self,
        analysis: &A,
        counts: &Counts<'_>,
        look: impl Fn(&A::Partial, Outcome) -> anyhow::Result<()>,
    ) -> anyhow::Result<ExitCode> {
        self.add_up_with(analysis, counts, |partial, outcome| look(partial, *outcome))
    }

    /// The same, with what `more` adds in the end.
    pub(crate) fn add_up_with<A: Tabulate + Portable>(
        &self,
        analysis: &A,
        counts: &Counts<'_>,
        more: impl FnOnce(&mut A::Partial, &mut Outcome) -> anyhow::Result<()>,
    ) -> anyhow::Result<ExitCode> {
        if self.output.describe {
            return self.describe(A::NAME, analysis.columns(&analysis.start()));
        }
        let (corpus, mut whole, outcome) = match self.gather(analysis, counts, more)? {
            ControlFlow::Break(exit) => return Ok(exit),
            ControlFlow::Continue(gathered) => gathered,
        };
        let mut table = self.output.table(analysis.columns(&whole))?;
        analysis.rows(&mut whole, &mut table)?;
        exit::finish(&corpus, outcome, table)
    }

    /// What was counted, now and before, with what `more` adds in the end; it ends where that is to be kept.
    pub(crate) fn gather<A: Portable>(
        &self,
        analysis: &A,
        counts: &Counts<'_>,
        more: impl FnOnce(&mut A::Partial, &mut Outcome) -> anyhow::Result<()>,
    ) -> anyhow::Result<Gathered<A::Partial>> {
        let corpus = self.corpus()?;
        let (mut whole, mut outcome) = corpus.count(analysis)?;
        for file in &counts.before {
            let bytes = fs::read(file).map_err(|error| Error::from(error).at_path(file))?;
            let kept =
                partial::read(analysis, &counts.options, &bytes).map_err(|error| error.at_path(file))?;
            analysis.merge(&mut whole, kept.partial);
            manifest::adds(file);
            outcome.documents += kept.documents;
        }
        more(&mut whole, &mut outcome)?;
        self.rests_on(A::NAME, || analysis.basis(&whole));
        if let Some(path) = &counts.keep.partial {
            let mut kept = Kept { partial: whole, documents: outcome.documents };
            let mut bytes = Vec::new();
            partial::write(analysis, &mut kept, &counts.options, &mut bytes)?;
            signal::begin(path)?.whole(&bytes)?;
            manifest::finish(&outcome)?;
            return Ok(ControlFlow::Break(exit::read(outcome)));
        }
        Ok(ControlFlow::Continue((corpus, whole, outcome)))
    }
}

/// Nothing is to be said of what was counted.
pub(crate) fn silent<P>(_partial: &P, _outcome: Outcome) -> anyhow::Result<()> {
    Ok(())
}
