//! How often something is found, period after period, and whether it rises or falls.
//!
//! ```
//! use zjgr::analysis::counted;
//! use zjgr::analysis::period::Length;
//! use zjgr::analysis::query::{Case, Query, Script};
//! use zjgr::analysis::trends::{Series, Trends, What};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let mut trends = Trends::new(Length::Month);
//! let term = Query::terms(&["职工"], Case::Distinct, Script::Distinct)?;
//! trends.series.push(Series { name: "职工".to_owned(), what: What::Term(term) });
//! let pages = ["2021年3月2日 星期二\n\n职工参加比赛。", "2021年4月1日 星期四\n\n职工到场，职工说好。"];
//! let pages = pages.map(|text| Reader::default().read(zjgr::Document::of(text)));
//! let table = counted(&trends, &pages, Format::CSV)?;
//! assert!(table.contains("2021-03") && table.contains("2021-04"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use regex::Regex;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::analysis::Analysis;
use crate::analysis::basis::Basis;
use crate::analysis::figures::{Sum, is_in_unit};
use crate::analysis::group::{By, GroupId, Groups, PerGroup};
use crate::analysis::partial::{Portable, decode, encode};
use crate::analysis::period::{Length, Period};
use crate::analysis::query::Query;
use crate::analysis::scope::Scope;
use crate::analysis::word_places::{SENTENCE_END, WordPlaces};
use crate::figure::{Class, Context, Scanner, Value as FigureValue};
use crate::measure::trend::{kendall, theil_sen};
use crate::page::{Selection, characters};
use crate::slogan::{SloganFinder, SloganId};
use crate::term::{Segmenter, WordEnds};

/// What is followed over time.
#[derive(Debug)]
#[non_exhaustive]
pub struct Trends {
    /// The series, in the order in which they are shown.
    pub series: Vec<Series>,
    /// How long a period is.
    pub length: Length,
    /// By what series are counted apart.
    pub by: Option<By>,
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// Cuts words, where terms count as whole words only; else they are found on text.
    pub segmenter: Option<Segmenter>,
    /// Finds the slogans that are series of their own.
    pub slogans: Option<SloganFinder>,
    /// Finds the slogans of families that are series.
    pub families: Option<SloganFinder>,
    /// Finds the figures of units that are series.
    pub scanner: Option<Scanner>,
    /// Only figures count in whose sentence this matches.
    pub near: Option<Regex>,
    /// Lets a first or last period of which only a part has text count in slope and tau too.
    pub keep_partial: bool,
    /// How the curves are shown.
    pub shape: Shape,
    /// Which number is shown where only one is; by default sums where every series has one, else shares.
    pub value: Option<Value>,
}

impl Trends {
    /// Follows nothing yet, in periods of this length.
    pub fn new(length: Length) -> Self {
        Self {
            series: Vec::new(),
            length,
            by: None,
            scope: Scope::default(),
            segmenter: None,
            slogans: None,
            families: None,
            scanner: None,
            near: None,
            keep_partial: false,
            shape: Shape::Long,
            value: None,
        }
    }
}

/// How curves are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Shape {
    /// A row per series and period.
    #[default]
    Long,
    /// A row per series, a column per period.
    Wide,
    /// A row per series and period, with a bar: to look at.
    Plot,
}

/// One thing that is followed.
#[derive(Debug)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// What is counted.
    pub what: What,
}

/// What a series counts.
#[derive(Debug)]
#[non_exhaustive]
pub enum What {
    /// The places where a term stands.
    Term(Query),
    /// The mentions of a slogan of [`Trends::slogans`].
    Slogan(SloganId),
    /// The mentions of all slogans of [`Trends::families`] that are of the family of this name.
    Family(String),
    /// The figures in this unit, as printed or by its canonical name; they are added up.
    Unit(String),
}

impl What {
    /// The name that tables show.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Term(_) => "term",
            Self::Slogan(_) => "slogan",
            Self::Family(_) => "family",
            Self::Unit(_) => "unit",
        }
    }
}

/// What was found in some of the pages. Partials add up in any order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeriesCounts {
    groups: Groups,
    counts: PerGroup<Counts>,
    /// How many articles were left out since nothing says when they were published.
    pub undated: u64,
}

