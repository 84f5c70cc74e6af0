//! Which terms are shown, in which order, and their rows.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread;

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};

use super::profiles::Profiles;
use super::{Stats, TermCounts};
use crate::Result;
use crate::analysis::group::{self, GroupId, GroupKey, Grouped, Spread, Wide, WideGroup};
use crate::analysis::tally::Tally;
use crate::analysis::{Tabulate, round};
use crate::measure::dispersion::DpSum;
use crate::page::{characters, plain_form};
use crate::table::{Column, Columns, Row, Table};
use crate::term::{Segmenter, StopWords, TermId};

static COLUMNS: &[Column<TermRow>] = &[
    Column::integer("rank", "Its place in this table, or in its group", |row| row.entry.rank.into()),
    Column::text("term", "The word; the words of an n-gram have blanks between them", |row| {
        (&*row.entry.text).into()
    }),
    Column::text("pos", "Its part of speech, in jieba's tag set", |row| (&*row.entry.pos).into()),
    Column::integer("count", "How often it occurs", |row| row.entry.count.into()),
    Column::<TermRow>::decimal("per_million", "How often in the corpus, or in its group", |row| {
        let rate = |size: u64| round(row.entry.count as f64 * PER_WORDS / size as f64, 2);
        (row.size > 0).then(|| rate(row.size)).into()
    })
    .in_unit("per million words"),
    Column::integer("articles", "In how many articles", |row| row.tally.articles.into()),
    Column::integer("pages", "On how many pages", |row| row.tally.pages.into()),
    Column::decimal(
        "dispersion",
        "DPnorm over articles: 0 where it is spread evenly, 1 where one article has all of it (Lijffijt & Gries 2012)",
        |row| row.dispersion.map(|dp| round(dp, 4)).into(),
    ),
    Column::date("first_date", "When it was first printed", |row| row.tally.first.into()),
    Column::date("last_date", "When it was last printed", |row| row.tally.last.into()),
];

/// Which terms are shown.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ShownTerms {
    /// Words that are left out; an n-gram is where it begins or ends with one.
    pub stopwords: StopWords,
    /// Only parts of speech that begin with one of these; all where it is empty. All words of an n-gram must.
    pub pos: Vec<String>,
    /// Only terms that occur so often.
    pub min_count: u64,
    /// Only terms of so many characters, the blanks of n-grams not counted.
    pub min_chars: usize,
    /// Only terms that match.
    pub matching: Option<Regex>,
    /// Only these, in this order, whatever the rest says; those that never occur with a count of 0.
    pub only: Option<Vec<String>>,
    /// No more than so many, in each group.
    pub top: Option<usize>,
}

impl ShownTerms {
    /// What occurs less often cannot be shown.
    fn least(&self) -> u64 {
        if self.only.is_some() { 0 } else { self.min_count }
    }

    /// True where a term begins or ends with a word that is left out.
    fn is_stopped(&self, text: &str) -> bool {
        let mut words = text.split(' ');
        let (first, last) = (words.next(), words.next_back());
        first.into_iter().chain(last).any(|word| self.stopwords.contains(word))
    }
}

/// A term, and how often it occurs.
type Counted = (TermId, u64);

/// A term that is shown.
#[derive(Debug, Clone)]
struct Entry<'p> {
    rank: usize,
    term: Option<TermId>,
    text: Cow<'p, str>,
    pos: Cow<'p, str>,
    count: u64,
}

/// What a row is about: a term in a group.
#[derive(Debug)]
pub(crate) struct TermRow<'p> {
    group: &'p GroupKey,
    entry: &'p Entry<'p>,
    /// How many words the group has.
    size: u64,
    tally: Tally,
    dispersion: Option<f64>,
}

impl Row for TermRow<'static> {
    type At<'p> = TermRow<'p>;
}

impl Grouped for TermRow<'_> {
    fn group(&self) -> &GroupKey {
        self.group
    }
}

/// A row of the wide table: a term with its counts by group.
#[derive(Debug)]
pub(crate) struct WideRow<'p> {
    entry: &'p Entry<'p>,
    values: Vec<Option<f64>>,
}

impl Row for WideRow<'static> {
    type At<'p> = WideRow<'p>;
}

impl Spread for WideRow<'_> {
    fn values(&self) -> &[Option<f64>] {
        &self.values
    }
}

impl Tabulate for Stats {
    fn columns(&self, partial: &TermCounts) -> Columns {
        match self.wide {
            Some(wide) => Columns::from(&wide_columns(wide, partial)),
            None => Columns::from(&group::columns(self.by.as_ref(), COLUMNS)),
        }
    }

    fn rows(&self, partial: &mut TermCounts, table: &mut Table) -> Result<()> {
        // What only counting needs is made anew where it goes on.
        (partial.scratch, partial.kinds) = Default::default();
        if let Some(wide) = self.wide {
            return self.wide_rows(wide, partial, table);
        }
        let mut profiles = std::mem::take(&mut partial.profiles);
        let result = self.long_rows(partial, &mut profiles, table);
        partial.profiles = profiles;
        result
    }
}

