//! The command `zjgr slogans`

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zjgr::Error;
use zjgr::analysis::discover::Discover;
use zjgr::analysis::slogans::{Mentions, Slogans};
use zjgr::slogan::{Lexicon, Overlap, Slogan, SloganFinder};

use crate::args::{ByArgs, PartsArgs, WideArgs, read_file};
use crate::run::{KeepArgs, SharedArgs, silent};

/// A row per slogan (提法): how often, in how many articles, since when
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr slogans pages/                                    the lexicon that comes along
  zjgr slogans pages/ --slogan 二十大 --slogan 共富=共富,共同富裕
  zjgr slogans pages/ --by month --wide -o slogans.csv   a column a month, ready for a chart
  zjgr slogans pages/ --slogan 浙工赛 --mentions          where each one stands
  zjgr slogans pages/ --discover --top 50                what the lexicon does not have
  zjgr slogans --print-lexicon > mine.toml               to edit, and then --lexicon mine.toml")]
pub(crate) struct SlogansArgs {
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    parts: PartsArgs,

    /// Count this slogan, inside longer ones too, and of the lexicon only those named so: NAME, or
    /// NAME=variant,variant; may be given again
    #[arg(long, value_name = "NAME", help_heading = "Slogans")]
    slogan: Vec<String>,

    /// The slogans of this file (.toml as --print-lexicon writes it, or a line each: NAME=variant,variant), or
    /// `builtin` for those that come along, or `none`; given again, the next adds to it [default: builtin]
    #[arg(long, value_name = "FILE", help_heading = "Slogans")]
    lexicon: Vec<PathBuf>,

    /// Write the lexicon, as a file to edit, and read nothing
    #[arg(long, help_heading = "Slogans")]
    print_lexicon: bool,

    /// Count only what stands in quotation marks that set off a name
    #[arg(long, help_heading = "Slogans")]
    quoted_only: bool,

    /// Keep slogans that never occur
    #[arg(long, help_heading = "Rows and columns")]
    all: bool,

    #[command(flatten)]
    by: ByArgs,

    #[command(flatten)]
    wide: WideArgs,

    /// A row per mention: file, line, column, form as printed, context
    #[arg(long, conflicts_with_all = ["by", "all"], help_heading = "Rows and columns")]
    mentions: bool,

    /// A row per phrase that may be a slogan and is not in the lexicon, the likeliest first
    #[arg(long, conflicts_with_all = ["by", "all", "mentions", "slogan"], help_heading = "Discovery")]
    discover: bool,

    /// Only candidates that occur so often
    #[arg(long, value_name = "N", default_value_t = 1, requires = "discover", help_heading = "Discovery")]
    min_count: u64,

    /// Only so many candidates
    #[arg(long, value_name = "N", requires = "discover", help_heading = "Discovery")]
    top: Option<usize>,
}

pub(crate) fn run(mut args: SlogansArgs) -> anyhow::Result<ExitCode> {
    let lexicon = lexicon(&args.lexicon)?;
    if args.print_lexicon {
        io::stdout().lock().write_all(lexicon.to_toml().as_bytes()).map_err(Error::from)?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.discover {
        return discover(&mut args, lexicon);
    }
    let (finder, scope) = (finder(lexicon, &args.slogan)?, args.parts.scope());
    if args.mentions {
        args.keep.refuse("--mentions")?;
        let mut mentions = Mentions::new(finder);
        mentions.scope = scope;
        mentions.quoted_only = args.quoted_only;
        return args.shared.list(&mentions);
    }
    let mut slogans = Slogans::new(finder);
    slogans.scope = scope;
    slogans.by = args.by.by(&args.shared.input)?;
    slogans.all = args.all;
    slogans.wide = args.wide.wide();
    slogans.quoted_only = args.quoted_only;
    let said = (&slogans.scope, &slogans.by, &args.slogan, &args.lexicon, args.quoted_only);
    let counts = args.keep.counts(&mut args.shared.input, &said, &args.lexicon)?;
    args.shared.add_up(&slogans, &counts, silent)
}

fn discover(args: &mut SlogansArgs, lexicon: Lexicon) -> anyhow::Result<ExitCode> {
    let mut discover = Discover::new(lexicon);
    discover.scope = args.parts.scope();
    discover.quoted_only = args.quoted_only;
    discover.min_count = args.min_count;
    discover.top = args.top;
    let counts = args.keep.counts(&mut args.shared.input, &discover.scope, &[])?;
    args.shared.add_up(&discover, &counts, silent)
}

/// The slogans of all files, one after the other.
pub(crate) fn lexicon(files: &[PathBuf]) -> anyhow::Result<Lexicon> {
    if files.is_empty() {
        return Ok(Lexicon::builtin()?);
    }
    let mut lexicon = Lexicon::default();
    for file in files {
        lexicon.extend(match file.to_str() {
            Some("builtin") => Lexicon::builtin()?,
            Some("none") => Lexicon::default(),
            _ => read_lexicon(file)?,
        });
    }
    Ok(lexicon)
}

fn read_lexicon(file: &PathBuf) -> anyhow::Result<Lexicon> {
    let text = read_file(file)?;
    let toml = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let lexicon = if toml { Lexicon::parse_toml(&text) } else { Lexicon::parse_list(&text) };
    Ok(lexicon.map_err(|error| error.at_path(file))?)
}

/// What finds the slogans: all of the lexicon, or those that were asked for by name.
fn finder(lexicon: Lexicon, names: &[String]) -> anyhow::Result<SloganFinder> {
    match names {
        [] => Ok(SloganFinder::new(lexicon, Overlap::LongestOfFamily)),
        names => named(&lexicon, names),
    }
}

/// What finds the slogans that were asked for by name.
pub(super) fn named(lexicon: &Lexicon, names: &[String]) -> anyhow::Result<SloganFinder> {
    let mut asked = Lexicon::default();
    for name in names {
        let slogan = Slogan::parse(name)?;
        // A bare name means the slogan of the lexicon, with its variants.
        let known = lexicon.get(&slogan.name).filter(|_| slogan.variants.is_empty());
        asked.add(known.cloned().unwrap_or(slogan));
    }
    Ok(SloganFinder::new(asked, Overlap::Both))
}
