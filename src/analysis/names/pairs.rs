//! Which names stand together: in one sentence, one paragraph, one article.
//!
//! ```
//! use zjgr::analysis::counted;
//! use zjgr::analysis::names::{Wanted, pairs::{Pairs, Unit}};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let page = Reader::default().read(zjgr::Document::of("东海市总工会主席王建国到车间看望职工。"));
//! let table = counted(&Pairs::new(Wanted::default(), Unit::Sentence), &[page], Format::CSV)?;
//! assert!(table.starts_with("name,type,other,other_type,count,") && table.contains("王建国"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::super::basis::Basis;
use super::super::partial::{Portable, decode, encode};
use super::super::word_places::SENTENCE_END;
use super::super::{Analysis, Tabulate};
use super::{Found, Wanted};
use crate::Result;
use crate::measure::contingency::Contingency;
use crate::name::NameType;
use crate::page::Selection;
use crate::table::{Cell, Column, Columns, Row, Table};

static COLUMNS: &[Column<PairRow>] = &[
    Column::text("name", "A name in full", |row| row.first.1.into()),
    Column::text("type", "What it names", |row| row.first.0.name().into()),
    Column::text("other", "A name that stands with it", |row| row.second.1.into()),
    Column::text("other_type", "What that names", |row| row.second.0.name().into()),
    Column::integer("count", "In how many sentences (paragraphs, articles) both are named", |row| {
        row.together.into()
    }),
    Column::decimal("expected", "In how many they would be by chance", |row| {
        Cell::measure(row.table().expected())
    }),
    Column::decimal("log_likelihood", "Log-likelihood over four cells (Dunning 1993)", |row| {
        Cell::measure(row.table().g2())
    }),
    Column::integer("name_count", "In how many the first is named", |row| row.counts.0.into()),
    Column::integer("other_count", "In how many the second is named", |row| row.counts.1.into()),
];

/// A name: what it names, and how it is called.
type Name<'p> = (NameType, &'p str);

/// What a row is about: two names.
#[derive(Debug)]
struct PairRow<'p> {
    first: Name<'p>,
    second: Name<'p>,
    together: u64,
    counts: (u64, u64),
    units: u64,
}

impl PairRow<'_> {
    fn table(&self) -> Contingency {
        Contingency::of_pair(self.together, self.counts.0, self.counts.1, self.units)
    }
}

impl Row for PairRow<'static> {
    type At<'p> = PairRow<'p>;
}

/// What holds names together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Unit {
    /// One sentence.
    Sentence,
    /// One paragraph, headline or caption.
    #[default]
    Paragraph,
    /// One article.
    Article,
}

/// Counts which names stand together. Who wrote an article is no part of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Pairs {
    /// Which names.
    pub wanted: Wanted,
    /// What holds them together.
    pub unit: Unit,
    /// Only pairs that stand together so often.
    pub min_count: u64,
    /// Only so many pairs, the most frequent.
    pub top: Option<usize>,
}

impl Pairs {
    /// Counts which of the names that are `wanted` stand together in one `unit`.
    pub fn new(wanted: Wanted, unit: Unit) -> Self {
        Self { wanted, unit, min_count: 1, top: None }
    }
}

/// More names than this in one sentence, paragraph or article are a list, and say of no two that they belong together;
/// with them the pairs would grow with the square of the text.
const MOST_IN_UNIT: usize = 200;

/// The number of a name in a partial.
type NameId = u32;

/// What was counted so far. Partials add up in any order to the same result.
#[derive(Debug, Default)]
pub struct PairCounts {
    names: Vec<(NameType, Box<str>)>,
    numbers: FxHashMap<(NameType, Box<str>), NameId>,
    /// In how many units each name stands.
    counts: Vec<u64>,
    pairs: FxHashMap<(NameId, NameId), u64>,
    units: u64,
}

impl PairCounts {
    fn number(&mut self, kind: NameType, name: &str) -> NameId {
        let key = (kind, Box::from(name));
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let number = self.names.len() as NameId;
        self.names.push(key.clone());
        self.counts.push(0);
        self.numbers.insert(key, number);
        number
    }

