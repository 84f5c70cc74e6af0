//! Words looked for in a line, all of them at once.
//!
//! A thousand and a half short words in lines of a few dozen characters: an automaton takes longer to build than a
//! page takes to read. Nearly every character of a line begins no word, which one bit tells; for the rest the words
//! with the same first two characters are few.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::packed::{Records, Table};

/// Words, each with what it means.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'static>"))]
pub(super) struct WordIndex<T> {
    /// Characters that begin a word.
    first: CharacterSet,
    /// Characters that are a word.
    alone: CharacterSet,
    /// All words, one behind the other: those with the same first two characters stand together, the longest first.
    #[serde(borrow)]
    text: Cow<'static, str>,
    /// For each word where it ends, and what it means.
    ends: Vec<(u32, T)>,
    /// By two characters (of a word of one, by it and a zero), the number of the first word that begins so, and how
    /// many there are.
    by_start: Table,
}

/// The key of two characters.
pub(super) fn pair(first: char, second: char) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// How many bits the number of words takes that begin alike.
const COUNT: u32 = 10;

impl<T: Copy> WordIndex<T> {
    /// The words that `text` opens with, the longest first, and what each means.
    pub(super) fn opening<'w>(&'w self, text: &str) -> impl Iterator<Item = (&'w str, T)> {
        let mut chars = text.chars();
        let first = chars.next().filter(|&c| self.first.has(c));
        let second = first.and_then(|_| chars.next());
        let alone = first.filter(|&c| self.alone.has(c)).map(|c| pair(c, '\0'));
        let longer = first.zip(second).map(|(first, second)| pair(first, second));
        let words = longer.into_iter().chain(alone).filter_map(|start| self.by_start.get(start));
        words
            .flat_map(|words| (words >> COUNT..).take((words & ((1 << COUNT) - 1)) as usize))
            .filter_map(|number| self.word(number as usize))
            .filter(move |(word, _)| text.starts_with(word))
    }

    /// The words of `text`, wherever they stand: from where to where, in bytes, and what each means.
    pub(super) fn all(&self, text: &str) -> impl Iterator<Item = (usize, usize, T)> {
        let starts = text.char_indices().filter(|&(_, c)| self.first.has(c));
        starts.flat_map(move |(start, _)| {
            self.opening(&text[start..]).map(move |(word, meaning)| (start, start + word.len(), meaning))
        })
    }

    fn word(&self, number: usize) -> Option<(&str, T)> {
        let (end, meaning) = *self.ends.get(number)?;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |ends| ends.0);
        Some((self.text.get(start as usize..end as usize)?, meaning))
    }
}

impl<T> FromIterator<(String, T)> for WordIndex<T> {
    /// Empty words are left out; a word that comes twice is found twice.
    fn from_iter<I: IntoIterator<Item = (String, T)>>(words: I) -> Self {
        let (mut first, mut alone) = (Vec::new(), Vec::new());
        let mut groups: BTreeMap<u64, Vec<(String, T)>> = BTreeMap::new();
        for (word, meaning) in words {
            let mut chars = word.chars();
            let Some(c) = chars.next() else { continue };
            let second = chars.next();
            first.push(c);
            alone.extend(second.is_none().then_some(c));
            groups.entry(pair(c, second.unwrap_or('\0'))).or_default().push((word, meaning));
        }
        let (mut text, mut ends, mut by_start) = (String::new(), Vec::new(), Vec::new());
        for (start, mut words) in groups {
            by_start.push((start, (ends.len() << COUNT | words.len()) as u32));
            words.sort_by_key(|(word, _)| Reverse(word.len()));
            for (word, meaning) in words {
                text.push_str(&word);
                ends.push((text.len() as u32, meaning));
            }
        }
        Self {
            first: first.into_iter().collect(),
            alone: alone.into_iter().collect(),
            text: text.into(),
            ends,
            by_start: by_start.into_iter().collect(),
        }
    }
}

/// A set of characters, a bit each; those that share their last sixteen bits are one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct CharacterSet(Records<1>);

impl CharacterSet {
    /// Whether `c` is in it.
    #[inline]
    pub(super) fn has(&self, c: char) -> bool {
        let code = c as usize & 0xFFFF;
        self.0.get(code / 8).is_some_and(|[bits]| bits >> (code % 8) & 1 == 1)
    }
}

impl FromIterator<char> for CharacterSet {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut bits = vec![[0]; 0x1_0000 / 8];
        for code in characters.into_iter().map(|c| c as usize & 0xFFFF) {
            bits[code / 8][0] |= 1 << (code % 8);
        }
        Self(bits.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> WordIndex<u8> {
        ["报", "日报", "日报社", "日", "晚报"].into_iter().map(str::to_owned).zip(0..).collect()
    }

    #[test]
    fn every_word_is_found_wherever_it_starts() {
        let words = words();
        let mut found: Vec<_> = words.all("今日报社").collect();
        found.sort_unstable();
        assert_eq!(found, [(3, 6, 3), (3, 9, 1), (3, 12, 2), (6, 9, 0)]);
    }

    #[test]
    fn a_text_opens_with_words_of_every_length_the_longest_first() {
        let words = words();
        let opening: Vec<_> = words.opening("日报社").map(|(word, _)| word).collect();
        assert_eq!(opening, ["日报社", "日报", "日"]);
        let mut lengths: Vec<usize> = opening.iter().map(|word| word.len()).collect();
        lengths.sort_unstable();
        assert_eq!(lengths, [3, 6, 9]);
        assert_eq!(
            words.opening("晚").count() + words.opening("").count() + words.opening("今日").count(),
            0
        );
    }

    #[test]
    fn a_character_of_another_plane_is_not_taken_for_its_namesake() {
        // U+265E5 ends in the same sixteen bits as 日.
        assert_eq!(words().all("\u{265e5}\u{262a5}").count(), 0);
    }
}
