//! Several tables of one corpus, for one file.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use tempfile::TempPath;
use zjgr::analysis::figures::Figures;
use zjgr::analysis::names::{self, Wanted};
use zjgr::analysis::period::Length;
use zjgr::analysis::slogans::Mentions;
#[cfg(feature = "xlsx")]
use zjgr::analysis::slogans::Slogans;
use zjgr::analysis::stats::Stats;
use zjgr::analysis::terms::Terms;
use zjgr::analysis::{Analysis, Tabulate};
use zjgr::figure::Scanner;
use zjgr::name::NameType;
use zjgr::run::{Corpus, Listed, Outcome};
use zjgr::slogan::{Overlap, SloganFinder};
use zjgr::source::Inputs;
use zjgr::table::{About, Destination, Format, Memory, Table};
use zjgr::term::PhrasePatterns;
use zjgr::{Error, ErrorKind, Result};

use crate::args::{FilterArgs, InputArgs, OutputArgs, WordsArgs};
use crate::cmd::slogans;
use crate::console::Console;
use crate::manifest::{self, ManifestArgs};
use crate::{exit, signal};

/// What commands share that write one file of several tables.
#[derive(Debug, Args)]
pub(crate) struct SurveyArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    pub(crate) words: WordsArgs,

    /// Write here, all or nothing
    #[arg(short, long, value_name = "FILE", required = true, help_heading = "Output")]
    output: PathBuf,

    /// The slogans of this file, as for `zjgr slogans` [default: builtin]
    #[arg(long, value_name = "FILE", help_heading = "Which slogans")]
    lexicon: Vec<PathBuf>,

    #[command(flatten)]
    manifest: ManifestArgs,
}

/// A corpus of which several tables are made. It is read once for all that need not know of the others, and once more
/// for what follows the terms that were found.
pub(crate) struct Survey {
    corpus: Corpus,
    console: Console,
    /// What came of reading it first; none before.
    outcome: Option<Outcome>,
    /// Of what can be read only once.
    _copies: Vec<TempPath>,
}

impl SurveyArgs {
    /// What is read, and the file to write, which must have one of these endings.
    pub(crate) fn begin(&self, endings: &[&str]) -> anyhow::Result<(Survey, Destination)> {
        let ending = self.output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if !ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
            let what = format!(
                "what is written here is no such file: let its name end in .{}",
                endings.join(" or .")
            );
            return Err(Error::new(ErrorKind::Usage(what)).at_path(&self.output).into());
        }
        let mut corpus = self.input.corpus(&self.filter, &OutputArgs::to(&self.output))?;
        let destination = signal::begin(&self.output)?;
        let copies = copied(&mut corpus.inputs)?;
        Ok((Survey { corpus, console: self.input.console(), outcome: None, _copies: copies }, destination))
    }

    fn finder(&self) -> anyhow::Result<SloganFinder> {
        Ok(SloganFinder::new(slogans::lexicon(&self.lexicon)?, Overlap::LongestOfFamily))
    }

    /// Every place where a slogan stands.
    pub(crate) fn mentions(&self) -> anyhow::Result<Mentions> {
        Ok(Mentions::new(self.finder()?))
    }

    /// Every place where something of these types is named; of any type where there is none.
    pub(crate) fn names(types: &[NameType]) -> names::Mentions {
        let mut wanted = Wanted::default();
        wanted.types = types.to_vec();
        names::Mentions::new(wanted)
    }

    /// How often each slogan stands there.
    #[cfg(feature = "xlsx")]
    pub(crate) fn slogans(&self) -> anyhow::Result<Slogans> {
        Ok(Slogans::new(self.finder()?))
    }

    /// Every figure that counts something.
    pub(crate) fn figures() -> anyhow::Result<Figures> {
        Ok(Figures::new(Scanner::new(&[])?))
    }

    /// How often each word is used in periods of this length.
    pub(crate) fn words_by(&self, length: Length) -> anyhow::Result<Stats> {
        let mut stats = Stats::new(self.words.segmenter([])?);
        stats.by = Some(length.by());
        stats.threads = self.input.threads();
        Ok(stats)
    }

    /// The words and phrases that matter, as `zjgr terms` finds them.
    pub(crate) fn terms(&self, top: Option<usize>) -> anyhow::Result<Terms> {
        let mut terms = Terms::new(Arc::new(self.words.segmenter([])?), PhrasePatterns::builtin()?);
        terms.top = top;
        Ok(terms)
    }
}

