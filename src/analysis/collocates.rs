//! Which words keep company with a term.
//!
//! ```
//! use zjgr::analysis::collocates::Collocates;
//! use zjgr::analysis::counted;
//! use zjgr::analysis::query::{Case, Query, Script};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//! use zjgr::term::{Segmenter, SegmenterOptions};
//!
//! let node = Query::terms(&["职工"], Case::Distinct, Script::Distinct)?;
//! let mut collocates = Collocates::new(node, Segmenter::new(SegmenterOptions::default()));
//! collocates.min_count = 1;
//! let page = Reader::default().read(zjgr::Document::of("职工参加比赛。职工参加培训。"));
//! let table = counted(&collocates, &[page], Format::CSV)?;
//! assert!(table.contains("参加"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::partial::{Portable, decode, encode};
use super::query::Query;
use super::scope::Scope;
use super::shown::ShownWords;
use super::word_places::WordPlaces;
use super::{Analysis, Tabulate};
use crate::Result;
use crate::measure::association::Pair;
use crate::page::Selection;
use crate::table::{Cell, Column, Columns, Row, Table};
use crate::term::{Segmenter, TermId, Vocabulary};

static COLUMNS: &[Column<CollocateRow>] = &[
    Column::integer("rank", "Its place in this table", |row| row.rank.into()),
    Column::text("collocate", "The word", |row| (&row.collocate.word).into()),
    Column::text("pos", "Its part of speech, in jieba's tag set", |row| (&row.collocate.pos).into()),
    Column::integer("count", "How often it stands near the node", |row| row.pair().together.into()),
    Column::decimal("expected", "How often it would by chance (Evert 2008)", |row| {
        Cell::measure(row.pair().expected())
    }),
    Column::<CollocateRow>::decimal("mi", "Mutual information (Church & Hanks 1990)", |row| {
        Cell::measure(row.pair().mi())
    })
    .in_unit("bits"),
    Column::decimal("mi3", "Mutual information with the count cubed (Daille 1994)", |row| {
        Cell::measure(row.pair().mi3())
    }),
    Column::decimal("t", "The t-score (Church et al. 1991)", |row| Cell::measure(row.pair().t_score())),
    Column::decimal("log_dice", "The Dice coefficient on a logarithmic scale (Rychlý 2008)", |row| {
        Cell::measure(row.pair().log_dice())
    }),
    Column::decimal("g2", "Log-likelihood over four cells (Dunning 1993)", |row| {
        Cell::measure(row.pair().g2())
    }),
    Column::decimal(
        "delta_p_collocate",
        "How much likelier the word is near the node than elsewhere (Ellis 2006, Gries 2013)",
        |row| Cell::measure(row.pair().delta_p_collocate()),
    ),
    Column::decimal(
        "delta_p_node",
        "How much likelier a place is near the node where the word stands than elsewhere",
        |row| Cell::measure(row.pair().delta_p_node()),
    ),
    Column::integer("left", "How often it stands before the node", |row| row.collocate.left.into()),
    Column::integer("right", "How often it stands after the node", |row| row.collocate.right.into()),
    Column::integer("articles", "In how many articles it stands near the node", |row| {
        row.collocate.articles.into()
    }),
    Column::integer("corpus_count", "How often it occurs in the corpus", |row| row.pair().collocate.into()),
];

/// The columns of the table.
pub fn columns() -> Columns {
    COLUMNS.into()
}

/// What a row is about.
#[derive(Debug)]
struct CollocateRow<'p> {
    rank: usize,
    collocate: &'p Collocate,
}

impl Row for CollocateRow<'static> {
    type At<'p> = CollocateRow<'p>;
}

impl CollocateRow<'_> {
    fn pair(&self) -> &Pair {
        &self.collocate.pair
    }
}

/// What is looked for, and how far around it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Collocates {
    /// The node: counted where it stands as one word, or several whole ones.
    pub node: Query,
    /// How many words before the node count as near.
    pub left: usize,
    /// How many words after it.
    pub right: usize,
    /// Which parts of an article are counted.
    pub scope: Scope,
    /// What cuts the text.
    pub segmenter: Segmenter,
    /// Which words are shown.
    pub shown: ShownWords,
    /// How often a word would stand near the node by chance.
    pub expected: Expected,
    /// Only words that stand near the node so many times.
    pub min_count: u64,
    /// Which number puts the rows in order.
    pub measure: Measure,
    /// No more than so many rows.
    pub top: Option<usize>,
}

