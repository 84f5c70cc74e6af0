//! Words and phrases that matter: how often, in how many articles, how much of a term each is, against a reference.
//!
//! A candidate is a run of words that a pattern allows ([`PhrasePatterns`]), what stands in quotation marks, a word built
//! on numerals (八八战略), or four characters of which two are alike (走深走实). All are found in one reading, and counted
//! in bounded memory; how they rank is worked out at the end, when all are known.
//!
//! ```
//! use std::sync::Arc;
//! use zjgr::analysis::{counted, terms::Terms};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//! use zjgr::term::{PhrasePatterns, Segmenter, SegmenterOptions};
//!
//! let segmenter = Arc::new(Segmenter::new(SegmenterOptions::default()));
//! let mut terms = Terms::new(segmenter, PhrasePatterns::builtin()?);
//! terms.min_count = Some(1);
//! let page = Reader::default().read(zjgr::Document::of("职工代表开会，职工代表发言，职工代表投票。"));
//! let table = counted(&terms, &[page], Format::CSV)?;
//! assert!(table.starts_with("rank,term,") && table.contains("职工代表"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

mod find;
mod rows;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use self::find::CandidateFinder;
use super::Analysis;
use super::basis::Basis;
use super::group::{By, GroupId, GroupKey, Groups, PerGroup};
use super::ledger::{Amount, Ledger};
use super::partial::{Portable, decode, encode};
use super::scope::Scope;
use super::tally::{PageStamp, Tally};
use crate::Result;
use crate::measure::dispersion::Parts;
use crate::page::Selection;
use crate::term::{PhrasePatterns, Segmenter, StopWords};

/// What divides a candidate from its group in the name under which it is counted: no word has it.
const DIVIDER: char = '\0';
/// What names the reference behind it; comes before every group.
const REFERENCE: &str = "\u{1}";
/// What the names of groups begin with.
const GROUP: char = '\u{2}';

/// What is looked for, and what is shown of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Terms {
    /// What cuts the text.
    pub segmenter: Arc<Segmenter>,
    /// Which parts of an article are counted.
    pub scope: Scope,
    /// Which runs of words are phrases.
    pub patterns: PhrasePatterns,
    /// Words that a phrase neither begins nor ends with.
    pub stopwords: StopWords,
    /// By what is counted apart.
    pub by: Option<By>,
    /// True for what the rest is held against.
    pub is_reference: bool,
    /// What the frequencies are held against.
    pub against: Against,
    /// Only candidates that occur so often; by default twice, or once with a sign that speaks for it.
    pub min_count: Option<u64>,
    /// What simple maths adds to both frequencies per million.
    pub simple_maths_add: f64,
    /// No more than so many, in each group.
    pub top: Option<usize>,
}

impl Terms {
    /// The same for the reference that frequencies are held against: what it counts adds up with what the other counts.
    #[must_use]
    pub fn as_reference(self) -> Self {
        Self { is_reference: true, ..self }
    }

    /// What is added to both frequencies per million before they are divided, unless said otherwise.
    pub const SIMPLE_MATHS_ADD: f64 = 100.0;

    /// Finds what `patterns` allow, against the frequencies of the dictionary, all groups together.
    pub fn new(segmenter: Arc<Segmenter>, patterns: PhrasePatterns) -> Self {
        Self {
            segmenter,
            scope: Scope::default(),
            patterns,
            stopwords: StopWords::builtin(),
            by: None,
            is_reference: false,
            against: Against::Dictionary,
            min_count: None,
            simple_maths_add: Self::SIMPLE_MATHS_ADD,
            top: None,
        }
    }
}

/// What frequencies are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Against {
    /// Those of the general dictionary; a phrase has none there.
    #[default]
    Dictionary,
    /// Those of what was counted as reference.
    Reference,
}

/// What was counted so far. Partials add up in any order to the same result.
#[derive(Debug, Default)]
pub struct CandidateCounts {
    candidates: Ledger<Use>,
    groups: Groups,
    /// What the articles of each group add up to.
    parts: PerGroup<Parts>,
    /// What the articles of the reference add up to.
    reference: Parts,
    page: PageStamp,
    finder: CandidateFinder,
}

/// How a candidate is used in one group.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Use {
    tally: Tally,
    /// How often in quotation marks, and how often beside a word that puts names forward.
    quoted: u64,
    cued: u64,
    /// How often as words that a pattern allows, how often in a list, in one whose members end alike, and between edges.
    fitting: u64,
    in_series: u64,
    alike: u64,
    alone: u64,
    /// For each article that has it: how often, and how many words the article has.
    shares: Vec<(u32, u32)>,
}