    /// Adds the names of one unit.
    fn add(&mut self, names: &BTreeSet<(NameType, &str)>) {
        self.units += 1;
        if names.len() > MOST_IN_UNIT {
            return;
        }
        let numbers: Vec<NameId> = names.iter().map(|&(kind, name)| self.number(kind, name)).collect();
        for (at, &first) in numbers.iter().enumerate() {
            self.counts[first as usize] += 1;
            for &second in &numbers[at + 1..] {
                *self.pairs.entry((first.min(second), first.max(second))).or_default() += 1;
            }
        }
    }
}

impl Pairs {
    /// The number of the unit that each name stands in, counted from 0, and how many units there are.
    fn units(&self, selection: &Selection<'_>, index: usize, found: &[Found]) -> (Vec<usize>, usize) {
        let page = selection.page();
        let parts: Vec<usize> = self.wanted.scope.parts(selection, index).map(|(at, _)| at).collect();
        match self.unit {
            Unit::Article => (vec![0; found.len()], 1),
            Unit::Paragraph => (found.iter().map(|found| found.mention.text).collect(), parts.len()),
            Unit::Sentence => {
                let mut units = Vec::with_capacity(found.len());
                let (mut unit, mut rest) = (0, found);
                for (number, &part) in parts.iter().enumerate() {
                    let text = page.part_text(part);
                    let here = rest.partition_point(|found| found.mention.text <= number);
                    let mut from = 0;
                    for found in &rest[..here] {
                        let between = text.get(from..found.mention.range.start).unwrap_or_default();
                        unit += between.matches(SENTENCE_END).count();
                        units.push(unit);
                        from = found.mention.range.start;
                    }
                    unit += text
                        .get(from..)
                        .unwrap_or_default()
                        .trim_end_matches(SENTENCE_END)
                        .matches(SENTENCE_END)
                        .count()
                        + 1;
                    rest = &rest[here..];
                }
                (units, unit)
            }
        }
    }
}

impl Analysis for Pairs {
    const NAME: &'static str = "names-pairs";
    type Partial = PairCounts;

    fn start(&self) -> PairCounts {
        PairCounts::default()
    }

    fn add(&self, partial: &mut PairCounts, selection: &Selection<'_>) {
        for (index, found) in self.wanted.of(selection) {
            let (units, count) = self.units(selection, index, &found);
            let mut names: Vec<BTreeSet<(NameType, &str)>> = vec![BTreeSet::new(); count];
            for (found, unit) in found.iter().zip(units).filter(|(found, _)| !found.is_byline) {
                if let Some(names) = names.get_mut(unit) {
                    names.insert((found.mention.kind, &found.mention.normal));
                }
            }
            names.iter().for_each(|names| partial.add(names));
        }
    }

    fn merge(&self, partial: &mut PairCounts, other: PairCounts) {
        let numbers: Vec<NameId> =
            other.names.iter().map(|(kind, name)| partial.number(*kind, name)).collect();
        for (&number, count) in numbers.iter().zip(other.counts) {
            partial.counts[number as usize] += count;
        }
        for ((first, second), count) in other.pairs {
            let (first, second) = (numbers[first as usize], numbers[second as usize]);
            *partial.pairs.entry((first.min(second), first.max(second))).or_default() += count;
        }
        partial.units += other.units;
    }

    fn basis(&self, partial: &PairCounts) -> Basis {
        Basis::default().total("names", partial.names.len() as u64).total("units", partial.units)
    }
}

impl Portable for Pairs {
    fn pack(&self, partial: &mut PairCounts) -> Result<Vec<u8>> {
        let mut order: Vec<NameId> = (0..partial.names.len() as NameId).collect();
        order.sort_unstable_by_key(|&id| &partial.names[id as usize]);
        let mut numbers = vec![0; order.len()];
        for (number, &id) in (0..).zip(&order) {
            numbers[id as usize] = number;
        }
        let names: Vec<_> = order.iter().map(|&id| &partial.names[id as usize]).collect();
        let counts: Vec<u64> = order.iter().map(|&id| partial.counts[id as usize]).collect();
        let pairs = partial.pairs.iter().map(|(&(a, b), together)| {
            let (a, b): (NameId, NameId) = (numbers[a as usize], numbers[b as usize]);
            ((a.min(b), a.max(b)), together)
        });
        encode(&(names, counts, pairs.collect::<BTreeMap<_, _>>(), partial.units))
    }

