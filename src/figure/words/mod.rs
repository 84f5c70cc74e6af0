//! The words that figures are told by: units, modifiers, names, idioms, and patterns of them. All of it is data.
//!
//! `build.rs` has this folder as a module of its own: it makes [`FigureWords`] of the lists under `data/`, and packs
//! them ([`crate::packed`]). Only where a user brings more units are they made again when the program runs.

mod characters;
mod groups;
mod meaning;
mod pattern;
mod phrase;
mod signs;
mod trie;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::figure::bound::Bound;
use crate::packed::{Problem, parse};

pub(crate) use characters::Set;
use characters::characters;
use groups::Grouping;
pub(crate) use groups::{Edges, Group, Groups, Lists, Rows};
pub(crate) use meaning::{Cue, DayPart, Era, Modifier, Months, Relative, Step, Unit, UnitId, UnitKind, Word};
pub(crate) use pattern::{Element, Pattern, Patterns, Side, Sides, Test, Times};
pub use phrase::Fact;
pub(crate) use phrase::{PhraseWeights, View};
use signs::SignTable;
pub(crate) use signs::{Ahead, Kind, Sign, SignRows, Signs, digit, scale};
pub(crate) use trie::{ROOT, Trie};

/// The units that are compiled in.
pub const UNITS: &str = include_str!("../../../data/units.toml");
const ORDINARY: &str = include_str!("../../../data/figures/ordinary.txt");
const NAMED: &str = include_str!("../../../data/figures/named.txt");
const MODIFIERS: &str = include_str!("../../../data/figures/modifiers.toml");
const CUE_WORDS: &str = include_str!("../../../data/figures/cues.toml");
const ERAS: &str = include_str!("../../../data/figures/eras.toml");
const OBJECTS: &str = include_str!("../../../data/figures/objects.tsv");
const RELATIVE: &str = include_str!("../../../data/figures/relative.toml");

/// All word lists, ready to be asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct FigureWords {
    pub(crate) units: Vec<Unit>,
    pub(crate) unit_words: Trie<UnitId>,
    pub(crate) ordinals: Trie<UnitId>,
    pub(crate) words: Trie<Word>,
    /// Words with a numeral of the formal set, kept apart: 为伍 must not match 为五.
    pub(crate) formal_words: Trie<Word>,
    pub(crate) before: Trie<Modifier>,
    pub(crate) after: Trie<Bound>,
    /// Words that bound a number only where they stand directly in front of it: 最高.
    pub(crate) beside: Trie<Bound>,
    /// Words in front of a number that bound it and are no part of it: 上限, 未超过.
    pub(crate) limits: Trie<Bound>,
    pub(crate) hours: Trie<DayPart>,
    pub(crate) eras: Trie<Era>,
    /// Words in front of a date that place it.
    pub(crate) relative: Trie<Relative>,
    pub(crate) cues: Vec<Trie<()>>,
    /// The lists of cues that are read from a number backwards, one bit a list.
    pub(crate) backwards: u128,
    pub(crate) patterns: Patterns,
    /// Where the phrase ends that names what is counted.
    pub(crate) objects: PhraseWeights,
    pub(crate) groups: Groups,
    pub(crate) signs: Signs,
}

/// The numbers of the lists among all: words with numerals, of which there are two, units and words of an order, what
/// bounds a number, what stands beside dates, and cues.
const NUMERAL_WORDS: u32 = 0;
const UNIT_WORDS: u32 = 2;
const BOUNDS: u32 = 4;
const BESIDE: u32 = 8;
pub(crate) const CUES: u32 = 11;

/// The lists whose words are read from a number backwards, and those that are read forwards.
#[derive(Deserialize)]
struct CueFile {
    before: BTreeMap<Cue, String>,
    behind: BTreeMap<Cue, String>,
    hours: BTreeMap<DayPart, String>,
}

type UnitFile = BTreeMap<String, BTreeMap<String, String>>;

#[derive(Deserialize)]
struct ModifierFile {
    before: BTreeMap<Bound, String>,
    after: BTreeMap<Bound, String>,
    beside: BTreeMap<Bound, String>,
    limits: BTreeMap<Bound, String>,
    none: BTreeMap<String, String>,
}

