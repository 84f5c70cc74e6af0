//! Sentences with other names in the places of theirs, so that what stands around a name is learnt, and what names are
//! made of, and not the names.

use std::error::Error;
use std::fs;

use rustc_hash::FxHashSet;
use zjgr::name::{Annotated, NameType};

const PLACES: &str = "data/names/places.txt";
const WORDS: &str = "data/names/words.toml";

/// Names to take in the place of others.
#[derive(Debug)]
pub(crate) struct Pools {
    marked: Vec<(NameType, Vec<String>)>,
    places: Vec<String>,
    titles: Vec<String>,
    known_places: FxHashSet<String>,
}

impl Pools {
    /// The names of `sentences`, and the words of the lists of places and titles.
    pub(crate) fn new(sentences: &[Annotated]) -> Result<Self, Box<dyn Error>> {
        let texts = |kind: NameType| {
            let names = sentences.iter().flat_map(move |s| s.names.iter().map(move |name| (s, name)));
            let of_kind = names.filter(move |(_, name)| name.1 == kind);
            of_kind.map(|(s, name)| s.text[name.0.clone()].to_owned()).collect::<Vec<String>>()
        };
        let places = fs::read_to_string(PLACES)?;
        let places: Vec<String> = places.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect();
        let words: toml::Table = fs::read_to_string(WORDS)?.parse()?;
        let titles = words.get("titles").and_then(toml::Value::as_str).unwrap_or_default();
        let titles = titles.split_whitespace().map(str::to_owned).collect();
        let marked = Vec::from(NameType::ALL.map(|kind| (kind, texts(kind))));
        let mut known_places: FxHashSet<String> = places.iter().cloned().collect();
        known_places.extend(texts(NameType::Place));
        Ok(Self { marked, places, titles, known_places })
    }

    /// Copies of `sentences` in which many persons have got another's given or family name, and places, titles and
    /// bodies have changed with those of other sentences or of the lists. The same for the same `seed`.
    pub(crate) fn exchanged(&self, sentences: &[Annotated], seed: u64) -> Vec<Annotated> {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        sentences.iter().map(|sentence| self.exchange(sentence, &mut random)).collect()
    }

    fn exchange(&self, sentence: &Annotated, random: &mut Random) -> Annotated {
        let mut text = String::new();
        let mut names = Vec::new();
        let mut at = 0;
        for (range, kind) in &sentence.names {
            text.push_str(&sentence.text[at..range.start]);
            let start = text.len();
            text.push_str(&self.other(&sentence.text[range.clone()], *kind, random));
            names.push((start..text.len(), *kind));
            at = range.end;
        }
        text.push_str(&sentence.text[at..]);
        Annotated { text, names, ..sentence.clone() }
    }

    /// Another name in place of `own`.
    fn other(&self, own: &str, kind: NameType, random: &mut Random) -> String {
        let pool = self.marked.iter().find(|(of, _)| *of == kind).map_or(&[][..], |(_, pool)| pool);
        let length = own.chars().count();
        let alike =
            |name: &&String| name.chars().count() == length && name.contains('·') == own.contains('·');
        match kind {
            // A family name from one, the given name from another.
            NameType::Person if (2..=3).contains(&length) => {
                let alike: Vec<&String> = pool.iter().filter(alike).collect();
                let (first, second) = (random.of(&alike), random.of(&alike));
                first.chars().take(1).chain(second.chars().skip(1)).collect()
            }
            NameType::Place => random.of(pool).clone(),
            NameType::Title => match random.below(4) {
                0 => random.of(&self.titles).clone(),
                1 => random.of(pool).clone(),
                _ => own.to_owned(),
            },
            NameType::Organisation => match (random.below(4), self.place_before(own)) {
                (0, _) => random.of(pool).clone(),
                (_, Some(rest)) => format!("{}{rest}", random.of(&self.places)),
                _ => own.to_owned(),
            },
            _ => own.to_owned(),
        }
    }

    /// What stands behind the longest place that the name of a body begins with.
    fn place_before<'n>(&self, own: &'n str) -> Option<&'n str> {
        let ends = own.char_indices().map(|(at, _)| at).skip(2).take(6);
        let split = ends.filter_map(|at| own.split_at_checked(at));
        split.filter(|(place, _)| self.known_places.contains(*place)).last().map(|(_, rest)| rest)
    }
}

/// Numbers that look like chance (Marsaglia 2003, xorshift).
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    fn of<'p, T>(&mut self, pool: &'p [T]) -> &'p T {
        &pool[self.below(pool.len() as u64) as usize]
    }
}