impl Stats {
    /// The rows: group by group, the most frequent term first.
    fn long_rows(&self, partial: &TermCounts, profiles: &mut Profiles, table: &mut Table) -> Result<()> {
        let columns = group::columns(self.by.as_ref(), COLUMNS);
        let least = self.show.least();
        let slots = partial.slots().filter(|(.., tally)| tally.count >= least);
        let mut all = slots.map(|(group, term, _, tally)| (group, (term, tally.count)));
        let mut groups: FxHashMap<GroupId, Vec<Counted>> = FxHashMap::default();
        if self.by.is_some() {
            all.by_ref().for_each(|(group, term)| groups.entry(group).or_default().push(term));
        }
        // Without groups nothing is put aside: there may be millions.
        let mut terms = |group| groups.remove(&group).unwrap_or_default().into_iter();
        let sorted = partial.groups.sorted();
        let Some((&first, others)) = sorted.split_first() else { return Ok(()) };
        let mut choice = Choice::new(self, partial);
        let mut entries = choice.of(terms(first.0).chain(all.map(|(_, term)| term)));
        let (spread, begun) = both(
            self.threads,
            || partial.spread(profiles),
            || entries.by_ref().take(AT_ONCE).collect::<Vec<_>>(),
        );
        let spread = spread?;
        for entry in begun.into_iter().chain(entries) {
            table.push(&columns, &partial.row(first, &entry, &spread))?;
        }
        for &group in others {
            for entry in choice.of(terms(group.0)) {
                table.push(&columns, &partial.row(group, &entry, &spread))?;
            }
        }
        Ok(())
    }

    /// The rows of the wide table: a term each, with what stands in the columns of the groups.
    fn wide_rows(&self, wide: Wide, partial: &TermCounts, table: &mut Table) -> Result<()> {
        let columns = wide_columns(wide, partial);
        let mut totals: FxHashMap<TermId, u64> = FxHashMap::default();
        let mut counts: FxHashMap<(GroupId, TermId), u64> = FxHashMap::default();
        for (group, term, _, tally) in partial.slots() {
            *totals.entry(term).or_default() += tally.count;
            counts.insert((group, term), tally.count);
        }
        let groups = partial.groups.without_gaps();
        for entry in Choice::new(self, partial).of(totals.into_iter()) {
            let value = |group: &WideGroup| {
                let group = group.id?;
                let count = entry.term.and_then(|term| counts.get(&(group, term)).copied());
                let size = partial.parts.get(group).map_or(0, |parts| parts.size);
                wide.value(count.unwrap_or_default(), size, PER_WORDS)
            };
            table.push(&columns, &WideRow { entry: &entry, values: groups.iter().map(value).collect() })?;
        }
        Ok(())
    }
}

/// So many rows are worked out beside the dispersion of all, and the rest one by one: there may be millions.
const AT_ONCE: usize = 1 << 16;

/// Shares are those in so many words.
const PER_WORDS: f64 = 1e6;

/// The columns of the wide table: one for each group.
fn wide_columns(wide: Wide, partial: &TermCounts) -> Vec<Column<WideRow<'static>>> {
    let head: [Column<WideRow<'static>>; 4] = [
        Column::integer("rank", "Its place in this table", |row| row.entry.rank.into()),
        Column::text("term", "The word", |row| (&*row.entry.text).into()),
        Column::text("pos", "Its part of speech, in jieba's tag set", |row| (&*row.entry.pos).into()),
        Column::integer("total", "How often it occurs in all", |row| row.entry.count.into()),
    ];
    let groups = wide.columns(&partial.groups.without_gaps(), "per million words");
    head.into_iter().chain(groups).collect()
}

