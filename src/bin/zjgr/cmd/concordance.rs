//! The command `zjgr concordance`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::Listing;
use zjgr::analysis::concordance::{COLUMNS, Collation, Concordance, Hits, Order, VIEW_COLUMNS};
use zjgr::analysis::query::{Case, Query};
use zjgr::table::Columns;

use crate::args::{PartsArgs, WordsArgs};
use crate::exit;
use crate::run::SharedArgs;
use crate::word_args::segmenter_for;

/// A row per place where a term stands, with the text around it (KWIC)
#[derive(Debug, Args)]
#[command(
    override_usage = "zjgr concordance [OPTIONS] TERM… [PATH]…",
    mut_arg("paths", |arg| arg.value_name("TERM|PATH").help(
        "What to look for, then the files and folders to read; `-` is standard input. The first argument is \
         a term; those after it are terms up to the first that names a file or a folder"
    )),
    after_help = "Examples:
  zjgr concordance 工会 pages/ --format table
  zjgr concordance 工会 职工之家 pages/ --sort right -o hits.csv
  zjgr concordance --regex '第.{1,3}届' pages/ --sample 100"
)]
pub(crate) struct ConcordanceArgs {
    /// What to look for, where it could be taken for a path; may be given again. All arguments are paths then
    #[arg(short = 'e', long = "term", value_name = "TERM")]
    terms: Vec<String>,

    /// Take terms as regular expressions
    #[arg(long)]
    regex: bool,

    /// Take letters as the same in upper and lower case
    #[arg(short, long)]
    ignore_case: bool,

    /// Only hits that are whole words (工会 in 总工会 is none), and contexts in words; without it every place counts
    /// where the characters of the term stand
    #[arg(long)]
    tokens: bool,

    /// How many characters, or with --tokens words, to show on either side
    #[arg(long, value_name = "N", default_value_t = 20)]
    width: usize,

    /// How to sort
    #[arg(long, value_enum, default_value_t, value_name = "BY")]
    sort: Order,

    /// In which order characters come when left or right contexts are sorted
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    collation: Collation,

    /// Only so many hits, spread over all of them; the same ones every time
    #[arg(long, value_name = "N")]
    sample: Option<usize>,

    #[command(flatten)]
    words: WordsArgs,
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    parts: PartsArgs,
}

pub(crate) fn run(mut args: ConcordanceArgs) -> anyhow::Result<ExitCode> {
    if args.shared.output.describe {
        let columns = Columns::from(&*COLUMNS).keeping(args.shared.input.kept_fields())?;
        return args.shared.describe(Concordance::NAME, columns);
    }
    let terms = if args.terms.is_empty() { args.shared.input.take_terms() } else { args.terms };
    let case = if args.ignore_case { Case::Ignored } else { Case::Distinct };
    let query = match args.regex {
        true => Query::patterns(&terms, case, args.words.script())?,
        false => Query::terms(&terms, case, args.words.script())?,
    };
    let segmenter =
        args.tokens.then(|| segmenter_for(&args.words, if args.regex { &[] } else { &terms })).transpose()?;
    let mut concordance = Concordance::new(query, args.width);
    concordance.segmenter = segmenter;
    concordance.scope = args.parts.scope();
    let view = args.shared.output.is_for_a_terminal()?;
    if args.sort == Order::Source && args.sample.is_none() && !view {
        // Nothing has to be kept: rows go out as they are found.
        return args.shared.list(&concordance);
    }
    let columns = if view { VIEW_COLUMNS } else { &COLUMNS };
    let all = Columns::from(columns).keeping(args.shared.input.kept_fields())?;
    let corpus = args.shared.corpus()?;
    let mut table = args.shared.output.table(all)?;
    let mut hits = Hits::new(args.sample);
    let outcome = corpus.in_order(
        |selection| {
            let mut found = Vec::new();
            concordance.hits(selection, |hit| found.push(hit.into_owned()));
            found
        },
        |found| {
            found.into_iter().for_each(|hit| hits.push(hit));
            Ok(())
        },
    )?;
    args.shared.rests_on(Concordance::NAME, || concordance.basis());
    let hits = hits.sorted(args.sort, args.collation);
    hits.iter().try_for_each(|hit| table.push_kept(columns, hit, &hit.kept))?;
    exit::finish(&corpus, outcome, table)
}