/// Copies what can be read only once into files, which are read in its place.
fn copied(inputs: &mut Inputs) -> anyhow::Result<Vec<TempPath>> {
    let mut copies = Vec::new();
    // Of what has a size the beginning can be read again.
    for input in inputs.files.iter_mut().filter(|input| input.size.is_none()) {
        let mut copy = signal::scratch()?;
        let copied = match &input.path {
            Some(path) => File::open(path).and_then(|mut stream| io::copy(&mut stream, &mut copy)),
            None => io::copy(&mut io::stdin().lock(), &mut copy),
        };
        input.size = Some(copied.map_err(|error| Error::from(error).at_path(&*input.name))?);
        let copy = copy.into_temp_path();
        input.path = Some(copy.to_path_buf());
        copies.push(copy);
    }
    Ok(copies)
}

impl Survey {
    /// Reads the corpus once: writes tables that come page by page, and counts two things.
    pub(crate) fn read<A: Analysis, B: Analysis>(
        &mut self,
        (first, second): (&A, &B),
        tables: Vec<Listed<'_>>,
    ) -> anyhow::Result<(A::Partial, B::Partial)> {
        let counted = self.run(&(first, second), tables)?;
        manifest::rests_on(&self.console, A::NAME, || first.basis(&counted.0));
        manifest::rests_on(&self.console, B::NAME, || second.basis(&counted.1));
        Ok(counted)
    }

    /// Reads it once and writes tables that come page by page.
    pub(crate) fn list(&mut self, tables: Vec<Listed<'_>>) -> anyhow::Result<()> {
        self.run(&(), tables)
    }

    /// Reads it once for `analysis` and for `tables`, which end with it.
    fn run<A: Analysis>(&mut self, analysis: &A, mut tables: Vec<Listed<'_>>) -> anyhow::Result<A::Partial> {
        for table in &tables {
            manifest::rests_on(&self.console, table.name(), || table.basis());
        }
        let (counted, outcome) = self.corpus.run(analysis, &mut tables)?;
        tables.into_iter().try_for_each(Listed::finish)?;
        self.has_read(outcome);
        Ok(counted)
    }

    /// Reads it once and counts.
    #[cfg(feature = "xlsx")]
    pub(crate) fn count<A: Analysis>(&mut self, analysis: &A) -> anyhow::Result<A::Partial> {
        let partial = self.run(analysis, Vec::new())?;
        manifest::rests_on(&self.console, A::NAME, || analysis.basis(&partial));
        Ok(partial)
    }

    /// What is wrong with a page is said once.
    fn has_read(&mut self, outcome: Outcome) {
        if self.outcome.is_none() {
            self.outcome = Some(outcome);
            self.corpus.watch = Box::new(());
        }
    }

    /// Brings the file to its place, unless nothing could be read at all.
    pub(crate) fn finish(
        self,
        about: &mut About,
        write: impl FnOnce(&About) -> Result<()>,
    ) -> anyhow::Result<ExitCode> {
        let outcome = self.outcome.unwrap_or_default();
        exit::whole(&self.corpus, outcome, |facts| {
            facts.into_iter().for_each(|(what, value)| about.say(what, value));
            write(about)
        })
    }
}

/// Writes what was counted into `table`, which was made for its columns.
pub(crate) fn write<A: Tabulate>(
    analysis: &A,
    partial: &mut A::Partial,
    mut table: Table,
) -> anyhow::Result<()> {
    analysis.rows(partial, &mut table)?;
    Ok(table.finish()?)
}

/// The first `most` cells of a column of what was counted.
pub(crate) fn first<A: Tabulate>(
    analysis: &A,
    partial: &mut A::Partial,
    column: &str,
    most: usize,
) -> anyhow::Result<Vec<String>> {
    let memory = Memory::default();
    let columns = analysis.columns(partial).choose(&[column])?;
    write(analysis, partial, Table::new(Destination::stream(memory.clone()), Format::JSONL, columns))?;
    let bytes = memory.bytes();
    let rows = serde_json::Deserializer::from_slice(&bytes).into_iter::<serde_json::Value>();
    let mut cells = Vec::new();
    for row in rows.take(most) {
        cells.extend(row?[column].as_str().map(str::to_owned));
    }
    Ok(cells)
}
