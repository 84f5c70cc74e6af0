//! How long texts are and how rich their vocabulary is.
//!
//! An article is a text: no segment, window or stretch reaches from one article into the next. What the articles of
//! a group have is added up, so that the order in which they are read never matters.
//!
//! ```
//! use zjgr::analysis::{counted, lengths::Lengths};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//! use zjgr::term::{Segmenter, SegmenterOptions};
//!
//! let page = Reader::default().read(zjgr::Document::of("职工参加比赛。"));
//! let table = counted(&Lengths::new(Segmenter::new(SegmenterOptions::default())), &[page], Format::CSV)?;
//! assert!(table.contains("\n1,3,3,7,1,"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::group::{self, By, GroupId, GroupKey, Grouped, Groups, PerGroup};
use super::partial::{Portable, decode, encode};
use super::round;
use super::scope::Scope;
use super::{Analysis, Tabulate};
use crate::Result;
use crate::measure::diversity::{Factors, MTLD_THRESHOLD, Stretches};
use crate::page::{Selection, characters};
use crate::slogan::Fold;
use crate::table::{Column, Columns, Row, Table};
use crate::term::{Class, Segmenter, TermId, Vocabulary};

static COLUMNS: &[Column<LengthsRow>] = &[
    Column::integer("articles", "How many articles", |row| row.totals.articles.into()),
    Column::integer("tokens", "How many words: all tokens but punctuation", |row| row.totals.tokens.into()),
    Column::integer("types", "How many different words", |row| row.totals.types.len().into()),
    Column::<LengthsRow>::integer("chars", "How many characters", |row| row.totals.chars.into())
        .in_unit("characters"),
    Column::decimal("ttr", "Types per token", |row| {
        row.type_token_ratio().map(|ratio| round(ratio, 4)).into()
    }),
    Column::decimal("sttr", "The mean type-token ratio of consecutive segments (Johnson 1944)", |row| {
        row.totals.segments.ratio().map(|ratio| round(ratio, 4)).into()
    }),
    Column::decimal("mattr", "The mean type-token ratio of all windows (Covington & McFall 2010)", |row| {
        row.totals.windows.ratio().map(|ratio| round(ratio, 4)).into()
    }),
    Column::<LengthsRow>::decimal(
        "mtld",
        "The mean length of a stretch that keeps a ratio above .72 (McCarthy & Jarvis 2010)",
        |row| row.totals.factors.mtld().map(|length| round(length, 2)).into(),
    )
    .in_unit("words"),
];

/// What a row is about: a group.
#[derive(Debug)]
struct LengthsRow<'p> {
    group: &'p GroupKey,
    totals: &'p Totals,
}

impl Row for LengthsRow<'static> {
    type At<'p> = LengthsRow<'p>;
}

impl Grouped for LengthsRow<'_> {
    fn group(&self) -> &GroupKey {
        self.group
    }
}

impl LengthsRow<'_> {
    fn type_token_ratio(&self) -> Option<f64> {
        let Totals { tokens, types, .. } = self.totals;
        (*tokens > 0).then(|| types.len() as f64 / *tokens as f64)
    }
}

/// What is counted, and how apart.
#[derive(Debug)]
#[non_exhaustive]
pub struct Lengths {
    /// What cuts the text.
    pub segmenter: Segmenter,
    /// Which parts of an article are counted.
    pub scope: Scope,
    /// By what they are counted apart.
    pub by: Option<By>,
    /// How many words a segment of STTR and a window of MATTR has.
    pub window: usize,
}

impl Lengths {
    /// How many words a segment and a window has, unless said otherwise.
    pub const WINDOW: usize = 100;

    /// Measures the words that `segmenter` cuts, all groups together.
    pub fn new(segmenter: Segmenter) -> Self {
        Self { segmenter, scope: Scope::default(), by: None, window: Self::WINDOW }
    }
}

/// What was counted so far. Partials add up in any order to the same result.
#[derive(Debug)]
pub struct TextCounts {
    terms: Vocabulary,
    groups: Groups,
    totals: PerGroup<Totals>,
}