impl Collocates {
    /// How many words on either side count as near, unless said otherwise.
    pub const WINDOW: usize = 5;

    /// Counts every word that stands up to five words before or behind `node`.
    pub fn new(node: Query, segmenter: Segmenter) -> Self {
        Self {
            node,
            left: Self::WINDOW,
            right: Self::WINDOW,
            scope: Scope::default(),
            segmenter,
            shown: ShownWords::default(),
            expected: Expected::default(),
            min_count: 1,
            measure: Measure::default(),
            top: None,
        }
    }
}

/// What was counted in some of the pages. Partials add up in any order.
#[derive(Debug, Default)]
pub struct Neighbours {
    vocabulary: Vocabulary,
    words: Vec<Tally>,
    /// How often the node occurs.
    pub nodes: u64,
    /// How many words stand near a node.
    pub places: u64,
    /// How many words there are.
    pub size: u64,
    /// The number of the article that is being counted, from 1.
    article: u64,
}

/// What was counted of one word.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Tally {
    /// In the corpus.
    corpus: u64,
    /// Near the node.
    near: u64,
    left: u64,
    right: u64,
    articles: u64,
    /// Of the partial at hand only: another has other numbers.
    #[serde(skip)]
    last_article: u64,
}

/// A word with everything that is known of it and the node.
#[derive(Debug, Clone)]
struct Collocate {
    /// The word.
    word: String,
    /// Its part of speech.
    pos: String,
    /// The counts behind every measure.
    pair: Pair,
    /// How often it stands before the node it is nearest to.
    left: u64,
    /// How often after it.
    right: u64,
    /// In how many articles it stands near the node.
    articles: u64,
}

/// How often a word would stand near the node by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Expected {
    /// In proportion to how many words all windows hold.
    #[default]
    Window,
    /// In proportion to how often the node occurs, as tools give it that leave the span out.
    ///
    /// As if the node had one neighbour.
    Bigram,
}

/// Which number puts the rows in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Measure {
    /// How often.
    Count,
    /// Mutual information.
    Mi,
    /// Mutual information with the count cubed.
    Mi3,
    /// The t-score.
    T,
    /// The Dice coefficient on a logarithmic scale.
    LogDice,
    /// The log-likelihood; words that the node keeps away from come last.
    #[default]
    G2,
    /// ΔP of the collocate given the node.
    DeltaPCollocate,
    /// ΔP of the node given the collocate.
    DeltaPNode,
}

/// A word of a text, and how it stands to the nearest node.
#[derive(Debug, Clone, Copy)]
struct Place {
    id: TermId,
    /// How many words away the nearest node is, and on which side of it the word stands.
    near: Option<(usize, Side)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
}

impl Analysis for Collocates {
    const NAME: &'static str = "collocates";
    const ASKS_WHO: bool = false;
    type Partial = Neighbours;

    fn start(&self) -> Neighbours {
        Neighbours::default()
    }

    fn add(&self, partial: &mut Neighbours, selection: &Selection<'_>) {
        let page = selection.page();
        for (index, _) in selection.articles() {
            partial.article += 1;
            for (at, _) in self.scope.parts(selection, index) {
                self.add_text(partial, page.part_text(at));
            }
        }
    }

    fn merge(&self, partial: &mut Neighbours, other: Neighbours) {
        partial.merge(other);
    }

    fn basis(&self, partial: &Neighbours) -> Basis {
        Basis::default()
            .total("words", partial.size)
            .total("node_count", partial.nodes)
            .total("window_words", partial.places)
            .list("words", &self.segmenter.cutting())
            .list("stop_words", &self.shown.stopwords.print())
    }
}

impl Portable for Collocates {
    fn pack(&self, partial: &mut Neighbours) -> Result<Vec<u8>> {
        let words = partial.vocabulary.sorted();
        encode(&(&words, words.of(&partial.words), partial.nodes, partial.places, partial.size))
    }