impl Amount for Use {
    fn add(&mut self, other: Self) {
        self.tally.merge(&other.tally);
        self.quoted += other.quoted;
        self.cued += other.cued;
        self.fitting += other.fitting;
        self.in_series += other.in_series;
        self.alike += other.alike;
        self.alone += other.alone;
        self.shares.extend(other.shares);
    }

    fn settle(&mut self) {
        self.shares.sort_unstable();
    }

    fn weight(&self) -> usize {
        self.shares.capacity() * size_of::<(u32, u32)>()
    }
}

impl Analysis for Terms {
    const NAME: &'static str = "terms";
    const ASKS_WHO: bool = false;
    type Partial = CandidateCounts;

    fn start(&self) -> CandidateCounts {
        CandidateCounts { groups: Groups::new(self.by.clone()), ..CandidateCounts::default() }
    }

    fn add(&self, partial: &mut CandidateCounts, selection: &Selection<'_>) {
        let page = selection.page();
        let mut finder = std::mem::take(&mut partial.finder);
        for (stamp, index) in partial.page.articles(selection) {
            for (at, _) in self.scope.parts(selection, index) {
                finder.search(self, page.part_text(at));
            }
            let size = finder.size();
            let (group, is_counted) = match self.is_reference {
                true => (None, false),
                false => (Some(partial.groups.of(selection, index)), true),
            };
            partial.count_article(group, size);
            let suffix = group.map_or(REFERENCE.into(), |group| partial.suffix(group));
            let date = page.date_of(index);
            finder.hand_out(&suffix, |name, found| {
                partial.candidates.change(name, |here| {
                    here.tally.add(found.count.into(), stamp, date);
                    here.quoted += u64::from(found.quoted);
                    here.cued += u64::from(found.cued);
                    here.fitting += u64::from(found.fitting);
                    here.in_series += u64::from(found.in_series);
                    here.alike += u64::from(found.alike);
                    here.alone += u64::from(found.alone);
                    if is_counted {
                        here.shares.push((found.count, size));
                    }
                });
            });
        }
        partial.finder = finder;
        // Between pages, since an entry that is begun anew does not know on which page it was met last.
        if partial.candidates.put_aside() {
            partial.finder = CandidateFinder::default();
        }
    }

    fn merge(&self, partial: &mut CandidateCounts, other: CandidateCounts) {
        let groups = partial.groups.merge(other.groups);
        partial.parts.merge(&groups, other.parts, Parts::merge);
        partial.reference.merge(other.reference);
        partial.candidates.merge(other.candidates);
    }

    fn basis(&self, partial: &CandidateCounts) -> Basis {
        let parts = |id: GroupId| partial.parts.get(id).copied().unwrap_or_default();
        Basis::default()
            .total_by("words", &partial.groups, |group| parts(group).size)
            .total_by("articles", &partial.groups, |group| parts(group).number)
            .total("reference_words", partial.reference.size)
            .total("reference_articles", partial.reference.number)
            .list("words", &self.segmenter.cutting())
            .list("stop_words", &self.stopwords.print())
    }
}

impl CandidateCounts {
    fn count_article(&mut self, group: Option<GroupId>, size: u32) {
        let Some(group) = group else { return self.reference.add(size.into()) };
        self.parts.of(group).add(size.into());
    }

    /// What is added to a candidate to name what was counted of it in a group.
    fn suffix(&self, group: GroupId) -> String {
        self.groups.key(group).map(name_of).unwrap_or_default()
    }

    /// The groups by what names them.
    fn by_suffix(&self) -> FxHashMap<String, GroupId> {
        self.groups.sorted().into_iter().map(|(group, key)| (name_of(key), group)).collect()
    }

    /// How many words the reference has.
    pub fn reference_size(&self) -> u64 {
        self.reference.size
    }
}

fn name_of(group: &GroupKey) -> String {
    format!("{GROUP}{}", group.label())
}

/// A partial as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptCandidateCounts {
    candidates: Vec<u8>,
    groups: Groups,
    parts: PerGroup<Parts>,
    reference: Parts,
}

impl Portable for Terms {
    fn pack(&self, partial: &mut CandidateCounts) -> Result<Vec<u8>> {
        let (groups, numbers) = partial.groups.in_order();
        encode(&KeptCandidateCounts {
            candidates: partial.candidates.pack()?,
            groups,
            parts: partial.parts.in_order(&numbers),
            reference: partial.reference,
        })
    }

    fn unpack(&self, bytes: &[u8]) -> Result<CandidateCounts> {
        let KeptCandidateCounts { candidates, groups, parts, reference } = decode(bytes)?;
        Ok(CandidateCounts {
            candidates: Ledger::unpack(&candidates)?,
            groups,
            parts,
            reference,
            ..self.start()
        })
    }
}
