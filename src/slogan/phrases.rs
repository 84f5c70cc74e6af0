//! Finding many phrases in a text at once, at the speed of reading it.
//!
//! A tree of characters with two filters before it. Nearly every character of a text begins no phrase, and nearly
//! every one that does is not followed by the right second one: two bits settle both, and the tree is walked only
//! for the rest. A walk is never longer than the longest phrase, so the time is linear in the text.
//!
//! An automaton over bytes (aho-corasick) finds the same, but it cannot look past a quotation mark or a blank that
//! was printed inside a phrase (“两性”两化), and its table of states is a hundred times the size of these filters.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Fold;

/// The bits of a set of 16-bit codes.
const WORDS: usize = 0x1_0000 / 64;

/// No more than this many blanks, quotation marks and dots are skipped between two characters of a phrase.
const MAX_SKIPPED: usize = 4;

/// How the characters of a text are compared with those of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// Character by character.
    Exact,
    /// Traditional and Simplified are one, and so are commas of any kind; blanks, quotation marks and middle dots inside
    /// are passed over.
    Loose,
}

/// A set of phrases, each with a number, and a way to find them all in a text.
///
/// ```
/// use zjgr::slogan::{Compare, Phrases};
///
/// let phrases = Phrases::new(Compare::Exact, [("工会", 0), ("总工会", 1)]);
/// let mut found = Vec::new();
/// phrases.find_all("市总工会", |phrase| found.push(phrase.value));
/// assert_eq!(found, [1, 0]);
/// ```
#[derive(Debug)]
pub struct Phrases {
    compare: Compare,
    /// Characters that begin a phrase.
    first: Vec<u64>,
    /// Characters that are a phrase by themselves, whatever follows.
    alone: Vec<u64>,
    /// The first two characters of a phrase, as a hash.
    second: Vec<u64>,
    /// From a node and a character to the next node.
    next: FxHashMap<u64, u32>,
    /// The number of the phrase that ends at a node, or `NONE`.
    value: Vec<u32>,
}

/// The number of no phrase.
const NONE: u32 = u32::MAX;

/// A phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The number of the phrase.
    pub value: u32,
}

impl Found {
    /// True where it neither begins nor ends in the middle of a number or of a Latin word of `text`.
    pub fn stands_free(&self, text: &str) -> bool {
        let joins = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric());
        let (before, after) = (text.get(..self.start), text.get(self.end..));
        let inside = text.get(self.start..self.end).unwrap_or_default();
        !joins(before.and_then(|text| text.chars().next_back()), inside.chars().next())
            && !joins(inside.chars().next_back(), after.and_then(|text| text.chars().next()))
    }
}

impl Phrases {
    /// A set of `phrases`, each with its number below `u32::MAX`. Of two equal phrases the first one's number holds; empty
    /// ones are left out.
    pub fn new<'a>(
        compare: Compare,
        phrases: impl IntoIterator<Item = (&'a str, u32), IntoIter: Clone>,
    ) -> Self {
        let phrases = phrases.into_iter();
        // A tree that grows is in memory twice while it does.
        let characters = phrases.clone().map(|(phrase, _)| phrase.chars().count()).sum();
        let mut set = Self {
            compare,
            first: vec![0; WORDS],
            alone: vec![0; WORDS],
            second: vec![0; WORDS],
            next: FxHashMap::with_capacity_and_hasher(characters, FxBuildHasher),
            value: vec![NONE],
        };
        for (phrase, value) in phrases {
            set.insert(phrase, value);
        }
        if compare == Compare::Loose {
            for (variant, plain) in Fold::get().variants() {
                if has(&set.first, plain) {
                    put(&mut set.first, variant);
                }
            }
        }
        set
    }

    /// True where the set is empty.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }

    fn insert(&mut self, phrase: &str, value: u32) {
        let (mut node, mut before, mut length) = (0, None, 0);
        let mut at = 0;
        // Read as if inside, so that a phrase given with quotation marks around it loses them.
        while let Some((c, end)) = self.read(phrase, at, true) {
            at = end;
            match (length, before) {
                (0, _) => put(&mut self.first, c),
                (1, Some(before)) => put_code(&mut self.second, pair(before, c)),
                _ => {}
            }
            let fresh = self.value.len() as u32;
            node = *self.next.entry(key(node, c)).or_insert(fresh);
            if node == fresh {
                self.value.push(NONE);
            }
            before = Some(c);
            length += 1;
        }
        if let (1.., Some(slot @ &mut NONE)) = (length, self.value.get_mut(node as usize)) {
            *slot = value;
        }
        if let (1, Some(only)) = (length, before) {
            put(&mut self.alone, only);
        }
    }

