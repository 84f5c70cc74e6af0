//! The words that figures are told by: units, modifiers, names, idioms. All of it is data.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::cells::Cell;
pub(super) use super::characters::Set;
use super::characters::{CHARACTERS, Characters};
use super::chars::Signs;
use super::pattern::{PATTERNS, Patterns};
use super::trie::Trie;
use super::{Bound, Class};
use crate::error::{Error, ErrorKind, Result};

/// The units that are compiled in.
pub const UNITS: &str = include_str!("../../data/units.toml");
const ORDINARY: &str = include_str!("../../data/figures/ordinary.txt");
const NAMED: &str = include_str!("../../data/figures/named.txt");
const MODIFIERS: &str = include_str!("../../data/figures/modifiers.toml");
const CUE_WORDS: &str = include_str!("../../data/figures/cues.toml");
const ERAS: &str = include_str!("../../data/figures/eras.toml");
const RELATIVE: &str = include_str!("../../data/figures/relative.toml");

/// The number of the first list of cues among the lists of the lexicon.
const FIRST_CUE: u32 = 8;

/// Which unit, as an index into the lexicon's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct UnitId(u16);

/// What kind of thing a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
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

impl UnitKind {
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

    /// True for units that things are sold by.
    pub(super) fn is_sold(self) -> bool {
        matches!(self, Self::Measure | Self::Duration | Self::Count)
    }
}

/// A unit.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) sort: UnitKind,
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

/// What the words around a number can tell. The lists are in `data/figures/cues.toml`, each by its name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Cue {
    Identifier,
    Address,
    Lunar,
    Lasting,
    ChangeFrom,
    Dialling,
    ChangeAmount,
    Currency,
    Spent,
    Reported,
    Since,
    HaoDay,
    Many,
    OneCounts,
    NeverPassed,
    NoArticle,
    PlaceRank,
    PointsBefore,
    PointsAgainst,
    Magnitude,
    Cheaper,
    PriceNear,
    PointsNear,
    HalfWord,
    RankBefore,
    ScoreBefore,
    Leader,
    Surname,
    Dialled,
    Each,
    Per,
    Change,
    ObjectEnd,
    Action,
    Outcome,
    Person,
    Done,
    NounSuffix,
    NotUnit,
    NoMore,
    VerbalUnit,
    PlaceName,
    PlaceLead,
    JoinsName,
    SurnameLead,
    PersonHead,
    BodyHead,
    PlaceMiddle,
    PlaceEnd,
    NoPlace,
    Institution,
    UnitKeep,
    ObjectKeep,
    Ahead,
    Effective,
    HaoDayBehind,
    HaoName,
    DialledBehind,
    Harmed,
    LastingBehind,
    ListedNumber,
    MoneyNoun,
    MoneyLink,
    OtherThanMoney,
    NounStop,
    Rounded,
    Reached,
    Age,
    PlaceBehind,
    PointsBehind,
    Portion,
    Road,
    ReportedBehind,
    ScoreBehind,
    SlashDate,
    SlashRatio,
    Verb,
    YearLength,
    Standard,
    CurrencyLetters,
    DegreeBehind,
    PageCount,
    Lasted,
    ReachingUnit,
}

/// The part of the day that a word in front of a time of day names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DayPart {
    /// 今日, 时间: it stands in front of times and says nothing of the half of the day.
    Any,
    /// 凌晨, 上午: as printed, and twelve is midnight.
    Morning,
    /// 中午: one and two are after noon.
    Noon,
    /// 下午, 傍晚.
    Afternoon,
    /// 晚, 夜: twelve is midnight, and the small hours are those of the morning.
    Night,
}

impl DayPart {
    /// The hour of 24 that `hour`, as printed, is in this part of the day.
    pub(super) fn hour(self, hour: u32) -> u32 {
        match (self, hour) {
            (Self::Morning, 12) => 0,
            (Self::Noon, 1..=3) | (Self::Afternoon, 1..=11) | (Self::Night, 5..=12) => hour + 12,
            _ => hour,
        }
    }
}

/// Which months the years of an era have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Months {
    /// Those of the lunar calendar.
    Lunar,
    /// Ours.
    Solar,
    /// Ours, and the years too: 公元.
    Ours,
}

