//! The words of `data/names`, ready to be looked for: which characters names are made of, which words stand in them
//! and beside them.

//!
//! `build.rs` has this file as a module of its own: it makes [`NameWords`] of the lists and packs them
//! ([`crate::packed`]).

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::packed::{Problem, Records, Table, parse};

const WORDS: &str = include_str!("../../data/names/words.toml");
const CHARACTERS: &str = include_str!("../../data/names/characters.toml");
const PLACES: &str = include_str!("../../data/names/places.txt");

/// What a word of a list may be in a name, or beside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// A family name of two characters.
    Surname,
    /// A post, rank, trade or honour.
    Title,
    /// A word for people that is no title: 职工, 同志.
    Role,
    /// What people do of whom news tells: 说, 视察.
    Act,
    /// The end of a company's name.
    Company,
    /// The end of the name of a union, a party, a committee.
    Union,
    /// The end of the name of a school, a hospital, a troupe.
    School,
    /// The end of the name of an office, a department, a unit.
    Office,
    /// A body that needs no place before it.
    Body,
    /// A place.
    Place,
    /// The end of a place's name.
    PlaceEnd,
    /// The end of the name of a campaign.
    Programme,
    /// A word over which no name goes on.
    Break,
    /// What stands before or behind a part of a name: 老, 小, 某.
    Affix,
}

impl ListKind {
    pub(super) const ALL: [Self; 14] = [
        Self::Surname,
        Self::Title,
        Self::Role,
        Self::Act,
        Self::Company,
        Self::Union,
        Self::School,
        Self::Office,
        Self::Body,
        Self::Place,
        Self::PlaceEnd,
        Self::Programme,
        Self::Break,
        Self::Affix,
    ];

    /// What ends the name of a body.
    pub(super) const BODY_ENDS: [Self; 4] = [Self::Company, Self::Union, Self::School, Self::Office];
}

/// The kinds of a word, or where a character stands in words of each kind: three bits a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u64);

impl Marks {
    const BEGINS: u64 = 1;
    const INSIDE: u64 = 2;
    const ENDS: u64 = 4;

    /// Where the character stands in words of `kind`: it begins one (1), is inside of one (2), ends one (4).
    pub(super) fn of(self, kind: ListKind) -> u64 {
        self.0 >> (3 * kind as u32) & 7
    }

    /// True where the character stands in no word.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn begins(self, kind: ListKind) -> bool {
        self.of(kind) & Self::BEGINS != 0
    }

    pub(super) fn ends(self, kind: ListKind) -> bool {
        self.of(kind) & Self::ENDS != 0
    }

    fn add(&mut self, kinds: u32, place: u64) {
        let mut rest = kinds;
        while rest != 0 {
            self.0 |= place << (3 * rest.trailing_zeros());
            rest &= rest - 1;
        }
    }

    /// The numbers of the kinds that the character stands in words of, each with where.
    pub(super) fn kinds(self) -> impl Iterator<Item = (usize, u64)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let kind = rest.trailing_zeros() / 3;
            (rest != 0).then(|| {
                let place = rest >> (3 * kind) & 7;
                rest &= !(7 << (3 * kind));
                (kind as usize, place)
            })
        })
    }
}

/// What is known of a character by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Character {
    /// 2 for a common family name, 1 for a rare one.
    pub(super) surname: u8,
    /// How much more often than in text it stands in given names, 0 to 4.
    pub(super) given: u8,
    /// The same for foreign names.
    pub(super) foreign: u8,
    /// The node of the words of the lists that begin with it, or [`NO_WORD`].
    opens: u32,
}

/// How many bytes a character takes where it is packed.
const CHARACTER: usize = 8;

impl Character {
    fn bytes(self) -> [u8; CHARACTER] {
        let [a, b, c, d] = self.opens.to_le_bytes();
        [self.surname, self.given, self.foreign, 0, a, b, c, d]
    }

