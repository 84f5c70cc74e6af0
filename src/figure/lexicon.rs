//! The words that figures are told by: units, modifiers, names, idioms. All of it is data.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::cells::Cell;
use super::chars::Signs;
use super::trie::Trie;
use super::{Bound, Class};
use crate::error::{Error, ErrorKind, Result};

/// The units that are compiled in.
pub const UNITS: &str = include_str!("../../data/units.toml");
const ORDINARY: &str = include_str!("../../data/figures/ordinary.txt");
const NAMED: &str = include_str!("../../data/figures/named.txt");
const MODIFIERS: &str = include_str!("../../data/figures/modifiers.toml");
const CUE_WORDS: &str = include_str!("../../data/figures/cues.toml");

/// Which unit, as an index into the lexicon's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct UnitId(u16);

/// What kind of thing a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Money,
    Percent,
    Ratio,
    Measure,
    Duration,
    /// A classifier: what is counted follows it.
    Count,
    /// A noun that is counted itself.
    Noun,
    /// A noun, unless another follows: 五方面要求.
    Part,
}

impl Sort {
    pub(super) fn class(self) -> Class {
        match self {
            Self::Money => Class::Money,
            Self::Percent => Class::Percent,
            Self::Ratio => Class::Ratio,
            Self::Measure => Class::Measure,
            Self::Duration => Class::Duration,
            Self::Count | Self::Noun | Self::Part => Class::Count,
        }
    }
}

/// A unit.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) sort: Sort,
    pub(super) canonical: Arc<str>,
}

/// What a word with a numeral in it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// No figure.
    Ordinary,
    /// A fixed name.
    Named,
    /// Nothing special: the entry keeps a shorter word from matching.
    Plain,
}

/// What stands beside a number and says how it is meant, or only looks so.
pub(super) type Modifier = Option<Bound>;

/// What the words around a number can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Identifier,
    Dialled,
    Address,
    Hours,
    Era,
    Lunar,
    Lasting,
    Each,
    Per,
    Change,
    ChangeFrom,
    ObjectEnd,
    NotUnit,
    UnitKeep,
    ObjectKeep,
}

/// All word lists, ready to be asked.
#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    units: Vec<Unit>,
    unit_words: Trie<UnitId>,
    ordinals: Trie<UnitId>,
    pub(super) words: Trie<Word>,
    /// Words with a numeral of the formal set, kept apart: 为伍 must not match 为五.
    pub(super) formal_words: Trie<Word>,
    pub(super) before: Trie<Modifier>,
    pub(super) after: Trie<Bound>,
    cues: Vec<Trie<()>>,
    pub(super) signs: Signs,
}

/// How many lists of [`Cue`]s there are. The other lists are numbered behind them.
const CUES: u32 = 15;

type UnitFile = BTreeMap<String, BTreeMap<String, String>>;

#[derive(Deserialize)]
struct ModifierFile {
    before: BTreeMap<Bound, String>,
    after: BTreeMap<Bound, String>,
    none: BTreeMap<String, String>,
}

