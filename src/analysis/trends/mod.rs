//! How often something is found, period after period, and whether it rises or falls.

mod rows;

use std::collections::BTreeMap;

use crate::analysis::finder::Finder;
use crate::analysis::period::{Length, Period};
use crate::analysis::scope::Scope;
use crate::analysis::words::Words;
use crate::measure::trend::{kendall, theil_sen};
use crate::page::{Selection, characters};
use crate::slogan::{SloganFinder, SloganId};
use crate::term::Segmenter;

/// What is followed over time.
#[derive(Debug)]
pub struct Trends {
    /// The series, in the order in which they are shown.
    pub series: Vec<Series>,
    /// How long a period is.
    pub length: Length,
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// Cuts words, where terms count as whole words only; else they are found on text.
    pub segmenter: Option<Segmenter>,
    /// Finds the slogans that are series of their own.
    pub slogans: Option<SloganFinder>,
    /// Finds the slogans of families that are series.
    pub families: Option<SloganFinder>,
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
pub enum What {
    /// The places where a term stands.
    Term(Finder),
    /// The mentions of a slogan of [`Trends::slogans`].
    Slogan(SloganId),
    /// The mentions of all slogans of [`Trends::families`] that are of the family of this name.
    Family(String),
}

impl What {
    /// The name that tables show.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Term(_) => "term",
            Self::Slogan(_) => "slogan",
            Self::Family(_) => "family",
        }
    }
}

/// What was found in some of the pages. Partials add up in any order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Partial {
    found: BTreeMap<(usize, Period), Found>,
    sizes: BTreeMap<Period, Size>,
    /// How many articles were left out since nothing says when they were published.
    pub undated: u64,
}

/// What was found of one series in one period.
#[derive(Debug, Clone, Default, PartialEq)]
struct Found {
    count: u64,
    articles: u64,
}

/// How much text there is in one period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Articles.
    pub articles: u64,
    /// Characters, headlines included.
    pub chars: u64,
    /// Words; 0 where none were cut.
    pub words: u64,
}

/// A series with a point for every period.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// One point for each period from the first to the last that has text, gaps included.
    pub points: Vec<Point>,
    /// The slope after Theil and Sen: by how much the share rises with each period.
    pub slope: Option<f64>,
    /// Kendall's tau-b of the share with time.
    pub tau: Option<f64>,
    /// How likely so strong a tau is by chance.
    pub p: Option<f64>,
}

/// One series in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The period.
    pub period: Period,
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
}

/// Which number of a point is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Value {
    /// [`Point::share`].
    #[default]
    Share,
    /// [`Point::count`].
    Count,
    /// [`Point::articles`].
    Articles,
    /// [`Point::cumulative`].
    Cumulative,
}

impl Trends {
    /// Adds a page.
    pub fn add(&self, partial: &mut Partial, selection: &Selection<'_>) {
        let page = selection.page();
        let Some(date) = page.date() else {
            partial.undated += selection.articles().count() as u64;
            return;
        };
        let period = self.length.of(date);
        let mut size = Size::default();
        let mut counts = vec![0_u64; self.series.len()];
        for (index, _) in selection.articles() {
            size.articles += 1;
            for (at, _) in self.scope.parts(selection, index) {
                let text = page.part_text(at);
                let words = self.segmenter.as_ref().map(|segmenter| Words::cut(segmenter, text));
                size.chars += characters(text) as u64;
                size.words += words.as_ref().map_or(0, Words::len) as u64;
                self.count(text, words.as_ref(), &mut counts);
            }
            for (series, count) in counts.iter_mut().enumerate().filter(|(_, count)| **count > 0) {
                let found = partial.found.entry((series, period)).or_default();
                found.count += std::mem::take(count);
                found.articles += 1;
            }
        }
        partial.sizes.entry(period).or_default().add(size);
    }

