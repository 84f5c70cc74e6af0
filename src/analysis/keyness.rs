//! What sets one part of a corpus, the target, apart from another, the reference.
//!
//! ```
//! use zjgr::analysis::counted;
//! use zjgr::analysis::keyness::{Comparison, Condition, Keyness};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//! use zjgr::term::{Segmenter, SegmenterOptions};
//!
//! let target = vec![Condition::Headline("比赛".parse()?)];
//! let keyness = Keyness::new(Comparison::new(target, Vec::new()), Segmenter::new(SegmenterOptions::default()));
//! let pages = ["职工参加比赛\n　　昨天，比赛开始，比赛很热闹。", "大楼盖好了\n　　昨天，大楼盖好了。"];
//! let pages = pages.map(|text| Reader::default().read(zjgr::Document::of(text)));
//! let table = counted(&keyness, &pages, Format::CSV)?;
//! assert!(table.contains("比赛"), "{table}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::partial::{Portable, decode, encode};
use super::scope::Scope;
use super::shown::ShownWords;
use super::{Analysis, Tabulate};
use crate::Result;
use crate::measure::dispersion::{Parts, Share, Spread};
use crate::measure::keyness::{Direction, Frequencies};
use crate::measure::permutation::permutation_p;
use crate::measure::significance::benjamini_hochberg;
use crate::page::Selection;
use crate::table::{Cell, Column, Columns, Row, Table};
use crate::term::{Class, Segmenter, TermId, Vocabulary};

/// The columns of the table.
static COLUMNS: &[Column<KeyRow>] = &[
    Column::text(
        "key",
        "positive where the target has it more often, negative where the reference has, or neither",
        |row| row.key.frequencies.direction().name().into(),
    ),
    Column::integer("rank", "Its place among the rows of its kind", |row| row.rank.into()),
    Column::text("term", "The word", |row| (&row.key.term).into()),
    Column::text("pos", "Its part of speech, in jieba's tag set", |row| (&row.key.pos).into()),
    Column::integer("target_count", "How often it occurs in the target", |row| {
        row.key.frequencies.target.into()
    }),
    Column::integer("reference_count", "How often it occurs in the reference", |row| {
        row.key.frequencies.reference.into()
    }),
    Column::<KeyRow>::decimal("target_per_million", "How often in the target", |row| {
        let f = &row.key.frequencies;
        Cell::measure(per_million(f.target, f.target_size))
    })
    .in_unit("per million words"),
    Column::<KeyRow>::decimal("reference_per_million", "How often in the reference", |row| {
        let f = &row.key.frequencies;
        Cell::measure(per_million(f.reference, f.reference_size))
    })
    .in_unit("per million words"),
    Column::decimal("ll", "Log-likelihood over two cells (Rayson & Garside 2000)", |row| {
        Cell::measure(row.key.frequencies.log_likelihood())
    }),
    Column::decimal("g2", "Log-likelihood over four cells (Dunning 1993)", |row| {
        Cell::measure(row.key.frequencies.table().g2())
    }),
    Column::decimal("chi_squared", "Chi-squared with the correction of Yates", |row| {
        Cell::measure(row.key.frequencies.table().chi_squared_yates())
    }),
    Column::<KeyRow>::decimal("log_ratio", "The log ratio (Hardie 2014)", |row| {
        Cell::measure(row.key.frequencies.log_ratio())
    })
    .in_unit("bits"),
    Column::<KeyRow>::decimal(
        "percent_diff",
        "The difference in percent (Gabrielatos & Marchi 2011)",
        |row| Cell::measure(row.key.frequencies.percent_difference()),
    )
    .in_unit("percent"),
    Column::decimal(
        "simple_maths",
        "The ratio of both frequencies with a number added (Kilgarriff 2009)",
        |row| Cell::measure(row.key.frequencies.simple_maths(row.simple_maths_add)),
    ),
    Column::decimal("bic", "The Bayes factor (Wilson 2013)", |row| {
        Cell::measure(row.key.frequencies.bayes_factor())
    }),
    Column::decimal(
        "p",
        "How likely articles dealt out by chance are as uneven (Lijffijt et al. 2016)",
        |row| Cell::measure(Some(row.key.p)),
    ),
    Column::decimal(
        "p_adjusted",
        "The same, corrected for the number of terms (Benjamini & Hochberg 1995)",
        |row| Cell::measure(Some(row.key.p_adjusted)),
    ),
    Column::integer("target_articles", "In how many articles of the target", |row| {
        row.key.articles[0].into()
    }),
    Column::integer("reference_articles", "In how many articles of the reference", |row| {
        row.key.articles[1].into()
    }),
    Column::decimal("target_dispersion", "DPnorm over the articles of the target", |row| {
        Cell::measure(row.key.dispersion[0])
    }),
    Column::decimal("reference_dispersion", "DPnorm over the articles of the reference", |row| {
        Cell::measure(row.key.dispersion[1])
    }),
    Column::text("only_in", "target or reference, where the other does not have it", |row| {
        row.key.only_in().into()
    }),
];

