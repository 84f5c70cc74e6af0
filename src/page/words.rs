//! Words looked for in a line, all of them at once.
//!
//! A thousand and a half short words in lines of a few dozen characters: an automaton takes longer to build than a
//! page takes to read. Nearly every character of a line begins no word, which one bit tells; for the rest the words
//! with the same first two characters are few.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

/// Words, each with what it means.
#[derive(Debug, Clone)]
pub(super) struct Words<T> {
    /// Characters that begin a word.
    first: Characters,
    /// Characters that are a word.
    alone: Characters,
    /// Words by their first two characters, the longest first; those of one by it and a zero.
    by_start: FxHashMap<(char, char), Vec<(String, T)>>,
}

impl<T: Copy> Words<T> {
    /// The words that `text` opens with, the longest first, and what each means.
    pub(super) fn opening<'w>(&'w self, text: &str) -> impl Iterator<Item = (&'w str, T)> {
        let mut chars = text.chars();
        let first = chars.next().filter(|&c| self.first.has(c));
        let second = first.and_then(|_| chars.next());
        let alone = first.filter(|&c| self.alone.has(c)).map(|c| (c, '\0'));
        let longer = first.zip(second);
        longer
            .into_iter()
            .chain(alone)
            .filter_map(|start| self.by_start.get(&start))
            .flatten()
            .filter(move |(word, _)| text.starts_with(word.as_str()))
            .map(|(word, meaning)| (word.as_str(), *meaning))
    }

    /// The words of `text`, wherever they stand: from where to where, in bytes, and what each means.
    pub(super) fn all(&self, text: &str) -> impl Iterator<Item = (usize, usize, T)> {
        let starts = text.char_indices().filter(|&(_, c)| self.first.has(c));
        starts.flat_map(move |(start, _)| {
            self.opening(&text[start..]).map(move |(word, meaning)| (start, start + word.len(), meaning))
        })
    }

    /// Every word, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.by_start.values().flatten().map(|(word, _)| word.as_str())
    }
}

impl<T> FromIterator<(String, T)> for Words<T> {
    /// Empty words are left out; a word that comes twice is found twice.
    fn from_iter<I: IntoIterator<Item = (String, T)>>(words: I) -> Self {
        let (mut first, mut alone) = (Characters::default(), Characters::default());
        let mut by_start: FxHashMap<(char, char), Vec<(String, T)>> = FxHashMap::default();
        for (word, meaning) in words {
            let mut chars = word.chars();
            let Some(c) = chars.next() else { continue };
            let second = chars.next();
            first.add(c);
            if second.is_none() {
                alone.add(c);
            }
            by_start.entry((c, second.unwrap_or('\0'))).or_default().push((word, meaning));
        }
        for words in by_start.values_mut() {
            words.sort_by_key(|(word, _)| Reverse(word.len()));
        }
        Self { first, alone, by_start }
    }
}

/// A set of characters; those that share their last sixteen bits are one.
#[derive(Debug, Clone)]
struct Characters(Vec<u64>);

impl Default for Characters {
    fn default() -> Self {
        Self(vec![0; 0x1_0000 / 64])
    }
}

impl Characters {
    #[inline]
    fn has(&self, c: char) -> bool {
        let code = c as usize & 0xFFFF;
        self.0.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }

    fn add(&mut self, c: char) {
        let code = c as usize & 0xFFFF;
        if let Some(bits) = self.0.get_mut(code / 64) {
            *bits |= 1 << (code % 64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words<u8> {
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