    fn unpack(&self, bytes: &[u8]) -> Result<PairCounts> {
        let (names, counts, pairs, units): (Vec<(NameType, Box<str>)>, _, _, _) = decode(bytes)?;
        let numbers = names.iter().cloned().zip(0..).collect();
        Ok(PairCounts { names, numbers, counts, pairs, units })
    }
}

/// Pairs of names, those that stand together most often first.
impl Tabulate for Pairs {
    fn columns(&self, _partial: &PairCounts) -> Columns {
        COLUMNS.into()
    }

    fn rows(&self, partial: &mut PairCounts, table: &mut Table) -> Result<()> {
        self.sorted(partial).iter().try_for_each(|row| table.push(COLUMNS, row))
    }
}

impl Pairs {
    /// The pairs that are shown.
    fn sorted<'p>(&self, partial: &'p PairCounts) -> Vec<PairRow<'p>> {
        let name = |id: NameId| {
            let (kind, name) = &partial.names[id as usize];
            (*kind, &**name)
        };
        let by_name = |name: Name<'p>| (name.1, name.0);
        let mut rows: Vec<PairRow<'p>> = partial
            .pairs
            .iter()
            .filter(|(_, together)| **together >= self.min_count)
            .map(|(&(a, b), &together)| {
                let (a, b) = if by_name(name(a)) <= by_name(name(b)) { (a, b) } else { (b, a) };
                let counts = (partial.counts[a as usize], partial.counts[b as usize]);
                PairRow { first: name(a), second: name(b), together, counts, units: partial.units }
            })
            .collect();
        rows.sort_unstable_by(|a, b| {
            let key = |row: &PairRow<'_>| (Reverse(row.together), Reverse(row.counts.0 + row.counts.1));
            (key(a), by_name(a.first), by_name(a.second)).cmp(&(key(b), by_name(b.first), by_name(b.second)))
        });
        rows.truncate(self.top.unwrap_or(usize::MAX));
        rows
    }

    /// The pairs that are shown as a graph in GraphML, which Gephi, Cytoscape and networkx read: a node a name, with
    /// `label`, `type` and `count`; an edge a pair, with `weight` (how often) and `log_likelihood`.
    ///
    /// Brandes, U. et al. (2002): GraphML progress report. *Graph Drawing 2001*, 501–512.
    pub fn graphml(&self, partial: &PairCounts) -> String {
        let rows = self.sorted(partial);
        let nodes: BTreeSet<(&str, NameType, u64)> = rows
            .iter()
            .flat_map(|row| [(row.first, row.counts.0), (row.second, row.counts.1)])
            .map(|((kind, name), count)| (name, kind, count))
            .collect();
        let id = |(kind, name): Name<'_>| format!("{}:{}", kind.name(), escaped(name));
        let mut graph = GRAPHML.to_owned();
        for (name, kind, count) in nodes {
            let (id, label, kind) = (id((kind, name)), escaped(name), kind.name());
            graph += &format!(
                "<node id=\"{id}\"><data key=\"label\">{label}</data><data key=\"type\">{kind}</data><data key=\"count\">{count}</data></node>\n"
            );
        }
        for row in rows {
            let (from, to, weight) = (id(row.first), id(row.second), row.together);
            let strength = row
                .table()
                .g2()
                .map_or_else(String::new, |g2| format!("<data key=\"log_likelihood\">{g2:.6}</data>"));
            graph += &format!(
                "<edge source=\"{from}\" target=\"{to}\"><data key=\"weight\">{weight}</data>{strength}</edge>\n"
            );
        }
        graph + "</graph>\n</graphml>\n"
    }
}

/// What a graph begins with: which data its nodes and edges carry.
const GRAPHML: &str = concat!(
    "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!-- zjgr ",
    env!("CARGO_PKG_VERSION"),
    " -->
<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">
<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>
<key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>
<key id=\"count\" for=\"node\" attr.name=\"count\" attr.type=\"long\"/>
<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"long\"/>
<key id=\"log_likelihood\" for=\"edge\" attr.name=\"log_likelihood\" attr.type=\"double\"/>
<graph edgedefault=\"undirected\">
"
);

/// `text` as XML has it; control characters, which it cannot have, are left out.
fn escaped(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    quick_xml::escape::escape(plain.as_str()).into_owned()
}