/// What a row is about.
#[derive(Debug)]
struct KeyRow<'p> {
    /// Its place among the keys of its direction, from 1.
    rank: usize,
    key: &'p Key,
    simple_maths_add: f64,
}

impl Row for KeyRow<'static> {
    type At<'p> = KeyRow<'p>;
}

fn per_million(count: u64, size: u64) -> Option<f64> {
    (size > 0).then(|| count as f64 / size as f64 * 1e6)
}

/// One thing that an article must be to belong to a part.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Condition {
    /// Published on this day or later.
    Since(Date),
    /// Published on this day or earlier.
    Until(Date),
    /// In this newspaper.
    Newspaper(String),
    /// Under a column label that matches.
    Column(Regex),
    /// With a headline, kicker or subhead that matches.
    Headline(Regex),
    /// In this file, or below this folder.
    Path(PathBuf),
}

/// What is compared with what.
#[derive(Debug)]
#[non_exhaustive]
pub struct Comparison {
    /// An article that meets all of these belongs to the target.
    pub target: Vec<Condition>,
    /// An article that meets all of these belongs to the reference; where there are none, whatever is not in the
    /// target does.
    pub reference: Vec<Condition>,
    /// Which parts of an article are counted.
    pub scope: Scope,
}

impl Comparison {
    /// Compares the articles that meet all of `target` with those that meet all of `reference`, or where there are none
    /// with all others; all parts count.
    pub fn new(target: Vec<Condition>, reference: Vec<Condition>) -> Self {
        Self { target, reference, scope: Scope::default() }
    }
}

/// A comparison, and what is shown of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Keyness {
    /// What is compared.
    pub comparison: Comparison,
    /// What cuts the text.
    pub segmenter: Segmenter,
    /// Which words are shown.
    pub shown: ShownWords,
    /// How much there must be of a term.
    pub least: Least,
    /// Which number puts the rows in order.
    pub measure: Measure,
    /// What simple maths adds to both frequencies per million.
    pub simple_maths_add: f64,
    /// Only keys of this direction.
    pub only: Option<Direction>,
    /// No more than so many of either direction.
    pub top: Option<usize>,
}

impl Keyness {
    /// Compares every word that `segmenter` cuts, by log-likelihood.
    pub fn new(comparison: Comparison, segmenter: Segmenter) -> Self {
        Self {
            comparison,
            segmenter,
            shown: ShownWords::default(),
            least: Least { count: 1, articles: 1 },
            measure: Measure::default(),
            simple_maths_add: 1.0,
            only: None,
            top: None,
        }
    }
}

/// What was counted in some of the pages. Partials add up in any order.
#[derive(Debug, Default)]
pub struct WordCounts {
    vocabulary: Vocabulary,
    /// For each term of the vocabulary what was counted in target and reference.
    terms: Vec<[Tally; 2]>,
    parts: [Parts; 2],
    /// How many articles belong to both; they count in both.
    pub in_both: u64,
    /// Of one article, for each term: how often it was found there. All 0 between articles.
    counts: Vec<u32>,
}

