//! One file per command.

mod articles;
mod collocates;
mod completions;
mod concordance;
mod extract_numbers;
mod keyness;
mod layout;
mod learn;
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
#[cfg(feature = "xlsx")]
mod workbook;

use std::process::ExitCode;

use clap::Subcommand;

/// Declares the commands: the heading under which the help shows them, and of each its file, its
/// arguments, its name, and what it is only built with.
macro_rules! commands {
    ($($heading:literal: [$($(#[$built:meta])? $file:ident::$args:ident as $name:ident),+ $(,)?])+) => {
        /// What to do. The flags of a command are made where it is asked for: those of all of them take longer than a page
        /// does.
        #[derive(Debug, Subcommand)]
        #[command(defer = true)]
        pub(crate) enum Command {
            $($($(#[$built])? $name($file::$args),)+)+
        }

        impl Command {
            pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
                match self {
                    $($($(#[$built])? Self::$name(args) => $file::run(args),)+)+
                }
            }
        }

        /// The files of the commands, which have their names, by what they are for.
        pub(crate) const GROUPS: &[(&str, &[&str])] = &[$(($heading, &[$($(#[$built])? stringify!($file)),+])),+];
    };
}

// To add a command: its file, here and in the list of files above; its tests; its section in both READMEs.
commands! {
    "Read": [
        layout::LayoutArgs as Layout,
        learn::LearnArgs as Learn,
        pages::PagesArgs as Pages,
        articles::ArticlesArgs as Articles,
    ]
    "Count": [
        stats::StatsArgs as Stats,
        terms::TermsArgs as Terms,
        slogans::SlogansArgs as Slogans,
        names::NamesArgs as Names,
        extract_numbers::ExtractNumbersArgs as ExtractNumbers,
    ]
    "Compare": [
        keyness::KeynessArgs as Keyness,
        collocates::CollocatesArgs as Collocates,
        trends::TrendsArgs as Trends,
        reprints::ReprintsArgs as Reprints,
    ]
    "Find": [
        concordance::ConcordanceArgs as Concordance,
    ]
    "Write": [
        report::ReportArgs as Report,
        #[cfg(feature = "xlsx")]
        workbook::WorkbookArgs as Workbook,
        merge::MergeArgs as Merge,
        verify::VerifyArgs as Verify,
        sample::SampleArgs as Sample,
        completions::CompletionsArgs as Completions,
        man::ManArgs as Man,
    ]
}
