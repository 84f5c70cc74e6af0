//! The longest word of a list, forwards or backwards.

use super::cells::Cell;
use super::words::{ROOT, Trie};

impl<T: Copy> Trie<T> {
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
        let mut node = ROOT;
        for (at, cell) in cells.iter().enumerate().skip(from) {
            if unbroken && cell.gap && at > from {
                break;
            }
            let Some(next) = self.next(node, cell.ch) else { break };
            node = next;
            best = self.value(node).map(|value| (at + 1, value)).or(best);
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
        let mut node = ROOT;
        for at in (floor..end).rev() {
            let Some(next) = cells.get(at).and_then(|cell| self.next(node, cell.ch)) else { break };
            node = next;
            best = self.value(node).map(|value| (at, value)).or(best);
        }
        best
    }
}