/// What was found in one group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Counts {
    found: BTreeMap<(usize, Period), Found>,
    sizes: BTreeMap<Period, Size>,
    /// Every day that has text.
    days: BTreeSet<Date>,
}

/// What was found of one series in one period.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Found {
    count: u64,
    articles: u64,
    sum: Sum,
}

impl Found {
    fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.articles += other.articles;
        self.sum.merge(other.sum);
    }
}

/// How much text there is in one period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Size {
    /// Articles.
    pub articles: u64,
    /// Characters, headlines included.
    pub chars: u64,
    /// Words; 0 where none were cut.
    pub words: u64,
}

/// A series with a point for every period.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curve {
    /// One point for each period from the first to the last that has text, gaps included.
    pub points: Vec<Point>,
    /// The slope after Theil and Sen: by how much the share, or the sum of a unit, rises with each period.
    pub slope: Option<f64>,
    /// Kendall's tau-b of the same with time.
    pub tau: Option<f64>,
    /// How likely so strong a tau is by chance.
    pub p: Option<f64>,
}

/// One series in one period.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    /// The period.
    pub period: Period,
    /// True for a first or last period of which only a part has text.
    pub is_partial: bool,
    /// How much text it has.
    pub size: Size,
    /// How often the series was found.
    pub count: u64,
    /// In how many articles.
    pub articles: u64,
    /// How often it was found up to the end of this period.
    pub cumulative: u64,
    /// The share in the text of the period: per million words where words were cut, else per 10,000 characters.
    /// None in a period without text.
    pub share: Option<f64>,
    /// What the figures of a unit add up to; none for any other series, and where no decimal can hold it.
    pub sum: Option<Decimal>,
    /// The same up to the end of this period.
    pub cumulative_sum: Option<Decimal>,
}

/// Which number of a point is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum Value {
    /// Per 10,000 characters, or per million words where whole words are counted.
    #[default]
    Share,
    /// How often it was found.
    Count,
    /// In how many articles.
    Articles,
    /// How often it was found up to then.
    Cumulative,
    /// What the figures of a unit add up to.
    Sum,
}

impl Analysis for Trends {
    const NAME: &'static str = "trends";
    const ASKS_WHO: bool = false;
    type Partial = SeriesCounts;

    fn start(&self) -> SeriesCounts {
        SeriesCounts { groups: Groups::new(self.by.clone()), ..SeriesCounts::default() }
    }

    fn merge(&self, partial: &mut SeriesCounts, other: SeriesCounts) {
        partial.merge(other);
    }

    fn basis(&self, partial: &SeriesCounts) -> Basis {
        let groups = &partial.groups;
        let sum = |value: fn(&Size) -> u64| {
            move |id: GroupId| {
                partial.counts.get(id).map_or(0, |counts| counts.sizes.values().map(value).sum())
            }
        };
        let mut basis = Basis::default()
            .total_by("articles", groups, sum(|size| size.articles))
            .total_by("chars", groups, sum(|size| size.chars))
            .total("undated_articles", partial.undated);
        if let Some(segmenter) = &self.segmenter {
            basis =
                basis.total_by("words", groups, sum(|size| size.words)).list("words", &segmenter.cutting());
        }
        let finders = self.slogans.iter().chain(&self.families);
        finders.fold(basis, |basis, finder| basis.list("slogans", &finder.lexicon().print()))
    }

    fn add(&self, partial: &mut SeriesCounts, selection: &Selection<'_>) {
        let page = selection.page();
        let mut found = vec![Found::default(); self.series.len()];
        for (index, _) in selection.articles() {
            let Some(date) = page.date_of(index) else {
                partial.undated += 1;
                continue;
            };
            let group = partial.groups.of(selection, index);
            let counts = partial.counts.of(group);
            counts.days.insert(date);
            let period = self.length.of(date);
            let mut size = Size { articles: 1, ..Size::default() };
            for (at, part) in self.scope.parts(selection, index) {
                let text = page.part_text(at);
                let words = self.segmenter.as_ref().map(|segmenter| WordPlaces::cut(segmenter, text));
                size.chars += characters(text) as u64;
                size.words += words.as_ref().map_or(0, WordPlaces::len) as u64;
                self.count(text, words.as_ref(), &mut found);
                let context = Context { date: Some(date), role: part.role };
                self.add_figures(text, &context, &mut found);
            }
            for (series, found) in found.iter_mut().enumerate().filter(|(_, found)| found.count > 0) {
                let found = std::mem::take(found);
                counts.found.entry((series, period)).or_default().merge(Found { articles: 1, ..found });
            }
            counts.sizes.entry(period).or_default().add(size);
        }
    }
}