    /// The character at `at`, and where the next one starts. `inside` is true after the first character.
    fn read(&self, text: &str, at: usize, inside: bool) -> Option<(char, usize)> {
        let mut chars = text.get(at..)?.char_indices();
        let (mut offset, mut c) = chars.next()?;
        if self.compare == Compare::Exact {
            return Some((c, at + c.len_utf8()));
        }
        if inside {
            for _ in 0..MAX_SKIPPED {
                if !passes_over(c) {
                    break;
                }
                (offset, c) = chars.next()?;
            }
        }
        Some((loose(c), at + offset + c.len_utf8()))
    }

    /// The number of the phrase that ends at `node`.
    fn value_at(&self, node: u32) -> Option<u32> {
        self.value.get(node as usize).copied().filter(|&value| value != NONE)
    }

    /// The number of `phrase`, where the set has it.
    pub fn get(&self, phrase: &str) -> Option<u32> {
        let (mut node, mut at) = (0, 0);
        while let Some((c, end)) = self.read(phrase, at, true) {
            node = *self.next.get(&key(node, c))?;
            at = end;
        }
        self.value_at(node)
    }

    /// Every phrase in `text`, also those that overlap: in order of their start, and of those that start at one
    /// place the longest first.
    pub fn find_all(&self, text: &str, mut found: impl FnMut(Found)) {
        let mut here: Vec<Found> = Vec::new();
        for start in self.starts(text, 0) {
            self.at(text, start, |hit| here.push(hit));
            while let Some(hit) = here.pop() {
                found(hit);
            }
        }
    }

    /// The first phrase at or after byte `from`, the longest where several start there. `accept` may refuse one.
    pub fn find_longest(
        &self,
        text: &str,
        from: usize,
        mut accept: impl FnMut(&Found) -> bool,
    ) -> Option<Found> {
        if self.is_empty() {
            return None;
        }
        self.starts(text, from).find_map(|start| {
            let mut longest = None;
            self.at(text, start, |hit| {
                if accept(&hit) {
                    longest = Some(hit);
                }
            });
            longest
        })
    }

    /// Places from `from` on where a phrase may start.
    fn starts<'t>(&'t self, text: &'t str, from: usize) -> impl Iterator<Item = usize> + 't {
        let tail = text.get(from..).unwrap_or_default();
        let is_exact = self.compare == Compare::Exact;
        let begins = move |&(offset, c): &(usize, char)| {
            let next = || tail.get(offset + c.len_utf8()..).and_then(|rest| rest.chars().next());
            has(&self.first, c) && (!is_exact || self.may_begin(c, next()))
        };
        tail.char_indices().filter(begins).map(move |(offset, _)| from + offset)
    }

    /// False where no phrase begins with `first` and then `second`, which is none where the text ends.
    #[inline]
    fn may_begin(&self, first: char, second: Option<char>) -> bool {
        second.is_none_or(|second| has_code(&self.second, pair(first, second))) || has(&self.alone, first)
    }

    /// The phrases that start at `start`, shortest first.
    fn at(&self, text: &str, start: usize, mut found: impl FnMut(Found)) {
        let Some((first, mut at)) = self.read(text, start, false) else { return };
        let mut step = self.read(text, at, true);
        if !self.may_begin(first, step.map(|(second, _)| second)) {
            return;
        }
        let Some(&(mut node)) = self.next.get(&key(0, first)) else { return };
        loop {
            if let Some(value) = self.value_at(node) {
                found(Found { start, end: at, value });
            }
            let Some((c, end)) = step else { return };
            let Some(&child) = self.next.get(&key(node, c)) else { return };
            node = child;
            at = end;
            step = self.read(text, at, true);
        }
    }
}

/// `c` as it is compared loosely.
fn loose(c: char) -> char {
    match c {
        ',' | '，' => '、',
        c => Fold::get().char(c),
    }
}

/// What may be printed inside a phrase without being part of it.
fn passes_over(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{3000}'
            | '\u{A0}'
            | '\u{200B}'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '"'
            | '\''
            | '「'
            | '」'
            | '『'
            | '』'
            | '·'
            | '・'
            | '•'
            | '‧'
            | '∙'
            | '《'
            | '》'
    )
}

