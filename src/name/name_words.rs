//! The words of `data/names`, ready to be looked for: which characters names are made of, which words stand in them
//! and beside them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

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
    /// True where a word of a list begins with it.
    opens: bool,
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

/// The lists, in one tree of characters.
#[derive(Debug)]
pub(super) struct NameWords {
    characters: Vec<Character>,
    next: FxHashMap<u64, u32>,
    /// The kinds of the word that ends at a node, a bit each.
    kinds: Vec<u32>,
}

impl NameWords {
    /// The lists that are compiled in.
    pub(super) fn get() -> &'static Self {
        static LEXICON: LazyLock<NameWords> = LazyLock::new(NameWords::read);
        &LEXICON
    }

    fn read() -> Self {
        let mut lexicon = Self {
            characters: vec![Character::default(); 1 << 16],
            next: FxHashMap::default(),
            kinds: vec![0],
        };
        // The files are compiled in; a test sees to it that they are well-formed.
        if let Ok(file) = toml::from_str::<CharactersFile>(CHARACTERS) {
            lexicon.add_characters(&file);
        }
        if let Ok(file) = toml::from_str::<WordsFile>(WORDS) {
            lexicon.add_words(&file);
        }
        let places = PLACES.lines().filter(|line| !line.starts_with('#'));
        lexicon.add(ListKind::Place, places.flat_map(str::split_whitespace));
        lexicon
    }

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
            let mut node = 0;
            if let Some(first) = word.chars().next() {
                self.character_mut(first).opens = true;
            }
            for c in word.chars() {
                let next = self.kinds.len() as u32;
                node = *self.next.entry(edge(node, c)).or_insert(next);
                if node == next {
                    self.kinds.push(0);
                }
            }
            if let Some(kinds) = self.kinds.get_mut(node as usize) {
                *kinds |= 1 << kind as u32;
            }
        }
    }

    fn character_mut(&mut self, c: char) -> &mut Character {
        // What is beyond the basic plane is in no list.
        let at = (c as usize).min(0xffff);
        &mut self.characters[at]
    }

    /// What is known of `c` by itself.
    pub(super) fn character(&self, c: char) -> Character {
        self.characters.get(c as usize).copied().unwrap_or_default()
    }

    /// Marks in `marks` where the words of the lists stand in `text`, also one inside of another.
    pub(super) fn find(&self, text: &[char], marks: &mut Vec<Marks>) {
        marks.clear();
        marks.resize(text.len(), Marks::default());
        for (start, &first) in text.iter().enumerate() {
            if !self.character(first).opens {
                continue;
            }
            let mut node = 0;
            for (end, &c) in text.iter().enumerate().skip(start) {
                let Some(&next) = self.next.get(&edge(node, c)) else { break };
                node = next;
                let kinds = self.kinds.get(node as usize).copied().unwrap_or_default();
                if kinds != 0 {
                    marks[start].add(kinds, Marks::BEGINS);
                    marks[end].add(kinds, Marks::ENDS);
                    marks[start..=end]
                        .iter_mut()
                        .skip(1)
                        .rev()
                        .skip(1)
                        .for_each(|mark| mark.add(kinds, Marks::INSIDE));
                }
            }
        }
    }
}

fn edge(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_that_come_along_are_well_formed() {
        let words: WordsFile = toml::from_str(WORDS).expect("a good file");
        assert!(words.titles.contains("书记"));
        let characters: CharactersFile = toml::from_str(CHARACTERS).expect("a good file");
        assert_eq!((characters.given.len(), characters.foreign.len()), (4, 4));
    }

    #[test]
    fn words_are_marked_where_they_begin_and_end() {
        let text: Vec<char> = "副主席王".chars().collect();
        let mut marks = Vec::new();
        NameWords::get().find(&text, &mut marks);
        let titles: Vec<u64> = marks.iter().map(|mark| mark.of(ListKind::Title)).collect();
        // 副主席, and 主席 inside of it.
        assert_eq!(titles, [1, 2 | 1, 4, 0]);
        assert_eq!(NameWords::get().character('王').surname, 2);
    }
}