impl Portable for Trends {
    fn pack(&self, partial: &mut SeriesCounts) -> Result<Vec<u8>> {
        let (groups, numbers) = partial.groups.in_order();
        encode(&(groups, partial.counts.in_order(&numbers), partial.undated))
    }

    fn unpack(&self, bytes: &[u8]) -> Result<SeriesCounts> {
        let (groups, counts, undated) = decode(bytes)?;
        Ok(SeriesCounts { groups, counts, undated })
    }
}

impl Trends {
    /// Adds to `found`, which has an entry for each series, how often terms and slogans are found in `text`; a term,
    /// where `words` are given, as whole words.
    fn count(&self, text: &str, words: Option<&WordPlaces>, found: &mut [Found]) {
        for (series, found) in self.series.iter().zip(found.iter_mut()) {
            if let What::Term(query) = &series.what {
                let hits =
                    query.find(text).filter(|range| words.is_none_or(|words| words.holds_whole(range)));
                found.count += hits.count() as u64;
            }
        }
        let mut add = |is_meant: &dyn Fn(&What) -> bool| {
            let meant = self.series.iter().zip(found.iter_mut()).filter(|(series, _)| is_meant(&series.what));
            meant.for_each(|(_, found)| found.count += 1);
        };
        let mut ends = WordEnds::of(text);
        let mut stands = |range| ends.hold(&range);
        if let Some(finder) = &self.slogans {
            finder.find(text, &mut stands, |mention| {
                add(&|what| matches!(what, What::Slogan(slogan) if *slogan == mention.slogan));
            });
        }
        if let Some(finder) = &self.families {
            finder.find(text, stands, |mention| {
                let family = finder.slogan(mention.slogan).map(|slogan| slogan.family());
                add(&|what| matches!(what, What::Family(name) if family == Some(name)));
            });
        }
    }

    /// Adds up the figures of `text` that are in the unit of a series.
    fn add_figures(&self, text: &str, context: &Context, found: &mut [Found]) {
        let Some(scanner) = &self.scanner else { return };
        // The sentence of the last figure, and whether what is asked for is in it.
        let mut sentence = (0..0, false);
        for figure in scanner.scan(text, context) {
            let Some(number) = figure.value.and_then(FigureValue::number) else { continue };
            if !Class::QUANTITIES.contains(&figure.class) {
                continue;
            }
            let mut units =
                self.series.iter().zip(found.iter_mut()).filter(
                    |(series, _)| matches!(&series.what, What::Unit(unit) if is_in_unit(&figure, unit)),
                );
            let Some(first) = units.next() else { continue };
            if let Some(near) = &self.near {
                if !sentence.0.contains(&figure.span.start) {
                    let range = sentence_around(text, &figure.span);
                    sentence.1 = text.get(range.clone()).is_some_and(|text| near.is_match(text));
                    sentence.0 = range;
                }
                if !sentence.1 {
                    continue;
                }
            }
            for (_, found) in std::iter::once(first).chain(units) {
                found.count += 1;
                found.sum.add(number, figure.value_max);
            }
        }
    }

    /// The series that were found nowhere, where there is dated text.
    pub fn unmet<'t>(&'t self, partial: &'t SeriesCounts) -> impl Iterator<Item = &'t Series> {
        let is_met = |index: usize| {
            let mut found = partial.counts.all().iter().flat_map(|counts| counts.found.keys());
            found.any(|(series, _)| *series == index)
        };
        let asked = self.series.iter().enumerate().filter(|_| partial.span().is_some());
        asked.filter(move |(index, _)| !is_met(*index)).map(|(_, series)| series)
    }

