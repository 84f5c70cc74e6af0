//! A row per name: how often, where, since when, with which titles and in which forms.
//!
//! ```
//! use zjgr::analysis::counted;
//! use zjgr::analysis::names::{Wanted, count::Names};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let page = Reader::default().read(zjgr::Document::of("东海市总工会主席王建国到车间看望职工，王建国说大家辛苦了。"));
//! let table = counted(&Names::new(Wanted::default()), &[page], Format::CSV)?;
//! assert!(table.contains("王建国,person,2,"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::super::basis::Basis;
use super::super::group::{self, By, GroupId, GroupKey, Grouped, Groups};
use super::super::partial::{Portable, decode, encode};
use super::super::tally::{PageStamp, Tally};
use super::super::{Analysis, Tabulate};
use super::{Found, Wanted};
use crate::Result;
use crate::name::NameType;
use crate::page::Selection;
use crate::table::{Cell, Column, Columns, Row, Table};

static COLUMNS: &[Column<NameRow>] = &[
    Column::text("name", "The name in full", |row| row.name.into()),
    Column::text("type", "What it names: person, organisation, place, title, work", |row| {
        row.kind.name().into()
    }),
    Column::integer("count", "How often it is named, other than as who wrote an article", |row| {
        row.count.mentions().into()
    }),
    Column::integer("bylines", "How often as who wrote an article or took its photos", |row| {
        row.count.bylines.into()
    }),
    Column::integer("articles", "In how many articles", |row| row.count.tally.articles.into()),
    Column::integer("pages", "On how many pages", |row| row.count.tally.pages.into()),
    Column::date("first_date", "When it was first printed", |row| row.count.tally.first.into()),
    Column::date("last_date", "When it was last printed", |row| row.count.tally.last.into()),
    Column::list("titles", "A person's titles, the most frequent first", |row| ranked(&row.count.titles)),
    Column::list("variants", "Other forms in which it is printed, the most frequent first", |row| {
        ranked(&row.count.variants)
    }),
];

/// What a row is about: a name in a group.
#[derive(Debug)]
struct NameRow<'p> {
    group: &'p GroupKey,
    name: &'p str,
    kind: NameType,
    count: &'p Count,
}

impl Row for NameRow<'static> {
    type At<'p> = NameRow<'p>;
}

impl Grouped for NameRow<'_> {
    fn group(&self) -> &GroupKey {
        self.group
    }
}

/// Counts names.
#[derive(Debug)]
#[non_exhaustive]
pub struct Names {
    /// Which names.
    pub wanted: Wanted,
    /// By what they are counted apart.
    pub by: Option<By>,
    /// Only names that are mentioned so often, in a group where there are groups.
    pub min_count: u64,
    /// Only so many names, the most frequent, in each group where there are groups.
    pub top: Option<usize>,
}

impl Names {
    /// Counts the names that are `wanted`, all groups together.
    pub fn new(wanted: Wanted) -> Self {
        Self { wanted, by: None, min_count: 1, top: None }
    }
}

/// A name in a group.
type Key = (GroupId, NameType, Box<str>);

/// What was counted so far. Partials add up in any order to the same result.
#[derive(Debug)]
pub struct NameCounts {
    groups: Groups,
    counts: FxHashMap<Key, Count>,
    page: PageStamp,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Count {
    /// All mentions, bylines among them.
    tally: Tally,
    bylines: u64,
    titles: BTreeMap<Box<str>, u64>,
    variants: BTreeMap<Box<str>, u64>,
}

impl Count {
    /// How often the name is mentioned other than as who wrote an article.
    fn mentions(&self) -> u64 {
        self.tally.count - self.bylines
    }

    fn merge(&mut self, other: Self) {
        self.tally.merge(&other.tally);
        self.bylines += other.bylines;
        let add = |to: &mut BTreeMap<Box<str>, u64>, from: BTreeMap<Box<str>, u64>| {
            from.into_iter().for_each(|(form, count)| *to.entry(form).or_default() += count);
        };
        add(&mut self.titles, other.titles);
        add(&mut self.variants, other.variants);
    }
}

/// The forms, the most frequent first, among equals in the order of their text.
fn ranked(forms: &BTreeMap<Box<str>, u64>) -> Cell<'_> {
    let mut forms: Vec<(&str, u64)> = forms.iter().map(|(form, &count)| (&**form, count)).collect();
    forms.sort_by_key(|&(_, count)| Reverse(count));
    Cell::Names(forms.into_iter().map(|(form, _)| Cow::Borrowed(form)).collect())
}