/// What was counted of one term in one part of the corpus.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Tally {
    count: u64,
    /// For each article that has it: how often, and how many words the article has. Half as wide as a [`Share`],
    /// since there is one for every word of every article.
    articles: Vec<(u32, u32)>,
}

/// How much there must be of a term, target and reference taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// Occurrences.
    pub count: u64,
    /// Articles that have it.
    pub articles: u64,
}

/// Target and reference, as indices.
const SIDES: [usize; 2] = [0, 1];

/// A term with everything that is known of it.
#[derive(Debug, Clone)]
struct Key {
    /// The term.
    term: String,
    /// Its part of speech.
    pos: String,
    /// How often it occurs in either part, and how many words these have.
    frequencies: Frequencies,
    /// In how many articles of target and reference.
    articles: [u64; 2],
    /// DPnorm over the articles of target and reference.
    dispersion: [Option<f64>; 2],
    /// How likely it is that articles dealt out by chance are as uneven ([`permutation_p`]).
    p: f64,
    /// The same, corrected for the number of terms that were tested (Benjamini & Hochberg).
    p_adjusted: f64,
}

/// Which number puts the rows in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Measure {
    /// Log-likelihood over two cells.
    #[default]
    #[cfg_attr(feature = "cli", value(name = "ll"))]
    LogLikelihood,
    /// Log-likelihood over four cells.
    G2,
    /// Chi-squared with the correction of Yates.
    ChiSquared,
    /// How many times as common it is, as a binary logarithm.
    LogRatio,
    /// By how many percent it is commoner.
    PercentDiff,
    /// The ratio of the frequencies per million, something added to both.
    SimpleMaths,
    /// The Bayes factor.
    Bic,
}

impl Comparison {
    /// Which of target and reference article `index` belongs to.
    fn sides(&self, selection: &Selection<'_>, index: usize) -> [bool; 2] {
        let meets = |conditions: &[Condition]| conditions.iter().all(|c| c.is_met(selection, index));
        let target = meets(&self.target);
        [target, if self.reference.is_empty() { !target } else { meets(&self.reference) }]
    }
}

impl Analysis for Keyness {
    const NAME: &'static str = "keyness";
    const ASKS_WHO: bool = false;
    type Partial = WordCounts;

    fn start(&self) -> WordCounts {
        WordCounts::default()
    }

    fn add(&self, partial: &mut WordCounts, selection: &Selection<'_>) {
        let comparison = &self.comparison;
        for (index, _) in selection.articles() {
            let sides = comparison.sides(selection, index);
            if sides == [false, false] {
                continue;
            }
            partial.in_both += u64::from(sides == [true, true]);
            let page = selection.page();
            let texts = comparison.scope.parts(selection, index).map(|(at, _)| page.part_text(at));
            partial.add_article(&self.segmenter, texts, sides);
        }
    }

    fn merge(&self, partial: &mut WordCounts, other: WordCounts) {
        partial.merge(other);
    }

    fn basis(&self, partial: &WordCounts) -> Basis {
        let [target, reference] = &partial.parts;
        Basis::default()
            .total("target_words", target.size)
            .total("target_articles", target.number)
            .total("reference_words", reference.size)
            .total("reference_articles", reference.number)
            .total("articles_in_both", partial.in_both)
            .list("words", &self.segmenter.cutting())
            .list("stop_words", &self.shown.stopwords.print())
    }
}

impl Portable for Keyness {
    fn pack(&self, partial: &mut WordCounts) -> Result<Vec<u8>> {
        let words = partial.vocabulary.sorted();
        partial.terms.iter_mut().flatten().for_each(|tally| tally.articles.sort_unstable());
        let terms: Vec<_> = words.order().iter().filter_map(|id| partial.terms.get(id.index())).collect();
        encode(&(&words, terms, partial.parts, partial.in_both))
    }

    fn unpack(&self, bytes: &[u8]) -> Result<WordCounts> {
        let (vocabulary, terms, parts, in_both) = decode(bytes)?;
        Ok(WordCounts { vocabulary, terms, parts, in_both, counts: Vec::new() })
    }
}

