//! Characters that no list and no pattern tells apart are one group, and what is known of a group is one row of bits:
//! what a reader asks of the character beside a number is one look into it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::signs::SignTable;
use super::{CUES, Cue, Element, Kind, Pattern, Patterns, Set, Side, Test, Times};
use crate::packed::Records;

/// How many bytes a row has that tells the lists of a group, and one that tells the patterns.
const LISTS: usize = 32;
const EDGES: usize = 128;

/// Where in the first the bits of word lists begin, behind those of lists of characters.
const WORDS: usize = 144;

/// Where in the second the bits of patterns begin that fit by what stands behind a number alone, by what stands before it
/// alone, and by both: what stands behind and what stands before.
const BEHIND: usize = 0;
const BEFORE: usize = 256;
const BOTH_BEHIND: usize = 512;
const BOTH_BEFORE: usize = 768;

const _: () = assert!((Set::NoShopPlace as usize) < WORDS);
const _: () = assert!(WORDS + CUES as usize + (Cue::SumNoun as usize) < LISTS * 8);
const _: () = assert!((Pattern::NumberSigns as usize) < BEFORE - BEHIND);

/// Those that a character is alike: one group by the lists that it is on, one by the patterns that it may stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Group(u32);

impl Group {
    /// That of no character: what stands before the first one and behind the last.
    pub(crate) const NOTHING: Self = Self::new(0, 0);
    /// That of the cell which stands for clauses that were left out.
    pub(crate) const LEFT_OUT: Self = Self::new(1, 1);
    /// That of the characters outside the basic plane, which are nothing special but may be on any list of words.
    pub(crate) const OUTSIDE: Self = Self::new(2, 2);

    const fn new(lists: u16, edges: u16) -> Self {
        Self((lists as u32) << 16 | edges as u32)
    }

    #[inline]
    pub(super) const fn of(bits: u32) -> Self {
        Self(bits)
    }

    #[inline]
    pub(super) const fn bits(self) -> u32 {
        self.0
    }
}

/// The lists that the characters of a group are on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lists<'r>(&'r [u8; LISTS]);

impl Lists<'_> {
    /// True for the characters of `set`.
    #[inline]
    pub(crate) fn has(self, set: Set) -> bool {
        bit(self.0, set as usize)
    }

    /// False where no word of the list begins with the character, or ends with it where it is read backwards.
    #[inline]
    pub(crate) fn may_begin(self, list: u32) -> bool {
        bit(self.0, WORDS + list as usize)
    }

    /// The same of the list of `cue`.
    #[inline]
    pub(crate) fn may_begin_cue(self, cue: Cue) -> bool {
        bit(self.0, WORDS + CUES as usize + cue as usize)
    }
}

/// The patterns that the characters of a group may stand in, directly beside the number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edges<'r>(&'r [u8; EDGES]);

impl Edges<'_> {
    /// False where the pattern of that number fits around no number between this character and `behind`.
    #[inline]
    pub(crate) fn may_fit(self, behind: Self, pattern: usize) -> bool {
        bit(behind.0, BEHIND + pattern)
            || bit(self.0, BEFORE + pattern)
            || bit(behind.0, BOTH_BEHIND + pattern) && bit(self.0, BOTH_BEFORE + pattern)
    }
}

#[inline]
fn bit(row: &[u8], bit: usize) -> bool {
    row.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
}

fn put<const N: usize>(row: &mut [u8; N], bit: usize) {
    row[bit / 8] |= 1 << (bit % 8);
}

/// The rows of all groups.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Groups {
    lists: Records<LISTS>,
    edges: Records<EDGES>,
}

impl Groups {
    /// The rows, by the numbers of groups.
    pub(crate) fn rows(&self) -> Rows<'_> {
        Rows { lists: self.lists.from(0), edges: self.edges.from(0) }
    }
}

/// The rows of all groups, where they lie.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'r> {
    lists: &'r [[u8; LISTS]],
    edges: &'r [[u8; EDGES]],
}

