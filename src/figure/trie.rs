//! The longest word of a list, forwards or backwards.

use super::text::Text;
use super::words::{ROOT, Trie};

impl Text<'_> {
    /// The longest word of `words` that starts at cell `from`: where it ends, and its value.
    #[inline]
    pub(super) fn longest<T: Copy>(&self, words: &Trie<T>, from: usize) -> Option<(usize, T)> {
        self.lists(from).may_begin(words.list).then(|| self.walk(words, from, false)).flatten()
    }

    /// The same, with no blank inside the word.
    #[inline]
    pub(super) fn longest_unbroken<T: Copy>(&self, words: &Trie<T>, from: usize) -> Option<(usize, T)> {
        self.lists(from).may_begin(words.list).then(|| self.walk(words, from, true)).flatten()
    }

    fn walk<T: Copy>(&self, words: &Trie<T>, from: usize, unbroken: bool) -> Option<(usize, T)> {
        let mut best = None;
        let mut node = ROOT;
        for (cell, at) in self.cells.get(from..)?.iter().zip(from..) {
            if unbroken && cell.gap && at > from {
                break;
            }
            let Some(next) = words.next(node, cell.ch) else { break };
            node = next;
            best = words.value(node).map(|value| (at + 1, value)).or(best);
        }
        best
    }

    /// The longest word of `words`, a list that is read backwards, that ends just before cell `end` and belongs to no
    /// earlier figure: where it starts, and its value.
    #[inline]
    pub(super) fn longest_before<T: Copy>(&self, words: &Trie<T>, end: usize) -> Option<(usize, T)> {
        let last = end.checked_sub(1).filter(|&last| last >= self.floor)?;
        self.lists(last).may_begin(words.list).then(|| self.walk_back(words, end)).flatten()
    }

    fn walk_back<T: Copy>(&self, words: &Trie<T>, end: usize) -> Option<(usize, T)> {
        let mut best = None;
        let mut node = ROOT;
        for (cell, at) in self.cells.get(self.floor..end)?.iter().zip(self.floor..end).rev() {
            let Some(next) = words.next(node, cell.ch) else { break };
            node = next;
            best = words.value(node).map(|value| (at, value)).or(best);
        }
        best
    }
}