/// Positive keys, then negative ones, each from the strongest.
impl Tabulate for Keyness {
    fn columns(&self, _partial: &WordCounts) -> Columns {
        COLUMNS.into()
    }

    fn rows(&self, partial: &mut WordCounts, table: &mut Table) -> Result<()> {
        let Self { segmenter, shown, simple_maths_add, .. } = self;
        let mut keys = partial.keys(segmenter, self.least, |word, pos| shown.has(segmenter, word, pos));
        sort(&mut keys, self.measure, *simple_maths_add);
        for group in keys.chunk_by(|a, b| a.frequencies.direction() == b.frequencies.direction()) {
            let direction = group.first().map(|key| key.frequencies.direction());
            if self.only.is_some() && direction != self.only {
                continue;
            }
            for (key, rank) in group.iter().zip(1..).take(self.top.unwrap_or(usize::MAX)) {
                table.push(COLUMNS, &KeyRow { rank, key, simple_maths_add: *simple_maths_add })?;
            }
        }
        Ok(())
    }
}

impl Condition {
    fn is_met(&self, selection: &Selection<'_>, index: usize) -> bool {
        let page = selection.page();
        let article = page.articles.get(index);
        let matches = |pattern: &Regex, part: Option<usize>| {
            part.is_some_and(|at| pattern.is_match(page.part_text(at)))
        };
        match self {
            Self::Since(day) => page.date_of(index).is_some_and(|date| date >= *day),
            Self::Until(day) => page.date_of(index).is_some_and(|date| date <= *day),
            Self::Newspaper(name) => page.newspaper_of(index) == Some(name),
            Self::Column(pattern) => article.is_some_and(|article| matches(pattern, article.column)),
            Self::Headline(pattern) => {
                page.headline(index).is_some_and(|headline| pattern.is_match(headline))
                    || article.is_some_and(|a| matches(pattern, a.kicker) || matches(pattern, a.subhead))
            }
            Self::Path(path) => plain(Path::new(&*page.file)).starts_with(plain(path)),
        }
    }
}

/// `path` without the steps that lead nowhere.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|step| *step != Component::CurDir).collect()
}

impl WordCounts {
    fn add_article<'t>(
        &mut self,
        segmenter: &Segmenter,
        texts: impl Iterator<Item = &'t str>,
        sides: [bool; 2],
    ) {
        let mut size = 0_u32;
        let mut found: Vec<TermId> = Vec::new();
        for text in texts {
            let text = segmenter.folded(text);
            segmenter.cut(&text, |token| {
                if Class::of(token.text) == Class::Punctuation {
                    return;
                }
                size += 1;
                let id = self.vocabulary.token(token);
                if self.counts.len() < self.vocabulary.len() {
                    self.counts.resize(self.vocabulary.len(), 0);
                    self.terms.resize_with(self.vocabulary.len(), Default::default);
                }
                if let Some(count) = self.counts.get_mut(id.index()) {
                    if *count == 0 {
                        found.push(id);
                    }
                    *count += 1;
                }
            });
        }
        for side in SIDES.into_iter().filter(|&side| sides[side]) {
            self.parts[side].add(size.into());
        }
        for id in found {
            let count = std::mem::take(&mut self.counts[id.index()]);
            for side in SIDES.into_iter().filter(|&side| sides[side]) {
                let tally = &mut self.terms[id.index()][side];
                tally.count += u64::from(count);
                tally.articles.push((count, size));
            }
        }
    }

    fn merge(&mut self, other: Self) {
        let numbers = self.vocabulary.merge(&other.vocabulary);
        self.terms.resize_with(self.vocabulary.len(), Default::default);
        for (id, sides) in numbers.into_iter().zip(other.terms) {
            for (here, there) in self.terms[id.index()].iter_mut().zip(sides) {
                here.count += there.count;
                here.articles.extend(there.articles);
            }
        }
        for (here, there) in self.parts.iter_mut().zip(other.parts) {
            here.merge(there);
        }
        self.in_both += other.in_both;
    }

    /// How many words target and reference have.
    pub fn sizes(&self) -> [u64; 2] {
        self.parts.map(|parts| parts.size)
    }

    /// The terms that `least` lets pass and for which `wanted` is true, by code point. The probabilities are corrected
    /// for the number of these.
    fn keys(&self, segmenter: &Segmenter, least: Least, wanted: impl Fn(&str, &str) -> bool) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for id in self.vocabulary.ids() {
            let Some([target, reference]) = self.terms.get(id.index()) else { continue };
            if !least.is_reached(target, reference) {
                continue;
            }
            let term = self.vocabulary.word_text(id);
            let pos = segmenter.tag(term).into_owned();
            if !wanted(term, &pos) {
                continue;
            }
            let frequencies = Frequencies {
                target: target.count,
                target_size: self.parts[0].size,
                reference: reference.count,
                reference_size: self.parts[1].size,
            };
            let shares = [target, reference].map(Tally::shares);
            let [target_parts, reference_parts] = &self.parts;
            let p = permutation_p([target_parts, reference_parts], [&shares[0], &shares[1]]).unwrap_or(1.0);
            let spread = |side: usize| Spread::new(self.parts[side], &shares[side]).dp_norm();
            keys.push(Key {
                term: term.to_owned(),
                pos,
                frequencies,
                articles: [target, reference].map(|tally| tally.articles.len() as u64),
                dispersion: SIDES.map(spread),
                p,
                p_adjusted: p,
            });
        }
        // In a fixed order before anything is worked out over all of them.
        keys.sort_unstable_by(|a, b| a.term.cmp(&b.term));
        let probabilities: Vec<f64> = keys.iter().map(|key| key.p).collect();
        for (key, p) in keys.iter_mut().zip(benjamini_hochberg(&probabilities)) {
            key.p_adjusted = p;
        }
        keys
    }
}