impl Lexicon {
    /// The lists that are compiled in, and on top of them the units of `more`, in the form of `units.toml`.
    ///
    /// # Errors
    /// Where a unit file is no TOML of that form or names a class that does not exist.
    pub(super) fn new(more: &[&str]) -> Result<Self> {
        let mut lexicon = Self {
            units: Vec::with_capacity(800),
            unit_words: Trie::new(CUES, 1200),
            ordinals: Trie::new(CUES + 1, 200),
            words: Trie::new(CUES + 2, 4000),
            formal_words: Trie::new(CUES + 3, 200),
            before: Trie::new(CUES + 4, 100),
            after: Trie::new(CUES + 5, 50),
            cues: (0..CUES).map(|cue| Trie::new(cue, 0)).collect(),
            signs: Signs::new(),
        };
        lexicon.add_units(UNITS)?;
        for text in more {
            lexicon.add_units(text)?;
        }
        for (list, kind) in [(ORDINARY, Word::Ordinary), (NAMED, Word::Named)] {
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                for word in line.split_whitespace() {
                    let formal = word.chars().any(|c| lexicon.signs.get(c).kind.is_formal());
                    let trie = if formal { &mut lexicon.formal_words } else { &mut lexicon.words };
                    match word.strip_prefix('+') {
                        Some(plain) => trie.insert(&mut lexicon.signs, plain, Word::Plain),
                        None => trie.insert(&mut lexicon.signs, word, kind),
                    }
                }
            }
        }
        let modifiers: ModifierFile = parse(MODIFIERS)?;
        let signs = &mut lexicon.signs;
        for words in modifiers.none.values() {
            words.split_whitespace().for_each(|word| lexicon.before.insert_reversed(signs, word, None));
        }
        for (bound, words) in &modifiers.before {
            words
                .split_whitespace()
                .for_each(|word| lexicon.before.insert_reversed(signs, word, Some(*bound)));
        }
        for (bound, words) in &modifiers.after {
            words.split_whitespace().for_each(|word| lexicon.after.insert(signs, word, *bound));
        }
        let cues: BTreeMap<String, String> = parse(CUE_WORDS)?;
        for (name, words) in &cues {
            let (cue, reversed) = match name.as_str() {
                "identifier" => (Cue::Identifier, true),
                "dialled" => (Cue::Dialled, false),
                "address" => (Cue::Address, true),
                "hours" => (Cue::Hours, true),
                "era" => (Cue::Era, true),
                "lunar" => (Cue::Lunar, true),
                "lasting" => (Cue::Lasting, true),
                "each" => (Cue::Each, false),
                "per" => (Cue::Per, false),
                "change" => (Cue::Change, false),
                "change_from" => (Cue::ChangeFrom, true),
                "object_end" => (Cue::ObjectEnd, false),
                "not_unit" => (Cue::NotUnit, false),
                "unit_keep" => (Cue::UnitKeep, false),
                "object_keep" => (Cue::ObjectKeep, false),
                _ => return Err(Error::new(ErrorKind::Format(format!("no such list of cues: {name}")))),
            };
            let Some(trie) = lexicon.cues.get_mut(cue as usize) else { continue };
            // A word and its blank take seven bytes or more.
            trie.reserve(words.len() / 7);
            for word in words.split_whitespace() {
                if reversed { trie.insert_reversed(signs, word, ()) } else { trie.insert(signs, word, ()) }
            }
        }
        lexicon.signs.mark_variants();
        Ok(lexicon)
    }

    fn add_units(&mut self, text: &str) -> Result<()> {
        let file: UnitFile = parse(text)?;
        for (section, units) in &file {
            let sort = match section.as_str() {
                "money" => Some(Sort::Money),
                "percent" => Some(Sort::Percent),
                "ratio" => Some(Sort::Ratio),
                "measure" => Some(Sort::Measure),
                "duration" => Some(Sort::Duration),
                "count" => Some(Sort::Count),
                "noun" => Some(Sort::Noun),
                "part" => Some(Sort::Part),
                "ordinal" => None,
                _ => return Err(Error::new(ErrorKind::Format(format!("no class of units: [{section}]")))),
            };
            for (canonical, words) in units {
                let id = UnitId(u16::try_from(self.units.len()).unwrap_or(u16::MAX));
                self.units.push(Unit {
                    sort: sort.unwrap_or(Sort::Count),
                    canonical: Arc::from(canonical.as_str()),
                });
                let trie = if sort.is_some() { &mut self.unit_words } else { &mut self.ordinals };
                words.split_whitespace().for_each(|word| trie.insert(&mut self.signs, word, id));
            }
        }
        Ok(())
    }

    /// The longest unit that starts at cell `at`: where it ends, and which it is.
    pub(super) fn unit_at(&self, cells: &[Cell], at: usize) -> Option<(usize, UnitId)> {
        self.unit_words.longest(cells, at)
    }

    /// The longest ordinal suffix that starts at cell `at`.
    pub(super) fn ordinal_at(&self, cells: &[Cell], at: usize) -> Option<(usize, UnitId)> {
        self.ordinals.longest(cells, at)
    }

    /// The unit that `id` names.
    pub(super) fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(usize::from(id.0))
    }

    /// The kind of the unit at cell `at`.
    pub(super) fn sort_at(&self, cells: &[Cell], at: usize) -> Option<Sort> {
        self.unit_at(cells, at).and_then(|(_, id)| self.unit(id)).map(|unit| unit.sort)
    }

    /// True where money stands at cell `at`.
    pub(super) fn money_at(&self, cells: &[Cell], at: usize) -> bool {
        self.sort_at(cells, at) == Some(Sort::Money)
    }

    /// True for the unit that also ends a time of day: 分.
    pub(super) fn is_clock(&self, id: UnitId) -> bool {
        self.unit(id).is_some_and(|unit| &*unit.canonical == "分")
    }

    /// The longest word of `cue` that starts at `at`: where it ends. For cues that are read forwards.
    pub(super) fn cue_at(&self, cue: Cue, cells: &[Cell], at: usize) -> Option<usize> {
        self.cues.get(cue as usize)?.longest_unbroken(cells, at).map(|(end, ())| end)
    }

    /// True where what looks like a one-character unit at cell `at` begins a longer word: 支部, but not 支部队.
    pub(super) fn begins_word(&self, cells: &[Cell], at: usize) -> bool {
        let end = |cue| self.cue_at(cue, cells, at);
        end(Cue::NotUnit)
            .is_some_and(|word| word > at + 1 && end(Cue::UnitKeep).is_none_or(|kept| kept < word))
    }

    /// The longest word of `cue` that ends before `end`: where it starts. For cues that are read backwards.
    pub(super) fn cue_before(&self, cue: Cue, cells: &[Cell], floor: usize, end: usize) -> Option<usize> {
        self.cues.get(cue as usize)?.longest_before(cells, floor, end).map(|(start, ())| start)
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map(|before| before.matches('\n').count() + 1);
        let problem = Error::new(ErrorKind::Format(error.message().to_owned()));
        match line {
            Some(line) => problem.at_line(line as u64),
            None => problem,
        }
    })
}