    /// The curve of series `index` in a group. Empty where nothing in any group has a date.
    pub(super) fn curve(&self, partial: &SeriesCounts, group: GroupId, index: usize) -> Curve {
        let none = Counts::default();
        let counts = partial.counts.get(group).unwrap_or(&none);
        let Some((first, last)) = partial.span() else {
            return Curve { points: Vec::new(), slope: None, tau: None, p: None };
        };
        let is_sum = self.series.get(index).is_some_and(|series| matches!(series.what, What::Unit(_)));
        let ends = counts.partial_ends(self.length);
        let mut so_far = Found::default();
        let points: Vec<Point> = first
            .to(last)
            .map(|period| {
                let found = counts.found.get(&(index, period)).cloned().unwrap_or_default();
                let size = counts.sizes.get(&period).copied().unwrap_or_default();
                so_far.merge(found.clone());
                Point {
                    period,
                    is_partial: ends.contains(&Some(period)),
                    size,
                    count: found.count,
                    articles: found.articles,
                    cumulative: so_far.count,
                    share: self.share(found.count, size),
                    sum: found.sum.total().filter(|_| is_sum && size.articles > 0),
                    cumulative_sum: so_far.sum.total().filter(|_| is_sum),
                }
            })
            .collect();
        // A period without text says nothing about the series: it is no point of the trend. Nor is one with only some
        // of its text, where a number is not held against how much there is.
        let known: Vec<(f64, f64)> = points
            .iter()
            .filter(|point| point.share.is_some() && (self.keep_partial || !point.is_partial))
            .filter_map(|point| {
                let value = if is_sum { point.sum?.to_f64()? } else { point.share? };
                Some((point.period.steps_since(first), value))
            })
            .collect();
        let values: Vec<f64> = known.iter().map(|point| point.1).collect();
        let kendall = kendall(&values);
        Curve {
            points,
            slope: theil_sen(&known),
            tau: kendall.map(|kendall| kendall.tau),
            p: kendall.map(|kendall| kendall.p),
        }
    }

    fn share(&self, count: u64, size: Size) -> Option<f64> {
        let (whole, per) = match self.segmenter {
            Some(_) => (size.words, 1e6),
            None => (size.chars, 1e4),
        };
        (whole > 0).then(|| count as f64 / whole as f64 * per)
    }
}

impl SeriesCounts {
    fn merge(&mut self, other: Self) {
        let groups = self.groups.merge(other.groups);
        self.counts.merge(&groups, other.counts, Counts::merge);
        self.undated += other.undated;
    }

    /// The first and the last period that has text in any group.
    fn span(&self) -> Option<(Period, Period)> {
        let sizes = || self.counts.all().iter().map(|counts| &counts.sizes);
        let first = sizes().filter_map(|sizes| sizes.keys().next()).min();
        let last = sizes().filter_map(|sizes| sizes.keys().next_back()).max();
        first.copied().zip(last.copied())
    }
}

impl Counts {
    fn merge(&mut self, other: Self) {
        for (key, found) in other.found {
            self.found.entry(key).or_default().merge(found);
        }
        for (period, size) in other.sizes {
            self.sizes.entry(period).or_default().add(size);
        }
        self.days.extend(other.days);
    }
}

/// So many times as long as usual the gap between two days with text has to be at an end of the corpus, for the period
/// there to be a part of one: holidays and a paper that appears once a month make none.
const PARTIAL_GAPS: i64 = 3;

impl Counts {
    /// The first and the last period, each where only a part of it has text: where the text begins later, or ends
    /// earlier, than the days between its issues explain.
    fn partial_ends(&self, length: Length) -> [Option<Period>; 2] {
        let between = |from: Date, to: Date| i64::from((to - from).get_days());
        let mut gaps: Vec<i64> =
            self.days.iter().zip(self.days.iter().skip(1)).map(|(&from, &to)| between(from, to)).collect();
        gaps.sort_unstable();
        let (Some(&first), Some(&last), Some(&usual)) =
            (self.days.first(), self.days.last(), gaps.get(gaps.len() / 2))
        else {
            return [None; 2];
        };
        let is_missing = |gap: i64| gap > PARTIAL_GAPS * usual;
        let (opening, closing) = (length.of(first), length.of(last));
        let begins_late = length.days(opening).is_some_and(|(start, _)| is_missing(between(start, first)));
        let ends_early = length.days(closing).is_some_and(|(_, end)| is_missing(between(last, end)));
        [begins_late.then_some(opening), ends_early.then_some(closing)]
    }
}