impl Tally {
    /// The articles that have the term, in an order that does not depend on that in which pages were read: it must not
    /// show in the last digit of a sum.
    fn shares(&self) -> Vec<Share> {
        let mut articles = self.articles.clone();
        articles.sort_unstable();
        let shares =
            articles.into_iter().map(|(count, size)| Share { count: count.into(), size: size.into() });
        shares.collect()
    }
}

impl Least {
    fn is_reached(self, target: &Tally, reference: &Tally) -> bool {
        let articles = (target.articles.len() + reference.articles.len()) as u64;
        target.count + reference.count >= self.count.max(1) && articles >= self.articles
    }
}

/// Puts keys in order: positive ones first, then negative ones, each from the strongest; what is as common in both
/// parts comes last.
fn sort(keys: &mut [Key], by: Measure, simple_maths_add: f64) {
    let strength = |key: &Key| key.strength(by, simple_maths_add);
    keys.sort_by(|a, b| {
        let direction = a.frequencies.direction().cmp(&b.frequencies.direction());
        direction.then_with(|| strength(b).total_cmp(&strength(a))).then_with(|| a.term.cmp(&b.term))
    });
}

impl Key {
    /// How far the term stands out, in its own direction: larger is stronger.
    fn strength(&self, by: Measure, simple_maths_add: f64) -> f64 {
        let f = &self.frequencies;
        let turned = if f.direction() == Direction::Negative { -1.0 } else { 1.0 };
        let value = match by {
            Measure::LogLikelihood => f.log_likelihood(),
            Measure::G2 => f.table().g2(),
            Measure::ChiSquared => f.table().chi_squared_yates(),
            Measure::Bic => f.bayes_factor(),
            Measure::LogRatio => f.log_ratio().map(|value| value * turned),
            // What only the target has is further above it than any percentage can say.
            Measure::PercentDiff => {
                Some(f.percent_difference().map_or(f64::INFINITY, |value| value * turned))
            }
            Measure::SimpleMaths => f.simple_maths(simple_maths_add).map(|value| value * turned),
        };
        value.unwrap_or(f64::NEG_INFINITY)
    }

    /// Which part alone has it.
    fn only_in(&self) -> Option<&'static str> {
        match (self.frequencies.target, self.frequencies.reference) {
            (_, 0) => Some("target"),
            (0, _) => Some("reference"),
            _ => None,
        }
    }
}