impl Analysis for Names {
    const NAME: &'static str = "names-count";
    type Partial = NameCounts;

    fn start(&self) -> NameCounts {
        NameCounts {
            groups: Groups::new(self.by.clone()),
            counts: FxHashMap::default(),
            page: PageStamp::default(),
        }
    }

    fn add(&self, partial: &mut NameCounts, selection: &Selection<'_>) {
        let page = selection.page();
        let mut found: FxHashMap<usize, Vec<Found>> = self.wanted.of(selection).into_iter().collect();
        for (stamp, index) in partial.page.articles(selection) {
            let group = partial.groups.of(selection, index);
            let mut article: BTreeMap<Key, Count> = BTreeMap::new();
            for found in found.remove(&index).unwrap_or_default() {
                let printed = page.part_text(found.part).get(found.mention.range.clone()).unwrap_or_default();
                add(&mut article, group, &found, printed);
            }
            for (key, mut count) in article {
                let all = std::mem::take(&mut count.tally).count;
                let known = partial.counts.entry(key).or_default();
                known.tally.add(all, stamp, page.date_of(index));
                known.merge(Count { tally: Tally::default(), ..count });
            }
        }
    }

    fn merge(&self, partial: &mut NameCounts, other: NameCounts) {
        let numbers = partial.groups.merge(other.groups);
        for ((group, kind, name), count) in other.counts {
            let Some(&group) = numbers.get(group.index()) else { continue };
            partial.counts.entry((group, kind, name)).or_default().merge(count);
        }
    }

    fn basis(&self, partial: &NameCounts) -> Basis {
        let mentions = partial.counts.values().map(Count::mentions).sum();
        Basis::default().total("names", partial.counts.len() as u64).total("mentions", mentions)
    }
}

/// Adds one mention, printed so, to what its article has.
fn add(article: &mut BTreeMap<Key, Count>, group: GroupId, found: &Found, printed: &str) {
    let mention = &found.mention;
    let count = article.entry((group, mention.kind, mention.normal.as_str().into())).or_default();
    count.tally.count += 1;
    if found.is_byline {
        count.bylines += 1;
    } else {
        mention.titles.iter().for_each(|title| *count.titles.entry(title.as_str().into()).or_default() += 1);
    }
    if printed != mention.normal {
        *count.variants.entry(printed.into()).or_default() += 1;
    }
}

impl Portable for Names {
    fn pack(&self, partial: &mut NameCounts) -> Result<Vec<u8>> {
        let (groups, numbers) = partial.groups.in_order();
        let number = |group: GroupId| numbers.get(group.index()).copied().unwrap_or_default();
        let counts = partial.counts.iter();
        let counts = counts.map(|((group, kind, name), count)| ((number(*group), *kind, name), count));
        encode(&(groups, counts.collect::<BTreeMap<_, _>>()))
    }

    fn unpack(&self, bytes: &[u8]) -> Result<NameCounts> {
        let (groups, counts) = decode(bytes)?;
        Ok(NameCounts { groups, counts, ..self.start() })
    }
}

/// Group by group the names, the most frequent first.
impl Tabulate for Names {
    fn columns(&self, _partial: &NameCounts) -> Columns {
        Columns::from(&group::columns(self.by.as_ref(), COLUMNS))
    }

    fn rows(&self, partial: &mut NameCounts, table: &mut Table) -> Result<()> {
        let columns = group::columns(self.by.as_ref(), COLUMNS);
        let mut of_group: FxHashMap<GroupId, Vec<(&Key, &Count)>> = FxHashMap::default();
        for (key, count) in partial.counts.iter().filter(|(_, count)| count.mentions() >= self.min_count) {
            of_group.entry(key.0).or_default().push((key, count));
        }
        for (id, group) in partial.groups.sorted() {
            let mut names = of_group.remove(&id).unwrap_or_default();
            names.sort_unstable_by_key(|((_, kind, name), count)| {
                (Reverse(count.mentions()), Reverse(count.bylines), name, *kind)
            });
            for ((_, kind, name), count) in names.into_iter().take(self.top.unwrap_or(usize::MAX)) {
                table.push(&columns, &NameRow { group, name, kind: *kind, count })?;
            }
        }
        Ok(())
    }
}