impl<'r> Rows<'r> {
    /// The lists that a group is on.
    #[inline]
    pub(crate) fn lists(self, group: Group) -> Lists<'r> {
        Lists(self.lists.get((group.0 >> 16) as usize).unwrap_or(&[0; LISTS]))
    }

    /// The patterns that a group may stand in.
    #[inline]
    pub(crate) fn edges(self, group: Group) -> Edges<'r> {
        Edges(self.edges.get(usize::from(group.0 as u16)).unwrap_or(&[0; EDGES]))
    }
}

/// Rows while they are made, each once.
struct Made<const N: usize> {
    rows: Vec<[u8; N]>,
    numbers: BTreeMap<[u8; N], u16>,
}

impl<const N: usize> Made<N> {
    /// The rows of the groups that are no characters of the table.
    fn new(first: impl IntoIterator<Item = [u8; N]>) -> Self {
        Self { rows: first.into_iter().collect(), numbers: BTreeMap::new() }
    }

    /// The number of `row`.
    fn number(&mut self, row: [u8; N]) -> u16 {
        let next = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        let number = *self.numbers.entry(row).or_insert(next);
        if number == next {
            self.rows.push(row);
        }
        number
    }
}

/// A character by what tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    kind: u8,
    lists: u128,
    /// The kinds of units that begin with it.
    units: u16,
    sets: Vec<Set>,
    /// The character itself, where a pattern asks for it.
    ch: Option<char>,
}

/// What a character alone tells of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Passes,
    Fails,
    /// It depends on more than that.
    Open,
}

/// The lists that such a character is on; none, where there is none.
fn lists_row(likeness: Option<&Likeness>) -> [u8; LISTS] {
    let mut row = [0; LISTS];
    let Some(likeness) = likeness else { return row };
    likeness.sets.iter().for_each(|&set| put(&mut row, set as usize));
    let lists = (0..LISTS * 8 - WORDS).filter(|list| likeness.lists >> list & 1 == 1);
    lists.for_each(|list| put(&mut row, WORDS + list));
    row
}

/// Groups while they are made.
pub(super) struct Grouping<'w> {
    sets: &'w BTreeMap<Set, String>,
    /// The lists of cues that are read from a number backwards, one bit a list.
    backwards: u128,
    patterns: &'w Patterns,
    /// The characters that patterns ask for.
    named: Vec<char>,
    lists: Made<LISTS>,
    edges: Made<EDGES>,
    known: BTreeMap<Likeness, Group>,
}

impl<'w> Grouping<'w> {
    /// No groups yet but those that are no characters of the table.
    pub(super) fn new(sets: &'w BTreeMap<Set, String>, backwards: u128, patterns: &'w Patterns) -> Self {
        let sides = patterns.all().flat_map(|(_, sides)| [&sides.before, &sides.behind]);
        let elements = sides.flatten().flat_map(Side::elements);
        let named = elements.filter_map(|element| match element.test {
            Test::Char(c) => Some(c),
            _ => None,
        });
        let mut named: Vec<char> = named.chain(['.']).collect();
        named.sort_unstable();
        named.dedup();
        let nothing =
            |kind: Kind| Likeness { kind: kind as u8, lists: 0, units: 0, sets: Vec::new(), ch: None };
        let left_out = nothing(Kind::Stop);
        let outside = Likeness { lists: u128::MAX, units: u16::MAX, ..nothing(Kind::Other) };
        // In the order of the constants of `Group`.
        let first = [None, Some(&left_out), Some(&outside)];
        let mut grouping = Self {
            sets,
            backwards,
            patterns,
            named,
            lists: Made::new(first.map(lists_row)),
            edges: Made::new([]),
            known: BTreeMap::new(),
        };
        grouping.edges = Made::new(first.map(|likeness| grouping.edges_row(likeness)));
        grouping
    }