/// What `one` and `other` return, at work side by side where there are two threads.
fn both<A: Send, B>(
    threads: NonZeroUsize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if threads.get() == 1 {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

/// Chooses the terms that are shown. Looks each word's part of speech up once.
struct Choice<'c> {
    segmenter: &'c Segmenter,
    partial: &'c TermCounts,
    show: &'c ShownTerms,
    tags: FxHashMap<TermId, Cow<'c, str>>,
}

impl<'c> Choice<'c> {
    fn new(stats: &'c Stats, partial: &'c TermCounts) -> Self {
        Self { segmenter: &stats.segmenter, partial, show: &stats.show, tags: FxHashMap::default() }
    }

    /// Of `terms` with their counts those that are shown, in order.
    fn of<'s>(
        &'s mut self,
        terms: impl Iterator<Item = Counted> + 's,
    ) -> Box<dyn Iterator<Item = Entry<'c>> + 's> {
        match &self.show.only {
            Some(only) => Box::new(self.listed(only, terms).into_iter()),
            None => Box::new(self.frequent(terms)),
        }
    }

    /// The most frequent ones, and among those alike in the order of their texts. Where there are millions their texts would
    /// fill the memory: only texts that begin alike are there at one time.
    fn frequent<'s>(&'s mut self, terms: impl Iterator<Item = Counted>) -> impl Iterator<Item = Entry<'c>> {
        let (partial, show) = (self.partial, self.show);
        let key = |(term, count)| {
            let text = partial.text(term);
            (!show.is_stopped(&text)).then(|| (Reverse(count), opening(&text), term))
        };
        let frequent = terms.filter(|&(_, count)| count >= show.min_count);
        let mut keys: Vec<(Reverse<u64>, u64, TermId)> = frequent.filter_map(key).collect();
        keys.sort_unstable();
        let mut keys = keys.into_iter().peekable();
        let alike = std::iter::from_fn(move || {
            let &(count, opening, _) = keys.peek()?;
            let own = std::iter::from_fn(|| keys.next_if(|key| (key.0, key.1) == (count, opening)));
            let mut texts: Vec<_> = own.map(|(.., term)| (partial.text(term), term)).collect();
            texts.sort_unstable();
            Some(texts.into_iter().map(move |(text, term)| (count.0, text, term)))
        });
        let shown = alike.flatten().filter_map(|(count, text, term)| {
            let pos = self.admits(term, &text)?;
            Some(Entry { rank: 0, term: Some(term), text, pos, count })
        });
        shown.take(show.top.unwrap_or(usize::MAX)).zip(1..).map(|(entry, rank)| Entry { rank, ..entry })
    }

    /// The terms of the list, with their ranks among them.
    fn listed(&mut self, only: &'c [String], terms: impl Iterator<Item = Counted>) -> Vec<Entry<'c>> {
        let form = |text: &str| self.segmenter.folded(&plain_form(text)).into_owned();
        let asked: FxHashSet<String> = only.iter().map(|text| form(text)).collect();
        let found: FxHashMap<Cow<'_, str>, Counted> = terms
            .map(|counted| (self.partial.text(counted.0), counted))
            .filter(|(text, _)| asked.contains(&**text))
            .collect();
        let entry = |text: &'c String| {
            let known = found.get(&*form(text));
            let pos = known.map(|&(term, _)| self.pos(term)).unwrap_or_default();
            let count = known.map_or(0, |&(_, count)| count);
            Entry { rank: 0, term: known.map(|&(term, _)| term), text: text.into(), pos, count }
        };
        let mut entries: Vec<Entry<'c>> = only.iter().map(entry).collect();
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|&at| Reverse(entries.get(at).map_or(0, |entry| entry.count)));
        for (at, rank) in order.into_iter().zip(1..) {
            if let Some(entry) = entries.get_mut(at) {
                entry.rank = rank;
            }
        }
        entries
    }

    /// The part of speech of `term`, which begins and ends with no stop word, where it is shown.
    fn admits(&mut self, term: TermId, text: &str) -> Option<Cow<'c, str>> {
        let show = self.show;
        let blanks = text.bytes().filter(|&byte| byte == b' ').count();
        if show.min_chars > 1 && characters(text) - blanks < show.min_chars {
            return None;
        }
        if show.matching.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
            return None;
        }
        let pos = self.pos(term);
        let wanted = |tag: &str| show.pos.iter().any(|family| tag.starts_with(family.as_str()));
        (show.pos.is_empty() || pos.split(' ').all(wanted)).then_some(pos)
    }

    /// The part of speech of `term`; of an n-gram those of its words with blanks between them.
    fn pos(&mut self, term: TermId) -> Cow<'c, str> {
        // Without groups a word comes up once, and there is nothing to remember it for.
        if self.partial.groups.by().is_none() && self.partial.terms.is_word(term) {
            return self.segmenter.tag(self.partial.terms.word_text(term));
        }
        let words = self.partial.terms.words_of(term);
        let mut tags = String::new();
        for word in words {
            let tag = self
                .tags
                .entry(word)
                .or_insert_with(|| self.segmenter.tag(self.partial.terms.word_text(word)));
            if !tags.is_empty() {
                tags.push(' ');
            }
            tags.push_str(tag);
        }
        tags.into()
    }
}

/// The first bytes of `text` as a number that sorts as they do, to compare most texts without looking at them.
fn opening(text: &str) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text.as_bytes()).for_each(|(to, &from)| *to = from);
    u64::from_be_bytes(bytes)
}

impl TermCounts {
    /// What is known of a term that is shown in a group; `spread` is that of every slot.
    fn row<'r>(
        &'r self,
        (id, group): (GroupId, &'r GroupKey),
        entry: &'r Entry<'r>,
        spread: &[DpSum],
    ) -> TermRow<'r> {
        let size = self.parts.get(id).map_or(0, |parts| parts.size);
        let slot = entry.term.and_then(|term| self.slot_of(id, term));
        let tally = slot.and_then(|slot| self.tallies.get(slot as usize)).copied().unwrap_or_default();
        let dispersion =
            slot.and_then(|slot| spread.get(slot as usize)?.dp_norm(self.parts_of(slot)?, tally.count));
        TermRow { group, entry, size, tally, dispersion }
    }

    fn text(&self, term: TermId) -> Cow<'_, str> {
        match self.terms.word_text(term) {
            "" => self.terms.text(term).into(),
            word => word.into(),
        }
    }
}