    #[inline]
    fn read([surname, given, foreign, _, a, b, c, d]: [u8; CHARACTER]) -> Self {
        Self { surname, given, foreign, opens: u32::from_le_bytes([a, b, c, d]) }
    }
}

#[derive(Debug, Deserialize)]
struct WordsFile {
    surnames: String,
    rare_surnames: String,
    compound_surnames: String,
    prefixes: String,
    some: String,
    titles: String,
    roles: String,
    acts: String,
    companies: String,
    unions: String,
    schools: String,
    offices: String,
    bodies: String,
    place_ends: String,
    programmes: String,
    breaks: String,
}

#[derive(Debug, Deserialize)]
struct CharactersFile {
    given: Vec<String>,
    foreign: Vec<String>,
}

/// Where no word of a list goes on.
const NO_WORD: u32 = 0;

/// The lists, in one tree of characters.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct NameWords {
    characters: Records<CHARACTER>,
    next: Table,
    /// The kinds of the word that ends at a node, a bit each.
    kinds: Records<4>,
}

impl NameWords {
    /// The lists that are compiled in.
    ///
    /// # Errors
    /// Where a file is not of its form; the error has the line.
    pub(crate) fn read() -> Result<Self, Problem> {
        let mut tree =
            Tree { characters: vec![Character::default(); 1 << 16], next: BTreeMap::new(), kinds: vec![0] };
        tree.add_characters(&parse("data/names/characters.toml", CHARACTERS)?);
        tree.add_words(&parse("data/names/words.toml", WORDS)?);
        let places = PLACES.lines().filter(|line| !line.starts_with('#'));
        tree.add(ListKind::Place, places.flat_map(str::split_whitespace));
        Ok(Self {
            characters: tree.characters.into_iter().map(Character::bytes).collect(),
            next: tree.next.into_iter().collect(),
            kinds: tree.kinds.into_iter().map(u32::to_le_bytes).collect(),
        })
    }
}

/// The tree while it is made.
struct Tree {
    characters: Vec<Character>,
    next: BTreeMap<u64, u32>,
    kinds: Vec<u32>,
}

impl Tree {
    fn add_characters(&mut self, file: &CharactersFile) {
        for (grade, characters) in (1..).zip(&file.given) {
            characters.chars().for_each(|c| self.character_mut(c).given = grade);
        }
        for (grade, characters) in (1..).zip(&file.foreign) {
            characters.chars().for_each(|c| self.character_mut(c).foreign = grade);
        }
    }

    fn add_words(&mut self, file: &WordsFile) {
        for (grade, characters) in [(1, &file.rare_surnames), (2, &file.surnames)] {
            characters
                .chars()
                .filter(|c| !c.is_whitespace())
                .for_each(|c| self.character_mut(c).surname = grade);
        }
        for (kind, words) in [
            (ListKind::Surname, &file.compound_surnames),
            (ListKind::Title, &file.titles),
            (ListKind::Role, &file.roles),
            (ListKind::Act, &file.acts),
            (ListKind::Company, &file.companies),
            (ListKind::Union, &file.unions),
            (ListKind::School, &file.schools),
            (ListKind::Office, &file.offices),
            (ListKind::Body, &file.bodies),
            (ListKind::PlaceEnd, &file.place_ends),
            (ListKind::Programme, &file.programmes),
            (ListKind::Break, &file.breaks),
            (ListKind::Affix, &file.prefixes),
            (ListKind::Affix, &file.some),
        ] {
            self.add(kind, words.split_whitespace());
        }
    }

