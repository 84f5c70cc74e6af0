//! One file per command.

mod articles;
mod collocates;
mod completions;
mod concordance;
mod extract_numbers;
mod keyness;
mod layout;
mod man;
mod merge;
mod names;
mod pages;
mod report;
mod reprints;
mod sample;
pub(crate) mod slogans;
mod stats;
mod terms;
mod trends;
mod verify;
mod workbook;

use std::process::ExitCode;

use clap::Subcommand;

/// What to do. To add a command: its file here, one line in each of the two lists below, its section in the
/// README and its tests.
///
/// The flags of a command are made where it is asked for: those of all of them take longer than a page does.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    Layout(layout::LayoutArgs),
    Pages(pages::PagesArgs),
    Articles(articles::ArticlesArgs),
    Concordance(concordance::ConcordanceArgs),
    Stats(stats::StatsArgs),
    Terms(terms::TermsArgs),
    Reprints(reprints::ReprintsArgs),
    Slogans(slogans::SlogansArgs),
    Names(names::NamesArgs),
    ExtractNumbers(extract_numbers::ExtractNumbersArgs),
    Collocates(collocates::CollocatesArgs),
    Keyness(keyness::KeynessArgs),
    Trends(trends::TrendsArgs),
    Merge(merge::MergeArgs),
    Verify(verify::VerifyArgs),
    Sample(sample::SampleArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    Workbook(workbook::WorkbookArgs),
    Report(report::ReportArgs),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Layout(args) => layout::run(args),
            Self::Pages(args) => pages::run(args),
            Self::Articles(args) => articles::run(args),
            Self::Concordance(args) => concordance::run(args),
            Self::Stats(args) => stats::run(args),
            Self::Terms(args) => terms::run(args),
            Self::Reprints(args) => reprints::run(args),
            Self::ExtractNumbers(args) => extract_numbers::run(args),
            Self::Slogans(args) => slogans::run(args),
            Self::Names(args) => names::run(args),
            Self::Collocates(args) => collocates::run(args),
            Self::Keyness(args) => keyness::run(args),
            Self::Trends(args) => trends::run(args),
            Self::Merge(args) => merge::run(args),
            Self::Verify(args) => verify::run(args),
            Self::Sample(args) => sample::run(args),
            Self::Completions(args) => completions::run(args),
            Self::Man(args) => man::run(args),
            Self::Workbook(args) => workbook::run(args),
            Self::Report(args) => report::run(args),
        }
    }
}