    fn unpack(&self, bytes: &[u8]) -> Result<Neighbours> {
        let (vocabulary, words, nodes, places, size) = decode(bytes)?;
        Ok(Neighbours { vocabulary, words, nodes, places, size, article: 0 })
    }
}

/// Collocates, the strongest first.
impl Tabulate for Collocates {
    fn columns(&self, _partial: &Neighbours) -> Columns {
        columns()
    }

    fn rows(&self, partial: &mut Neighbours, table: &mut Table) -> Result<()> {
        let mut collocates = self.collocates(partial);
        sort(&mut collocates, self.measure);
        let shown = collocates.iter().zip(1..).take(self.top.unwrap_or(usize::MAX));
        shown
            .into_iter()
            .try_for_each(|(collocate, rank)| table.push(COLUMNS, &CollocateRow { rank, collocate }))
    }
}

impl Collocates {
    /// The words that are shown, in the order of their text.
    fn collocates(&self, partial: &Neighbours) -> Vec<Collocate> {
        let places = match self.expected {
            Expected::Window => partial.places,
            Expected::Bigram => partial.nodes,
        };
        let mut collocates = Vec::new();
        for (id, tally) in partial.vocabulary.ids().zip(&partial.words) {
            if tally.near < self.min_count.max(1) {
                continue;
            }
            let word = partial.vocabulary.word_text(id);
            let pos = self.segmenter.tag(word).into_owned();
            if !self.shown.has(&self.segmenter, word, &pos) {
                continue;
            }
            let (together, node, size) = (tally.near, partial.nodes, partial.size);
            collocates.push(Collocate {
                word: word.to_owned(),
                pos,
                pair: Pair { together, places, node, collocate: tally.corpus, size },
                left: tally.left,
                right: tally.right,
                articles: tally.articles,
            });
        }
        collocates.sort_unstable_by(|a, b| a.word.cmp(&b.word));
        collocates
    }

    fn add_text(&self, partial: &mut Neighbours, text: &str) {
        let segmenter = &self.segmenter;
        let text = &*segmenter.folded(text);
        let words = WordPlaces::cut(segmenter, text);
        let mut places: Vec<Place> = words
            .ranges()
            .map(|word| text.get(word).unwrap_or_default())
            .map(|word| Place { id: partial.vocabulary.word(word), near: None })
            .collect();
        partial.words.resize_with(partial.vocabulary.len(), Tally::default);
        for hit in self.node.find(text).filter(|hit| words.holds_whole(hit)) {
            let node = words.inside(&hit);
            // Punctuation alone is no node: it has no place among the words.
            if node.is_empty() {
                continue;
            }
            partial.nodes += 1;
            let sentence = words.sentence(&node);
            let left = node.start.saturating_sub(self.left).max(sentence.start)..node.start;
            let right = node.end..node.end.saturating_add(self.right).min(sentence.end);
            for at in left {
                mark_near(&mut places, at, (node.start - at, Side::Left));
            }
            for at in right {
                mark_near(&mut places, at, (at + 1 - node.end, Side::Right));
            }
        }
        partial.size += places.len() as u64;
        for place in places {
            let Some(tally) = partial.words.get_mut(place.id.index()) else { continue };
            tally.corpus += 1;
            let Some((_, side)) = place.near else { continue };
            partial.places += 1;
            tally.near += 1;
            match side {
                Side::Left => tally.left += 1,
                Side::Right => tally.right += 1,
            }
            if tally.last_article != partial.article {
                tally.last_article = partial.article;
                tally.articles += 1;
            }
        }
    }
}

/// A word between two nodes belongs to the nearer one, and is counted once.
fn mark_near(places: &mut [Place], at: usize, near: (usize, Side)) {
    if let Some(place) = places.get_mut(at) {
        place.near = Some(place.near.map_or(near, |other| other.min(near)));
    }
}

impl Neighbours {
    fn merge(&mut self, other: Self) {
        let numbers = self.vocabulary.merge(&other.vocabulary);
        self.words.resize_with(self.vocabulary.len(), Tally::default);
        for (id, there) in numbers.into_iter().zip(other.words) {
            let Some(here) = self.words.get_mut(id.index()) else { continue };
            here.corpus += there.corpus;
            here.near += there.near;
            here.left += there.left;
            here.right += there.right;
            here.articles += there.articles;
        }
        self.nodes += other.nodes;
        self.places += other.places;
        self.size += other.size;
    }
}

