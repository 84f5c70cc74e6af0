//! How often each term occurs: in how many articles and pages, how evenly, since when.
//!
//! ```
//! use zjgr::analysis::{counted, stats::Stats};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//! use zjgr::term::{Segmenter, SegmenterOptions};
//!
//! let mut stats = Stats::new(Segmenter::new(SegmenterOptions::default()));
//! stats.show.top = Some(1);
//! let pages = ["职工参加比赛。", "比赛开始，职工到场，比赛结束。"].map(|text| Reader::default().read(zjgr::Document::of(text)));
//! let table = counted(&stats, &pages, Format::CSV)?;
//! assert!(table.lines().nth(1).is_some_and(|row| row.starts_with("1,比赛,") && row.contains(",3,")), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

mod profiles;
mod rows;

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use self::profiles::{Profiles, Slot};
pub use self::rows::ShownTerms;
use super::Analysis;
use super::basis::Basis;
use super::group::{By, GroupId, GroupKey, Groups, PerGroup, Wide};
use super::partial::{Portable, decode, encode};
use super::scope::Scope;
use super::tally::{PageStamp, Tally};
use crate::Result;
use crate::measure::dispersion::{DpSum, Parts, Share};
use crate::page::Selection;
use crate::slogan::{Fold, Phrases};
use crate::term::{Class, Segmenter, TermId, Vocabulary};

/// What is counted, and how apart.
#[derive(Debug)]
#[non_exhaustive]
pub struct Stats {
    /// What cuts the text.
    pub segmenter: Segmenter,
    /// Which parts of an article are counted.
    pub scope: Scope,
    /// By what they are counted apart.
    pub by: Option<By>,
    /// How many words a term has.
    pub ngrams: RangeInclusive<usize>,
    /// Terms that are counted at every place where they stand, in other words too, in place of words and n-grams.
    pub places: Option<Phrases>,
    /// Which tokens are counted that are no words.
    pub with: With,
    /// Which terms are shown.
    pub show: ShownTerms,
    /// For a row per term, and a column per group: what stands there.
    pub wide: Option<Wide>,
    /// On how many threads the rows may be worked out; they never depend on it.
    pub threads: NonZeroUsize,
}

impl Stats {
    /// Counts every word that `segmenter` cuts, all groups together, on one thread.
    pub fn new(segmenter: Segmenter) -> Self {
        Self {
            segmenter,
            scope: Scope::default(),
            by: None,
            ngrams: 1..=1,
            places: None,
            with: With::default(),
            show: ShownTerms::default(),
            wide: None,
            threads: NonZeroUsize::MIN,
        }
    }
}

/// Which tokens are counted besides words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct With {
    /// Numbers.
    pub numbers: bool,
    /// Words in Latin letters.
    pub latin: bool,
    /// Punctuation.
    pub punctuation: bool,
}

/// What a token does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is counted, and adds to the size of its article.
    Counted,
    /// It is not counted, and adds to the size of its article: a number or a Latin word that was not asked for.
    PassedOver,
    /// It is a quotation mark: neither counted nor in the way of an n-gram.
    Mark,
    /// Any other punctuation, and blanks: an n-gram ends here.
    End,
    /// Punctuation that was asked for. An n-gram ends here all the same.
    CountedEnd,
}

/// What was counted so far. Partials add up in any order to the same result.
#[derive(Debug)]
pub struct TermCounts {
    terms: Vocabulary,
    /// What each word does; an n-gram has a number too, but does nothing by itself.
    kinds: Vec<Option<Kind>>,
    groups: Groups,
    /// What the articles of each group add up to.
    parts: PerGroup<Parts>,
    /// The slot of a term in a group; without groups a term's slot is its own number.
    slots: FxHashMap<(GroupId, TermId), Slot>,
    /// What each slot is, where there are groups.
    slot_terms: Vec<(GroupId, TermId)>,
    tallies: Vec<Tally>,
    profiles: Profiles,
    page: PageStamp,
    scratch: Scratch,
}

/// Memory that is used again for each article.
#[derive(Debug, Default)]
struct Scratch {
    /// How often the article at hand has each term.
    counts: Vec<u32>,
    /// The terms that it has.
    touched: Vec<TermId>,
    /// The same by slot, with the counts.
    found: Vec<(Slot, u32)>,
    /// The words since the last end of a sentence.
    sentence: Vec<TermId>,
    folded: String,
}

impl Analysis for Stats {
    const NAME: &'static str = "stats";
    const ASKS_WHO: bool = false;
    type Partial = TermCounts;