impl FigureWords {
    /// The lists that are compiled in, and on top of them the units of `more`, in the form of `units.toml`.
    ///
    /// # Errors
    /// Where a unit file is no TOML of that form or names a class that does not exist.
    pub(crate) fn new(more: &[&str]) -> Result<Self, Problem> {
        let mut signs = SignTable::new();
        let units = Units::read(more)?;
        let [words, formal_words] = words_with_numerals(&mut signs);
        let modifiers = parse("data/figures/modifiers.toml", MODIFIERS)?;
        let cues: CueFile = parse("data/figures/cues.toml", CUE_WORDS)?;
        let eras: BTreeMap<Months, BTreeMap<String, i32>> = parse("data/figures/eras.toml", ERAS)?;
        let eras = named(&eras).map(|(months, name, first)| (name, Era { first, months }));
        let relative: BTreeMap<Step, BTreeMap<String, i32>> = parse("data/figures/relative.toml", RELATIVE)?;
        let relative = named(&relative).map(|(step, word, steps)| (word, Relative { step, steps }));
        let ModifierTries { before, after, beside, limits } = ModifierTries::new(&mut signs, &modifiers);
        units.mark(&mut signs);
        let unit_words = Trie::new(&mut signs, UNIT_WORDS, false, units.words.iter().map(Units::word));
        let ordinals = Trie::new(&mut signs, UNIT_WORDS + 1, false, units.ordinals.iter().map(Units::word));
        let hours = Trie::new(&mut signs, BESIDE, true, each_word(&cues.hours));
        let eras = Trie::new(&mut signs, BESIDE + 1, true, eras);
        let relative = Trie::new(&mut signs, BESIDE + 2, true, relative);
        let backwards = cues.before.keys().fold(0, |lists, &cue| lists | 1 << cue as u32);
        let cues = cues.tries(&mut signs)?;
        let patterns = Patterns::new()?;
        let sets = characters()?;
        let (signs, groups) = signs.finish(Grouping::new(&sets, backwards, &patterns));
        Ok(Self {
            unit_words,
            ordinals,
            units: units.all,
            words,
            formal_words,
            before,
            after,
            beside,
            limits,
            hours,
            eras,
            relative,
            backwards,
            cues,
            patterns,
            objects: PhraseWeights::parse(OBJECTS)?,
            groups,
            signs,
        })
    }
}

/// The words of lists that have names, each word with the name of its list.
fn each_word<N: Copy>(lists: &BTreeMap<N, String>) -> impl Iterator<Item = (&str, N)> {
    lists.iter().flat_map(|(&name, words)| words.split_whitespace().map(move |word| (word, name)))
}

/// The entries of tables that have names.
fn named<N: Copy>(tables: &BTreeMap<N, BTreeMap<String, i32>>) -> impl Iterator<Item = (N, &str, i32)> {
    tables
        .iter()
        .flat_map(|(&name, entries)| entries.iter().map(move |(word, &number)| (name, word.as_str(), number)))
}

/// The tries of the words with numerals in them, those of the formal set apart.
fn words_with_numerals(signs: &mut SignTable) -> [Trie<Word>; 2] {
    let lists = [(ORDINARY, Word::Ordinary), (NAMED, Word::Named)];
    let words = lists.into_iter().flat_map(|(list, kind)| {
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(move |word| match word.strip_prefix('+') {
            Some(plain) => (plain, Word::Plain),
            None => (word, kind),
        })
    });
    let words: Vec<_> = words.collect();
    words.iter().for_each(|(word, _)| signs.begins_word(word));
    let is_formal = |word: &str| word.chars().any(|c| signs.kind(c).is_formal());
    let (formal, words): (Vec<_>, Vec<_>) = words.into_iter().partition(|(word, _)| is_formal(word));
    [Trie::new(signs, NUMERAL_WORDS, false, words), Trie::new(signs, NUMERAL_WORDS + 1, false, formal)]
}

/// The tries of what stands beside a number and bounds it.
struct ModifierTries {
    before: Trie<Modifier>,
    after: Trie<Bound>,
    beside: Trie<Bound>,
    limits: Trie<Bound>,
}

