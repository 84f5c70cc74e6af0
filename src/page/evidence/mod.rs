//! Evidence: what can be said of a line. A fact decides nothing; [`super::decide`] weighs all of them together.
//!
//! Each fact has a name, a sentence that says what it means, and a function; its test stands beside it. All of them are
//! listed once, in [`facts`], from what a line is by itself to what stands around it. A fact that holds of a line may
//! count for its neighbours too ([`Reach`]), where its name says how far away it holds: `+1 gap>=2` of the line below.
//! Beside them stand the [`pairs`] of characters of a line.

mod around;
pub(in crate::page) mod boxes;
mod kind;
pub(super) mod pairs;
mod people;
mod place;
mod shape;
mod topic;
mod view;
mod wording;

use std::ops::Range;

use super::scale::{LevelNames, Levels, Scale};
use crate::chain::{Name, Names, Sequence};

use pairs::PairNumbers;
pub(super) use people::phrases;
pub(super) use view::View;

/// One fact.
pub(super) struct Fact {
    /// Its name, as the weights have it.
    pub(super) name: &'static str,
    /// What it says of a line.
    pub(super) says: &'static str,
    /// How what it measures is told apart.
    scale: Scale,
    /// For which lines it counts.
    reach: Reach,
    /// What it measures of a line, given by its index.
    of: fn(&View<'_>, usize) -> u32,
}

/// For which lines a fact counts.
#[derive(Debug, Clone, Copy)]
enum Reach {
    /// The line itself.
    Own,
    /// The lines next to it too.
    Near,
    /// And those next to them.
    Far,
}

impl Fact {
    const fn flag(name: &'static str, says: &'static str, of: fn(&View<'_>, usize) -> u32) -> Self {
        Self { name, says, scale: Scale::Flag, reach: Reach::Own, of }
    }

    const fn steps(
        name: &'static str,
        says: &'static str,
        steps: &'static [u32],
        of: fn(&View<'_>, usize) -> u32,
    ) -> Self {
        Self { name, says, scale: Scale::Steps(steps), reach: Reach::Own, of }
    }

    const fn within(
        name: &'static str,
        says: &'static str,
        limits: &'static [u32],
        of: fn(&View<'_>, usize) -> u32,
    ) -> Self {
        Self { name, says, scale: Scale::Within(limits), reach: Reach::Own, of }
    }

    const fn names(
        name: &'static str,
        says: &'static str,
        names: &'static [&'static str],
        of: fn(&View<'_>, usize) -> u32,
    ) -> Self {
        Self { name, says, scale: Scale::Names(names), reach: Reach::Own, of }
    }

    const fn product(
        name: &'static str,
        says: &'static str,
        lists: &'static [&'static [&'static str]],
        of: fn(&View<'_>, usize) -> u32,
    ) -> Self {
        Self { name, says, scale: Scale::Product(lists), reach: Reach::Own, of }
    }

    const fn near(self) -> Self {
        Self { reach: Reach::Near, ..self }
    }

    const fn far(self) -> Self {
        Self { reach: Reach::Far, ..self }
    }

    /// How far from the line it may hold.
    fn offsets(&self) -> std::ops::RangeInclusive<isize> {
        match self.reach {
            Reach::Own => 0..=0,
            Reach::Near => -1..=1,
            Reach::Far => -2..=2,
        }
    }
}

/// What is known of a line: the name of each fact with what it says.
pub(super) fn said() -> impl Iterator<Item = (&'static str, &'static str)> {
    facts().map(|fact| (fact.name, fact.says)).chain(pairs::SAYS)
}

/// Every fact, in order.
pub(super) fn facts() -> impl Iterator<Item = &'static Fact> {
    [
        shape::FACTS,
        place::FACTS,
        wording::FACTS,
        people::FACTS,
        around::FACTS,
        kind::FACTS,
        topic::FACTS,
        boxes::FACTS,
    ]
    .into_iter()
    .flatten()
}

/// The numbers that a model has for facts of the lines of a page.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    /// For each offset at which a fact may hold, the facts that may, and the numbers of their levels.
    of: Vec<(isize, Vec<usize>, Levels)>,
    /// For each offset but that of the line itself, the number of what says that there is no such line.
    edges: Vec<u32>,
    /// Those of pairs of characters.
    pairs: PairNumbers,
}

/// The offsets at which a fact may hold, and what the names of facts open with that hold of a line there.
const OFFSETS: [(isize, &str); 5] = [(-2, "-2 "), (-1, "-1 "), (0, ""), (1, "+1 "), (2, "+2 ")];

impl Numbers {
    /// The numbers that `names` gives to every fact.
    pub(super) fn of<N: Names>(names: &mut N) -> Self {
        let levels = LevelNames::of(facts().map(|fact| (fact.name, fact.scale)));
        let at = |(offset, prefix): (isize, &'static str)| {
            let may = |(_, fact): &(usize, &Fact)| fact.offsets().contains(&offset);
            let places: Vec<usize> = facts().enumerate().filter(may).map(|(place, _)| place).collect();
            let numbers = Levels::of(names, prefix, &levels, places.iter().copied());
            (offset, places, numbers)
        };
        let of = OFFSETS.map(at).to_vec();
        let edge = |(_, prefix): &(isize, &str)| names.number(&N::Name::of(prefix).and(&N::Name::of("edge")));
        let edges = OFFSETS.iter().map(edge).collect();
        Self { of, edges, pairs: PairNumbers::of(names) }
    }

    /// Which facts hold of each of `lines`.
    pub(super) fn sequence(&self, view: &View<'_>, lines: Range<usize>) -> Sequence {
        let seen = lines.start.saturating_sub(FARTHEST)..(lines.end + FARTHEST).min(view.lines.len());
        let count = facts().count();
        let mut levels = Vec::with_capacity(seen.len() * count);
        seen.clone().for_each(|i| levels.extend(levels_of(view, i)));
        let (mut sequence, mut held) = (Sequence::default(), Vec::new());
        for i in lines {
            for ((offset, facts, numbers), &edge) in self.of.iter().zip(&self.edges) {
                let line = i.checked_add_signed(*offset).and_then(|line| line.checked_sub(seen.start));
                match line.and_then(|line| levels.chunks_exact(count).nth(line)) {
                    None => held.push(edge),
                    Some(line) => {
                        let told = facts.iter().enumerate().filter(|(_, fact)| line[**fact] != SILENT);
                        held.extend(told.map(|(place, &fact)| numbers.number(place, line[fact])));
                    }
                }
            }
            self.pairs.add(view, i, &mut held);
            sequence.add(held.drain(..));
        }
        sequence
    }
}

/// How many lines away a fact may hold that counts for a line.
const FARTHEST: usize = 2;

/// The level of a fact that says nothing.
const SILENT: u16 = u16::MAX;

/// The level of each fact on line `i`.
fn levels_of(view: &View<'_>, i: usize) -> impl Iterator<Item = u16> {
    facts().map(move |fact| fact.scale.level((fact.of)(view, i)).unwrap_or(SILENT))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::page::byline::{BylineReader, PageBylines};
    use crate::page::page_words::PageWords;
    use crate::page::rejoined::LineIndex;
    use crate::source::Placement;

    /// The levels of the fact `name` on the lines of `text`, without its name; `-` where it says nothing.
    pub(super) fn said(name: &str, text: &str) -> String {
        said_at(name, text, &[])
    }

    /// The same of lines that stand at `places`.
    pub(super) fn said_at(name: &str, text: &str, places: &[Placement]) -> String {
        let page_words = PageWords::built_in();
        let mut lines = Vec::new();
        crate::page::scan::scan(text, &LineIndex::new(text, 1, false), &page_words, &mut lines);
        lines.iter_mut().zip(places).for_each(|(line, place)| line.place = Some(*place));
        let reader = BylineReader::built_in();
        let bylines = PageBylines::new(&reader, &page_words.byline);
        let view = View::new(text, &lines, &page_words, &bylines);
        let fact = facts().find(|fact| fact.name == name).expect("a fact of that name");
        let names: Vec<String> = fact.scale.levels(fact.name);
        let level = |i: usize| {
            let level = fact.scale.level((fact.of)(&view, i));
            let name = level.map_or("-", |level| &names[usize::from(level)]);
            name.strip_prefix(fact.name).unwrap_or(name).trim_start_matches('=').to_owned()
        };
        (0..lines.len())
            .map(level)
            .map(|level| if level.is_empty() { "x".to_owned() } else { level })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn every_fact_has_a_name_of_its_own_and_a_sentence() {
        let names: Vec<&str> = facts().map(|fact| fact.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        assert!(facts().all(|fact| fact.says.ends_with('.')));
    }
}
