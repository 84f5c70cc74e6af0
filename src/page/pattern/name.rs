//! The names of the patterns.

use serde::Deserialize;

/// The shape of a line, or of what a line opens or ends with. `data/page/patterns.toml` says what it is, each by its name
/// here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Pattern {
    PageNumber,
    PageTitle,
    FrontPage,
    PageLabel,
    SpacedNumber,
    PageAndName,
    LetteredPageAndName,
    Turn,
    Editors,
    Fields,
    PageCode,
    PageReference,
    TableRow,
    TableEntry,
    DayOpening,
    MonthDay,
    QuotedScrap,
    Quotation,
    Couplet,
    EqualPhrases,
    ListNumber,
    Markup,
    TimesTenTo,
    BarePage,
    LongNumber,
    Capitals,
    SectionName,
    PaperName,
    Nameplate,
    NameplateOfAnyPaper,
    YearAndMonth,
}
