//! Where a line goes on with an earlier one: the third decision, over the lines of one role of each article.
//!
//! Columns break paragraphs, pictures and other stories stand in them. Which lines an article has is known by now; each
//! either starts a paragraph or goes on with the line of its role above. A linear chain ([`crate::chain`]) weighs how
//! the one ends and the other opens (`evidence`); its weights are learnt (`data/page/weights.tsv`).

mod brackets;
mod evidence;
mod pairs;

use std::collections::BTreeMap;
use std::ops::Range;

use self::evidence::Numbers;
use self::pairs::Sheet;
use super::Role;
use super::articles::Gathered;
use super::decide::Decided;
use super::learnt::{Decision, Learnt};
use crate::chain::{self, Example, Sequence, Work};

/// The place of its state: a line goes on with an earlier one.
const GOES_ON: usize = 1;

/// The roles whose lines may go on with one another.
const JOINED: [Role; 6] =
    [Role::Kicker, Role::Headline, Role::Subhead, Role::Section, Role::Body, Role::Caption];

/// Which lines go on with an earlier one.
#[derive(Debug, Clone)]
pub(super) struct Join;

/// Decides which lines go on with an earlier one.
pub(super) type Joiner = Learnt<Join>;

impl Decision for Join {
    type Numbers = Numbers;

    fn states() -> Vec<String> {
        ["starts", "goes on"].map(str::to_owned).into()
    }

    fn facts() -> impl Iterator<Item = (&'static str, &'static str)> {
        evidence::FACTS.iter().map(|fact| (fact.name, fact.says))
    }

    fn numbers(names: &mut impl chain::Names) -> Numbers {
        Numbers::of(names)
    }

    fn is_forbidden(from: Option<usize>, to: Option<usize>) -> bool {
        from.is_none() & (to == Some(GOES_ON))
    }
}

/// The lines of one role of one article, in order.
struct Strand {
    role: usize,
    lines: Vec<usize>,
}

impl Joiner {
    /// What the lines of a page do of which it is known; `joins` says whether a line goes on with an earlier one.
    pub(super) fn examples(
        &self,
        page: &Decided<'_>,
        gathered: &Gathered,
        joins: impl Fn(usize) -> bool,
    ) -> Vec<Example> {
        let sheet = Sheet::of(page, gathered);
        let example = |strand: &Strand| {
            let states: Vec<usize> = (strand.lines.iter().enumerate())
                .map(|(at, &line)| usize::from((at > 0) & joins(line)))
                .collect();
            Example::new(self.sequence(&sheet, strand, 0..strand.lines.len()), states)
        };
        strands(gathered).iter().map(example).collect()
    }

    /// For each line the one that it goes on with.
    pub(super) fn join(&self, page: &Decided<'_>, gathered: &Gathered) -> Vec<Option<usize>> {
        let sheet = Sheet::of(page, gathered);
        let mut work = Work::default();
        let mut continues = vec![None; gathered.roles.len()];
        for strand in strands(gathered).iter().filter(|strand| strand.lines.len() > 1) {
            for (seen, decided) in chain::windows(strand.lines.len()) {
                let path = self.model.best(&self.sequence(&sheet, strand, seen.clone()), &mut work);
                for at in decided.filter(|&at| (at > 0) & (path[at - seen.start] == GOES_ON)) {
                    continues[strand.lines[at]] = Some(strand.lines[at - 1]);
                }
            }
        }
        continues
    }

    /// Which facts hold of some of the lines of `strand`. What a paragraph has so far is what the first decision said.
    fn sequence(&self, sheet: &Sheet<'_>, strand: &Strand, lines: Range<usize>) -> Sequence {
        let mut sequence = Sequence::default();
        let mut start = lines.start;
        for at in lines {
            let line = strand.lines[at];
            let before = at.checked_sub(1).map(|before| strand.lines[before]);
            let pair = sheet.pair(before, line, &strand.lines[start..at], strand.lines.get(at + 1).copied());
            start = if pair.said == 0 { at } else { start };
            self.numbers.add(&mut sequence, &pair, strand.role);
        }
        sequence
    }
}

/// The lines of each role of each article.
fn strands(gathered: &Gathered) -> Vec<Strand> {
    let mut strands: BTreeMap<(usize, usize), Strand> = BTreeMap::new();
    for (line, (role, owner)) in gathered.roles.iter().zip(&gathered.owners).enumerate() {
        let role = JOINED.iter().position(|joined| joined == role);
        let (Some(role), Some(owner)) = (role, *owner) else { continue };
        let strand = strands.entry((owner, role)).or_insert_with(|| Strand { role, lines: Vec::new() });
        strand.lines.push(line);
    }
    strands.into_values().collect()
}
