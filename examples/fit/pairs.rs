//! Which pairs of characters tell most of what a line is.

use std::collections::{BTreeMap, BTreeSet};

use super::gold::{Gold, document};
use super::paper;
use zjgr::page::Weights;
use zjgr::page::learn::Teacher;

/// A pair that fewer papers have tells of papers, not of lines.
const PAPERS: usize = 6;

/// How often something was seen with each role.
type Counts<'g> = BTreeMap<&'g str, f64>;

/// The `most` pairs that tell most of the roles of lines, a line each, in order. How much one tells is the
/// log-likelihood ratio of its lines against all lines of its kind, short or long (Dunning 1993).
pub(crate) fn telling(pages: &[Gold], most: usize) -> String {
    let teacher = Teacher::new(Weights::blank());
    let mut all: BTreeMap<String, Counts<'_>> = BTreeMap::new();
    let mut pairs: BTreeMap<String, (Counts<'_>, BTreeSet<&str>)> = BTreeMap::new();
    for gold in pages {
        for (number, names) in teacher.pairs(&document(&gold.text)) {
            let Some(told) = gold.lines.get(&number) else { continue };
            let of_kind = names.first().map(|name| kind(name).to_owned()).unwrap_or_default();
            *all.entry(of_kind).or_default().entry(&told.role).or_default() += 1.0;
            for name in names.into_iter().collect::<BTreeSet<_>>() {
                let (counts, papers) = pairs.entry(name).or_default();
                *counts.entry(&told.role).or_default() += 1.0;
                papers.insert(paper(gold));
            }
        }
    }
    let known = pairs.iter().filter(|(_, (_, papers))| papers.len() >= PAPERS);
    let mut ranked: Vec<(f64, &str)> =
        known.map(|(name, (counts, _))| (log_likelihood(counts, &all[kind(name)]), name.as_str())).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let mut chosen = BTreeSet::new();
    for (_, name) in ranked {
        chosen.insert(&name[kind(name).len()..]);
        if chosen.len() == most {
            break;
        }
    }
    chosen.iter().flat_map(|pair| [pair, "\n"]).collect()
}

/// What stands before the pair in the name of a fact.
fn kind(name: &str) -> &str {
    name.rsplit_once(' ').map_or(name, |(kind, _)| &name[..=kind.len()])
}

/// Half of the log-likelihood ratio of `part` against `whole`, of which it is a part.
fn log_likelihood(part: &Counts<'_>, whole: &Counts<'_>) -> f64 {
    let (inside, all): (f64, f64) = (part.values().sum(), whole.values().sum());
    let cell = |seen: f64, expected: f64| if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 };
    let row = |(role, &of_role): (&&str, &f64)| {
        let seen = part.get(role).copied().unwrap_or_default();
        let expected = of_role * inside / all;
        cell(seen, expected) + cell(of_role - seen, of_role - expected)
    };
    whole.iter().map(row).sum()
}
