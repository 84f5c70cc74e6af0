//! Which words and n-grams of a corpus rise or fall most over time: the question to ask before one knows what to
//! follow, as *Trends* in Sketch Engine answers it (Herman, O. & Kovář, V. (2013): Methods for detection of word usage
//! over time. *RASLAN 2013*, 79–85).

use rustc_hash::FxHashSet;

use super::group::{By, GroupId};
use super::period::{Length, Period};
use super::stats::TermCounts;
use super::tally::Tally;
use crate::measure::significance::benjamini_hochberg;
use crate::measure::trend::{kendall, theil_sen};
use crate::table::{Cell, Column, Row};
use crate::term::Segmenter;

/// The columns of the table.
pub static COLUMNS: &[Column<RisingRow>] = &[
    Column::text("direction", "rising or falling", |row| row.term.direction().name().into()),
    Column::integer("rank", "Its place among those of its direction", |row| row.rank.into()),
    Column::text("term", "The word; the words of an n-gram have blanks between them", |row| {
        (&row.term.text).into()
    }),
    Column::text("pos", "Its part of speech, in jieba's tag set", |row| (&row.term.pos).into()),
    Column::integer("count", "How often it occurs", |row| row.term.tally.count.into()),
    Column::integer("articles", "In how many articles", |row| row.term.tally.articles.into()),
    Column::<RisingRow>::decimal(
        "slope",
        "By how much its share rises with each period (Theil 1950, Sen 1968)",
        |row| Cell::measure(row.term.slope),
    )
    .in_unit("per million words and period"),
    Column::decimal("tau", "Kendall's tau-b of its share with time", |row| Cell::measure(Some(row.term.tau))),
    Column::decimal("p", "How likely so strong a tau is by chance (Mann 1945)", |row| {
        Cell::measure(Some(row.term.p))
    }),
    Column::decimal(
        "p_adjusted",
        "The same, corrected for the number of terms (Benjamini & Hochberg 1995)",
        |row| Cell::measure(Some(row.term.p_adjusted)),
    ),
    Column::date("first_date", "When it was first printed", |row| row.term.tally.first.into()),
    Column::date("last_date", "When it was last printed", |row| row.term.tally.last.into()),
];

/// A row: a term with its place.
#[derive(Debug)]
#[non_exhaustive]
pub struct RisingRow<'p> {
    /// Its place among those of its direction, from 1.
    pub rank: usize,
    /// The term.
    pub term: &'p Rising,
}

impl Row for RisingRow<'static> {
    type At<'p> = RisingRow<'p>;
}

/// Whether a term becomes commoner or rarer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Commoner.
    Rising,
    /// Rarer.
    Falling,
}

impl Direction {
    /// The name that tables show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
        }
    }
}

/// A term and how it develops.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rising {
    /// The term, blanks between the words of an n-gram.
    pub text: String,
    /// Its part of speech, those of an n-gram with blanks between them.
    pub pos: String,
    /// What was counted of it in all periods.
    pub(super) tally: Tally,
    /// The slope after Theil and Sen of its share per million words, by period.
    pub slope: Option<f64>,
    /// Kendall's tau-b of its share with time; never 0.
    pub tau: f64,
    /// How likely so strong a tau is by chance.
    pub p: f64,
    /// The same, corrected for the number of terms that were tested.
    pub p_adjusted: f64,
}

impl Rising {
    /// Where it goes.
    pub fn direction(&self) -> Direction {
        if self.tau > 0.0 { Direction::Rising } else { Direction::Falling }
    }
}

/// The rows of a table of `terms`, which come as [`rising`] gives them: of either direction the first `top` whose trend is
/// as likely by chance as `max_p` or less, ranked from 1.
pub fn ranked(terms: &[Rising], max_p: f64, top: Option<usize>) -> impl Iterator<Item = RisingRow<'_>> {
    terms.chunk_by(|a, b| a.direction() == b.direction()).flat_map(move |group| {
        let sure = group.iter().filter(move |term| term.p_adjusted <= max_p);
        sure.zip(1..).take(top.unwrap_or(usize::MAX)).map(|(term, rank)| RisingRow { rank, term })
    })
}

/// Which terms are tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tested {
    /// Only those that so many articles have.
    pub min_articles: u32,
    /// How long a period is: what the partial was counted apart by.
    pub length: Length,
}

impl Tested {
    /// What so many articles have is tested, unless said otherwise.
    pub const MIN_ARTICLES: u32 = 10;
    /// A trend counts that is as likely by chance as this or less, unless said otherwise.
    pub const MAX_P: f64 = 0.05;
}

impl Length {
    /// What counts apart by periods of this length.
    pub fn by(self) -> By {
        match self {
            Self::Day => By::Date,
            Self::Month => By::Month,
            Self::Quarter => By::Quarter,
            Self::Year => By::Year,
        }
    }
}

