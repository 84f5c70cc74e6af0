//! The command `zjgr extract-numbers`

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use rust_decimal::Decimal;
use zjgr::Error;
use zjgr::analysis::figures::{Figures, Sums};
use zjgr::figure::{Class, Scanner, UNITS};

use crate::args::InputArgs;
use crate::language::code;
use crate::run::{KeepArgs, SharedArgs, silent};

/// A row per figure: its value, unit, bound, what it counts and where it stands
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr extract-numbers pages/ --excel -o figures.csv
  zjgr extract-numbers pages/ --class money --min 100000000     amounts of a hundred million and more
  zjgr extract-numbers pages/ --class all --match 疗休养
  zjgr extract-numbers pages/ --class count,money --sum         what they add up to, by unit
  zjgr extract-numbers --print-units > mine.toml                to look at; a few lines of the same form for --units")]
pub(crate) struct ExtractNumbersArgs {
    #[command(flatten)]
    shared: SharedArgs,
    #[command(flatten)]
    keep: KeepArgs,

    /// Only these classes, of money,percent,ratio,count,measure,duration,date,ordinal,named,identifier; `all` for
    /// every one [default: money,percent,ratio,count,measure,duration]
    #[arg(long, value_name = "CLASS,…", value_delimiter = ',', value_parser = classes, help_heading = "Which figures")]
    class: Vec<Classes>,

    /// Only this unit, as printed or by its canonical name; may be given again
    #[arg(long, value_name = "UNIT", help_heading = "Which figures")]
    unit: Vec<String>,

    /// Only figures that are at least this, or reach it
    #[arg(long, value_name = "N", allow_negative_numbers = true, help_heading = "Which figures")]
    min: Option<Decimal>,

    /// Only figures that are at most this
    #[arg(long, value_name = "N", allow_negative_numbers = true, help_heading = "Which figures")]
    max: Option<Decimal>,

    /// Add the units of this file to those that come along; may be given again
    #[arg(long, value_name = "FILE", help_heading = "Which figures")]
    units: Vec<PathBuf>,

    /// Write the units that come along, as a file to edit, and read nothing
    #[arg(long, help_heading = "Which figures")]
    print_units: bool,

    /// A row per class and unit instead: how many figures, their sum, least, greatest and mean
    #[arg(long, help_heading = "Rows and columns")]
    sum: bool,
}

/// One class, or all of them.
type Classes = Vec<Class>;

pub(crate) fn run(mut args: ExtractNumbersArgs) -> anyhow::Result<ExitCode> {
    if args.print_units {
        io::stdout().lock().write_all(UNITS.as_bytes()).map_err(Error::from)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut figures = Figures::new(scanner(&args.units)?);
    if !args.class.is_empty() {
        figures.classes = args.class.concat();
    }
    figures.units = args.unit.iter().map(|unit| unit_of(unit, &args.shared.input)).collect();
    figures.min = args.min;
    figures.max = args.max;
    if !args.sum {
        args.keep.refuse("a row per figure: add --sum")?;
        return args.shared.list(&figures);
    }
    let said = (&figures.classes, &figures.units, figures.min, figures.max, &args.units);
    let counts = args.keep.counts(&mut args.shared.input, &said, &args.units)?;
    args.shared.add_up(&Sums(figures), &counts, silent)
}

/// The unit that is meant: the values of figures are written out, so that one has no 万元.
pub(super) fn unit_of(asked: &str, input: &InputArgs) -> String {
    let unit = asked.trim_start_matches(['十', '百', '千', '万', '萬', '亿', '億']);
    let scale = asked.strip_suffix(unit).unwrap_or_default();
    if unit.is_empty() || !scale.ends_with(['万', '萬', '亿', '億']) {
        return asked.to_owned();
    }
    input.note(format_args!(
        "--unit {asked}: taken as {unit}; values are written out, {scale} is part of them"
    ));
    unit.to_owned()
}

/// The scanner with the units of `files`. A file is tried by itself first, so that an error names it.
pub(super) fn scanner(files: &[PathBuf]) -> anyhow::Result<Scanner> {
    let mut texts = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|error| Error::from(error).at_path(file))?;
        Scanner::new(&[text.as_str()]).map_err(|error| error.at_path(file))?;
        texts.push(text);
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(Scanner::new(&texts)?)
}

fn classes(text: &str) -> Result<Classes, String> {
    let text = code("class", text);
    if text == "all" {
        return Ok(Class::ALL.to_vec());
    }
    Class::ALL.into_iter().find(|class| class.name() == text).map(|class| vec![class]).ok_or_else(|| {
        let names = Class::ALL.map(Class::name).join(", ");
        format!("the classes are {names}, or all of them with `all`")
    })
}