    fn add<'w>(&mut self, kind: ListKind, words: impl Iterator<Item = &'w str>) {
        for word in words {
            let mut chars = word.chars();
            let Some(first) = chars.next() else { continue };
            let mut node = self.character_mut(first).opens;
            if node == NO_WORD {
                node = self.new_node();
                self.character_mut(first).opens = node;
            }
            for c in chars {
                let known = self.next.get(&edge(node, c)).copied();
                let next = known.unwrap_or_else(|| self.new_node());
                self.next.insert(edge(node, c), next);
                node = next;
            }
            if let Some(kinds) = self.kinds.get_mut(node as usize) {
                *kinds |= 1 << kind as u32;
            }
        }
    }

    fn new_node(&mut self) -> u32 {
        self.kinds.push(0);
        self.kinds.len() as u32 - 1
    }

    fn character_mut(&mut self, c: char) -> &mut Character {
        // What is beyond the basic plane is in no list.
        let at = (c as usize).min(0xffff);
        &mut self.characters[at]
    }
}

impl NameWords {
    /// What is known of `c` by itself.
    #[inline]
    pub(super) fn character(&self, c: char) -> Character {
        self.characters.get(c as usize).map_or_else(Character::default, |bytes| Character::read(*bytes))
    }

    /// Marks in `marks` where the words of the lists stand in `text`, also one inside of another, and puts the longest
    /// places into `places`, none of which begins inside of another.
    pub(super) fn find(&self, text: &[char], marks: &mut Vec<Marks>, places: &mut Vec<Range<usize>>) {
        marks.clear();
        marks.resize(text.len(), Marks::default());
        places.clear();
        let mut free_from = 0;
        for (start, &first) in text.iter().enumerate() {
            let mut node = self.character(first).opens;
            let mut place_end = 0;
            let mut end = start;
            while node != NO_WORD {
                let kinds = self.kinds.get(node as usize).map_or(0, |kinds| u32::from_le_bytes(*kinds));
                if kinds != 0 {
                    Self::note_word(&mut marks[start..=end], kinds);
                    place_end = if kinds & 1 << ListKind::Place as u32 != 0 { end + 1 } else { place_end };
                }
                end += 1;
                let next = text.get(end).and_then(|&c| self.next.get(edge(node, c)));
                node = next.unwrap_or(NO_WORD);
            }
            if start >= free_from && place_end > start {
                places.push(start..place_end);
                free_from = place_end;
            }
        }
    }

    /// Notes a word of `kinds` that is as long as `marks`.
    fn note_word(marks: &mut [Marks], kinds: u32) {
        marks[0].add(kinds, Marks::BEGINS);
        let last = marks.len() - 1;
        marks[last].add(kinds, Marks::ENDS);
        marks.iter_mut().take(last).skip(1).for_each(|mark| mark.add(kinds, Marks::INSIDE));
    }
}

fn edge(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_four_grades() {
        let characters: CharactersFile = toml::from_str(CHARACTERS).expect("a good file");
        assert_eq!((characters.given.len(), characters.foreign.len()), (4, 4));
    }

    #[test]
    fn words_are_marked_where_they_begin_and_end() {
        let text: Vec<char> = "副主席王".chars().collect();
        let mut marks = Vec::new();
        NameWords::get().find(&text, &mut marks, &mut Vec::new());
        let titles: Vec<u64> = marks.iter().map(|mark| mark.of(ListKind::Title)).collect();
        // 副主席, and 主席 inside of it.
        assert_eq!(titles, [1, 2 | 1, 4, 0]);
        assert_eq!(NameWords::get().character('王').surname, 2);
    }

    #[test]
    fn of_places_inside_of_each_other_the_longest_counts() {
        let text: Vec<char> = "去衢州市柯城区、新加坡".chars().collect();
        let mut places = Vec::new();
        NameWords::get().find(&text, &mut Vec::new(), &mut places);
        assert_eq!(places, [1..4, 4..7, 8..11]);
    }

    #[test]
    fn places_stand_one_a_line_in_order() {
        let places: Vec<&str> = PLACES.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(places.is_sorted_by(|first, second| first < second));
        assert!(places.iter().all(|place| !place.contains(char::is_whitespace)));
    }
}