    fn start(&self) -> TermCounts {
        TermCounts {
            terms: Vocabulary::default(),
            kinds: Vec::new(),
            groups: Groups::new(self.by.clone()),
            parts: PerGroup::default(),
            slots: FxHashMap::default(),
            slot_terms: Vec::new(),
            tallies: Vec::new(),
            profiles: Profiles::default(),
            page: PageStamp::default(),
            scratch: Scratch::default(),
        }
    }

    fn add(&self, partial: &mut TermCounts, selection: &Selection<'_>) {
        let page = selection.page();
        for (stamp, index) in partial.page.articles(selection) {
            let mut size = 0;
            for (at, _) in self.scope.parts(selection, index) {
                size += self.count(partial, page.part_text(at));
            }
            let group = partial.groups.of(selection, index);
            partial.end_article(group, size, (stamp, page.date_of(index)));
        }
    }

    fn merge(&self, partial: &mut TermCounts, other: TermCounts) {
        partial.merge(other);
    }

    fn basis(&self, partial: &TermCounts) -> Basis {
        let parts = |id: GroupId| partial.parts.get(id).copied().unwrap_or_default();
        Basis::default()
            .total_by("words", &partial.groups, |group| parts(group).size)
            .total_by("articles", &partial.groups, |group| parts(group).number)
            .list("words", &self.segmenter.cutting())
            .list("stop_words", &self.show.stopwords.print())
    }
}

/// A partial as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptTermCounts {
    terms: Vec<u8>,
    groups: Groups,
    parts: PerGroup<Parts>,
    slot_terms: Vec<(GroupId, TermId)>,
    tallies: Vec<Tally>,
    profiles: Vec<u8>,
}

impl Portable for Stats {
    fn pack(&self, partial: &mut TermCounts) -> Result<Vec<u8>> {
        let terms = partial.terms.sorted();
        let (groups, group_numbers) = partial.groups.in_order();
        let placed = |(slot, &(group, term)): (Slot, &(GroupId, TermId))| {
            let group = group_numbers.get(group.index()).copied().unwrap_or_default();
            ((group, terms.number(term)), slot)
        };
        let mut slots: Vec<_> = (0..).zip(&partial.slot_terms).map(placed).collect();
        slots.sort_unstable();
        // Without groups a slot is a term.
        let order: Vec<Slot> = match partial.groups.by() {
            None => terms.order().iter().map(|id| id.index() as Slot).collect(),
            Some(_) => slots.iter().map(|&(_, slot)| slot).collect(),
        };
        let mut numbers = vec![0; order.len()];
        for (number, &slot) in (0..).zip(&order) {
            numbers[slot as usize] = number;
        }
        let tally = |&slot: &Slot| partial.tallies.get(slot as usize).copied().unwrap_or_default();
        encode(&KeptTermCounts {
            terms: encode(&terms)?,
            groups,
            parts: partial.parts.in_order(&group_numbers),
            slot_terms: slots.iter().map(|&(what, _)| what).collect(),
            tallies: order.iter().map(tally).collect(),
            profiles: partial.profiles.pack(&numbers)?,
        })
    }

    fn unpack(&self, bytes: &[u8]) -> Result<TermCounts> {
        let kept: KeptTermCounts = decode(bytes)?;
        let slots = (0..).zip(&kept.slot_terms).map(|(slot, &what)| (what, slot)).collect();
        Ok(TermCounts {
            terms: decode(&kept.terms)?,
            groups: kept.groups,
            parts: kept.parts,
            slots,
            slot_terms: kept.slot_terms,
            tallies: kept.tallies,
            profiles: Profiles::unpack(kept.profiles),
            ..self.start()
        })
    }
}

impl Stats {
    /// Counts the terms of `text` into the article at hand; says how many words it has.
    fn count(&self, partial: &mut TermCounts, text: &str) -> u64 {
        let mut folded = std::mem::take(&mut partial.scratch.folded);
        let text = if self.segmenter.folds() {
            Fold::get().text_into(text, &mut folded);
            &folded
        } else {
            text
        };
        let size = match &self.places {
            Some(places) => self.count_places(partial, text, places),
            None if self.ngrams == (1..=1) => self.count_words(partial, text),
            None => self.count_ngrams(partial, text),
        };
        partial.scratch.folded = folded;
        size
    }

    fn count_words(&self, partial: &mut TermCounts, text: &str) -> u64 {
        let mut terms = std::mem::take(&mut partial.terms);
        let mut size = 0;
        terms.number(&self.segmenter.tokens(text), |id, word| match self.kind(partial, id, word) {
            Kind::Counted => {
                size += 1;
                partial.scratch.count(id);
            }
            Kind::PassedOver => size += 1,
            Kind::CountedEnd => partial.scratch.count(id),
            Kind::Mark | Kind::End => {}
        });
        partial.terms = terms;
        size
    }