impl ModifierTries {
    fn new(signs: &mut SignTable, file: &ModifierFile) -> Self {
        let none = file.none.values().flat_map(|words| words.split_whitespace()).map(|word| (word, None));
        let before = none.chain(each_word(&file.before).map(|(word, bound)| (word, Some(bound))));
        Self {
            before: Trie::new(signs, BOUNDS, true, before),
            after: Trie::new(signs, BOUNDS + 1, false, each_word(&file.after)),
            beside: Trie::new(signs, BOUNDS + 2, true, each_word(&file.beside)),
            limits: Trie::new(signs, BOUNDS + 3, true, each_word(&file.limits)),
        }
    }
}

impl CueFile {
    /// The trie of each list, in the order of their names.
    fn tries(&self, signs: &mut SignTable) -> Result<Vec<Trie<()>>, Problem> {
        let lists = [(&self.before, true), (&self.behind, false)].into_iter();
        let lists = lists.flat_map(|(lists, reversed)| lists.iter().map(move |list| (list, reversed)));
        let mut tries = BTreeMap::new();
        for ((&cue, words), reversed) in lists {
            let words = words.split_whitespace().map(|word| (word, ()));
            let trie = Trie::new(signs, CUES + cue as u32, reversed, words);
            if tries.insert(cue, trie).is_some() {
                return Err(Problem::of("data/figures/cues.toml", format!("{cue:?} is there twice")));
            }
        }
        in_order("data/figures/cues.toml", tries, |cue| *cue as usize)
    }
}

/// What there is for each name, in the order of the names, none of which must be missing.
fn in_order<N: std::fmt::Debug, T>(
    file: &'static str,
    entries: BTreeMap<N, T>,
    number: impl Fn(&N) -> usize,
) -> Result<Vec<T>, Problem> {
    match entries.keys().enumerate().find(|(place, name)| number(name) != *place) {
        Some((_, name)) => Err(Problem::of(file, format!("what stands before {name:?} is missing"))),
        None => Ok(entries.into_values().collect()),
    }
}

/// All units, and the words for them.
#[derive(Default)]
struct Units {
    all: Vec<Unit>,
    words: Vec<(String, UnitId)>,
    ordinals: Vec<(String, UnitId)>,
}

impl Units {
    /// Those that are compiled in and those of `more`.
    fn read(more: &[&str]) -> Result<Self, Problem> {
        let mut units = Self::default();
        units.add("data/units.toml", UNITS)?;
        more.iter().try_for_each(|text| units.add("", text))?;
        Ok(units)
    }

    fn add(&mut self, file: &'static str, text: &str) -> Result<(), Problem> {
        for (section, units) in &parse::<UnitFile>(file, text)? {
            let sort = match section.as_str() {
                "money" => Some(UnitKind::Money),
                "percent" => Some(UnitKind::Percent),
                "ratio" => Some(UnitKind::Ratio),
                "measure" => Some(UnitKind::Measure),
                "duration" => Some(UnitKind::Duration),
                "count" => Some(UnitKind::Count),
                "noun" => Some(UnitKind::Noun),
                "part" => Some(UnitKind::Part),
                "ordinal" => None,
                _ => return Err(Problem::of(file, format!("no class of units: [{section}]"))),
            };
            for (canonical, words) in units {
                let id = UnitId(u16::try_from(self.all.len()).unwrap_or(u16::MAX));
                let canonical = Arc::from(canonical.as_str());
                self.all.push(Unit { sort: sort.unwrap_or(UnitKind::Count), canonical });
                let list = if sort.is_some() { &mut self.words } else { &mut self.ordinals };
                list.extend(words.split_whitespace().map(|word| (word.to_owned(), id)));
            }
        }
        Ok(())
    }

    /// Marks in `signs` which kinds of units begin with each character.
    fn mark(&self, signs: &mut SignTable) {
        for (word, id) in &self.words {
            let kind = self.all.get(usize::from(id.0)).map_or(UnitKind::Count, |unit| unit.sort);
            word.chars().next().into_iter().for_each(|first| signs.begins_unit(first, kind));
        }
    }

    fn word((word, id): &(String, UnitId)) -> (&str, UnitId) {
        (word, *id)
    }
}
