//! The command `zjgr workbook`

use std::process::ExitCode;

use clap::Args;
use zjgr::analysis::Listing;
use zjgr::analysis::articles::Articles;
use zjgr::analysis::pages::Pages;
use zjgr::analysis::period::Length;
use zjgr::analysis::query::{Case, Query};
use zjgr::analysis::trends::{Series, Trends, What};
use zjgr::table::Book;

use crate::invocation;
use crate::survey::{Survey, SurveyArgs, first, write};

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
    list(&mut survey, &book, "pages", &Pages)?;
    list(&mut survey, &book, "articles", &Articles::default())?;
    list(&mut survey, &book, "figures", &SurveyArgs::figures()?)?;
    let slogans = args.survey.slogans()?;
    let mut counted = survey.count(&slogans)?;
    write(&slogans, &mut counted, |columns| book.table("slogans", columns))?;
    list(&mut survey, &book, "mentions", &args.survey.mentions()?)?;
    list(&mut survey, &book, "names", &SurveyArgs::names())?;
    let terms = args.survey.terms(None)?;
    let mut found = survey.count(&terms)?;
    write(&terms, &mut found, |columns| book.table("terms", columns))?;
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
    write(&trends, &mut curves, |columns| book.table("trends", columns))?;
    survey.finish(&mut invocation::about(), |about| book.finish(about))
}

fn list(survey: &mut Survey, book: &Book, name: &str, listing: &impl Listing) -> anyhow::Result<()> {
    survey.list(listing, book.table(name, listing.columns())?)
}