    fn count_places(&self, partial: &mut TermCounts, text: &str, places: &Phrases) -> u64 {
        places.find_all(text, |found| {
            let term = partial.terms.word(text.get(found.start..found.end).unwrap_or_default());
            partial.scratch.count(term);
        });
        let mut size = 0;
        self.segmenter.cut(text, |token| {
            let is_word = matches!(self.kind_of(token.text), Kind::Counted | Kind::PassedOver);
            size += u64::from(is_word);
        });
        size
    }

    fn count_ngrams(&self, partial: &mut TermCounts, text: &str) -> u64 {
        let mut size = 0;
        self.segmenter.cut(text, |token| {
            let id = partial.terms.token(token);
            let kind = self.kind(partial, id, token.text);
            match kind {
                Kind::Counted => partial.scratch.sentence.push(id),
                Kind::Mark => {}
                // What is not counted must not be glued over either.
                Kind::PassedOver | Kind::End | Kind::CountedEnd => self.end_sentence(partial),
            }
            size += u64::from(matches!(kind, Kind::Counted | Kind::PassedOver));
            if kind == Kind::CountedEnd && self.ngrams.contains(&1) {
                partial.scratch.count(id);
            }
        });
        self.end_sentence(partial);
        size
    }

    /// Counts every n-gram of the words since the last end.
    fn end_sentence(&self, partial: &mut TermCounts) {
        let mut sentence = std::mem::take(&mut partial.scratch.sentence);
        for start in 0..sentence.len() {
            let mut words = sentence.iter().skip(start).take(*self.ngrams.end());
            let Some(&first) = words.next() else { continue };
            let mut term = first;
            let mut length = 1;
            loop {
                if self.ngrams.contains(&length) {
                    partial.scratch.count(term);
                }
                let Some(&word) = words.next() else { break };
                term = partial.terms.gram(term, word);
                length += 1;
            }
        }
        sentence.clear();
        partial.scratch.sentence = sentence;
    }

    /// What the word `id` does.
    #[inline]
    fn kind(&self, partial: &mut TermCounts, id: TermId, word: &str) -> Kind {
        if let Some(&Some(kind)) = partial.kinds.get(id.index()) {
            return kind;
        }
        let kind = self.kind_of(word);
        if id.index() >= partial.kinds.len() {
            partial.kinds.resize(id.index() + 1, None);
        }
        if let Some(known) = partial.kinds.get_mut(id.index()) {
            *known = Some(kind);
        }
        kind
    }

    #[cold]
    fn kind_of(&self, word: &str) -> Kind {
        let counted = |yes: bool| if yes { Kind::Counted } else { Kind::PassedOver };
        match self.segmenter.class(word) {
            Class::Word => Kind::Counted,
            Class::Number => counted(self.with.numbers),
            Class::Latin => counted(self.with.latin),
            Class::Punctuation if self.with.punctuation && !word.trim().is_empty() => Kind::CountedEnd,
            Class::Punctuation if word.chars().all(is_quotation_mark) => Kind::Mark,
            Class::Punctuation => Kind::End,
        }
    }
}

