//! A small trie over folded characters: longest match, forwards or backwards.

use rustc_hash::FxHashMap;

use super::cells::Cell;
use super::chars::fold;

/// Words with what they mean.
#[derive(Debug, Clone)]
pub(super) struct Trie<T> {
    edges: FxHashMap<(u32, char), u32>,
    values: Vec<Option<T>>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { edges: FxHashMap::default(), values: vec![None] }
    }
}

impl<T: Copy> Trie<T> {
    /// Room for `words` words.
    pub(super) fn with_capacity(words: usize) -> Self {
        let mut trie = Self::default();
        trie.edges.reserve(words * 2);
        trie.values.reserve(words * 2);
        trie
    }

    /// Adds `word` as it is read from left to right; a word that is there already gets the new value.
    pub(super) fn insert(&mut self, word: &str, value: T) {
        self.insert_chars(word.chars(), value);
    }

    /// Adds `word` to be matched from its last character to its first.
    pub(super) fn insert_reversed(&mut self, word: &str, value: T) {
        self.insert_chars(word.chars().rev(), value);
    }

    fn insert_chars(&mut self, chars: impl Iterator<Item = char>, value: T) {
        let mut node = 0;
        for c in chars {
            let next = self.values.len() as u32;
            let to = *self.edges.entry((node, fold(c))).or_insert(next);
            if to == next {
                self.values.push(None);
            }
            node = to;
        }
        if let Some(slot) = self.values.get_mut(node as usize) {
            *slot = Some(value);
        }
    }

    /// The longest word that starts at cell `from`: where it ends, and its value.
    pub(super) fn longest(&self, cells: &[Cell], from: usize) -> Option<(usize, T)> {
        let mut best = None;
        let mut node = 0;
        for (at, cell) in cells.iter().enumerate().skip(from) {
            let Some(&next) = self.edges.get(&(node, cell.ch)) else { break };
            node = next;
            if let Some(Some(value)) = self.values.get(node as usize) {
                best = Some((at + 1, *value));
            }
        }
        best
    }

    /// The same, with no blank inside the word.
    pub(super) fn longest_unbroken(&self, cells: &[Cell], from: usize) -> Option<(usize, T)> {
        let blank = cells.get(from + 1..).unwrap_or_default().iter().take(16).position(|cell| cell.gap);
        let until = blank.map_or(cells.len(), |at| from + 1 + at);
        self.longest(cells.get(..until).unwrap_or_default(), from)
    }

    /// The longest word that ends just before cell `end` and starts at or after `floor`: where it starts,
    /// and its value.
    pub(super) fn longest_before(&self, cells: &[Cell], floor: usize, end: usize) -> Option<(usize, T)> {
        let mut best = None;
        let mut node = 0;
        for at in (floor..end).rev() {
            let Some(&next) = cells.get(at).and_then(|cell| self.edges.get(&(node, cell.ch))) else { break };
            node = next;
            if let Some(Some(value)) = self.values.get(node as usize) {
                best = Some((at, *value));
            }
        }
        best
    }
}