    /// The group of `c`, a plain form, where it is of `kind`.
    pub(super) fn of(&mut self, signs: &SignTable, c: char, kind: Kind) -> Group {
        let on_set = |(set, characters): (&Set, &String)| characters.contains(c).then_some(*set);
        let (lists, units) = signs.words(c);
        let likeness = Likeness {
            kind: kind as u8,
            lists,
            units,
            sets: self.sets.iter().filter_map(on_set).collect(),
            ch: self.named.binary_search(&c).is_ok().then_some(c),
        };
        if let Some(&group) = self.known.get(&likeness) {
            return group;
        }
        let lists = self.lists.number(lists_row(Some(&likeness)));
        let group = Group::new(lists, self.edges.number(self.edges_row(Some(&likeness))));
        self.known.insert(likeness, group);
        group
    }

    pub(super) fn finish(self) -> Groups {
        Groups { lists: self.lists.rows.into_iter().collect(), edges: self.edges.rows.into_iter().collect() }
    }

    /// The patterns that such a character may stand in, directly beside the number; or none, where there is none.
    fn edges_row(&self, likeness: Option<&Likeness>) -> [u8; EDGES] {
        let mut row = [0; EDGES];
        for (pattern, sides) in self.patterns.all() {
            let behind = |side: &Side| self.may_begin::<false>(side.elements(), likeness);
            let before = |side: &Side| self.may_begin::<true>(side.elements(), likeness);
            let bits = match (&sides.before, &sides.behind) {
                (None, None) => [Some(BEHIND), None],
                (None, Some(side)) => [Some(BEHIND).filter(|_| behind(side)), None],
                (Some(side), None) => [Some(BEFORE).filter(|_| before(side)), None],
                (Some(one), Some(other)) => {
                    [Some(BOTH_BEFORE).filter(|_| before(one)), Some(BOTH_BEHIND).filter(|_| behind(other))]
                }
            };
            bits.into_iter().flatten().for_each(|first| put(&mut row, first + pattern));
        }
        row
    }

    /// False where `elements` cannot stand where such a character begins them, or ends them where they are read backwards.
    fn may_begin<'e, const BACK: bool>(
        &self,
        elements: impl Iterator<Item = &'e Element>,
        likeness: Option<&Likeness>,
    ) -> bool {
        for element in elements {
            let answer = self.answer::<BACK>(element, likeness);
            let passed = match element.times {
                Times::Once => element.test != Test::Edge && answer != Answer::Fails,
                // What it may be is looked at by what follows.
                Times::Perhaps | Times::UpTo(_) if answer != Answer::Fails => true,
                Times::Here | Times::Perhaps | Times::UpTo(_) | Times::Never => false,
            };
            let stopped = match element.times {
                Times::Once | Times::Here => answer == Answer::Fails,
                // In front of a number a character that an earlier figure owns is none.
                Times::Never => answer == Answer::Passes && !BACK,
                Times::Perhaps | Times::UpTo(_) => false,
            };
            if stopped || passed {
                return passed;
            }
        }
        true
    }

    /// What such a character alone tells of what `element` asks for.
    fn answer<const BACK: bool>(&self, element: &Element, likeness: Option<&Likeness>) -> Answer {
        let passes = |holds: bool| match (holds, element.gap) {
            (false, _) => Answer::Fails,
            (true, None) => Answer::Passes,
            (true, Some(_)) => Answer::Open,
        };
        let may = |holds: bool| if holds { Answer::Open } else { Answer::Fails };
        let Some(likeness) = likeness else { return passes(element.test == Test::Edge) };
        let kind = Kind::ALL[usize::from(likeness.kind)];
        match element.test {
            Test::Edge => passes(kind.ends_phrase()),
            Test::Char(c) => passes(likeness.ch == Some(c)),
            Test::Set(set) => passes(likeness.sets.contains(&set)),
            Test::Kind(kinds) => passes(kinds.has(likeness.kind)),
            Test::Word(cue) if !BACK || self.backwards >> cue as u32 & 1 == 1 => {
                may(likeness.lists >> (CUES + cue as u32) & 1 == 1)
            }
            Test::Unit(kinds) if !BACK => may(kinds.shares(likeness.units)),
            Test::Counted if !BACK => may(likeness.units > 0),
            Test::Number if !BACK => may(kind.is_numeric() || likeness.ch == Some('.')),
            Test::Word(_) | Test::Unit(_) | Test::Counted | Test::Number => Answer::Open,
        }
    }
}