/// What was counted in one group.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Totals {
    articles: u64,
    tokens: u64,
    chars: u64,
    /// Kept apart, by the numbers that terms have there.
    #[serde(skip)]
    types: FxHashSet<TermId>,
    segments: Stretches,
    windows: Stretches,
    factors: Factors,
}

impl Analysis for Lengths {
    const NAME: &'static str = "lengths";
    const ASKS_WHO: bool = false;
    type Partial = TextCounts;

    fn start(&self) -> TextCounts {
        TextCounts {
            terms: Vocabulary::default(),
            groups: Groups::new(self.by.clone()),
            totals: PerGroup::default(),
        }
    }

    fn add(&self, partial: &mut TextCounts, selection: &Selection<'_>) {
        let page = selection.page();
        let (mut words, mut folded) = (Vec::new(), String::new());
        for (index, _) in selection.articles() {
            words.clear();
            let mut chars = 0;
            for (at, _) in self.scope.parts(selection, index) {
                let mut text = page.part_text(at);
                chars += characters(text) as u64;
                if self.segmenter.folds() {
                    Fold::get().text_into(text, &mut folded);
                    text = &folded;
                }
                self.segmenter.cut(text, |token| {
                    if Class::of(token.text) != Class::Punctuation {
                        words.push(partial.terms.token(token));
                    }
                });
            }
            let group = partial.groups.of(selection, index);
            let totals = partial.totals.of(group);
            totals.articles += 1;
            totals.tokens += words.len() as u64;
            totals.chars += chars;
            totals.types.extend(&words);
            totals.segments.merge(Stretches::segments(&words, self.window));
            totals.windows.merge(Stretches::windows(&words, self.window));
            totals.factors.merge(Factors::of(&words, MTLD_THRESHOLD));
        }
    }

    fn merge(&self, partial: &mut TextCounts, other: TextCounts) {
        let groups = partial.groups.merge(other.groups);
        let terms = partial.terms.merge(&other.terms);
        partial.totals.merge(&groups, other.totals, |here, there| {
            here.articles += there.articles;
            here.tokens += there.tokens;
            here.chars += there.chars;
            here.types.extend(there.types.into_iter().filter_map(|id| terms.get(id.index())));
            here.segments.merge(there.segments);
            here.windows.merge(there.windows);
            here.factors.merge(there.factors);
        });
    }

    fn basis(&self, partial: &TextCounts) -> Basis {
        let total = |sum: fn(&Totals) -> u64| move |group: GroupId| partial.totals.get(group).map_or(0, sum);
        Basis::default()
            .total_by("words", &partial.groups, total(|totals| totals.tokens))
            .total_by("chars", &partial.groups, total(|totals| totals.chars))
            .total_by("articles", &partial.groups, total(|totals| totals.articles))
            .list("words", &self.segmenter.cutting())
    }
}

impl Portable for Lengths {
    fn pack(&self, partial: &mut TextCounts) -> Result<Vec<u8>> {
        let terms = partial.terms.sorted();
        let (groups, numbers) = partial.groups.in_order();
        let totals = partial.totals.in_order(&numbers);
        let types = |totals: &Totals| totals.types.iter().map(|&id| terms.number(id)).collect();
        let types: Vec<BTreeSet<TermId>> = totals.all().iter().map(types).collect();
        encode(&(&terms, groups, totals, types))
    }

    fn unpack(&self, bytes: &[u8]) -> Result<TextCounts> {
        let (terms, groups, mut totals, types): (_, _, PerGroup<Totals>, Vec<FxHashSet<TermId>>) =
            decode(bytes)?;
        totals.all_mut().iter_mut().zip(types).for_each(|(totals, types)| totals.types = types);
        Ok(TextCounts { terms, groups, totals })
    }
}

impl Tabulate for Lengths {
    fn columns(&self, _partial: &TextCounts) -> Columns {
        Columns::from(&group::columns(self.by.as_ref(), COLUMNS))
    }

    fn rows(&self, partial: &mut TextCounts, table: &mut Table) -> Result<()> {
        let (columns, nothing) = (group::columns(self.by.as_ref(), COLUMNS), Totals::default());
        partial.groups.sorted().into_iter().try_for_each(|(id, group)| {
            let totals = partial.totals.get(id).unwrap_or(&nothing);
            table.push(&columns, &LengthsRow { group, totals })
        })
    }
}
