//! The command `zjgr workbook`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::articles::Articles;
use zjgr::analysis::pages::Pages;
use zjgr::analysis::period::Length;
use zjgr::analysis::query::{Case, Query};
use zjgr::analysis::trends::{Series, Trends, What};
use zjgr::analysis::{Analysis, Listing, Tabulate};
use zjgr::run::Listed;
use zjgr::table::Book;

use crate::invocation;
use crate::survey::{SurveyArgs, first, write};

/// One workbook: pages, articles, figures, slogans, names, terms and trends in sheets, with links between them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zjgr workbook pages/ -o survey.xlsx
  zjgr workbook pages/ --since 2021 --until 2023 --newspaper 东海日报 -o survey.xlsx")]
pub(crate) struct WorkbookArgs {
    #[command(flatten)]
    survey: SurveyArgs,

    /// Follow so many terms and so many slogans from month to month
    #[arg(long, value_name = "N", default_value_t = 30, help_heading = "Which terms")]
    followed: usize,
}

pub(crate) fn run(args: WorkbookArgs) -> anyhow::Result<ExitCode> {
    let (mut survey, destination) = args.survey.begin(&["xlsx"])?;
    let book = Book::new(destination);
    let (articles, figures) = (Articles::default(), SurveyArgs::figures()?);
    let (mentions, names) = (args.survey.mentions()?, SurveyArgs::names(&[]));
    let (slogans, terms) = (args.survey.slogans()?, args.survey.terms(None)?);
    // Sheets come in the order in which they are begun.
    let mut tables = vec![
        list(&book, "pages", &Pages)?,
        list(&book, "articles", &articles)?,
        list(&book, "figures", &figures)?,
    ];
    let slogans_table = book.table("slogans", slogans.columns(&slogans.start()))?;
    tables.extend([list(&book, "mentions", &mentions)?, list(&book, "names", &names)?]);
    let terms_table = book.table("terms", terms.columns(&terms.start()))?;
    let (mut counted, mut found) = survey.read((&slogans, &terms), tables)?;
    write(&slogans, &mut counted, slogans_table)?;
    write(&terms, &mut found, terms_table)?;
    let mut trends = Trends::new(Length::Month);
    for name in first(&terms, &mut found, "term", args.followed)? {
        let query = Query::terms(&[&name], Case::Distinct, args.survey.words.script())?;
        trends.series.push(Series { name, what: What::Term(query) });
    }
    let followed = first(&slogans, &mut counted, "slogan", args.followed)?;
    let known: Vec<_> = slogans.finder.slogans().map(|(id, slogan)| (id, slogan.name.clone())).collect();
    for name in followed {
        let id = known.iter().find(|(_, known)| *known == name).map(|(id, _)| *id);
        trends.series.extend(id.map(|id| Series { name, what: What::Slogan(id) }));
    }
    trends.slogans = Some(slogans.finder);
    let mut curves = survey.count(&trends)?;
    let table = book.table("trends", trends.columns(&curves))?;
    write(&trends, &mut curves, table)?;
    survey.finish(&mut invocation::about(), |about| book.finish(about))
}

fn list<'l>(book: &Book, name: &str, listing: &'l impl Listing) -> zjgr::Result<Listed<'l>> {
    Ok(Listed::new(listing, book.table(name, listing.columns())?))
}