/// An era that years are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Era {
    /// The year of ours that is its first; 0 where that is not known, negative where its years count backwards.
    pub(super) first: i32,
    pub(super) months: Months,
}

impl Era {
    /// The year of ours that its year `year` is; before our era as ISO 8601 counts, with a year 0.
    pub(super) fn year(self, year: i32) -> Option<i32> {
        match self.first {
            0 => None,
            first if first < 0 => Some(1 - year),
            first => Some(first + year - 1),
        }
    }
}

/// What a word in front of a date counts from, and in what steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// From the page's year.
    Years,
    /// From the page's month.
    Months,
    /// From the page's quarter.
    Quarters,
    /// From the year that was said last.
    Following,
}

/// Where a word in front of a date places it: 去年 is one step of a year back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Relative {
    pub(super) step: Step,
    pub(super) steps: i32,
}

/// All word lists, ready to be asked.
#[derive(Debug, Clone)]
pub(super) struct FigureWords {
    units: Vec<Unit>,
    unit_words: Trie<UnitId>,
    ordinals: Trie<UnitId>,
    pub(super) words: Trie<Word>,
    /// Words with a numeral of the formal set, kept apart: 为伍 must not match 为五.
    pub(super) formal_words: Trie<Word>,
    pub(super) before: Trie<Modifier>,
    pub(super) after: Trie<Bound>,
    /// Words that bound a number only where they stand directly in front of it: 最高.
    pub(super) beside: Trie<Bound>,
    /// Words in front of a number that bound it and are no part of it: 上限, 未超过.
    pub(super) limits: Trie<Bound>,
    pub(super) hours: Trie<DayPart>,
    pub(super) eras: Trie<Era>,
    /// Words in front of a date that place it.
    pub(super) relative: Trie<Relative>,
    cues: Vec<Trie<()>>,
    /// The lists of cues that are read from a number backwards, one bit a list.
    backwards: u128,
    pub(super) patterns: Patterns,
    characters: Characters,
    pub(super) signs: Signs,
}

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
    pub(super) fn new(more: &[&str]) -> Result<Self> {
        let mut lexicon = Self {
            units: Vec::with_capacity(800),
            unit_words: Trie::new(0, 1200),
            ordinals: Trie::new(1, 200),
            words: Trie::new(2, 4000),
            formal_words: Trie::new(3, 200),
            before: Trie::new(4, 100),
            after: Trie::new(5, 50),
            beside: Trie::new(6, 10),
            limits: Trie::new(7, 50),
            hours: Trie::new(6, 50),
            eras: Trie::new(7, 100),
            relative: Trie::new(6, 50),
            cues: Vec::new(),
            backwards: 0,
            patterns: Patterns::new(parse(PATTERNS)?)?,
            characters: Characters::new(&parse(CHARACTERS)?),
            signs: Signs::new(),
        };
        lexicon.add_units(UNITS)?;
        for text in more {
            lexicon.add_units(text)?;
        }
        lexicon.add_words(ORDINARY, Word::Ordinary);
        lexicon.add_words(NAMED, Word::Named);
        lexicon.add_modifiers(parse(MODIFIERS)?);
        lexicon.add_cues(parse(CUE_WORDS)?);
        let eras: BTreeMap<Months, BTreeMap<String, i32>> = parse(ERAS)?;
        for (months, names) in eras {
            for (name, first) in names {
                lexicon.eras.insert_reversed(&mut lexicon.signs, &name, Era { first, months });
            }
        }
        let relative: BTreeMap<Step, BTreeMap<String, i32>> = parse(RELATIVE)?;
        for (step, words) in relative {
            for (word, steps) in words {
                lexicon.relative.insert_reversed(&mut lexicon.signs, &word, Relative { step, steps });
            }
        }
        lexicon.signs.mark_variants();
        Ok(lexicon)
    }

    fn add_words(&mut self, list: &str, kind: Word) {
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        for word in lines.flat_map(str::split_whitespace) {
            let formal = word.chars().any(|c| self.signs.get(c).kind.is_formal());
            let trie = if formal { &mut self.formal_words } else { &mut self.words };
            match word.strip_prefix('+') {
                Some(plain) => trie.insert(&mut self.signs, plain, Word::Plain),
                None => trie.insert(&mut self.signs, word, kind),
            }
        }
    }

    fn add_modifiers(&mut self, file: ModifierFile) {
        let signs = &mut self.signs;
        let none = file.none.into_values().map(|words| (None, words));
        let bounds = file.before.into_iter().map(|(bound, words)| (Some(bound), words));
        for (bound, words) in none.chain(bounds) {
            words.split_whitespace().for_each(|word| self.before.insert_reversed(signs, word, bound));
        }
        let lists = [(file.after, &mut self.after, false), (file.beside, &mut self.beside, true)];
        for (list, trie, reversed) in lists.into_iter().chain([(file.limits, &mut self.limits, true)]) {
            for (bound, words) in list {
                words.split_whitespace().for_each(|word| trie.add(signs, word, bound, reversed));
            }
        }
    }

    fn add_cues(&mut self, file: CueFile) {
        for (lists, reversed) in [(file.before, true), (file.behind, false)] {
            for (cue, words) in lists {
                self.backwards |= u128::from(reversed) << cue as u32;
                while self.cues.len() <= cue as usize {
                    let list = FIRST_CUE + self.cues.len() as u32;
                    self.cues.push(Trie::new(list, 0));
                }
                let Some(trie) = self.cues.get_mut(cue as usize) else { continue };
                // A word and its blank take seven bytes or more.
                trie.reserve(words.len() / 7);
                for word in words.split_whitespace() {
                    trie.add(&mut self.signs, word, (), reversed);
                }
            }
        }
        for (part, words) in file.hours {
            for word in words.split_whitespace() {
                self.hours.insert_reversed(&mut self.signs, word, part);
            }
        }
    }

    fn add_units(&mut self, text: &str) -> Result<()> {
        let file: UnitFile = parse(text)?;
        for (section, units) in &file {
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
                _ => return Err(Error::new(ErrorKind::Format(format!("no class of units: [{section}]")))),
            };
            for (canonical, words) in units {
                let id = UnitId(u16::try_from(self.units.len()).unwrap_or(u16::MAX));
                self.units.push(Unit {
                    sort: sort.unwrap_or(UnitKind::Count),
                    canonical: Arc::from(canonical.as_str()),
                });
                let trie = if sort.is_some() { &mut self.unit_words } else { &mut self.ordinals };
                words.split_whitespace().for_each(|word| trie.insert(&mut self.signs, word, id));
            }
        }
        Ok(())
    }

    /// True for a character of the list `set`.
    #[inline]
    pub(super) fn has(&self, set: Set, c: char) -> bool {
        self.characters.has(set, c)
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

    /// The unit of that canonical name.
    pub(super) fn unit_named(&self, name: &str) -> Option<UnitId> {
        let at = self.units.iter().position(|unit| &*unit.canonical == name)?;
        u16::try_from(at).ok().map(UnitId)
    }

    /// The kind of the unit at cell `at`.
    pub(super) fn sort_at(&self, cells: &[Cell], at: usize) -> Option<UnitKind> {
        self.unit_at(cells, at).and_then(|(_, id)| self.unit(id)).map(|unit| unit.sort)
    }

    /// True where money stands at cell `at`.
    pub(super) fn money_at(&self, cells: &[Cell], at: usize) -> bool {
        self.sort_at(cells, at) == Some(UnitKind::Money)
    }

    /// True for the unit that also ends a time of day: 分.
    pub(super) fn is_clock(&self, id: UnitId) -> bool {
        self.unit(id).is_some_and(|unit| &*unit.canonical == "分")
    }

    /// The longest word of `cue` that starts at `at`: where it ends. For cues that are read forwards.
    pub(super) fn cue_at(&self, cue: Cue, cells: &[Cell], at: usize) -> Option<usize> {
        self.cues.get(cue as usize)?.longest_unbroken(cells, at).map(|(end, ())| end)
    }

    /// True for a cue that is read from a number backwards.
    pub(super) fn is_read_backwards(&self, cue: Cue) -> bool {
        self.backwards >> cue as u32 & 1 == 1
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