impl Size {
    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.chars += other.chars;
        self.words += other.words;
    }
}

/// The sentence of `text` in which `span` stands.
fn sentence_around(text: &str, span: &Range<usize>) -> Range<usize> {
    let before = text.get(..span.start).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| SENTENCE_END.contains(c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let after = text.get(span.end..).unwrap_or_default();
    start..after.find(SENTENCE_END).map_or(text.len(), |end| span.end + end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::query::{Case, Script};
    use crate::page::{Duplicates, Page, Reader};
    use crate::source::{Document, Format, Meta};

    fn page(text: &str, date: Option<&str>) -> Page {
        let date = date.map(|date| date.parse().unwrap());
        let meta = Meta { date, ..Meta::default() };
        let document =
            Document { text: text.into(), format: Format::Jsonl, first_line: 1, meta, ..Document::default() };
        Reader::default().read(document)
    }

    fn trends(terms: &[&str]) -> Trends {
        let term = |term: &&str| Series {
            name: (*term).to_owned(),
            what: What::Term(Query::terms(&[term], Case::Distinct, Script::Distinct).unwrap()),
        };
        Trends { series: terms.iter().map(term).collect(), ..Trends::new(Length::Month) }
    }

    fn added(trends: &Trends, pages: &[Page]) -> SeriesCounts {
        let mut partial = trends.start();
        pages.iter().for_each(|page| trends.add(&mut partial, &Selection::all(page, Duplicates::Skip)));
        partial
    }

    #[test]
    fn a_gap_is_a_row_without_a_share() {
        let trends = trends(&["工会"]);
        let pages = [page("工会工会", Some("2021-01-05")), page("工会一二三四五六", Some("2021-03-01"))];
        let curve = trends.curve(&added(&trends, &pages), GroupId::default(), 0);
        let counts: Vec<_> =
            curve.points.iter().map(|point| (point.count, point.cumulative, point.share)).collect();
        assert_eq!(counts, [(2, 2, Some(5000.0)), (0, 2, None), (1, 3, Some(1250.0))]);
        // From 5000 to 1250 in two steps: the gap counts as time, not as a value.
        assert_eq!(curve.slope, Some(-1875.0));
    }

    #[test]
    fn what_has_no_date_is_counted_as_left_out() {
        let trends = trends(&["工会"]);
        let partial = added(&trends, &[page("工会", None)]);
        assert_eq!(partial.undated, 1);
        assert_eq!(trends.curve(&partial, GroupId::default(), 0).points, []);
    }

    #[test]
    fn a_term_that_never_occurs_is_a_row_of_zeroes_without_a_trend() {
        let trends = trends(&["火车"]);
        let pages = [page("工会", Some("2021-01-05")), page("工会", Some("2021-02-01"))];
        let curve = trends.curve(&added(&trends, &pages), GroupId::default(), 0);
        assert!(curve.points.iter().all(|point| point.count == 0 && point.share == Some(0.0)));
        assert_eq!((curve.slope, curve.tau, curve.p), (Some(0.0), None, None));
    }

    proptest! {
        #[test]
        fn partials_merge_in_any_order(
            pages in prop::collection::vec(("[工会职]{0,9}", 1_u8..13), 0..8),
            cut in 0_usize..8,
        ) {
            let pages: Vec<Page> =
                pages.iter().map(|(text, month)| page(text, Some(&format!("2021-{month:02}-01")))).collect();
            let trends = trends(&["工会", "职"]);
            let (left, right) = pages.split_at(cut.min(pages.len()));
            let mut merged = added(&trends, right);
            merged.merge(added(&trends, left));
            prop_assert_eq!(merged, added(&trends, &pages));
        }
    }
}
