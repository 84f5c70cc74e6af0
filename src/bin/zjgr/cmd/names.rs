//! The command `zjgr names`

use std::ops::ControlFlow;
use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::names::count::Names;
use zjgr::analysis::names::pairs::{Pairs, Unit};
use zjgr::analysis::names::{Mentions, Wanted};
use zjgr::name::NameType;

use crate::args::{ByArgs, PartsArgs, with_graph};
use crate::exit;
use crate::run::{Counts, KeepArgs, SharedArgs, silent};

/// A row per name of a person, a body, a place, with titles and works; counts; who stands with whom
#[derive(Debug, Args)]
#[command(mut_arg("by", |by| by.requires("count")), mut_arg("format", with_graph), after_help = "\
Examples:
  zjgr names pages/                                        every mention: where, what, the full form, the title
  zjgr names pages/ --count --type person --top 50         who is in the news, with titles and variants
  zjgr names pages/ --count --by year -o names.csv
  zjgr names pages/ --pairs sentence --min-count 3         who stands with whom
  zjgr names pages/ --pairs article -o names.graphml       the same as a graph, for Gephi")]
pub(crate) struct NamesArgs {
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    parts: PartsArgs,

    /// Only names of these types; with --pairs [default: person,organisation,place]
    #[arg(
        long = "type",
        value_enum,
        value_name = "TYPE,…",
        value_delimiter = ',',
        help_heading = "Which names"
    )]
    types: Vec<NameType>,

    /// Only names that are mentioned so often, in a group where there are groups; only pairs that stand together so
    /// often
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Which names")]
    min_count: u64,

    /// Only so many names, the most frequent, in each group where there are groups; only so many pairs
    #[arg(long, value_name = "N", help_heading = "Which names")]
    top: Option<usize>,

    /// A row per name: how often, in how many articles, since when, with its titles and variants
    #[arg(long, help_heading = "Rows and columns")]
    count: bool,

    #[command(flatten)]
    by: ByArgs,

    /// A row per two names that stand together in a sentence, a paragraph, an article
    #[arg(
        long,
        value_enum,
        value_name = "UNIT",
        conflicts_with = "count",
        help_heading = "Rows and columns"
    )]
    pairs: Option<Unit>,
}

pub(crate) fn run(mut args: NamesArgs) -> anyhow::Result<ExitCode> {
    let wanted = |default: &[NameType]| {
        let types = if args.types.is_empty() { default } else { &args.types }.to_vec();
        let mut wanted = Wanted::default();
        wanted.scope = args.parts.scope();
        wanted.types = types;
        wanted
    };
    let by = args.by.by(&args.shared.input)?;
    if let Some(unit) = args.pairs {
        let wanted = wanted(&[NameType::Person, NameType::Organisation, NameType::Place]);
        let counts = args.keep.counts(&mut args.shared.input, &(&wanted, unit), &[])?;
        let mut pairs = Pairs::new(wanted, unit);
        pairs.min_count = args.min_count;
        pairs.top = args.top;
        return match args.shared.output.is_graph() {
            true => graph(&args.shared, &pairs, &counts),
            false => args.shared.add_up(&pairs, &counts, silent),
        };
    }
    let wanted = wanted(&[]);
    if !args.count {
        args.keep.refuse("a row per mention: add --count")?;
        return args.shared.list(&Mentions::new(wanted));
    }
    let counts = args.keep.counts(&mut args.shared.input, &(&wanted, &by), &[])?;
    let mut names = Names::new(wanted);
    names.by = by;
    names.min_count = args.min_count;
    names.top = args.top;
    args.shared.add_up(&names, &counts, silent)
}

/// Writes the pairs as a graph.
fn graph(shared: &SharedArgs, pairs: &Pairs, counts: &Counts<'_>) -> anyhow::Result<ExitCode> {
    let (corpus, partial, outcome) = match shared.gather(pairs, counts, |_, _| Ok(()))? {
        ControlFlow::Break(exit) => return Ok(exit),
        ControlFlow::Continue(gathered) => gathered,
    };
    let destination = shared.output.graph()?;
    exit::whole(&corpus, outcome, |_| destination.whole(pairs.graphml(&partial).as_bytes()))
}