    /// Adds to `counts`, which has a number for each series, how often each is found in `text`; a term, where `words`
    /// are given, as whole words.
    fn count(&self, text: &str, words: Option<&Words>, counts: &mut [u64]) {
        for (series, count) in self.series.iter().zip(counts.iter_mut()) {
            if let What::Term(finder) = &series.what {
                let hits =
                    finder.find(text).filter(|range| words.is_none_or(|words| words.holds_whole(range)));
                *count += hits.count() as u64;
            }
        }
        let mut add = |is_meant: &dyn Fn(&What) -> bool| {
            let meant =
                self.series.iter().zip(counts.iter_mut()).filter(|(series, _)| is_meant(&series.what));
            meant.for_each(|(_, count)| *count += 1);
        };
        if let Some(finder) = &self.slogans {
            finder.find(text, |mention| {
                add(&|what| matches!(what, What::Slogan(slogan) if *slogan == mention.slogan));
            });
        }
        if let Some(finder) = &self.families {
            finder.find(text, |mention| {
                let family = finder.slogan(mention.slogan).map(|slogan| slogan.family());
                add(&|what| matches!(what, What::Family(name) if family == Some(name)));
            });
        }
    }

    /// The curve of series `index`. Empty where nothing has a date.
    pub fn curve(&self, partial: &Partial, index: usize) -> Curve {
        let periods = partial.sizes.keys().next().zip(partial.sizes.keys().next_back());
        let Some((&first, &last)) = periods else {
            return Curve { points: Vec::new(), slope: None, tau: None, p: None };
        };
        let mut cumulative = 0;
        let points: Vec<Point> = first
            .to(last)
            .map(|period| {
                let found = partial.found.get(&(index, period)).cloned().unwrap_or_default();
                let size = partial.sizes.get(&period).copied().unwrap_or_default();
                cumulative += found.count;
                let share = self.share(found.count, size);
                Point { period, size, count: found.count, articles: found.articles, cumulative, share }
            })
            .collect();
        // A period without text says nothing about the series: it is no point of the trend.
        let known: Vec<(f64, f64)> =
            points.iter().filter_map(|point| Some((point.period.steps_since(first), point.share?))).collect();
        let shares: Vec<f64> = known.iter().map(|point| point.1).collect();
        let kendall = kendall(&shares);
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

impl Partial {
    /// Adds what was found in other pages.
    pub fn merge(&mut self, other: Self) {
        for (key, found) in other.found {
            let here = self.found.entry(key).or_default();
            here.count += found.count;
            here.articles += found.articles;
        }
        for (period, size) in other.sizes {
            self.sizes.entry(period).or_default().add(size);
        }
        self.undated += other.undated;
    }
}

impl Size {
    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.chars += other.chars;
        self.words += other.words;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::finder::Case;
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
            what: What::Term(Finder::terms(&[term], Case::Distinct).unwrap()),
        };
        Trends {
            series: terms.iter().map(term).collect(),
            length: Length::Month,
            scope: Scope::default(),
            segmenter: None,
            slogans: None,
            families: None,
        }
    }

    fn added(trends: &Trends, pages: &[Page]) -> Partial {
        let mut partial = Partial::default();
        pages.iter().for_each(|page| trends.add(&mut partial, &Selection::all(page, Duplicates::Skip)));
        partial
    }

    #[test]
    fn a_gap_is_a_row_without_a_share() {
        let trends = trends(&["工会"]);
        let pages = [page("工会工会", Some("2021-01-05")), page("工会一二三四五六", Some("2021-03-01"))];
        let curve = trends.curve(&added(&trends, &pages), 0);
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
        assert_eq!(trends.curve(&partial, 0).points, []);
    }

    #[test]
    fn a_term_that_never_occurs_is_a_row_of_zeroes_without_a_trend() {
        let trends = trends(&["火车"]);
        let pages = [page("工会", Some("2021-01-05")), page("工会", Some("2021-02-01"))];
        let curve = trends.curve(&added(&trends, &pages), 0);
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