impl Scratch {
    #[inline]
    fn count(&mut self, id: TermId) {
        if id.index() >= self.counts.len() {
            self.counts.resize(id.index() + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(id.index()) {
            if *count == 0 {
                self.touched.push(id);
            }
            *count += 1;
        }
    }
}

impl TermCounts {
    /// Adds the article at hand, of `size` words, to what is known of its group.
    fn end_article(&mut self, group: GroupId, size: u64, (page, date): (PageStamp, Option<Date>)) {
        self.parts.of(group).add(size);
        let touched = std::mem::take(&mut self.scratch.touched);
        let mut counts = std::mem::take(&mut self.scratch.counts);
        let mut profiles = std::mem::take(&mut self.profiles);
        let mut found = std::mem::take(&mut self.scratch.found);
        found.extend(touched.iter().map(|&term| {
            let count = counts.get_mut(term.index()).map(std::mem::take).unwrap_or_default();
            (self.slot(group, term), count)
        }));
        for &(slot, count) in &found {
            if let Some(tally) = self.tallies.get_mut(slot as usize) {
                tally.add(count.into(), page, date);
            }
        }
        profiles.push(size, found.iter().copied());
        found.clear();
        self.scratch.found = found;
        self.profiles = profiles;
        self.scratch.counts = counts;
        self.scratch.touched = touched;
        self.scratch.touched.clear();
    }

    /// The slot of `term` in `group`, with a tally.
    #[inline]
    fn slot(&mut self, group: GroupId, term: TermId) -> Slot {
        let slot = if self.groups.by().is_none() {
            term.index()
        } else {
            let next = self.slot_terms.len();
            let slot = *self.slots.entry((group, term)).or_insert(next as Slot) as usize;
            if slot == next {
                self.slot_terms.push((group, term));
            }
            slot
        };
        if slot >= self.tallies.len() {
            self.tallies.resize(slot + 1, Tally::default());
        }
        slot as Slot
    }

    /// The slot of `term` in `group`, where it was counted there.
    fn slot_of(&self, group: GroupId, term: TermId) -> Option<Slot> {
        match self.groups.by() {
            None => Some(term.index() as Slot),
            Some(_) => self.slots.get(&(group, term)).copied(),
        }
    }

    /// What each slot is; slots of terms that were never counted (parts of n-grams) have a tally of zero.
    fn slots(&self) -> impl Iterator<Item = (GroupId, TermId, Slot, &Tally)> {
        let grouped = self.groups.by().is_some();
        let only = self.groups.sorted().first().map(|(group, _)| *group);
        let terms = self.terms.ids().map(move |term| (only, term));
        let known = self.slot_terms.iter().map(|&(group, term)| (Some(group), term));
        let all: Box<dyn Iterator<Item = (Option<GroupId>, TermId)>> =
            if grouped { Box::new(known) } else { Box::new(terms) };
        let tallies = self.tallies.iter().zip(0..);
        all.zip(tallies)
            .filter_map(|((group, term), (tally, slot))| group.map(|group| (group, term, slot, tally)))
            .filter(|(.., tally)| tally.count > 0)
    }

    /// Each term that was counted, with its tallies in the groups that have it; in no order.
    pub(in crate::analysis) fn by_term(&self) -> impl Iterator<Item = (TermId, Vec<(GroupId, &Tally)>)> {
        let mut places: Vec<_> = self.slots().map(|(group, term, _, tally)| (term, group, tally)).collect();
        places.sort_unstable_by_key(|&(term, group, _)| (term, group));
        let mut places = places.into_iter().peekable();
        std::iter::from_fn(move || {
            let &(term, ..) = places.peek()?;
            let own = std::iter::from_fn(|| places.next_if(|place| place.0 == term));
            Some((term, own.map(|(_, group, tally)| (group, tally)).collect()))
        })
    }

    /// The groups, with how much text each has.
    pub(in crate::analysis) fn sizes(&self) -> impl Iterator<Item = (GroupId, &GroupKey, Parts)> {
        let size = |id: GroupId| self.parts.get(id).copied().unwrap_or_default();
        self.groups.sorted().into_iter().map(move |(id, key)| (id, key, size(id)))
    }

    /// The words of every term.
    pub(in crate::analysis) fn terms(&self) -> &Vocabulary {
        &self.terms
    }

    fn merge(&mut self, other: Self) {
        let groups = self.groups.merge(other.groups);
        self.parts.merge(&groups, other.parts, Parts::merge);
        let terms = self.terms.merge(&other.terms);
        let grouped = self.groups.by().is_some();
        let slots: Vec<Slot> = (0..other.tallies.len())
            .map(|slot| {
                let (group, term) = match other.slot_terms.get(slot).filter(|_| grouped) {
                    Some(&(group, term)) => (groups.get(group.index()), terms.get(term.index())),
                    None => (groups.first(), terms.get(slot)),
                };
                match (group, term) {
                    (Some(&group), Some(&term)) => self.slot(group, term),
                    // Cannot be: every slot was made from a group and a term.
                    _ => Slot::MAX,
                }
            })
            .collect();
        for (tally, &slot) in other.tallies.iter().zip(&slots) {
            if let Some(here) = self.tallies.get_mut(slot as usize) {
                here.merge(tally);
            }
        }
        self.profiles.merge(other.profiles, &slots);
    }

    /// What the articles add up to over which the term of `slot` is spread.
    fn parts_of(&self, slot: Slot) -> Option<&Parts> {
        let group = self.slot_terms.get(slot as usize).map(|&(group, _)| group).unwrap_or_default();
        self.parts.get(group)
    }

    /// How each slot is spread over the articles of its group.
    fn spread(&self, profiles: &mut Profiles) -> Result<Vec<DpSum>> {
        let mut sums = vec![DpSum::default(); self.tallies.len()];
        profiles.read(|slot, count, size| {
            let tally = self.tallies.get(slot as usize);
            if let (Some(sum), Some(tally), Some(parts)) =
                (sums.get_mut(slot as usize), tally, self.parts_of(slot))
            {
                sum.add(parts, tally.count, Share { count: count.into(), size });
            }
        })?;
        Ok(sums)
    }
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉')
}

#[cfg(test)]
mod tests;