fn key(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(c as u32)
}

/// Two characters as one 16-bit code; several pairs may share one.
fn pair(a: char, b: char) -> u16 {
    let mixed = (a as u32).wrapping_mul(0x9E37_79B1) ^ (b as u32).wrapping_mul(0x85EB_CA6B);
    (mixed >> 16) as u16
}

/// True for the characters of the set, and for all beyond the basic plane.
fn has(set: &[u64], c: char) -> bool {
    u16::try_from(c as u32).map_or(true, |code| has_code(set, code))
}

fn put(set: &mut [u64], c: char) {
    if let Ok(code) = u16::try_from(c as u32) {
        put_code(set, code);
    }
}

fn has_code(set: &[u64], code: u16) -> bool {
    set.get(usize::from(code / 64)).is_some_and(|word| word >> (code % 64) & 1 == 1)
}

fn put_code(set: &mut [u64], code: u16) {
    if let Some(word) = set.get_mut(usize::from(code / 64)) {
        *word |= 1 << (code % 64);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(compare: Compare, phrases: &[&str], text: &str) -> Vec<(String, u32)> {
        let set = Phrases::new(compare, phrases.iter().copied().zip(0..));
        let mut found = Vec::new();
        set.find_all(text, |hit| found.push((text[hit.start..hit.end].to_owned(), hit.value)));
        found
    }

    fn own(found: &[(&str, u32)]) -> Vec<(String, u32)> {
        found.iter().map(|&(text, value)| (text.to_owned(), value)).collect()
    }

    #[test]
    fn phrases_inside_one_another_are_all_found_longest_first() {
        let found = all(Compare::Exact, &["二十大", "二十大精神", "精神"], "贯彻二十大精神");
        assert_eq!(found, own(&[("二十大精神", 1), ("二十大", 0), ("精神", 2)]));
    }

    #[test]
    fn quotation_marks_blanks_and_dots_inside_are_passed_over() {
        let found = all(Compare::Loose, &["两性两化", "一县一策"], "推进“两性”两化,一县·一 策");
        assert_eq!(found, own(&[("两性”两化", 0), ("一县·一 策", 1)]));
    }

    #[test]
    fn traditional_forms_are_found_by_the_simplified_phrase_and_the_other_way_round() {
        assert_eq!(
            all(Compare::Loose, &["总工会", "臺州"], "總工會在台州"),
            own(&[("總工會", 0), ("台州", 1)])
        );
    }

    #[test]
    fn a_phrase_never_starts_or_ends_in_a_quotation_mark() {
        for phrase in ["浙工赛", "“浙工赛”"] {
            assert_eq!(all(Compare::Loose, &[phrase], "“浙工赛”开赛"), own(&[("浙工赛", 0)]));
        }
    }

    #[test]
    fn a_phrase_is_known_by_its_number() {
        let set = Phrases::new(Compare::Loose, [("两性两化", 7), ("两性", 8), ("两性", 9)]);
        let numbers = ["两性", "“两性”两化", "两", "两性两", "", "别的"].map(|phrase| set.get(phrase));
        assert_eq!(numbers, [Some(8), Some(7), None, None, None, None]);
    }

    #[test]
    fn one_character_is_a_phrase_too() {
        assert_eq!(all(Compare::Exact, &["浙"], "在浙里,浙"), own(&[("浙", 0), ("浙", 0)]));
    }

    proptest! {
        #[test]
        fn exact_finding_equals_searching_for_each_phrase(
            phrases in proptest::collection::vec("[甲乙丙𠮷a]{1,4}", 1..6),
            text in "[甲乙丙𠮷a]{0,30}",
        ) {
            let set = Phrases::new(Compare::Exact, phrases.iter().map(String::as_str).zip(0..));
            let mut found = Vec::new();
            set.find_all(&text, |hit| found.push((hit.start, hit.end)));
            let mut expected = Vec::new();
            for start in (0..text.len()).filter(|&i| text.is_char_boundary(i)) {
                let mut ends: Vec<_> =
                    phrases.iter().filter(|p| text[start..].starts_with(*p)).map(|p| start + p.len()).collect();
                ends.sort_unstable_by(|a, b| b.cmp(a));
                ends.dedup();
                expected.extend(ends.into_iter().map(|end| (start, end)));
            }
            prop_assert_eq!(found, expected);
        }
    }
}