/// The terms of `partial`, which was counted [`Length::by`] periods, that `tested` and `wanted` let pass and that rise
/// or fall at all: the rising ones first, the steepest of either kind first. A period without text is no point of
/// a trend; one that has text but not the term is a share of 0.
///
/// ```
/// use zjgr::analysis::Analysis;
/// use zjgr::analysis::period::Length;
/// use zjgr::analysis::rising::{Direction, Tested, rising};
/// use zjgr::analysis::stats::Stats;
/// use zjgr::page::{Duplicates, Reader, Selection};
/// use zjgr::term::{Segmenter, SegmenterOptions};
///
/// let mut stats = Stats::new(Segmenter::new(SegmenterOptions::default()));
/// stats.by = Some(Length::Year.by());
/// let mut counted = stats.start();
/// for (year, text) in [(2019, "大楼大楼比赛"), (2020, "大楼比赛"), (2021, "比赛比赛大楼"), (2022, "比赛比赛比赛大楼")] {
///     let page = Reader::default().read(zjgr::Document::of(format!("{year}年3月2日\n\n{text}。")));
///     stats.add(&mut counted, &Selection::all(&page, Duplicates::Skip));
/// }
/// let tested = Tested { min_articles: 1, length: Length::Year };
/// let terms = rising(&counted, &stats.segmenter, tested, |_, _| true);
/// let direction = |text: &str| terms.iter().find(|term| term.text == text).map(|term| term.direction());
/// assert_eq!((direction("比赛"), direction("大楼")), (Some(Direction::Rising), Some(Direction::Falling)));
/// ```
pub fn rising(
    partial: &TermCounts,
    segmenter: &Segmenter,
    tested: Tested,
    wanted: impl Fn(&str, &str) -> bool,
) -> Vec<Rising> {
    let periods = periods(partial, tested.length);
    // What has no date belongs to no period.
    let is_dated: FxHashSet<GroupId> = periods.iter().map(|dated| dated.group).collect();
    let mut found = Vec::new();
    for (id, tallies) in partial.by_term() {
        let dated: Vec<_> = tallies.into_iter().filter(|(group, _)| is_dated.contains(group)).collect();
        let mut whole = Tally::default();
        dated.iter().for_each(|(_, tally)| whole.merge(tally));
        if whole.articles < tested.min_articles.max(1) {
            continue;
        }
        let words = partial.terms().words_of(id);
        let tags = words.iter().map(|&word| segmenter.tag(partial.terms().word_text(word)));
        let pos = tags.collect::<Vec<_>>().join(" ");
        let is_wanted = words.iter().zip(pos.split(' '));
        if !is_wanted.into_iter().all(|(&word, pos)| wanted(partial.terms().word_text(word), pos)) {
            continue;
        }
        found.extend(develops(&periods, &dated).map(|(slope, tau, p)| Rising {
            text: partial.terms().text(id),
            pos,
            tally: whole,
            slope,
            tau,
            p,
            p_adjusted: p,
        }));
    }
    // In a fixed order before anything is worked out over all of them.
    found.sort_unstable_by(|a, b| a.text.cmp(&b.text));
    let probabilities: Vec<f64> = found.iter().map(|term| term.p).collect();
    for (term, p) in found.iter_mut().zip(benjamini_hochberg(&probabilities)) {
        term.p_adjusted = p;
    }
    found.retain(|term| term.tau != 0.0);
    let steepness = |term: &Rising| (term.slope.unwrap_or_default().abs(), term.tau.abs());
    found.sort_by(|a, b| {
        let ((a_slope, a_tau), (b_slope, b_tau)) = (steepness(a), steepness(b));
        let steepest = b_slope.total_cmp(&a_slope).then(b_tau.total_cmp(&a_tau));
        a.direction().cmp(&b.direction()).then(steepest)
    });
    found
}

/// A period that has text.
struct Dated {
    group: GroupId,
    period: Period,
    words: f64,
}

fn periods(partial: &TermCounts, length: Length) -> Vec<Dated> {
    let dated = partial.sizes().filter(|(_, _, parts)| parts.size > 0).filter_map(|(group, key, parts)| {
        let period = length.parse(&key.label())?;
        Some(Dated { group, period, words: parts.size as f64 })
    });
    dated.collect()
}

/// Slope, tau and its probability of a term with these tallies; none where every period has the same share.
fn develops(periods: &[Dated], tallies: &[(GroupId, &Tally)]) -> Option<(Option<f64>, f64, f64)> {
    let first = periods.first()?.period;
    let count_in = |group: GroupId| {
        let own = tallies.binary_search_by_key(&group, |(group, _)| *group).ok();
        own.and_then(|at| tallies.get(at)).map_or(0, |(_, tally)| tally.count)
    };
    let points: Vec<(f64, f64)> = periods
        .iter()
        .map(|dated| (dated.period.steps_since(first), count_in(dated.group) as f64 / dated.words * 1e6))
        .collect();
    let shares: Vec<f64> = points.iter().map(|point| point.1).collect();
    let kendall = kendall(&shares)?;
    Some((theil_sen(&points), kendall.tau, kendall.p))
}
