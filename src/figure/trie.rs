//! A small trie over folded characters: longest match, forwards or backwards.

use rustc_hash::FxHashMap;

use super::cells::Cell;
use super::chars::Signs;

/// Words with what they mean.
#[derive(Debug, Clone)]
pub(super) struct Trie<T> {
    /// From a node by a character to the next node; both are packed into one key.
    edges: FxHashMap<u64, u32>,
    values: Vec<Option<T>>,
    /// The bit of [`Cell::lists`] that says that a word of this trie, or of one that shares the bit, may start there.
    bit: u32,
}

fn edge(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(c)
}

impl<T: Copy> Trie<T> {
    /// An empty trie with room for `words` words; `list` is its number among the lists of the lexicon.
    pub(super) fn new(list: u32, words: usize) -> Self {
        let mut trie = Self { edges: FxHashMap::default(), values: Vec::new(), bit: 1 << (list % u32::BITS) };
        trie.reserve(words);
        trie.values.push(None);
        trie
    }

    /// Makes room for so many words of two characters.
    pub(super) fn reserve(&mut self, words: usize) {
        self.edges.reserve(words * 2);
        self.values.reserve(words * 2);
    }

    /// Adds `word` as it is read from left to right, and marks its first character in `signs`; a word that is there already gets the new value.
    pub(super) fn insert(&mut self, signs: &mut Signs, word: &str, value: T) {
        self.insert_chars(signs, word.chars(), value);
    }

    /// Adds `word` to be matched from its last character to its first.
    pub(super) fn insert_reversed(&mut self, signs: &mut Signs, word: &str, value: T) {
        self.insert_chars(signs, word.chars().rev(), value);
    }

    /// Adds `word` to be matched forwards, or from its last character to its first.
    pub(super) fn add(&mut self, signs: &mut Signs, word: &str, value: T, reversed: bool) {
        if reversed {
            self.insert_reversed(signs, word, value);
        } else {
            self.insert(signs, word, value);
        }
    }

    fn insert_chars(&mut self, signs: &mut Signs, chars: impl Iterator<Item = char>, value: T) {
        let mut node = 0;
        for c in chars {
            let c = signs.fold(c);
            let next = self.values.len() as u32;
            let to = *self.edges.entry(edge(node, c)).or_insert(next);
            if to == next {
                self.values.push(None);
                if node == 0 {
                    signs.put_on_lists(c, self.bit);
                }
            }
            node = to;
        }
        if let Some(slot) = self.values.get_mut(node as usize) {
            *slot = Some(value);
        }
    }

    /// The longest word that starts at cell `from`: where it ends, and its value.
    #[inline]
    pub(super) fn longest(&self, cells: &[Cell], from: usize) -> Option<(usize, T)> {
        (cells.get(from)?.lists & self.bit != 0).then(|| self.walk(cells, from, false)).flatten()
    }

    /// The same, with no blank inside the word.
    #[inline]
    pub(super) fn longest_unbroken(&self, cells: &[Cell], from: usize) -> Option<(usize, T)> {
        (cells.get(from)?.lists & self.bit != 0).then(|| self.walk(cells, from, true)).flatten()
    }

    fn walk(&self, cells: &[Cell], from: usize, unbroken: bool) -> Option<(usize, T)> {
        let mut best = None;
        let mut node = 0;
        for (at, cell) in cells.iter().enumerate().skip(from) {
            if unbroken && cell.gap && at > from {
                break;
            }
            let Some(&next) = self.edges.get(&edge(node, cell.ch)) else { break };
            node = next;
            if let Some(Some(value)) = self.values.get(node as usize) {
                best = Some((at + 1, *value));
            }
        }
        best
    }

    /// The longest word that ends just before cell `end` and starts at or after `floor`: where it starts,
    /// and its value.
    #[inline]
    pub(super) fn longest_before(&self, cells: &[Cell], floor: usize, end: usize) -> Option<(usize, T)> {
        let last = end.checked_sub(1).filter(|&last| last >= floor)?;
        (cells.get(last)?.lists & self.bit != 0).then(|| self.walk_back(cells, floor, end)).flatten()
    }

    fn walk_back(&self, cells: &[Cell], floor: usize, end: usize) -> Option<(usize, T)> {
        let mut best = None;
        let mut node = 0;
        for at in (floor..end).rev() {
            let Some(&next) = cells.get(at).and_then(|cell| self.edges.get(&edge(node, cell.ch))) else {
                break;
            };
            node = next;
            if let Some(Some(value)) = self.values.get(node as usize) {
                best = Some((at, *value));
            }
        }
        best
    }
}