/// Puts collocates in order, the strongest first.
fn sort(collocates: &mut [Collocate], by: Measure) {
    collocates.sort_by(|a, b| b.strength(by).total_cmp(&a.strength(by)).then_with(|| a.word.cmp(&b.word)));
}

impl Collocate {
    fn strength(&self, by: Measure) -> f64 {
        let pair = &self.pair;
        let value = match by {
            Measure::Count => Some(pair.together as f64),
            Measure::Mi => pair.mi(),
            Measure::Mi3 => pair.mi3(),
            Measure::T => pair.t_score(),
            Measure::LogDice => pair.log_dice(),
            Measure::G2 => {
                let attracted = pair.expected().is_some_and(|expected| pair.together as f64 >= expected);
                pair.g2().map(|g2| if attracted { g2 } else { -g2 })
            }
            Measure::DeltaPCollocate => pair.delta_p_collocate(),
            Measure::DeltaPNode => pair.delta_p_node(),
        };
        value.unwrap_or(f64::NEG_INFINITY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::query::{Case, Script};
    use crate::page::{Duplicates, Page, Reader};
    use crate::source::{Document, Format};
    use crate::term::SegmenterOptions;

    fn page(text: &str) -> Page {
        let document =
            Document { text: text.into(), format: Format::Jsonl, first_line: 1, ..Document::default() };
        Reader::default().read(document)
    }

    fn near(span: usize) -> Collocates {
        Collocates {
            node: Query::terms(&["工会"], Case::Distinct, Script::Distinct).unwrap(),
            left: span,
            right: span,
            scope: Scope::default(),
            segmenter: Segmenter::new(SegmenterOptions::default()),
            shown: ShownWords::default(),
            expected: Expected::Window,
            min_count: 1,
            measure: Measure::default(),
            top: None,
        }
    }

    fn counted(collocates: &Collocates, texts: &[&str]) -> Neighbours {
        let mut partial = Neighbours::default();
        for text in texts {
            collocates.add(&mut partial, &Selection::all(&page(text), Duplicates::Skip));
        }
        partial
    }

    /// Word, count, left, right, count in the corpus.
    fn rows(collocates: &Collocates, partial: &Neighbours) -> Vec<(String, u64, u64, u64, u64)> {
        let collocates = collocates.collocates(partial);
        collocates.into_iter().map(|c| (c.word, c.pair.together, c.left, c.right, c.pair.collocate)).collect()
    }

    #[test]
    fn the_window_ends_with_the_sentence_and_leaves_marks_out() {
        let collocates = near(2);
        let partial = counted(&collocates, &["职工参加。工会，服务职工。企业"]);
        let expected = [("服务", 1, 0, 1, 1), ("职工", 1, 0, 1, 2)];
        assert_eq!(rows(&collocates, &partial), expected.map(|(w, a, b, c, d)| (w.to_owned(), a, b, c, d)));
        assert_eq!((partial.nodes, partial.places, partial.size), (1, 2, 6));
    }

    #[test]
    fn a_word_between_two_nodes_counts_once_on_the_nearer_side() {
        let collocates = near(5);
        let partial = counted(&collocates, &["工会服务职工参加工会"]);
        let words = rows(&collocates, &partial);
        let of = |word: &str| words.iter().find(|row| row.0 == word).map(|row| (row.1, row.2, row.3));
        assert_eq!(of("服务"), Some((1, 0, 1)));
        assert_eq!(of("参加"), Some((1, 1, 0)));
        // Each node stands in the other's window.
        assert_eq!(of("工会"), Some((2, 1, 1)));
        assert_eq!(partial.places, 5);
    }

    #[test]
    fn a_node_inside_a_longer_word_is_none() {
        assert_eq!(counted(&near(5), &["职工会议"]).nodes, 0);
    }

    #[test]
    fn a_node_that_never_occurs_has_no_company() {
        let collocates = near(5);
        for texts in [&["职工参加"][..], &[""], &[], &["工会"]] {
            assert_eq!(rows(&collocates, &counted(&collocates, texts)), []);
        }
    }
}
